# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is weighed, as a neighbour asks for it: in portions or in grams, and always « environ » until it is weighed."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests import factories
from tests.doors.storefront.test_order_path import basket_form, checkout, lines, text
from tests.naughty import naughty, typed

from halles.domain.catalogue.models import Portion, Variant
from halles.domain.orders.actions import prepare, weigh
from halles.domain.orders.models import Order, ShopOrder
from halles.domain.orders.rules import State
from halles.kernel.actor import SYSTEM
from halles.kernel.units import Unit

pytestmark = pytest.mark.django_db


def a_cheese(**facts: Any) -> Variant:
    said = {
        "unit": Unit.KILOGRAM,
        "price": Decimal(20),
        "portion": Portion.SLICE,
        "portion_weight": Decimal("0.160"),
    }
    return factories.a_variant(**(said | {"name": "Comté"} | facts))


def page_of(variant: Variant) -> str:
    return f"/boutiques/{variant.product.shop.slug}/{variant.product.slug}"


def add(browser: Client, variant: Variant, **said: str) -> Any:
    return browser.post("/panier", {"article": str(variant.product_id), "variante": str(variant.id)} | said)


def wanted(browser: Client) -> tuple[Decimal, int | None]:
    (line,) = lines(browser)
    return line.quantity, line.portions


def ordered(browser: Client, variant: Variant) -> ShopOrder:
    """Two slices, accepted."""
    add(browser, variant, mesure="parts", parts="2")
    checkout(browser)
    order = Order.objects.get()
    prepare.confirm(order, by=factories.CUSTOMER)
    part = order.shop_orders.get()
    prepare.accept(part, by=SYSTEM)
    return part


def test_the_page_says_what_a_portion_weighs_and_costs_about(browser: Client) -> None:
    cheese = a_cheese()
    assert "1 tranche ≈ 160 g : environ 3,20 €, prix au poids servi" in text(browser.get(page_of(cheese)))
    loose = a_cheese(shop=cheese.product.shop, name="Râpé", portion="", portion_weight=Decimal(0))
    assert "250 g : environ 5,00 €, prix au poids servi" in text(browser.get(page_of(loose)))
    gone = a_cheese(shop=cheese.product.shop, name="Tomme", stock_of=0)
    assert "environ" not in text(browser.get(page_of(gone)))


def test_portions_or_grams_go_into_the_basket_as_they_were_asked_for(browser: Client) -> None:
    cheese = a_cheese()
    assert add(browser, cheese, mesure="parts", parts="2", quantite="250").status_code == 303
    page = text(browser.get("/panier"))
    assert "2 tranches, environ 320 g" in page and "environ 6,40 €" in page
    assert page.count("Prix au poids servi") == 1
    (line,) = lines(browser)
    browser.post("/panier", basket_form(browser, **{f"parts-{line.id}": "3"}))
    assert wanted(browser) == (Decimal("0.480"), 3)
    browser.post("/panier", basket_form(browser, mesurer=str(line.id)))
    assert wanted(browser) == (Decimal("0.450"), None)
    browser.post("/panier", basket_form(browser, mesurer=str(line.id)))
    assert wanted(browser) == (Decimal("0.480"), 3)
    browser.post("/panier", basket_form(browser, **{f"parts-{line.id}": "0"}))
    assert lines(browser) == []


def test_by_weight_from_a_page_that_knew_of_no_portion(browser: Client) -> None:
    add(browser, a_cheese(), quantite="250")
    assert wanted(browser) == (Decimal("0.250"), None)


def test_as_many_whole_portions_as_are_left(browser: Client) -> None:
    cheese = a_cheese(stock_of=1)
    add(browser, cheese, mesure="parts", parts="8")
    page = browser.get("/panier")
    assert "En prendre 6 tranches" in text(page)
    (line,) = lines(browser)
    browser.post("/panier", basket_form(browser, prendre=str(line.id)))
    assert wanted(browser) == (Decimal("0.960"), 6)


def test_nonsense_in_portions_is_said_where_it_was_typed(browser: Client, real_input: Path) -> None:
    cheese = a_cheese()
    assert "Écrivez un nombre entier" in text(add(browser, cheese, mesure="parts", parts="1,5"))
    add(browser, cheese, mesure="parts", parts="1")
    (line,) = lines(browser)
    hostile = ["sNaN", "1e9999", "-1", "9" * 4000, "\x00", *naughty(real_input)[::9]]
    for said in typed(hostile, f"parts-{line.id}", "mesurer", "prendre"):
        assert browser.post("/panier", basket_form(browser, **said)).status_code in {200, 303}
    for said in typed(hostile, "parts", "mesure"):
        assert add(browser, cheese, **said).status_code in {200, 303}


def test_the_link_says_her_words_then_the_weight_and_the_price(browser: Client) -> None:
    part = ordered(browser, a_cheese())
    link = f"/commande/{part.order.secret}"
    page = text(browser.get(link))
    assert "2 tranches, environ 320 g · Comté" in page and "environ 6,40 €" in page
    assert page.count("Prix au poids servi") == 1
    assert weighed(part, "0.330").state == State.READY
    page = text(browser.get(link))
    assert "330 g · Comté demandé : 2 tranches, environ 320 g 6,60 €" in page
    assert "Prix au poids servi" not in page


def weighed(part: ShopOrder, kilograms: str) -> ShopOrder:
    now = ShopOrder.objects.get(pk=part.pk)
    on_scale = weigh.on_the_scale(now, now.lines.all())
    weights = {line.id: Decimal(kilograms) for line in on_scale}
    weigh.weigh(now, weights, seen=weigh.as_seen(now, on_scale), by=SYSTEM)
    return ShopOrder.objects.get(pk=part.pk)


def test_a_yes_that_comes_after_another_weighing_is_not_taken_for_a_yes_to_it(browser: Client) -> None:
    part = ordered(browser, a_cheese())
    weighed(part, "0.400")
    link = f"/commande/{part.order.secret}"
    page = text(browser.get(link))
    assert "demandé 2 tranches, environ 320 g, servi 400 g : 8,00 € au lieu de 6,40 €" in page
    weighed(part, "0.450")
    answer = browser.post(f"{link}/accepter", {"part": str(part.id), "vu": "8.00"})
    assert "La boutique vient de peser encore une fois" in text(answer) and "9,00 €" in text(answer)
    assert browser.post(f"{link}/accepter", {"part": str(part.id), "vu": "9.00"}).status_code == 303
    assert "Ce n'est plus possible : la commande est prête." in text(
        browser.post(f"{link}/accepter", {"part": str(part.id), "vu": "9.00"})
    )


def test_she_changes_portions_or_asks_by_weight_instead(browser: Client) -> None:
    part = ordered(browser, a_cheese())
    (line,) = part.lines.all()
    address = f"/commande/{part.order.secret}/modifier"
    assert f'name="parts-{line.id}"' in browser.get(f"{address}?chez={part.id}").content.decode()
    browser.post(address, {"part": str(part.id), f"parts-{line.id}": "3"})
    line.refresh_from_db()
    assert (line.ordered, line.portions) == (Decimal("0.480"), 3)
    by_weight = browser.get(f"{address}?chez={part.id}&poids={line.id}").content.decode()
    assert f'name="quantite-{line.id}" value="450"' in by_weight
    browser.post(address, {"part": str(part.id), f"quantite-{line.id}": "450", "poids": str(line.id)})
    line.refresh_from_db()
    assert line.portions == 3  # as it was shown: nothing was changed
    browser.post(address, {"part": str(part.id), f"quantite-{line.id}": "500"})
    line.refresh_from_db()
    assert (line.ordered, line.portions) == (Decimal("0.500"), None)
