# SPDX-License-Identifier: AGPL-3.0-or-later
"""Cheese asked for by the piece, weighed at the counter, and paid as it weighs, on the smallest of telephones."""

import re
from decimal import Decimal

import pytest
from playwright.sync_api import Browser, Page, expect

from halles.domain.catalogue.models import Availability, Portion
from halles.domain.orders.actions import prepare
from halles.domain.orders.models import Order
from halles.domain.orders.rules import State
from halles.domain.shops.models import Shop
from halles.domain.stock import reads as stock
from halles.kernel.actor import SYSTEM
from halles.kernel.units import Unit
from tests.browser import Live, axe, come_until, look, open_context
from tests.factories import CUSTOMER, a_market, a_product, a_shop, owner_of
from tests.journeys.test_whole_sale import link_in
from tests.sign_in import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SMALL = {"width": 360, "height": 740}
NEIGHBOUR = "cliente@example.org"


@pytest.fixture
def shop() -> Shop:
    """A cheesemonger with half a wheel."""
    made = a_shop(a_market(), name="Fromagerie du Coin")
    a_product(
        made, name="Comté 18 mois", price=Decimal("24.80"), unit=Unit.KILOGRAM, portion=Portion.PART,
        portion_weight=Decimal("0.300"), availability=Availability.COUNTED, stock_of=1,
    )  # fmt: skip
    return made


def a_phone(browser: Browser, live: Live) -> Page:
    """Somebody's, with scripts."""
    return open_context(browser, live, viewport=SMALL, has_touch=True, is_mobile=True).new_page()


def ask_for_two(page: Page, shop: Shop) -> str:
    """Two portions into the basket, and the order placed; the address of its link."""
    page.goto(f"/boutiques/{shop.slug}/comte-18-mois")
    expect(page.get_by_text("1 part ≈ 300 g : environ 7,44 €")).to_be_visible()
    axe(page)
    look(page, "weighed-product")
    page.get_by_role("button", name="Plus : Combien").click()
    page.get_by_role("button", name="Ajouter au panier").click()
    expect(page.get_by_text("2 parts, environ 600 g")).to_be_visible()
    expect(page.locator(".total b")).to_have_text("environ 14,88 €")
    axe(page)
    look(page, "weighed-basket")
    page.get_by_role("button", name="Commander").click()
    page.get_by_label("Votre nom").fill("Cliente")
    page.get_by_label("Votre adresse électronique").fill(NEIGHBOUR)
    expect(page.get_by_text("2 parts, environ 600 g · Comté 18 mois")).to_be_visible()
    axe(page)
    look(page, "weighed-checkout")
    page.get_by_role("button", name="Réserver, je paie à la boutique").click()
    expect(page).to_have_url(re.compile("/commande/"))
    return page.url


def accepted() -> None:
    """The neighbour confirmed, the shop said yes to the newest order."""
    order = Order.objects.latest("created_at")
    prepare.confirm(order, by=CUSTOMER)
    prepare.accept(order.shop_orders.get(), by=SYSTEM)


def weigh(page: Page, grams: str, *, name: str) -> None:
    """From « Aujourd'hui » to the scale, one number, one press."""
    to_weigh = page.get_by_role("link", name="Peser")
    come_until(page, "/gestion/", to_weigh)
    to_weigh.click()
    expect(page.get_by_text("demandé : 2 parts, environ 600 g")).to_be_visible()
    axe(page)
    page.get_by_label("Comté 18 mois").fill(grams)
    look(page, f"weighed-scale-{name}")
    page.get_by_role("button", name="C'est prêt").click()


def test_two_portions_are_weighed_and_the_price_told_before_one_comes(
    shop: Shop, live: Live, browser: Browser
) -> None:
    neighbour, merchant = a_phone(browser, live), a_phone(browser, live)
    sign_in(merchant, owner_of(shop))

    link = ask_for_two(neighbour, shop)
    accepted()
    neighbour.goto(link)
    expect(neighbour.get_by_text("Prix au poids servi")).to_be_visible()
    axe(neighbour)
    look(neighbour, "weighed-link-before")
    neighbour.get_by_role("link", name="Changer les quantités").click()
    expect(neighbour.get_by_text("2 parts, environ 600 g")).to_be_visible()
    axe(neighbour)
    look(neighbour, "weighed-change")
    merchant.goto("/gestion/articles")
    merchant.get_by_role("link", name="Comté 18 mois").click()
    merchant.locator("summary", has_text="Sorte, rayon").click()
    expect(merchant.get_by_label("Ce qu'elle pèse à peu près, en grammes")).to_have_value("300")
    axe(merchant)

    weigh(merchant, "0", name="nought")
    expect(merchant.get_by_text("Écrivez le poids, ou dites qu'il manque.")).to_be_visible()
    merchant.get_by_label("Comté 18 mois").fill("40 kg")
    merchant.get_by_role("button", name="C'est prêt").click()
    expect(merchant.get_by_text("Vous avez écrit 40 kg pour 600 g demandés")).to_be_visible()
    axe(merchant)
    look(merchant, "weighed-scale-doubtful")
    merchant.get_by_label("Comté 18 mois").fill("620")
    merchant.get_by_role("button", name="C'est prêt").click()
    expect(merchant.get_by_text("prête : 15,38 €. Le client est prévenu.")).to_be_visible()

    letter = live.letter(NEIGHBOUR, count=3)
    assert "Prête" in str(letter["Subject"])
    neighbour.goto(link_in(letter, "/commande/"))
    expect(neighbour.get_by_text("620 g · Comté 18 mois")).to_be_visible()
    expect(neighbour.locator(".errand-total b")).to_have_text("15,38 €")
    axe(neighbour)
    look(neighbour, "weighed-link-ready")
    assert stock.broken_levels() == []


def test_a_weight_far_from_what_was_asked_waits_for_a_yes(shop: Shop, live: Live, browser: Browser) -> None:
    neighbour, merchant = a_phone(browser, live), a_phone(browser, live)
    sign_in(merchant, owner_of(shop))
    link = ask_for_two(neighbour, shop)
    accepted()

    weigh(merchant, "760", name="far")
    expect(merchant.get_by_text("le client doit dire oui").first).to_be_visible()
    axe(merchant)
    look(merchant, "weighed-waits")

    neighbour.goto(link)
    expect(neighbour.get_by_text("servi 760 g : 18,85 € au lieu de 14,88 €")).to_be_visible()
    axe(neighbour)
    look(neighbour, "weighed-link-asked")
    neighbour.get_by_role("button", name="D'accord").click()
    expect(neighbour.get_by_text("Elle est prête.")).to_be_visible()
    assert Order.objects.get().shop_orders.get().state == State.READY

    merchant.reload()
    merchant.get_by_role("link", name="Corriger un poids").click()
    axe(merchant)
    look(merchant, "weighed-scale-again")
    merchant.get_by_label("Comté 18 mois").fill("740")
    merchant.get_by_role("button", name="Corriger").click()
    expect(merchant.get_by_text("18,35 €").first).to_be_visible()
    look(merchant, "weighed-order-ready")
    neighbour.goto(link)
    expect(neighbour.locator(".errand-total b")).to_have_text("18,35 €")
    assert stock.broken_levels() == []


def test_by_weight_and_in_portions_without_any_script(shop: Shop, live: Live, plain_phone: Page) -> None:
    plain_phone.goto(f"/boutiques/{shop.slug}/comte-18-mois")
    plain_phone.get_by_label("au poids").check()
    plain_phone.get_by_role("spinbutton", name="Quantité").fill("250")
    look(plain_phone, "weighed-product-by-weight")
    plain_phone.get_by_role("button", name="Ajouter au panier").click()
    expect(plain_phone.locator(".total b")).to_have_text("environ 6,20 €")
    plain_phone.get_by_text("Un mot, et si l'article manque").click()
    plain_phone.get_by_role("button", name="Plutôt 1 part ≈ 300 g").click()
    expect(plain_phone.get_by_text("1 part, environ 300 g")).to_be_visible()
