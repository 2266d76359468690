# SPDX-License-Identifier: AGPL-3.0-or-later
"""A list of books: any table that a shop's catalogue might come from as well, read for its ISBN, titles and authors only."""

from collections.abc import Callable
from pathlib import Path
from types import MappingProxyType
from typing import IO

from django.utils.translation import gettext_lazy as _

from halles.domain.catalogue.models import Kind
from halles.domain.imports.drafts import Choices, Meaning, Where
from halles.domain.imports.sheets import DAMAGED, Row, sheet_of
from halles.domain.imports.sources import Source as Bytes
from halles.domain.imports.sources import file_source
from halles.domain.imports.spreadsheet import propose
from halles.domain.imports.spreadsheet.layout import Layout, layout_of
from halles.domain.imports.spreadsheet.lines import Line, code_of
from halles.domain.imports.values.texts import plain_text
from halles.domain.tradeitems import rules
from halles.domain.tradeitems.ports import Facts, Known, Rows, Source, Unusable
from halles.kernel.errors import Refused

OF_BOOKS = ("0978", "0979")
EVERY = 100  # rows between two words on how far we are


def read(path: Path, at: Callable[[int], None]) -> Rows:
    """The books of a list.

    :raises Refused: as `imports.sheets.sheet_of`; `tradeitems.not_books` when no column holds ISBN or titles.
    """
    opened: list[IO[bytes]] = []
    source = file_source(path)
    sheet = sheet_of(Bytes(lambda: _kept(source.open(), opened), source.size))
    layout = layout_of(sheet, Choices(columns=propose(sheet)))
    if not {Meaning.GTIN, Meaning.NAME} <= layout.columns.keys():
        raise Refused("tradeitems.not_books")
    for count, row in enumerate(sheet.rows()):
        if count % EVERY == 0 and opened and not opened[-1].closed:
            at(opened[-1].tell())
        yield _book(row, layout)


def _kept(stream: IO[bytes], opened: list[IO[bytes]]) -> IO[bytes]:
    opened[:] = [stream]
    return stream


def _book(row: Row, layout: Layout) -> Known | Unusable:
    name = _cell(row, layout, Meaning.NAME)
    codes = [
        (place, cell) for place in layout.columns[Meaning.GTIN] if (cell := row.cells[place.number].strip())
    ]
    try:
        if row.problem and row.problem != DAMAGED:
            raise Refused(row.problem)
        facts = Facts(
            gtin=_isbn(Line(Where(row.number), {}, {Meaning.GTIN: codes})),
            name=name,
            maker=_cell(row, layout, Meaning.MAKER),
            kind=Kind.BOOK,
        )
        doubts = [Refused(row.problem)] if row.problem else []
        return Known(row.number, rules.kept(facts), doubts)
    except Refused as refused:
        return Unusable(row.number, refused, codes[0][1][:40] if codes else "", name)


def _isbn(line: Line) -> str:
    """The first of a row's numbers that can be read, if it is a book's.

    :raises Refused: what is wrong with the first when none can; `tradeitems.isbn_missing`, `tradeitems.not_a_book`.
    """
    wrong: list[Refused] = []
    code = code_of(line, lambda _line, why, **params: wrong.append(Refused(why, **params)))
    if code is None:
        raise wrong[0] if wrong else Refused("tradeitems.isbn_missing")
    if not code.startswith(OF_BOOKS):
        raise Refused("tradeitems.not_a_book", typed=code.lstrip("0"))
    return code


def _cell(row: Row, layout: Layout, meaning: Meaning) -> str:
    places = layout.columns.get(meaning)
    return plain_text(row.cells[places[0].number], rules.LONGEST_NAME) if places else ""


SOURCE = Source(
    name="books",
    label=_("une liste de livres"),
    licence="",
    help=MappingProxyType(
        {
            "file": "a table with ISBN, title and author: CSV, XLSX, XLS or ODS, with a header or without",
            "description": "titles and authors of books by ISBN",
        }
    ),
    read=read,
)
