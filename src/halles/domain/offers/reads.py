# SPDX-License-Identifier: AGPL-3.0-or-later
"""Offers for many variants at once: five queries, whatever their number; two more where there are services."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils import timezone

from halles.domain.appointments import reads as appointments
from halles.domain.catalogue.models import Availability, Variant
from halles.domain.offers import rules
from halles.domain.offers.rules import Good, Offer
from halles.domain.shops import reads as shops
from halles.domain.shops.models import Place, Shop
from halles.domain.shops.rules import Hours, Window
from halles.domain.stock import reads as stock
from halles.kernel.units import STEPS, Unit


@dataclass(frozen=True, slots=True)
class Wish:
    """When a neighbour means to come by; no time means any time of that day."""

    day: dt.date
    time: dt.time | None = None

    def moment(self, zone: ZoneInfo) -> dt.datetime:
        """The wish as a moment in the town's time."""
        return dt.datetime.combine(self.day, self.time or dt.time(0), zone)


def offers(
    variants: Sequence[Variant],
    wish: Wish | None = None,
    *,
    now: dt.datetime | None = None,
    places: Mapping[uuid.UUID, Sequence[tuple[Place, Hours]]] | None = None,
    windows: Mapping[uuid.UUID, Window | None] | None = None,
) -> dict[uuid.UUID, Offer]:
    """The offer of each variant: as the counter hands over, or in the `windows` agreed with each shop.

    The variants must come with `product` and `product.shop.market` (select_related). `places` is what
    `shops.hours_of` said of their shops, when a page has asked already: one query is left, as with `windows`.
    """
    shop_by_id = {v.shop_id: v.product.shop for v in variants}
    when = (
        {v.id: windows[v.shop_id] for v in variants}
        if windows is not None
        else _at_counters(variants, shop_by_id, places, now or timezone.now(), wish)
    )
    days = {w.start.date() for w in when.values() if w}
    counted = [v.id for v in variants if v.product.availability in {Availability.COUNTED, Availability.DAILY}]
    left = stock.available(counted, days) if counted else {}
    booked = appointments.services(variant.product for variant in variants)
    found = {}
    for variant in variants:
        window = when[variant.id]
        day = window.start.date() if window and variant.product.availability == Availability.DAILY else None
        found[variant.id] = rules.answer(
            good(variant, by_appointment=variant.product_id in booked),
            window,
            left.get((variant.id, day)),
            takes_orders=shop_by_id[variant.shop_id].takes_orders,
        )
    return found


def _at_counters(
    variants: Sequence[Variant],
    shop_by_id: Mapping[uuid.UUID, Shop],
    places: Mapping[uuid.UUID, Sequence[tuple[Place, Hours]]] | None,
    now: dt.datetime,
    wish: Wish | None,
) -> dict[uuid.UUID, Window | None]:
    hours: Mapping[uuid.UUID, Hours | None] = (
        {shop_id: counter_hours(of_shop) for shop_id, of_shop in places.items()}
        if places
        else shops.counter_hours_of(shop_by_id.values())
    )
    return _windows(variants, shop_by_id, hours, now, wish)


def counter_hours(places: Sequence[tuple[Place, Hours]]) -> Hours | None:
    """The hours in which a shop hands over at its counter."""
    return next((hours for place, hours in places if place.kind == Place.Kind.COUNTER), None)


def good(variant: Variant, *, by_appointment: bool = False) -> Good:
    """What the rules need to know of a variant."""
    product = variant.product
    return Good(
        variant.price,
        product.availability,
        variant.sold_out,
        product.daily_quantity,
        product.is_unique,
        STEPS[Unit(product.unit)],
        by_appointment,
    )


def _windows(
    variants: Sequence[Variant],
    shop_by_id: Mapping[uuid.UUID, Shop],
    hours: Mapping[uuid.UUID, Hours | None],
    now: dt.datetime,
    wish: Wish | None,
) -> dict[uuid.UUID, Window | None]:
    """When each can be collected; goods of one shop with one delay are looked at once."""
    delays = {v.id: rules.delay(v.product.availability, v.product.delay_days) for v in variants}
    found = {
        (shop_id, days): _window(days, shop_by_id[shop_id], hours[shop_id], now, wish)
        for shop_id, days in {(v.shop_id, delays[v.id]) for v in variants}
    }
    return {v.id: found[v.shop_id, delays[v.id]] for v in variants}


def _window(
    delay_days: int, shop: Shop, hours: Hours | None, now: dt.datetime, wish: Wish | None
) -> Window | None:
    if hours is None or shop.doors == Shop.Doors.CLOSED:
        return None
    moment = wish.moment(hours.zone) if wish else None
    return rules.when(
        hours, now=now, preparation_minutes=shop.preparation_minutes, delay_days=delay_days, wish=moment
    )
