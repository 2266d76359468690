# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whatever is typed on the way to an order, it is kept or said to be wrong; nothing breaks."""

import uuid
from typing import Any

import pytest
from django.test import Client
from tests import factories
from tests.doors.storefront.test_order_path import add, basket_form, checkout, lines, text
from tests.naughty import naughty, typed

from halles.domain.catalogue import actions as catalogue
from halles.domain.catalogue.models import Product
from halles.domain.shops.models import Shop
from halles.kernel.actor import SYSTEM

pytestmark = pytest.mark.django_db


QUANTITIES = [
    "",
    "0",
    "-1",
    "NaN",
    "sNaN",
    "Infinity",
    "1e400",
    "1e-9",
    "9" * 400,
    "1,5",
    "beaucoup",
    "\x00",
    "½",
    "٣.٥",
]


def test_a_wrong_quantity_is_said_where_it_was_typed() -> None:
    variant = factories.a_variant()
    for quantity in QUANTITIES:
        browser = Client(headers={"Sec-Fetch-Site": "same-origin"})
        response = add(browser, variant, quantity or " ", note="gardé")
        if response.status_code == 200:
            assert 'value="gardé"' in response.content.decode(), quantity
            assert 'class="error"' in response.content.decode(), quantity
        add(browser, variant)
        line = lines(browser)[0]
        answer = browser.post("/panier", basket_form(browser, **{f"quantite-{line.id}": quantity}))
        assert answer.status_code in {200, 303}, quantity


def test_nonsense_everywhere_breaks_nothing(browser: Client) -> None:
    product = factories.a_product()
    assert "n'est plus en vente" in text(browser.post("/panier", {"variante": "pas-un-uuid"}))
    assert "n'est plus en vente" in text(browser.post("/panier", {"variante": uuid.uuid4()}))
    catalogue.set_status(product, Product.Status.WITHDRAWN, by=SYSTEM)
    assert "n'est plus en vente" in text(add(browser, product.variants.get()))
    assert "Votre panier est vide" in text(browser.get("/panier"))
    assert browser.post("/panier", {"jour": "x"}).status_code == 302
    assert browser.get("/panier/commander").status_code == 303
    add(browser, factories.a_variant(factories.a_shop(Shop.objects.get().market)))
    said = browser.post("/panier", basket_form(browser, jour="2019-02-31"))
    assert "Choisissez un jour" in text(said)
    for key in ("", "x", "\x00"):
        form = {"key": key, "seen": key, "nom": "", "courriel": "@", "telephone": "12"}
        assert browser.post("/panier/commander", form).status_code == 200
    wrong = checkout(browser, courriel="pas une adresse", nom="Gardé")
    assert (
        "Cette adresse électronique n'est pas complète" in text(wrong)
        and 'value="Gardé"' in wrong.content.decode()
    )
    browser.cookies["panier"] = "\x01'; drop"
    assert browser.get("/panier").status_code == 200


@pytest.mark.corpus
def test_naughty_strings_are_kept_or_told(browser: Client, real_input: Any) -> None:
    words = naughty(real_input)
    variants = [factories.a_variant(shop) for shop in [factories.a_shop()] * 4]
    for variant in variants:
        add(browser, variant)
    for said in typed(words[::3], "q", "jour", "rayon", "page"):
        assert browser.get("/recherche", said).status_code == 200, said
    for said in typed(words[::3], *(f"note-{line.id}" for line in lines(browser)), "heure"):
        assert browser.post("/panier", basket_form(browser, **said)).status_code in {200, 303}, said
    for string in words[::60]:
        answer = checkout(browser, nom=string, telephone="0549123456", courriel="")
        assert answer.status_code in {200, 303}, string
        if answer.status_code == 303:
            assert browser.get(answer["Location"]).status_code == 200
            add(browser, variants[0])
