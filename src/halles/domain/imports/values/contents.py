# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is in a piece, for the price of a kilogram or litre: "500 g", "6 x 25 cl", "0,75 L"."""

import re
from decimal import Decimal

from halles.domain.imports.values.numbers import LONGEST, SPACES, number
from halles.kernel.errors import Refused
from halles.kernel.numbers import LARGEST, THOUSANDTH

UNITS = {
    "g": ("g", 1), "gr": ("g", 1), "gramme": ("g", 1), "gram": ("g", 1),
    "kg": ("kg", 1), "kilo": ("kg", 1), "kilogramme": ("kg", 1), "kgs": ("kg", 1),
    "ml": ("ml", 1), "millilitre": ("ml", 1), "cl": ("cl", 1), "centilitre": ("cl", 1), "dl": ("cl", 10),
    "l": ("l", 1), "litre": ("l", 1), "liter": ("l", 1), "lt": ("l", 1),
}  # fmt: skip
AROUND = re.compile(
    r"^(?:env(?:iron|\.)?|poids net|net|~|≈|±)\s*:?\s*|\s*(?:net|℮|(?<=\s)e|env\.?|environ)$", re.IGNORECASE
)
SHAPE = re.compile(r"(?:([0-9]{1,4})\s*[x×*]\s*)?([0-9][0-9 .,']*)?\s*([a-z]{1,11}?)s?\.?", re.IGNORECASE)


def content(text: str, mark: str | None = None) -> tuple[Decimal, str]:
    """The content and its unit, one of those a variant keeps (g, kg, ml, cl, l). A unit alone is one of it.

    :raises Refused: `imports.cell_empty`, `imports.content_wrong`, `imports.number_ambiguous`.
    """
    typed = text.strip()
    if not typed:
        raise Refused("imports.cell_empty")
    found = SHAPE.fullmatch(AROUND.sub("", typed.translate(SPACES))) if len(typed) <= LONGEST else None
    unit, times = UNITS.get(found[3].lower(), ("", 0)) if found else ("", 0)
    each = (number(found[2], mark) if found[2] else Decimal(1)) if found else None
    if not found or not unit or each is None:
        raise Refused("imports.content_wrong", typed=typed[:40])
    whole = int(found[1] or 1) * each * times
    if not 0 < whole <= LARGEST or whole % THOUSANDTH:
        raise Refused("imports.content_wrong", typed=typed)
    return whole, unit
