# SPDX-License-Identifier: AGPL-3.0-or-later
"""Rows that belong together, wherever they stand in a file: laid on a shelf on disk, so that memory does not grow with them."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from itertools import islice
from types import TracebackType

from halles.domain.imports.drafts import Bad, Where
from halles.domain.imports.tables import Line, Table
from halles.kernel.errors import Refused

MOST_LINES = 500  # of one article; no shop has as many sizes and colours


class Shelf:
    """The lines of a table by the key of their article; a line without a key stands alone.

    :raises Refused: `imports.disk_full`, and as `Sheet.rows`.
    """

    def __init__(self, table: Table, key: Callable[[Line], str]) -> None:
        self._table = table
        self._base = sqlite3.connect("")  # a file without a name: gone when it is closed
        self._base.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;"
            "CREATE TABLE line (number INTEGER PRIMARY KEY, key TEXT, doubt TEXT, cells TEXT)"
        )
        try:
            self._base.executemany("INSERT INTO line VALUES (?, ?, ?, ?)", self._laid(key))
            self._base.execute("CREATE INDEX by_key ON line (key, number)")
        except BaseException as error:
            self._base.close()
            if isinstance(error, sqlite3.OperationalError):
                raise Refused("imports.disk_full") from error
            raise

    def __enter__(self) -> "Shelf":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._base.close()

    def _laid(self, key: Callable[[Line], str]) -> Iterator[tuple[int, str, str, str]]:
        for line in self._table.lines():
            yield (
                line.where.number,
                key(line) or f"\0{line.where.number}",
                line.doubt,
                json.dumps(line.cells),
            )

    def groups(self) -> Iterator[list[Line] | Bad]:
        """The lines of one article after the other, in the order of the file; what is beyond all measure is refused."""
        keys = self._base.execute("SELECT key FROM line GROUP BY key ORDER BY min(number)")
        for (key,) in keys:
            lines = self._lines("WHERE key = ? ORDER BY number", key)
            yield list(islice(lines, MOST_LINES))
            yield from (
                Bad(line.where, Refused("imports.too_many_variants", most=MOST_LINES)) for line in lines
            )

    def take(self, key: str) -> list[Line]:
        """The lines under this key, away from the shelf; what is too much of them stays."""
        taken = list(self._lines("WHERE key = ? ORDER BY number LIMIT ?", key, MOST_LINES))
        if taken:
            self._base.execute(
                "DELETE FROM line WHERE key = ? AND number <= ?", (key, taken[-1].where.number)
            )
        return taken

    def left(self) -> Iterator[Line]:
        """What nobody took."""
        return self._lines("ORDER BY number")

    def _lines(self, which: str, *values: object) -> Iterator[Line]:
        found = self._base.execute(f"SELECT number, doubt, cells FROM line {which}", values)  # noqa: S608
        for number, doubt, cells in found:
            yield Line(self._table, Where(number, self._table.name), json.loads(cells), doubt)
