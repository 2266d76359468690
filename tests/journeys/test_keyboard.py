# SPDX-License-Identifier: AGPL-3.0-or-later
"""The whole order and the whole hand-over by keyboard alone."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from halles.domain.orders.actions import prepare
from halles.domain.orders.models import ShopOrder
from halles.kernel.actor import SYSTEM
from tests.browser import Live
from tests.factories import a_market, a_product, a_shop, an_order, owner_of, variant_of
from tests.sign_in import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MOST_TABS = 120


def go_to(page: Page, target: Locator) -> None:
    """Press Tab until the target has the focus, and see that one can tell."""
    handle = target.element_handle()
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement === wanted", handle):
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            shadow = page.evaluate("getComputedStyle(document.activeElement).boxShadow")
            assert outline != "none" or shadow != "none", "the focus cannot be seen"
            return
    raise AssertionError(f"Tab never reaches {target}")


def press(page: Page, name: str | re.Pattern[str], role: str = "button") -> None:
    """Reach a control and press it."""
    go_to(page, page.get_by_role(role, name=name).first)  # type: ignore[arg-type]
    page.keyboard.press("Enter")


def write(page: Page, label: str, words: str) -> None:
    """Reach a field and type."""
    go_to(page, page.get_by_label(label).first)
    page.keyboard.type(words)


def test_ordering_by_keyboard(live: Live, desktop: Page) -> None:
    shop = a_shop(a_market())
    product = a_product(shop, name="Miel de tilleul", stock_of=3)
    desktop.goto(f"/boutiques/{shop.slug}/{product.slug}")
    press(desktop, "Ajouter au panier")
    expect(desktop).to_have_url(re.compile("/panier$"))
    press(desktop, "Commander")
    expect(desktop).to_have_url(re.compile("/panier/commander$"))
    write(desktop, "Votre nom", "Cliente")
    write(desktop, "Votre adresse électronique", "cliente@example.org")
    press(desktop, "Réserver, je paie à la boutique")
    expect(desktop).to_have_url(re.compile("/commande/"))


def test_handing_over_by_keyboard(live: Live, desktop: Page) -> None:
    shop = a_shop(a_market())
    order = an_order(variant_of(a_product(shop, stock_of=3)))
    part = ShopOrder.objects.get(order=order)
    sign_in(desktop, owner_of(shop))
    desktop.goto(f"/gestion/commandes/{part.id}")
    press(desktop, "Accepter")
    press(desktop, re.compile("C'est prêt"))
    desktop.goto("/gestion/remise/")
    desktop.keyboard.type(part.code)
    desktop.keyboard.press("Enter")
    press(desktop, "Remise au client")
    expect(desktop.get_by_text("Cette commande est remise").first).to_be_visible()
    part.refresh_from_db()
    assert part.state == "handed_over"


def test_a_refused_step_says_what_happened_meanwhile(live: Live, desktop: Page) -> None:
    shop = a_shop(a_market())
    part = ShopOrder.objects.get(order=an_order(variant_of(a_product(shop, stock_of=3))))
    sign_in(desktop, owner_of(shop))
    desktop.goto(f"/gestion/commandes/{part.id}")
    prepare.cancel(part, by=SYSTEM)
    press(desktop, "Accepter")
    expect(desktop.get_by_role("alert").first).to_be_visible()
