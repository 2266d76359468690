# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where doors lie, as well as this house can know it, and how long it takes from one to the other. Slow: never in a page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from halles.domain.communes import reads as communes
from halles.domain.communes.rules import meant
from halles.domain.orders.models import Order
from halles.domain.rounds import ports
from halles.domain.rounds.models import Stop
from halles.domain.rounds.rules import straight
from halles.domain.shops.models import Place, Shop
from halles.kernel.points import Point, distance

FARTHEST = 30  # kilometres from the middle of its commune at which an address is another of that name
SILENCES = 2  # so often in a row a service may not answer before it is left alone


@dataclass(frozen=True, slots=True)
class Located:
    """A point, and how well it is known."""

    known: Stop.Known = Stop.Known.NOT
    point: Point | None = None


@dataclass(frozen=True, slots=True)
class Ways:
    """Seconds between places, whether along roads, and whether roads were asked for in vain."""

    seconds: list[list[int]]
    is_by_road: bool
    was_silent: bool


def shop_point(shop: Shop) -> Point:
    """Where a round begins and ends: the shop's counter, or the middle of its town."""
    counter = Place.objects.filter(shop=shop, kind=Place.Kind.COUNTER).first()
    if counter and counter.latitude is not None and counter.longitude is not None:
        return counter.latitude, counter.longitude
    return shop.market.latitude, shop.market.longitude


def locate(orders: Sequence[Order], known: Mapping[Order, Point]) -> tuple[dict[Order, Located], bool]:
    """Where these orders go, those whose door is `known` aside; and whether a service that knows doors was silent.

    One query, and a question to that service for each.
    """
    middles = _middles(orders)
    found: dict[Order, Located] = {}
    silences = 0
    for order in orders:
        middle = middles.get(order)
        door, answered = known.get(order), True
        if door is None and silences < SILENCES:
            door, answered = _door(order)
            silences = 0 if answered else silences + 1
        found[order] = _nearest_known(door, middle)
    return found, silences > 0


def _nearest_known(door: Point | None, middle: Point | None) -> Located:
    if door and (middle is None or distance(door, middle) <= FARTHEST):
        return Located(Stop.Known.DOOR, door)
    return Located(Stop.Known.COMMUNE, middle) if middle else Located()


def _door(order: Order) -> tuple[Point | None, bool]:
    """What the operator's service says of an address, and whether it answered at all."""
    ask = ports.locator()
    if ask is None or not order.address:
        return None, True
    try:
        return ask(ports.Address(order.address, order.postal_code, order.city)), True
    except ports.Unknown:
        return None, False


def _middles(orders: Sequence[Order]) -> dict[Order, Point]:
    of_codes = communes.by_postal_codes({order.postal_code for order in orders if order.postal_code})
    found = {}
    for order in orders:
        commune = meant(of_codes.get(order.postal_code, []), order.city)
        if commune and commune.point:
            found[order] = commune.point
    return found


def ways(places: Sequence[Point], unsure: frozenset[int]) -> Ways:
    """How long it takes between places; `unsure` are the numbers of those that are only known by their commune."""
    roads = ports.roads()
    try:
        if roads:
            return Ways(roads(places), is_by_road=True, was_silent=False)
    except ports.Unknown:
        return Ways(straight(places, unsure), is_by_road=False, was_silent=True)
    return Ways(straight(places, unsure), is_by_road=False, was_silent=False)
