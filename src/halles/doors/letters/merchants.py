# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a shop's team is told about orders: each of them who may serve, in his own language."""

from halles.domain.orders import reads as orders
from halles.domain.orders.models import ShopOrder
from halles.domain.orders.rules import State
from halles.domain.shops import reads as shops
from halles.domain.shops.reads import Right
from halles.doors.letters.post import occurrence, post
from halles.kernel.actor import Kind


def placed(order_id: str) -> None:
    """« Nouvelle commande », to every shop that has a part in it."""
    order = orders.order_by_id(order_id)
    if order is None:
        return
    for part in order.shop_orders.all():
        part.order = order
        _tell_team("merchant/placed", part, key=str(part.id))


def agreed(shop_order_id: str, by: str) -> None:
    """The customer said yes to what the shop made of his order."""
    _tell("merchant/agreed", "orders.agreed", shop_order_id, by)


def changed(shop_order_id: str, by: str) -> None:
    """The customer changed quantities."""
    _tell("merchant/changed", "orders.changed", shop_order_id, by)


def cancelled(shop_order_id: str, by: str) -> None:
    """The customer cancelled."""
    _tell("merchant/cancelled", "orders.cancelled", shop_order_id, by)


def _tell(template: str, event: str, shop_order_id: str, by: str) -> None:
    """What the customer did; what the shop did itself it knows."""
    part = orders.part_by_id(shop_order_id)
    if part and by == Kind.CUSTOMER:
        _tell_team(template, part, key=occurrence(event, part.id))


def _tell_team(template: str, part: ShopOrder, *, key: str) -> None:
    context = {
        "order": part.order,
        "part": part,
        "shop": part.shop,
        "unconfirmed": part.state == State.UNCONFIRMED,
    }
    for account in shops.who_may(part.shop, Right.ORDERS):
        post(
            template, context, to=account.email, language=account.language, key=key, reply_to=part.order.email
        )
