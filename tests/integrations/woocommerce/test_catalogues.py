# SPDX-License-Identifier: AGPL-3.0-or-later
"""WooCommerce's own samples: what becomes of each row, exactly; and nobody else's export is taken for one."""

from decimal import Decimal
from pathlib import Path

import pytest

from halles.domain.catalogue.models import Availability
from halles.domain.imports.drafts import Bad, Choices, Draft, DraftVariant, Material, Meaning, Warned, Where
from halles.domain.imports.sheets import open_sheet
from halles.integrations.woocommerce import export_file, wxr_file

pytestmark = pytest.mark.corpus

OURS = {"woocommerce_importer_unittest.csv", "woocommerce_sample_products.csv"}
NOT_SOLD = "imports.type_not_sold"


def csv_material(real_input: Path, name: str) -> Material:
    return Material({"": open_sheet(real_input / "catalogues" / name)})


def wxr_material(real_input: Path) -> Material:
    return Material(wxr=real_input / "catalogues" / "woocommerce_sample_products.xml")


def outcome(drafts: list[Draft | Bad]) -> dict[str, object]:
    """Articles with their rows, refused rows, warnings with theirs."""
    good = [draft for draft in drafts if isinstance(draft, Draft)]
    return {
        "articles": {
            draft.key or draft.name: [variant.where.number for variant in draft.variants] for draft in good
        },
        "bad": {bad.where.number: bad.refused.code for bad in drafts if isinstance(bad, Bad)},
        "warned": sorted((warned.where.number, warned.code) for draft in good for warned in draft.warnings),
    }


def test_the_sample_products(real_input: Path) -> None:
    drafts = list(
        export_file.READER.drafts(csv_material(real_input, "woocommerce_sample_products.csv"), Choices())
    )
    assert outcome(drafts) == {
        "articles": {
            "id:741": [21, 19, 20],
            "id:742": [24, 25, 23, 12, 13, 14],
            "id:743": [4],
            "id:745": [5],
            "id:746": [6],
            "id:747": [7],
            "id:748": [8],
            "id:749": [9],
            "id:761": [15],
            "id:762": [16],
            "id:886": [22],
        },
        "bad": {10: NOT_SOLD, 11: NOT_SOLD, 17: NOT_SOLD, 18: NOT_SOLD},
        "warned": [
            (2, "imports.choice_open"),
            (5, "imports.sale_price_left"),
            (6, "imports.sale_price_left"),
            (7, "imports.sale_price_left"),
            (9, "imports.sale_price_left"),
            (12, "imports.sale_price_left"),
        ],
    }
    hidden = next(draft for draft in drafts if isinstance(draft, Draft) and draft.key == "id:749")
    assert hidden == Draft(
        name="Hoodie with Pocket",
        variants=(
            DraftVariant(
                where=Where(9),
                key="id:749",
                reference="cc-hoodie-with-pocket",
                price=Decimal(45),
                sold_out=False,
            ),
        ),
        key="id:749",
        description=hidden.description,
        category=("Clothing", "Hoodies"),
        availability=Availability.AVAILABLE,
        online=False,
        pictures=(
            "https://classiccommerce.cc/wp-content/downloads/sample-data-images/hoodie-with-pocket.png",
        ),
        warnings=(Warned(Where(9), "imports.sale_price_left", {"typed": "35"}),),
    )
    assert hidden.description is not None
    assert hidden.description.startswith("This is a simple product.\n\nPellentesque habitant")
    hoodie = next(draft for draft in drafts if isinstance(draft, Draft) and draft.key == "id:742")
    assert {(variant.size, variant.colour) for variant in hoodie.variants} == {
        (logo, colour) for logo in ("Yes", "No") for colour in ("Red", "Green", "Blue")
    }
    assert len(hoodie.pictures) == len(set(hoodie.pictures)) == 7


def test_the_sample_of_the_importers_tests(real_input: Path) -> None:
    """An older export without identifiers."""
    drafts = list(
        export_file.READER.drafts(csv_material(real_input, "woocommerce_importer_unittest.csv"), Choices())
    )
    assert outcome(drafts) == {
        "articles": {"Woo Logo": [2], "Ship Your Idea": [6, 7]},
        "bad": {3: NOT_SOLD, 4: NOT_SOLD, 8: NOT_SOLD},
        "warned": [
            (2, "imports.backorders_left"),
            (2, "imports.sale_price_left"),
            (5, "imports.backorders_left"),
            (7, "imports.sale_price_left"),
        ],
    }
    logo, idea = (draft for draft in drafts if isinstance(draft, Draft))
    assert logo.category == ("Clothing", "T-shirts")
    assert logo.description is not None
    assert logo.description.count("Lorem ipsum") == 1
    assert idea.availability == Availability.COUNTED
    assert idea.variants == (
        DraftVariant(Where(6), size="M", colour="Black", price=Decimal(20), stock=Decimal(6), sold_out=False),
        DraftVariant(
            Where(7), size="L", colour="Green", price=Decimal(20), stock=Decimal(10), sold_out=False
        ),
    )


def test_the_sample_of_wordpress(real_input: Path) -> None:
    drafts = list(wxr_file.READER.drafts(wxr_material(real_input), Choices()))
    assert outcome(drafts) == {
        "articles": {
            "id:6": [15, 16, 17],
            "id:7": [25, 18, 19, 20],
            **{f"id:{number}": [number - 5] for number in (*range(8, 18), 26, 27)},
        },
        "bad": {13: NOT_SOLD, 14: NOT_SOLD, 23: NOT_SOLD, 24: NOT_SOLD},
        "warned": [
            (1, "imports.choice_open"),
            *((number, "imports.sale_price_left") for number in (5, 6, 7, 9, 18, 22)),
        ],
    }
    tee = next(draft for draft in drafts if isinstance(draft, Draft))
    uploads = "https://woocommercecore.mystagingwebsite.com/wp-content/uploads/2017/12"
    assert tee == Draft(
        name="V-Neck T-Shirt",
        variants=tuple(
            DraftVariant(
                where=Where(number),
                key=f"id:{number + 5}",
                reference=f"woo-vneck-tee-{colour.lower()}",
                colour=colour,
                price=Decimal(price),
                stock=Decimal(100),
                sold_out=False,
            )
            for number, colour, price in ((15, "Red", 20), (16, "Green", 20), (17, "Blue", 15))
        ),
        key="id:6",
        description=tee.description,
        category=("Tshirts",),
        availability=Availability.COUNTED,
        online=True,
        pictures=tuple(
            f"{uploads}/{name}.jpg" for name in ("vneck-tee-2", "vnech-tee-green-1", "vnech-tee-blue-1")
        ),
        warnings=(Warned(Where(1), "imports.choice_open", {"attribute": "size"}),),
    )
    pocket = next(draft for draft in drafts if isinstance(draft, Draft) and draft.key == "id:14")
    assert pocket.online is False


def test_columns_are_told(real_input: Path) -> None:
    columns = export_file.READER.columns(
        csv_material(real_input, "woocommerce_sample_products.csv"), Choices()
    )
    assert len(columns) == 55
    understood = {column.name: column for column in columns if column.meaning != Meaning.IGNORED}
    assert understood["Attribute 1 value(s)"].meaning == Meaning.COLOUR
    assert understood["Attribute 2 value(s)"].meaning == Meaning.SIZE
    assert (understood["Regular price"].meaning, understood["Regular price"].example) == (Meaning.PRICE, "45")
    assert len(understood) == 18
    read = wxr_file.READER.columns(wxr_material(real_input), Choices())
    assert {column.name: column.example for column in read}["_sku"] == "woo-vneck-tee"


def test_nobody_elses_export_is_taken(real_input: Path) -> None:
    tables = {file.name: file for file in (real_input / "catalogues").glob("*.csv")}
    assert tables.keys() > OURS
    taken = {
        name
        for name, file in tables.items()
        if export_file.READER.recognises(Material({"": open_sheet(file)}))
    }
    assert taken == OURS
    assert not wxr_file.READER.recognises(csv_material(real_input, "woocommerce_sample_products.csv"))
    assert not export_file.READER.recognises(wxr_material(real_input))
    assert wxr_file.READER.recognises(wxr_material(real_input))
