# SPDX-License-Identifier: AGPL-3.0-or-later
"""Records of a text table, one at a time, and what can still be read where it is broken.

A stray quote swallows all that follows up to the next one. So the lines of a record are kept until it is whole: when it
never ends, its first line alone is called damaged and reading starts again with the next.
"""

import csv
from collections import deque
from collections.abc import Iterator
from typing import IO

from halles.kernel.errors import Refused

CUT = "imports.row_cut"  # ends in the middle of a cell
UNREADABLE = "imports.row_unreadable"
MOST_RECORD = 2_000_000  # characters
MOST_REPAIRS = 100  # each costs a record's length of reading
END = "\ufdd0"  # stands for no letter; after the last line, so that a quote left open is seen


class _TooLong(Exception):
    """A record that goes on for ever."""


class _Lines:
    """The lines of a stream, without NUL; keeps those of the record being read."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream
        self._again: deque[str] = deque()
        self.taken: list[str] = []
        self._length = 0
        self.ended = False

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        if self.ended:
            raise StopIteration
        line = self._again.popleft() if self._again else self._read()
        self.taken.append(line)
        self._length += len(line)
        if self._length > MOST_RECORD:
            raise _TooLong
        return line

    def _read(self) -> str:
        line = self._stream.readline(MOST_RECORD)
        if not line:
            self.ended = True
            return END
        if len(line) == MOST_RECORD and line[-1] not in "\r\n":
            while (rest := self._stream.readline(MOST_RECORD)) and rest[-1] not in "\r\n":
                pass
            line += "\n"  # one more than may be: refused as a record
        return line.replace("\0", "") if "\0" in line else line

    def next_record(self) -> None:
        """What was taken is done with."""
        self.taken = []
        self._length = 0

    def first_again(self) -> str:
        """The first line of the record; the others will be read again."""
        first, *others = self.taken
        self._again.extendleft(reversed([line for line in others if line is not END]))
        self.ended = False  # the stream gives END once more
        return first


def records(stream: IO[str], separator: str, width: int) -> Iterator[tuple[list[str], str]]:
    """The cells of each record, blank lines included as [], with the code of what is wrong with it ("" for nothing).

    `width` is how many columns the table has.
    :raises Refused: `imports.too_damaged` when the file falls apart again and again.
    """
    lines = _Lines(stream)
    reader = csv.reader(lines, delimiter=separator)
    repairs = 0
    while True:
        lines.next_record()
        problem = ""
        try:
            cells = next(reader)
        except (csv.Error, _TooLong):
            problem = UNREADABLE
        if lines.ended and not problem:
            if lines.taken == [END]:
                return
            problem = CUT
            if not _next_line_is_a_row(lines.taken, separator, width):
                cells[-1] = cells[-1].removesuffix(END)
                yield cells, problem
                return
        if problem:
            repairs += 1
            if repairs > MOST_REPAIRS:
                raise Refused("imports.too_damaged")
            cells = lines.first_again().rstrip("\r\n").split(separator, width)
            reader = csv.reader(lines, delimiter=separator)
        yield cells, problem


def _next_line_is_a_row(taken: list[str], separator: str, width: int) -> bool:
    """Whether the open quote was a slip inside a line, rather than the file cut inside a long description."""
    following = taken[1:2]
    try:
        return (
            bool(following)
            and width > 1
            and [len(row) for row in csv.reader(following, delimiter=separator)] == [width]
        )
    except csv.Error:
        return False
