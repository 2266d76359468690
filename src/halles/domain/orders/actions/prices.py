# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a free line costs, said when the shop has prepared it."""

import uuid
from decimal import Decimal

from django.db import transaction

from halles.domain.catalogue.rules import check_price
from halles.domain.journal import actions as journal
from halles.domain.orders.actions import prepare
from halles.domain.orders.actions.settle import retotal
from halles.domain.orders.models import ShopOrder
from halles.domain.orders.rules import OPEN_STATES
from halles.kernel.actor import Actor
from halles.kernel.errors import Refused
from halles.kernel.numbers import line_total


@transaction.atomic
def say(shop_order: ShopOrder, line_id: uuid.UUID, price: Decimal, *, by: Actor) -> None:
    """The price of a line that was noted without one. Repeating changes nothing; what has a price keeps it.

    :raises Refused: `orders.not_now` when the order is closed, `catalogue.price_negative`, `catalogue.price_too_high`.
    """
    part = prepare.locked(shop_order.pk)
    line = part.lines.filter(pk=line_id, is_priced=False).first()
    if line is None:
        return
    if part.state not in OPEN_STATES:
        raise Refused("orders.not_now", state=part.state, step="price")
    line.unit_price, line.is_priced = check_price(price), True
    line.total = line_total(line.unit_price, line.quantity)
    line.save(update_fields=["unit_price", "is_priced", "total"])
    retotal(part)
    journal.record("orders.priced", part, by=by, shop_id=part.shop_id, price=str(line.unit_price))
