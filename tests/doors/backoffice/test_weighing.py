# SPDX-License-Identifier: AGPL-3.0-or-later
"""The page of the scale: from « Aujourd'hui » and back, with what was typed kept, whoever else is at work."""

import html
from decimal import Decimal
from pathlib import Path

from django.test import Client
from django.utils import translation
from pytest_django import DjangoAssertNumQueries
from tests import factories as make
from tests.naughty import naughty, typed

from halles.domain.catalogue.models import Portion, Product
from halles.domain.orders.actions import baskets, prepare
from halles.domain.orders.models import ShopOrder
from halles.domain.orders.rules import State
from halles.domain.shops.models import Shop
from halles.kernel.actor import SYSTEM
from halles.kernel.units import Unit


def accepted(shop: Shop, *, kinds: int = 1) -> ShopOrder:
    """Two portions of each of some cheeses, to be prepared."""
    basket = baskets.new_basket(shop.market)
    for number in range(kinds):
        cheese = make.a_variant(
            shop, name=f"Fromage {number}", unit=Unit.KILOGRAM, price=Decimal(20), portion=Portion.PART,
            portion_weight=Decimal("0.300"),
        )  # fmt: skip
        baskets.put(basket, cheese, Decimal(2), in_portions=True)
    part = make.place_order(basket).shop_orders.get()
    prepare.accept(part, by=SYSTEM)
    return part


def scale(order: ShopOrder) -> str:
    return f"/gestion/commandes/{order.id}/peser"


def form(merchant: Client, order: ShopOrder, *weights: str) -> dict[str, str]:
    """What the page sends when these are typed."""
    shown = merchant.get(scale(order)).context
    sent = {f"weight-{one.line.id}": weight for one, weight in zip(shown["lines"], weights, strict=False)}
    return sent | {"seen": shown["seen"]}


def words(page: bytes) -> str:
    return " ".join(html.unescape(page.decode()).replace("\u202f", " ").replace("\xa0", " ").split())


def stands(order: ShopOrder) -> tuple[str, Decimal]:
    fresh = ShopOrder.objects.get(pk=order.pk)
    return fresh.state, fresh.total


def test_the_button_of_today_leads_to_the_scale_and_back(merchant: Client, shop: Shop) -> None:
    order = accepted(shop)
    assert "environ 12,00 €" in words(merchant.get("/gestion/").content)
    answer = merchant.post(f"/gestion/commandes/{order.id}/prete", {"back": "today"})
    assert (answer.status_code, answer["Location"]) == (303, f"{scale(order)}?back=today")
    answer = merchant.post(scale(order), form(merchant, order, "612 g") | {"back": "today"})
    assert (answer.status_code, answer["Location"]) == (303, "/gestion/")
    assert "prête : 12,24 €" in words(merchant.get("/gestion/").content)
    assert stands(order) == (State.READY, Decimal("12.24"))


def test_what_was_typed_is_kept_and_each_trouble_said_beside_its_line(merchant: Client, shop: Shop) -> None:
    order = accepted(shop, kinds=5)
    page = words(merchant.post(scale(order), form(merchant, order, "610", "0", "40 kg", "six", "")).content)
    assert "Écrivez le poids en grammes, par exemple 412." in page
    assert 'value="610"' in page and 'value="40 kg"' in page and 'value="six"' in page
    page = words(merchant.post(scale(order), form(merchant, order, "610", "0", "40 kg", "590", "")).content)
    assert page.count("Écrivez le poids, ou dites qu'il manque.") == 2
    assert "Vous avez écrit 40 kg pour 600 g demandés." in page
    assert stands(order) == (State.ACCEPTED, Decimal(60))


def test_a_second_press_confirms_the_weight_that_stood_there(merchant: Client, shop: Shop) -> None:
    order = accepted(shop)
    sent = form(merchant, order, "40 kg")
    (shown,) = merchant.post(scale(order), sent).context["lines"]
    sure = {f"sure-{shown.line.id}": shown.confirms}
    other = merchant.post(scale(order), sent | sure | {f"weight-{shown.line.id}": "50 kg"})
    assert "Vous avez écrit 50 kg" in words(other.content)
    assert merchant.post(scale(order), sent | sure).status_code == 303
    assert stands(order) == (State.TO_AGREE, Decimal(800))


def test_who_comes_second_is_told_and_writes_over_nothing(merchant: Client, shop: Shop) -> None:
    order = accepted(shop)
    old = form(merchant, order, "620")
    merchant.post(scale(order), old)
    page = words(merchant.post(scale(order), old | {next(iter(old)): "590"}).content)
    assert "Entre-temps : Commande prête · 12,40 €" in page and 'value="590"' in page
    assert stands(order) == (State.READY, Decimal("12.40"))
    again = form(merchant, order, "590")  # with what stands there before him
    assert merchant.post(scale(order), again).status_code == 303
    assert stands(order) == (State.READY, Decimal("11.80"))


def test_at_the_counter_it_is_weighed_and_handed_over_in_one_breath(merchant: Client, shop: Shop) -> None:
    order = accepted(shop)
    by_code = merchant.get(f"/gestion/remise/{order.code}")
    assert scale(order) in by_code.content.decode()
    sent = form(merchant, order, "600") | {"hand_over": "1"}
    for _twice in range(2):
        answer = merchant.post(scale(order), sent)
        assert (answer.status_code, stands(order)) == (303, (State.HANDED_OVER, Decimal(12)))
        assert "remise : 12,00 €" in words(merchant.get(answer["Location"]).content)
    assert merchant.get(scale(order)).status_code == 303


def test_by_telephone_she_says_yes_to_the_price_on_the_page(merchant: Client, shop: Shop) -> None:
    order = accepted(shop)
    merchant.post(scale(order), form(merchant, order, "700"))
    page = merchant.get(f"/gestion/commandes/{order.id}")
    assert "demandé 2 parts, environ 600 g, servi 700 g : 14,00 € au lieu de 12,00 €" in words(page.content)
    agreed = f"/gestion/commandes/{order.id}/accord"
    merchant.post(agreed, {"seen": "13.00"})
    assert stands(order) == (State.TO_AGREE, Decimal(14))
    for _twice in range(2):
        answer = merchant.post(agreed, {"seen": "14.00"})
        assert "le client est d'accord" in words(merchant.get(answer["Location"]).content)
    assert stands(order) == (State.READY, Decimal(14))


def test_nonsense_on_the_scale_is_said_and_changes_nothing(
    merchant: Client, shop: Shop, real_input: Path
) -> None:
    order = accepted(shop, kinds=3)
    fields = [*list(form(merchant, order, "", "", "")), "back", "sure-x"]
    for sent in typed(
        [
            *naughty(real_input),
            "\x00",
            "\ud800".encode("utf-16", "surrogatepass").decode("latin1"),
            "9" * 5000,
        ],
        *fields,
    ):
        assert merchant.post(scale(order), sent).status_code == 200
    assert stands(order) == (State.ACCEPTED, Decimal(36))


def test_the_scale_takes_the_same_queries_whatever_lies_on_it(
    merchant: Client, shop: Shop, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    few, many = accepted(shop), accepted(shop, kinds=8)
    for order in (few, many):
        with django_assert_max_num_queries(13):
            merchant.get(scale(order))


def test_a_portion_is_named_in_the_form_and_has_a_weight(merchant: Client, shop: Shop) -> None:
    product = make.a_product(shop, unit=Unit.KILOGRAM, name="Comté")
    said = {"name": "Comté", "price": "24,80", "unit": "kg", "availability": "available", "kind": "food"}
    address = f"/gestion/articles/{product.id}"
    page = merchant.post(address, said | {"portion": "part"})
    assert "Écrivez ce que pèse à peu près une portion" in words(page.content)
    for weight, kept in (("300 g", "0.300"), ("1,2 kg", "1.200"), ("250", "0.250")):
        merchant.post(address, said | {"portion": "part", "portion_weight": weight})
        now = Product.objects.get(pk=product.pk)
        assert (now.portion, now.portion_weight) == ("part", Decimal(kept))
    with translation.override("fr"):
        assert 'value="250"' in merchant.get(address).content.decode()
    merchant.post(address, said | {"unit": "piece", "portion": "part", "portion_weight": "250"})
    now = Product.objects.get(pk=product.pk)
    assert (now.portion, now.portion_weight) == ("", 0)
