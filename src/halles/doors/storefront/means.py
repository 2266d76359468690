# SPDX-License-Identifier: AGPL-3.0-or-later
"""How a shop hands over, as its page and those of its articles say it before anything is in a basket."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from halles.domain.catalogue.models import Product
from halles.domain.fulfilment import reads as fulfilment
from halles.domain.fulfilment.reads import Address, Offered
from halles.domain.fulfilment.rules import Terms
from halles.domain.offers.rules import delay
from halles.domain.shops.models import Place, Shop
from halles.domain.shops.rules import Window
from halles.doors.storefront import ways, words
from halles.doors.ui.formats import moment

ICONS = {
    Place.Kind.COUNTER: "store",
    Place.Kind.STALL: "store",
    Place.Kind.DEPOT: "package",
    Place.Kind.ROUND: "truck",
}


@dataclass(frozen=True, slots=True)
class Mean:
    """One of a shop's ways, in words."""

    icon: str
    name: str
    where: str
    when: str  # "" where it cannot be told or there is none
    costs: str
    before: str  # until when one may order for that
    why: str  # it is not for who lives there
    asks_where: bool  # whether it is for one depends on where one lives, and nobody said


def of_shop(shop: Shop, offered: Sequence[Offered], to: Address | None) -> list[Mean]:
    """The ways of a shop and when each is next had; none where there is nothing but its counter."""
    return _all(shop, offered, to, days=0) if shop.takes_orders else []


def of_product(product: Product, offered: Sequence[Offered], to: Address | None) -> list[Mean]:
    """The same for one article, which may take days to make."""
    days = delay(product.availability, product.delay_days)
    return _all(product.shop, offered, to, days=days) if product.shop.takes_orders else []


def _all(shop: Shop, offered: Sequence[Offered], to: Address | None, *, days: int) -> list[Mean]:
    on = [way for way in offered if way.method.is_on]
    if shop.doors == Shop.Doors.CLOSED or all(way.place.kind == Place.Kind.COUNTER for way in on):
        return []
    now = timezone.now()
    ready = fulfilment.ready(offered, shop, now, days=days)
    return [_mean(way, to, ready, now) for way in on]


def _mean(way: Offered, to: Address | None, ready: dt.datetime | None, now: dt.datetime) -> Mean:
    place, reaches = way.place, way.may_reach(to)
    window = way.nearest(ready=ready, now=now, after=None) if ready and reaches else None
    return Mean(
        icon=ICONS[Place.Kind(place.kind)],
        name=ways.name(place),
        where=", ".join(part for part in (place.address, place.city) if part) if place.name else "",
        when=_when(way, window),
        costs=_costs(way, to) if reaches else "",
        before=moment(way.calendar.last_order(window)) if window else "",
        why="" if reaches else _("La boutique ne livre pas à %(code)s.") % {"code": to and to.postal_code},
        asks_where=way.comes_to_you and to is None,
    )


def _when(way: Offered, window: Window | None) -> str:
    if window is None:
        return ""
    return ways.coming(window, brought=way.comes_to_you) if way.books else words.soonest(window, None)


def _costs(way: Offered, to: Address | None) -> str:
    """What it costs, as the shop usually asks where nobody said where he lives; "" where nobody would think of a price."""
    terms = way.terms(to) or Terms(way.method.fee, way.method.free_from, way.method.least)
    return ways.price(terms) if way.comes_to_you or terms.fee or terms.least else ""
