# SPDX-License-Identifier: AGPL-3.0-or-later
"""How availability in the merchant's words becomes an answer for a neighbour. Pure: values in, values out."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from halles.domain.catalogue.models import Availability
from halles.domain.shops.rules import Hours, Window, collection, ready_at

FEW = Decimal(5)


class Word(StrEnum):
    """What is said of a good."""

    HERE = "here"
    FEW_LEFT = "few_left"
    MADE_DAILY = "made_daily"
    TO_ORDER = "to_order"
    TO_CONFIRM = "to_confirm"
    BY_APPOINTMENT = "by_appointment"  # one comes for it at a time one chooses
    SOLD_OUT = "sold_out"
    SOLD_OUT_THAT_DAY = "sold_out_that_day"
    NOT_OPEN = "not_open"  # no opening can be found
    NO_ORDERS = "no_orders"  # seen here, bought at the shop


CAN_BE_ORDERED = frozenset(
    {Word.HERE, Word.FEW_LEFT, Word.MADE_DAILY, Word.TO_ORDER, Word.TO_CONFIRM, Word.BY_APPOINTMENT}
)


@dataclass(frozen=True, slots=True)
class Offer:
    """Price, availability, place and time of one variant, for one wish; `left` None when nobody counts."""

    price: Decimal
    word: Word
    left: Decimal | None = None
    when: Window | None = None

    @property
    def can_be_ordered(self) -> bool:
        """Whether it may go into a basket now."""
        return self.word in CAN_BE_ORDERED


@dataclass(frozen=True, slots=True)
class Good:
    """What the rules need to know of a variant."""

    price: Decimal
    availability: str
    sold_out: bool
    daily_quantity: Decimal
    is_unique: bool = False
    least: Decimal = Decimal(0)  # one can ask for; what is less than that is left for the counter
    by_appointment: bool = False


def earliest(hours: Hours, now: dt.datetime, preparation_minutes: int, delay_days: int) -> dt.datetime | None:
    """When goods can be ready: the shop's preparation time while it is open, or the days of goods made to order."""
    return now + dt.timedelta(days=delay_days) if delay_days else ready_at(hours, now, preparation_minutes)


def delay(availability: str, delay_days: int) -> int:
    """The days that goods made to order take; none for what is there."""
    return delay_days if availability == Availability.TO_ORDER else 0


def when(
    hours: Hours, *, now: dt.datetime, preparation_minutes: int, delay_days: int, wish: dt.datetime | None
) -> Window | None:
    """When goods can be collected, as near after the wish as can be."""
    ready = earliest(hours, now, preparation_minutes, delay_days)
    return collection(hours, earliest=ready, wish=wish) if ready else None


def answer(good: Good, window: Window | None, left: Decimal | None, *, takes_orders: bool) -> Offer:
    """The offer for a good that can be collected in this window; `left` is what can still be promised."""
    if good.sold_out:
        return Offer(good.price, Word.SOLD_OUT, Decimal(0))
    if good.by_appointment:
        word = Word.BY_APPOINTMENT if takes_orders else Word.NO_ORDERS
        return Offer(good.price, word, None, window) if window else Offer(good.price, Word.NOT_OPEN)
    match good.availability:
        case Availability.COUNTED:
            remaining = Decimal(good.is_unique) if left is None else left
            is_gone = remaining <= 0 or remaining < good.least
            word = Word.SOLD_OUT if is_gone else Word.FEW_LEFT if remaining <= FEW else Word.HERE
            offer = Offer(good.price, word, max(remaining, Decimal(0)), window)
        case Availability.DAILY:
            remaining = good.daily_quantity if left is None else left
            is_gone = remaining <= 0 or remaining < good.least
            word = Word.SOLD_OUT_THAT_DAY if is_gone else Word.MADE_DAILY
            offer = Offer(good.price, word, max(remaining, Decimal(0)), window)
        case Availability.TO_ORDER:
            offer = Offer(good.price, Word.TO_ORDER, None, window)
        case Availability.TO_CONFIRM:
            offer = Offer(good.price, Word.TO_CONFIRM, None, window)
        case _:
            offer = Offer(good.price, Word.HERE, None, window)
    if offer.can_be_ordered and not takes_orders:
        return Offer(good.price, Word.NO_ORDERS, offer.left, window)
    if offer.can_be_ordered and window is None:
        return Offer(good.price, Word.NOT_OPEN, offer.left, None)
    return offer
