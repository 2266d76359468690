# SPDX-License-Identifier: AGPL-3.0-or-later
"""A row of somebody's own table, and what its cells say."""

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any

from halles.domain.imports.articles import with_tax
from halles.domain.imports.drafts import Choices, Meaning, Where
from halles.domain.imports.spreadsheet.firsts import Firsts
from halles.domain.imports.spreadsheet.layout import Layout, Place
from halles.domain.imports.values.codes import gtin, isbn
from halles.domain.imports.values.contents import content
from halles.domain.imports.values.goods import AVAILABILITIES
from halles.domain.imports.values.numbers import LONGEST, Stocked, number, price, quantity, vat
from halles.kernel.errors import Refused
from halles.kernel.identifiers import fold
from halles.kernel.units import Unit

IN_NAME = re.compile(
    r"(?<![^\s(,])((?:[0-9]{1,2}\s*[x×]\s*)?[0-9]{1,4}(?:[.,][0-9]{1,3})?\s?(?:kg|gr?|ml|cl|l|litres?))(?![^\s),.;])",
    re.IGNORECASE,
)
DIGIT = re.compile("[0-9]")
MOST_IN_NAME = {"g": 5000, "kg": 5, "ml": 5000, "cl": 500, "l": 5}  # nobody fills a "Sac à dos 20 L"

Warn = Callable[..., None]  # (line, code, **params)
Content = tuple[Decimal | None, str]
NO_CONTENT: Content = (None, "")


@dataclass(frozen=True, slots=True)
class Line:
    """A row: its filled cells by meaning, and all cells where several columns add to one another."""

    where: Where
    cells: Mapping[Meaning, str]
    all: Mapping[Meaning, Sequence[tuple[Place, str]]]
    is_damaged: bool = False  # some letters are unreadable

    def get(self, meaning: Meaning) -> str:
        """A cell; "" when it is empty or when there is no such column."""
        return self.cells.get(meaning, "")

    @property
    def has_choice(self) -> bool:
        """Whether it says a size or a colour."""
        return Meaning.SIZE in self.cells or Meaning.COLOUR in self.cells


@dataclass(slots=True)
class Reading:
    """What holds for the whole table."""

    layout: Layout
    choices: Choices
    firsts: Firsts = field(default_factory=Firsts)

    def mark(self, meaning: Meaning) -> str | None:
        """What begins the decimals in its column."""
        columns = self.layout.columns.get(meaning)
        return columns[0].mark if columns else None


def one_line(text: str) -> str:
    """Without line ends and double spaces."""
    return text if text.isprintable() and "  " not in text else " ".join(text.split())


def rate_of(line: Line) -> Decimal | None:
    """The rate of VAT that the row says.

    :raises Refused: `imports.vat_unknown`.
    """
    text = line.get(Meaning.VAT)
    return _rate(text) if text else None


_rate = lru_cache(maxsize=64)(vat)  # the same few texts stand in every row


def price_of(
    reading: Reading, line: Line, rate: Callable[[], Decimal | None], warn: Warn
) -> tuple[Decimal | None, Unit | None]:
    """The price with tax, and of which unit it is when that is said.

    :raises Refused: as `values.price`, `imports.vat_needed`, and as `rate`, which is asked when tax must be added.
    """
    text = line.get(Meaning.PRICE)
    if not text:
        return None, None
    column = reading.layout.columns[Meaning.PRICE][0]
    said = price(text, column.mark)
    excluded = column.named.tax_excluded if said.tax_excluded is None else said.tax_excluded
    if excluded is None:
        excluded = reading.choices.without_tax
    per = said.per or column.named.per
    if excluded:
        return with_tax(said.exact, rate()), per
    if said.was_rounded:
        warn(line, "imports.price_rounded", typed=text[:40])
    return said.amount, per


def code_of(line: Line, warn: Warn) -> str | None:
    """The first of its codes that can be read; what is wrong with the first is said when none can."""
    problem: tuple[str, dict[str, Any]] | None = (
        None  # not the refusal itself, which would hold on to this frame
    )
    for place, text in line.all.get(Meaning.GTIN, ()):
        try:
            if code := (isbn if place.named.is_isbn else gtin)(text, restore_zeros=place.restore_zeros):
                return code
        except Refused as refused:
            problem = problem or (refused.code, refused.details)
    if problem:
        warn(line, problem[0], **problem[1])
    return None


def stock_of(reading: Reading, line: Line, warn: Warn) -> Decimal | Stocked | None:
    """How many there are, or whether there are any. Tills count below zero: that is none.

    :raises Refused: `imports.quantity_wrong`, `imports.number_ambiguous`.
    """
    meaning = Meaning.STOCK if Meaning.STOCK in line.cells else Meaning.AVAILABILITY
    text = line.get(meaning)
    if not text or (meaning == Meaning.AVAILABILITY and fold(text[:LONGEST]) in AVAILABILITIES):
        return None
    try:
        return quantity(text, reading.mark(meaning))
    except Refused as refused:
        if refused.code != "imports.quantity_negative":
            raise
        warn(line, refused.code, **refused.details)
        return Decimal(0)


def content_of(reading: Reading, line: Line, warn: Warn) -> Content:
    """What is in a piece; when no column says it, what the size or the end of the name says beyond doubt."""
    columns = reading.layout.columns.get(Meaning.CONTENT)
    if not columns:
        return (
            content_in(line.get(Meaning.SIZE))
            if line.get(Meaning.SIZE)
            else content_in(line.get(Meaning.NAME))
        )
    text = line.get(Meaning.CONTENT)
    if not text:
        return NO_CONTENT
    unit, mark = columns[0].named.content_unit, columns[0].mark
    try:
        return content(f"{text} {unit}" if unit and number(text, mark) is not None else text, mark)
    except Refused as refused:
        warn(line, refused.code, **refused.details)
        return NO_CONTENT


def content_in(name: str) -> Content:
    """ "Confiture d'abricot 350 g": the one content in a name, at its end."""
    if not DIGIT.search(name, max(0, len(name) - 20)):
        return NO_CONTENT
    name = name[-200:]
    found = list(IN_NAME.finditer(name))
    if len(found) != 1 or name[found[0].end() :].strip(" ).,;"):
        return NO_CONTENT
    with suppress(Refused):
        amount, unit = content(found[0][1], ",")
        return (amount, unit) if amount <= MOST_IN_NAME[unit] else NO_CONTENT
    return NO_CONTENT
