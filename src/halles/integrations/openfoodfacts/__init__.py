# SPDX-License-Identifier: AGPL-3.0-or-later
"""Open Food Facts: what people all over the world read on packs of food, by the number under the bars. Licence: ODbL.

Files only, as its site gives them; nobody is asked over the network what a shop scans.
"""
