# SPDX-License-Identifier: AGPL-3.0-or-later
"""Somebody who was never here wants bread and honey: from the front page to her order's page, with one thumb."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from halles.domain.orders.models import Order
from tests.browser import Live, look, open_context
from tests.factories import a_market, a_product, a_shop
from tests.thumb import Thumb, in_the_docs

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NARROW = {"width": 360, "height": 740}
MOST = 90.0


def find(thumb: Thumb, page: Page, words: str, article: str) -> None:
    """By its name, into the basket."""
    thumb.type(page.get_by_role("searchbox"), words)
    thumb.enter()
    thumb.tap(page.get_by_role("main").get_by_role("link", name=article).first)
    thumb.tap(page.get_by_role("button", name="Ajouter au panier"))
    expect(page).to_have_url(re.compile("/panier$"))


def test_a_first_order_takes_less_than_a_minute_and_a_half(live: Live, browser: Browser) -> None:
    market = a_market(name="Marché d'essai")
    a_product(a_shop(market, name="Le Fournil"), name="Pain au levain")
    a_product(a_shop(market, name="Le Bocal levé"), name="Miel de tilleul", stock_of=3)
    context = open_context(browser, live, viewport=NARROW, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto("/")
    look(page, "premiere-accueil")
    thumb = Thumb(page)
    find(thumb, page, "pain", "Pain au levain")
    find(thumb, page, "miel", "Miel de tilleul")
    look(page, "premiere-panier")
    thumb.tap(page.get_by_role("button", name="Commander"))
    thumb.type(page.get_by_label("Votre nom"), "Cliente 12")
    thumb.type(page.get_by_label("Votre adresse électronique"), "cliente12@example.org")
    look(page, "premiere-commander")
    thumb.tap(page.get_by_role("button", name="Réserver, je paie à la boutique"))
    expect(page).to_have_url(re.compile("/commande/"))
    assert Order.objects.get().shop_orders.count() == 2
    assert thumb.seconds <= MOST, thumb.seconds
    assert thumb.counted == in_the_docs("thumb.first-order")
    context.close()
