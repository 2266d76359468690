# SPDX-License-Identifier: AGPL-3.0-or-later
"""A depot has one sheet in its market: the shop that wrote it keeps it right, others join it."""

import uuid

import pytest
from django.db import IntegrityError
from tests.factories import a_market, a_shop, a_way

from halles.domain.fulfilment import actions
from halles.domain.fulfilment.actions import Said, Setting, Where
from halles.domain.shops import actions as shops
from halles.domain.shops import reads
from halles.domain.shops.models import Depot, Place, Shop
from halles.kernel.actor import SYSTEM
from halles.kernel.errors import Refused
from halles.kernel.personal import Person, personal_data

pytestmark = pytest.mark.django_db
CAFE = Where("Café du Marché", "2 place des Castors", "86180", "Buxerolles", "05 49 00 00 12")


def a_depot(shop: Shop) -> Place:
    method = actions.set_up(
        shop, Place.Kind.DEPOT, Said(Setting(capacity=20), where=CAFE), key="un", by=SYSTEM
    )
    assert method
    return method.place


def test_a_shop_joins_a_depot_of_its_market_with_its_own_capacity() -> None:
    market = a_market()
    host, guest = a_shop(market), a_shop(market)
    place = a_depot(host)
    (there,) = reads.depots_to_join(guest)
    assert (there.name, [shop.name for shop in there.users]) == (CAFE.name, [host.name])
    said = Said(Setting(capacity=5), depot=there.id)
    theirs = actions.set_up(guest, Place.Kind.DEPOT, said, key="deux", by=SYSTEM)
    assert theirs and theirs.capacity == 5
    assert (theirs.place.depot_id, theirs.place.address) == (place.depot_id, CAFE.address)
    assert place.method.capacity == 20
    assert reads.depots_to_join(guest) == []
    assert shops.join_depot(guest, there.id, by=SYSTEM) == theirs.place
    stranger = a_shop()
    assert reads.depots_to_join(stranger) == []
    for depot in (there.id, uuid.uuid4()):
        with pytest.raises(Refused, match=r"shops\.depot_gone"):
            shops.join_depot(stranger, depot, by=SYSTEM)


def test_what_the_host_says_of_it_stands_at_every_shop_and_nobody_else_says_it() -> None:
    market = a_market()
    host, guest = a_shop(market), a_shop(market)
    place = a_depot(host)
    joined = shops.join_depot(guest, place.depot_id or uuid.uuid4(), by=SYSTEM)
    moved = Where("Bar des Halles", "1 rue du Four", "86000", "Poitiers", "")
    with pytest.raises(Refused, match=r"shops\.depot_of_another"):
        actions.set_anew(joined, Said(Setting(), where=moved), by=SYSTEM)
    actions.set_anew(place, Said(Setting(), where=moved), by=SYSTEM)
    joined.refresh_from_db()
    assert Where.of(joined) == moved
    shops.remove_place(place, by=SYSTEM)  # the host leaves: who stays keeps the sheet
    assert Depot.objects.get().host == guest
    shops.remove_place(Place.objects.select_related("depot").get(pk=joined.pk), by=SYSTEM)
    assert not Depot.objects.exists()


def test_a_depot_always_has_its_sheet_and_nothing_else_has_one() -> None:
    depot = a_way(a_shop(), Place.Kind.DEPOT)
    with pytest.raises(IntegrityError):
        Place.objects.filter(pk=depot.pk).update(depot=None)


def test_who_keeps_a_depot_reads_that_his_number_is_held() -> None:
    a_depot(a_shop())
    held = personal_data(Person(phone="+33549000012"))["shops"]
    assert [one.rows for one in held if one.what == "keeper"] == [
        [{"depot": CAFE.name, "phone": "+33549000012"}]
    ]
