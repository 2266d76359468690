# SPDX-License-Identifier: AGPL-3.0-or-later
"""Basket, order, shop orders: the one place where a sale is made."""
