# SPDX-License-Identifier: AGPL-3.0-or-later
"""« Ma boutique »: what a merchant does, from a phone."""
