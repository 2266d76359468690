# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whatever stands in cells, a reader makes drafts of it or says what is wrong; it never falls over."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from halles.domain.imports.drafts import Bad, Choices, Draft, Material
from halles.domain.imports.ports import reader_named
from halles.domain.imports.sheets import open_sheet
from halles.kernel.numbers import LARGEST

TABLES = {
    "odoo": ["id,name,default_code,barcode,list_price,categ_id,type,qty_available,uom_id,active,taxes_id,product_template_variant_value_ids,product_tmpl_id,attribute_line_ids/attribute_id,attribute_line_ids/value_ids"],
    "openfoodnetwork": ["producer,sku,name,display_name,category,description,units,unit_type,variant_unit_name,price,on_hand,on_demand,tax_category"],
    "prestashop": [
        "ID;Active (0/1);Name *;Categories (x,y,z...);Price tax excluded;Price tax included;Tax rules ID;Discount amount;Reference #;EAN13;Quantity;Visibility;Description;Available for order;Image URLs (x,y,z...);Out of stock action",
        "Product ID*;Product reference;Attribute (Name:Type:Position)*;Value (Value:Position)*;EAN13;Impact on price;Quantity",
        "Category ID;Active (0/1);Name *;Parent category;Root category (0/1);Description",
    ],
    "shopify": ["Handle,Title,Body (HTML),Gift Card,Published,Status,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Variant SKU,Variant Inventory Tracker,Variant Inventory Qty,Variant Price,Variant Compare At Price,Variant Barcode,Unit Price Total Measure,Unit Price Total Measure Unit,Image Src,Image Position"],
}  # fmt: skip
CELL = st.sampled_from([
    "", "", "1", "2", "0", "-1", "9,5", "1,234", "1.234.567", "1e400", "NaN", "Infinity", "٣", "½", "99999999999999", "true", "non",
    "Pain", "pain", "=cmd|' /C calc'!A0", "'=1+1", "<script>x</script>", "&#x0;", "\u202e\u200b", "🥖" * 50, ":", "a:b:c", "S:0, M:1",
    "Taille:select:0, Couleur:color:1", "Couleur: Bleu, Taille: S", ",,,", " / ", "All / Saleable", "Home, 3", "g", "kg", "20 %",
    "TVA 5,5% HT", "3017620422003", "1,76701E+15", "https://x.example/a.jpg, b", "Default Title", "x" * 5000,
])  # fmt: skip


@pytest.mark.parametrize("name", TABLES)
@settings(max_examples=settings().max_examples // 4)
@given(data=st.data())
def test_any_cells(tmp_path: Path, name: str, data: st.DataObject) -> None:
    tables = {}
    for number, header in enumerate(TABLES[name]):
        separator = ";" if ";" in header else ","
        columns = header.split(separator)
        rows = data.draw(st.lists(st.lists(CELL, min_size=len(columns), max_size=len(columns)), max_size=6))
        with (tmp_path / str(number)).open("w", newline="", encoding="utf-8") as file:
            csv.writer(file, delimiter=separator).writerows([columns, *rows])
        tables[str(number)] = open_sheet(tmp_path / str(number), has_header=True)
    reader = reader_named(name)
    given = Material(tables)
    choices = Choices(
        without_tax=data.draw(st.sampled_from([None, True, False])),
        vat_rate=data.draw(st.sampled_from([None, Decimal("5.5")])),
    )
    assert reader.recognises(given)
    assert len(reader.columns(given, choices)) == sum(sheet.width for sheet in tables.values())
    for each in reader.drafts(given, choices):
        assert isinstance(each, (Draft, Bad))
        if isinstance(each, Draft):
            assert each.name and each.variants
            assert all(v.price is not None and 0 <= v.price <= LARGEST for v in each.variants)
            assert len({(v.size, v.colour) for v in each.variants}) == len(each.variants)
