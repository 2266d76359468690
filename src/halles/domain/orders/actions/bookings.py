# SPDX-License-Identifier: AGPL-3.0-or-later
"""The places that orders hold in the slots of their shops."""

import uuid
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from halles.domain.fulfilment import actions as fulfilment
from halles.domain.fulfilment import reads
from halles.domain.fulfilment.models import Method
from halles.domain.fulfilment.reads import Offered
from halles.domain.orders.models import ShopOrder
from halles.domain.orders.rules import OPEN_STATES
from halles.domain.shops.models import Place, Shop
from halles.domain.shops.rules import Window
from halles.kernel.errors import Refused


def take(parts: Sequence[tuple[ShopOrder, Method]]) -> None:
    """Each of these orders holds a place in the slot it was promised for, or none does.

    :raises Refused: `orders.slot_full` with the shop whose slot is full.
    """
    shops = {str(part.id): part.shop for part, _method in parts}
    try:
        fulfilment.book([_wanted(part, method) for part, method in parts])
    except Refused as refused:
        raise Refused("orders.slot_full", shop=shops[refused.details["reference"]].name) from refused


def hold(part: ShopOrder, way: Offered) -> None:
    """The shop itself promised this time: the order holds a place in its slot, even in a full one."""
    if not way.books:
        return
    slot = way.calendar.slot_at(part.collect_from)
    if slot is None:  # a time of the shop's own, outside its hours
        fulfilment.release([part.id])
    else:
        fulfilment.move(fulfilment.Wanted(way.method, slot, part.id), also_when_full=True)


def way_of(shop: Shop, place: uuid.UUID) -> Offered:
    """How a shop hands over at one of its places. Four queries."""
    return way_at(place, reads.offered([shop])[shop.id])


def way_at(place: uuid.UUID, ways: Sequence[Offered]) -> Offered:
    """The one of a shop's ways that hands over at a place."""
    return next(way for way in ways if way.place.id == place)


@transaction.atomic
def adopt(place_id: str) -> None:
    """A place has other hours or slots now: what is promised there holds its place in them. Repeating changes nothing."""
    place = Place.objects.select_related("shop__market").filter(pk=place_id).first()
    if place is None:
        return
    way = way_of(place.shop, place.id)
    if not way.books:
        return
    promised = ShopOrder.objects.filter(place=place, state__in=OPEN_STATES, collect_until__gt=timezone.now())
    for part in promised.select_for_update(of=("self",)).order_by("pk"):
        hold(part, way)


def _wanted(part: ShopOrder, method: Method) -> fulfilment.Wanted:
    return fulfilment.Wanted(method, Window(part.collect_from, part.collect_until), part.id)
