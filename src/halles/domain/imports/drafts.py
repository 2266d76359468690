# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a file says of articles, whatever system wrote it: the one language between readers and the catalogue.

A reader turns tables into drafts, one after the other and never all at once. In a draft, None means that the file does not
say: a new article gets what is usual, one that stands keeps what it has.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

from halles.domain.catalogue.models import Availability, Kind
from halles.domain.imports.sheets import Sheet
from halles.domain.imports.sources import Source
from halles.kernel.errors import Refused
from halles.kernel.units import Unit


class Meaning(StrEnum):
    """What a column may hold."""

    KEY = "key"  # how the other system calls it
    NAME = "name"
    MAKER = "maker"
    DESCRIPTION = "description"
    CATEGORY = "category"
    KIND = "kind"
    REFERENCE = "reference"
    GTIN = "gtin"
    PRICE = "price"  # with tax
    PRICE_WITHOUT_TAX = "price_without_tax"
    VAT = "vat"
    UNIT = "unit"
    PORTION = "portion"  # in what one asks for what is weighed: "part 300 g"
    CONTENT = "content"
    STOCK = "stock"
    SOLD_OUT = "sold_out"
    DAILY = "daily"  # how many each open day
    AVAILABILITY = "availability"
    DELAY = "delay"
    ONLINE = "online"
    SIZE = "size"
    COLOUR = "colour"
    PARENT = "parent"  # which article this is a size or colour of
    PICTURES = "pictures"
    INGREDIENTS = "ingredients"
    ALLERGENS = "allergens"
    ORIGIN = "origin"
    ALCOHOL = "alcohol"
    UNIQUE = "unique"
    IGNORED = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column as it was understood, with the first thing that stands in it."""

    name: str
    meaning: Meaning
    example: str = ""
    table: str = ""


@dataclass(frozen=True, slots=True)
class Where:
    """Where something stands: the row's number as a spreadsheet shows it, and the table in a bundle of several."""

    number: int
    table: str = ""


@dataclass(frozen=True, slots=True)
class Warned:
    """Something that was let pass, and that somebody may want to look at."""

    where: Where
    code: str
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DraftVariant:
    """One size and colour of a draft; an article without a choice has one. Prices are with tax."""

    where: Where
    key: str = ""
    reference: str | None = None
    gtin: str | None = None  # fourteen digits
    size: str = ""
    colour: str = ""
    price: Decimal | None = None
    content: Decimal | None = None
    content_unit: str = ""
    stock: Decimal | None = None  # how many are there; None: the file does not count
    sold_out: bool | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """An article as a file has it."""

    name: str
    variants: tuple[DraftVariant, ...]
    key: str = ""
    maker: str | None = None
    description: str | None = None
    category: tuple[str, ...] | None = None  # from the widest to the narrowest
    kind: Kind | None = None
    vat_rate: Decimal | None = None
    unit: Unit | None = None
    portion: str | None = None
    portion_weight: Decimal | None = None  # in kilograms
    availability: Availability | None = None
    delay_days: int | None = None
    daily_quantity: Decimal | None = None
    is_unique: bool | None = None
    is_alcohol: bool | None = None
    ingredients: str | None = None
    allergens: tuple[str, ...] | None = None
    origin: str | None = None
    online: bool | None = None
    is_withdrawn: bool | None = None  # not online, and not a draft either
    pictures: tuple[str, ...] = ()  # addresses, or names of files in the bundle
    views: tuple[str, ...] = ()  # what each of these shows ("dos"), where the file says it
    warnings: tuple[Warned, ...] = ()


@dataclass(frozen=True, slots=True)
class Bad:
    """A row that cannot be used, and why."""

    where: Where
    refused: Refused


@dataclass(frozen=True, slots=True)
class Material:
    """What somebody handed over: one table (under the name ""), several with pictures in a ZIP, or a WordPress export."""

    tables: Mapping[str, Sheet] = field(default_factory=dict)
    pictures: Mapping[str, Source] = field(default_factory=dict)
    wxr: Path | None = None


@dataclass(frozen=True, slots=True)
class Choices:
    """What only a person can say of a file; None where the reader may find out by itself."""

    columns: Mapping[int, Meaning] | None = None  # of a table nobody knows, by place from 0
    without_tax: bool | None = None  # prices are without tax
    vat_rate: Decimal | None = None  # of articles whose rate is not said
    decimal_mark: str | None = None
    online: bool = False  # new articles of which the file does not say whether customers see them


Drafts = Iterator[Draft | Bad]
