# SPDX-License-Identifier: AGPL-3.0-or-later
"""Article numbers (the merchant's « code-barres »): EAN-8, UPC-A, EAN-13 and GTIN-14, kept as 14 digits (GS1)."""

from stdnum import ean

from halles.kernel.errors import Refused

LENGTHS = {8, 12, 13, 14}


def parse_gtin(typed: str) -> str:
    """Fourteen digits from what was typed or scanned; "" for nothing.

    :raises Refused: `gtin.wrong` when the length or the check digit cannot be right.
    """
    digits = ean.compact(typed.strip())
    if not digits:
        return ""
    if not is_gtin(digits):
        raise Refused("gtin.wrong", field="gtin", typed=typed[:40])
    return digits.rjust(14, "0")


def is_gtin(digits: str) -> bool:
    """Whether these are the digits of an article number: one of its lengths, and the check digit right."""
    if len(digits) not in LENGTHS or not digits.isascii() or not digits.isdigit():
        return False
    return not (sum(map(int, digits[-1::-2])) + 3 * sum(map(int, digits[-2::-2]))) % 10


def show_gtin(gtin: str) -> str:
    """The number as it is printed under the bars: without the zeros that only fill up."""
    return (
        gtin[1:] if gtin.startswith("0") and not gtin.startswith("000000") else gtin.lstrip("0").rjust(8, "0")
    )
