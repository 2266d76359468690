# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whoever keeps a depot opens a link: what comes, what is there, a code typed, a basket handed over; nothing more."""

import datetime as dt
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests import depots as make
from tests.doors.letters.test_letters import delivered, to
from tests.factories import a_shop
from tests.naughty import naughty, typed

from halles.domain.depots import actions
from halles.domain.depots.models import KeeperLink
from halles.domain.orders.models import ShopOrder
from halles.domain.orders.rules import State
from halles.domain.shops.models import Place
from halles.kernel.actor import SYSTEM

pytestmark = pytest.mark.django_db


def read(answer: Any) -> str:
    return unescape(answer.content.decode()).replace("\xa0", " ").replace("\u202f", " ")


def day_of(part: ShopOrder) -> str:
    return timezone.localdate(part.collect_from).isoformat()


def state(part: ShopOrder) -> str:
    return ShopOrder.objects.get(pk=part.pk).state


@pytest.fixture
def places() -> tuple[Place, Place]:
    return make.two_shops()


@pytest.fixture
def here(places: tuple[Place, Place]) -> str:
    return f"/depot/{make.a_link(places[0]).secret}"


def test_the_keeper_sees_the_baskets_of_all_shops_and_nothing_that_is_not_needed(
    browser: Client, places: tuple[Place, Place], here: str
) -> None:
    parts = [make.packed(place) for place in places]
    elsewhere = make.packed(make.a_depot(a_shop(places[0].shop.market)))
    answer = browser.get(here)
    page = read(answer)
    for part in parts:
        assert part.code in page and part.order.name in page and part.shop.name in page
        assert part.order.email not in page and part.order.secret not in page
        assert part.lines.get().name not in page
    assert "à encaisser : 4,20 €" in page and elsewhere.code not in page
    assert (answer["Cache-Control"], answer["X-Robots-Tag"]) == ("private, no-store", "noindex")
    assert answer["Referrer-Policy"] == "same-origin" and not answer.cookies
    assert "Disallow: /depot/" in browser.get("/robots.txt").content.decode()
    assert parts[0].code in read(browser.get(f"/en{here}"))


def test_a_customer_is_told_when_her_basket_is_there_and_has_it_for_her_code(
    browser: Client, places: tuple[Place, Place], here: str
) -> None:
    part = make.packed(places[1])
    order, address = f"/commande/{part.order.secret}", part.order.email
    subjects = [letter.subject for letter in to(delivered(twice=True), address)]
    assert not [subject for subject in subjects if "Prête" in subject]
    assert "part au dépôt. Nous vous écrivons quand elle y est" in read(browser.get(order))
    ticked = {"panier": str(part.id), "jour": day_of(part)}
    for _ in range(2):  # a keeper's telephone repeats
        assert browser.post(f"{here}/arrivees", ticked).status_code == 303
    (letter,) = to(delivered(twice=True), address)
    assert part.code in letter.subject and "Café du Marché" in letter.subject
    assert "Elle est arrivée au dépôt" in read(browser.get(order))
    wrong = read(browser.get(here, {"code": "A7-3K9"}))
    assert "Aucun panier de ce dépôt ne porte ce code" in wrong
    found = read(browser.get(here, {"code": part.code.lower().replace("-", "")}))
    assert f"Remettre le panier {part.code}" in found
    for _ in range(2):
        done = browser.post(f"{here}/remise", ticked)
    assert f"Panier {part.code} remis" in read(browser.get(done["Location"]))
    assert state(part) == State.HANDED_OVER
    told = read(browser.get(order))
    assert "Commande remise" in told and "Arrivée au dépôt" in told and "Café du Marché" in told


def test_all_that_a_shop_brought_is_ticked_at_once_and_a_mistake_unticked(
    browser: Client, places: tuple[Place, Place], here: str
) -> None:
    mine, other = [make.packed(places[0]) for _ in range(2)], make.packed(places[1])
    browser.post(f"{here}/arrivees", {"boutique": str(places[0].shop_id), "jour": day_of(other)})
    there = [hasattr(ShopOrder.objects.get(pk=part.pk), "deposit") for part in (*mine, other)]
    assert there == [True, True, False]
    browser.post(f"{here}/arrivees", {"panier": str(mine[0].id), "pas-la": "1"})
    assert not hasattr(ShopOrder.objects.get(pk=mine[0].pk), "deposit")


def test_what_nobody_fetched_is_to_go_back_to_the_shop_and_what_is_over_is_not_shown(
    browser: Client, places: tuple[Place, Place], here: str
) -> None:
    waits, done = make.packed(places[0]), make.packed(places[0])
    for part in (waits, done):
        actions.arrive(part, by=make.KEEPER)
    actions.hand_over(done, by=make.KEEPER)
    before = timezone.now() - dt.timedelta(days=3)
    ShopOrder.objects.update(
        collect_from=before,
        collect_until=before + dt.timedelta(hours=1),
        hold_until=before + dt.timedelta(days=1),
    )
    page = read(browser.get(here, {"jour": before.date().isoformat()}))
    assert "à rendre à la boutique" in page and waits.code in page
    assert done.code not in page and done.order.name not in page
    actions.take_back(waits, by=SYSTEM)
    assert waits.code not in read(browser.get(here))


def test_a_link_that_is_over_shows_nothing_and_does_nothing(
    browser: Client, places: tuple[Place, Place], here: str
) -> None:
    part = make.packed(places[0])
    KeeperLink.objects.update(expires_at=timezone.now())
    answers = [browser.get(here), browser.get("/depot/inconnu")]
    answers += [browser.post(f"{here}/{act}", {"panier": str(part.id)}) for act in ("arrivees", "remise")]
    for answer in answers:
        assert answer.status_code == 404
        assert "n'est plus valable" in read(answer) and part.code not in read(answer)
    assert state(part) == State.READY
    for _ in range(20):
        last = browser.get("/depot/essai")
    assert last.status_code == 429


def test_a_keeper_reaches_no_basket_of_another_depot_and_no_page_of_another_site_presses_his_buttons(
    browser: Client, places: tuple[Place, Place], here: str
) -> None:
    elsewhere = make.packed(make.a_depot(a_shop(places[0].shop.market)))
    ticked = {"panier": str(elsewhere.id)}
    assert browser.post(f"{here}/arrivees", ticked).status_code == 303
    assert "pas à ce dépôt" in read(browser.post(f"{here}/remise", ticked))
    assert elsewhere.code not in read(browser.get(here, {"code": elsewhere.code})).replace(
        f'value="{elsewhere.code}"', ""
    )
    own = make.packed(places[0])
    foreign = Client(headers={"Sec-Fetch-Site": "cross-site"})
    assert foreign.post(f"{here}/remise", {"panier": str(own.id)}).status_code == 403
    assert (state(elsewhere), state(own)) == (State.READY, State.READY)


def test_codes_are_not_tried_one_after_another(browser: Client, here: str) -> None:
    for _ in range(15):
        browser.get(here, {"code": "A7-3K9"})
    assert "Attendez quelques minutes" in read(browser.get(here, {"code": "A7-3K9"}))


def test_nonsense_is_answered_with_a_page(
    browser: Client, places: tuple[Place, Place], here: str, real_input: Path
) -> None:
    make.packed(places[0])
    words = [*naughty(real_input)[::8], "\x00", "\ud800", "9" * 9000]
    for said in typed(words, "code", "jour", "panier", "boutique", "remis"):
        sent = {name: word.encode(errors="replace").decode() for name, word in said.items()}
        assert browser.get(here, sent).status_code == 200, said
        for act in ("arrivees", "remise"):
            assert browser.post(f"{here}/{act}", sent).status_code in {200, 303}, said


def test_a_full_day_is_read_in_as_many_queries_as_an_empty_one(
    browser: Client, places: tuple[Place, Place], here: str, django_assert_max_num_queries: Any
) -> None:
    for place in places * 3:
        make.packed(place)
    browser.get(here)
    with django_assert_max_num_queries(10):
        assert browser.get(here).status_code == 200
