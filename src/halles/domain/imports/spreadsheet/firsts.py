# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where something stood first in a table, in some twenty bytes each: a file may name hundreds of thousands."""

from array import array

FULL = 0.6  # of the places; beyond, looking takes long


class Firsts:
    """Row numbers by the digest of what stood there."""

    def __init__(self) -> None:
        self._make(1 << 12)
        self._count = 0

    def _make(self, size: int) -> None:
        self._digests = array("q", bytes(8 * size))
        self._rows = array("I", bytes(4 * size))  # 0: nothing there
        self._mask = size - 1

    def first(self, kind: str, value: str, row: int) -> int:
        """The row in which this stood first; `row` when it is new, which is then remembered."""
        digest = hash((kind, value))
        place = self._place(digest)
        if self._rows[place]:
            return self._rows[place]
        self._digests[place], self._rows[place] = digest, row
        self._count += 1
        if self._count > FULL * (self._mask + 1):
            self._grow()
        return row

    def _place(self, digest: int) -> int:
        """Where it is, or the free place where it belongs."""
        place = digest & self._mask
        while self._rows[place] and self._digests[place] != digest:
            place = (place + 1) & self._mask
        return place

    def _grow(self) -> None:
        digests, rows = self._digests, self._rows
        self._make(2 * len(rows))
        for digest, row in zip(digests, rows, strict=True):
            if row:
                place = self._place(digest)
                self._digests[place], self._rows[place] = digest, row
