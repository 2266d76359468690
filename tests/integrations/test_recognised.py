# SPDX-License-Identifier: AGPL-3.0-or-later
"""Each reader takes the exports of its own system, and nobody else's."""

from pathlib import Path

import pytest

from halles.domain.imports.drafts import Material
from halles.domain.imports.ports import reader_named
from halles.domain.imports.sheets import open_sheet

pytestmark = pytest.mark.corpus

TAKEN: dict[str, set[str]] = {
    "odoo": {"odoo_product.template.csv"},
    "openfoodnetwork": {"openfoodnetwork_120_products.csv", "openfoodnetwork_template.csv"},
    "prestashop": {"prestashop14_products_import.csv"},
    "shopify": {"shopify_packt_product-data.csv"},
    "woocommerce": {"woocommerce_importer_unittest.csv", "woocommerce_sample_products.csv"},
    "woocommerce-wxr": set(),
}


@pytest.mark.parametrize("name", TAKEN)
def test_a_reader_takes_its_own_files_only(real_input: Path, name: str) -> None:
    files = sorted((real_input / "catalogues").glob("*.csv"))
    files += sorted((real_input / "bad-input" / "csv-spectrum").glob("*.csv"))
    reader = reader_named(name)
    taken = {file.name for file in files if reader.recognises(Material({"": open_sheet(file)}))}
    assert taken == TAKEN[name]


@pytest.mark.parametrize("name", sorted(TAKEN.keys() - {"woocommerce-wxr"}))
def test_a_wordpress_export_is_none_of_theirs(real_input: Path, name: str) -> None:
    wxr = real_input / "catalogues" / "woocommerce_sample_products.xml"
    assert not reader_named(name).recognises(Material(wxr=wxr))
