# SPDX-License-Identifier: AGPL-3.0-or-later
"""Shops that share a depot, and orders that wait there."""

import uuid
from collections.abc import Sequence

from halles.domain.depots import actions
from halles.domain.depots.models import KeeperLink
from halles.domain.fulfilment import actions as fulfilment
from halles.domain.orders.actions import baskets, prepare
from halles.domain.orders.models import ShopOrder
from halles.domain.people.reads import actor
from halles.domain.shops import actions as shops
from halles.domain.shops.models import Market, Place, Shop
from halles.domain.shops.rules import Period
from halles.kernel.actor import SYSTEM, Actor, Kind
from tests import factories as make

KEEPER = Actor(Kind.KEEPER, "", "Café du Marché")


def a_depot(shop: Shop, *, hours: Sequence[Period] = (), **setting: object) -> Place:
    """A depot that the shop wrote down, open all day unless one says otherwise."""
    place = make.a_way(shop, Place.Kind.DEPOT, hours=hours, **setting)
    said = {
        "name": "Café du Marché",
        "address": "2 place des Castors",
        "postal_code": "86180",
        "city": "Buxerolles",
    }
    shops.change_place(place, **said, phone="05 49 00 00 12", by=SYSTEM)
    return place


def joined(shop: Shop, depot: Place, *, week: Sequence[Period] = make.ALL_DAY, **setting: object) -> Place:
    """Another shop's place at the same depot."""
    said = fulfilment.Said(fulfilment.Setting(**setting), week=week, depot=depot.depot_id)  # type: ignore[arg-type]
    method = fulfilment.set_up(shop, Place.Kind.DEPOT, said, key=uuid.uuid4().hex, by=SYSTEM)
    assert method
    return method.place


def two_shops(market: Market | None = None) -> tuple[Place, Place]:
    """The places of two shops at one depot; the first is its host."""
    market = market or make.a_market()
    depot = a_depot(make.a_shop(market))
    return depot, joined(make.a_shop(market), depot)


def packed(place: Place, *, ready: bool = True, stock_of: int = 5, email: str | None = None) -> ShopOrder:
    """An order for a depot that its shop has packed, or only accepted."""
    basket = make.a_basket(make.a_variant(place.shop, stock_of=stock_of))
    baskets.set_way(basket, place.shop, place, None)
    order = make.place_order(basket, email=email)
    prepare.confirm(order, by=make.CUSTOMER)
    part = order.shop_orders.select_related("shop__market", "place", "order").get()
    prepare.accept(part, by=SYSTEM)
    if ready:
        prepare.ready(part, by=SYSTEM)
    part.refresh_from_db(fields=["state"])
    return part


def a_link(place: Place) -> KeeperLink:
    """What the keeper of a depot opens."""
    assert place.depot
    actions.make_link(place.shop, place.depot, key=uuid.uuid4().hex, by=actor(make.owner_of(place.shop)))
    return KeeperLink.objects.select_related("depot", "shop__market").get(depot=place.depot)
