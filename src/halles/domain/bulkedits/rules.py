# SPDX-License-Identifier: AGPL-3.0-or-later
"""What one change makes of an article. Pure: values in, values out."""

import uuid
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, fields, replace
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from halles.domain.bulkedits.models import BulkEdit
from halles.domain.catalogue import rules as catalogue
from halles.domain.catalogue.actions import ProductFacts, Snapshot
from halles.domain.catalogue.models import Availability, Category, Product
from halles.domain.shops.models import Shop
from halles.kernel.errors import Refused
from halles.kernel.numbers import CENT, LARGEST, cents

State = BulkEdit.State
Status = Product.Status
STEPS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        State.LOOKING: frozenset({State.LOOKED}),
        State.LOOKED: frozenset({State.RUNNING}),
        State.RUNNING: frozenset({State.DONE}),
        State.DONE: frozenset({State.UNDOING}),
        State.UNDOING: frozenset({State.UNDONE}),
        State.UNDONE: frozenset(),
    }
)
MOST_PERCENT = Decimal(1000)  # eleven times as dear: more is a slip of the finger
MOST_DAYS = 365


class What(StrEnum):
    """What is to become another."""

    PRICE = "price"
    VAT = "vat"
    CATEGORY = "category"
    AVAILABILITY = "availability"  # says also that one can have it: « épuisé » is taken back
    SOLD_OUT = "sold_out"
    PUBLISH = "publish"
    WITHDRAW = "withdraw"
    DELETE = "delete"


class How(StrEnum):
    """How a price follows from the one that stands."""

    PERCENT_MORE = "percent_more"
    PERCENT_LESS = "percent_less"
    AMOUNT_MORE = "amount_more"
    AMOUNT_LESS = "amount_less"
    SET = "set"


class Rounding(StrEnum):
    """How shopkeepers round; the nearest, half up."""

    CENT = "cent"
    FIVE = "five"
    TEN = "ten"
    EURO = "euro"
    NINETY = "ninety"  # the nearest price that ends in ,90


ENDINGS: Mapping[Rounding, tuple[Decimal, Decimal]] = MappingProxyType(
    {  # every so much, beginning at
        Rounding.CENT: (CENT, Decimal(0)),
        Rounding.FIVE: (Decimal("0.05"), Decimal(0)),
        Rounding.TEN: (Decimal("0.10"), Decimal(0)),
        Rounding.EURO: (Decimal(1), Decimal(0)),
        Rounding.NINETY: (Decimal(1), Decimal("0.90")),
    }
)


@dataclass(frozen=True, slots=True)
class Asked:
    """One change. Of the other fields only those matter that belong to `what`."""

    what: What
    how: How = How.PERCENT_MORE
    number: Decimal = Decimal(0)  # percent, or euros
    rounding: Rounding = Rounding.CENT
    vat_rate: Decimal = Decimal(0)
    category: str = ""  # its id; none takes articles out of their « rayon »
    availability: Availability = Availability.AVAILABLE
    delay_days: int = 0  # for TO_ORDER
    daily_quantity: Decimal = Decimal(0)  # for DAILY

    @property
    def is_about_sold_out(self) -> bool:
        """Whether « épuisé » is part of what changes."""
        return self.what in {What.AVAILABILITY, What.SOLD_OUT}


def as_json(asked: Asked) -> dict[str, Any]:
    """What can be kept."""
    values = {field.name: getattr(asked, field.name) for field in fields(asked)}
    return {name: value if isinstance(value, int) else str(value) for name, value in values.items()}


def from_json(kept: Mapping[str, Any]) -> Asked:
    """What was kept."""
    types: Mapping[str, Callable[[Any], Any]] = {
        "what": What, "how": How, "number": Decimal, "rounding": Rounding, "vat_rate": Decimal,
        "availability": Availability, "daily_quantity": Decimal,
    }  # fmt: skip
    return Asked(**{name: types.get(name, lambda same: same)(value) for name, value in kept.items()})


def check(asked: Asked) -> None:
    """Whether it can be asked of any article at all.

    :raises Refused: `bulkedits.number_wrong`, `bulkedits.percent_too_high`, `bulkedits.percent_too_low`,
        `catalogue.price_too_high`, `catalogue.vat_unknown`, `bulkedits.delay_missing`, `bulkedits.daily_missing`.
    """
    match asked.what:
        case What.PRICE:
            _check_number(asked)
        case What.VAT if asked.vat_rate not in catalogue.VAT_RATES:
            raise Refused("catalogue.vat_unknown", field="vat_rate", rate=str(asked.vat_rate))
        case What.AVAILABILITY:
            if asked.availability == Availability.TO_ORDER and not 0 < asked.delay_days <= MOST_DAYS:
                raise Refused("bulkedits.delay_missing", field="delay_days")
            if asked.availability == Availability.DAILY and not 0 < asked.daily_quantity <= LARGEST:
                raise Refused("bulkedits.daily_missing", field="daily_quantity")


def _check_number(asked: Asked) -> None:
    if not asked.number.is_finite() or asked.number < 0:
        raise Refused("bulkedits.number_wrong", field="number")
    if asked.how == How.PERCENT_MORE and asked.number > MOST_PERCENT:
        raise Refused("bulkedits.percent_too_high", field="number", most=str(MOST_PERCENT))
    if asked.how == How.PERCENT_LESS and asked.number >= 100:
        raise Refused("bulkedits.percent_too_low", field="number")
    if asked.how in {How.AMOUNT_MORE, How.AMOUNT_LESS, How.SET}:
        catalogue.check_price(asked.number)


def wanted(
    asked: Asked,
    now: Snapshot,
    *,
    shop: Shop,
    category: Category | None = None,
    variants: Collection[uuid.UUID] = (),
) -> Snapshot:
    """The article as it is to be; `category` is the one that is asked for, `variants` all that the article has.

    :raises Refused: what this article cannot be: `bulkedits.no_price`, `bulkedits.price_gone`, `bulkedits.unique`,
        `bulkedits.category_unknown`, `catalogue.price_missing`, `catalogue.price_too_high`.
    """
    facts = now.facts
    match asked.what:
        case What.PRICE:
            return replace(now, facts=_priced(asked, facts))
        case What.VAT:
            return replace(now, facts=replace(facts, vat_rate=catalogue.vat_rate(shop, asked.vat_rate)))
        case What.CATEGORY:
            if asked.category and category is None:
                raise Refused("bulkedits.category_unknown", field="category")
            return replace(now, facts=replace(facts, category=category))
        case What.AVAILABILITY:
            return replace(now, facts=_available(asked, facts), sold_out=frozenset())
        case What.SOLD_OUT:
            return replace(now, sold_out=frozenset(variants))
        case What.PUBLISH:
            if not (catalogue.needs_no_price(facts.kind) or any(facts.prices)):
                raise Refused("catalogue.price_missing", field="price")
            return replace(now, status=Status.ONLINE)
        case What.WITHDRAW:  # what nobody sees needs no withdrawing
            return replace(now, status=Status.WITHDRAWN) if now.status == Status.ONLINE else now
        case What.DELETE:
            return replace(now, status=Status.DELETED)


def _priced(asked: Asked, facts: ProductFacts) -> ProductFacts:
    """Each size and colour; one without a price stays without, unless one is set."""
    if asked.how != How.SET and not any(facts.prices):
        raise Refused("bulkedits.no_price")
    new = [price if asked.how != How.SET and not price else new_price(asked, price) for price in facts.prices]
    variants = [replace(said, price=price) for said, price in zip(facts.variants, new, strict=True)]
    return replace(facts, price=new[0] if new else facts.price, variants=variants)


def new_price(asked: Asked, now: Decimal) -> Decimal:
    """What follows from a price that is not nought. Rounding never makes it nought: then it stays at the nearest cent.

    :raises Refused: `bulkedits.price_gone` when nothing would be left, `catalogue.price_too_high`.
    """
    match asked.how:
        case How.SET:
            return catalogue.check_price(asked.number)
        case How.PERCENT_MORE:
            exact = now * (100 + asked.number) / 100
        case How.PERCENT_LESS:
            exact = now * (100 - asked.number) / 100
        case How.AMOUNT_MORE:
            exact = now + asked.number
        case How.AMOUNT_LESS:
            exact = now - asked.number
    if exact <= 0:
        raise Refused("bulkedits.price_gone")
    return catalogue.check_price(rounded(exact, asked.rounding) or max(cents(exact), CENT))


def rounded(exact: Decimal, rounding: Rounding) -> Decimal:
    """The nearest price of this sort, half up; nought when that is not above nought."""
    step, ending = ENDINGS[rounding]
    nearest = ((exact - ending) / step).quantize(Decimal(1), ROUND_HALF_UP) * step + ending
    return max(nearest, Decimal(0))


def _available(asked: Asked, facts: ProductFacts) -> ProductFacts:
    if facts.is_unique and asked.availability != Availability.COUNTED:
        raise Refused("bulkedits.unique")
    said: dict[str, Any] = {"availability": asked.availability}
    if asked.availability == Availability.TO_ORDER:
        said["delay_days"] = asked.delay_days
    if asked.availability == Availability.DAILY:
        said["daily_quantity"] = asked.daily_quantity
    return replace(facts, **said)
