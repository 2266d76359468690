# SPDX-License-Identifier: AGPL-3.0-or-later
"""Another time for an order, as its customer likes, while nothing was prepared for the one he has."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from halles.domain.fulfilment import actions as fulfilment
from halles.domain.fulfilment import reads
from halles.domain.fulfilment.reads import Offered
from halles.domain.offers.rules import delay
from halles.domain.orders.actions import bookings, later, prepare
from halles.domain.orders.models import ShopOrder
from halles.domain.orders.rules import CUSTOMER_MAY_CHANGE, State
from halles.domain.shops.rules import Window
from halles.kernel.actor import Actor
from halles.kernel.errors import Refused


def free(part: ShopOrder) -> list[Window]:
    """The times to which an order may still be moved; none once its own is too near. Five queries at most.

    Too near is after the time until which one may order for it, or when the shop has to begin with it.
    """
    return _free(part, reads.offered([part.shop])[part.shop_id])


def _free(part: ShopOrder, ways: Sequence[Offered]) -> list[Window]:
    now, way = timezone.now(), bookings.way_at(part.place_id, ways)
    may = part.state in CUSTOMER_MAY_CHANGE - {State.TO_AGREE} and not part.is_visit
    if not may or now >= _last_change(part, way):
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
    products = (
        line.variant.product for line in part.lines.select_related("variant__product") if line.variant
    )
    days = max((delay(product.availability, product.delay_days) for product in products), default=0)
    return part.created_at + dt.timedelta(days=days)


@transaction.atomic
def choose(shop_order: ShopOrder, starts_at: dt.datetime, *, by: Actor) -> None:
    """The order stands at another time; the shop is told. Repeating changes nothing.

    :raises Refused: `orders.slot_gone` when it is not to be had any more, `orders.too_late_to_move`; `stock.not_enough`
        when a good made daily is not to be had on that day.
    """
    part = prepare.locked(shop_order.pk)
    if part.collect_from == starts_at:
        return
    ways = reads.offered([part.shop])[part.shop_id]
    windows, before = _free(part, ways), part.collect_from
    window = next((window for window in windows if window.start == starts_at), None)
    if window is None:
        raise Refused("orders.slot_gone" if windows else "orders.too_late_to_move")
    later.stand_at(part, window)
    later.keep_on_its_day({part: window})
    way = bookings.way_at(part.place_id, ways)
    if way.books:
        try:
            fulfilment.move(fulfilment.Wanted(way.method, window, part.id))
        except Refused as refused:
            raise Refused("orders.slot_gone") from refused
    prepare.note_change(part, by=by, before=before.isoformat(), now=window.start.isoformat())
