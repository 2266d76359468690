# SPDX-License-Identifier: AGPL-3.0-or-later
"""Our own still lifes in cut paper and gouache: a table of options in, a picture out."""

# Importing a room of motifs registers them.
from halles.demo.drawings import (  # noqa: F401
    accessories,
    bakery,
    books,
    cellar,
    cheese,
    clothes,
    craft,
    flowers,
    fruit,
    garden,
    greens,
    jewels,
    museum,
    pantry,
    pastry,
    plants,
    prints,
    wardrobe,
    wood,
)
from halles.demo.drawings.registry import MOTIFS
from halles.demo.drawings.scene import picture, render
from halles.demo.drawings.trades import trade_svg

__all__ = ["MOTIFS", "picture", "render", "trade_svg"]
