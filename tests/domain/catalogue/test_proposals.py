# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is proposed for a good, so that nobody has to know the tax code."""

from decimal import Decimal

import pytest

from halles.domain.catalogue import rules
from halles.domain.catalogue.models import Kind
from halles.domain.shops.models import Trade


@pytest.mark.parametrize(
    ("trade", "name", "kind", "vat"),
    [
        (Trade.BAKER, "Pain complet", Kind.BREAD, "5.5"),
        (Trade.BAKER, "Sandwich au jambon", Kind.SANDWICH, "10"),
        (Trade.CRAFT, "Vin rouge du Haut-Poitou", Kind.WINE, "20"),
        (Trade.BOOKSHOP, "Les Misérables", Kind.BOOK, "5.5"),
        (Trade.CRAFT, "Vase", Kind.OBJECT, "20"),
        (Trade.GROCER, "Œufs de plein air", Kind.FOOD, "5.5"),
        (Trade.GROCER, "Six bières blondes", Kind.WINE, "20"),
        (Trade.MUSEUM, "Catalogue « Pierres vives »", Kind.BOOK, "5.5"),
        (Trade.WINE, "Jus de raisin", Kind.FOOD, "5.5"),
        (Trade.GROCER, "Vinaigre de vin", Kind.FOOD, "5.5"),  # the first word that tells
        (Trade.CHEESE, "Tomme au vin", Kind.FOOD, "5.5"),  # what is in it is no sort
        (Trade.CRAFT, "Planche à pain", Kind.OBJECT, "20"),
        (Trade.BOOKSHOP, "Le vin expliqué", Kind.BOOK, "5.5"),  # a title says anything
        (Trade.CLOTHES, "Robe champagne", Kind.CLOTHING, "20"),
    ],
)
def test_the_name_tells_the_sort_and_the_sort_the_rate(trade: Trade, name: str, kind: Kind, vat: str) -> None:
    assert rules.usual_kind(trade, name) == kind
    assert rules.usual_vat(kind) == Decimal(vat)
