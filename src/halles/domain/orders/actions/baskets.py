# SPDX-License-Identifier: AGPL-3.0-or-later
"""Filling a basket. It promises nothing: goods are kept when the order is placed."""

import datetime as dt
from decimal import Decimal

from django.db import transaction

from halles.domain.appointments import reads as appointments
from halles.domain.catalogue.models import Product, Variant
from halles.domain.orders.meeting import Meeting
from halles.domain.orders.models import Basket, BasketLine, BasketStop
from halles.domain.orders.rules import IfMissing
from halles.domain.shops.models import Market, Place, Shop
from halles.kernel.errors import Refused
from halles.kernel.text import one_line
from halles.kernel.units import Unit, down_to_step, is_step

MOST_LINES = 100
MOST_OF_ONE = Decimal(999)


def new_basket(market: Market) -> Basket:
    """An empty basket; it is written with the first good."""
    return Basket(market=market)


@transaction.atomic
def put(
    basket: Basket,
    variant: Variant,
    quantity: Decimal,
    *,
    in_portions: bool = False,
    note: str = "",
    starts_at: dt.datetime | None = None,
) -> BasketLine:
    """Add to what is there already: so much of its unit, or so many of its portions.

    A service by appointment is there once, at the time last chosen.

    :raises Refused: `orders.not_sold` (withdrawn meanwhile), `orders.basket_full`, `orders.time_missing`, and as
        `check_quantity` and `check_portions`.
    """
    product = variant.product
    sold = product.status == Product.Status.ONLINE and product.shop.standing == Shop.Standing.ONLINE
    if variant.archived or not sold:
        raise Refused("orders.not_sold", name=product.name)
    is_new = basket._state.adding
    line = None if is_new else basket.lines.select_for_update().filter(variant=variant).first()
    if is_service := bool(appointments.services([product])):
        wanted, portions = Decimal(1), None
        if starts_at is None:
            raise Refused("orders.time_missing", name=product.name)
    else:
        wanted, portions = _added(line, product, quantity, in_portions=in_portions)
    if line is None:
        if not is_new and basket.lines.count() >= MOST_LINES:
            raise Refused("orders.basket_full", most=MOST_LINES)
        line = BasketLine(basket=basket, variant=variant)
    basket.save(update_fields=None if is_new else ["touched_at"])
    line.quantity, line.portions, line.price_seen = wanted, portions, variant.price
    line.note = one_line(note, 140) or line.note
    line.starts_at = starts_at if is_service else None
    line.save()
    return line


def _added(
    line: BasketLine | None, product: Product, more: Decimal, *, in_portions: bool
) -> tuple[Decimal, int | None]:
    """What a line comes to. Portions and a weight together are a weight."""
    if in_portions:
        weight, portions = check_portions(more, product.portion_weight)
        if line is None:
            return weight, portions
        if line.portions:
            return check_portions(more + line.portions, product.portion_weight)
        more = weight
    elif line is None:
        return check_quantity(more, product.unit), None
    else:
        check_quantity(more, product.unit)
    total = line.quantity + more
    return check_quantity(down_to_step(total, Unit(product.unit)), product.unit), None


@transaction.atomic
def set_line(
    line: BasketLine,
    quantity: Decimal,
    *,
    in_portions: bool = False,
    note: str = "",
    if_missing: str = IfMissing.CALL,
) -> None:
    """Another quantity or number of portions, another note or wish for a line; none takes it out.

    :raises Refused: as `check_quantity` and `check_portions`.
    """
    if quantity == 0:
        line.delete()
        return
    product = line.variant.product
    if line.starts_at:
        line.quantity, line.portions = Decimal(1), None
    elif in_portions:
        line.quantity, line.portions = check_portions(quantity, product.portion_weight)
    else:
        line.quantity, line.portions = check_quantity(quantity, product.unit), None
    line.note = one_line(note, 140)
    line.if_missing = if_missing if if_missing in IfMissing.values else IfMissing.CALL
    line.save(update_fields=["quantity", "portions", "note", "if_missing"])


def accept_prices(basket: Basket) -> None:
    """The customer was told that prices changed: from now on these are the ones he has seen."""
    for line in basket.lines.select_related("variant"):
        if line.price_seen != line.variant.price:
            line.price_seen = line.variant.price
            line.save(update_fields=["price_seen"])


@transaction.atomic
def set_wish(basket: Basket, day: dt.date | None, time: dt.time | None) -> None:
    """When the neighbour means to come by; no day means as soon as can be. It goes before the slots chosen until now."""
    basket.stops.update(starts_at=None)
    basket.wish_day, basket.wish_time = day, time if day else None
    basket.save(update_fields=["wish_day", "wish_time", "touched_at"])


@transaction.atomic
def set_way(basket: Basket, shop: Shop, place: Place, starts_at: dt.datetime | None) -> None:
    """How the goods of one shop are to be had: in one of its ways, in one of its slots or the nearest to the wish.

    :raises Refused: `orders.way_gone` when the shop has no such way.
    """
    if place.shop_id != shop.id:
        raise Refused("orders.way_gone")
    BasketStop.objects.update_or_create(
        basket=basket, shop=shop, defaults={"place": place, "starts_at": starts_at}
    )
    basket.save(update_fields=["touched_at"])


@transaction.atomic
def meet(basket: Basket, meeting: Meeting) -> None:
    """Several shops of the basket are had at one depot, at one time."""
    for one in meeting.joining:
        set_way(basket, one.stop.shop, one.way.place, one.window.start)


def set_destination(basket: Basket, postal_code: str, insee: str = "") -> None:
    """Where to, for the shops that come to the door; nothing said takes it back."""
    basket.postal_code, basket.insee = postal_code[:5], insee[:5] if postal_code else ""
    basket.save(update_fields=["postal_code", "insee", "touched_at"])


def check_quantity(quantity: Decimal, unit: str) -> Decimal:
    """A quantity that can be asked for.

    :raises Refused: `orders.quantity_too_large`, `orders.quantity_wrong`.
    """
    if quantity.is_finite() and quantity > MOST_OF_ONE:
        raise Refused("orders.quantity_too_large", field="quantity", unit=unit, most=MOST_OF_ONE)
    if not quantity.is_finite() or not is_step(quantity, Unit(unit)):
        raise Refused("orders.quantity_wrong", field="quantity", unit=unit)
    return quantity


def check_portions(number: Decimal, weight: Decimal) -> tuple[Decimal, int]:
    """What so many portions weigh, about, and their number.

    :raises Refused: `orders.portions_gone` (none is named any more), `orders.portions_wrong`,
        `orders.quantity_too_large`.
    """
    if not weight:
        raise Refused("orders.portions_gone", field="quantity")
    if not number.is_finite() or number <= 0 or number % 1:
        raise Refused("orders.portions_wrong", field="quantity")
    if number > MOST_OF_ONE:
        raise Refused("orders.quantity_too_large", field="quantity", unit=Unit.PIECE, most=MOST_OF_ONE)
    if number * weight > MOST_OF_ONE:
        raise Refused("orders.quantity_too_large", field="quantity", unit=Unit.KILOGRAM, most=MOST_OF_ONE)
    return number * weight, int(number)
