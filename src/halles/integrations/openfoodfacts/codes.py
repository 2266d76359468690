# SPDX-License-Identifier: AGPL-3.0-or-later
"""The number of a product, from a cell that a spreadsheet may have been at.

Zeros cut off at the left are put back when the check digit then is right, as Open Food Facts itself fills up its codes. What
a spreadsheet has rounded ("8.41E+12") is gone from the cell; the address of the product still says it, and is believed when
it rounds to what is left.
"""

import re

from halles.kernel.errors import Refused
from halles.kernel.gtin import is_gtin

SHORTEST, LONGEST = 8, 14  # digits of an article number
ROUNDED = re.compile(r"[0-9](?:[.,][0-9]*)?[eE]\+?[0-9]{1,3}")
IN_ADDRESS = re.compile(r"openfoodfacts\.(?:org|net)/[^/\s]+/([0-9]{8,14})(?![0-9])")


def code_of(cell: str, address: str) -> str:
    """Fourteen digits.

    :raises Refused: `imports.code_damaged` (rounded, and the address does not say it), `imports.code_wrong`.
    """
    typed = cell.strip().lstrip("'")
    if typed.isascii() and typed.isdigit():
        if code := _filled_up(typed):
            return code
    elif ROUNDED.fullmatch(typed):
        found = IN_ADDRESS.search(address)
        if found and (code := _filled_up(found[1])) and _rounds_to(found[1], typed):
            return code
        raise Refused("imports.code_damaged", typed=typed[:40])
    raise Refused("imports.code_wrong", typed=typed[:40])


def _filled_up(digits: str) -> str:
    """The whole number, or "" when the check digit is wrong: zeros at the left do not change it."""
    if not digits.strip("0") or len(digits.lstrip("0")) > LONGEST:
        return ""
    code = digits.lstrip("0").rjust(SHORTEST, "0").rjust(LONGEST, "0")
    return code if is_gtin(code) else ""


def _rounds_to(digits: str, rounded: str) -> bool:
    """Whether a spreadsheet that shows as many decimals would have written this."""
    mantissa = re.split("[eE]", rounded)[0].replace(",", ".")
    places = len(mantissa.partition(".")[2])
    return float(f"{int(digits):.{places}e}") == float(rounded.replace(",", "."))
