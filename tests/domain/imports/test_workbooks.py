# SPDX-License-Identifier: AGPL-3.0-or-later
"""Workbooks and ZIPs, honest and hostile."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.workbooks import write_ods, write_sheet, write_xlsx

from halles.domain.imports.bundles import find_tables
from halles.domain.imports.sheets import open_sheet
from halles.domain.imports.sources import Kind
from halles.kernel.errors import Refused

TABLE = [["nom", "prix", "TVA", "code", "visible"], ["Pâté & pain", 4.2, 0.055, 9782070368228, True]]
AS_TEXT = ["Pâté & pain", "4.2", "0.055", "9782070368228", "TRUE"]


def test_a_workbook_is_read_like_any_table(tmp_path: Path) -> None:
    rows = [
        *TABLE,
        [None],
        ["Lait", 1, 1.1, 1.76701e21, False],
        ["=1+1", 0.1 + 0.2, 1234567890123452, "", ""],
    ]
    sheet = open_sheet(write_xlsx(tmp_path / "catalogue.csv", rows))
    assert (sheet.kind, sheet.header) == (Kind.WORKBOOK, TABLE[0])
    found = list(sheet.rows())
    assert [(row.number, row.cells[0]) for row in found] == [(2, "Pâté & pain"), (4, "Lait"), (5, "=1+1")]
    assert found[0].cells == AS_TEXT
    assert found[1].cells == ["Lait", "1", "1.1", "1.767010E+21", "FALSE"]  # its last digits are lost: said
    assert found[2].cells[1:3] == ["0.3", "1234567890123452"]
    assert [row.cells for row in sheet.rows()] == [row.cells for row in found]


def test_libreoffice_writes_a_million_empty_rows(tmp_path: Path) -> None:
    sheet = open_sheet(write_ods(tmp_path / "a", [["nom", "prix"], ["Pain", "4,20"]]))
    assert (sheet.header, [row.cells for row in sheet.rows()]) == (["nom", "prix"], [["Pain", "4,20"]])


def test_rows_need_not_be_read_to_the_end(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a", [["nom", "prix"], *([f"Article {n}", n] for n in range(20_000))])
    rows = open_sheet(path).rows()
    assert next(rows).cells == ["Article 0", "0"]
    rows.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize("last", [3000, 1048576])
def test_two_cells_far_apart_do_not_end_the_process(tmp_path: Path, last: int) -> None:
    """The reader would ask for all the cells between them, and be aborted."""
    path = write_sheet(
        tmp_path / "a",
        f'<row r="1"><c r="A1"><v>1</v></c></row><row r="{last}"><c r="XFD{last}"><v>1</v></c></row>',
    )
    with pytest.raises(Refused, match=r"imports\.too_large"):
        open_sheet(path)


def test_a_workbook_without_cells_is_empty(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"imports\.empty"):
        open_sheet(write_sheet(tmp_path / "a", ""))


def test_entities_of_ones_own_say_nothing(tmp_path: Path) -> None:
    path = write_sheet(tmp_path / "a", "<row><c><v>1</v></c></row>")
    with zipfile.ZipFile(path) as parts:
        kept = {name: parts.read(name) for name in parts.namelist()}
    start = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]>'
    kept["xl/worksheets/sheet1.xml"] = (
        start + kept["xl/worksheets/sheet1.xml"][21:].replace(b"<v>1</v>", b'<v>&b;</v>')
    )  # fmt: skip
    with zipfile.ZipFile(path, "w") as parts:
        for name, text in kept.items():
            parts.writestr(name, text)
    with pytest.raises(Refused, match=r"imports\.(not_a_table|empty)"):
        open_sheet(path)


def a_zip(path: Path, members: dict[str | zipfile.ZipInfo, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as parts:
        for name, content in members.items():
            parts.writestr(name, content)
    return path


def test_a_zip_gives_its_tables_and_pictures_by_name(tmp_path: Path) -> None:
    xlsx = write_xlsx(tmp_path / "x", TABLE).read_bytes()
    path = a_zip(
        tmp_path / "a",
        {
            "export/products.csv": b"nom;prix\nPain;1,20\n",
            "export/catégories": b"rayon,parent\nPains,\n",
            "./export/stock": xlsx,
            "photos/pain.csv": b"\x89PNG\r\n\x1a\n and so on",
            "photos/": b"",
            "lisez-moi.pdf": b"%PDF-1.7",
            "vide.csv": b"",
            "__MACOSX/export/._products.csv": b"\0\5\x16\7",
        },
    )
    with find_tables(path) as bundle:
        assert list(bundle.tables) == ["export/products.csv", "export/catégories", "./export/stock"]
        read = {name: [row.cells for row in sheet.rows()] for name, sheet in bundle.tables.items()}
        assert read["export/products.csv"] == [["Pain", "1,20"]]
        assert read["./export/stock"] == [AS_TEXT]
        assert bundle.pictures["photos/pain.csv"].head().endswith(b"and so on")
        assert bundle.unread == {"lisez-moi.pdf": "imports.not_a_table", "vide.csv": "imports.empty"}
    with pytest.raises(Refused, match=r"imports\.is_bundle"):
        open_sheet(path)


def a_link() -> zipfile.ZipInfo:
    link = zipfile.ZipInfo("catalogue.csv")
    link.external_attr = 0o120777 << 16
    return link


HOSTILE: dict[str, Callable[[Path], Path]] = {
    "climbs": lambda path: a_zip(path, {"../catalogue.csv": b"a,b\n1,2\n"}),
    "climbs, the other way": lambda path: a_zip(path, {"a\\..\\..\\catalogue.csv": b"a,b\n1,2\n"}),
    "absolute": lambda path: a_zip(path, {"/etc/cron.d/halles": b"a,b\n1,2\n"}),
    "on a disk": lambda path: a_zip(path, {"C:/catalogue.csv": b"a,b\n1,2\n"}),
    "link": lambda path: a_zip(path, {a_link(): b"/etc/passwd"}),
    "bomb": lambda path: a_zip(path, {"catalogue.csv": b"\0" * 20_000_000}),
    "many": lambda path: a_zip(path, {f"{n}": b"" for n in range(5001)}),
}


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_zip_that_means_harm_is_refused(tmp_path: Path, hostile: str) -> None:
    path = HOSTILE[hostile](tmp_path / "a")
    with pytest.raises(Refused, match=r"imports\.zip_unsafe"), find_tables(path):
        pass


def test_a_bomb_with_the_look_of_a_workbook_is_refused(tmp_path: Path) -> None:
    path = write_sheet(tmp_path / "a", "<row/>" * 3_000_000)
    with pytest.raises(Refused, match=r"imports\.zip_unsafe"):
        open_sheet(path)


def test_a_table_of_contents_that_lies_is_cut_off(tmp_path: Path) -> None:
    path = a_zip(tmp_path / "a", {"catalogue.csv": b"nom;prix\n" + b"Pain;1\n" * 1000})
    content = bytearray(path.read_bytes())
    directory = content.index(b"PK\x01\x02")
    content[directory + 24 : directory + 28] = (100).to_bytes(4, "little")  # the size when unpacked
    path.write_bytes(content)
    with find_tables(path) as bundle:
        assert bundle.unread == {"catalogue.csv": "imports.zip_broken"}


@pytest.mark.parametrize("cut", [10, 200, 400])
def test_a_zip_cut_short_is_broken(tmp_path: Path, cut: int) -> None:
    whole = a_zip(tmp_path / "a", {f"{n}.csv": b"nom;prix\nPain;1\n" for n in range(5)}).read_bytes()
    path = tmp_path / "b"
    path.write_bytes(whole[:cut])
    with pytest.raises(Refused, match=r"imports\.zip_broken"), find_tables(path):
        pass


def test_a_password_is_said(tmp_path: Path) -> None:
    path = a_zip(tmp_path / "a", {"catalogue.csv": b"nom;prix\n"})
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    with pytest.raises(Refused, match=r"imports\.zip_locked"), find_tables(path):
        pass


def test_what_is_no_zip_is_said(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"nom;prix\n")
    with pytest.raises(Refused, match=r"imports\.zip_broken"), find_tables(tmp_path / "a"):
        pass
