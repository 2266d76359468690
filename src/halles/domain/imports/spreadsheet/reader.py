# SPDX-License-Identifier: AGPL-3.0-or-later
"""Somebody's own table, row by row."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from halles.domain.imports.drafts import Bad, Choices, Column, Drafts, Material, Meaning, Where
from halles.domain.imports.ports import Reader
from halles.domain.imports.sheets import DAMAGED, Sheet
from halles.domain.imports.spreadsheet.articles import drafts_of
from halles.domain.imports.spreadsheet.layout import (
    PRICES,
    Layout,
    all_columns,
    layout_of,
    meanings_by_header,
)
from halles.domain.imports.spreadsheet.lines import Line, Reading
from halles.domain.imports.values.formulas import un_neutral
from halles.kernel.errors import Refused

MOST_LINES = 500  # of one article; no shop has as many sizes and colours
ADDED = (
    Meaning.GTIN,
    Meaning.CATEGORY,
    Meaning.DESCRIPTION,
    Meaning.PICTURES,
)  # several columns of one meaning


def _recognises(material: Material) -> bool:
    return any(_is_known(sheet) for sheet in material.tables.values())


def _is_known(sheet: Sheet) -> bool:
    """Whether the header tells which column has the names and which the prices."""
    said = {found.meaning for found in meanings_by_header(sheet.header).values()}
    return Meaning.NAME in said and bool(said & PRICES)


def _tables(material: Material, choices: Choices) -> Iterator[tuple[str, Sheet, Choices]]:
    """Tables whose header is known; a person's word is for the first, which is read in any case."""
    for place, (name, sheet) in enumerate(material.tables.items()):
        if place == 0:
            yield name, sheet, choices
        elif _is_known(sheet):
            yield name, sheet, replace(choices, columns=None)


def _columns(material: Material, choices: Choices) -> Sequence[Column]:
    return [
        Column(name, meaning, example, table)
        for table, sheet, chosen in _tables(material, choices)
        for name, meaning, example in all_columns(sheet, chosen)
    ]


def _drafts(material: Material, choices: Choices) -> Drafts:
    for table, sheet, chosen in _tables(material, choices):
        reading = Reading(layout_of(sheet, chosen), chosen)
        if reading.layout.columns:
            yield from _table_drafts(table, sheet, reading)


def _table_drafts(table: str, sheet: Sheet, reading: Reading) -> Drafts:
    family: _Family | None = None
    try:
        for line in _lines(table, sheet, reading.layout):
            if isinstance(line, Bad):
                yield line
            elif family is None or not family.knows(line, is_ours=reading.layout.is_ours):
                if family:
                    yield from drafts_of(reading, family.head, family.lines)
                family = _Family(line)
            elif family.is_full:
                yield Bad(line.where, Refused("imports.too_many_variants", most=MOST_LINES))
            else:
                family.take(line)
    except Refused:
        if family:  # what was whole before the file fell apart
            yield from drafts_of(reading, family.head, family.lines)
        raise
    if family:
        yield from drafts_of(reading, family.head, family.lines)


def _lines(table: str, sheet: Sheet, layout: Layout) -> Iterator[Line | Bad]:
    best = [(meaning, places[0].number) for meaning, places in layout.columns.items()]
    added = [(meaning, layout.columns[meaning]) for meaning in ADDED if meaning in layout.columns]
    for row in sheet.rows():
        where = Where(row.number, table)
        if row.problem and row.problem != DAMAGED:
            yield Bad(where, Refused(row.problem))
            continue
        cells = list(map(un_neutral if layout.is_ours else str.strip, row.cells))
        filled = {meaning: cell for meaning, number in best if (cell := cells[number])}
        several = {
            meaning: [(place, cell) for place in places if (cell := cells[place.number])]
            for meaning, places in added
        }
        yield Line(where, filled, several, row.problem == DAMAGED)


class _Family:
    """Rows of one article that follow one another; `head` is the article's own row, when its sizes point at one."""

    def __init__(self, first: Line) -> None:
        self.head: Line | None = None
        self.lines = [first]
        self._parent = first.get(Meaning.PARENT)

    @property
    def is_full(self) -> bool:
        """Whether no more rows are taken."""
        return len(self.lines) >= MOST_LINES

    def knows(self, line: Line, *, is_ours: bool) -> bool:
        """Whether this row is one more size or colour of the same article."""
        first = self.head or self.lines[0]
        key = line.get(Meaning.KEY)
        if parent := line.get(Meaning.PARENT):
            if not self._parent and parent in {first.get(Meaning.KEY), first.get(Meaning.REFERENCE)}:
                return not self.head and len(self.lines) == 1
            return parent == self._parent
        if is_ours:
            return bool(key) and key == first.get(Meaning.KEY)
        if self._parent or not (line.has_choice and first.has_choice):
            return False
        name = line.get(Meaning.NAME)
        return bool(key and key == first.get(Meaning.KEY)) or bool(
            name and all(line.get(same) == first.get(same) for same in (Meaning.NAME, Meaning.MAKER))
        )

    def take(self, line: Line) -> None:
        """One that it knows."""
        parent = line.get(Meaning.PARENT)
        if parent and not self._parent:
            self._parent, self.head, self.lines = parent, self.lines[0], []
        self.lines.append(line)


READER = Reader("spreadsheet", "Tableau", _recognises, _columns, _drafts)
