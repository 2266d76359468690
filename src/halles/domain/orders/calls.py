# SPDX-License-Identifier: AGPL-3.0-or-later
"""When an order calls the shop: it was placed, or its customer did something to it. Each bears being called twice."""

import uuid

from django.db import transaction

from halles.domain.bells import actions as bells
from halles.domain.bells.rules import Kind
from halles.domain.journal import reads as acts
from halles.domain.orders.models import ShopOrder
from halles.domain.orders.rules import TO_ACCEPT
from halles.kernel.actor import Kind as Who


@transaction.atomic
def placed(order_id: str) -> None:
    """A new order waits in each of its shops, unless one has already answered: its row is locked, as for every step."""
    waiting = ShopOrder.objects.select_for_update(of=("self",)).filter(
        order=uuid.UUID(order_id), state__in=TO_ACCEPT
    )
    for part in waiting.select_related("shop__market").order_by("pk"):
        bells.call(part.shop, Kind.ORDERS, part.id, act="orders.placed", occasion=str(part.id))


def agreed(shop_order_id: str, by: str) -> None:
    """The customer said yes to what the shop made of his order."""
    _changed("orders.agreed", shop_order_id, by)


def changed(shop_order_id: str, by: str) -> None:
    """The customer changed quantities."""
    _changed("orders.changed", shop_order_id, by)


def arrived(shop_order_id: str, by: str) -> None:
    """The customer is there and waits outside."""
    _changed("orders.arrived", shop_order_id, by, Kind.ARRIVALS)


def cancelled(shop_order_id: str, by: str) -> None:
    """The customer cancelled."""
    _changed("orders.cancelled", shop_order_id, by)


def _changed(act: str, shop_order_id: str, by: str, kind: Kind = Kind.CHANGES) -> None:
    """What the customer did; what the shop did itself it knows.

    Two changes that wait for the same delivery are told as one, which shows what stands at last.
    """
    part = ShopOrder.objects.select_related("shop__market").filter(pk=shop_order_id).first()
    entry = acts.latest(act, part.id) if part else None
    if part and entry and by == Who.CUSTOMER:
        bells.call(part.shop, kind, part.id, act=act, occasion=str(entry.id))
