# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages of « Ma boutique », one file a subject."""
