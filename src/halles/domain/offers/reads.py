# SPDX-License-Identifier: AGPL-3.0-or-later
"""Offers for many variants at once: six queries at most, whatever their number; two more where there are services."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils import timezone

from halles.domain.appointments import reads as appointments
from halles.domain.catalogue.models import Availability, Variant
from halles.domain.fulfilment import reads as fulfilment
from halles.domain.fulfilment.reads import Address, Offered
from halles.domain.offers import rules
from halles.domain.offers.rules import Good, Had, Offer, Word
from halles.domain.shops.models import Shop
from halles.domain.shops.rules import Window
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
    to: Address | None = None,
    ways: Mapping[uuid.UUID, Sequence[Offered]] | None = None,
    windows: Mapping[uuid.UUID, Window | None] | None = None,
) -> dict[uuid.UUID, Offer]:
    """The offer of each variant: in the first way its shop hands it over (`to` where one lives, if that is known), or in
    the `windows` agreed with each shop.

    The variants must come with `product` and `product.shop.market` (select_related). `ways` is what
    `fulfilment.offered` said of their shops, when a page has asked already: one query is left, as with `windows`.
    """
    had = (
        {v.id: Had(windows[v.shop_id]) for v in variants}
        if windows is not None
        else _had(variants, ways, to, wish)
    )
    days = {found.window.start.date() for found in had.values() if found.window}
    counted = [v.id for v in variants if v.product.availability in {Availability.COUNTED, Availability.DAILY}]
    left = stock.available(counted, days) if counted else {}
    booked = appointments.services(variant.product for variant in variants)
    found = {}
    for variant in variants:
        window = had[variant.id].window
        day = window.start.date() if window and variant.product.availability == Availability.DAILY else None
        found[variant.id] = rules.answer(
            good(variant, by_appointment=variant.product_id in booked),
            had[variant.id],
            left.get((variant.id, day)),
            takes_orders=variant.product.shop.takes_orders,
        )
    return found


def _had(
    variants: Sequence[Variant],
    ways: Mapping[uuid.UUID, Sequence[Offered]] | None,
    to: Address | None,
    wish: Wish | None,
) -> dict[uuid.UUID, Had]:
    """How each can be had; goods of one shop with one delay are looked at once."""
    shop_by_id = {v.shop_id: v.product.shop for v in variants}
    offered = fulfilment.offered(shop_by_id.values(), to) if ways is None else ways
    delays = {v.id: rules.delay(v.product.availability, v.product.delay_days) for v in variants}
    now = timezone.now()
    found = {
        (shop_id, days): _first(shop_by_id[shop_id], offered[shop_id], to, days, now, wish)
        for shop_id, days in {(v.shop_id, delays[v.id]) for v in variants}
    }
    return {v.id: found[v.shop_id, delays[v.id]] for v in variants}


def _first(
    shop: Shop,
    ways: Sequence[Offered],
    to: Address | None,
    days: int,
    now: dt.datetime,
    wish: Wish | None,
) -> Had:
    """The first of a shop's ways that reaches one and has a slot, as a basket takes it."""
    ready = fulfilment.ready(ways, shop, now, days=days) if shop.doors != Shop.Doors.CLOSED else None
    on = [way for way in ways if way.method.is_on]
    if ready is None or not on:
        return Had(None)
    near = [way for way in on if way.may_reach(to)]
    for way in near:
        after = wish.moment(way.hours.zone) if wish else None
        if window := way.nearest(ready=ready, now=now, after=after):
            return Had(window, way.place)
    if not near:
        return Had(None, otherwise=Word.OUT_OF_REACH)
    return Had(None, otherwise=Word.NO_SLOT if any(way.books for way in near) else Word.NOT_OPEN)


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
