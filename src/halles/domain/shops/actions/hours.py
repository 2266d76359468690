# SPDX-License-Identifier: AGPL-3.0-or-later
"""When and where a shop hands over: weeks, stalls, congés, holidays."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.db.models import ProtectedError

from halles.domain.journal import actions as journal
from halles.domain.shops import rules
from halles.domain.shops.actions.whereabouts import whereabouts
from halles.domain.shops.models import Closure, OpeningPeriod, Place, Shop
from halles.kernel.actor import Actor
from halles.kernel.contact import clean_postal_code
from halles.kernel.errors import Refused


@transaction.atomic
def set_hours(place: Place, periods: Sequence[tuple[int, dt.time, dt.time]], *, by: Actor) -> None:
    """The week of a place: (weekday, opens, closes), Monday is 0.

    :raises Refused: `shops.hours_reversed`, `shops.hours_overlap`.
    """
    rules.check_periods(list(periods))
    place.periods.all().delete()
    OpeningPeriod.objects.bulk_create(
        OpeningPeriod(place=place, weekday=weekday, opens=opens, closes=closes)
        for weekday, opens, closes in periods
    )
    journal.record("shops.hours_set", place, by=by, shop_id=place.shop_id)


@transaction.atomic
def add_stall(shop: Shop, *, name: str, address: str, postal_code: str, city: str, by: Actor) -> Place:
    """Another place to hand over: a stall on the market square; the town may be left out where the code says it.

    :raises Refused: `contact.postal_code_wrong`.
    """
    postal_code = clean_postal_code(postal_code)
    stall = Place.objects.create(
        shop=shop,
        kind=Place.Kind.STALL,
        name=name.strip()[:80],
        address=address.strip()[:160],
        postal_code=postal_code,
        **whereabouts(postal_code, city).fields,
    )
    journal.record("shops.stall_added", stall, by=by, shop_id=shop.id)
    return stall


@transaction.atomic
def remove_stall(place: Place, *, by: Actor) -> None:
    """The shop no longer stands there.

    :raises Refused: `shops.place_in_use` when orders speak of it; the counter stays.
    """
    if place.kind == Place.Kind.COUNTER:
        raise Refused("shops.place_in_use")
    journal.record("shops.stall_removed", place, by=by, shop_id=place.shop_id, name=place.name)
    try:
        place.delete()
    except ProtectedError as error:
        raise Refused("shops.place_in_use") from error


@transaction.atomic
def close_days(shop: Shop, first_day: dt.date, last_day: dt.date, *, reason: str, by: Actor) -> Closure:
    """Congés: the whole shop is closed from a day to another, both included.

    :raises Refused: `shops.closure_reversed`.
    """
    if last_day < first_day:
        raise Refused("shops.closure_reversed", field="last_day")
    closure = Closure.objects.create(
        shop=shop, first_day=first_day, last_day=last_day, reason=reason.strip()[:80]
    )
    journal.record(
        "shops.closed_days", closure, by=by, shop_id=shop.id, first=str(first_day), last=str(last_day)
    )
    return closure


@transaction.atomic
def reopen_days(closure: Closure, *, by: Actor) -> None:
    """The congés are off."""
    journal.record("shops.reopened_days", closure, by=by, shop_id=closure.shop_id)
    closure.delete()


@transaction.atomic
def set_holidays(shop: Shop, closed: bool, *, by: Actor) -> None:
    """Whether the shop is closed on public holidays."""
    if shop.closed_on_holidays != closed:
        shop.closed_on_holidays = closed
        shop.save(update_fields=["closed_on_holidays"])
        journal.record("shops.holidays_set", shop, by=by, shop_id=shop.id, closed=closed)
