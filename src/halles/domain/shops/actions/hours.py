# SPDX-License-Identifier: AGPL-3.0-or-later
"""When and where a shop hands over: weeks, places, congés, holidays."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.db.models import ProtectedError

from halles.domain.journal import actions as journal
from halles.domain.shops import rules
from halles.domain.shops.actions import depots
from halles.domain.shops.actions.whereabouts import moved, whereabouts
from halles.domain.shops.models import Closure, OpeningPeriod, Place, Shop
from halles.kernel import outbox
from halles.kernel.actor import Actor
from halles.kernel.contact import clean_postal_code
from halles.kernel.errors import Refused
from halles.kernel.text import one_line


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
    outbox.publish("shops.hours_set", place_id=str(place.id))


@transaction.atomic
def add_place(
    shop: Shop,
    kind: Place.Kind,
    *,
    name: str,
    address: str = "",
    postal_code: str = "",
    city: str = "",
    phone: str = "",
    by: Actor,
) -> Place:
    """Another place to hand over, a stall on the market square; the town may be left out where the code says it.

    A depot gets a sheet of its own, with the telephone of who keeps it.

    :raises Refused: `contact.postal_code_wrong`, `contact.phone_wrong`.
    """
    if kind == Place.Kind.DEPOT:
        return depots.open_depot(
            shop, name=name, address=address, postal_code=postal_code, city=city, phone=phone, by=by
        )
    postal_code = clean_postal_code(postal_code) if postal_code or kind != Place.Kind.ROUND else ""
    place = Place.objects.create(
        shop=shop,
        kind=kind,
        name=one_line(name, 80),
        address=one_line(address, 160),
        postal_code=postal_code,
        **(whereabouts(postal_code, city).fields if postal_code else {}),
    )
    journal.record("shops.place_added", place, by=by, shop_id=shop.id, name=place.name)
    return place


@transaction.atomic
def change_place(
    place: Place, *, name: str, address: str, postal_code: str, city: str, phone: str = "", by: Actor
) -> None:
    """Another name or address for a place that is not the counter, whose address is the shop's own.

    :raises Refused: `contact.postal_code_wrong`; of a depot as `depots.change`.
    """
    if place.depot:
        depots.change(
            place, name=name, address=address, postal_code=postal_code, city=city, phone=phone, by=by
        )
        return
    place.name, place.address = one_line(name, 80), one_line(address, 160)
    if place.kind != Place.Kind.ROUND:
        postal_code = clean_postal_code(postal_code)
        where = moved(place, postal_code, city)
        place.postal_code, place.city = postal_code, where.city
        place.latitude, place.longitude = where.point or (None, None)
    place.save(update_fields=["name", "address", "postal_code", "city", "latitude", "longitude"])
    journal.record("shops.place_changed", place, by=by, shop_id=place.shop_id, name=place.name)


@transaction.atomic
def remove_place(place: Place, *, by: Actor) -> None:
    """The shop no longer stands there.

    :raises Refused: `shops.place_in_use` when orders speak of it; the counter stays.
    """
    if place.kind == Place.Kind.COUNTER:
        raise Refused("shops.place_in_use")
    journal.record("shops.place_removed", place, by=by, shop_id=place.shop_id, name=place.name)
    depot = place.depot
    try:
        with transaction.atomic():
            place.delete()
    except ProtectedError as error:
        raise Refused("shops.place_in_use") from error
    if depot:
        depots.without(depot, place.shop_id)


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
