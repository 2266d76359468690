# SPDX-License-Identifier: AGPL-3.0-or-later
"""Article numbers as spreadsheets leave them. What a spreadsheet has eaten is said, never guessed.

`restore_zeros` puts back zeros that were cut off at the left, if the check digit then fits. One wrong number in ten fits
by chance, so only the caller knows whether the column deserves it.
"""

import re
from collections.abc import Callable
from operator import mul

from halles.kernel.errors import Refused
from halles.kernel.gtin import is_gtin

FORMULA = re.compile(r'="?([^"]*)"?')  # ="0123": how exports keep a spreadsheet from eating zeros
EXPONENT = re.compile(r"[0-9](?:[.,][0-9]*)?\s*[eE]\s*\+?\s*[0-9]{1,3}")
DECIMALS = re.compile(r"[.,]0+$")
ROUNDED = re.compile(r"[1-9][0-9]{2,10}0{5,}")
SHORTEST = 5  # digits: what is left of a number that had zeros before it


def gtin(text: str, *, restore_zeros: bool = False) -> str:
    """Fourteen digits of an EAN, UPC, GTIN or ISBN; "" for an empty cell.

    :raises Refused: `imports.code_damaged` (1,76701E+15), `imports.code_wrong`, `imports.code_short` (would fit with
        zeros before it, and `restore_zeros` is not set), `imports.code_ambiguous` (fits as an ISBN and as an EAN).
    """
    return _code(text, _whole, _restored, restore_zeros=restore_zeros)


def isbn(text: str, *, restore_zeros: bool = False) -> str:
    """As `gtin`, in a column where only books' numbers stand: a short number can then be but one thing."""
    return _code(text, _book, _restored_book, restore_zeros=restore_zeros)


def _code(
    text: str, whole: Callable[[str], str], restored: Callable[[str], set[str]], *, restore_zeros: bool
) -> str:
    typed = text.strip().lstrip("'").strip()
    if found := FORMULA.fullmatch(typed):
        typed = found[1].strip()
    if not typed:
        return ""
    if EXPONENT.fullmatch(typed):
        raise Refused("imports.code_damaged", typed=typed[:40])
    digits = re.sub(r"[\s\-‐‑–.]", "", DECIMALS.sub("", typed))
    if len(digits) > 20 or not re.fullmatch(r"[0-9]+[0-9xX]", digits):
        raise Refused("imports.code_wrong", typed=typed[:40])
    if code := whole(digits):
        return code
    fits = restored(digits) - {""}
    if not fits:
        raise Refused(
            "imports.code_damaged" if ROUNDED.fullmatch(digits) else "imports.code_wrong", typed=typed[:40]
        )
    if not restore_zeros:
        raise Refused("imports.code_short", typed=typed[:40])
    if len(fits) > 1:
        raise Refused("imports.code_ambiguous", typed=typed[:40])
    return fits.pop()


def _whole(digits: str) -> str:
    """The number as it stands, or ""."""
    if len(digits) == 10:
        return _isbn10(digits)
    return digits.rjust(14, "0") if digits.strip("0") and is_gtin(digits) else ""


def _book(digits: str) -> str:
    code = _whole(digits)
    return code if code.startswith(("0978", "0979")) else ""


def _isbn10(digits: str) -> str:
    """Reckoned here rather than by python-stdnum, which takes ten times as long: books come by the ten thousand."""
    values = [10 if sign in "xX" else int(sign) for sign in digits]
    if sum(map(mul, values, range(10, 0, -1))) % 11:
        return ""
    check = -(38 + sum(map(mul, values, (3, 1, 3, 1, 3, 1, 3, 1, 3)))) % 10  # 38: of the 978 before it
    return f"0978{digits[:9]}{check}"


def _restored(digits: str) -> set[str]:
    """What it may have been before zeros were cut off; more than one zero of an ISBN goes but rarely."""
    if not SHORTEST <= len(digits) <= 11:
        return set()
    ean = _whole(digits.rjust(14, "0"))
    return {ean, _isbn10(f"0{digits}")} if len(digits) == 9 else {ean}


def _restored_book(digits: str) -> set[str]:
    return {_isbn10(digits.rjust(10, "0"))} if SHORTEST <= len(digits) <= 9 else set()
