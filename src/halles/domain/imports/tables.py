# SPDX-License-Identifier: AGPL-3.0-or-later
"""A table whose columns have a meaning: what readers of known exports have in common before an article is made."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from halles.domain.imports.drafts import Choices, Column, Material, Meaning, Where
from halles.domain.imports.sheets import DAMAGED, Row, Sheet
from halles.domain.imports.values.formulas import un_neutral
from halles.domain.imports.values.numbers import decimal_mark
from halles.kernel.identifiers import fold

SAMPLE_ROWS = 1000  # in which an example and the decimal mark are looked for


def plain_name(header: str) -> str:
    """A column's name without case, accents, and the stars of required fields."""
    return fold(header.replace("*", " ")).strip(" :#")


def places_of(header: Sequence[str], names: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Where each field stands in this header; of several names a field may have, the first that is there."""
    found: dict[str, int] = {}
    for place, name in enumerate(header):
        found.setdefault(plain_name(name), place)
    return {
        field: next(found[name] for name in known if name in found)
        for field, known in names.items()
        if any(name in found for name in known)
    }


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet, and in which of its columns each field stands."""

    sheet: Sheet
    places: Mapping[str, int]
    name: str = ""

    def lines(self) -> Iterator["Line"]:
        """Its rows, one at a time."""
        return (self.line(row) for row in self.sheet.rows())

    def line(self, row: Row) -> "Line":
        """This row as a line of the table."""
        return Line(self, Where(row.number, self.name), row.cells, row.problem)

    def sample(self) -> list[Sequence[str]]:
        """The first rows, which tell how the others are written."""
        return [row.cells for row in islice(self.sheet.rows(), SAMPLE_ROWS) if not row.problem]

    def mark(self, field: str, choices: Choices) -> str | None:
        """The decimal mark of this column; None when nobody chose one and nothing tells."""
        place = self.places.get(field)
        if choices.decimal_mark or place is None:
            return choices.decimal_mark
        return decimal_mark(cells[place] for cells in self.sample())

    def columns(self, meanings: Mapping[str, Meaning], choices: Choices) -> list[Column]:
        """Every column as it was understood."""
        meaning_at: dict[int, Meaning] = {}
        for field, place in self.places.items():
            meaning = meanings.get(field, Meaning.IGNORED)
            if choices.without_tax and meaning is Meaning.PRICE:
                meaning = Meaning.PRICE_WITHOUT_TAX
            meaning_at.setdefault(place, meaning)
        header = self.sheet.header or [""] * self.sheet.width
        examples = [""] * len(header)
        for cells in self.sample():
            examples = [old or new.strip() for old, new in zip(examples, cells, strict=False)]
        return [
            Column(name, meaning_at.get(place, Meaning.IGNORED), example, self.name)
            for place, (name, example) in enumerate(zip(header, examples, strict=True))
        ]


def only_table(
    material: Material, names: Mapping[str, Sequence[str]], needed: Collection[str]
) -> Table | None:
    """The one table that was handed over, when it has the needed fields under one of their names."""
    if len(material.tables) != 1:
        return None
    ((name, sheet),) = material.tables.items()
    table = Table(sheet, places_of(sheet.header or [], names), name)
    return table if table.places.keys() >= set(needed) else None


@dataclass(frozen=True, slots=True)
class Line:
    """A row, read by the names of fields; "" where there is no such column."""

    table: Table
    where: Where
    cells: list[str]
    doubt: str = ""  # as `Row.problem`

    @property
    def problem(self) -> str:
        """Why it cannot be used; letters that were lost are no reason."""
        return "" if self.doubt == DAMAGED else self.doubt

    def __getitem__(self, field: str) -> str:
        place = self.table.places.get(field)
        return "" if place is None else un_neutral(self.cells[place].strip())
