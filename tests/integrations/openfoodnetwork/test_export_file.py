# SPDX-License-Identifier: AGPL-3.0-or-later
"""Open Food Network's products: its own sample and template, and what producers do with them."""

from decimal import Decimal
from pathlib import Path

import pytest
from tests.readers import choices_of, material, read

from halles.domain.catalogue.models import Availability
from halles.domain.imports.drafts import Choices, Draft, DraftVariant, Material, Where
from halles.domain.imports.sheets import open_sheet
from halles.integrations.openfoodnetwork.export_file import READER

HEADER = (
    "producer,sku,name,display_name,category,description,units,unit_type,variant_unit_name,price,on_hand,available_on,"
    "on_demand,shipping_category,tax_category\n"
)


@pytest.mark.corpus
def test_the_sample_of_120_products(real_input: Path) -> None:
    given = Material({"": open_sheet(real_input / "catalogues" / "openfoodnetwork_120_products.csv")})
    found = read(READER, given)
    assert (len(found.drafts), found.bad, found.warnings) == (120, {}, [])
    assert {len(draft.variants) for draft in found.drafts} == {1}
    assert found.drafts[-1] == Draft(
        name="Imported Product 120",
        variants=(
            DraftVariant(
                where=Where(121),
                key="user enterprise / imported product 120 Orange Tree/",
                reference="120",
                size="Orange Tree",
                price=Decimal(121),
                content=Decimal(120),
                content_unit="g",
                stock=Decimal(219),
            ),
        ),
        key="user enterprise / imported product 120",
        maker="User Enterprise",
        category=("Vegetables",),
        availability=Availability.COUNTED,
    )


@pytest.mark.corpus
def test_an_empty_template(real_input: Path) -> None:
    given = Material({"": open_sheet(real_input / "catalogues" / "openfoodnetwork_template.csv")})
    found = read(READER, given)
    assert (found.drafts, found.bad) == ([], {})
    assert len(READER.columns(given, Choices())) == 15


def test_sizes_of_one_article_wherever_they_stand(tmp_path: Path) -> None:
    found = read(
        READER,
        material(
            tmp_path,
            products=HEADER
            + 'Ferme A,P1,Pommes,Filet,Fruits > Pommes,"<p>Gala</p>",1.5,kg,,"4,20",10,,,,"TVA 5,5 %"\n'
            "Ferme B,X1,Pommes,,Fruits,,1,kg,,3,5,,,,\n"
            'Ferme A,P2,pommes,,Fruits,,10,KG,,"24,00",,,1,,\n'
            "Ferme A,P3,Pommes,,Fruits,,5,kg,,13,,,1,,\n"
            "Ferme A,P4,Pommes,,Fruits,,1,,caisse,40,2,,0,,\n",
        ),
    )
    ferme, autre = found.drafts
    assert (ferme.key, ferme.maker, ferme.description) == ("ferme a / pommes", "Ferme A", "Gala")
    assert (ferme.category, ferme.vat_rate) == (("Fruits", "Pommes"), Decimal("5.5"))
    assert choices_of(ferme) == [("Filet", ""), ("10 KG", ""), ("5 kg", ""), ("1 caisse", "")]
    assert [(v.price, v.content, v.content_unit, v.stock) for v in ferme.variants] == [
        (Decimal("4.20"), Decimal("1.5"), "kg", 10),
        (Decimal(24), 10, "kg", None),
        (Decimal(13), 5, "kg", None),
        (Decimal(40), None, "", 2),
    ]
    assert ferme.availability == Availability.AVAILABLE
    assert (choices_of(autre), autre.availability) == ([("", "")], Availability.COUNTED)


@pytest.mark.parametrize(
    ("units", "unit", "content"),
    [
        ("250", "mL", (Decimal(250), "ml")),
        ("0,75", "L", (Decimal("0.75"), "l")),
        ("2", "T", (Decimal(2000), "kg")),
        ("1", "lb", (Decimal("453.592"), "g")),
        ("4", "oz", (Decimal("113.398"), "g")),
        ("6", "Items", (None, "")),
    ],
)
def test_measures(tmp_path: Path, units: str, unit: str, content: tuple[Decimal | None, str]) -> None:
    row = f'F,1,Lait,,Lait,,"{units}",{unit},,2,1,,,,\n'
    (variant,) = read(READER, material(tmp_path, products=HEADER + row)).only.variants
    assert (variant.content, variant.content_unit) == content


def test_letters_that_were_lost_are_said(tmp_path: Path) -> None:
    rows = "F,1,Crème brûlée,,Lait,,25,cL,,3,4,,,,\n" * 20
    (tmp_path / "a").write_bytes((HEADER + rows).encode() + b"F,2,Caf\xe9,,Lait,,25,cL,,3,4,,,,\n")
    found = read(READER, Material({"": open_sheet(tmp_path / "a")}))
    assert [draft.name for draft in found.drafts] == ["Crème brûlée", "Caf\N{REPLACEMENT CHARACTER}"]
    assert found.warnings == [(22, "imports.row_damaged")]


def test_what_cannot_be_used_is_refused_by_itself(tmp_path: Path) -> None:
    found = read(
        READER,
        material(
            tmp_path,
            products=HEADER
            + "F,1,Lait,Litre,Lait,,1,L,,2,1,,,,\n"
            + "F,2,Lait,Litre,Lait,,1,L,,2,1,,,,\n"
            + "F,3,,,Lait,,1,L,,2,1,,,,\n"
            + "F,4,Lait,Demi,Lait,,un demi,L,,2,1,,,,\n"
            + "F,5,Lait,Bidon,Lait,,5,L,,$9,1,,,,\n"
            + "F,6,Lait,Seau,Lait,,9,L,,9,beaucoup,,,,\n"
            + "F,7,Crème,,Lait,,25,cL,,3,-4,,peut-être,,\n"
            + "F,8,Fromage,,Lait,,200,g,,3,-4,,,,\n",
        ),
    )
    assert found.rows == {
        3: "imports.variant_twice",
        4: "imports.name_missing",
        5: "imports.content_wrong",
        6: "imports.currency_wrong",
        7: "imports.quantity_wrong",
        8: "imports.yes_no_wrong",
    }
    assert [(draft.name, len(draft.variants)) for draft in found.drafts] == [("Lait", 1), ("Fromage", 1)]
    assert found.warnings == [(9, "imports.quantity_negative")]
    assert found.drafts[1].variants[0].stock == 0
