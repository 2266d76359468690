# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a shop's own orders tell while it notes another one: who ordered here, and what is asked for most."""

import datetime as dt
import re
import uuid
from collections.abc import Sequence

from django.db.models import Count
from django.utils import timezone

from halles.domain.catalogue.models import Product, Variant
from halles.domain.orders.models import Order, OrderLine, ShopOrder
from halles.domain.shops.models import Shop
from halles.kernel.identifiers import fold

LOOKED_BACK = 2000  # orders: beyond, somebody is met anew
WEEKS = dt.timedelta(weeks=8)
COUNTED = 300  # orders of these weeks, the latest: more would say the same
LEAST_TYPED = 2


def customers(shop: Shop, *, name: str, phone: str, most: int = 4) -> list[Order]:
    """Who ordered at this shop and is called or reached like this, by the latest order of each. One query.

    Nobody for less than two letters or figures. Never who ordered elsewhere only.
    """
    words, figures = fold(name).split()[:8], _figures(phone)
    if len("".join(words)) < LEAST_TYPED and len(figures) < LEAST_TYPED:
        return []
    orders = Order.objects.filter(shop_orders__shop=shop).exclude(name="").order_by("-created_at")
    found: dict[uuid.UUID, Order] = {}
    for order in orders[:LOOKED_BACK]:
        if order.customer_id not in found and _is_meant(order, words, figures):
            found[order.customer_id] = order
    return list(found.values())[:most]


def _is_meant(order: Order, words: Sequence[str], figures: str) -> bool:
    """Whether each word begins one of the name's, and the figures begin the number, as it is read aloud."""
    called = f" {fold(order.name)}"
    by_name = not words or all(f" {word}" in called for word in words)
    by_phone = not figures or _figures(order.phone).startswith(figures)
    return by_name and by_phone


def _figures(phone: str) -> str:
    """The figures of a number as one says them in France: +33 5 49… and 05 49… alike."""
    typed = re.sub(r"[^0-9+]", "", phone)
    return re.sub(r"^(\+33|0033)0?", "0", typed).replace("+", "")


def asked_most(shop: Shop, *, most: int = 8) -> list[Variant]:
    """The articles to be had that were on most orders of the last weeks; without orders, the newest. Two queries."""
    on_shelf = Variant.objects.filter(
        shop=shop, archived=False, sold_out=False, product__status=Product.Status.ONLINE
    ).select_related("product__shop")
    orders = ShopOrder.objects.filter(shop=shop, created_at__gte=timezone.now() - WEEKS).order_by(
        "-created_at"
    )
    lately = OrderLine.objects.filter(shop_order__in=orders.values("pk")[:COUNTED], variant__isnull=False)
    counted = lately.order_by().values_list("variant").annotate(number=Count("id"))
    often = [pk for pk, _number in counted.order_by("-number", "variant")[: 2 * most]]
    found = {variant.id: variant for variant in on_shelf.filter(pk__in=often)} if often else {}
    if not found:
        return list(on_shelf.order_by("-product__created_at", "position")[:most])
    return [found[pk] for pk in often if pk in found][:most]
