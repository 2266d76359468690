# SPDX-License-Identifier: AGPL-3.0-or-later
"""Workbooks (XLSX, XLS, ODS) read by python-calamine in a child process with limits of its own.

Two cells far apart make the reader ask for a whole sheet between them, and when memory is refused it ends the process it
runs in: that must be neither a web worker nor the one that does the tasks. Rows come back as CSV, streamed.
"""

import io
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copyfileobj
from typing import IO

from halles.domain.imports.sources import Source
from halles.domain.imports.workbook_reader import LOCKED, NO_TABLE, UNREADABLE
from halles.kernel.errors import Refused

READER = Path(__file__).with_name("workbook_reader.py")
CODES = {LOCKED: "imports.locked", UNREADABLE: "imports.not_a_table", NO_TABLE: "imports.empty"}


@contextmanager
def workbook_text(source: Source) -> Iterator[IO[str]]:
    """The first sheet with something in it, as the text of a CSV.

    :raises Refused: at the end of the text: `imports.locked`, `imports.not_a_table`, `imports.empty`, or
        `imports.too_large` when the reader met its limits.
    """
    with _file_of(source) as file:
        child = subprocess.Popen(  # noqa: S603
            [sys.executable, "-I", str(READER)], stdin=file, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
    assert child.stdout is not None
    try:
        with io.TextIOWrapper(child.stdout, "utf-8", newline="") as text:
            yield text
            finished = not text.read(1)
    except BaseException:
        child.kill()
        child.wait()
        raise
    if not finished:
        child.kill()
    code = child.wait()
    if finished and code:
        raise Refused(CODES.get(code, "imports.too_large"))


@contextmanager
def _file_of(source: Source) -> Iterator[IO[bytes]]:
    """A file with a descriptor that a child can inherit; a member of a ZIP is copied into one."""
    with source.open() as opened:
        try:
            opened.fileno()
        except OSError:
            with tempfile.TemporaryFile() as copy:
                copyfileobj(opened, copy)
                copy.seek(0)
                yield copy
        else:
            yield opened
