# SPDX-License-Identifier: AGPL-3.0-or-later
"""The files that Open Food Facts gives: one product a line, as JSON or as a table, whole or an extract, packed or not.

The whole has millions of products: a row is read, told and forgotten.
"""

import csv
import gzip
import io
import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import IO, Any

from halles.domain.imports.records import MOST_RECORD, records
from halles.domain.tradeitems.ports import Known, Rows, Source, Unusable
from halles.integrations.openfoodfacts.products import FIELDS, NAMES, product
from halles.kernel.errors import Refused

PACKED = b"\x1f\x8b"  # gzip
HEAD = 256 * 1024  # bytes in which the names of the columns stand
SEPARATORS = "\t;,"
EVERY = 1000  # rows between two words on how far we are
BROKEN = (EOFError, zlib.error, gzip.BadGzipFile)

Said = Mapping[str, str]
Row = Said | Refused


def read(path: Path, at: Callable[[int], None]) -> Rows:
    """The products of a file.

    :raises OSError: when it cannot be opened.
    :raises Refused: `imports.empty`, `tradeitems.not_openfoodfacts`, `tradeitems.cut_short` before a first product.
    """
    number = 0
    try:
        with _opened(path) as (file, stream):
            rows, first = _rows(stream)
            for number, row in enumerate(rows, start=first):
                if number % EVERY == 0:
                    at(file.tell())
                yield _told(number, row)
    except BROKEN as error:
        if not number:
            raise Refused("tradeitems.cut_short") from error
        yield Unusable(number + 1, Refused("tradeitems.cut_short"))


def _told(number: int, row: Row) -> Known | Unusable:
    return Unusable(number, row) if isinstance(row, Refused) else product(number, row)


@contextmanager
def _opened(path: Path) -> Iterator[tuple[IO[bytes], io.BufferedReader]]:
    """The file, which knows how far it is, and what is in it, unpacked."""
    with path.open("rb") as file:
        if file.peek(2)[:2] != PACKED:
            yield file, file
            return
        with gzip.open(file) as unpacked:
            yield file, io.BufferedReader(unpacked, HEAD)


def _rows(stream: io.BufferedReader) -> tuple[Iterator[Row], int]:
    """The rows, and the number of the first as a spreadsheet or an editor shows it."""
    head = stream.read1(HEAD)  # what a cut file still gives
    if not head.strip(b"\xef\xbb\xbf\0 \r\n\t"):
        raise Refused("imports.empty")
    text = io.TextIOWrapper(_Again(head, stream), "utf-8-sig", errors="replace", newline="")  # type: ignore[type-var]
    if head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        return _of_json(text), 1
    first = head.decode("utf-8-sig", "replace").partition("\n")[0].rstrip("\r")
    separator = max(SEPARATORS, key=first.count)
    names = next(csv.reader([first], delimiter=separator), []) if "\0" not in first else []
    places = {name: place for place, name in reversed(list(enumerate(names))) if name in FIELDS}
    if "code" not in places or not any(name in places for name in NAMES):
        raise Refused("tradeitems.not_openfoodfacts")
    table = _unquoted(text) if separator == "\t" else _quoted(text, separator, len(names))
    return _of_table(table, places), 2


class _Again(io.RawIOBase):
    """A stream from its beginning, some of which was read already."""

    def __init__(self, head: bytes, rest: io.BufferedReader) -> None:
        self._head, self._rest = io.BytesIO(head), rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401 - any bytes-like
        return self._head.readinto(buffer) or self._rest.readinto1(buffer)


def _of_json(text: IO[str]) -> Iterator[Row]:
    for line in _lines(text):
        if isinstance(line, Refused):
            yield line
        elif line.strip():
            yield _json(line)


def _json(line: str) -> Row:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return Refused("tradeitems.line_broken")
    if not isinstance(found, dict):
        return Refused("tradeitems.line_broken")
    return {name: _text(found[name]) for name in FIELDS if name in found}


def _text(value: object) -> str:
    match value:
        case str():
            return value
        case list():
            return ",".join(part for part in value if isinstance(part, str))
        case int():
            return str(value)
    return ""


def _of_table(table: Iterable[list[str] | Refused], places: Mapping[str, int]) -> Iterator[Row]:
    rows = iter(table)
    header = next(rows)
    width = len(header) if isinstance(header, list) else 0
    for cells in rows:
        if isinstance(cells, Refused):
            yield cells
        elif len(cells) > width and any(cells[width:]):
            yield Refused("imports.row_shifted")
        elif any(cells):
            yield {name: _bare(cells[place]) for name, place in places.items() if place < len(cells)}


def _unquoted(text: IO[str]) -> Iterator[list[str] | Refused]:
    """The whole of Open Food Facts: tabs and line ends never stand in a cell, and a quote is but a quote."""
    for line in _lines(text):
        yield line if isinstance(line, Refused) else line.rstrip("\r\n").split("\t")


def _bare(cell: str) -> str:
    """What some spreadsheet has put into quotes where none were needed."""
    return cell[1:-1].replace('""', '"') if len(cell) > 1 and cell[0] == cell[-1] == '"' else cell


def _quoted(text: IO[str], separator: str, width: int) -> Iterator[list[str] | Refused]:
    for cells, problem in records(text, separator, width):
        yield Refused(problem) if problem else cells


def _lines(text: IO[str]) -> Iterator[str | Refused]:
    """Line by line; of one that goes on for ever only that it does."""
    while line := text.readline(MOST_RECORD):
        if len(line) == MOST_RECORD and line[-1] != "\n":
            while (rest := text.readline(MOST_RECORD)) and rest[-1] != "\n":
                pass
            yield Refused("imports.row_unreadable")
        else:
            yield line


SOURCE = Source(
    name="openfoodfacts",
    label="Open Food Facts",
    licence="ODbL",
    help=MappingProxyType(
        {
            "file": "dump or extract: CSV (tabs or commas) or JSONL, packed with gzip or not",
            "description": "what packs of food say, from a file of Open Food Facts (licence ODbL)",
        }
    ),
    read=read,
)
