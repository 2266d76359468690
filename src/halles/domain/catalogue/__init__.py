# SPDX-License-Identifier: AGPL-3.0-or-later
"""Categories, products, their variants, pictures and dated prices."""
