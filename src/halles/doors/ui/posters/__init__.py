# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pictures drawn by us: posters of a shop's articles and previews of shared links. Facts in, bytes out."""
