# SPDX-License-Identifier: AGPL-3.0-or-later
"""A shop that goes round in the evening, to three villages along one road, and what it brings there."""

import datetime as dt
import uuid
from zoneinfo import ZoneInfo

from django.utils import timezone

from halles.domain.communes.actions import Learned, learn
from halles.domain.communes.rules import Facts
from halles.domain.orders.actions import baskets, place, prepare
from halles.domain.orders.models import ShopOrder
from halles.domain.rounds.actions import ordering
from halles.domain.rounds.models import Round
from halles.domain.shops.models import Place, Shop
from halles.kernel.actor import SYSTEM
from tests import factories as make

NOON = dt.datetime(2026, 11, 27, 12, 0, tzinfo=ZoneInfo("Europe/Paris"))
EVENINGS = [(weekday, dt.time(17), dt.time(20)) for weekday in range(7)]
NEAR, MIDDLE, FAR = "86180", "86240", "86800"
CITIES = {NEAR: "Buxerolles", MIDDLE: "Fontaine", FAR: "Saint-Julien"}


def a_shop_that_brings(
    shop: Shop | None = None, *, hours: list[tuple[int, dt.time, dt.time]] | None = None
) -> Shop:
    """Its counter stands where the road begins."""
    learn(
        [
            Facts("86041", CITIES[NEAR], (NEAR,), point=(4660000, 35000)),
            Facts("86115", CITIES[MIDDLE], (MIDDLE,), point=(4664000, 36000)),
            Facts("86214", CITIES[FAR], (FAR,), point=(4668000, 37000)),
        ],
        Learned(),
    )
    shop = shop or make.a_shop()
    shop.places.filter(kind=Place.Kind.COUNTER).update(latitude=4658000, longitude=34000)
    make.a_way(shop, Place.Kind.ROUND, NEAR, MIDDLE, FAR, hours=hours or EVENINGS)
    return shop


def brought(shop: Shop, code: str, city: str = "", *, is_ready: bool = True) -> ShopOrder:
    """An order that is ready to be brought at the next hours of the round."""
    basket = make.a_basket(make.a_variant(shop, stock_of=5))
    baskets.set_destination(basket, code)
    baskets.set_way(basket, shop, shop.places.get(kind=Place.Kind.ROUND), None)
    door = place.Door("12 rue Neuve", city or CITIES[code], "2e étage")
    part = make.place_order(basket, door=door, phone="0612345678").shop_orders.get()
    prepare.accept(part, by=SYSTEM)
    if is_ready:
        prepare.ready(part, by=SYSTEM)
    part.refresh_from_db()
    return part


def put_in_order(shop: Shop) -> Round:
    """As the page asks for it, and the worker does it."""
    way = Place.objects.select_related("shop__market").get(shop=shop, kind=Place.Kind.ROUND)
    round_ = ordering.ask(way, timezone.localdate(), by=SYSTEM)
    ordering.make(str(round_.id))
    round_.refresh_from_db()
    return round_


def key() -> str:
    """Of one press."""
    return uuid.uuid4().hex
