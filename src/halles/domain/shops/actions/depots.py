# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where somebody keeps goods for shops: its one sheet, and the shops that stand on it."""

import uuid
from typing import Any

from django.db import transaction

from halles.domain.journal import actions as journal
from halles.domain.shops.actions.whereabouts import moved, whereabouts
from halles.domain.shops.models import Depot, Place, Shop
from halles.kernel.actor import Actor
from halles.kernel.contact import clean_phone, clean_postal_code
from halles.kernel.errors import Refused
from halles.kernel.text import one_line

SHOWN = ("name", "address", "postal_code", "city", "latitude", "longitude")  # what its places repeat


@transaction.atomic
def open_depot(
    shop: Shop, *, name: str, address: str, postal_code: str, city: str, phone: str, by: Actor
) -> Place:
    """The sheet of a depot, written by the shop that found it, and the shop's place at it.

    :raises Refused: `contact.postal_code_wrong`, `contact.phone_wrong`.
    """
    code = clean_postal_code(postal_code)
    depot = Depot.objects.create(
        host=shop,
        name=one_line(name, 80),
        address=one_line(address, 160),
        postal_code=code,
        keeper_phone=clean_phone(phone),
        **whereabouts(code, city).fields,
    )
    return _stand(shop, depot, by)


@transaction.atomic
def join(shop: Shop, depot_id: uuid.UUID, *, by: Actor) -> Place:
    """The shop stands at a depot that another shop of its market wrote down; joined already, the place it has.

    :raises Refused: `shops.depot_gone`.
    """
    depot = Depot.objects.select_for_update().filter(pk=depot_id, host__market=shop.market_id).first()
    if depot is None:
        raise Refused("shops.depot_gone")
    return Place.objects.filter(shop=shop, depot=depot).first() or _stand(shop, depot, by)


def _stand(shop: Shop, depot: Depot, by: Actor) -> Place:
    place = Place.objects.create(shop=shop, kind=Place.Kind.DEPOT, depot=depot, **_shown(depot))
    journal.record("shops.place_added", place, by=by, shop_id=shop.id, name=place.name)
    return place


def _shown(depot: Depot) -> dict[str, Any]:
    return {name: getattr(depot, name) for name in SHOWN}


@transaction.atomic
def change(
    place: Place, *, name: str, address: str, postal_code: str, city: str, phone: str, by: Actor
) -> None:
    """Another word of its host on a depot; every shop there shows it.

    :raises Refused: `shops.depot_of_another` to a shop that only joined, and as `open_depot`.
    """
    depot = Depot.objects.select_for_update().get(places=place)
    if depot.host_id != place.shop_id:
        raise Refused("shops.depot_of_another")
    code = clean_postal_code(postal_code)
    where = moved(place, code, city)
    depot.name, depot.address, depot.postal_code = one_line(name, 80), one_line(address, 160), code
    depot.city, depot.keeper_phone = where.city, clean_phone(phone)
    depot.latitude, depot.longitude = where.point or (None, None)
    depot.save()
    depot.places.update(**_shown(depot))
    for name, value in _shown(depot).items():
        setattr(place, name, value)
    place.depot = depot
    journal.record("shops.place_changed", place, by=by, shop_id=place.shop_id, name=depot.name)


def without(depot: Depot, shop_id: uuid.UUID) -> None:
    """A shop no longer stands there: the next one is its host, and without any the sheet goes."""
    depot = Depot.objects.select_for_update().get(pk=depot.pk)
    following = depot.places.order_by("created_at").first()
    if following is None:
        depot.delete()
    elif depot.host_id == shop_id:
        depot.host_id = following.shop_id
        depot.save(update_fields=["host"])
