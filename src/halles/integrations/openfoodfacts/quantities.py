# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is in a pack, from the words of thousands of people: "110 g (2 MEDIUM STALKS)", "16 FL OZ (473 ml)", "6 x 33 cl"."""

import re
from contextlib import suppress
from decimal import ROUND_HALF_UP, Decimal

from halles.domain.imports.values.contents import content
from halles.kernel.errors import Refused
from halles.kernel.numbers import LARGEST

LONGEST = 120  # characters that are looked at
AMOUNT = re.compile(
    r"(?<![\w.,/])((?:[0-9]{1,3}\s*[x×*]\s*)?[0-9]+(?:[.,][0-9]+)?)\s*(fl\.?\s?oz|oz|lbs?|kg|grs?|g|ml|cl|dl|lit(?:er|re)s?|l)\b",
    re.IGNORECASE,
)
# What food swims in is not paid for: the price of a kilogram is that of what remains (arrêté of 16 November 1999, art. 5).
DRAINED = re.compile(r"[ée]goutt|drained|escurrid|sgocciolat|abtropf|\bPNE\b", re.IGNORECASE)
FOREIGN = {"oz": ("g", "28.349523125"), "lb": ("g", "453.59237"), "fl": ("ml", "29.5735295625")}

Content = tuple[Decimal | None, str]


def quantity(text: str) -> tuple[Content, bool]:
    """The content and its unit, or nothing; and whether something is said that was not understood.

    Drained weight goes before net weight, grams and litres before ounces.
    """
    text = text[:LONGEST]
    found = list(AMOUNT.finditer(text))
    ends = [0, *(amount.end() for amount in found)]
    starts = [*(amount.start() for amount in found), len(text)]
    drained = [
        (
            _says(DRAINED, _own(text[ends[n] : starts[n]])),
            _says(DRAINED, _closed(text[ends[n + 1] : starts[n + 1]])),
        )
        for n in range(len(found))
    ]
    in_order = sorted(range(len(found)), key=lambda n: drained[n], reverse=True)
    for read in (_metric, _foreign):
        for n in in_order:
            if (said := read(found[n][1], found[n][2].lower()))[0] is not None:
                return said, False
    return (None, ""), any(sign.isalpha() for sign in text)


def _says(pattern: re.Pattern[str], text: str) -> bool:
    return pattern.search(text) is not None


def _own(before: str) -> str:
    """What stands before an amount and belongs to it: "(égoutté : 115 g)"."""
    return re.split(r"[(),;/]", before)[-1]


def _closed(after: str) -> str:
    """What stands after an amount and belongs to it, "310 g (escurrido)"; an open bracket belongs to the next."""
    return after if after.count("(") <= after.count(")") else after[: after.rindex("(")]


def _metric(number: str, unit: str) -> Content:
    with suppress(Refused):
        return content(f"{number} {unit}")
    return None, ""


def _foreign(number: str, unit: str) -> Content:
    """To the gram or millilitre, as packs that say both have it."""
    ours, times = FOREIGN.get("fl" if unit.startswith("fl") else unit.rstrip("s"), ("", ""))
    if not ours or not re.fullmatch(r"[0-9]{1,6}(?:[.,][0-9]{1,3})?", number):
        return None, ""
    amount = (Decimal(number.replace(",", ".")) * Decimal(times)).quantize(Decimal(1), ROUND_HALF_UP)
    return (amount, ours) if 0 < amount <= LARGEST else (None, "")
