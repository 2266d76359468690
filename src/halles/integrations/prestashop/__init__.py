# SPDX-License-Identifier: AGPL-3.0-or-later
"""PrestaShop: a shop's catalogue comes in from its exports, and goes out as its importer wants it."""
