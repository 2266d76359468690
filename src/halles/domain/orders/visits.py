# SPDX-License-Identifier: AGPL-3.0-or-later
"""The services of orders: when somebody comes, for whom, and to which times one may move it."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from halles.domain.appointments import reads as appointments
from halles.domain.appointments.models import Appointment
from halles.domain.orders.models import OrderLine, ShopOrder
from halles.domain.orders.rules import State
from halles.domain.shops import reads as shops
from halles.domain.shops.models import Shop
from halles.domain.shops.rules import HORIZON, Hours, Window


@dataclass(frozen=True, slots=True)
class Visit:
    """A time of the agenda: somebody comes for a line of an order, or nobody is wanted (no line)."""

    held: Appointment
    line: OrderLine | None = None

    @property
    def part(self) -> ShopOrder | None:
        """The order it is of."""
        return self.line.shop_order if self.line else None


def agenda(shop: Shop, since: dt.datetime, until: dt.datetime) -> list[Visit]:
    """Who comes when, and when nobody is wanted. Two queries."""
    held = appointments.held(shop, since, until)
    lines = OrderLine.objects.filter(
        shop_order__shop=shop, pk__in=[one.reference for one in held if one.reference]
    ).select_related("shop_order__order")
    by_id = {line.id: line for line in lines}
    return [
        Visit(one, by_id.get(one.reference) if one.reference else None)
        for one in held
        if one.reference is None or one.reference in by_id
    ]


def during(shop: Shop, first: dt.date, last: dt.date, hours: Hours) -> list[Visit]:
    """Who comes on these days, both included. Two queries."""
    since = dt.datetime.combine(first, dt.time(0), hours.zone)
    until = dt.datetime.combine(last + dt.timedelta(days=1), dt.time(0), hours.zone)
    return [visit for visit in agenda(shop, since, until) if visit.line]


def is_too_late(part: ShopOrder, line: OrderLine) -> bool:
    """Whether only the shop may still move or cancel it: what nobody confirmed yet may always go."""
    now = timezone.now()
    said = line.change_before if part.state != State.UNCONFIRMED else line.starts_at
    return said is not None and now >= said


def may_cancel(part: ShopOrder) -> bool:
    """Whether no service of an order is too near to cancel it from one's link."""
    return not any(is_too_late(part, line) for line in part.appointments)


def free(part: ShopOrder, line: OrderLine, *, at_once: bool = False) -> list[Window]:
    """The times at which a line could be instead of its own, its own being given back; five queries.

    `at_once` is the shop's own word: it needs no time of preparation.
    """
    if line.variant is None:
        return []
    line.variant.product.shop = part.shop
    found = appointments.services([line.variant.product])
    service = found.get(line.variant.product_id)
    if service is None:
        return []
    now = timezone.now()
    hours = shops.counter_hours_of([part.shop])[part.shop_id]
    busy = appointments.busy([service], since=now)
    own = appointments.by_reference([line.id]).get(line.id)
    if own and own.resource_id in busy:
        busy[own.resource_id] -= appointments.squares(own)
    coming = appointments.Asked(service, hours, busy, now).coming(at_once=at_once)
    return [window for window in coming if window.start != line.starts_at]


def later(part: ShopOrder, after: dt.datetime, most: int) -> list[Window]:
    """The first time on each of the next days to which an order of one service may be put off; none for several."""
    those = part.appointments
    if len(those) != 1:
        return []
    found: dict[dt.date, Window] = {}
    for window in free(part, those[0]):
        zone = window.start.tzinfo
        if window.start.date() > after.astimezone(zone).date() and len(found) < most:
            found.setdefault(window.start.date(), window)
    return [window for window in found.values() if window.start <= after + dt.timedelta(days=HORIZON)]
