# SPDX-License-Identifier: AGPL-3.0-or-later
"""A little trade for the demonstration town: orders in every state, so that « Aujourd'hui » has something to say."""

import uuid
from decimal import Decimal

from halles.domain.catalogue import reads as catalogue
from halles.domain.orders.actions import baskets, place, prepare, weigh
from halles.domain.orders.errands import errands_of
from halles.domain.orders.models import Order, ShopOrder
from halles.domain.shops.models import Market, Shop
from halles.doors.ui.terms import terms_of
from halles.kernel.actor import SYSTEM, Actor, Kind
from halles.kernel.errors import Refused
from halles.kernel.units import Unit

CUSTOMERS = ("cliente du quartier", "client de passage", "voisine du dessus", "abonné de la médiathèque")
ARTICLES = 3


def orders_of_the_day(market: Market, shops: list[Shop], domain: str) -> None:
    """Each customer orders at two neighbouring shops; the first shops have begun to prepare."""
    for number, name in enumerate(CUSTOMERS):
        visited = [shops[number % len(shops)], shops[(number + 1) % len(shops)]]
        order = _place(market, visited, name, f"cliente{number + 1}@{domain}")
        if order is None:
            continue
        if number:  # the first one has not pressed her link yet
            prepare.confirm(order, by=_customer(name))
        for part in order.shop_orders.all()[: max(0, number - 1)]:
            _prepare(part, further=number > 2)


def _place(market: Market, visited: list[Shop], name: str, email: str) -> Order | None:
    basket = baskets.new_basket(market)
    for shop in visited:
        for product in catalogue.page_of_shop(shop, 0, ARTICLES):
            by_weight = product.unit == Unit.KILOGRAM and not product.portion
            quantity = Decimal("0.5") if by_weight else Decimal(1)
            baskets.put(basket, product.choices[0], quantity, in_portions=bool(product.portion))
    for wanted in errands_of(basket).problems:
        baskets.set_line(wanted.line, Decimal(0))
    errands = errands_of(basket)
    try:
        return place.place(
            basket,
            place.Contact(name=name, email=email),
            seen=errands.fingerprint,
            terms=terms_of,
            key=uuid.uuid4().hex,
            by=_customer(name),
        )
    except Refused:
        return None  # nothing of theirs can be had today: a town lives without this order


def _prepare(part: ShopOrder, *, further: bool) -> None:
    prepare.accept(part, by=SYSTEM)
    if further and prepare.unweighed(part.lines.all()):
        _weigh(part)
    elif further:
        prepare.ready(part, by=SYSTEM)


def _weigh(part: ShopOrder) -> None:
    """As a counter cuts: a little more than one says."""
    part.refresh_from_db(fields=["state"])
    lines = weigh.on_the_scale(part, part.lines.all())
    weights = {line.id: line.quantity + Decimal("0.012") for line in lines}
    weigh.weigh(part, weights, seen=weigh.as_seen(part, lines), by=SYSTEM)


def _customer(name: str) -> Actor:
    return Actor(Kind.CUSTOMER, "", name)
