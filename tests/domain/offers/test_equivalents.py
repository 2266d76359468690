# SPDX-License-Identifier: AGPL-3.0-or-later
"""What may come instead of a good that is missing."""

from decimal import Decimal
from typing import Any

import pytest
from tests.factories import a_category, a_shop, a_variant

from halles.domain.catalogue import actions as catalogue
from halles.domain.offers.equivalents import equivalents
from halles.kernel.actor import SYSTEM
from halles.kernel.units import Unit

pytestmark = pytest.mark.django_db


def test_what_is_alike_and_there_comes_first(django_assert_num_queries: Any) -> None:
    shop = a_shop()
    shelf, other_shelf = a_category(shop.market), a_category(shop.market)

    def good(name: str, price: str, **facts: object) -> Any:
        return a_variant(shop, name=name, price=Decimal(price), **({"category": shelf} | facts))

    missing = good("Miel de forêt", "8", stock_of=0)
    good("Miel à la coupe", "8", unit=Unit.KILOGRAM)
    good("Miel d'un autre rayon", "8", category=other_shelf)
    good("Miel épuisé", "8", stock_of=0)
    catalogue.set_sold_out([good("Miel en rupture", "8")], True, by=SYSTEM)
    near, far, counted = (
        good("Confiture", "8.10"),
        good("Confit", "19"),
        good("Miel de lavande", "12", stock_of=3),
    )
    a_variant(a_shop(shop.market), name="Miel du voisin", price=Decimal(8), category=shelf)
    with django_assert_num_queries(3):
        found = equivalents(missing)
    assert found == [counted, near, far]
    assert all(variant.product.photos == [] for variant in found)
