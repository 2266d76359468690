# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a shop may add to its ways: an example of each, which its form begins with, so that saving at once makes sense."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from halles.domain.communes import reads as communes
from halles.domain.fulfilment.models import Method, Zone
from halles.domain.fulfilment.reads import Offered
from halles.domain.shops.models import Depot, Place, Shop
from halles.domain.shops.rules import Hours, Period
from halles.doors.backoffice.forms.zones import lines_of
from halles.doors.backoffice.ways_page import Way
from halles.doors.backoffice.ways_words import by_terms
from halles.kernel.contact import show_phone

KINDS = (Place.Kind.ROUND, Place.Kind.DEPOT)
WEEKS: Mapping[str, Sequence[Period]] = {
    Place.Kind.ROUND: [(1, dt.time(17), dt.time(19)), (4, dt.time(17), dt.time(19))],
    Place.Kind.DEPOT: [(3, dt.time(16), dt.time(19))],
}


@dataclass(frozen=True, slots=True)
class Example:
    """A way that is not there yet."""

    kind: Place.Kind
    way: Way


def examples(shop: Shop, counter: Place | None) -> list[Example]:
    """One of each kind that can be added, at the shop's own postal code. One query."""
    code = counter.postal_code if counter else shop.market.postal_code
    known = communes.by_postal_codes([code])
    return [
        Example(kind, Way(_offered(kind, shop, counter), [Zone(postal_code=code)], known)) for kind in KINDS
    ]


def _offered(kind: Place.Kind, shop: Shop, counter: Place | None) -> Offered:
    place = Place(shop=shop, kind=kind)
    if kind == Place.Kind.ROUND:
        method = Method(place=place, fee=Decimal(4), free_from=Decimal(30), cutoff_time=dt.time(12))
    else:
        place.name = _("au café d'à côté")
        place.postal_code = counter.postal_code if counter else shop.market.postal_code
        method = Method(place=place, capacity=20)
    return Offered(place, Hours(ZoneInfo(shop.market.time_zone), tuple(WEEKS[kind])), method)


def initial_of(way: Way) -> dict[str, Any]:
    """What the form of a way begins with."""
    method, place = way.offered.method, way.place
    own = {name: getattr(place, name) for name in ("address", "postal_code", "city")}
    return own | {
        "phone": show_phone(place.depot.keeper_phone) if place.depot else "",
        "name": "" if method._state.adding and place.kind == Place.Kind.DEPOT else place.name,
        "minutes": method.minutes,
        "capacity": method.capacity,
        "cutoff": method.cutoff_days if method.cutoff_time else None,
        "cutoff_time": method.cutoff_time,
        "curbside": method.curbside,
        "fee": method.fee,
        "free_from": method.free_from,
        "least": method.least or None,
        "zones": lines_of(by_terms(way.zones).get(None, []), way.known),
    }


def joined(example: Example, depot: Depot) -> Example:
    """The example of a depot at one that another shop wrote down."""
    place = example.way.place
    place.depot, place.name = depot, depot.name
    place.address, place.postal_code, place.city = depot.address, depot.postal_code, depot.city
    return example


def prices_of(way: Way) -> list[dict[str, Any]]:
    """The other prices, as their forms begin."""
    return [
        {
            "zones": lines_of(zones, way.known),
            "fee": terms.fee,
            "free_from": terms.free_from,
            "least": terms.least or None,
        }
        for terms, zones in by_terms(way.zones).items()
        if terms is not None
    ]
