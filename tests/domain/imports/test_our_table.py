# SPDX-License-Identifier: AGPL-3.0-or-later
"""The table of the house: it comes back as it went out, and whatever stands in its cells is read or refused."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.readers import material, read

from halles.domain.catalogue.models import Availability, Kind
from halles.domain.imports.drafts import Bad, Choices, Draft, Material, Meaning
from halles.domain.imports.sheets import open_sheet
from halles.domain.imports.spreadsheet import OUR_COLUMNS, OUR_MARK, READER, propose
from halles.domain.imports.spreadsheet.headers import named
from halles.domain.imports.values import goods
from halles.domain.imports.values.formulas import neutral
from halles.kernel.errors import Refused
from halles.kernel.units import Unit

CELLS = st.one_of(
    st.text(st.characters(exclude_categories=["C"]), max_size=12),
    st.sampled_from(
        [
            "",
            "oui",
            "12",
            "4,20 €",
            "5,5 %",
            "3760091720115",
            "1,76E+12",
            "250 g",
            "> > /",
            "'=1",
            "kg",
            "S",
            "²",
        ]
    ),
)


@given(st.lists(st.lists(CELLS, min_size=len(OUR_COLUMNS), max_size=len(OUR_COLUMNS)), max_size=6))
@settings(max_examples=settings().max_examples // 4)
@pytest.mark.parametrize(
    "header", [[name for name, _ in OUR_COLUMNS], [f"{name} " for name, _ in OUR_COLUMNS[1:]]]
)
def test_any_cells_are_drafts_or_a_reason(tmp_path: Path, header: list[str], rows: list[list[str]]) -> None:
    path = tmp_path / "table"
    with path.open("w", encoding="utf-8", newline="", errors="replace") as file:
        csv.writer(file, delimiter=";").writerows([header, *rows])
    sheet = open_sheet(path, has_header=True)
    outcomes = list(READER.drafts(Material({"": sheet}), Choices()))
    told = [each.where.number for each in outcomes if isinstance(each, Bad)]
    told += [
        variant.where.number for each in outcomes if isinstance(each, Draft) for variant in each.variants
    ]
    assert sorted(told) == [row.number for row in sheet.rows()]
    propose(open_sheet(path, has_header=False))


OURS = {
    Meaning.KEY: ["id-1", "id-1", "id-2"],
    Meaning.NAME: ["=Miel & cie", "=Miel & cie", "Sel"],
    Meaning.DESCRIPTION: ["Un <b> & deux &amp;\n\n– trois", "", "  "],
    Meaning.CATEGORY: ["Épicerie > Miels"] * 3,
    Meaning.KIND: [goods.our_word(goods.KIND_WORDS, Kind.FOOD)] * 3,
    Meaning.SIZE: ["S", "L", ""],
    Meaning.PRICE: ["4,20", "1250,00", "0,90"],
    Meaning.VAT: ["5,5", "5,5", "20"],
    Meaning.UNIT: [goods.our_word(goods.UNIT_WORDS, unit) for unit in (Unit.PIECE, Unit.PIECE, Unit.KILOGRAM)],
    Meaning.AVAILABILITY: [
        goods.our_word(goods.AVAILABILITY_WORDS, said)
        for said in (Availability.COUNTED, Availability.COUNTED, Availability.DAILY)
    ],
    Meaning.STOCK: ["1,250", "3", ""],
    Meaning.SOLD_OUT: ["non", "oui", "non"],
    Meaning.DAILY: ["", "", "10,5"],
    Meaning.CONTENT: ["0,75 l", "", ""],
    Meaning.ALLERGENS: ["Lait, Œufs", "", ""],
    Meaning.PORTION: ["", "", "tranche 80 g"],
}  # fmt: skip


def test_our_own_table_comes_back_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow([name for name, _ in OUR_COLUMNS])
        for row in range(3):
            writer.writerow([neutral(OURS[m][row]) if m in OURS else "" for _, m in OUR_COLUMNS])
    given = material(tmp_path, table=path.read_text(encoding="utf-8"))
    honey, salt = read(READER, given).drafts
    assert OUR_MARK == ","
    assert (honey.key, honey.name, honey.category) == ("id:id-1", "=Miel & cie", ("Épicerie", "Miels"))
    assert honey.description == "Un <b> & deux &amp;\n\n– trois"
    assert (honey.kind, honey.vat_rate, honey.unit) == (Kind.FOOD, Decimal("5.5"), Unit.PIECE)
    assert honey.availability == Availability.COUNTED
    assert honey.allergens == ("milk", "eggs")
    small, large = honey.variants
    assert (small.size, small.price, small.stock, small.sold_out) == (
        "S",
        Decimal("4.20"),
        Decimal("1.25"),
        False,
    )
    assert (small.content, small.content_unit) == (Decimal("0.75"), "l")
    assert (large.size, large.price, large.stock, large.sold_out) == ("L", 1250, 3, True)
    assert (salt.unit, salt.availability, salt.daily_quantity) == (
        Unit.KILOGRAM, Availability.DAILY, Decimal("10.5"),
    )  # fmt: skip
    assert (salt.portion, salt.portion_weight, honey.portion) == ("slice", Decimal("0.080"), None)
    assert [said and said.meaning for said in map(named, dict(OUR_COLUMNS))] == [m for _, m in OUR_COLUMNS]


@pytest.mark.parametrize("later", [0, 1])
def test_a_table_that_left_before_portions_were_told_is_still_ours(tmp_path: Path, later: int) -> None:
    path = tmp_path / "table.csv"
    columns = OUR_COLUMNS[: len(OUR_COLUMNS) - later]
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = [[name for name, _ in columns], [neutral(OURS[m][0]) if m in OURS else "" for _, m in columns]]
        csv.writer(file, delimiter=";").writerows(rows)
    (honey,) = read(READER, material(tmp_path, table=path.read_text(encoding="utf-8"))).drafts
    assert honey.description == "Un <b> & deux &amp;\n\n– trois"  # of another table, tags are taken out


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("part 300 g", ("part", Decimal("0.300"))),
        ("Tranche de 80g", None),
        ("pièce ≈ 1,2 kg", ("piece", Decimal("1.200"))),
        ("1 slice (80 g)", None),
        ("wedge 300 g", ("part", Decimal("0.300"))),
        ("part 300 ml", None),
        ("part", None),
        ("botte 300 g", None),
        ("part 0 g", None),
        ("part 300 000 kg", None),
    ],
)
def test_a_portion_and_its_weight_are_read_or_left_out(typed: str, said: tuple[str, Decimal] | None) -> None:
    if said:
        assert goods.portion(typed) == said
    else:
        with pytest.raises(Refused, match="portion_wrong"):
            goods.portion(typed)
