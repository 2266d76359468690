# SPDX-License-Identifier: AGPL-3.0-or-later
"""Catalogues as real systems export them: what each file is, exactly. Counted once by hand with another reader."""

import json
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest

from halles.domain.imports.sheets import open_sheet
from halles.domain.imports.values.codes import gtin, isbn
from halles.domain.imports.values.contents import content
from halles.domain.imports.values.numbers import decimal_mark, price
from halles.domain.imports.wxr import items
from halles.kernel.errors import Refused

pytestmark = pytest.mark.corpus

# rows, columns, encoding, separator, header
CATALOGUES = {
    "books_goodbooks10k.csv": (10000, 23, "utf-8", ",", True),
    "inao_nonvins.csv": (414, 12, "utf-8", ",", True),
    "odoo_product.template.csv": (3, 9, "utf-8", ",", True),
    "openfoodfacts_extract.csv": (1470, 166, "utf-8-sig", ",", True),
    "openfoodnetwork_120_products.csv": (120, 14, "utf-8", ",", True),
    "openfoodnetwork_template.csv": (0, 15, "utf-8", ",", True),
    "oscar_books_essential.csv": (82, 9, "utf-8", ",", False),
    "prestashop14_addresses_import.csv": (3, 19, "utf-8", ";", True),
    "prestashop14_categories_import.csv": (3, 10, "utf-8", ";", True),
    "prestashop14_combinations_import.csv": (2, 12, "utf-8", ";", True),
    "prestashop14_customers_import.csv": (2, 10, "utf-8", ";", True),
    "prestashop14_manufacturers_import.csv": (2, 8, "utf-8", ";", True),
    "prestashop14_products_import.csv": (2, 39, "utf-8", ";", True),
    "prestashop14_suppliers_import.csv": (2, 8, "utf-8", ";", True),
    "shopify_packt_product-data.csv": (21, 48, "utf-8", ",", True),
    "woocommerce_importer_unittest.csv": (7, 45, "utf-8", ",", True),
    "woocommerce_sample_products.csv": (24, 55, "utf-8", ",", True),
}


@pytest.mark.parametrize("name", CATALOGUES)
def test_catalogues(real_input: Path, name: str) -> None:
    sheet = open_sheet(real_input / "catalogues" / name)
    rows = list(sheet.rows())
    assert (len(rows), sheet.width, sheet.encoding, sheet.separator, sheet.header is not None) == CATALOGUES[
        name
    ]
    assert {row.problem for row in rows} <= {""}
    assert all(len(row.cells) == sheet.width for row in rows)


def test_no_catalogue_is_forgotten(real_input: Path) -> None:
    assert {file.name for file in (real_input / "catalogues").glob("*.csv")} == set(CATALOGUES)


def test_the_edge_cases_of_csv(real_input: Path) -> None:
    files = sorted((real_input / "bad-input" / "csv-spectrum").glob("*.csv"))
    assert len(files) == 7
    for file in files:
        sheet = open_sheet(file)
        assert sheet.header is not None
        read = [dict(zip(sheet.header, row.cells, strict=True)) for row in sheet.rows()]
        assert read == json.loads(file.with_suffix(".json").read_text()), file.name


def test_a_catalogue_is_the_same_in_any_encoding(real_input: Path, tmp_path: Path) -> None:
    text = (real_input / "catalogues" / "inao_nonvins.csv").read_text()
    whole = [row.cells for row in open_sheet(real_input / "catalogues" / "inao_nonvins.csv").rows()]
    for encoding in ("cp1252", "utf-16", "utf-16-le"):
        path = tmp_path / encoding
        path.write_bytes(text.encode(encoding))
        sheet = open_sheet(path)
        assert sheet.encoding == encoding
        assert [row.cells for row in sheet.rows()] == whole


def test_wordpress_items(real_input: Path) -> None:
    read = list(items(real_input / "catalogues" / "woocommerce_sample_products.xml"))
    assert Counter(item.type for item in read) == {"attachment": 22, "product": 18, "product_variation": 7}
    pictures = {item.id: item.address for item in read if item.type == "attachment"}
    products = {item.id: item for item in read if item.type == "product"}
    assert all(address.startswith("https://") for address in pictures.values())
    assert {item.parent for item in read if item.type == "product_variation"} <= set(products)
    assert all(item.meta.get("_thumbnail_id") in pictures for item in products.values())
    hoodie = next(item for item in read if item.meta.get("_sku") == "woo-hoodie-with-logo")
    assert (price(hoodie.meta["_price"]).amount, hoodie.status) == (45, "publish")
    assert ("product_cat", "hoodies", "Hoodies") in hoodie.terms


def outcomes(real_input: Path, name: str, column: str, read: Callable[[str], object]) -> Counter[str]:
    """What becomes of the cells of one column."""
    sheet = open_sheet(real_input / "catalogues" / name)
    assert sheet.header is not None
    place = sheet.header.index(column)
    found: Counter[str] = Counter()
    for row in sheet.rows():
        try:
            found["read" if read(row.cells[place]) else "empty"] += 1
        except Refused as refused:
            found[refused.code.removeprefix("imports.")] += 1
    return found


def test_codes_that_a_spreadsheet_ate_are_said(real_input: Path) -> None:
    """Ten thousand books: ISBN-13 in scientific notation, ISBN-10 without their zeros."""
    name = "books_goodbooks10k.csv"
    assert outcomes(real_input, name, "isbn13", gtin) == {
        "code_damaged": 9410,
        "empty": 585,
        "code_short": 4,
        "code_wrong": 1,
    }
    assert outcomes(real_input, name, "isbn", isbn) == {
        "read": 2690,
        "code_short": 6587,
        "code_wrong": 23,
        "empty": 700,
    }
    assert outcomes(real_input, name, "isbn", partial(isbn, restore_zeros=True)) == {
        "read": 9277,
        "code_wrong": 23,
        "empty": 700,
    }


def test_codes_and_contents_of_food(real_input: Path) -> None:
    name = "openfoodfacts_extract.csv"
    assert outcomes(real_input, name, "code", gtin) == {
        "code_damaged": 1253,
        "code_short": 135,
        "read": 72,
        "code_wrong": 7,
        "empty": 3,
    }
    assert outcomes(real_input, name, "quantity", content) == {
        "cell_empty": 1138,
        "read": 287,
        "content_wrong": 45,
    }


def test_prices_of_books(real_input: Path) -> None:
    rows = [row.cells for row in open_sheet(real_input / "catalogues" / "oscar_books_essential.csv").rows()]
    assert decimal_mark(row[7] for row in rows) == "."
    assert all(gtin(row[2]) == gtin(row[6]) for row in rows)
    assert sum(price(row[7]).amount for row in rows) == Decimal("1115.18")
