# SPDX-License-Identifier: AGPL-3.0-or-later
"""« Je suis là » : a customer waits outside, and the shop brings his order out to him (drive)."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from halles.domain.fulfilment import reads as fulfilment
from halles.domain.journal import actions as journal
from halles.domain.orders.actions import prepare
from halles.domain.orders.models import ShopOrder
from halles.domain.orders.rules import ARRIVES_BEFORE, MAY_ARRIVE
from halles.kernel import outbox
from halles.kernel.actor import Actor
from halles.kernel.errors import Refused
from halles.kernel.text import one_line

LONGEST = 40
RINGS_AGAIN = dt.timedelta(minutes=5)  # who says the same again sooner is only impatient


@transaction.atomic
def arrive(shop_order: ShopOrder, where: str, *, by: Actor) -> None:
    """Its customer is there, `where` in his words ("place 2"); the shop is rung. The same again within minutes rings once.

    :raises Refused: `orders.not_brought_out` where the shop does not come out, `orders.not_now`, `orders.too_early` with
        the time from which he may say so.
    """
    part = prepare.locked(shop_order.pk)
    if part.place_id not in fulfilment.curbsides([part.place_id]):
        raise Refused("orders.not_brought_out")
    if part.state not in MAY_ARRIVE:
        raise Refused("orders.not_now", state=part.state, step="arrive")
    now, where = timezone.now(), one_line(where, LONGEST)
    if now < part.collect_from - ARRIVES_BEFORE:
        raise Refused("orders.too_early", moment=part.collect_from - ARRIVES_BEFORE)
    if part.arrived_at and part.arrived_where == where and now - part.arrived_at < RINGS_AGAIN:
        return
    part.arrived_at, part.arrived_where = now, where
    part.save(update_fields=["arrived_at", "arrived_where"])
    journal.record("orders.arrived", part, by=by, shop_id=part.shop_id)
    outbox.publish("orders.arrived", shop_order_id=str(part.id), by=str(by.kind))
