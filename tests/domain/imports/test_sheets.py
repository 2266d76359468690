# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tables as shops hand them over, whole and broken."""

import csv
import gzip
import io
import random
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from halles.domain.imports.dialects import separator_of
from halles.domain.imports.sheets import Sheet, open_sheet
from halles.domain.imports.sources import Kind
from halles.kernel.errors import Refused

CATALOGUE = "Désignation;Référence;Prix TTC\r\nCrème brûlée;P1;4,20\r\nPâté « maison »;P2;12,50 €\r\n"


@pytest.fixture
def a_file(tmp_path: Path) -> Any:
    def write(content: str | bytes, encoding: str = "utf-8") -> Path:
        path = tmp_path / "sans-extension"
        path.write_bytes(content.encode(encoding) if isinstance(content, str) else content)
        return path

    return write


def cells(sheet: Sheet) -> list[list[str]]:
    return [row.cells for row in sheet.rows()]


def problems(sheet: Sheet) -> dict[int, str]:
    return {row.number: row.problem for row in sheet.rows() if row.problem}


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
        ("cp1252", "cp1252"),
        ("mac_roman", "mac_roman"),
        ("cp850", "cp850"),
    ],
)
def test_encodings(a_file: Any, written: str, seen: str) -> None:
    sheet = open_sheet(a_file(CATALOGUE.replace("€", "EUR"), written))
    assert (sheet.kind, sheet.encoding, sheet.separator) == (Kind.TEXT, seen, ";")
    assert sheet.header == ["Désignation", "Référence", "Prix TTC"]
    assert cells(sheet) == [["Crème brûlée", "P1", "4,20"], ["Pâté « maison »", "P2", "12,50 EUR"]]
    assert cells(sheet) == cells(sheet)


def test_windows_signs_are_read_as_such_and_other_bytes_as_latin(a_file: Any) -> None:
    assert "12,50 €" in cells(open_sheet(a_file(CATALOGUE, "cp1252")))[1]
    sheet = open_sheet(a_file(CATALOGUE.replace("€", "\x81"), "latin-1"))
    assert sheet.encoding == "latin-1"


def test_a_few_broken_letters_do_not_make_another_encoding(a_file: Any) -> None:
    sheet = open_sheet(a_file(CATALOGUE.encode() + "Bœuf séché à l'été;P3;5\n".encode() + b"caf\xe9;P4;5\n"))
    assert sheet.encoding == "utf-8"
    assert problems(sheet) == {5: "imports.row_damaged"}
    assert cells(sheet)[0][0] == "Crème brûlée"


@pytest.mark.parametrize(
    ("text", "separator"),
    [
        (CATALOGUE, ";"),
        ("nom,prix\nPain,1.20\n", ","),
        ("nom\tprix\nPain\t1,20\n", "\t"),
        ("nom|prix\nPain|1,20\n", "|"),
        ("Pain;1,20\nLait;2,30\n", ";"),  # two columns either way, and no header
        ("Pain, lait;1,20\nŒufs, beurre;2,30\n", ";"),
        ('nom,description\nPain,"cuit; doré; croquant"\nLait,"entier; frais"\n', ","),
        ("id;Catégories (x,y,z)\n1;Home, iPods\n2;a,b,c,d\n", ";"),
    ],
)
def test_separators(text: str, separator: str) -> None:
    assert separator_of(text) == separator


def test_one_column_stays_one(a_file: Any) -> None:
    assert cells(open_sheet(a_file("prix\n1,20\n2,30\n"))) == [["1,20"], ["2,30"]]


def test_excel_may_say_its_separator(a_file: Any) -> None:
    sheet = open_sheet(a_file("sep=|\r\nnom|prix;net\r\nPain|1;2\r\n"))
    assert (sheet.header, cells(sheet)) == (["nom", "prix;net"], [["Pain", "1;2"]])


NAMES = ["désignation", "référence", "préparé à"]
LETTERS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)
FRENCH = st.text(st.sampled_from("abz019éèàçêùœ€’ ,;|\t\"'\r\n=+-"), max_size=12)


@settings(max_examples=settings().max_examples // 4)
@given(
    data=st.data(),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    separator=st.sampled_from(",;\t|"),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]),
    end=st.sampled_from(["\r\n", "\n", "\r"]),
)
def test_what_python_writes_comes_back_cell_by_cell(
    tmp_path: Path, data: st.DataObject, encoding: str, separator: str, quoting: Any, end: str
) -> None:
    letters = FRENCH if encoding == "cp1252" else LETTERS
    if quoting == csv.QUOTE_MINIMAL:  # which forgets the quotes around an end of line that is not its own
        letters = letters.map(lambda cell: re.sub(r"[\r\n]", end, cell))
    rows = data.draw(st.lists(st.lists(letters, min_size=3, max_size=3), max_size=6))
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator, quoting=quoting, lineterminator=end).writerows([NAMES, *rows])
    path = tmp_path / "table"
    path.write_bytes(text.getvalue().encode(encoding))
    sheet = open_sheet(path, has_header=True)
    assert (sheet.header, sheet.separator) == (NAMES, separator)
    numbered = [(number, row) for number, row in enumerate(rows, start=2) if any(row)]
    assert [(row.number, row.cells, row.problem) for row in sheet.rows()] == [(*row, "") for row in numbered]


@given(st.binary(max_size=300))
def test_any_bytes_are_a_table_or_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bytes"
    path.write_bytes(content)
    try:
        list(open_sheet(path).rows())
    except Refused as refused:
        assert refused.code.startswith("imports.")


@pytest.mark.parametrize(
    ("first", "second", "header"),
    [
        ("Nom,Prix,Code", "Pain,1.20,3017620422003", True),
        ("first,last,zip", "Cliente,Douze,08123", True),
        ("Nom,Prix 2026,Prix 2027", "Pain,1,2", True),
        ("code,#NAME?,#NAME?,#NAME?", "1,2,3,4", True),
        ("Pain,1.20,3017620422003", "Lait,2.30,3017620422003", False),
        ("Pain,\"1,20 €\"", 'Lait,"2,30 €"', False),
        ("Livre,Le pain,Gallimard", "Livre,Le vin,Grasset", False),  # the same word below
        ("Pain,oui,pain.jpg", "Lait,non,lait.jpg", False),
        ("Pain,500 g", "Lait,1 l", False),
    ],
)  # fmt: skip
def test_a_header_is_known_by_its_cells(a_file: Any, first: str, second: str, header: bool) -> None:
    path = a_file(f"{first}\n{second}\n")
    assert (open_sheet(path).header is not None) is header
    assert len(cells(open_sheet(path, has_header=False))) == 2
    assert len(cells(open_sheet(path, has_header=True))) == 1


def test_rows_are_counted_as_a_spreadsheet_does(a_file: Any) -> None:
    sheet = open_sheet(a_file('\nnom;prix\n\nPain;"un\nbon"\n;;\nLait;2\n'))
    assert [(row.number, row.cells) for row in sheet.rows()] == [(4, ["Pain", "un\nbon"]), (6, ["Lait", "2"])]


def test_short_rows_are_filled_and_what_is_too_much_is_said(a_file: Any) -> None:
    sheet = open_sheet(a_file("nom;prix;stock\nPain;1\nLait;2;3;;\nŒufs;2;3;4\n"))
    assert cells(sheet) == [["Pain", "1", ""], ["Lait", "2", "3"], ["Œufs", "2", "3", "4"]]
    assert problems(sheet) == {4: "imports.row_shifted"}


def test_a_row_of_three_thousand_cells_is_refused_alone_and_a_header_altogether(a_file: Any) -> None:
    wide = ";".join(["x"] * 3000)
    sheet = open_sheet(a_file(f"nom;prix\nPain;1\n{wide}\nLait;2\n"))
    assert problems(sheet) == {3: "imports.row_too_wide"}
    assert [len(row.cells) for row in sheet.rows()] == [2, 500, 2]
    with pytest.raises(Refused, match=r"imports\.too_many_columns.*3000"):
        open_sheet(a_file(";".join(f"colonne {n}" for n in range(3000)) + "\n1;2\n"))


def test_cells_far_out_that_hold_nothing_do_not_count(a_file: Any) -> None:
    tail = ";" * 3000
    sheet = open_sheet(a_file(f"nom;prix{tail}\nPain;1{tail}\n"))
    assert (sheet.header, cells(sheet), problems(sheet)) == (["nom", "prix"], [["Pain", "1"]], {})


def test_words_that_begin_as_programs_do_are_words(a_file: Any) -> None:
    assert cells(open_sheet(a_file("MZ-12;4,20\nBZh-3;5\n"), has_header=False)) == [
        ["MZ-12", "4,20"],
        ["BZh-3", "5"],
    ]


def test_a_zero_byte_in_a_cell_is_dropped(a_file: Any) -> None:
    assert cells(open_sheet(a_file("nom;prix\nPa\0in;1\n"))) == [["Pain", "1"]]


@pytest.mark.parametrize(
    ("rows", "read", "damaged"),
    [
        ("Pain;1\nLait;2", ["Pain", "Lait"], {}),  # no line end at the end
        ("Pain;1\nLa", ["Pain", "La"], {}),
        ('Pain;1\n"Lait frais\net cru', ["Pain", "Lait frais\net cru"], {3: "imports.row_cut"}),
        ('"Pain;1\nLait;2\nŒufs;3\n', ['"Pain', "Lait", "Œufs"], {2: "imports.row_cut"}),  # a stray quote
    ],
)
def test_what_is_cut_short_is_read_as_far_as_it_goes(
    a_file: Any, rows: str, read: list[str], damaged: dict[int, str]
) -> None:
    sheet = open_sheet(a_file(f"nom;prix\n{rows}"))
    assert [row[0] for row in cells(sheet)] == read
    assert problems(sheet) == damaged


def test_a_stray_quote_does_not_swallow_the_file(a_file: Any) -> None:
    lines = "".join(f"Article {n};{n}\n" for n in range(20_000))
    sheet = open_sheet(a_file(f'nom;prix\n"Pain;1\n{lines}"Lait";2\n'))
    rows = list(sheet.rows())
    assert len(rows) == 20_002
    assert problems(sheet) == {2: "imports.row_unreadable"}
    assert (rows[-1].number, rows[-1].cells) == (20_003, ["Lait", "2"])


def test_a_file_that_falls_apart_at_every_line_is_given_up(a_file: Any) -> None:
    sheet = open_sheet(a_file("nom;prix\n" + (f'"{"x" * 140_000}";1\n' * 150)))
    with pytest.raises(Refused, match=r"imports\.too_damaged"):
        list(sheet.rows())


def test_a_line_without_end_is_one_unreadable_row(a_file: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("halles.domain.imports.records.MOST_RECORD", 1000)
    sheet = open_sheet(a_file(f"nom;prix\n{'x;' * 5000}\nLait;2\n"))
    assert problems(sheet) == {2: "imports.row_unreadable"}
    assert cells(sheet)[-1] == ["Lait", "2"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "imports.empty"),
        (b" \r\n\t\n", "imports.empty"),
        (b"\xef\xbb\xbf", "imports.empty"),
        (b"%PDF-1.7\n", "imports.not_a_table"),
        (b"\x89PNG\r\n\x1a\n....", "imports.not_a_table"),
        (b"\xff\xd8\xff\xe0....", "imports.not_a_table"),
        (bytes(range(256)) * 20, "imports.not_a_table"),
        (b"nom;prix\n" + b"\0" * 4000, "imports.not_a_table"),
        (gzip.compress(random.Random(1).randbytes(5000)), "imports.not_a_table"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "imports.not_a_table"),
        (b"<!DOCTYPE html><table>", "imports.is_xml"),
        (b'\xef\xbb\xbf\n<?xml version="1.0"?><rss/>', "imports.is_xml"),
        (b"PK\x03\x04 and no more", "imports.zip_broken"),
    ],
)
def test_what_is_no_table_is_said(a_file: Any, content: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        open_sheet(a_file(content))
    assert refused.value.code == code


def test_only_a_header_is_a_table_without_rows(a_file: Any) -> None:
    sheet = open_sheet(a_file("nom;prix\n"))
    assert (sheet.header, cells(sheet)) == (["nom", "prix"], [])


def test_two_gigabytes_are_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.write(b"nom;prix\nPain;1\n")
        file.truncate(2 * 1024**3)
    with pytest.raises(Refused, match=r"imports\.too_large"):
        open_sheet(path)


def test_no_file_is_said(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "absent"):
        with pytest.raises(Refused, match=r"imports\.(cannot_read|empty)"):
            open_sheet(path)
