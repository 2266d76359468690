# SPDX-License-Identifier: AGPL-3.0-or-later
"""In a real browser: narrow telephones and large letters lose nothing of « Ma boutique »."""

from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect
from tests import factories as make
from tests.browser import Live

from halles.domain.catalogue.actions import VariantFacts
from halles.domain.fulfilment import actions as fulfilment
from halles.domain.fulfilment.actions import Setting
from halles.domain.orders.actions import prepare, settle
from halles.domain.people.actions import one_use_code
from halles.domain.shops.models import Shop, Trade
from halles.kernel.actor import SYSTEM

pytestmark = pytest.mark.browser
PAGES = [
    "",
    "commandes",
    "preparer",
    "commandes/noter",
    "articles",
    "stock",
    "horaires",
    "identite",
    "equipe",
    "plus",
    "echelle",
    "articles/nouveau",
    "boutique/entre-boutiques",
    "remises",
    "remises/nouvelle/livraison",
    "remises/nouvelle/depot",
]
# Where something is cut off, or pushes the page sideways; what scrolls sideways by itself may.
CUT = """() => [...document.querySelectorAll("main *, header *, nav *")].filter((e) =>
    e.getClientRects().length && !e.closest(".chips.scroll, .days, .photos, .unseen, svg, .hidden")
    && e.getBoundingClientRect().right > innerWidth + 1
).map((e) => e.outerHTML.slice(0, 120))"""


def enter(phone: Page, shop: Shop) -> None:
    phone.goto(f"/compte/entrer/{one_use_code(make.owner_of(shop), by=SYSTEM)}")
    phone.get_by_role("button", name="Entrer").click()
    phone.wait_for_url("**/gestion/**")


def test_the_sort_follows_the_name_as_it_is_typed(live: Live, phone: Page) -> None:
    enter(phone, make.a_shop(trade=Trade.BAKER))
    phone.goto("/gestion/articles/nouveau")
    held = phone.locator("#sorte-proposee")
    expect(held).to_have_text("Pain · TVA 5,5 %")
    phone.get_by_role("textbox", name="Nom").press_sequentially("Sandwich jambon")
    expect(held).to_have_text("Sandwich, plat à emporter · TVA 10 %")
    phone.get_by_text("Sorte, rayon, TVA").click()
    phone.get_by_role("radio", name="Livre").press("Space")
    expect(held).to_have_text("Livre · TVA 5,5 %")
    phone.get_by_role("textbox", name="Nom").press_sequentially(" et fromage")
    expect(phone.locator("#propositions")).to_contain_text("Livre · TVA 5,5 %")
    expect(held).to_have_text("Livre · TVA 5,5 %")


def test_a_code_fills_the_form_and_a_reader_at_a_cable_does_not_send_it(live: Live, phone: Page) -> None:
    shop, code = make.a_shop(), "3017620422003"
    make.a_product(make.a_shop(shop.market), name="Sirop d'orgeat", variants=[VariantFacts(gtin=code)])
    enter(phone, shop)
    phone.goto("/gestion/articles/nouveau")
    phone.get_by_label("Description").evaluate("e => { e.value = 'Mes mots' }")
    phone.get_by_role("textbox", name="Code-barres").press_sequentially(code)
    phone.keyboard.press("Enter")
    expect(phone.get_by_text("Déjà vendu par")).to_be_visible()
    phone.get_by_role("button", name="Reprendre").click()
    expect(phone.get_by_role("textbox", name="Nom")).to_have_value("Sirop d'orgeat")
    expect(phone.get_by_role("textbox", name="Prix")).to_be_focused()
    phone.keyboard.type("4,20")
    phone.get_by_role("button", name="Mettre en ligne").click()
    phone.wait_for_url("**/gestion/articles")
    product = shop.products.get()
    assert (product.name, product.description, product.status) == ("Sirop d'orgeat", "Mes mots", "online")


@pytest.mark.parametrize(("width", "letters"), [(320, "100%"), (360, "200%")])
def test_nothing_is_cut(live: Live, phone: Page, width: int, letters: str) -> None:
    shop = make.a_shop()
    one = make.a_product(shop, name="Confiture extraordinairement longue d'anticonstitutionnellement")
    two = make.a_product(shop, name="Miel", stock_of=5)
    order = make.an_order(make.variant_of(one), make.variant_of(two), quantity=2).shop_orders.get()
    waiting = make.an_order(make.variant_of(one), quantity=2).shop_orders.get()
    change = settle.LineChange(waiting.lines.get().id, Decimal(1))
    settle.settle(waiting, [change], by=SYSTEM)
    prepare.accept(order, by=SYSTEM)
    phone.set_viewport_size({"width": width, "height": 740})
    enter(phone, shop)
    pages = [*PAGES, f"commandes/{waiting.id}", f"commandes/{order.id}/regler", f"articles/{one.id}"]
    counter = shop.places.get()
    fulfilment.change(counter, Setting(minutes=30, capacity=4), by=SYSTEM)
    pages.append(f"remises/{counter.id}")
    for page in pages:
        phone.goto(f"/gestion/{page}")
        phone.evaluate("document.querySelectorAll('details').forEach((e) => { e.open = true })")
        phone.evaluate("size => { document.documentElement.style.fontSize = size }", letters)
        assert not phone.evaluate(CUT), page
        assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth"), page
