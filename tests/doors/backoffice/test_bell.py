# SPDX-License-Identifier: AGPL-3.0-or-later
"""The bell's page, and the screen that says it while « Ma boutique » is open."""

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from tests import factories as make
from tests.naughty import naughty, typed
from tests.pushserver import PushServer
from tests.ringing import a_device, deliver

from halles.domain.bells import actions, reads
from halles.domain.bells.models import Call, Device
from halles.domain.bells.rules import Kind, Quiet, When
from halles.domain.orders.models import ShopOrder
from halles.domain.people.reads import actor
from halles.domain.shops import actions as shops
from halles.domain.shops import invitations
from halles.domain.shops.models import Shop, Staff
from halles.kernel.actor import SYSTEM

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("push")]
FROM_HERE = {"Sec-Fetch-Site": "same-origin", "User-Agent": "Mozilla/5.0 (Linux; Android 15)"}
ADD = "/gestion/sonnette/appareils"
WISHES = {
    "orders": "once",
    "changes": "never",
    "questions": "unseen",
    "quiet": "on",
    "starts": "22:00",
    "ends": "06:30",
}


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    """Nobody sleeps, unless a test says so."""
    with time_machine.travel(dt.datetime(2026, 11, 25, 11, 0, tzinfo=dt.UTC)):
        yield


def order_at(shop: Shop) -> ShopOrder:
    """An order that rings."""
    part = make.an_order(make.a_variant(shop)).shop_orders.get()
    deliver()
    return part


def screen(client: Client, known: str = "") -> Any:
    """What an open page is told when it asks."""
    return client.get(f"/gestion/sonnerie?la={known}")


def test_a_browser_rings_once_it_said_where(merchant: Client, shop: Shop, push: PushServer) -> None:
    browser = push.browser()
    for _ in range(2):
        assert merchant.post(ADD, browser.said, headers=FROM_HERE).status_code == 204
    device = Device.objects.get()
    assert (device.account, device.sort) == (make.owner_of(shop), "android")
    page = merchant.get("/gestion/sonnette").content.decode()
    assert "Téléphone Android" in page and device.digest in page and browser.endpoint not in page
    order_at(shop)
    assert browser.fetch()[0]["title"] == "Nouvelle commande"


def test_other_sites_and_wrong_addresses_add_nothing(merchant: Client, push: PushServer) -> None:
    said = push.browser().said
    for headers in ({}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}):
        assert merchant.post(ADD, said, headers=headers).status_code == 404
    wrong = merchant.post(ADD, said | {"endpoint": "http://10.0.0.1/"}, headers=FROM_HERE)
    assert (wrong.status_code, "n'a pas dit où" in wrong.json()["said"]) == (400, True)
    assert not Device.objects.exists()


def test_hostile_words_add_nothing_and_break_nothing(merchant: Client, real_input: Path) -> None:
    for said in typed(
        [*naughty(real_input), "\x00", "x" * 1_000_000], "endpoint", "p256dh", "auth", "formerly"
    ):
        assert merchant.post(ADD, said, headers=FROM_HERE).status_code in {204, 400}
    for said in typed(naughty(real_input), *WISHES):
        assert merchant.post("/gestion/sonnette", said).status_code == 200
    assert not Device.objects.exists()
    assert merchant.post("/gestion/sonnerie/vu", {"call": ["\x00", "1", "é"]}).status_code == 303


def test_one_s_own_device_is_tried_and_removed(merchant: Client, shop: Shop, push: PushServer) -> None:
    browser = push.browser()
    device = a_device(make.owner_of(shop), browser)
    theirs = a_device(make.owner_of(make.a_shop(shop.market)), push.browser())
    for _ in range(5):
        assert merchant.post(f"{ADD}/{device.id}/essayer", headers={"HX-Request": "true"}).status_code == 204
    assert merchant.post(f"{ADD}/{device.id}/essayer", headers={"HX-Request": "true"}).status_code == 429
    deliver()
    said = browser.fetch()
    assert (said[-1]["title"], said[-1]["trial"]) == ("La sonnette fonctionne", str(device.id))
    merchant.post(f"{ADD}/{device.id}/retirer")
    assert list(Device.objects.all()) == [theirs]
    for act in ("essayer", "retirer"):
        assert merchant.post(f"{ADD}/{theirs.id}/{act}").status_code == 404


def test_each_sets_her_own_wishes_and_the_owner_sees_the_team_s(merchant: Client, shop: Shop) -> None:
    seller = make.an_account(name="Vendeuse 7")
    token = invitations.token(shops.invite(shop, seller.email, Staff.Role.SELLER, by=SYSTEM))
    shops.accept_invitation(token, seller, by=actor(seller))
    hers = Client()
    hers.force_login(seller)
    assert hers.post("/gestion/sonnette", WISHES).status_code == 303
    assert reads.quiet_of(seller) == Quiet(dt.time(22), dt.time(6, 30))
    said = {one.staff.account: one.ears[Kind.CHANGES].when for one in reads.listeners(shop)}
    assert said == {make.owner_of(shop): When.ONCE, seller: When.NEVER}
    page = merchant.get("/gestion/sonnette").content.decode()
    assert "Vendeuse 7" in page and "Changements et annulations des clients\u00a0: Jamais" in page
    assert "Et l'équipe" not in hers.get("/gestion/sonnette").content.decode()


@pytest.mark.parametrize(
    ("typed_", "said"),
    [
        ({"ends": ""}, "Écrivez les deux heures"),
        ({"ends": "22:00"}, "Les deux heures sont les mêmes"),
        ({"starts": "neuf"}, "starts_error"),
        ({"orders": "peut-être"}, "orders_error"),
    ],
)
def test_what_cannot_be_is_said_where_it_was_typed(
    merchant: Client, shop: Shop, typed_: dict[str, str], said: str
) -> None:
    answer = merchant.post("/gestion/sonnette", WISHES | typed_)
    assert answer.status_code == 200 and said in answer.content.decode()
    assert re.search(r'name="changes" value="never"[^>]* checked', answer.content.decode())
    assert reads.quiet_of(make.owner_of(shop)) == Quiet(dt.time(21), dt.time(7))


def test_an_open_page_is_told_once_and_until_it_is_seen(merchant: Client, shop: Shop) -> None:
    assert screen(merchant, "-").status_code == 204
    part = order_at(shop)
    answer = screen(merchant, "-")
    text = answer.content.decode()
    assert "Nouvelle commande" in text and "4,20\u202f€" in text and part.order.name not in text
    assert "data-loud" in text
    known = re.search(r"la=(\w+)", text)
    assert known and screen(merchant, known[1]).status_code == 204
    call = Call.objects.get()
    gone = merchant.post("/gestion/sonnerie/vu", {"call": [str(call.id)]}, headers={"HX-Request": "true"})
    assert "Nouvelle commande" not in gone.content.decode()
    assert "la=-" in gone.content.decode() and screen(merchant, "-").status_code == 204


def test_what_came_after_the_screen_was_drawn_is_not_seen_with_it(merchant: Client, shop: Shop) -> None:
    order_at(shop)
    first = Call.objects.get()
    order_at(shop)
    merchant.post("/gestion/sonnerie/vu", {"call": [str(first.id)]})
    (left,) = reads.ringing(make.owner_of(shop))
    assert left != first


@pytest.mark.parametrize(
    "opened", ["/gestion/sonnerie/{call}", "/gestion/commandes/{part}", "/gestion/remise/{code}"]
)
def test_opening_the_order_is_seeing_it(merchant: Client, shop: Shop, opened: str) -> None:
    part = order_at(shop)
    address = opened.format(call=Call.objects.get().id, part=part.id, code=part.code)
    page = merchant.get(address, follow=True).content.decode()
    assert part.code in page and "Vue par la boutique" in page
    assert reads.ringing(make.owner_of(shop)) == []


def test_a_question_rings_until_it_is_opened(merchant: Client, shop: Shop, push: PushServer) -> None:
    browser = push.browser()
    a_device(make.owner_of(shop), browser)
    asked = make.a_question(product=make.a_product(shop, name="Bol en grès"))
    deliver()
    (said,) = browser.fetch()
    assert (said["title"], said["body"]) == ("Une question", "Bol en grès")
    text = screen(merchant).content.decode()
    assert "Bol en grès" in text and "data-loud" not in text
    page = merchant.get(said["url"], follow=True)
    assert page.context["question"] == asked and reads.ringing(make.owner_of(shop)) == []
    order_at(shop)
    for _ in range(2):
        make.a_question(shop)
    deliver()
    assert "Nouvelle commande" in screen(merchant).context["title"]  # the most urgent first


def test_a_ring_leads_into_its_shop_and_only_for_who_works_there(merchant: Client, shop: Shop) -> None:
    owner = make.owner_of(shop)
    other = make.a_shop(shop.market)
    other.staff.update(account=owner)
    foreign = make.a_shop(shop.market)
    part, theirs = order_at(other), order_at(foreign)
    merchant.get("/gestion/")
    assert [call.subject for call in reads.ringing(owner)] == [part.id]
    answer = merchant.get(f"/gestion/sonnerie/{Call.objects.get(subject=part.id).id}", follow=True)
    assert answer.context["shop"] == other
    assert merchant.get(f"/gestion/sonnerie/{Call.objects.get(subject=theirs.id).id}").status_code == 404
    merchant.post("/gestion/sonnerie/vu", {"call": [str(Call.objects.get(subject=theirs.id).id)]})
    assert Call.objects.get(subject=theirs.id).seen_at is None


def test_a_screen_makes_no_sound_at_night_nor_for_ever(merchant: Client, shop: Shop) -> None:
    order_at(shop)
    assert "data-loud" in screen(merchant).content.decode()
    actions.set_quiet(make.owner_of(shop), dt.time(11, 30), dt.time(12, 30), by=SYSTEM)
    assert "data-loud" not in screen(merchant).content.decode()
    actions.set_quiet(make.owner_of(shop), None, None, by=SYSTEM)
    Call.objects.update(stepped_at=timezone.now() - dt.timedelta(minutes=11))
    assert "data-loud" not in screen(merchant).content.decode()


def test_who_is_no_longer_signed_in_is_not_sent_away_from_what_he_writes() -> None:
    answer = Client().get("/gestion/sonnerie", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.content) == (286, b"")


def test_asking_costs_three_queries(merchant: Client, shop: Shop, django_assert_num_queries: Any) -> None:
    merchant.get("/gestion/")
    with django_assert_num_queries(3):
        screen(merchant, "-")


def test_the_page_costs_the_same_with_a_larger_team(
    merchant: Client, shop: Shop, push: PushServer, django_assert_max_num_queries: Any
) -> None:
    for _ in range(4):
        account = make.an_account()
        a_device(account, push.browser())
        Staff.objects.create(shop=shop, account=account, role=Staff.Role.SELLER)
        a_device(make.owner_of(shop), push.browser())
    merchant.get("/gestion/sonnette")
    with django_assert_max_num_queries(11):
        merchant.get("/gestion/sonnette")


def test_the_service_worker_brings_the_bell() -> None:
    text = Client().get("/gestion/sw.js").content.decode()
    assert 'importScripts("/static/backoffice/push.worker.js")' in text
