# SPDX-License-Identifier: AGPL-3.0-or-later
"""What goes to WooCommerce is what its importer takes, and comes back as the same articles."""

import csv
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from halles.domain.catalogue.models import Availability, Category, Product, Variant
from halles.domain.imports.drafts import Choices, Draft, DraftVariant, Material, Where
from halles.domain.imports.sheets import open_sheet
from halles.integrations.woocommerce.export_file import READER
from halles.integrations.woocommerce.export_writer import HEADER, rows
from halles.kernel.units import Unit

ORIGIN = "https://halles.exemple.fr"
# What WooCommerce's documentation lists, as far as we write it.
PUBLISHED = {
    "Type", "SKU", "GTIN, UPC, EAN, or ISBN", "Name", "Published", "Visibility in catalog", "Description", "Tax status",
    "Tax class", "In stock?", "Stock", "Backorders allowed?", "Regular price", "Categories", "Images", "Parent",
    "Position", "Brands",
}  # fmt: skip


def a_product(*variants: Variant, photos: int = 0, **facts: Any) -> Product:
    """An article as `reads` bring it, without a database."""
    product = Product(**{"name": "Miel", "vat_rate": Decimal("5.5"), "status": Product.Status.ONLINE} | facts)
    product.choices = list(variants)
    product.photos = [
        SimpleNamespace(fallback=f"/media/pictures/{number}/960.jpg") for number in range(photos)
    ]  # type: ignore[misc]
    return product


def a_variant(**facts: Any) -> Variant:
    return Variant(**{"price": Decimal("4.20")} | facts)


SHELF = Category(name="Épicerie, miels", parent=Category(name="Manger"))
HONEY = a_variant(reference="M-1", gtin="03017620422003", content=Decimal("500.000"), content_unit="g")
SMALL, LARGE = a_variant(size="S", colour="Vert, clair"), a_variant(size="L", colour="Bleu", sold_out=True)
TO_CUT = a_variant(reference="-12", price=Decimal("31.50"))

PRODUCTS = [
    a_product(
        HONEY,
        description="Doux <3 & bon\n\n– de montagne\n– de plaine \\n",
        category=SHELF,
        maker="Rucher du Clain",
        availability=Availability.COUNTED,
        photos=2,
    ),
    a_product(SMALL, LARGE, name="=Pull", vat_rate=Decimal(20), availability=Availability.AVAILABLE),
    a_product(
        TO_CUT,
        name="Comté",
        unit=Unit.KILOGRAM,
        vat_rate=Decimal(0),
        availability=Availability.TO_ORDER,
        status=Product.Status.DRAFT,
    ),
]
STOCK = {HONEY.id: Decimal("12.000"), SMALL.id: Decimal(9)}


def test_what_is_written_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "export"
    with path.open("w", newline="") as stream:
        csv.writer(stream).writerows(rows(PRODUCTS, ORIGIN, STOCK))
    material = Material({"": open_sheet(path)})
    assert READER.recognises(material)
    honey, pullover, cheese = READER.drafts(material, Choices())
    assert honey == Draft(
        name="Miel",
        variants=(
            DraftVariant(
                where=Where(2),
                reference="M-1",
                gtin="03017620422003",
                price=Decimal("4.20"),
                content=Decimal(500),
                content_unit="g",
                stock=Decimal(12),
                sold_out=False,
            ),
        ),
        maker="Rucher du Clain",
        description="Doux <3 & bon\n\n– de montagne\n– de plaine \\n",
        category=("Manger", "Épicerie, miels"),
        vat_rate=Decimal("5.5"),
        availability=Availability.COUNTED,
        online=True,
        pictures=tuple(f"{ORIGIN}/media/pictures/{number}/960.jpg" for number in range(2)),
    )
    assert isinstance(pullover, Draft)
    assert replace(pullover, variants=()) == Draft(
        name="=Pull",
        variants=(),
        vat_rate=Decimal(20),
        availability=Availability.AVAILABLE,
        online=True,
    )
    assert [(each.size, each.colour, each.sold_out) for each in pullover.variants] == [
        ("S", "Vert, clair", False),
        ("L", "Bleu", True),
    ]
    assert isinstance(cheese, Draft)
    assert (cheese.unit, cheese.vat_rate, cheese.availability, cheese.online) == (
        Unit.KILOGRAM,
        0,
        Availability.TO_ORDER,
        False,
    )
    assert cheese.variants[0].reference == "-12"


def test_cells_are_as_the_importer_wants_them() -> None:
    header, honey, pullover, small, large, cheese = (
        dict(zip(HEADER, row, strict=True)) for row in rows(PRODUCTS, ORIGIN, STOCK)
    )
    assert {name for name in header if not name.startswith("Attribute ")} == PUBLISHED
    assert (honey["Type"], honey["Regular price"], honey["Stock"]) == ("simple", "4.20", "12")
    assert honey["GTIN, UPC, EAN, or ISBN"] == "3017620422003"
    assert "\n" not in honey["Description"]
    assert honey["Description"].startswith("Doux &lt;3 &amp; bon\\n\\n– de")
    assert honey["Categories"] == "Manger > Épicerie\\, miels"
    assert (pullover["Type"], pullover["Name"], pullover["Regular price"]) == ("variable", "'=Pull", "")
    assert pullover["Attribute 2 value(s)"] == "Vert\\, clair, Bleu"
    assert small["Parent"] == large["Parent"] == pullover["SKU"] != ""
    assert (small["Type"], small["In stock?"], large["In stock?"]) == ("variation", "1", "0")
    assert small["Stock"] == ""  # nobody counts it, whatever the ledger says
    assert (cheese["SKU"], cheese["In stock?"], cheese["Published"]) == ("'-12", "backorder", "-1")
    assert (cheese["Attribute 1 name"], cheese["Attribute 1 value(s)"]) == ("Vendu au", "kg")
