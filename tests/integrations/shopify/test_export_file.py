# SPDX-License-Identifier: AGPL-3.0-or-later
"""Shopify's products, as a real shop exported them and as shops may."""

from decimal import Decimal
from pathlib import Path

import pytest
from tests.readers import choices_of, material, meanings, read

from halles.domain.catalogue.models import Availability
from halles.domain.imports.drafts import Draft, DraftVariant, Material, Warned, Where
from halles.domain.imports.sheets import open_sheet
from halles.integrations.shopify.export_file import READER

FORMER = (
    "Handle,Title,Body (HTML),Vendor,Type,Published,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Option3 Name,"
    "Option3 Value,Variant SKU,Variant Inventory Tracker,Variant Inventory Qty,Variant Inventory Policy,Variant Price,"
    "Variant Compare At Price,Variant Barcode,Image Src,Image Position,Gift Card,Variant Image,Status\n"
)
NEW = (
    "Title,URL handle,Description,Vendor,Product category,Type,Published on online store,Status,SKU,Barcode,"
    "Option1 name,Option1 value,Price,Compare-at price,Inventory tracker,Inventory quantity,"
    "Continue selling when out of stock,Unit price total measure,Unit price total measure unit,Product image URL,"
    "Image position\n"
)


@pytest.mark.corpus
def test_a_real_shop(real_input: Path) -> None:
    given = Material({"": open_sheet(real_input / "catalogues" / "shopify_packt_product-data.csv")})
    found = read(READER, given)
    assert (len(found.drafts), found.bad) == (20, {})
    assert sum(len(draft.variants) for draft in found.drafts) == 21
    assert {code for _, code in found.warnings} == {"imports.price_before_left"}
    assert len(found.warnings) == 16
    pictures = "https://cdn.shopify.com/s/files/1/0559/0089/7434/products"
    assert found.drafts[0] == Draft(
        name="Floor Lamp",
        variants=(DraftVariant(where=Where(2), key="floor-lamp /", price=Decimal("69.99")),),
        key="floor-lamp",
        maker="Company 123",
        description="Black floor lamp",
        category=("Indoor",),
        availability=Availability.AVAILABLE,
        online=True,
        pictures=(f"{pictures}/photo-1494438639946-1ebd1d20bf85.jpg?v=1623104890",),
        warnings=(Warned(Where(2), "imports.price_before_left", {"typed": "85.00"}),),
    )
    counted = [draft for draft in found.drafts if draft.availability == Availability.COUNTED]
    assert [(draft.key, draft.variants[0].stock) for draft in counted] == [("grey-wheelbarrow", 8)]
    gloves = found.drafts[-1]
    assert choices_of(gloves) == [("", "Green"), ("", "Yellow")]
    assert [(variant.where.number, variant.price) for variant in gloves.variants] == [
        (21, Decimal("9.99")),
        (22, Decimal("15.99")),
    ]
    assert len(gloves.pictures) == 2
    armchairs = found.drafts[1].description or ""
    assert armchairs.startswith("Description\n\nLorem ipsum") and armchairs.count("\n\n") == 5


def test_options_pictures_and_pages_of_rows(tmp_path: Path) -> None:
    found = read(
        READER,
        material(
            tmp_path,
            shop=FORMER
            + "pull,Pull,<p>Laine</p>,Tricot,Vêtements,true,Taille,S,Matière,Laine,Couleur,Rouge,P-S-R,shopify,3,deny,49.90,,'3017620422003,https://x.example/2.jpg,2,false,https://x.example/v.jpg,active\n"
            "bol,Bol,,,,true,Title,Default Title,,,,,B1,,,,12,,,,,false,,active\n"
            "pull,,,,,,,M,,Laine,,Bleu,P-M-B,shopify,-2,continue,49.90,39.90,3017620422004,https://x.example/1.jpg,1,,,\n"
            "pull,,,,,,,,,,,,,,,,,,,https://x.example/3.jpg,3,,,\n",
        ),
        vat_rate=Decimal(20),
    )
    pull, bol = found.drafts
    assert choices_of(pull) == [("S", "Rouge"), ("M", "Bleu")]  # all are of wool
    assert pull.pictures == tuple(f"https://x.example/{name}.jpg" for name in ("1", "2", "3", "v"))
    assert [(variant.gtin, variant.stock) for variant in pull.variants] == [("03017620422003", 3), (None, 0)]
    assert [code for _, code in found.warnings] == [
        "imports.backorders_left",
        "imports.code_wrong",
        "imports.quantity_negative",
    ]
    assert (pull.vat_rate, pull.availability) == (20, Availability.COUNTED)
    assert choices_of(bol) == [("", "")]
    assert (bol.maker, bol.category, bol.variants[0].reference) == (None, None, "B1")


def test_a_third_choice_is_joined_to_the_size(tmp_path: Path) -> None:
    rows = (
        "t,Table,,,,true,Matière,Chêne,Taille,1 m,Couleur,Noir,,,,,10,,,,,,,\n"
        "t,,,,,,,Hêtre,,2 m,,Blanc,,,,,20,,,,,,,\n"
    )
    found = read(READER, material(tmp_path, shop=FORMER + rows))
    assert choices_of(found.only) == [("1 m · Chêne", "Noir"), ("2 m · Hêtre", "Blanc")]


def test_names_of_columns_since_2024(tmp_path: Path) -> None:
    given = material(
        tmp_path,
        shop=NEW
        + "Miel,miel,<p>Doux</p>,Rucher,Food > Honey,,TRUE,draft,M1,,Title,Default Title,8.50,,shopify,4,false,500,g,https://x.example/m.jpg,1\n",
    )
    assert meanings(READER, given) == {
        "Title": "name",
        "URL handle": "key",
        "Description": "description",
        "Vendor": "maker",
        "Product category": "category",
        "Type": "category",
        "Published on online store": "online",
        "Status": "online",
        "SKU": "reference",
        "Barcode": "gtin",
        "Option1 value": "size",
        "Price": "price",
        "Inventory quantity": "stock",
        "Continue selling when out of stock": "availability",
        "Unit price total measure": "content",
        "Unit price total measure unit": "content",
        "Product image URL": "pictures",
    }
    assert meanings(READER, given, without_tax=True)["Price"] == "price_without_tax"
    miel = read(READER, given).only
    (jar,) = miel.variants
    assert (miel.key, miel.category, miel.online, miel.availability) == (
        "miel",
        ("Food", "Honey"),
        False,
        Availability.COUNTED,
    )
    assert (jar.price, jar.stock, jar.content, jar.content_unit) == (Decimal("8.50"), 4, 500, "g")


def test_what_cannot_be_used_is_refused_by_itself(tmp_path: Path) -> None:
    found = read(
        READER,
        material(
            tmp_path,
            shop=FORMER
            + "carte,Carte cadeau,,,,true,Montant,10,,,,,,,,,10,,,,,true,,active\n"
            + "carte,,,,,,,20,,,,,,,,,20,,,,,,,\n"
            + "sans-nom,,,,,true,Taille,S,,,,,,,,,10,,,,,,,\n"
            + "bas,Bas,,,,true,Taille,S,,,,,,,,,dix,,,,,,,active\n"
            + "bas,,,,,,,M,,,,,,,,,11,,,,,,,\n"
            + "bas,,,,,,,m,,,,,,,,,12,,,,,,,\n"
            + "vide,Vide,,,,true,,,,,,,,,,,,,,,,,,active\n"
            + "trop,Trop,,,,true,Taille,S,,,,,,,,,1,,,,,,,active,de,trop\n",
        ),
    )
    assert found.rows == {
        2: "imports.type_not_sold",
        3: "imports.parent_refused",
        4: "imports.name_missing",
        5: "imports.price_wrong",
        7: "imports.variant_twice",
        8: "imports.cell_empty",
        9: "imports.row_shifted",
    }
    assert choices_of(found.only) == [("M", "")]


def test_prices_without_tax(tmp_path: Path) -> None:
    given = material(tmp_path, shop=FORMER + "a,A,,,,true,Title,Default Title,,,,,,,,,10.05,,,,,,,\n")
    assert read(READER, given, without_tax=True).rows == {2: "imports.vat_needed"}
    draft = read(READER, given, without_tax=True, vat_rate=Decimal("5.5")).only
    assert draft.variants[0].price == Decimal("10.60")  # 10.60275


def test_an_article_beyond_all_measure(tmp_path: Path) -> None:
    rows = "".join(f"a,{'A' if n == 0 else ''},,,,true,Taille,{n},,,,,,,,,1,,,,,,,\n" for n in range(502))
    found = read(READER, material(tmp_path, shop=FORMER + rows))
    assert len(found.only.variants) == 500
    assert found.rows == {502: "imports.too_many_variants", 503: "imports.too_many_variants"}
