# SPDX-License-Identifier: AGPL-3.0-or-later
"""Slots, cut-offs and fees. Pure: values in, values out."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from halles.domain.shops.rules import Hours, Window, up_to_half_hour
from halles.kernel.errors import Refused

DAYS = 14  # how far ahead slots are offered
# New books are carried home for three euros at least, for a cent from 35 € (arrêté du 4 avril 2023).
BOOKS_FREE_FROM = Decimal(35)
LEAST_FOR_BOOKS = Decimal(3)
LEAST_FOR_MANY_BOOKS = Decimal("0.01")
MOST = Decimal(9999)  # euros


class Why(StrEnum):
    """Why a method is not for this basket."""

    OFF = "off"
    UNKNOWN_ADDRESS = "unknown_address"  # it comes to one's door, and nobody said where that is
    OUTSIDE = "outside"
    TOO_LITTLE = "too_little"
    NO_SLOT = "no_slot"  # full, too late, or closed as far as one looks


@dataclass(frozen=True, slots=True)
class Calendar:
    """When a method hands over. `clips` when one may come at any time of an opening: what is left of it is the slot."""

    hours: Hours
    minutes: int | None = None
    cutoff_days: int = 0
    cutoff_time: dt.time | None = None
    clips: bool = False

    def slots_of(self, opening: Window) -> Iterator[Window]:
        """The slots of one opening; what remains at its end too short for one is none.

        Counted in time that really passes: the night when clocks change has as many slots as hours.
        """
        if self.minutes is None:
            yield opening
            return
        start, end = opening.start.astimezone(dt.UTC), opening.end.astimezone(dt.UTC)
        length, begins = dt.timedelta(minutes=self.minutes), start.astimezone(self.hours.zone)
        while start + length <= end:
            start += length
            ends = start.astimezone(self.hours.zone)
            yield Window(begins, ends)
            begins = ends

    def slot_at(self, moment: dt.datetime) -> Window | None:
        """The slot in which a moment falls."""
        opening = self.hours.open_at(moment)
        held = (slot for slot in self.slots_of(opening) if _is_in(moment, slot)) if opening else iter(())
        return next(held, None)

    def last_order(self, slot: Window) -> dt.datetime | None:
        """Until when one may order for a slot; None when only the preparation counts."""
        if self.cutoff_time is None:
            return None
        day = slot.start.astimezone(self.hours.zone).date() - dt.timedelta(days=self.cutoff_days)
        return dt.datetime.combine(day, self.cutoff_time, self.hours.zone)


def _is_in(moment: dt.datetime, slot: Window) -> bool:
    moment = moment.astimezone(dt.UTC)
    return slot.start.astimezone(dt.UTC) <= moment < slot.end.astimezone(dt.UTC)


def slots(
    calendar: Calendar,
    *,
    ready: dt.datetime,
    now: dt.datetime,
    after: dt.datetime | None = None,
    days: int = DAYS,
) -> Iterator[Window]:
    """The slots for which one may still order and everything is ready, soonest first, full ones too.

    With `after`, those that end after it; who may come at any time comes no sooner.
    """
    soonest = max(ready, after) if after else ready
    for opening in calendar.hours.coming(max(now, soonest), days):
        if calendar.clips:
            start = up_to_half_hour(max(opening.start, soonest), calendar.hours.zone)
            if start < opening.end:
                yield Window(start, opening.end)
            continue
        for slot in calendar.slots_of(opening):
            last = calendar.last_order(slot)
            in_time = slot.start >= ready and slot.start > now and (last is None or now < last)
            if in_time and (after is None or slot.end > after):
                yield slot


@dataclass(frozen=True, slots=True)
class Terms:
    """What carrying costs: nothing from `free_from` on; below `least` it is not done."""

    fee: Decimal = Decimal(0)
    free_from: Decimal | None = None
    least: Decimal = Decimal(0)

    def fee_for(self, goods: Decimal, new_books: Decimal = Decimal(0), *, at_home: bool = False) -> Decimal:
        """The fee for goods of this worth, of which so much is new books, which no shop may carry home for nothing."""
        fee = Decimal(0) if self.free_from is not None and goods >= self.free_from else self.fee
        if not (at_home and new_books):
            return fee
        return max(self.fee, LEAST_FOR_BOOKS if new_books < BOOKS_FREE_FROM else LEAST_FOR_MANY_BOOKS)


def check_terms(terms: Terms) -> None:
    """Amounts that can be meant.

    :raises Refused: `fulfilment.amount_wrong`, `fulfilment.threshold_wrong` when it is free for what is not carried at all.
    """
    for field, amount in (("fee", terms.fee), ("least", terms.least), ("free_from", terms.free_from)):
        if amount is not None and not 0 <= amount <= MOST:
            raise Refused("fulfilment.amount_wrong", field=field, most=MOST)
    if terms.free_from is not None and (terms.free_from == 0 or terms.free_from < terms.least):
        raise Refused("fulfilment.threshold_wrong", field="free_from")
