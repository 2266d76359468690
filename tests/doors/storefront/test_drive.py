# SPDX-License-Identifier: AGPL-3.0-or-later
"""« Je suis là », through the real pages and without a script: at the customer's, then in « Ma boutique »."""

import datetime as dt
from html import unescape
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from tests.factories import a_shop, a_variant, a_way, an_order, owner_of
from tests.ringing import deliver

from halles.domain.orders.actions import prepare
from halles.domain.orders.models import ShopOrder
from halles.kernel.actor import SYSTEM

pytestmark = pytest.mark.django_db


@pytest.fixture
def part() -> ShopOrder:
    """An accepted order of a shop that comes out to cars."""
    shop = a_shop()
    a_way(shop, curbside="places 1 à 4, rue du Marché")
    made = an_order(a_variant(shop)).shop_orders.select_related("order", "shop").get()
    prepare.accept(made, by=SYSTEM)
    return made


def shown(browser: Client, part: ShopOrder) -> str:
    """The customer's page of the order, as one reads it."""
    answer = browser.get(reverse("storefront:order", args=[part.order.secret]))
    return " ".join(unescape(answer.content.decode()).split())


def say_so(browser: Client, part: ShopOrder, where: str) -> Any:
    """The button is pressed."""
    address = reverse("storefront:here", args=[part.order.secret])
    return browser.post(address, {"part": part.id, "place": where})


def test_the_customer_says_that_he_is_there_and_sees_that_it_was_seen(
    browser: Client, part: ShopOrder
) -> None:
    with time_machine.travel(part.collect_from - dt.timedelta(hours=3), tick=False):
        early = shown(browser, part)
        assert "places 1 à 4, rue du Marché" in early and "Je suis là" not in early
        assert "encore tôt" in unescape(say_so(browser, part, "").content.decode())
    with time_machine.travel(part.collect_from, tick=False):
        assert "Je suis là" in shown(browser, part)
        assert say_so(browser, part, "place 2").status_code == 303
        deliver()
        told = shown(browser, part)
        assert "est prévenue" in told and "place 2" in told
        gestion = Client()
        gestion.force_login(owner_of(part.shop))
        today = unescape(gestion.get(reverse("backoffice:today")).content.decode())
        assert "Le client est là depuis" in today and "place 2" in today
        assert "attend dehors" in unescape(
            gestion.get(reverse("backoffice:order", args=[part.id])).content.decode()
        )
        assert "elle arrive" in shown(browser, part)
        prepare.ready(part, by=SYSTEM)
        prepare.hand_over(part, by=SYSTEM)
        assert "place 2" not in shown(browser, part)


@pytest.mark.parametrize("where", ["", "\x00", "2" * 5000, "\u202e place", "<script>", "\ud800"[:0] + "é"])
def test_whatever_is_typed_of_where_one_stands_rings_the_shop(
    browser: Client, part: ShopOrder, where: str
) -> None:
    with time_machine.travel(part.collect_from, tick=False):
        assert say_so(browser, part, where).status_code == 303
        assert "est prévenue" in shown(browser, part)


def test_a_shop_says_where_one_stops(browser: Client) -> None:
    shop = a_shop()
    counter = shop.places.get()
    gestion = Client()
    gestion.force_login(owner_of(shop))
    address = reverse("backoffice:way", args=[counter.id])
    assert "drive" in gestion.get(address).content.decode()
    gestion.post(address, {"minutes": "", "capacity": "", "cutoff": "", "curbside": "devant la vitrine"})
    assert "apporté dehors, devant la vitrine" in unescape(
        gestion.get(reverse("backoffice:ways")).content.decode()
    )
