# SPDX-License-Identifier: AGPL-3.0-or-later
"""A guess at the columns of a table nobody knows, for the page where they are matched by hand. Never used without a yes."""

import itertools
import re
from collections.abc import Sequence
from contextlib import suppress
from decimal import Decimal

from halles.domain.imports.drafts import Choices, Meaning
from halles.domain.imports.sheets import Sheet
from halles.domain.imports.spreadsheet.headers import SEVERAL
from halles.domain.imports.spreadsheet.layout import chosen, is_code, is_content, most, sample_of
from halles.domain.imports.values.numbers import decimal_mark, number, price, vat
from halles.kernel.errors import Refused

PICTURE = re.compile(r"\S+\.(?:jpe?g|png|webp|gif|avif|heic)(?:\?\S*)?", re.IGNORECASE)
LEVELS = re.compile(r"\S ?> ?\S")
REFERENCE = re.compile(r"(?=.*\d)[A-Za-z0-9][A-Za-z0-9._/-]{1,29}")
LONG = 80  # characters from which a text describes rather than names
MOST_STOCK = 100_000


def propose(sheet: Sheet) -> dict[int, Meaning]:
    """The likely meaning of each column, by its name, or by its values if it has none; columns that say nothing are left out."""
    sample = sample_of(sheet)
    found = {place: named.meaning for place, named in chosen(sheet, Choices(), sample).items()}
    if sheet.header:
        return found
    for place, values in enumerate(sample):
        if not values:
            continue
        if (meaning := _by_values(values)) and (meaning in SEVERAL or meaning not in found.values()):
            found[place] = meaning
    return _with_name(found, sample)


def _by_values(values: Sequence[str]) -> Meaning | None:
    """What these can hardly fail to be; None when nothing tells."""
    checks = (
        (Meaning.PICTURES, lambda text: PICTURE.fullmatch(text) is not None),
        (Meaning.GTIN, is_code),
        (Meaning.CONTENT, is_content),
        (Meaning.CATEGORY, lambda text: LEVELS.search(text) is not None),
    )
    for meaning, check in checks:
        if most(values, check):
            return meaning
    return _number(values) or _text(values)


def _number(values: Sequence[str]) -> Meaning | None:
    if (
        most(values, _is_rate)
        and len(set(values)) <= 6
        and any("%" in text or "5" in text for text in values)
    ):
        return Meaning.VAT
    has_cents = sum(bool(decimal_mark([text])) or "€" in text for text in values)
    if has_cents * 2 >= len(values) and most(values, _is_price):
        return Meaning.PRICE
    counts = [number(text, ".") for text in values]
    whole = [count for count in counts if count is not None and count == int(count)]
    if len(whole) < len(values) or max(whole) > MOST_STOCK or _goes_up(whole):
        return None
    return Meaning.STOCK


def _goes_up(counts: Sequence[Decimal]) -> bool:
    """Row numbers, and other systems' keys."""
    return len(counts) > 2 and all(a < b for a, b in itertools.pairwise(counts))


def _is_rate(text: str) -> bool:
    with suppress(Refused):
        return vat(text) >= 0
    return False


def _is_price(text: str) -> bool:
    with suppress(Refused):
        return price(text, ".").exact >= 0
    return False


def _text(values: Sequence[str]) -> Meaning | None:
    if any(number(text, ".") is not None for text in values[:50]):
        return None
    differ = len(set(values)) / len(values)
    if differ > 0.9 and most(values, lambda text: REFERENCE.fullmatch(text) is not None):
        return Meaning.REFERENCE
    if sum(map(len, values)) > LONG * len(values):
        return Meaning.DESCRIPTION
    return Meaning.CATEGORY if len(set(values)) > 1 and differ < 0.2 and len(values) >= 20 else None


def _with_name(found: dict[int, Meaning], sample: Sequence[Sequence[str]]) -> dict[int, Meaning]:
    """The names: of what is left, the first column whose values are words and nearly all different."""
    for place, values in enumerate(sample):
        is_free = place not in found and values
        if is_free and len(set(values)) > 0.8 * len(values) and most(values, _is_name):
            return found | {place: Meaning.NAME}
    return found


def _is_name(text: str) -> bool:
    return len(text) <= LONG + 40 and sum(sign.isalpha() for sign in text) * 2 > len(text)
