# SPDX-License-Identifier: AGPL-3.0-or-later
"""Another time for an order, as its customer likes, while nothing was prepared for the one he has."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from halles.domain.fulfilment import actions as fulfilment
from halles.domain.fulfilment import reads
from halles.domain.fulfilment.reads import Offered
from halles.domain.orders.actions import bookings, later, prepare
from halles.domain.orders.models import ShopOrder
from halles.domain.orders.rules import CUSTOMER_MAY_CHANGE, State
from halles.domain.shops.rules import Window
from halles.kernel.actor import Actor
from halles.kernel.errors import Refused


def free(part: ShopOrder, *, now: dt.datetime | None = None) -> list[Window]:
    """The times to which an order may still be moved; none once its own is too near. Four queries.

    Too near is after the time until which one may order for it, or when the shop has to begin with it.
    """
    now = now or timezone.now()
    ways = reads.offered([part.shop])[part.shop_id]
    way = bookings.way_at(part.place_id, ways)
    if part.state not in CUSTOMER_MAY_CHANGE - {State.TO_AGREE} or now >= _last_change(part, way):
        return []
    ready = reads.ready(ways, part.shop, now)
    coming = way.coming(ready=max(ready, _made(part)), now=now) if ready else iter(())
    return [window for window, _left in coming if window.start != part.collect_from]


def _last_change(part: ShopOrder, way: Offered) -> dt.datetime:
    own = Window(part.collect_from, part.collect_until)
    prepared = part.collect_from - dt.timedelta(minutes=part.shop.preparation_minutes)
    return min(way.calendar.last_order(own) or prepared, prepared)


def _made(part: ShopOrder) -> dt.datetime:
    """When the last of its goods made to order is there, as it was promised: never sooner than that."""
    delays = (line.variant.product.delay_days for line in part.lines.all() if line.variant)
    return part.created_at + dt.timedelta(days=max(delays, default=0))


@transaction.atomic
def choose(shop_order: ShopOrder, starts_at: dt.datetime, *, by: Actor) -> None:
    """The order stands at another time; the shop is told. Repeating changes nothing.

    :raises Refused: `orders.slot_gone` when it is not to be had any more, `orders.too_late_to_move`; `stock.not_enough`
        when a good made daily is not to be had on that day.
    """
    part = prepare.locked(shop_order.pk)
    if part.collect_from == starts_at:
        return
    windows = free(part)
    window = next((window for window in windows if window.start == starts_at), None)
    if window is None:
        raise Refused("orders.slot_gone" if windows else "orders.too_late_to_move")
    before = part.collect_from
    way = bookings.way_of(part.shop, part.place_id)
    part.collect_from, part.collect_until, part.reminded_at = window.start, window.end, None
    part.hold_until = window.end + dt.timedelta(hours=part.shop.hold_hours)
    part.save(update_fields=["collect_from", "collect_until", "hold_until", "reminded_at"])
    later.keep_on_its_day({part: window})
    if way.books:
        try:
            fulfilment.move(fulfilment.Wanted(way.method, window, part.id))
        except Refused as refused:
            raise Refused("orders.slot_gone") from refused
    prepare.note_change(part, by=by, before=before.isoformat(), now=window.start.isoformat())
