# SPDX-License-Identifier: AGPL-3.0-or-later
"""Odoo's articles: its own template, and exports with technical names and in French."""

from decimal import Decimal
from pathlib import Path

import pytest
from tests.readers import choices_of, material, meanings, read
from tests.workbooks import write_xlsx

from halles.domain.catalogue.models import Availability, Kind
from halles.domain.imports.drafts import Draft, DraftVariant, Material, Where
from halles.domain.imports.sheets import open_sheet
from halles.integrations.odoo.export_file import READER
from halles.kernel.units import Unit


@pytest.mark.corpus
def test_the_template_that_odoo_hands_out(real_input: Path) -> None:
    given = Material({"": open_sheet(real_input / "catalogues" / "odoo_product.template.csv")})
    found = read(READER, given)
    assert (found.bad, found.warnings) == ({}, [])
    keyboard, laptop, consulting = found.drafts
    assert keyboard == Draft(
        name="Apple Wireless Keyboard",
        variants=(
            DraftVariant(
                where=Where(2), key="product_template_1 /", reference="AK789", price=Decimal("29.99")
            ),
        ),
        key="product_template_1",
    )
    assert (laptop.description, laptop.variants[0].price) == ("2 years warranty", 2499)
    assert (consulting.kind, consulting.variants[0].price) == (Kind.SERVICE, 90)
    assert meanings(READER, given) == {
        "ID": "key",
        "Name": "name",
        "Product Type": "kind",
        "Internal Reference": "reference",
        "Barcode": "gtin",
        "Sales Price": "price",
        "Sale Description": "description",
    }


def test_technical_names_in_a_workbook(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["id", "name", "default_code", "barcode", "list_price", "categ_id/complete_name", "type", "qty_available", "uom_id/name", "active", "sale_ok", "taxes_id/name"],
        ["__export__.product_template_12_ab3f", "Miel", "M1", "3017620422003", 8.5, "All / Saleable / Épicerie / Miels", "product", 12.0, "Units", True, True, "TVA 5,5% TTC (vente)"],
        ["__export__.product_template_13_cd4e", "Farine", "F1", "123", 2, "All", "consu", 0, "kg", True, False, "20% G"],
        ["__export__.product_template_14_cd4e", "Œufs", "O1", None, 4, None, "product", -3, "Dozens", False, True, "10%,20%"],
    ]  # fmt: skip
    given = Material({"": open_sheet(write_xlsx(tmp_path / "a", rows))})
    found = read(READER, given)
    miel, farine, oeufs = found.drafts
    assert miel == Draft(
        name="Miel",
        variants=(
            DraftVariant(
                where=Where(2),
                key="__export__.product_template_12_ab3f /",
                reference="M1",
                gtin="03017620422003",
                price=Decimal("8.50"),
                stock=Decimal(12),
            ),
        ),
        key="__export__.product_template_12_ab3f",
        category=("Épicerie", "Miels"),
        vat_rate=Decimal("5.5"),
        unit=Unit.PIECE,
        availability=Availability.COUNTED,
        online=True,
    )
    assert (farine.unit, farine.category, farine.availability, farine.online) == (
        Unit.KILOGRAM,
        None,
        None,
        False,
    )
    assert (farine.vat_rate, farine.variants[0].price) == (20, 2)
    assert (oeufs.vat_rate, oeufs.unit, oeufs.online, oeufs.variants[0].stock) == (None, None, False, 0)
    assert found.warnings == [
        (3, "imports.code_wrong"),
        (4, "imports.unit_unknown"),
        (4, "imports.quantity_negative"),
    ]
    without_tax = read(READER, given, without_tax=True)
    assert [draft.variants[0].price for draft in without_tax.drafts] == [Decimal("8.97"), Decimal("2.40")]
    assert without_tax.rows == {4: "imports.vat_needed"}


def test_taxes_may_say_that_prices_are_without(tmp_path: Path) -> None:
    rows = "name,default_code,list_price,taxes_id\nPain,P,10,TVA 5.5% HT\n"
    assert read(READER, material(tmp_path, a=rows)).only.variants[0].price == Decimal("10.55")


def test_variants_in_french_wherever_they_stand(tmp_path: Path) -> None:
    given = material(
        tmp_path,
        articles="ID externe,Nom,Modèle d'article/ID externe,Référence interne,Code-barres,Prix de vente,Valeurs de variante,Catégorie d'articles,Type d'article\n"
        '__export__.product_product_1,Pull,__export__.product_template_7,P-S,,"49,90","Taille: S, Couleur: Bleu",Tous / Vendable / Hauts,Biens\n'
        '__export__.product_product_3,Séance,,SE,,"30,00",,Tous,Service\n'
        '__export__.product_product_2,Pull,__export__.product_template_7,P-M,,"52,90","Taille: M, Couleur: Bleu",Tous / Vendable / Hauts,Biens\n'
        '__export__.product_product_4,Pull,__export__.product_template_7,P-M2,,"52,90","Taille: M, Couleur: Bleu",Tous / Vendable / Hauts,Biens\n',
    )
    found = read(READER, given)
    pull, seance = found.drafts
    assert (pull.key, pull.category) == ("__export__.product_template_7", ("Hauts",))
    assert [(v.key, v.size, v.colour, v.price) for v in pull.variants] == [
        ("__export__.product_product_1", "S", "", Decimal("49.90")),
        ("__export__.product_product_2", "M", "", Decimal("52.90")),
    ]
    assert (seance.key, seance.kind) == ("__export__.product_product_3", Kind.SERVICE)
    assert found.rows == {5: "imports.variant_twice"}


def test_values_one_below_the_other(tmp_path: Path) -> None:
    given = material(
        tmp_path,
        a="name,default_code,lst_price,product_template_attribute_value_ids/display_name\n"
        "Pull,P1,49.9,Size: S\n,,,Color: Red\nPull,P2,49.9,Size: M\n,,,Color: Blue\nBol,B1,12,\n",
    )
    pull, bol = read(READER, given).drafts
    assert (choices_of(pull), choices_of(bol)) == ([("S", "Red"), ("M", "Blue")], [("", "")])
    assert [variant.reference for variant in pull.variants] == ["P1", "P2"]


def test_attributes_of_a_template_make_every_combination(tmp_path: Path) -> None:
    given = material(
        tmp_path,
        a="id,name,default_code,list_price,attribute_line_ids/attribute_id,attribute_line_ids/value_ids\n"
        'product_template_1,Pull,,49.9,Taille,"S,M"\n,,,,Couleur,"Bleu,Rouge"\nproduct_template_2,Bol,B,12,,\n',
    )
    found = read(READER, given)
    pull, bol = found.drafts
    assert choices_of(pull) == [("S", "Bleu"), ("S", "Rouge"), ("M", "Bleu"), ("M", "Rouge")]
    assert {variant.price for variant in pull.variants} == {Decimal("49.90")}
    assert (pull.key, bol.key, found.bad) == ("product_template_1", "product_template_2", {})


def test_what_cannot_be_used_is_refused_by_itself(tmp_path: Path) -> None:
    found = read(
        READER,
        material(
            tmp_path,
            a="id,name,default_code,list_price,active\n"
            "product_template_1,,A,1,\nproduct_template_2,B,B,deux,\nproduct_template_3,C,C,3,peut-être\n"
            "product_template_4,D,D,4,True\nproduct_template_4,D,D,5,True\nproduct_template_5,E,E,1,True,trop\n",
        ),
    )
    assert found.rows == {
        2: "imports.name_missing",
        3: "imports.price_wrong",
        4: "imports.yes_no_wrong",
        6: "imports.variant_twice",
        7: "imports.row_shifted",
    }
    assert found.only.key == "product_template_4"


@pytest.mark.parametrize(
    "table",
    [
        "Nom,Référence interne,Prix de vente,Catégorie\nPain,P1,2.50,Boulangerie\n",  # a supplier's own
        "id,name,price\n1,Pain,2\n",
        "Handle,Title,Variant Price,Option1 Value\na,A,1,S\n",
    ],
)
def test_tables_that_only_sound_alike(tmp_path: Path, table: str) -> None:
    assert not READER.recognises(material(tmp_path, a=table))
