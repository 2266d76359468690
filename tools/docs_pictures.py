# SPDX-License-Identifier: AGPL-3.0-or-later
"""`make pictures`: the screenshots of the docs and of « Comment faire », taken by the journeys (`var/screens`), made light.

Run `make test` (or `python -m tools.suite journeys`) first.
"""

import re
import sys
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
SCREENS = ROOT / "var" / "screens"
IMAGES = ROOT / "docs" / "images"
DOOR = ROOT / "src" / "halles" / "doors" / "backoffice"
TOPICS = DOOR / "howto" / "fr"
HELP = DOOR / "static" / "backoffice" / "howto"
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
# A picture of the help, as the tour takes it: one telephone, as wide as it is shown.
PHONE = (360, 740)
QUALITIES = (70, 55, 40)
MOST_BYTES = 25_000


def screen(name: str) -> Image.Image:
    """A screen as a journey left it; ends when none did."""
    file = SCREENS / f"{name}.png"
    if not file.exists():
        sys.exit(f"{name} was not taken: python -m tools.suite journeys")
    return Image.open(file).convert("RGB")


def beside(screens: list[Image.Image], height: int) -> Image.Image:
    """Screens beside each other on paper, each cut at the same height."""
    width = sum(screen.width for screen in screens) + GAP * (len(screens) - 1)
    sheet = Image.new("RGB", (width, height), PAPER)
    left = 0
    for shown in screens:
        sheet.paste(shown.crop((0, 0, shown.width, min(height, shown.height))), (left, 0))
        left += shown.width + GAP
    return sheet


def named() -> list[str]:
    """The screens whose pictures the topics name, by the names of their addresses."""
    text = "".join(file.read_text(encoding="utf-8") for file in TOPICS.glob("*.md"))
    return sorted(set(re.findall(r"backoffice/howto/(\w+)\.webp", text)))


def as_a_phone(shown: Image.Image) -> Image.Image:
    """A screen of whatever density, as wide as it is shown."""
    height = round(shown.height * PHONE[0] / shown.width)
    return shown.resize((PHONE[0], height), Image.Resampling.LANCZOS).crop((0, 0, *PHONE))


def light(image: Image.Image, file: Path) -> None:
    """Write it, as fine as its weight allows."""
    for quality in QUALITIES:
        image.save(file, quality=quality, method=6)
        if file.stat().st_size <= MOST_BYTES:
            return
    sys.exit(f"{file.name} is too heavy: {file.stat().st_size} bytes")


def main() -> None:
    """Make them all, or say which screen is missing."""
    for folder in (IMAGES, HELP):
        folder.mkdir(exist_ok=True)
    for name in named():
        light(as_a_phone(screen(f"tour-{name}")), HELP / f"{name}.webp")
    for name, screens, height in SHOWN:
        beside([screen(one) for one in screens], height).save(IMAGES / f"{name}.webp", quality=72, method=6)


if __name__ == "__main__":
    main()
