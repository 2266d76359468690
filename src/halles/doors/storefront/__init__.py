# SPDX-License-Identifier: AGPL-3.0-or-later
"""What neighbours see: the market, its shops, products, the basket and the order's link."""
