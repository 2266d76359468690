# SPDX-License-Identifier: AGPL-3.0-or-later
"""What trade items need from outside: files that describe them, each read by an integration that registers itself."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from django.utils.functional import Promise

from halles.domain.catalogue.models import Kind
from halles.kernel.errors import Refused


@dataclass(frozen=True, slots=True)
class Facts:
    """What a file says of a good. `content` is that of one piece, in `content_unit` (g, kg, ml, cl, l)."""

    gtin: str  # fourteen digits, the check digit right
    name: str
    kind: Kind
    maker: str = ""
    content: Decimal | None = None
    content_unit: str = ""
    ingredients: str = ""
    allergens: Sequence[str] = ()  # of `catalogue.rules.ALLERGENS`
    origin: str = ""
    is_alcohol: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """A row that was understood; `doubts` are the parts of it that were not, as refusals would say them."""

    number: int
    facts: Facts
    doubts: Sequence[Refused] = ()


@dataclass(frozen=True, slots=True)
class Unusable:
    """A row that says nothing usable, and why. `code` and `name` are what it has in their place, to find it again."""

    number: int
    refused: Refused
    code: str = ""
    name: str = ""


Rows = Iterator[Known | Unusable]


@dataclass(frozen=True, slots=True)
class Source:
    """A sort of file. `read` streams its rows, one at a time; the second argument is told how far it is, in bytes."""

    name: str  # kept with what it taught, and the word on the command line: for ever
    label: str | Promise  # whom one thanks for it
    licence: str  # "" when none asks to be named
    help: Mapping[str, str]  # of the command: "file" and "description"
    read: Callable[[Path, Callable[[int], None]], Rows]


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Make a sort of file known, in `AppConfig.ready()`."""
    if _sources.setdefault(source.name, source) is not source:
        raise ValueError(f"Two sources are called {source.name}")


def sources() -> Sequence[Source]:
    """All of them, by name."""
    return [_sources[name] for name in sorted(_sources)]


def source_named(name: str) -> Source | None:
    """A source by its name; None when nobody reads it any more."""
    return _sources.get(name)
