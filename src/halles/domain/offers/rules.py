# SPDX-License-Identifier: AGPL-3.0-or-later
"""How availability in the merchant's words becomes an answer for a neighbour. Pure: values in, values out."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from halles.domain.catalogue.models import Availability
from halles.domain.shops.models import Place
from halles.domain.shops.rules import Window

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
    NO_SLOT = "no_slot"  # all of them are taken
    OUT_OF_REACH = "out_of_reach"  # it is only brought, and not to where one lives
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
    place: Place | None = None  # of `when`; None where the answer is for a way that was chosen already

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


def delay(availability: str, delay_days: int) -> int:
    """The days that goods made to order take; none for what is there."""
    return delay_days if availability == Availability.TO_ORDER else 0


@dataclass(frozen=True, slots=True)
class Had:
    """When and where the goods of a shop can be had; without a window, why not."""

    window: Window | None
    place: Place | None = None
    otherwise: Word = Word.NOT_OPEN


def answer(good: Good, had: Had, left: Decimal | None, *, takes_orders: bool) -> Offer:
    """The offer for a good that can be had so; `left` is what can still be promised."""
    word, remaining = _in_words(good, left)
    if word in CAN_BE_ORDERED and not takes_orders:
        word = Word.NO_ORDERS
    elif word in CAN_BE_ORDERED and had.window is None and not _has_its_own_time(word, had):
        word = had.otherwise
    return Offer(good.price, word, remaining, had.window, had.place)


def _has_its_own_time(word: Word, had: Had) -> bool:
    """A service is had at a time of its own, whatever is full or far, as long as the shop opens at all."""
    return word == Word.BY_APPOINTMENT and had.otherwise != Word.NOT_OPEN


def _in_words(good: Good, left: Decimal | None) -> tuple[Word, Decimal | None]:
    """What is said of a good that a shop hands over, and how much of it is left."""
    if good.sold_out:
        return Word.SOLD_OUT, Decimal(0)
    if good.by_appointment:
        return Word.BY_APPOINTMENT, None
    match good.availability:
        case Availability.COUNTED:
            remaining = Decimal(good.is_unique) if left is None else left
            word = Word.FEW_LEFT if remaining <= FEW else Word.HERE
            return _unless_gone(word, Word.SOLD_OUT, good, remaining)
        case Availability.DAILY:
            remaining = good.daily_quantity if left is None else left
            return _unless_gone(Word.MADE_DAILY, Word.SOLD_OUT_THAT_DAY, good, remaining)
        case Availability.TO_ORDER:
            return Word.TO_ORDER, None
        case Availability.TO_CONFIRM:
            return Word.TO_CONFIRM, None
        case _:
            return Word.HERE, None


def _unless_gone(word: Word, gone: Word, good: Good, remaining: Decimal) -> tuple[Word, Decimal]:
    is_gone = remaining <= 0 or remaining < good.least
    return gone if is_gone else word, max(remaining, Decimal(0))
