# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a poster says, in words and addresses: all that its drawing depends on."""

import hashlib
from dataclasses import astuple, dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path


class Shape(StrEnum):
    """What is drawn: the word in its address."""

    SQUARE = "carre"
    STORY = "story"
    SHEET = "affiche"  # A5, for the shop's window
    PREVIEW = "partage"  # what a shared link shows


SIZES = {  # in pixels
    Shape.SQUARE: (1080, 1080),
    Shape.STORY: (1080, 1920),
    Shape.SHEET: (1748, 2480),
    Shape.PREVIEW: (1200, 630),
}


@dataclass(frozen=True, slots=True)
class Good:
    """One article as a price tag says it."""

    name: str
    price: str  # "24,90 €", "" when it is not said
    unit: str = ""  # "le kilo", "à partir de"…: small, beside the price
    per: str = ""  # the price by the kilo or litre that the law wants beside that of a piece
    photo: Path | None = None  # a JPEG whose name is of this photograph alone; None shows the trade's drawing


@dataclass(frozen=True, slots=True)
class Poster:
    """One shop, or the market, and up to four of its articles."""

    name: str
    trade: str
    colour: str
    light: str
    goods: tuple[Good, ...] = ()
    where: str = ""
    call: str = ""  # what one may do: "Réservez en ligne, payez à la boutique"
    scan: str = ""  # what the QR code is for
    url: str = ""  # what it leads to
    warning: str = ""  # what the law wants said of alcohol

    @property
    def digest(self) -> str:
        """By what its pictures are known: it changes with what is said, and with how we draw."""
        said = repr(
            [[part.name if isinstance(part, Path) else part for part in astuple(good)] for good in self.goods]
        )
        rest = repr(
            [
                self.name, self.trade, self.colour, self.light, self.where, self.call, self.scan, self.url,
                self.warning,
            ]
        )  # fmt: skip
        return hashlib.sha256(f"{_way_of_drawing()} {said} {rest}".encode()).hexdigest()[:16]


@cache
def _way_of_drawing() -> str:
    """A digest of this package: what is drawn otherwise is another picture."""
    sources = sorted(Path(__file__).parent.glob("*.py"))
    return hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()
