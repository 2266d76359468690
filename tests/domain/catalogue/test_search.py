# SPDX-License-Identifier: AGPL-3.0-or-later
"""Finding products by words, on both databases."""

from decimal import Decimal

import pytest
from tests import factories

from halles.domain.catalogue import actions, search, shelf
from halles.domain.catalogue.actions import ProductFacts, VariantFacts
from halles.domain.catalogue.models import Product
from halles.domain.shops.models import Market, Shop
from halles.kernel.actor import SYSTEM

pytestmark = pytest.mark.django_db


def named(market: Market, text: str, **narrowed: object) -> list[str]:
    """The names of what is found, the best first."""
    found = search.find(market, text, **narrowed)
    names = dict(Product.objects.filter(id__in=found.ids).values_list("id", "name"))
    return [names[product_id] for product_id in found.ids]


AS_TYPED = {
    "crepe": "Crêpes de froment",
    "CRÊPES": "Crêpes de froment",
    "oeufs": "Œufs de plein champ",
    "œuf": "Œufs de plein champ",
    "cheval": "Chevaux de bois",
    "gâteaux": "Gâteau au noix",
    "pian": "Pain complet",
    "marinère": "Marinière écrue",
    "foulards violettes": "Foulard violet",
    "l'huile d'olive": "Huile d'olive",
    "9782070360024": "Un livre",
    "marinière rouge": "Marinière écrue",
}


def test_french_as_it_is_typed() -> None:
    shop = factories.a_shop()
    for name in ("Crêpes de froment", "Œufs de plein champ", "Chevaux de bois", "Gâteau au noix", "Pain complet",
                 "Foulard violet", "Huile d'olive"):  # fmt: skip
        factories.a_product(shop, name=name)
    factories.a_product(shop, name="Un livre", variants=[VariantFacts(gtin="9782070360024")])
    factories.a_product(
        shop,
        name="Marinière écrue",
        variants=[VariantFacts(size="M", colour="écru"), VariantFacts(size="M", colour="rouge")],
    )
    assert {typed: named(shop.market, typed) for typed in AS_TYPED} == {
        typed: [found] for typed, found in AS_TYPED.items()
    }


def test_a_slip_is_told_in_the_word_that_was_searched() -> None:
    shop = factories.a_shop()
    factories.a_product(shop, name="Crêpes")
    assert search.find(shop.market, "crêqes").instead == {"creqes": ["crêpes"]}


PROPOSED = {
    "noël": [],  # a short word is right, unless two letters changed places
    "vniaigre": ["vinaigre"],
    "vêtements": [],  # two slips, but not at the beginning
    "vinnegre": ["vinaigre"],
    "librairie": [],  # a word of the town
    "tovels": ["novels"],
}


def test_far_fetched_words_are_not_proposed() -> None:
    shop = factories.a_shop()
    for name in ("Novels", "Lentement", "Vinaigre", "Libraires"):
        factories.a_product(shop, name=name)
    found = {
        typed: search.find(shop.market, typed, never_corrected={search.stem("librairie")})
        for typed in PROPOSED
    }
    assert {
        typed: [word for words in f.instead.values() for word in words] for typed, f in found.items()
    } == PROPOSED


def test_names_come_before_descriptions_and_new_before_old() -> None:
    shop = factories.a_shop()
    for name, description in (("Pain", ""), ("Confiture", "Sur du pain."), ("Pain de seigle", "")):
        factories.a_product(shop, name=name, description=description)
    assert named(shop.market, "pain") == ["Pain de seigle", "Pain", "Confiture"]


def test_narrowed_to_a_branch_of_the_tree_or_a_shop() -> None:
    market = factories.a_market()
    food = factories.a_category(market, name="Alimentation")
    cheese = factories.a_category(market, name="Fromages", parent=food)
    one, other = factories.a_shop(market), factories.a_shop(market)
    factories.a_product(one, name="Comté", category=cheese)
    factories.a_product(other, name="Comté doux")
    assert named(market, "comté", category=food) == ["Comté"]
    assert named(market, "comté", shop=other) == ["Comté doux"]
    assert named(market, "", shop=one) == ["Comté"]
    assert named(market, "fromages") == ["Comté"]


def test_only_what_is_on_sale_as_it_is_now() -> None:
    shop = factories.a_shop()
    product = factories.a_product(shop, name="Pain")
    other_market = factories.a_market()
    assert named(other_market, "pain") == []
    actions.change(product, ProductFacts(name="Brioche", price=Decimal(3)), by=SYSTEM)
    assert (named(shop.market, "pain"), named(shop.market, "brioche")) == ([], ["Brioche"])
    actions.set_status(product, Product.Status.WITHDRAWN, by=SYSTEM)
    assert named(shop.market, "brioche") == []
    actions.set_status(product, Product.Status.ONLINE, by=SYSTEM)
    assert named(shop.market, "brioche") == ["Brioche"]
    Shop.objects.filter(pk=shop.pk).update(standing=Shop.Standing.SUSPENDED)
    assert named(shop.market, "brioche") == []


HOSTILE = ["de la", "'", '"', "a AND b OR (", "pain*", "_m", "\x00", "💩", "NEAR(", "x" * 5000, "-pain", ":"]


def test_hostile_words_find_nothing_and_break_nothing() -> None:
    shop = factories.a_shop()
    factories.a_product(shop, name="Brioche")
    assert [typed for typed in HOSTILE if named(shop.market, typed)] == []


def test_as_many_queries_for_many_products_as_for_few(django_assert_max_num_queries: object) -> None:
    shop = factories.a_shop()
    for _ in range(12):
        factories.a_product(shop, name="Pain complet")
    with django_assert_max_num_queries(4):  # type: ignore[operator]
        assert len(search.find(shop.market, "pains complets").ids) == 12
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        search.index(list(Product.objects.select_related("shop")))


def test_a_shop_finds_all_its_own_by_how_a_word_begins_and_nobody_else_its_drafts() -> None:
    shop = factories.a_shop(name="Au Pull de laine")
    sized = [VariantFacts("M", "marine", reference="PM-77", gtin="9782070360024")]
    draft = factories.a_product(shop, name="Pull des Œuvres", variants=sized, online=False)
    gone = factories.a_product(shop, name="Confitures d'abricot")
    actions.set_status(gone, Product.Status.WITHDRAWN, by=SYSTEM)
    factories.a_product(name="Pull et confiture d'une autre boutique")

    def own(typed: str) -> list[str]:
        return [product.name for product in shelf.products(shop, words=typed)]

    both = ["Confitures d'abricot", "Pull des Œuvres"]
    found = {
        "PUL": [draft.name], "oeuvre pul": [draft.name], "p": [draft.name], "pull abricot": [], "pm 77": [draft.name],
        "9782070360024": [draft.name], "confit d'abricots": [gone.name], " ": both, "ull": [], "laine": [], "💩": [], "%": [],
    }  # fmt: skip
    assert {typed: own(typed) for typed in found} == found
    assert [named(shop.market, typed) for typed in ("pull", "abricot", "confitures")] == [[], [], []]
    assert search.find(shop.market, "oeuvrse").instead == {}, "its words are proposed to nobody"
    actions.set_status(gone, Product.Status.DELETED, by=SYSTEM)
    assert own("confiture") == []
