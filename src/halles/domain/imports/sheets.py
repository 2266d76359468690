# SPDX-License-Identifier: AGPL-3.0-or-later
"""Any table a shop may hand over: CSV of every make, XLSX, XLS, ODS. Read row by row, as often as one likes."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import IO

from halles.domain.imports.dialects import SAMPLE_ROWS, Dialect, dialect_of
from halles.domain.imports.headers import is_header
from halles.domain.imports.records import records
from halles.domain.imports.sources import (
    MOST_BYTES,
    MOST_WORKBOOK_BYTES,
    Kind,
    Source,
    check_size,
    file_source,
    kind_of,
)
from halles.domain.imports.workbooks import workbook_text
from halles.kernel.errors import Refused

MOST_COLUMNS = 500
TOO_WIDE = "imports.row_too_wide"
SHIFTED = "imports.row_shifted"
DAMAGED = "imports.row_damaged"
WORKBOOK = Dialect(encoding="", separator=",")
NOT_TABLES = {Kind.BUNDLE: "imports.is_bundle", Kind.XML: "imports.is_xml"}


@dataclass(slots=True)
class Row:
    """One row as it came, filled up to the table's width.

    `number` is what a spreadsheet would show beside it: 1 for the first row, the header's. `problem` is "" or the code of
    what makes it doubtful: `imports.row_too_wide` (more than 500 cells, the first are given), `imports.row_shifted` (more
    cells than the header has names), `imports.row_cut` (the file or a quote ends in it), `imports.row_unreadable` (a cell
    or row without end; what its first line has is given), `imports.row_damaged` (signs that are no letters any more).
    """

    number: int
    cells: list[str]
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table that was understood; `header` None when its first row is a row like the others.

    Numbers of a workbook are written with a point, whatever its user sees.
    """

    kind: Kind
    encoding: str  # "" for a workbook
    separator: str
    header: list[str] | None
    width: int
    _source: Source = field(repr=False)
    _dialect: Dialect = field(repr=False)

    def rows(self) -> Iterator[Row]:
        """The rows under the header that have something in them, from the file, one at a time.

        :raises Refused: `imports.too_damaged` when a text falls apart again and again.
        """
        above = self.header is not None
        with _text(self._source, self.kind, self._dialect) as text:
            for number, (cells, problem) in enumerate(records(text, self.separator, self.width), start=1):
                if not any(cells):
                    continue
                if above:
                    above = False
                    continue
                yield self._row(number, cells, problem)

    def _row(self, number: int, cells: list[str], problem: str) -> Row:
        missing = self.width - len(cells)
        if missing > 0:
            cells += [""] * missing
        elif missing < 0 and not any(cells[self.width :]):
            del cells[
                self.width :
            ]  # a separator at the end of each line, or a cell far out that holds nothing
        elif len(cells) > MOST_COLUMNS:
            cells, problem = cells[:MOST_COLUMNS], problem or TOO_WIDE
        elif missing < 0 and self.header is not None:
            problem = problem or SHIFTED
        if (
            self._dialect.damaged
            and not problem
            and any("\N{REPLACEMENT CHARACTER}" in cell for cell in cells)
        ):
            problem = DAMAGED
        return Row(number, cells, problem)


def open_sheet(path: Path, *, has_header: bool | None = None) -> Sheet:
    """The table in this file; whether its first row is a header is seen from the cells unless it is said.

    :raises Refused: `imports.cannot_read`, `imports.empty`, `imports.too_large`, `imports.not_a_table`,
        `imports.is_bundle` (a ZIP: see `bundles`), `imports.is_xml` (see `wxr`), `imports.locked` (a password),
        `imports.too_many_columns`, and for workbooks and ZIPs as `sources.open_zip`.
    """
    return sheet_of(file_source(path), has_header=has_header)


def sheet_of(source: Source, *, has_header: bool | None = None) -> Sheet:
    """As `open_sheet`, for a member of a ZIP as well."""
    kind = kind_of(source)
    if kind not in {Kind.TEXT, Kind.WORKBOOK}:
        raise Refused(NOT_TABLES.get(kind, "imports.not_a_table"))
    check_size(source, MOST_BYTES if kind == Kind.TEXT else MOST_WORKBOOK_BYTES)
    dialect = dialect_of(source) if kind == Kind.TEXT else WORKBOOK
    with _text(source, kind, dialect) as text:
        sample = [
            cells for cells, _ in islice(records(text, dialect.separator, 0), SAMPLE_ROWS) if any(cells)
        ]
    if not sample:
        raise Refused("imports.empty")
    above = is_header(sample) if has_header is None else has_header
    if len(sample[0]) > MOST_COLUMNS:
        sample[0] = _without_tail(sample[0])
    if above and len(sample[0]) > MOST_COLUMNS:
        raise Refused("imports.too_many_columns", columns=len(sample[0]), most=MOST_COLUMNS)
    return Sheet(
        kind=kind,
        encoding=dialect.encoding,
        separator=dialect.separator,
        header=[name.strip() for name in sample[0]] if above else None,
        width=len(sample[0]) if above else min(max(len(cells) for cells in sample), MOST_COLUMNS),
        _source=source,
        _dialect=dialect,
    )


def _without_tail(cells: list[str]) -> list[str]:
    """Up to the last cell that holds something: a workbook is as wide as its widest row."""
    return cells[: max(place for place, cell in enumerate(cells, start=1) if cell)]


@contextmanager
def _text(source: Source, kind: Kind, dialect: Dialect) -> Iterator[IO[str]]:
    """The table as text, from its first line."""
    if kind == Kind.WORKBOOK:
        with workbook_text(source) as text:
            yield text
        return
    with (
        source.open() as stream,
        io.TextIOWrapper(stream, dialect.encoding, errors="replace", newline="") as text,
    ):
        for _ in range(dialect.skip):
            text.readline()
        yield text
