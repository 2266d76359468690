# SPDX-License-Identifier: AGPL-3.0-or-later
"""From « Qui livre chez moi ? » to the door, on a small telephone; and the day's order as the shop sees it."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from playwright.sync_api import Browser, expect

from halles.domain.communes.actions import Learned, learn
from halles.domain.communes.rules import Facts
from halles.domain.fulfilment.rules import Terms
from halles.domain.orders.models import ShopOrder
from halles.domain.shops.models import Place
from tests import factories as make
from tests.browser import Live, axe, look, open_context
from tests.journeys.test_whole_sale import text_of
from tests.sign_in import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NARROW = {"width": 360, "height": 740}
EVENINGS = [(weekday, dt.time(17), dt.time(19)) for weekday in range(7)]


def test_vegetables_come_to_the_door(live: Live, browser: Browser) -> None:
    learn([Facts("86041", "Buxerolles", ("86180",), spelled=True)], Learned())
    shop = make.a_shop(name="Le Potager d'essai")
    terms = Terms(Decimal(4), free_from=Decimal(30), least=Decimal(10))
    make.a_way(shop, Place.Kind.ROUND, "86180", hours=EVENINGS, capacity=12, terms=terms)
    make.a_way(shop, Place.Kind.COUNTER, minutes=30, capacity=4)
    make.a_product(shop, name="Panier de légumes", price=Decimal(12))
    phone = open_context(browser, live, viewport=NARROW, has_touch=True, is_mobile=True).new_page()

    phone.goto("/")
    phone.get_by_role("link", name="Qui livre chez moi").tap()
    expect(phone.get_by_label("Où habitez-vous")).to_be_visible()
    axe(phone)
    phone.get_by_label("Où habitez-vous").fill("buxerolles")
    phone.get_by_role("button", name="Voir qui vient").tap()
    expect(phone.get_by_role("heading", name="À Buxerolles (86180)")).to_be_visible()
    axe(phone)
    look(phone, "chez-moi")
    phone.get_by_role("link", name="Le Potager d'essai").tap()
    phone.get_by_role("link", name="Panier de légumes").first.tap()
    phone.get_by_role("button", name="Ajouter au panier").tap()
    expect(phone.locator("#ou")).to_have_value("86180")  # it travelled in the address
    phone.get_by_role("radio", name=re.compile("Livré chez moi")).check()
    expect(phone.get_by_text(re.compile("chez vous entre 17"))).to_be_visible()
    axe(phone)
    look(phone, "panier-livre")
    phone.get_by_role("button", name="Commander").tap()
    phone.get_by_label("Votre nom").fill("Cliente")
    phone.get_by_label("Votre adresse électronique").fill("cliente@example.org")
    phone.get_by_label("Rue et numéro").fill("12 rue Neuve")
    phone.get_by_label("Étage, code, interphone").fill("2e étage")
    axe(phone)
    look(phone, "commander-livre")
    phone.get_by_role("button", name="Réserver, je paie quand je reçois").tap()
    expect(phone.get_by_text("12 rue Neuve, 86180 Buxerolles (2e étage)")).to_be_visible()
    axe(phone)
    look(phone, "commande-livree")
    before = ShopOrder.objects.get()
    assert (before.fee, before.total, before.is_brought) == (4, 16, True)

    phone.get_by_role("link", name="Changer de créneau").tap()
    expect(phone.get_by_role("button", name="Prendre ce créneau")).to_be_visible()
    axe(phone)
    look(phone, "creneau")
    phone.get_by_role("button", name="Prendre ce créneau").tap()
    expect(phone.get_by_role("heading", name="Votre commande", exact=True)).to_be_visible()
    assert ShopOrder.objects.get().collect_from > before.collect_from
    assert "12 rue Neuve" in text_of(live.letter("cliente@example.org"))

    merchant = open_context(browser, live, viewport=NARROW, has_touch=True, is_mobile=True).new_page()
    sign_in(merchant, make.owner_of(shop))
    merchant.goto(f"/gestion/commandes/{before.id}")
    expect(merchant.get_by_role("link", name=re.compile("12 rue Neuve"))).to_be_visible()
    expect(merchant.get_by_text("À payer à la livraison")).to_be_visible()
    axe(merchant)
    look(merchant, "commande-a-livrer")
