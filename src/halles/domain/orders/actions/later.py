# SPDX-License-Identifier: AGPL-3.0-or-later
"""Another day: the shop moves what it promised, and each customer says yes or no."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db import transaction

from halles.domain.fulfilment import reads as fulfilment
from halles.domain.fulfilment.reads import Offered
from halles.domain.orders import reads, visits
from halles.domain.orders.actions import bookings, prepare, times
from halles.domain.orders.models import OrderLine, ShopOrder
from halles.domain.orders.rules import OPEN_STATES, Step, next_state
from halles.domain.shops import actions as shops
from halles.domain.shops import reads as shop_reads
from halles.domain.shops.models import Closure, Shop
from halles.domain.shops.rules import Window
from halles.domain.stock import actions as stock
from halles.kernel.actor import Actor
from halles.kernel.errors import Refused


@transaction.atomic
def postpone(shop_order: ShopOrder, window: Window, *, by: Actor) -> None:
    """Everything will be ready at another time; it waits for the customer's yes.

    :raises Refused: `orders.not_now`; `stock.not_enough` when a good made daily is not to be had on that day;
        `orders.slot_gone` when somebody else comes for a service then.
    """
    part = prepare.locked(shop_order.pk)
    next_state(part.state, Step.POSTPONE)
    if part.collect_from != window.start:  # else pressed twice
        keep_on_its_day({part: window})
        _move(part, window, bookings.way_of(part.shop, part.place_id), by=by)


@dataclass(frozen=True, slots=True)
class Closed:
    """What became of the orders of a day that was closed."""

    closure: Closure
    moved: Sequence[ShopOrder]
    stuck: Sequence[ShopOrder]  # no other day has the goods, or none is known: the shop calls these


@transaction.atomic
def close_day(shop: Shop, day: dt.date, *, move: bool, by: Actor) -> Closed:
    """The shop is closed on one day; when `move`, the orders of that day are proposed for its next opening.

    Repeating closes nothing twice and moves nothing again: what was moved is no longer of that day.
    """
    closure = shop_reads.closure_on(shop, day) or shops.close_days(shop, day, day, reason="", by=by)
    promised = [prepare.locked(pk) for pk in sorted(part.pk for part in reads.promised(shop, day))]
    still_open = [part for part in promised if part.state in OPEN_STATES]
    # Goods and a service are agreed by two people, not by a calendar.
    both = [part for part in still_open if not part.is_visit and part.appointments]
    if not move:
        return Closed(closure, [], still_open)
    windows = reads.next_times(shop, still_open)
    moving = {part: windows[part.id][0] for part in still_open if windows[part.id] and part not in both}
    moved = _keep_those_that_can(moving)
    ways = fulfilment.offered([shop])[shop.id]
    moved = [
        part for part in moved if _moves(part, moving[part], bookings.way_at(part.place_id, ways), by=by)
    ]
    return Closed(closure, moved, [part for part in still_open if part not in moved])


def _moves(part: ShopOrder, window: Window, way: Offered, *, by: Actor) -> bool:
    """Whether it could be moved: two services of one day may want the same time of the next."""
    free = visits.later(part, part.collect_from, 1) if part.is_visit else [window]
    if free:
        _move(part, free[0], way, by=by)
    return bool(free)


def _keep_those_that_can(moving: Mapping[ShopOrder, Window]) -> list[ShopOrder]:
    """Goods follow to the other day where it has them; the orders for which it has."""
    left = dict(moving)
    while left:
        try:
            with transaction.atomic():
                keep_on_its_day(left)
            break
        except Refused as refused:
            short = refused.details["left"]
            of_lines = OrderLine.objects.filter(pk__in=list(short)).values_list("shop_order_id", flat=True)
            falling = set(of_lines)
            left = {part: window for part, window in left.items() if part.id not in falling}
    return list(left)


def keep_on_its_day(moving: Mapping[ShopOrder, Window]) -> None:
    """What is kept for these orders is kept for their new days: only goods made daily know the difference."""
    lines = OrderLine.objects.filter(shop_order__in=list(moving), quantity__gt=0, variant__isnull=False)
    days = {part.id: _day(part, window.start) for part, window in moving.items()}
    wanted = [
        stock.Wanted(line.variant, line.quantity, days[line.shop_order_id], line.id)
        for line in lines.select_related("variant__product").order_by("pk")
        if line.variant
    ]
    stock.reserve(wanted, instead_of=[want.reference for want in wanted])


def _day(part: ShopOrder, moment: dt.datetime) -> dt.date:
    return moment.astimezone(ZoneInfo(part.shop.market.time_zone)).date()


def stand_at(part: ShopOrder, window: Window) -> None:
    """The order is for another time; whoever waited outside does so no more."""
    part.collect_from, part.collect_until, part.reminded_at = window.start, window.end, None
    part.hold_until = window.end + dt.timedelta(hours=part.shop.hold_hours)
    part.announced_at = None
    part.arrived_at, part.arrived_where = None, ""
    moments = ["collect_from", "collect_until", "hold_until", "reminded_at", "announced_at"]
    part.save(update_fields=[*moments, "arrived_at", "arrived_where"])
    times.stand(part)  # its services may be later still


def _move(part: ShopOrder, window: Window, way: Offered, *, by: Actor) -> None:
    """The order stands at its new time, which the customer may refuse."""
    before, part.answer_before = part.collect_from, None
    part.former_from = part.former_from or before
    part.save(update_fields=["former_from", "answer_before"])
    if part.is_visit:
        times.shift(part, part.appointments[0], window.start)
    else:
        stand_at(part, window)
        bookings.hold(part, way)
    prepare.take(part, Step.POSTPONE, by=by, before=before.isoformat(), now=window.start.isoformat())
