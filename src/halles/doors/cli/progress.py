# SPDX-License-Identifier: AGPL-3.0-or-later
"""How far a long command is, on standard error: one line that changes on a terminal, one now and then elsewhere."""

import sys
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self

ON_TERMINAL, ELSEWHERE = 0.2, 10.0  # seconds between two words


class Progress:
    """Says `words()` while its block runs; they are asked for in another thread, so they may not ask the database."""

    def __init__(self, words: Callable[[], str]) -> None:
        self.words = words
        self.over = threading.Event()
        self.thread = threading.Thread(target=self._say, daemon=True)

    def __enter__(self) -> Self:
        self.thread.start()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.over.set()
        self.thread.join()
        if sys.stderr.isatty():
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()

    def _say(self) -> None:
        terminal = sys.stderr.isatty()
        while not self.over.wait(ON_TERMINAL if terminal else ELSEWHERE):
            sys.stderr.write(f"\r{self.words()}\x1b[K" if terminal else f"{self.words()}\n")
            sys.stderr.flush()
