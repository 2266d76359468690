# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the pages of shops and articles say of how goods are had, before anything is in a basket."""

import datetime as dt
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests import factories
from tests.factories import a_shop, a_variant, a_way

from halles.domain.catalogue.models import Product
from halles.domain.fulfilment import actions as fulfilment
from halles.domain.fulfilment.rules import Terms
from halles.domain.shops.models import Place, Shop
from halles.kernel.actor import SYSTEM

pytestmark = pytest.mark.django_db

EVERY_DAY_AT_FIVE = [(day, dt.time(17), dt.time(19)) for day in range(7)]


def page(browser: Client, of: Shop | Product, where: str = "") -> str:
    """The page of a shop or an article, as somebody reads it who lives there."""
    name, args = (
        ("storefront:shop", [of.slug])
        if isinstance(of, Shop)
        else ("storefront:product", [of.shop.slug, of.slug])
    )
    answer = browser.get(reverse(name, args=args) + where)
    assert answer.status_code == 200
    return " ".join(unescape(answer.content.decode()).split())


def only_delivering(*areas: str, **setting: object) -> tuple[Shop, Product]:
    """A shop whose counter hands nothing over, and an article of it."""
    shop = a_shop()
    counter = shop.places.get(kind=Place.Kind.COUNTER)
    fulfilment.turn(counter, on=False, by=SYSTEM)
    a_way(shop, Place.Kind.ROUND, *areas, hours=EVERY_DAY_AT_FIVE, **setting)
    return shop, a_variant(shop).product


def test_a_shop_that_only_delivers_is_not_closed(browser: Client) -> None:
    shop, product = only_delivering("86000")
    for said in (page(browser, product), page(browser, shop)):
        assert "livré dès" in said
        assert "fermée" not in said
    assert "Ajouter au panier" in page(browser, product)


def test_who_lives_beyond_a_round_is_told_on_the_page(browser: Client) -> None:
    _shop, product = only_delivering("86000", terms=Terms(Decimal(4), Decimal(30), Decimal(10)))
    inside, outside = page(browser, product, "?ou=86000"), page(browser, product, "?ou=86240")
    assert "Ajouter au panier" in inside and "offert dès 30" in inside
    assert "à partir de 10,00 € d'achats" in inside
    assert "La boutique ne livre pas à 86240" in outside and "Ajouter au panier" not in outside


def test_each_way_says_when_what_it_costs_and_until_when_one_may_order(browser: Client) -> None:
    shop = a_shop()
    product = a_variant(shop).product
    assert "Comment le recevoir" not in page(browser, product)  # there is but the counter
    a_way(
        shop,
        Place.Kind.ROUND,
        "86000",
        hours=EVERY_DAY_AT_FIVE,
        terms=Terms(Decimal(4)),
        cutoff_days=1,
        cutoff_time=dt.time(12),
    )
    depot = a_way(shop, Place.Kind.DEPOT, hours=EVERY_DAY_AT_FIVE, minutes=60, capacity=1)
    for of in (product, shop):
        said = page(browser, of, "?n=2")
        assert "chez vous entre 17" in said and "4,00" in said and "commander avant" in said
        assert depot.name in said
        assert "Et chez moi" in said and "Et chez moi" not in page(browser, of, "?ou=86000")


def test_an_article_is_had_in_the_first_way_that_has_room(browser: Client) -> None:
    shop = a_shop()
    counter, depot = a_way(shop, minutes=30, capacity=4), a_way(shop, Place.Kind.DEPOT)
    product = a_variant(shop).product

    def first_line(where: str) -> str:
        return page(browser, product, where).partition("Comment le recevoir")[0]

    assert depot.name not in first_line("?n=1")
    fulfilment.turn(counter, on=False, by=SYSTEM)
    assert depot.name in first_line("?n=2")
    fulfilment.turn(depot, on=False, by=SYSTEM)
    assert "La boutique est fermée" in first_line("?n=3")


def test_ways_of_many_shops_are_read_in_a_constant_number_of_queries(
    browser: Client, django_assert_max_num_queries: Any
) -> None:
    market = factories.a_market()
    for _ in range(6):
        shop = a_shop(market)
        a_way(shop, minutes=30, capacity=4)
        a_way(shop, Place.Kind.ROUND, "86000", capacity=10)
        a_variant(shop)
    with django_assert_max_num_queries(14):
        assert browser.get(reverse("storefront:front")).status_code == 200
