# SPDX-License-Identifier: AGPL-3.0-or-later
"""The language of the house: tokens, components, words and base pages that every door shares."""
