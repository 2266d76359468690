# SPDX-License-Identifier: AGPL-3.0-or-later
"""A little trade for the demonstration town: orders in every state, so that « Aujourd'hui » has something to say."""

import uuid
from decimal import Decimal

from django.utils import timezone

from halles.domain.appointments import reads as appointments
from halles.domain.catalogue import reads as catalogue
from halles.domain.catalogue.models import Kind as Sort
from halles.domain.orders.actions import baskets, place, prepare, weigh
from halles.domain.orders.errands import errands_of
from halles.domain.orders.models import Basket, Order, ShopOrder
from halles.domain.shops import reads as shop_reads
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
            if product.kind == Sort.SERVICE:
                continue
            by_weight = product.unit == Unit.KILOGRAM and not product.portion
            quantity = Decimal("0.5") if by_weight else Decimal(1)
            baskets.put(basket, product.choices[0], quantity, in_portions=bool(product.portion))
    return _placed(basket, name, email)


def visits_of_the_week(market: Market, shops: list[Shop], domain: str) -> None:
    """Where one books, somebody comes on each of the next days; some of them for what the shop has not seen yet."""
    services = [service for shop in shops for service in appointments.services_of(shop)]
    for number, service in enumerate(services):
        shop, now = service.product.shop, timezone.now()
        hours = shop_reads.counter_hours_of([shop])[shop.id]
        busy = appointments.busy([service], since=now)
        free = list(appointments.Asked(service, hours, busy, now).coming(days=6))
        for turn, window in enumerate(free[number :: max(1, len(free) // 4)][:4]):
            name = CUSTOMERS[(number + turn) % len(CUSTOMERS)]
            basket = baskets.new_basket(market)
            baskets.put(basket, service.product.choices[0], Decimal(1), starts_at=window.start)
            order = _placed(basket, name, f"cliente{number + turn + 1}@{domain}")
            if order:
                prepare.confirm(order, by=_customer(name))
                if turn:
                    prepare.accept(order.shop_orders.get(), by=SYSTEM)


def _placed(basket: Basket, name: str, email: str) -> Order | None:
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
