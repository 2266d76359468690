# SPDX-License-Identifier: AGPL-3.0-or-later
"""`make pictures`: the screenshots of the docs, taken by the journeys (`var/screens`), made light.

Run `make test` (or `python -m tools.suite journeys`) first.
"""

import sys
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
SCREENS = ROOT / "var" / "screens"
IMAGES = ROOT / "docs" / "images"
# (name in the docs, screens side by side, height kept)
SHOWN = (
    ("front", ("town-front-desktop",), 800),
    ("neighbour", ("town-front-phone", "town-product-phone", "commande-phone"), 844),
    ("merchant", ("town-today-phone", "article-nouveau-phone", "town-articles-phone"), 844),
    ("open", ("ouvrir-phone", "horaires-phone", "town-ladder-phone"), 844),
    ("team", ("town-operator-phone",), 844),
)
GAP = 24
PAPER = (238, 232, 220)


def beside(screens: list[Image.Image], height: int) -> Image.Image:
    """Screens beside each other on paper, each cut at the same height."""
    width = sum(screen.width for screen in screens) + GAP * (len(screens) - 1)
    sheet = Image.new("RGB", (width, height), PAPER)
    left = 0
    for screen in screens:
        sheet.paste(screen.crop((0, 0, screen.width, min(height, screen.height))), (left, 0))
        left += screen.width + GAP
    return sheet


def main() -> None:
    """Make them all, or say which screen is missing."""
    IMAGES.mkdir(exist_ok=True)
    for name, screens, height in SHOWN:
        missing = [screen for screen in screens if not (SCREENS / f"{screen}.png").exists()]
        if missing:
            sys.exit(f"{missing[0]} was not taken: python -m tools.suite journeys")
        opened = [Image.open(SCREENS / f"{screen}.png").convert("RGB") for screen in screens]
        beside(opened, height).save(IMAGES / f"{name}.webp", quality=72, method=6)


if __name__ == "__main__":
    main()
