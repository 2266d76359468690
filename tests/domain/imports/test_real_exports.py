# SPDX-License-Identifier: AGPL-3.0-or-later
"""Real exports go all the way into a shop, twice: the second time nothing changes."""

import io
import zipfile
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tests.factories import a_shop

from halles.domain.catalogue.models import Product, Variant
from halles.domain.imports import trouble
from halles.domain.imports.actions import ask, work
from halles.domain.imports.drafts import Choices, Meaning
from halles.domain.imports.models import Import, PictureWish
from halles.kernel.actor import SYSTEM

CATALOGUES = Path(__file__).resolve().parents[4] / "shared" / "data" / "catalogues"
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.corpus,
    pytest.mark.skipif(not CATALOGUES.exists(), reason="no real input here"),
]
BY_HAND = {2: Meaning.GTIN, 3: Meaning.NAME, 4: Meaning.DESCRIPTION, 7: Meaning.PRICE, 8: Meaning.STOCK}
# file → reader, articles, sizes, refused rows by their reason, pictures to fetch
OUTCOMES: dict[str, tuple[str, int, int, dict[str, int], int]] = {
    "odoo_product.template.csv": ("odoo", 3, 3, {}, 0),
    "openfoodnetwork_120_products.csv": ("openfoodnetwork", 120, 120, {}, 0),
    "openfoodnetwork_template.csv": ("openfoodnetwork", 0, 0, {}, 0),
    "prestashop14_products_import.csv": ("prestashop", 2, 2, {}, 4),
    "shopify_packt_product-data.csv": ("shopify", 20, 21, {}, 21),
    "woocommerce_importer_unittest.csv": ("woocommerce", 2, 3, {"imports.type_not_sold": 3}, 6),
    "woocommerce_sample_products.csv": ("woocommerce", 11, 18, {"imports.type_not_sold": 4}, 19),
    "woocommerce_sample_products.xml": ("woocommerce-wxr", 14, 19, {"imports.type_not_sold": 4}, 19),
}
# These have no prices, or are no articles: nobody takes them for what they are not.
NOBODYS = [
    "books_goodbooks10k.csv", "inao_nonvins.csv", "openfoodfacts_extract.csv", "oscar_books_essential.csv",
    "prestashop14_addresses_import.csv", "prestashop14_categories_import.csv",
    "prestashop14_combinations_import.csv", "prestashop14_customers_import.csv",
    "prestashop14_manufacturers_import.csv", "prestashop14_suppliers_import.csv",
]  # fmt: skip


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Any) -> None:
    settings.DATA = tmp_path


def imported(shop: Any, file: Any, choices: Choices) -> Import:
    import_ = ask.hand_over(shop, file, "export", choices, by=SYSTEM)
    ask.look(import_)
    if import_.state != "failed":
        ask.start(import_, by=SYSTEM)
        work.go_on(import_, seconds=1000)
    return import_


@pytest.mark.parametrize("name", OUTCOMES)
def test_an_export_goes_in_and_the_same_again_changes_nothing(name: str) -> None:
    shop, choices = a_shop(), Choices(vat_rate=Decimal(20))
    with (CATALOGUES / name).open("rb") as file:
        import_ = imported(shop, file, choices)
        file.seek(0)
        again = imported(shop, file, choices)
    reader, articles, sizes, refused, pictures = OUTCOMES[name]
    assert (import_.reader, import_.created, import_.changed) == (reader, articles, 0)
    assert Counter(code for _where, code, _params in trouble.told(import_, "refused")) == refused
    assert Variant.objects.filter(shop=shop).count() == sizes
    assert PictureWish.objects.filter(of=import_).count() == pictures
    assert import_.found["counts"]["created"] == articles
    assert (again.created, again.changed, again.unchanged) == (0, 0, articles)
    assert Product.objects.filter(shop=shop).count() == articles


@pytest.mark.parametrize("name", NOBODYS)
def test_what_is_nobodys_export_asks_for_its_columns(name: str) -> None:
    with (CATALOGUES / name).open("rb") as file:
        import_ = imported(a_shop(), file, Choices())
    assert (import_.state, import_.problem) == ("failed", "imports.not_recognised")


def test_a_table_without_a_header_goes_in_once_its_columns_are_said() -> None:
    shop = a_shop()
    with (CATALOGUES / "oscar_books_essential.csv").open("rb") as file:
        import_ = imported(shop, file, Choices(columns=BY_HAND))
    assert (import_.created, import_.refused) == (82, 0)
    language = Product.objects.get(shop=shop, name="The C Programming Language")
    variant = language.choices[0]
    assert (variant.gtin, variant.price, language.availability) == (
        "09780131103627",
        Decimal("9.99"),
        "counted",
    )


def test_prestashops_set_comes_in_one_zip() -> None:
    shop, bundle = a_shop(), io.BytesIO()
    with zipfile.ZipFile(bundle, "w") as together:
        for table in ("products", "combinations", "categories"):
            together.write(CATALOGUES / f"prestashop14_{table}_import.csv", f"{table}.csv")
    bundle.seek(0)
    import_ = imported(shop, bundle, Choices(vat_rate=Decimal(20)))
    assert (import_.reader, import_.created, import_.refused) == ("prestashop", 2, 0)
    assert Variant.objects.filter(shop=shop).count() == 3
