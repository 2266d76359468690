# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the demonstration town's shops bring today, so that « Ma tournée » has somewhere to go whatever the day is."""

import datetime as dt
import uuid
from collections.abc import Sequence
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.utils import timezone

from halles.domain.catalogue import reads as catalogue
from halles.domain.orders.actions import answers, baskets, later, place, prepare
from halles.domain.orders.errands import errands_of
from halles.domain.orders.models import ShopOrder
from halles.domain.rounds import reads as rounds
from halles.domain.rounds.actions import ordering
from halles.domain.shops.models import Place, Shop
from halles.domain.shops.rules import Window
from halles.doors.ui.terms import terms_of
from halles.kernel.actor import SYSTEM, Actor, Kind
from halles.kernel.errors import Refused

# Streets that are there, doors that are nobody's.
DOORS = (
    ("voisin de la gare", "86000", "Poitiers", "900 boulevard du Grand-Cerf", "Deuxième cour, sonner fort"),
    ("habituée du mardi", "86180", "Buxerolles", "900 rue de l'Hôtel-de-Ville", ""),
    ("famille du plateau", "86000", "Poitiers", "900 rue de la Tranchée", "Code 12B3, 3e étage"),
    ("atelier du bas", "86180", "Buxerolles", "900 route de Lessart", "Portail vert"),
)
ARTICLES = 3
LATEST = 21  # o'clock: so late a round begins at most


def deliveries_of_today(shops: Sequence[Shop], domain: str) -> None:
    """The orders of each shop's round, moved to today as one does by telephone, and put in a good order."""
    for way in [way for shop in shops for way in rounds.ways(shop)]:
        window = _soon(ZoneInfo(way.shop.market.time_zone))
        for number, door in enumerate(DOORS):
            part = _order(way, door, f"livraison{number + 1}@{domain}")
            if part:
                _bring(part, window)
        ordering.ask(way, timezone.localdate(timezone=ZoneInfo(way.shop.market.time_zone)), by=SYSTEM)


def _soon(zone: ZoneInfo) -> Window:
    now = timezone.localtime(timezone=zone)
    start = now.replace(hour=min(now.hour + 1, LATEST), minute=0, second=0, microsecond=0)
    return Window(start, start + dt.timedelta(hours=2))


def _order(way: Place, door: tuple[str, str, str, str, str], email: str) -> ShopOrder | None:
    name, code, city, street, directions = door
    basket = baskets.new_basket(way.shop.market)
    plain = (product for product in catalogue.page_of_shop(way.shop, 0, 20) if product.unit == "piece")
    for product, _ in zip(plain, range(ARTICLES), strict=False):
        baskets.put(basket, product.choices[0], Decimal(1))
    baskets.set_destination(basket, code)
    baskets.set_way(basket, way.shop, way, None)
    try:
        order = place.place(
            basket,
            place.Contact(name=name, email=email),
            seen=errands_of(basket).fingerprint,
            terms=terms_of,
            key=uuid.uuid4().hex,
            by=_customer(name),
            door=place.Door(street, city, directions),
        )
    except Refused:
        return None  # a town lives without this order
    prepare.confirm(order, by=_customer(name))
    return order.shop_orders.get()


def _bring(part: ShopOrder, window: Window) -> None:
    prepare.accept(part, by=SYSTEM)
    later.postpone(part, window, by=SYSTEM)
    part.refresh_from_db()
    answers.agree(part, by=SYSTEM)  # told by telephone: nothing rings
    part.refresh_from_db()
    prepare.ready(part, by=SYSTEM)


def _customer(name: str) -> Actor:
    return Actor(Kind.CUSTOMER, "", name)
