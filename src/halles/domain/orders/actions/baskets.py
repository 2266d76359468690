# SPDX-License-Identifier: AGPL-3.0-or-later
"""Filling a basket. It promises nothing: goods are kept when the order is placed."""

import datetime as dt
from decimal import Decimal

from django.db import transaction

from halles.domain.catalogue.models import Product, Variant
from halles.domain.orders.models import Basket, BasketLine
from halles.domain.orders.rules import IfMissing
from halles.domain.shops.models import Market, Shop
from halles.kernel.errors import Refused
from halles.kernel.text import one_line
from halles.kernel.units import Unit, is_step

MOST_LINES = 100
MOST_OF_ONE = Decimal(999)


def new_basket(market: Market) -> Basket:
    """An empty basket; it is written with the first good."""
    return Basket(market=market)


@transaction.atomic
def put(basket: Basket, variant: Variant, quantity: Decimal, *, note: str = "") -> BasketLine:
    """Add to what is there already.

    :raises Refused: `orders.not_sold` (withdrawn meanwhile), `orders.basket_full`, and as `check_quantity`.
    """
    product = variant.product
    sold = product.status == Product.Status.ONLINE and product.shop.standing == Shop.Standing.ONLINE
    if variant.archived or not sold:
        raise Refused("orders.not_sold", name=product.name)
    is_new = basket._state.adding
    line = None if is_new else basket.lines.select_for_update().filter(variant=variant).first()
    wanted = check_quantity(quantity + (line.quantity if line else 0), product.unit)
    if line is None:
        if not is_new and basket.lines.count() >= MOST_LINES:
            raise Refused("orders.basket_full", most=MOST_LINES)
        line = BasketLine(basket=basket, variant=variant)
    basket.save(update_fields=None if is_new else ["touched_at"])
    line.quantity, line.price_seen = wanted, variant.price
    line.note = one_line(note, 140) or line.note
    line.save()
    return line


@transaction.atomic
def set_line(
    line: BasketLine, quantity: Decimal, *, note: str = "", if_missing: str = IfMissing.CALL
) -> None:
    """Another quantity, note or wish for a line; none takes it out.

    :raises Refused: as `check_quantity`.
    """
    if quantity == 0:
        line.delete()
        return
    line.quantity = check_quantity(quantity, line.variant.product.unit)
    line.note = one_line(note, 140)
    line.if_missing = if_missing if if_missing in IfMissing.values else IfMissing.CALL
    line.save(update_fields=["quantity", "note", "if_missing"])


def accept_prices(basket: Basket) -> None:
    """The customer was told that prices changed: from now on these are the ones he has seen."""
    for line in basket.lines.select_related("variant"):
        if line.price_seen != line.variant.price:
            line.price_seen = line.variant.price
            line.save(update_fields=["price_seen"])


def set_wish(basket: Basket, day: dt.date | None, time: dt.time | None) -> None:
    """When the neighbour means to come by; no day means as soon as can be."""
    basket.wish_day, basket.wish_time = day, time if day else None
    basket.save(update_fields=["wish_day", "wish_time", "touched_at"])


def check_quantity(quantity: Decimal, unit: str) -> Decimal:
    """A quantity that can be asked for.

    :raises Refused: `orders.quantity_too_large`, `orders.quantity_wrong`.
    """
    if quantity.is_finite() and quantity > MOST_OF_ONE:
        raise Refused("orders.quantity_too_large", field="quantity", unit=unit, most=MOST_OF_ONE)
    if not quantity.is_finite() or not is_step(quantity, Unit(unit)):
        raise Refused("orders.quantity_wrong", field="quantity", unit=unit)
    return quantity
