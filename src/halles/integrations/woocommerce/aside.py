# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is met before it is needed waits on disk: an export may list all variations after all articles, whatever its size."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager


class Aside:
    """Texts under names, in the order they came."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._database.execute("CREATE TABLE aside (number INTEGER PRIMARY KEY, name TEXT, text TEXT)")
        self._database.execute("CREATE INDEX by_name ON aside (name)")

    def put(self, name: str, text: str) -> None:
        """Keep one."""
        self._database.execute("INSERT INTO aside (name, text) VALUES (?, ?)", (name, text))

    def look(self, name: str) -> str:
        """The first under this name, which stays; "" for none."""
        found = self._database.execute(
            "SELECT text FROM aside WHERE name = ? ORDER BY number LIMIT 1", (name,)
        ).fetchone()
        return str(found[0]) if found else ""

    def take(self, *names: str) -> list[str]:
        """All under these names; they are gone from here."""
        found = [
            row
            for name in dict.fromkeys(names)
            for row in self._database.execute("SELECT number, text FROM aside WHERE name = ?", (name,))
        ]
        self._database.executemany("DELETE FROM aside WHERE number = ?", [(number,) for number, _ in found])
        return [text for _, text in sorted(found)]

    def rest(self) -> Iterator[str]:
        """What nobody took."""
        for (text,) in self._database.execute("SELECT text FROM aside ORDER BY number"):
            yield text


@contextmanager
def set_aside() -> Iterator[Aside]:
    """A place that is gone afterwards: a nameless database, which SQLite keeps in a temporary file of its own."""
    database = sqlite3.connect("", isolation_level=None)
    try:
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("PRAGMA synchronous = OFF")
        yield Aside(database)
    finally:
        database.close()
