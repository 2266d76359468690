# SPDX-License-Identifier: AGPL-3.0-or-later
"""Lists of books: with a header or without, with ISBN as a spreadsheet leaves them."""

from collections import Counter
from pathlib import Path

import pytest

from halles.domain.catalogue.models import Kind
from halles.domain.tradeitems.ports import Facts, Known, Unusable
from halles.integrations.books.list_file import read
from halles.kernel.errors import Refused


def rows(path: Path, content: str = "") -> list[Known | Unusable]:
    if content:
        path.write_text(content, encoding="utf-8")
    return list(read(path, lambda _place: None))


def told(found: list[Known | Unusable]) -> list[tuple[int, str]]:
    return [(row.number, row.refused.code if isinstance(row, Unusable) else row.facts.gtin) for row in found]


def test_isbn_of_ten_and_of_thirteen_digits_become_one_number(tmp_path: Path) -> None:
    table = (
        "ISBN;Titre;Auteur\n2-07-054127-4;Un livre;Une autrice\n9782070541270;Le même;\n'2070541274;Encore;\n"
    )
    found = rows(tmp_path / "livres.csv", table)
    assert [number for _row, number in told(found)] == ["09782070541270"] * 3
    assert isinstance(found[0], Known)
    assert found[0].facts == Facts("09782070541270", "Un livre", Kind.BOOK, maker="Une autrice", allergens=[])


def test_what_is_no_book_is_laid_aside(tmp_path: Path) -> None:
    good = "\n".join(f"{code};Livre" for code in ("9782070541270", "9780131103627", "9780201616224"))
    table = f"EAN;Titre\n{good}\n3017620422003;Pâte\n;Sans numéro\n9782070541270;\n9782070541271;Faux\n9,78207E+12;Arrondi\n"
    assert told(rows(tmp_path / "livres.csv", table))[3:] == [
        (5, "tradeitems.not_a_book"), (6, "tradeitems.isbn_missing"), (7, "tradeitems.name_missing"), (8, "imports.code_wrong"),
        (9, "imports.code_damaged"),
    ]  # fmt: skip


@pytest.mark.corpus
def test_a_real_list_without_a_header(real_input: Path) -> None:
    found = rows(real_input / "catalogues" / "oscar_books_essential.csv")
    assert len(found) == 82 and all(isinstance(row, Known) for row in found)
    assert isinstance(found[0], Known)
    assert (found[0].number, found[0].facts.name) == (1, "The C Programming Language")


@pytest.mark.corpus
def test_ten_thousand_real_books_that_a_spreadsheet_damaged(real_input: Path) -> None:
    found = rows(real_input / "catalogues" / "books_goodbooks10k.csv")
    outcomes = Counter(row.refused.code if isinstance(row, Unusable) else "" for row in found)
    # The rounded numbers of thirteen digits are lost; those of ten, where they stand, have only lost their zeros.
    assert outcomes == {
        "": 9277,
        "tradeitems.isbn_missing": 565,
        "imports.code_damaged": 156,
        "imports.code_wrong": 2,
    }
    assert isinstance(found[0], Known)
    assert (found[0].facts.gtin, found[0].facts.maker) == ("09780439023481", "Suzanne Collins")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("nom;prix\nMiel;4\n", "tradeitems.not_books"),
        ("<!doctype html><p>livres</p>", "imports.is_xml"),
        ("titre\nUn livre\nUn autre\n", "tradeitems.not_books"),
    ],
)
def test_what_is_something_else_is_said(tmp_path: Path, content: str, code: str) -> None:
    with pytest.raises(Refused, match=code):
        rows(tmp_path / "livres.csv", content)
