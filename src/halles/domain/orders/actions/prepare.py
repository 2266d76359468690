# SPDX-License-Identifier: AGPL-3.0-or-later
"""The steps of a shop order from "placed" to "handed over".

Locks are always taken in one order: shop orders, then the customer, then stock levels by id, then slots, then whoever does
services.
"""

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Q

from halles.domain.appointments import actions as appointments
from halles.domain.bells import actions as bells
from halles.domain.customers import actions as customers
from halles.domain.fulfilment import actions as fulfilment
from halles.domain.journal import actions as journal
from halles.domain.orders import visits
from halles.domain.orders.models import Order, OrderLine, ShopOrder
from halles.domain.orders.rules import CUSTOMER_MAY_CHANGE, MAY_ARRIVE, State, Step, by_weight, next_state
from halles.domain.stock import actions as stock
from halles.domain.stock.models import Reservation
from halles.kernel import outbox
from halles.kernel.actor import Actor, Kind
from halles.kernel.errors import Refused
from halles.kernel.text import one_line

BATCH = 500  # orders that time works on in one go


@transaction.atomic
def confirm(order: Order, *, by: Actor) -> None:
    """The link sent to the contact was pressed: all that was held stays held. Repeating changes nothing."""
    for pk in order.shop_orders.filter(state=State.UNCONFIRMED).order_by("pk").values_list("pk", flat=True):
        part = locked(pk)
        if part.state == State.UNCONFIRMED:
            stock.keep_longer(line_ids(part))
            take(part, Step.CONFIRM, by=by)
    customers.confirm(order.customer_id)


@transaction.atomic
def accept(shop_order: ShopOrder, *, by: Actor) -> None:
    """The shop says yes, which also vouches for the contact.

    :raises Refused: `orders.not_now`, as for every step here.
    """
    part = locked(shop_order.pk)
    stock.keep_longer(line_ids(part))
    take(part, Step.ACCEPT, by=by)
    customers.confirm(part.order.customer_id)


@transaction.atomic
def ready(shop_order: ShopOrder, *, by: Actor) -> None:
    """Everything is packed; the customer is told. What is sold by weight is weighed first: `weigh` does both.

    :raises Refused: `orders.not_weighed`.
    """
    part = locked(shop_order.pk)
    next_state(part.state, Step.READY)
    if unweighed(part.lines.all()):
        raise Refused("orders.not_weighed")
    take(part, Step.READY, by=by)


@transaction.atomic
def hand_over(shop_order: ShopOrder, *, by: Actor) -> None:
    """The customer has it: what was promised leaves the stock.

    :raises Refused: `orders.price_missing` as long as nobody said what something costs: the total is what is paid.
    """
    part = locked(shop_order.pk)
    take(part, Step.HAND_OVER, by=by)
    if unpriced := part.lines.filter(is_priced=False, quantity__gt=0).first():
        raise Refused("orders.price_missing", name=unpriced.name)
    stock.hand_out(line_ids(part), by=by)


@transaction.atomic
def cancel(shop_order: ShopOrder, *, by: Actor, reason: str = "") -> None:
    """By the customer until it is prepared, by the shop until it is handed over; goods go back on sale.

    :raises Refused: `orders.too_late_to_cancel` when a service of it is so near that only the shop may.
    """
    part = locked(shop_order.pk)
    if by.kind == Kind.CUSTOMER and part.state not in CUSTOMER_MAY_CHANGE:
        raise Refused("orders.not_now", state=part.state, step=str(Step.CANCEL))
    if by.kind == Kind.CUSTOMER and not visits.may_cancel(part):
        raise Refused("orders.too_late_to_cancel")
    fall_through(part, Step.CANCEL, by=by, reason=one_line(reason, 300))


@transaction.atomic
def give_up(shop_order: ShopOrder, *, by: Actor) -> None:
    """Nobody came for what was ready: its goods go back on sale and it is counted. Repeating changes nothing."""
    part = locked(shop_order.pk)
    if part.state == State.READY:
        customers.count_no_show(part.order.customer_id)
        fall_through(part, Step.GIVE_UP, by=by)


def hold_from(part: ShopOrder, moment: dt.datetime) -> None:
    """A locked order came later than was promised: from then on it is held as long as others are, never shorter."""
    part.hold_until = max(part.hold_until, moment + dt.timedelta(hours=part.shop.hold_hours))
    part.save(update_fields=["hold_until"])


def note_change(part: ShopOrder, *, by: Actor, **details: str) -> None:
    """The customer changed a locked order; the shop is told, its state stays."""
    journal.record("orders.changed", part, by=by, shop_id=part.shop_id, total=str(part.total), **details)
    outbox.publish("orders.changed", shop_order_id=str(part.id), by=str(by.kind))


def unweighed(lines: Iterable[OrderLine]) -> list[OrderLine]:
    """What is to be served and still has to lie on the scale."""
    return [line for line in lines if by_weight(line.unit) and line.quantity and line.served is None]


def locked(pk: uuid.UUID) -> ShopOrder:
    """The shop order with its row locked, to be asked for before any stock."""
    return (
        ShopOrder.objects.select_for_update(of=("self",)).select_related("order", "shop__market").get(pk=pk)
    )


def due(condition: Q) -> list[uuid.UUID]:
    """The shop orders for which a time has come, so many at a time."""
    return list(ShopOrder.objects.filter(condition).order_by("pk").values_list("pk", flat=True)[:BATCH])


def line_ids(part: ShopOrder) -> list[uuid.UUID]:
    """What stock knows the promises of an order by."""
    return list(OrderLine.objects.filter(shop_order=part).values_list("id", flat=True))


def fall_through(
    part: ShopOrder,
    step: Step,
    *,
    by: Actor,
    goods: Reservation.State = Reservation.State.RELEASED,
    **details: str,
) -> None:
    """The step by which a locked order comes to nothing: goods go back on sale, slots and times are free again."""
    take(part, step, by=by, **details)
    stock.release(line_ids(part), state=goods)
    fulfilment.release([part.id])
    appointments.release(line_ids(part))


def take(part: ShopOrder, step: Step, *, by: Actor, **details: Any) -> None:  # noqa: ANN401
    """One step of a locked shop order: its state, its history, the news of it.

    The bell rings no more for it, unless all that happened is that the customer has proved real.
    """
    part.state = next_state(part.state, step)
    if part.state not in MAY_ARRIVE:  # whoever waited outside has it, or will not get it
        part.arrived_at, part.arrived_where = None, ""
    part.save(update_fields=["state", "arrived_at", "arrived_where"])
    if step != Step.CONFIRM:
        bells.hush(part.id)
    journal.record(f"orders.{step}", part, by=by, shop_id=part.shop_id, **details)
    outbox.publish(f"orders.{step}", shop_order_id=str(part.id), by=str(by.kind))
