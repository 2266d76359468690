# SPDX-License-Identifier: AGPL-3.0-or-later
"""Files of Open Food Facts: as they are given, as spreadsheets leave them, and cut, broken or somebody else's."""

import gzip
import json
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from halles.domain.catalogue.models import Kind
from halles.domain.tradeitems.ports import Facts, Known, Unusable
from halles.integrations.openfoodfacts.codes import code_of
from halles.integrations.openfoodfacts.dump_file import read
from halles.integrations.openfoodfacts.quantities import quantity
from halles.kernel.errors import Refused
from halles.kernel.gtin import is_gtin

CODE = "3017620422003"
PRODUCT = {
    "code": CODE, "product_name": "Hazelnut spread", "product_name_fr": "Pâte à tartiner", "brands": "Fabrique, Autre",
    "quantity": "400 g", "categories_tags": ["en:spreads"], "ingredients_text_fr": "Sucre, _noisettes_ 13%",
    "allergens_tags": ["en:milk", "en:nuts", "en:soybeans"], "origins": "France,  Italie",
}  # fmt: skip


def rows(path: Path, content: bytes | str = "") -> list[Known | Unusable]:
    if content:
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return list(read(path, lambda _place: None))


def facts(path: Path, content: bytes | str) -> list[Facts]:
    return [row.facts for row in rows(path, content) if isinstance(row, Known)]


def told(found: list[Known | Unusable]) -> list[tuple[int, str]]:
    """What each row became: "" when it is understood."""
    return [(row.number, row.refused.code if isinstance(row, Unusable) else "") for row in found]


def checked(body: str) -> str:
    """The digits with their check digit."""
    return next(f"{body}{digit}" for digit in range(10) if is_gtin(f"{body}{digit}".rjust(14, "0")))


EXPECTED = Facts(
    gtin=f"0{CODE}", name="Pâte à tartiner", kind=Kind.FOOD, maker="Fabrique", content=Decimal(400), content_unit="g",
    ingredients="Sucre, noisettes 13%", allergens=["milk", "nuts", "soybeans"], origin="France, Italie",
)  # fmt: skip


@pytest.mark.parametrize("packed", [False, True])
def test_the_same_product_from_every_sort_of_file(tmp_path: Path, packed: bool) -> None:
    table = PRODUCT | {name: ",".join(PRODUCT[name]) for name in ("categories_tags", "allergens_tags")}
    files = [
        json.dumps(PRODUCT),
        "\t".join(table) + "\n" + "\t".join(map(str, table.values())) + "\n",
        ";".join(table) + "\r\n" + ";".join(f'"{value}"' for value in table.values()) + "\r\n",
        "\ufeff" + ",".join(table) + "\n" + ",".join(f'"{value}"' for value in table.values()),
    ]
    for content in files:
        data = gzip.compress(content.encode(), mtime=0) if packed else content.encode()
        assert facts(tmp_path / "produits", data) == [EXPECTED]


@pytest.mark.corpus
def test_the_real_extract_to_the_row(real_input: Path) -> None:
    found = rows(real_input / "catalogues" / "openfoodfacts_extract.csv")
    outcomes = Counter(code for _number, code in told(found))
    assert outcomes == {
        "": 1385, "tradeitems.one_shop_only": 68, "imports.code_wrong": 10, "tradeitems.name_missing": 6, "imports.code_damaged": 1,
    }  # fmt: skip
    known = [row for row in found if isinstance(row, Known)]
    assert Counter(row.facts.kind for row in known) == {Kind.FOOD: 1378, Kind.WINE: 6, Kind.PASTRY: 1}
    assert sum(row.facts.content is not None for row in known) == 287
    assert sum(bool(row.facts.allergens) for row in known) == 85
    assert Counter(doubt.code for row in known for doubt in row.doubts) == {
        "imports.allergen_unknown": 7,
        "imports.content_wrong": 2,
    }


@given(st.text("0123456789", min_size=8, max_size=12), st.integers(0, 13))
def test_zeros_that_were_cut_off_come_back_if_the_check_digit_agrees(body: str, wrong: int) -> None:
    digits = checked(body)
    if not digits.strip("0"):
        return
    cut = digits.lstrip("0")
    assert code_of(cut, "") == cut.rjust(8, "0").rjust(14, "0")
    spoilt = cut[:-1] + str((int(cut[-1]) + 1 + wrong % 9) % 10)
    with pytest.raises(Refused, match=r"imports\.code_wrong"):
        code_of(spoilt, "")


@given(st.integers(10**9, 10**12 - 1), st.integers(2, 6))
def test_what_was_rounded_is_only_believed_of_an_address_that_agrees(body: int, places: int) -> None:
    digits = checked(str(body))
    rounded = f"{int(digits):.{places}E}"
    address = f"http://world-fr.openfoodfacts.org/produit/{digits.rjust(13, '0')}/un-nom"
    assert code_of(rounded, address) == digits.rjust(14, "0")
    other = checked(str(body // 2))
    for wrong in (
        "",
        f"https://world.openfoodfacts.org/product/{other}",
        address.replace(digits, digits[:-2]),
    ):
        with pytest.raises(Refused, match=r"imports\.code_damaged"):
            code_of(rounded, wrong)


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "0",
        "0000000000000",
        "abc",
        "30176204220037777",
        "٣٠١٧٦٢٠٤٢٢٠٠٣",
        "-3017620422003",
        "3017620422004",
    ],
)
def test_what_is_no_code_is_said(cell: str) -> None:
    with pytest.raises(Refused, match=r"imports\.code_wrong"):
        code_of(cell, "https://world.openfoodfacts.org/product/3017620422003")


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("110 g (2 MEDIUM STALKS)", "110", "g"), ("1,5 L", "1.5", "l"), ("6 x 33 cl", "198", "cl"), ("12 oz", "340", "g"),
        ("8 fl. oz (240 mL)", "240", "ml"), ("16 FL OZ", "473", "ml"), ("2x250g", "500", "g"), ("0,150 kg", "0.150", "kg"),
        ("1 Quart (946 ml)", "946", "ml"), ("83,2 g e", "83.2", "g"), ("425 g.", "425", "g"), ("3 litres", "3", "l"),
        ("400 g (220 g égoutté)", "220", "g"), ("545 g (neto), 310 g (escurrido), 580 ml", "310", "g"),
        ("PN : 170 g / PNE : 100 g", "100", "g"), ("680 g (360 g net égoutté), 720 ml", "360", "g"), ("1 lb", "454", "g"),
        ("190 g (égoutté : 115 g)", "115", "g"), ("poids brut 190 g égoutté 110 g", "110", "g"), ("6 cubes-66g/2,3oz", "66", "g"),
    ],
)  # fmt: skip
def test_contents_as_people_write_them(text: str, amount: str, unit: str) -> None:
    assert quantity(text) == ((Decimal(amount), unit), False)


@pytest.mark.parametrize(
    ("text", "doubt"), [("", False), ("6", False), ("beaucoup", True), ("670/350 g", True), ("1/2 l", True), ("0 g", True), ("9" * 50 + " g", True)]
)  # fmt: skip
def test_contents_that_say_nothing(text: str, doubt: bool) -> None:
    assert quantity(text) == ((None, ""), doubt)


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ({"categories_tags": "en:beverages,en:alcoholic-beverages,en:wines"}, Kind.WINE),
        ({"categories_tags": "en:beers,en:non-alcoholic-beverages,en:non-alcoholic-beers"}, Kind.FOOD),
        ({"categories_tags": "en:breads,en:baguettes"}, Kind.BREAD),
        ({"categories_tags": ["en:snacks", "en:viennoiseries"]}, Kind.PASTRY),
        ({"categories_tags": "en:sandwiches"}, Kind.SANDWICH),
        ({"product_type": "beauty"}, Kind.OBJECT),
    ],
)
def test_its_categories_say_what_it_is(tmp_path: Path, said: dict[str, Any], kind: Kind) -> None:
    (found,) = facts(tmp_path / "f.jsonl", json.dumps(PRODUCT | said))
    assert (found.kind, found.is_alcohol) == (kind, kind == Kind.WINE)


def test_a_broken_line_is_laid_aside_and_the_rest_comes_in(tmp_path: Path) -> None:
    good = json.dumps(PRODUCT)
    lines = [
        good,
        '{"code": "30176',
        "[1, 2]",
        "",
        '{"code": "\x00"}',
        "[" * 100_000,
        '{"code": 3017620422003}',
        '{"code":"1"}',
        good,
    ]
    found = rows(tmp_path / "f.jsonl", "\n".join(lines))
    assert told(found) == [
        (1, ""), (2, "tradeitems.line_broken"), (3, "tradeitems.line_broken"), (4, "tradeitems.line_broken"),
        (5, "tradeitems.line_broken"), (6, "tradeitems.name_missing"), (7, "imports.code_wrong"), (8, ""),
    ]  # fmt: skip


@pytest.mark.parametrize("separator", ["\t", ","])
def test_a_row_of_three_thousand_cells_is_laid_aside(tmp_path: Path, separator: str) -> None:
    lines = [
        "code,product_name,quantity",
        f"{CODE},Miel,",
        ",".join(["x"] * 3000),
        f"{CODE},\x00Sel\x00,1 kg,,,",
    ]
    found = rows(tmp_path / "f.csv", "\n".join(lines).replace(",", separator))
    assert told(found) == [(2, ""), (3, "imports.row_shifted"), (4, "")]


def test_quotes_in_the_whole_dump_are_but_quotes(tmp_path: Path) -> None:
    table = f'code\tproduct_name\tbrands\n{CODE}\t"Le 12"" du pays"\t"Seul\n{CODE}\tRhum "vieux"\t\n'
    assert [one.name for one in facts(tmp_path / "f.csv", table)] == ['Le 12" du pays', 'Rhum "vieux"']


def test_a_file_cut_short_gives_what_it_has(tmp_path: Path) -> None:
    lines = "".join(
        json.dumps(PRODUCT | {"quantity": f"{n} g", "origins": f"{n * 7919}"}) + "\n" for n in range(1, 4001)
    )
    whole = gzip.compress(lines.encode(), 1)
    found = rows(tmp_path / "f.jsonl.gz", whole[: len(whole) // 2])
    assert told(found)[-1] == (len(found), "tradeitems.cut_short")
    assert len(found) > 1000 and all(isinstance(row, Known) for row in found[:-2])
    with pytest.raises(Refused, match=r"tradeitems\.cut_short"):
        rows(tmp_path / "f.jsonl.gz", whole[:30])


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"<!DOCTYPE html><html><body>code product_name</body></html>", "tradeitems.not_openfoodfacts"),
        (b"\x89PNG\r\n\x1a\n" + bytes(500), "tradeitems.not_openfoodfacts"),
        (b"PK\x03\x04" + bytes(500), "tradeitems.not_openfoodfacts"),
        (b"nom;prix\nMiel;4\n", "tradeitems.not_openfoodfacts"),
        (b"code\tprix\n1\t2\n", "tradeitems.not_openfoodfacts"),
        (b"\xef\xbb\xbf \n", "imports.empty"),
        (gzip.compress(b"", mtime=0), "imports.empty"),
        (b"\x1f\x8b" + bytes(40), "tradeitems.cut_short"),
    ],
)
def test_what_is_something_else_is_said(tmp_path: Path, content: bytes, code: str) -> None:
    with pytest.raises(Refused, match=code):
        rows(tmp_path / "f", content)


@pytest.mark.corpus
def test_hostile_words_become_plain_names(real_input: Path, tmp_path: Path) -> None:
    words = json.loads((real_input / "bad-input" / "blns.json").read_text())
    lines = [json.dumps(dict.fromkeys(PRODUCT, word) | {"code": CODE}) for word in words]
    found = rows(tmp_path / "f.jsonl", "\n".join(lines))
    assert len(found) == len(words)
    assert {row.refused.code for row in found if isinstance(row, Unusable)} == {"tradeitems.name_missing"}
