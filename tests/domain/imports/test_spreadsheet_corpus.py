# SPDX-License-Identifier: AGPL-3.0-or-later
"""Real tables that no system exports: what becomes of each row. Counted once by hand with another reader."""

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from halles.domain.imports.drafts import Bad, Choices, Draft, Material, Meaning
from halles.domain.imports.sheets import open_sheet
from halles.domain.imports.spreadsheet import READER, propose

pytestmark = pytest.mark.corpus


@pytest.fixture
def catalogues(real_input: Path) -> Path:
    return real_input / "catalogues"


def read(
    path: Path, columns: dict[int, Meaning] | None = None
) -> tuple[list[Draft], list[Bad], Counter[str]]:
    given = Material({"": open_sheet(path)})
    outcomes = list(READER.drafts(given, Choices(columns=columns)))
    drafts = [each for each in outcomes if isinstance(each, Draft)]
    warned = Counter(warned.code for draft in drafts for warned in draft.warnings)
    return drafts, [each for each in outcomes if isinstance(each, Bad)], warned


def understood(path: Path) -> dict[str, str]:
    columns = READER.columns(Material({"": open_sheet(path)}), Choices())
    return {column.name: column.meaning.value for column in columns if column.meaning}


def test_tables_with_names_and_prices_are_taken_when_nobody_else_does(catalogues: Path) -> None:
    taken = {
        file.name for file in catalogues.glob("*.csv") if READER.recognises(Material({"": open_sheet(file)}))
    }
    assert taken == {
        "odoo_product.template.csv",
        "openfoodnetwork_120_products.csv",
        "openfoodnetwork_template.csv",
        "prestashop14_products_import.csv",
    }


def test_ten_thousand_books(catalogues: Path) -> None:
    """No price: the catalogue refuses each that is new. What a spreadsheet ate of ISBN-13 stands whole in ISBN-10."""
    file = catalogues / "books_goodbooks10k.csv"
    assert understood(file) == {
        "book_id": "key",
        "isbn": "gtin",
        "isbn13": "gtin",
        "authors": "maker",
        "title": "name",
        "image_url": "pictures",
    }
    drafts, bad, warned = read(file)
    assert (len(drafts), bad) == (10_000, [])
    assert {draft.variants[0].price for draft in drafts} == {None}
    assert warned == {"imports.code_damaged": 156, "imports.code_wrong": 2}
    assert sum(draft.variants[0].gtin is not None for draft in drafts) == 9277
    first = drafts[0]
    assert (first.key, first.name, first.maker) == (
        "id:1", "The Hunger Games (The Hunger Games, #1)", "Suzanne Collins",
    )  # fmt: skip
    assert first.variants[0].gtin == "09780439023481"
    assert first.pictures == ("https://images.gr-assets.com/books/1447303603m/2767052.jpg",)


def test_books_without_header(catalogues: Path) -> None:
    file = catalogues / "oscar_books_essential.csv"
    sheet = open_sheet(file)
    assert not READER.recognises(Material({"": sheet}))
    assert read(file) == ([], [], Counter())
    guess = propose(sheet)
    assert guess == {
        1: Meaning.CATEGORY,
        2: Meaning.GTIN,
        3: Meaning.NAME,
        4: Meaning.DESCRIPTION,
        6: Meaning.GTIN,
        7: Meaning.PRICE,
        8: Meaning.STOCK,
    }
    drafts, bad, warned = read(file, guess)
    assert (len(drafts), bad, warned) == (82, [], {})
    assert sum(draft.variants[0].price or 0 for draft in drafts) == Decimal("1115.18")
    first = drafts[0]
    assert first.name == "The C Programming Language"
    assert first.category == ("Books", "Non-Fiction", "Essential programming")
    assert (first.variants[0].gtin, first.variants[0].stock, first.variants[0].where.number) == (
        "09780131103627", 20, 1,
    )  # fmt: skip


def test_names_of_protected_foods_are_matched_by_hand(catalogues: Path) -> None:
    file = catalogues / "inao_nonvins.csv"
    assert not READER.recognises(Material({"": open_sheet(file)}))
    assert understood(file) == {
        "Dénomination": "name",
        "Catégorie générale": "category",
        "Sous Catégorie": "category",
        "Couleur": "colour",
    }
    drafts, bad, _ = read(file, {4: Meaning.NAME, 7: Meaning.IGNORED})
    assert (
        len(drafts) == 333
    )  # of 414 rows; "Beurre des Deux Sèvres" stands there with its accent and without
    assert Counter(each.refused.code for each in bad) == {"imports.twice": 81}
    assert (drafts[0].name, drafts[0].category) == (
        "Olive de Nice", ("Fruits légumes et céréales en l'état ou transformés", "Olive"),
    )  # fmt: skip


def test_foods(catalogues: Path) -> None:
    """No price either; codes that a spreadsheet rounded, and the same brand's name again where no code tells them apart."""
    file = catalogues / "openfoodfacts_extract.csv"
    assert understood(file) == {
        "code": "gtin",
        "product_name": "name",
        "quantity": "content",
        "brands": "maker",
        "categories": "category",
        "origins": "origin",
        "ingredients_text": "ingredients",
        "allergens": "allergens",
        "image_url": "pictures",
    }
    drafts, bad, warned = read(file)
    assert len(drafts) == 1410
    assert Counter(each.refused.code for each in bad) == {"imports.twice": 54, "imports.name_missing": 6}
    assert [each.where.number for each in bad if each.refused.code == "imports.name_missing"] == [
        654, 859, 1136, 1174, 1190, 1329,
    ]  # fmt: skip
    assert warned == {
        "imports.code_damaged": 1196,
        "imports.code_wrong": 7,
        "imports.content_wrong": 44,
        "imports.allergen_unknown": 19,
    }
    sprouts = drafts[5]
    assert (sprouts.name, sprouts.maker, sprouts.variants[0].gtin) == (
        "Bean Sprouts",
        "Kroger",
        "00011110825872",
    )
    assert sprouts.ingredients == "Bean sprouts, water, salt, citric acid (to protect color)."
