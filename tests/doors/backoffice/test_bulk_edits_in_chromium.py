# SPDX-License-Identifier: AGPL-3.0-or-later
"""In a real browser: many articles change under a thumb, with and without script, and nothing is cut off."""

import re
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect
from tests import factories as make
from tests.browser import Live, axe, look
from tests.sign_in import sign_in

from halles.domain.bulkedits import actions
from halles.domain.bulkedits.models import BulkEdit
from halles.domain.bulkedits.rules import Asked, What
from halles.domain.catalogue import actions as catalogue
from halles.domain.catalogue import shelf
from halles.domain.catalogue.models import Product
from halles.domain.shops.models import Shop
from halles.kernel.actor import SYSTEM

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CUT = """() => [...document.querySelectorAll("main *, header *")].filter((e) =>
    e.getClientRects().length && !e.closest(".chips.scroll, .unseen, svg, .sheet")
    && e.getBoundingClientRect().right > innerWidth + 1
).map((e) => e.outerHTML.slice(0, 120))"""
MORE = Asked(What.PRICE, number=Decimal(10))


@pytest.fixture
def shop(live: Live) -> Shop:
    shop = make.a_shop()
    make.a_product(shop, name="Confiture extraordinairement longue d'anticonstitutionnellement")
    make.a_product(shop, name="Miel", price=Decimal(8))
    make.a_product(shop, name="Conseil", price=Decimal(0), online=False)
    return shop


def whole_way(page: Page, shop: Shop) -> None:
    """From the list to the yes and back."""
    sign_in(page, make.owner_of(shop))
    page.goto("/gestion/articles?q=miel")
    page.get_by_role("link", name="Changer plusieurs").click()
    page.get_by_label("De combien").fill("10")
    page.get_by_role("button", name="Voir ce qui changerait").click()
    expect(page.get_by_text("au lieu de 8,00")).to_be_visible()
    page.get_by_role("button", name="Changer 1 article").click()
    expect(page.get_by_text("1 article changé.").first).to_be_visible()
    assert make.variant_of(Product.objects.get(name="Miel")).price == Decimal("8.80")
    page.locator(".toast").get_by_role("button", name="Annuler").click()
    expect(page.get_by_text("Ce changement est annulé")).to_be_visible()
    assert make.variant_of(Product.objects.get(name="Miel")).price == Decimal(8)


def test_under_a_thumb(live: Live, phone: Page, shop: Shop) -> None:
    whole_way(phone, shop)


def test_without_script(live: Live, plain_phone: Page, shop: Shop) -> None:
    whole_way(plain_phone, shop)


def states(shop: Shop) -> dict[str, BulkEdit]:
    """A bulk edit in each state that a page can show."""
    found: dict[str, BulkEdit] = {}
    for name in ("undone", "done", "looked", "running"):
        found[name] = actions.look(shop, shelf.products(shop), MORE, found_by={"q": "miel"}, by=SYSTEM)
        if name in {"undone", "done"}:
            honey = make.variant_of(Product.objects.get(shop=shop, name="Miel"))
            if name == "done":
                catalogue.set_price(honey, honey.price + 1, by=SYSTEM)
            actions.start(found[name], by=SYSTEM)
        if name == "undone":
            catalogue.set_price(honey, Decimal(5), by=SYSTEM)
            actions.undo(found[name], by=SYSTEM)
    BulkEdit.objects.filter(pk=found["running"].pk).update(state="running", position=1)
    return found


def test_each_state_is_seen_whole_and_by_all(live: Live, phone: Page, shop: Shop) -> None:
    sign_in(phone, make.owner_of(shop))
    pages = {name: f"/gestion/articles/changer/{one.id}" for name, one in states(shop).items()}
    pages["ask"] = "/gestion/articles/changer"
    for name, address in pages.items():
        phone.set_viewport_size({"width": 390, "height": 844})
        phone.goto(address)
        expect(phone.get_by_role("heading", level=1, name=re.compile("Prix|Changer"))).to_be_visible()
        axe(phone)
        look(phone, f"bulk-edit-{name}")
        phone.set_viewport_size({"width": 320, "height": 740})
        phone.evaluate("document.querySelectorAll('details').forEach((e) => { e.open = true })")
        axe(phone)
        assert not phone.evaluate(CUT), name
        look(phone, f"bulk-edit-{name}-open")
        phone.set_viewport_size({"width": 360, "height": 740})
        phone.evaluate("document.documentElement.style.fontSize = '200%'")
        assert not phone.evaluate(CUT), name
        assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
