# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is known of goods by the number under their bars, whoever sells them. GS1 calls what bears one a trade item.

Facts only, of the whole installation: no shop, no price. They come from files (`ports`), and from what neighbours show.
"""
