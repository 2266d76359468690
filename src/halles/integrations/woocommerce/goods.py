# SPDX-License-Identifier: AGPL-3.0-or-later
"""What one buys: price, reference and code of a simple product or of a variation."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

from halles.domain.imports.drafts import Choices, DraftVariant
from halles.domain.imports.sheets import DAMAGED
from halles.domain.imports.values.codes import gtin
from halles.domain.imports.values.numbers import price
from halles.domain.imports.values.words import yes_no
from halles.integrations.woocommerce.entries import Entry
from halles.kernel.errors import Refused
from halles.kernel.numbers import cents

SOLD = frozenset({"simple", "variable", "variation"})
PUBLISHED = {"1": True, "0": False, "-1": False, "2": False}  # private, draft, awaiting review
DAY = re.compile(r"\d{4}-\d\d-\d\d")

Warn = Callable[..., None]  # (entry, code, **params)


@dataclass(frozen=True, slots=True)
class Reading:
    """What holds for the whole file; `today` in UTC, as 2026-11-26."""

    choices: Choices
    mark: str | None
    today: str = field(default_factory=lambda: dt.datetime.now(dt.UTC).date().isoformat())


def check(entry: Entry, warn: Warn) -> None:
    """Whether the row is whole and something that a shop of the town can sell.

    :raises Refused: the row's own problem, `imports.type_not_sold`.
    """
    if entry.problem == DAMAGED:
        warn(entry, DAMAGED)
    elif entry.problem:
        raise Refused(entry.problem)
    types = entry.types
    if types[0] not in SOLD or "downloadable" in types:
        raise Refused("imports.type_not_sold", type=", ".join(types))


def key_of(entry: Entry) -> str:
    """How WooCommerce calls it: the number of its post."""
    number = entry.text("id")
    return f"id:{number}" if number else ""


def variant_of(reading: Reading, entry: Entry, rate: Decimal | None, warn: Warn) -> DraftVariant:
    """A variant without its size, colour and stock.

    :raises Refused: as `price`, `imports.vat_needed` when tax must be added and nobody said how much.
    """
    return DraftVariant(
        where=entry.where,
        key=key_of(entry),
        reference=entry.text("sku") or None,
        gtin=_gtin(entry, warn),
        price=_price(reading, entry, rate, warn),
    )


def _gtin(entry: Entry, warn: Warn) -> str | None:
    """The first number that is one; what is wrong with the first is said when none is."""
    problem: Refused | None = None
    for text in entry.codes:
        try:
            if code := gtin(text):
                return code
        except Refused as refused:
            problem = problem or refused
    if problem:
        warn(entry, problem.code, **problem.details)
    return None


def _price(reading: Reading, entry: Entry, rate: Decimal | None, warn: Warn) -> Decimal | None:
    """The regular price with tax. A lowered one is not taken over: the merchant announces it here herself (L112-1-1)."""
    text = entry.text("regular_price")
    amount = _with_tax(reading, entry, text, rate, warn) if text else None
    ends = DAY.match(entry.text("sale_ends"))
    if entry.text("sale_price") and not (ends and ends[0] < reading.today):
        warn(entry, "imports.sale_price_left", typed=entry.text("sale_price"))
    return amount


def _with_tax(reading: Reading, entry: Entry, text: str, rate: Decimal | None, warn: Warn) -> Decimal:
    said = price(text, reading.mark)
    excluded = reading.choices.without_tax if said.tax_excluded is None else said.tax_excluded
    if excluded:
        if rate is None:
            raise Refused("imports.vat_needed")
        return cents(said.exact * (100 + rate) / 100)
    if said.was_rounded:
        warn(entry, "imports.price_rounded", typed=text)
    return said.amount


def is_online(entry: Entry) -> bool | None:
    """Whether customers saw it; None when the file does not say.

    :raises Refused: `imports.yes_no_wrong`.
    """
    if entry.text("visibility").lower() == "hidden":
        return False
    said = entry.text("published")
    if not said:
        return None
    return PUBLISHED[said] if said in PUBLISHED else yes_no(said)
