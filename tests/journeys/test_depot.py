# SPDX-License-Identifier: AGPL-3.0-or-later
"""One basket from two shops, one stop at the café: packed, brought there, handed over by whoever keeps it."""

import datetime as dt
import re

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from halles.domain.depots import actions
from halles.domain.depots.models import KeeperLink
from halles.domain.orders.actions import prepare
from halles.domain.orders.models import ShopOrder
from halles.domain.orders.rules import State
from halles.domain.shops.models import Shop
from halles.kernel.actor import SYSTEM
from tests import depots as at
from tests import factories as make
from tests.browser import Live, axe, look, open_context
from tests.journeys.test_whole_sale import text_of
from tests.sign_in import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NARROW = {"width": 360, "height": 740}
EVENINGS = [(weekday, dt.time(17), dt.time(19)) for weekday in range(7)]
WIDE = "document.scrollingElement.scrollWidth - innerWidth"


def a_phone(browser: Browser, live: Live, shop: Shop | None = None, *, scripts: bool = True) -> Page:
    """A small telephone, its owner signed in where it is a merchant's."""
    context = open_context(
        browser, live, viewport=NARROW, has_touch=True, is_mobile=True, java_script_enabled=scripts
    )
    page = context.new_page()
    if shop:
        sign_in(page, make.owner_of(shop))
    return page


def seen(page: Page, name: str) -> None:
    """All is well with the page, and it is kept."""
    axe(page)
    assert page.evaluate(WIDE) <= 0, name
    look(page, name)


def test_two_shops_one_stop_and_the_keeper_hands_over(live: Live, browser: Browser) -> None:
    market = make.a_market()
    baker, grocer = (make.a_shop(market, name=name) for name in ("Le Pétrin d'essai", "Le Bocal d'essai"))
    depot = at.a_depot(baker, hours=EVENINGS, capacity=20)
    at.joined(grocer, depot, week=EVENINGS, capacity=10)
    goods = [make.a_product(baker, name="Pain de campagne"), make.a_product(grocer, name="Miel de tournesol")]

    phone = a_phone(browser, live)
    for good in goods:
        phone.goto(f"/boutiques/{good.shop.slug}/{good.slug}")
        phone.get_by_role("button", name="Ajouter au panier").tap()
        expect(phone.get_by_role("heading", name="Votre panier")).to_be_visible()
    expect(phone.get_by_role("heading", name="Un seul arrêt au lieu de 2")).to_be_visible()
    seen(phone, "panier-un-arret")
    phone.get_by_role("button", name="Tout retirer là").tap()
    expect(phone.get_by_text("Un seul arrêt pour tout.")).to_be_visible()
    seen(phone, "panier-ensemble")
    phone.get_by_role("button", name="Commander").tap()
    phone.get_by_label("Votre nom").fill("Cliente 7")
    phone.get_by_label("Votre adresse électronique").fill("cliente@example.org")
    phone.get_by_role("button", name=re.compile("^Réserver")).tap()
    expect(phone.get_by_role("heading", name="Votre commande", exact=True)).to_be_visible()
    page_of_order = phone.url
    bread, honey = ShopOrder.objects.order_by("shop__name").reverse()
    for part in (bread, honey):
        prepare.accept(part, by=SYSTEM)
        prepare.ready(part, by=SYSTEM)
    phone.goto(page_of_order)
    expect(phone.get_by_text("part au dépôt").first).to_be_visible()
    seen(phone, "commande-part-au-depot")

    merchant = a_phone(browser, live, baker)
    merchant.goto("/gestion/remises")
    merchant.get_by_role("link", name="Liste du jour : Café du Marché").tap()
    expect(merchant.get_by_role("heading", name="Café du Marché")).to_be_visible()
    merchant.goto(f"{merchant.url}?jour={timezone.localdate(bread.collect_from)}")
    merchant.get_by_role("button", name=f"Panier {bread.code} déposé").tap()
    expect(merchant.get_by_text("au dépôt", exact=True)).to_be_visible()
    seen(merchant, "depot-liste")
    assert bread.code in text_of(live.letter("cliente@example.org", count=2))
    merchant.get_by_role("link", name="Lien pour le dépôt").tap()
    merchant.get_by_role("button", name="Faire le lien").tap()
    expect(merchant.get_by_text("Le lien est prêt")).to_be_visible()
    address = merchant.get_by_label("Le lien à envoyer").input_value()
    seen(merchant, "depot-lien")

    looked = a_phone(browser, live)
    looked.goto(address)
    expect(looked.get_by_role("heading", name="Café du Marché")).to_be_visible()
    seen(looked, "depot-page")
    keeper = a_phone(browser, live, scripts=False)
    keeper.goto(address)
    keeper.get_by_role("button", name=f"Le panier {honey.code} est arrivé").tap()
    keeper.get_by_label("Le code que le client vous dit").fill("a7 3k9")
    keeper.get_by_role("button", name="Trouver le panier").tap()
    expect(keeper.get_by_text("Aucun panier de ce dépôt ne porte ce code")).to_be_visible()
    keeper.get_by_label("Le code que le client vous dit").fill(honey.code.lower())
    keeper.get_by_role("button", name="Trouver le panier").tap()
    expect(keeper.get_by_text("à encaisser : 4,20").first).to_be_visible()
    expect(keeper.get_by_role("button", name=f"Remettre le panier {honey.code}")).to_be_visible()
    looked.goto(keeper.url)
    seen(looked, "depot-remettre")
    keeper.get_by_role("button", name=f"Remettre le panier {honey.code}").tap()
    expect(keeper.get_by_text(f"Panier {honey.code} remis.")).to_be_visible()
    phone.goto(page_of_order)
    expect(phone.get_by_text("Commande remise. Merci")).to_be_visible()
    expect(phone.get_by_text("Elle est arrivée au dépôt")).to_be_visible()
    seen(phone, "commande-au-depot")
    states = ShopOrder.objects.values_list("pk", "state")
    assert dict(states) == {bread.pk: State.READY, honey.pk: State.HANDED_OVER}


def test_what_nobody_fetched_comes_back_and_the_link_is_stopped(live: Live, browser: Browser) -> None:
    shop = make.a_shop()
    depot = at.a_depot(shop)
    part = at.packed(depot)
    at.a_link(depot)
    actions.arrive(part, by=at.KEEPER)
    before = timezone.now() - dt.timedelta(days=2)
    ShopOrder.objects.update(collect_from=before, collect_until=before, hold_until=before)
    page = a_phone(browser, live, shop)
    page.goto("/gestion/")
    page.get_by_role("link", name=re.compile("Café du Marché : 1 panier")).tap()
    seen(page, "depot-a-reprendre")
    page.get_by_role("button", name=f"Panier {part.code} repris du dépôt").tap()
    expect(page.get_by_text("de nouveau en vente")).to_be_visible()
    page.get_by_role("link", name="Lien pour le dépôt").tap()
    page.get_by_role("button", name="Arrêter ce lien").tap()
    expect(page.get_by_text("Le lien est arrêté")).to_be_visible()
    assert not KeeperLink.objects.exists()
    assert ShopOrder.objects.get().state == State.NOT_COLLECTED
