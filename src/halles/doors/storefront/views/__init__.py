# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages of this door, one file a place: front, shop, basket, checkout, order, question, legal."""
