# SPDX-License-Identifier: AGPL-3.0-or-later
"""What imports and exports need from outside: a reader and a writer for each system we know, and who uses an article."""

import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from halles.domain.imports.drafts import Choices, Column, Drafts, Material
from halles.domain.imports.leaving import Articles, Pieces


@dataclass(frozen=True, slots=True)
class Reader:
    """How to read what one system exports.

    `recognises` looks at the shape of the tables, never at file names; `drafts` streams, and can be called again.
    """

    name: str  # kept with what it imported: for ever
    label: str  # a proper name, the same in all languages
    recognises: Callable[[Material], bool]
    columns: Callable[[Material, Choices], Sequence[Column]]
    drafts: Callable[[Material, Choices], Drafts]


_readers: dict[str, Reader] = {}


def register(reader: Reader) -> None:
    """Make a reader known, in `AppConfig.ready()`."""
    if _readers.setdefault(reader.name, reader) is not reader:
        raise ValueError(f"Two readers are called {reader.name}")


def reader_for(material: Material) -> Reader | None:
    """The reader that recognises what was handed over; None when it is nobody's export."""
    return next((reader for reader in _readers.values() if reader.recognises(material)), None)


def reader_named(name: str) -> Reader:
    """A reader by its name."""
    return _readers[name]


@dataclass(frozen=True, slots=True)
class Writer:
    """How to write a shop's articles for one system.

    `pieces` takes the articles and the public address under which pictures are found, and gives the file piece by piece.
    """

    name: str
    label: str  # a proper name, the same in all languages
    ending: str  # of the file's name, without the point
    pieces: Callable[[Articles, str], Pieces]
    without_photos: "Writer | None" = None  # the same, where photographs travel along


_writers: dict[str, Writer] = {}


def register_writer(writer: Writer) -> None:
    """Make a writer known, in `AppConfig.ready()`."""
    if _writers.setdefault(writer.name, writer) is not writer:
        raise ValueError(f"Two writers are called {writer.name}")


def writers() -> Sequence[Writer]:
    """All of them, ours first."""
    return list(_writers.values())


def writer_named(name: str) -> Writer | None:
    """A writer by its name."""
    return _writers.get(name)


InUse = Callable[[Sequence[uuid.UUID]], Iterable[uuid.UUID]]

_users: list[InUse] = []


def ask_before_undoing(in_use: InUse) -> None:
    """Register who knows which of some products are used, in `AppConfig.ready()`: nouns that stand above imports."""
    _users.append(in_use)


def in_use(products: Sequence[uuid.UUID]) -> set[uuid.UUID]:
    """Those of these products that somebody uses: undoing what brought them leaves them as they are."""
    return {product for user in _users for product in user(products)}
