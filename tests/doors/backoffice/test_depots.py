# SPDX-License-Identifier: AGPL-3.0-or-later
"""A shop at a depot: joining one that is there, the list of a day, the link for whoever keeps it."""

import datetime as dt
import uuid
from html import unescape
from pathlib import Path
from typing import Any

from django.test import Client
from django.utils import timezone
from tests import depots as make
from tests.factories import a_shop, owner_of
from tests.naughty import naughty, typed

from halles.domain.depots import actions
from halles.domain.depots.models import Deposit, KeeperLink
from halles.domain.orders.models import ShopOrder
from halles.domain.orders.rules import State
from halles.domain.shops.models import Place, Shop
from halles.kernel.actor import SYSTEM


def read(answer: Any) -> str:
    return unescape(answer.content.decode()).replace("\xa0", " ").replace("\u202f", " ")


def day_of(part: ShopOrder) -> str:
    return timezone.localdate(part.collect_from).isoformat()


def test_a_depot_that_is_there_is_joined_rather_than_written_again(merchant: Client, shop: Shop) -> None:
    host = make.a_depot(a_shop(shop.market))
    make.a_depot(a_shop())  # of another market
    page = read(merchant.get("/gestion/remises/nouvelle/depot"))
    assert page.count("aussi utilisé par") == 1
    assert f"aussi utilisé par {host.shop.name}" in page and "Café du Marché, Buxerolles" in page
    sheet = read(merchant.get(f"/gestion/remises/nouvelle/depot?depot={host.depot_id}"))
    assert 'name="address"' not in sheet and "2 place des Castors" in sheet
    assert f"le lien que {host.shop.name} lui donne" in sheet
    said = {
        "cle": str(uuid.uuid4()), "depot": str(host.depot_id), "capacity": "6", "minutes": "", "cutoff": "", "cutoff_time": "",
        "d3o1": "17:00", "d3c1": "19:00",
    }  # fmt: skip
    answer = merchant.post("/gestion/remises/nouvelle/depot", said)
    place = shop.places.get(kind=Place.Kind.DEPOT)
    assert answer["Location"].endswith(f"/gestion/remises/{place.id}")
    assert (place.depot_id, place.method.capacity) == (host.depot_id, 6)
    own = read(merchant.get(answer["Location"]))
    assert f"Aussi utilisé par {host.shop.name}" in own and 'name="address"' not in own
    again = merchant.post(answer["Location"], said | {"capacity": "9", "name": "Chez moi"})
    assert again.status_code == 303
    host.refresh_from_db()
    assert host.name == "Café du Marché"
    assert merchant.get(f"/gestion/remises/nouvelle/depot?depot={uuid.uuid4()}").status_code == 404


def test_the_list_of_a_day_is_ticked_and_says_what_it_did(merchant: Client, shop: Shop) -> None:
    place = make.a_depot(shop)
    guest = make.joined(a_shop(shop.market), place)
    first, second, theirs = make.packed(place), make.packed(place), make.packed(guest)
    awaited = make.packed(place, ready=False)
    here = f"/gestion/depots/{place.id}"
    page = read(merchant.get(here, {"jour": day_of(first)}))
    for part in (first, second, awaited):
        assert part.code in page and part.order.name in page
    assert theirs.code not in page and "4,20 €" in page and "à préparer" in page
    merchant.post(f"{here}/deposes", {"order": str(first.id), "jour": day_of(first)})
    assert Deposit.objects.get().shop_order == first
    merchant.post(f"{here}/deposes", {"order": str(first.id), "pas-la": "1", "jour": day_of(first)})
    assert not Deposit.objects.exists()
    answer = merchant.post(f"{here}/deposes", {"tout": "1", "jour": day_of(first)}, follow=True)
    assert "2 paniers déposés" in read(answer)
    assert set(Deposit.objects.values_list("shop_order", flat=True)) == {first.id, second.id}
    assert merchant.post(f"{here}/deposes", {"order": str(theirs.id)}).status_code == 404
    early = merchant.post(f"{here}/repris", {"order": str(first.id)}, follow=True)
    assert "attend encore son client" in read(early)


def test_what_nobody_fetched_is_taken_back_from_the_list(merchant: Client, shop: Shop) -> None:
    place = make.a_depot(shop)
    part = make.packed(place)
    actions.arrive(part, by=make.KEEPER)
    before = timezone.now() - dt.timedelta(days=2)
    ShopOrder.objects.update(
        collect_from=before, collect_until=before + dt.timedelta(hours=1), hold_until=timezone.now()
    )
    page = read(merchant.get(f"/gestion/depots/{place.id}"))
    assert "Encore au dépôt" in page and f"Panier {part.code} repris du dépôt" in page
    assert "Café du Marché : 1 panier" in read(merchant.get("/gestion/"))
    answer = merchant.post(f"/gestion/depots/{place.id}/repris", {"order": str(part.id)}, follow=True)
    assert (
        "de nouveau en vente" in read(answer)
        and part.code not in read(answer).split("</h1>")[1].split("toast")[0]
    )
    assert ShopOrder.objects.get().state == State.NOT_COLLECTED


def test_only_the_host_gives_the_link_and_it_is_made_anew_and_stopped(merchant: Client, shop: Shop) -> None:
    place = make.a_depot(shop)
    here, key = f"/gestion/depots/{place.id}/lien", str(uuid.uuid4())
    assert "Faire le lien" in read(merchant.get(here))
    for _ in range(2):
        assert merchant.post(here, {"cle": key}).status_code == 303
    first = KeeperLink.objects.get().secret
    page = read(merchant.get(here))
    assert f"/depot/{first}" in page and "sms:+33549000012" not in page and "wa.me" in page
    merchant.post(here, {"cle": str(uuid.uuid4())})
    assert KeeperLink.objects.get().secret != first
    merchant.post(f"{here}/arreter")
    assert not KeeperLink.objects.exists()
    guest = make.joined(a_shop(shop.market), place)
    client = Client()
    client.force_login(owner_of(guest.shop))
    theirs = f"/gestion/depots/{guest.id}/lien"
    assert f"{shop.name} donne le lien" in read(client.get(theirs))
    refused = client.post(theirs, {"cle": key}, follow=True)
    assert "une autre boutique" in read(refused) and not KeeperLink.objects.exists()


def test_a_rival_finds_no_list_and_no_link_of_another_shop(merchant: Client, shop: Shop) -> None:
    place = make.a_depot(a_shop(shop.market))
    link, part = make.a_link(place), make.packed(place)
    make.joined(shop, place)
    for address in ("", "/lien"):
        assert merchant.get(f"/gestion/depots/{place.id}{address}").status_code == 404
    for act in ("/deposes", "/repris", "/lien", "/lien/arreter"):
        assert merchant.post(f"/gestion/depots/{place.id}{act}", {"order": str(part.id)}).status_code == 404
    own = shop.places.get(kind=Place.Kind.DEPOT)
    for act in ("/deposes", "/repris"):
        assert merchant.post(f"/gestion/depots/{own.id}{act}", {"order": str(part.id)}).status_code == 404
    assert not Deposit.objects.exists() and KeeperLink.objects.get().secret == link.secret


def test_nonsense_typed_into_the_list_is_no_error(merchant: Client, shop: Shop, real_input: Path) -> None:
    here = f"/gestion/depots/{make.a_depot(shop).id}"
    words = [*naughty(real_input)[::8], "\x00", "9" * 9000]
    for said in typed(words, "order", "jour", "depot"):
        assert merchant.get(here, said).status_code == 200, said
        for act in ("/deposes", "/repris"):
            assert merchant.post(here + act, said).status_code == 404, said
        assert merchant.get("/gestion/remises/nouvelle/depot", said).status_code in {200, 404}, said


def test_the_pages_take_as_many_queries_for_many_baskets_as_for_few(
    merchant: Client, shop: Shop, django_assert_max_num_queries: Any
) -> None:
    place = make.a_depot(shop)
    parts = [make.packed(place) for _ in range(5)]
    make.a_link(place)
    for address in (f"?jour={day_of(parts[0])}", "", "/lien"):
        merchant.get(f"/gestion/depots/{place.id}{address}")
        with django_assert_max_num_queries(15):
            assert merchant.get(f"/gestion/depots/{place.id}{address}").status_code == 200


def test_an_order_for_a_depot_is_told_of_as_such(merchant: Client, shop: Shop) -> None:
    place = make.a_depot(shop)
    part = make.packed(place, ready=False)
    answer = merchant.post(f"/gestion/commandes/{part.id}/prete", follow=True)
    assert "prévenu quand elle est au dépôt" in read(answer)
    assert "Prête, pour le dépôt" in read(merchant.get("/gestion/commandes"))
    assert f"/gestion/depots/{place.id}" in read(merchant.get(f"/gestion/commandes/{part.id}"))
    ready = merchant.post("/gestion/preparer/pretes", {"orders": part.id.hex}, follow=True)
    assert "Au dépôt, c'est quand elle y arrive" in read(ready)
    actions.arrive(part, by=SYSTEM)
    assert "Arrivée au dépôt" in read(merchant.get(f"/gestion/commandes/{part.id}"))
