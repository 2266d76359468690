# SPDX-License-Identifier: AGPL-3.0-or-later
"""What goes out to PrestaShop is in its importer's columns, and is the same when it comes back."""

import csv
import uuid
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from tests.readers import Outcome, choices_of, read

from halles.domain.catalogue.models import Availability, Category, Picture, Product, Variant
from halles.domain.imports.articles import with_tax
from halles.domain.imports.drafts import Material
from halles.domain.imports.sheets import open_sheet
from halles.domain.imports.values.numbers import RATES
from halles.integrations.prestashop.export_file import READER
from halles.integrations.prestashop.export_writer import CATEGORIES, COMBINATIONS, HEADERS, PRODUCTS, tables

# What the importer of PrestaShop 8 lists for products, as far as our columns go, in its order.
PLACES = {"Name *": 2, "Categories (x,y,z...)": 3, "Price tax excluded": 4, "Reference #": 12, "EAN13": 16, "Quantity": 26, "Description": 35, "Image URLs (x,y,z...)": 47, "Out of stock action": 56}  # fmt: skip


def an_article(*variants: Variant, category: Category | None = None, **facts: Any) -> Product:
    """Not in the database: what is written is what was read."""
    said = {"name": "Article", "vat_rate": Decimal(20), "status": Product.Status.ONLINE} | facts
    product = Product(category=category, **said)
    product.choices = list(variants)
    product.photos = []
    return product


def written(
    folder: Path, *products: Product, stock: dict[uuid.UUID, Decimal | None] | None = None
) -> Outcome:
    """The tables in files, read back."""
    rows = list(tables(products, stock or {}, "https://halles.example/"))
    for name in HEADERS:
        with (folder / name).open("w", newline="", encoding="utf-8") as file:
            csv.writer(file, delimiter=";").writerows(cells for table, cells in rows if table == name)
    return read(READER, Material({table: open_sheet(folder / table) for table in HEADERS}))


def test_columns_stand_where_the_importer_expects_them() -> None:
    assert {name: HEADERS[PRODUCTS].index(name) for name in PLACES} == PLACES
    assert HEADERS[COMBINATIONS][2:4] == ("Attribute (Name:Type:Position)*", "Value (Value:Position)*")
    assert all(
        len(cells) == len(HEADERS[table])
        for table, cells in tables([an_article(Variant(price=Decimal(1)))], {}, "")
    )


def test_articles_come_back_as_they_went(tmp_path: Path) -> None:
    fruits = Category(name="Fruits, légumes")
    pommes = Category(name="Pommes", parent=fruits)
    picture = Picture(original="a", width=900, height=900, widths=[400, 800], view="face")
    apples = an_article(
        Variant(price=Decimal("4.20"), reference="P1", gtin="03017620422003"),
        category=pommes,
        name="=Gala <bio>; 1 kg",
        maker="Ferme 12",
        description="Douces.\n\nÀ croquer\nou à cuire & compoter.",
        vat_rate=Decimal("5.5"),
        availability=Availability.COUNTED,
    )
    apples.photos = [picture]
    sizes = [
        Variant(price=Decimal("49.90"), size="1,5 L", colour="Rouge", reference="R1"),
        Variant(price=Decimal("54.90"), size="2 L", colour="Rouge", gtin="03017620422003"),
        Variant(price=Decimal("39.90"), size="2 L", colour=""),
    ]
    jug = an_article(*sizes, category=fruits, status=Product.Status.DRAFT, availability=Availability.COUNTED)
    basket = an_article(Variant(price=Decimal(12), sold_out=True), availability=Availability.TO_ORDER)
    stock = {apples.choices[0].id: Decimal("7.5"), sizes[0].id: Decimal(3), sizes[1].id: None}
    found = written(tmp_path, apples, jug, basket, stock=stock)
    assert found.bad == {}
    one, several, last = found.drafts
    assert (one.name, one.maker, one.key, one.vat_rate) == (
        "-Gala ‹bio›, 1 kg",
        "Ferme 12",
        "P1",
        Decimal("5.5"),
    )
    assert (one.description, one.category) == (apples.description, ("Fruits · légumes", "Pommes"))
    assert one.pictures == (f"https://halles.example/media/pictures/{picture.id}/800.jpg",)
    assert [(v.price, v.gtin, v.stock) for v in one.variants] == [(Decimal("4.20"), "03017620422003", 7)]
    assert (several.online, several.category, several.key) == (False, ("Fruits · légumes",), jug.id.hex)
    assert choices_of(several) == [("1.5 L", "Rouge"), ("2 L", "Rouge"), ("2 L", "–")]
    assert [(v.price, v.reference, v.stock) for v in several.variants] == [
        (Decimal("49.90"), "R1", 3),
        (Decimal("54.90"), None, None),
        (Decimal("39.90"), None, None),
    ]
    assert (last.availability, last.variants[0].sold_out, last.category) == (
        Availability.AVAILABLE,
        True,
        None,
    )
    categories = [row.cells[2:4] for row in open_sheet(tmp_path / CATEGORIES).rows()]
    assert categories == [["Fruits · légumes", ""], ["Pommes", "Fruits · légumes"]]


def test_what_a_spreadsheet_would_run_is_harmless() -> None:
    rows = list(
        tables([an_article(Variant(price=Decimal(1)), name="@SUM(A1)", maker="-cmd|'/c'!A0")], {}, "")
    )
    (cells,) = [cells for table, cells in rows if table == PRODUCTS][1:]
    assert (cells[2], cells[15]) == ("'@SUM(A1)", "'-cmd|'/c'!A0")


@given(
    st.decimals("0.01", "99999.99", places=2),
    st.decimals("0.01", "99999.99", places=2),
    st.sampled_from(RATES),
)
def test_no_cent_is_lost(first: Decimal, second: Decimal, rate: Decimal) -> None:
    """Without tax, as a difference, and with tax again."""
    sizes = [Variant(price=first, size="S"), Variant(price=second, size="M")]
    rows = list(tables([an_article(*sizes, vat_rate=rate)], {}, ""))
    (base,) = [
        Decimal(cells[4]) for table, cells in rows if table == PRODUCTS and cells[4] != "Price tax excluded"
    ]
    impacts = [
        Decimal(cells[10])
        for table, cells in rows
        if table == COMBINATIONS and cells[10] != "Impact on price"
    ]
    assert [with_tax(base + impact, rate) for impact in impacts] == [first, second]
