# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the basket, the checkout and the order's page say when something is not as one thought."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from tests import factories
from tests.doors.storefront.test_order_path import CONTACT, add, basket_form, checkout, hidden, lines, text

from halles.domain.catalogue.models import Availability
from halles.domain.orders.actions import prepare
from halles.domain.orders.rules import IfMissing
from halles.domain.shops import actions as shops
from halles.kernel.actor import SYSTEM

pytestmark = pytest.mark.django_db


def test_what_is_over_asks_for_no_money(browser: Client) -> None:
    cancelled = factories.an_order()
    address = f"/commande/{cancelled.secret}"
    assert "À payer à la boutique" in text(browser.get(address))
    prepare.cancel(cancelled.shop_orders.get(), by=SYSTEM)
    page = text(browser.get(address))
    assert "Rien n'est à payer" in page and "À payer à la boutique" not in page

    handed = factories.an_order()
    for step in (prepare.accept, prepare.ready, prepare.hand_over):
        step(handed.shop_orders.get(), by=SYSTEM)
    page = text(browser.get(f"/commande/{handed.secret}"))
    assert "Payé à la boutique" in page and "À payer à la boutique" not in page


def test_what_the_customer_took_out_is_not_counted(browser: Client) -> None:
    shop = factories.a_shop()
    order = factories.an_order(
        factories.a_variant(shop, name="Fougasse"), factories.a_variant(shop, name="Brioche")
    )
    part = order.shop_orders.get()
    out = part.lines.get(name="Fougasse")
    browser.post(
        reverse("storefront:change", args=[order.secret]), {"part": part.id, f"quantite-{out.id}": "0"}
    )
    page = text(browser.get(f"/commande/{order.secret}"))
    assert "0 × Fougasse" not in page and "Fougasse vous l'avez retiré" in page


def test_a_closed_day_is_told_at_the_stop(browser: Client) -> None:
    variant = factories.a_variant()
    add(browser, variant)
    tomorrow = factories.tomorrow()
    wish = {"jour": tomorrow.isoformat(), "heure": "10:00"}
    browser.post("/panier", basket_form(browser, **wish))
    assert "au plus tôt" not in text(browser.get("/panier")).lower()
    shop = variant.product.shop
    shops.close_days(shop, tomorrow, tomorrow, reason="", by=SYSTEM)
    for address in ("/panier", "/panier/commander"):
        assert "Fermé demain : au plus tôt" in text(browser.get(address)), address


def test_a_later_hour_or_day_is_told_at_the_stop(browser: Client) -> None:
    variant = factories.a_variant(availability=Availability.TO_ORDER, delay_days=5)
    add(browser, variant)
    browser.post("/panier", basket_form(browser, jour=factories.tomorrow().isoformat()))
    assert "Pas possible demain : au plus tôt" in text(browser.get("/panier"))
    shop = variant.product.shop
    shops.set_hours(shop.places.get(), [(day, dt.time(14), dt.time(18)) for day in range(7)], by=SYSTEM)
    later = factories.tomorrow() + dt.timedelta(days=8)
    browser.post("/panier", basket_form(browser, jour=later.isoformat(), heure="09:00"))
    assert "Au plus tôt à 14 h ce jour-là" in text(browser.get("/panier"))


def test_too_many_are_told_how_many_one_may_take(browser: Client) -> None:
    variant = factories.a_variant()
    assert "999 au plus" in text(add(browser, variant, "9999"))
    add(browser, variant)
    line = lines(browser)[0]
    said = text(browser.post("/panier", basket_form(browser, **{f"quantite-{line.id}": "9999"})))
    assert "999 au plus" in said and "comptez 1 au moins" not in said


def test_nobody_is_called_without_a_number(browser: Client) -> None:
    variant = factories.a_variant()
    add(browser, variant)
    said = "Une boutique ne peut vous appeler sans numéro"
    assert said in text(browser.get("/panier/commander"))
    assert said not in text(checkout(browser, nom="", telephone="0549123456"))
    line = lines(browser)[0]
    browser.post("/panier", basket_form(browser, **{f"absent-{line.id}": IfMissing.REMOVE}))
    assert said not in text(browser.get("/panier/commander"))


def test_a_basket_that_is_gone_is_told(browser: Client) -> None:
    add(browser, factories.a_variant())
    form = hidden(browser.get("/panier/commander").content.decode()) | CONTACT
    del browser.cookies["panier"]
    posted = browser.get(browser.post("/panier/commander", form)["Location"])
    assert "Votre panier s'est effacé" in text(posted) and "Rien n'a été commandé" in text(posted)
    opened = text(browser.get(browser.get("/panier/commander")["Location"]))
    assert "Votre panier n'est plus là" in opened and "Rien n'a été commandé" not in opened
    assert "Votre panier est vide" in text(browser.get("/panier"))
