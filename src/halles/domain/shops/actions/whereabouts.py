# SPDX-License-Identifier: AGPL-3.0-or-later
"""In which commune something is, and so where on the map, as long as nobody says it better."""

import uuid
from collections.abc import Sequence
from typing import Any, NamedTuple, TypeVar

from django.db import transaction

from halles.domain.communes import reads as communes
from halles.domain.communes.models import Commune
from halles.domain.communes.rules import meant
from halles.domain.journal import actions as journal
from halles.domain.shops.models import Market, Place
from halles.kernel.actor import Actor
from halles.kernel.points import Point

AT_ONCE = 100  # places in one transaction
FIELDS = ["city", "latitude", "longitude"]
L = TypeVar("L", Place, Market)


class Whereabouts(NamedTuple):
    """The town's name as an address says it, and a point; None when no commune is known to be meant."""

    city: str
    point: Point | None

    @property
    def fields(self) -> dict[str, Any]:
        """What of it is known, as a record keeps it."""
        return {"city": self.city} | dict(zip(("latitude", "longitude"), self.point or (), strict=False))


def whereabouts(postal_code: str, city: str) -> Whereabouts:
    """Where an address is that says its town, or not even that. One query."""
    return _among(communes.by_postal_code(postal_code), city)


def _among(known: Sequence[Commune], city: str) -> Whereabouts:
    city = " ".join(city.split())[:80]
    commune = meant(known, city)
    return Whereabouts(city or (commune.name if commune else ""), commune.point if commune else None)


def moved(counter: Place, postal_code: str, city: str) -> Whereabouts:
    """Where a place is after its address was written again: its point stays as long as it is in the same commune. One query."""
    known = communes.by_postal_code(postal_code)
    now = _among(known, city)
    before, after = meant(known, counter.city), meant(known, city)
    stays = counter.postal_code == postal_code and after in (None, before)
    if counter.latitude is None or counter.longitude is None or (known and not stays):
        return now
    return Whereabouts(now.city, (counter.latitude, counter.longitude))


def locate(*, by: Actor) -> int:
    """Put the places and markets that nobody located where their communes lie; how many there were.

    For a house that was open before it knew the communes. A hundred places in a transaction, three queries and their
    entries in the journal for each.
    """
    lost = Place.objects.filter(latitude=None).exclude(postal_code="").order_by("id")
    ids = list(lost.values_list("id", flat=True))
    batches = [ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE)]
    return sum(_locate_places(batch, by) for batch in batches) + _locate_markets(by)


@transaction.atomic
def _locate_places(ids: Sequence[uuid.UUID], by: Actor) -> int:
    places = Place.objects.select_for_update().filter(id__in=ids, latitude=None)
    located = _locate(list(places))
    Place.objects.bulk_update(located, FIELDS)
    for place in located:
        journal.record("shops.located", place, by=by, shop_id=place.shop_id, name=place.city)
    return len(located)


@transaction.atomic
def _locate_markets(by: Actor) -> int:
    located = _locate(list(Market.objects.filter(latitude=0, longitude=0)))
    Market.objects.bulk_update(located, FIELDS)
    for market in located:
        journal.record("shops.located", market, by=by)
    return len(located)


def _locate(lost: Sequence[L]) -> list[L]:
    """Those of them of which a commune says where they are, changed but not saved. One query."""
    known = communes.by_postal_codes({one.postal_code for one in lost})
    found = []
    for one in lost:
        one.city, point = _among(known.get(one.postal_code, []), one.city)
        if point:
            one.latitude, one.longitude = point
            found.append(one)
    return found
