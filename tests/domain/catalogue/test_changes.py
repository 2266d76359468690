# SPDX-License-Identifier: AGPL-3.0-or-later
"""Many standing products become something else in one go: each for itself, none with half of it."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories import a_product, a_shop

from halles.domain.catalogue import actions as catalogue
from halles.domain.catalogue import reads, shelf
from halles.domain.catalogue.actions import (
    Change,
    ProductFacts,
    Snapshot,
    VariantFacts,
    change_many,
    facts_of,
)
from halles.domain.catalogue.actions.snapshots import as_json, from_json
from halles.domain.catalogue.models import Availability, Portion, Price, Product, Variant
from halles.domain.catalogue.search import find
from halles.domain.shops.models import Shop
from halles.domain.stock import actions as stock
from halles.domain.stock.reads import available
from halles.kernel.actor import SYSTEM

pytestmark = pytest.mark.django_db

HONEY, BREAD = "3017620422003", "4006381333931"


def priced(product: Product, price: str, **facts: Any) -> Change:
    """The product with one price for all of its variants."""
    said = facts_of(product)
    variants = [replace(variant, price=Decimal(price)) for variant in said.variants]
    return Change(product, replace(said, price=Decimal(price), **({"variants": variants} | facts)))


def on_shelf(shop: Shop) -> list[Product]:
    return list(shelf.products(shop))


def prices(product: Product) -> list[Decimal]:
    return list(Price.objects.filter(variant__product=product).values_list("amount", flat=True))


def test_each_is_changed_or_refused_for_itself() -> None:
    shop = a_shop()
    for name in ("Miel", "Pain", "Sel"):
        a_product(shop, name=name, price=Decimal(3))
    honey, bread, salt = on_shelf(shop)
    refused = change_many(shop, [priced(honey, "4", name="Nectar"), priced(bread, "-1"), priced(salt, "3")])
    assert [one and one.code for one in refused] == [None, "catalogue.price_negative", None]
    assert (honey.choices[0].price, prices(honey)) == (Decimal(4), [Decimal(3), Decimal(4)])
    assert (bread.name, prices(bread), prices(salt)) == ("Pain", [Decimal(3)], [Decimal(3)])
    assert find(shop.market, "nectar").ids == [honey.id]
    assert facts_of(Product.objects.get(pk=honey.id)) == facts_of(honey)


def test_what_is_refused_leaves_nothing_of_it_in_the_record() -> None:
    shop = a_shop()
    other = a_product(shop, name="Miel", variants=[VariantFacts(gtin=HONEY)])
    bread = a_product(shop, name="Pain", price=Decimal(2))
    product = next(one for one in on_shelf(shop) if one.id == bread.id)
    (refused,) = change_many(
        shop, [priced(product, "9", name="Brioche", variants=[VariantFacts(gtin=HONEY)])]
    )
    assert (refused and refused.code, product.name) == ("catalogue.gtin_taken", "Pain")
    assert other.variants.get().gtin == f"0{HONEY}"


def test_codes_move_from_one_to_another_and_within_one() -> None:
    shop = a_shop()
    a_product(shop, name="Miel", variants=[VariantFacts("S", gtin=HONEY), VariantFacts("L")])
    a_product(shop, name="Pain", variants=[VariantFacts(gtin=BREAD)])
    honey, bread = on_shelf(shop)
    moved = [VariantFacts("S", gtin=BREAD), VariantFacts("L", gtin=HONEY)]
    changes = [priced(bread, "4", variants=[VariantFacts()]), priced(honey, "4", variants=moved)]
    assert change_many(shop, changes) == [None, None]
    assert [v.gtin for v in honey.choices] == [f"0{BREAD}", f"0{HONEY}"]
    back = [
        priced(honey, "4", variants=[VariantFacts("S", gtin=HONEY)]),
        priced(bread, "4", variants=[VariantFacts(gtin=BREAD)]),
    ]
    assert change_many(shop, back) == [None, None]
    assert [v.gtin for v in Product.objects.get(pk=honey.id).choices] == [f"0{HONEY}"]


def test_two_sizes_exchange_their_codes() -> None:
    shop = a_shop()
    a_product(shop, variants=[VariantFacts("S", gtin=HONEY), VariantFacts("L", gtin=BREAD)])
    (product,) = on_shelf(shop)
    swapped = [VariantFacts("S", gtin=BREAD), VariantFacts("L", gtin=HONEY)]
    assert change_many(shop, [priced(product, "4", variants=swapped)]) == [None]
    assert [v.gtin for v in Product.objects.get(pk=product.id).choices] == [f"0{BREAD}", f"0{HONEY}"]


def test_a_size_that_nobody_names_is_archived_and_stock_stays() -> None:
    shop = a_shop()
    made = a_product(shop, stock_of=5, variants=[VariantFacts("S"), VariantFacts("M")])
    (product,) = on_shelf(shop)
    change_many(shop, [priced(product, "6", variants=[VariantFacts("M"), VariantFacts("L")])])
    assert (
        [v.size for v in Product.objects.get(pk=made.id).choices]
        == ["M", "L"]
        == [v.size for v in product.choices]
    )
    medium = product.choices[0]
    assert available([medium.id])[medium.id, None] == Decimal(5)
    assert Variant.objects.filter(product=made, archived=True).count() == 1


def test_addresses_follow_the_names_of_drafts_only() -> None:
    shop = a_shop()
    a_product(shop, name="Miel", online=False)
    a_product(shop, name="Pain", online=False)
    a_product(shop, name="Sel")
    honey, bread, salt = on_shelf(shop)
    assert change_many(shop, [priced(p, "4", name="Nectar") for p in (honey, bread, salt)]) == [None] * 3
    assert [p.slug for p in (honey, bread, salt)] == ["nectar", "nectar-2", "sel"]
    catalogue.set_status(bread, Product.Status.ONLINE, by=SYSTEM)
    found, _others = reads.by_slug(shop, "pain")
    assert found == bread
    (bread,) = shelf.products(shop, status="online", words="nectar")[:1]
    assert change_many(shop, [priced(honey, "4", name="Miel")]) == [None]  # back to where it was
    assert honey.slug == "miel"


def test_status_and_sold_out_are_changed_with_the_facts_or_without() -> None:
    shop = a_shop()
    free = a_product(shop, name="Conseil", price=Decimal(0), online=False)
    honey = a_product(shop, name="Miel", online=False)
    ids = {v.id for v in honey.choices}
    refused = change_many(
        shop,
        [
            Change(free, status=Product.Status.ONLINE),
            Change(honey, status=Product.Status.ONLINE, sold_out=ids),
        ],
    )
    assert [one and one.code for one in refused] == ["catalogue.price_missing", None]
    assert (free.status, honey.status, honey.choices[0].sold_out) == ("draft", "online", True)
    assert find(shop.market, "miel").ids == [honey.id]
    assert change_many(shop, [Change(honey, sold_out=())]) == [None]
    assert not Variant.objects.get(product=honey).sold_out


def test_a_unique_piece_stays_counted() -> None:
    shop = a_shop()
    a_product(shop, is_unique=True)
    (product,) = on_shelf(shop)
    change_many(shop, [Change(product, replace(facts_of(product), availability=Availability.DAILY))])
    assert product.availability == Availability.COUNTED
    stock.count(product.choices[0], Decimal(1), by=SYSTEM)


def test_the_number_of_queries_does_not_grow() -> None:
    spent = []
    for number in (3, 30):
        shop = a_shop()
        two = [VariantFacts("S"), VariantFacts("L")]
        said = [catalogue.ProductFacts(f"Pot {n}", Decimal(2), variants=two) for n in range(number)]
        catalogue.create_many(shop, said, statuses=[Product.Status.ONLINE] * number)
        changes = [
            priced(one, "7", name=f"Bol {one.name}", variants=[VariantFacts("S"), VariantFacts("M")])
            for one in on_shelf(shop)
        ]
        with CaptureQueriesContext(connection) as queries:
            change_many(shop, changes)
        spent.append(len(queries))
    assert spent[1] <= spent[0] < 25


def test_a_size_without_a_price_of_its_own_costs_what_the_article_costs() -> None:
    sizes = [VariantFacts("S"), VariantFacts("L", price=Decimal(6))]
    assert ProductFacts("Miel", Decimal(4), variants=sizes).prices == [4, 6]


def test_what_is_said_of_articles_since_does_not_make_older_digests_wrong() -> None:
    plain = Snapshot(ProductFacts("Miel", Decimal("8.50")), Product.Status.ONLINE)
    assert plain.digest == "8978288283d6d56a"  # as it was before anybody named a portion
    cheese = replace(plain.facts, portion=Portion.PART, portion_weight=Decimal("0.300"))
    assert replace(plain, facts=cheese).digest != plain.digest
    (back,) = from_json([as_json(replace(plain, facts=cheese))])
    assert (back.facts.portion, back.facts.portion_weight) == ("part", Decimal("0.300"))
