# SPDX-License-Identifier: AGPL-3.0-or-later
"""What each column of somebody's own table holds: by its name, by a person's word, and where that leaves a doubt by its values."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice

from halles.domain.imports.drafts import Choices, Meaning
from halles.domain.imports.sheets import Sheet
from halles.domain.imports.sources import Kind
from halles.domain.imports.spreadsheet.headers import (
    DEPTHS,
    LATER,
    OUR_COLUMNS,
    OUR_MARK,
    SEVERAL,
    Named,
    named,
)
from halles.domain.imports.values.codes import gtin, isbn
from halles.domain.imports.values.contents import content
from halles.domain.imports.values.numbers import decimal_mark, number
from halles.kernel.errors import Refused

LOOKED_AT = 1000  # rows
LONGEST = 200  # characters of a cell
MOST_OF = 0.8  # of the values of a column must be of a sort to call it so
OUR_HEADER = [name for name, _ in OUR_COLUMNS]
PRICES = frozenset({Meaning.PRICE, Meaning.PRICE_WITHOUT_TAX})
NUMBERS = PRICES | {Meaning.STOCK, Meaning.AVAILABILITY, Meaning.CONTENT, Meaning.DAILY}

Meanings = dict[int, Named]


@dataclass(frozen=True, slots=True)
class Place:
    """A column that is read. `mark` begins its decimals, None when nothing tells; `restore_zeros`: of codes."""

    number: int
    named: Named
    mark: str | None = None
    restore_zeros: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of each meaning, the better or wider first; `is_ours`: a table that we exported."""

    columns: Mapping[Meaning, Sequence[Place]]
    is_ours: bool = False


def meanings_by_header(header: Sequence[str] | None) -> Meanings:
    """What the names say; of two columns that hold the same the better name counts."""
    return _best({place: found for place, name in enumerate(header or []) if (found := named(name))})


def layout_of(sheet: Sheet, choices: Choices) -> Layout:
    """How to read a table; looks at its first thousand rows."""
    is_ours = sheet.header in (OUR_HEADER, OUR_HEADER[:-LATER])
    sample = sample_of(sheet)
    meanings = chosen(sheet, choices, sample)
    columns: dict[Meaning, list[Place]] = {}
    for number_, found in sorted(meanings.items(), key=lambda item: (item[1].depth, item[1].rank, item[0])):
        values = sample[number_]
        mark = _mark(sheet, found, choices, is_ours=is_ours, values=values)
        restore = found.meaning == Meaning.GTIN and deserves_zeros(values, is_isbn=found.is_isbn)
        meaning = Meaning.PRICE if found.meaning in PRICES else found.meaning
        columns.setdefault(meaning, []).append(Place(number_, found, mark, restore))
    return Layout(columns, is_ours)


def chosen(sheet: Sheet, choices: Choices, sample: Sequence[Sequence[str]]) -> Meanings:
    """What each column holds after all: a person's word, else the header's, corrected by the values where it is doubtful."""
    by_header = {
        place: replace(found, meaning=found.maybe)
        if found.maybe and _is(found.maybe, sample[place])
        else found
        for place, name in enumerate(sheet.header or [])
        if (found := named(name))
    }
    if not choices.columns:
        return _best(by_header)
    said = {
        place: _said(place, meaning, by_header.get(place))
        for place, meaning in choices.columns.items()
        if meaning != Meaning.IGNORED and place < sheet.width
    }
    taken = {_slot(found.meaning) for found in said.values()}
    others = {
        place: found
        for place, found in by_header.items()
        if place not in choices.columns and _slot(found.meaning) not in taken
    }
    return _best(said | others)


def _said(place: int, meaning: Meaning, by_header: Named | None) -> Named:
    """A person's word, with what the header adds to it (unit, ISBN). "Price" is with tax where the header speaks of tax."""
    depth = place if meaning in DEPTHS else 0
    excluded = True if meaning == Meaning.PRICE_WITHOUT_TAX else None
    if by_header is None or _slot(by_header.meaning) != _slot(meaning):
        return Named(meaning, depth=depth, tax_excluded=excluded)
    if meaning == Meaning.PRICE and by_header.tax_excluded is not None:
        excluded = False
    return replace(by_header, meaning=meaning, depth=depth, tax_excluded=excluded)


def _slot(meaning: Meaning) -> Meaning:
    return Meaning.PRICE if meaning in PRICES else meaning


def _best(meanings: Meanings) -> Meanings:
    best: dict[tuple[Meaning, int], int] = {}
    for place, found in meanings.items():
        slot = (_slot(found.meaning), place if found.meaning in SEVERAL else found.depth)
        if slot not in best or found.rank < meanings[best[slot]].rank:
            best[slot] = place
    return {place: meanings[place] for place in sorted(best.values())}


def sample_of(sheet: Sheet) -> list[list[str]]:
    """The filled cells of each column, as far as one looks."""
    sample: list[list[str]] = [[] for _ in range(sheet.width)]
    with suppress(Refused):  # what can be read is looked at; reading it again will say it
        for row in islice(sheet.rows(), LOOKED_AT):
            for values, cell in zip(sample, row.cells, strict=False):
                if cell:
                    values.append(cell[:LONGEST])
    return sample


def _mark(
    sheet: Sheet, found: Named, choices: Choices, *, is_ours: bool, values: Sequence[str]
) -> str | None:
    if found.meaning not in NUMBERS:
        return None
    if sheet.kind == Kind.WORKBOOK:
        return "."
    if is_ours:
        return OUR_MARK
    return choices.decimal_mark or decimal_mark(values)


def deserves_zeros(values: Sequence[str], *, is_isbn: bool) -> bool:
    """Whether zeros were cut off in this column: of its short numbers, most fit when they are put back."""
    fit = wrong = 0
    for text in values:
        try:
            (isbn if is_isbn else gtin)(text)
        except Refused as refused:
            fit += refused.code in {"imports.code_short", "imports.code_ambiguous"}
            wrong += refused.code == "imports.code_wrong"
    return fit > 0 and fit >= MOST_OF * (fit + wrong)


def is_code(text: str) -> bool:
    """Whether this is an article number, be it damaged."""
    try:
        return bool(gtin(text))
    except Refused as refused:
        return refused.code != "imports.code_wrong"


def is_content(text: str) -> bool:
    """Whether this is a number with a unit."""
    if number(text, ".") is not None:
        return False
    with suppress(Refused):
        return bool(content(text, "."))
    return False


CHECKS: Mapping[Meaning, Callable[[str], bool]] = {Meaning.GTIN: is_code, Meaning.CONTENT: is_content}


def _is(meaning: Meaning, values: Sequence[str]) -> bool:
    return most(values, CHECKS[meaning])


def most(values: Sequence[str], check: Callable[[str], bool]) -> bool:
    """Whether a check holds for most of these, and there are any."""
    return bool(values) and sum(map(check, values)) >= MOST_OF * len(values)


def all_columns(sheet: Sheet, choices: Choices) -> Iterator[tuple[str, Meaning, str]]:
    """Name, meaning and first value of each column."""
    sample = sample_of(sheet)
    meanings = chosen(sheet, choices, sample)
    for place in range(sheet.width):
        meaning = meanings[place].meaning if place in meanings else Meaning.IGNORED
        if meaning == Meaning.PRICE and choices.without_tax and meanings[place].tax_excluded is None:
            meaning = Meaning.PRICE_WITHOUT_TAX
        name = sheet.header[place] if sheet.header else ""
        yield name, meaning, next(iter(sample[place]), "")
