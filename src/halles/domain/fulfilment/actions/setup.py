# SPDX-License-Identifier: AGPL-3.0-or-later
"""All that a shop says of one of its ways at once: where, in which hours, in which slots, for whom. All of it, or nothing."""

import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.db import transaction

from halles.domain.fulfilment.actions.methods import Area, Setting, change, open_method, set_zones
from halles.domain.fulfilment.models import Method, Zone
from halles.domain.fulfilment.rules import Terms
from halles.domain.journal import actions as journal
from halles.domain.shops import actions as shops
from halles.domain.shops.models import Place, Shop
from halles.domain.shops.rules import Period
from halles.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Where:
    """What one calls a place, its address, and the telephone of who keeps goods there for shops."""

    name: str
    address: str = ""
    postal_code: str = ""
    city: str = ""
    phone: str = ""

    @classmethod
    def of(cls, place: Place) -> "Where":
        """As a place says it."""
        phone = place.depot.keeper_phone if place.depot else ""
        return cls(place.name, place.address, place.postal_code, place.city, phone)


@dataclass(frozen=True, slots=True)
class Said:
    """A way as its shop says it. What is None stays as it is: the address and the hours of the counter are the shop's own."""

    setting: Setting
    where: Where | None = None
    week: Sequence[Period] | None = None
    areas: Sequence[Area] | None = None
    depot: uuid.UUID | None = None  # of a new way: the sheet of another shop that it joins


@transaction.atomic
def set_up(shop: Shop, kind: Place.Kind, said: Said, *, key: str, by: Actor) -> Method | None:
    """A new way, once for a key; None when it was made already.

    :raises Refused: as `shops.add_place`, `shops.join_depot`, `change`, `shops.set_hours` and `set_zones`, and `journal.key_reused`.
    """
    if journal.claim("fulfilment.set_up", key, [str(shop.id), kind, repr(said)]) is not None:
        return None
    if said.depot:
        method = change(shops.join_depot(shop, said.depot, by=by), said.setting, by=by)
    else:
        method = open_method(shop, kind, said.setting, **asdict(said.where or Where("")), by=by)
    _calendar_and_circle(method, said, by)
    return method


@transaction.atomic
def set_anew(place: Place, said: Said, *, by: Actor) -> Method:
    """Another word on a way. Address, hours and circle that are said again as they were leave no trace.

    :raises Refused: as `change`, `shops.change_place`, `shops.set_hours` and `set_zones`.
    """
    method = change(place, said.setting, by=by)  # who comes second waits here
    if said.where and said.where != Where.of(place):
        shops.change_place(place, **asdict(said.where), by=by)
    _calendar_and_circle(method, said, by)
    return method


def _calendar_and_circle(method: Method, said: Said, by: Actor) -> None:
    place = method.place
    stood = set(place.periods.values_list("weekday", "opens", "closes"))
    if said.week is not None and (set(said.week) != stood or len(said.week) != len(stood)):
        shops.set_hours(place, said.week, by=by)
    if said.areas is None:
        return
    reached = [area_of(zone) for zone in method.zones.all()]
    if set(said.areas) != set(reached) or len(said.areas) != len(reached):
        set_zones(method, said.areas, by=by)


def area_of(zone: Zone) -> Area:
    """What a zone says, as one says it."""
    own = None if zone.fee is None else Terms(zone.fee, zone.free_from, zone.least or Terms().least)
    return Area(zone.postal_code, zone.insee, own)
