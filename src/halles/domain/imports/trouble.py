# SPDX-License-Identifier: AGPL-3.0-or-later
"""What was refused and what somebody may want to look at, row by row, in a file beside the import's own.

Written as it is found, before the batch is committed: a batch that is done again is written again, and read once.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from halles.domain.imports.drafts import Draft, Warned, Where
from halles.domain.imports.material import folder
from halles.domain.imports.models import Import
from halles.kernel.errors import Refused


class Trouble:
    """Open while rows are worked on."""

    def __init__(self, import_: Import, *, fresh: bool = False) -> None:
        self.path, self.mode = _path(import_), "w" if fresh else "a"
        self.refused = self.warned = 0  # since it was opened

    def __enter__(self) -> Self:
        self.file: IO[str] = self.path.open(self.mode, encoding="utf-8")
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.file.close()

    def refuse(self, where: Where, refused: Refused) -> None:
        """A row is left out."""
        self.refused += 1
        self._write("refused", where, refused.code, refused.details)

    def refuse_draft(self, draft: Draft, refused: Refused) -> None:
        """All rows of an article are left out."""
        for where in dict.fromkeys(variant.where for variant in draft.variants):
            self.refuse(where, refused)

    def warn(self, warned: Warned) -> None:
        """Something was let pass."""
        self.warned += 1
        self._write("warned", warned.where, warned.code, warned.params)

    def flush(self) -> None:
        """On the disk, before the batch is."""
        self.file.flush()

    def _write(self, what: str, where: Where, code: str, params: Any) -> None:  # noqa: ANN401
        line = [what, where.table, where.number, code, {name: str(value) for name, value in params.items()}]
        self.file.write(json.dumps(line, ensure_ascii=True) + "\n")


def clear(import_: Import) -> None:
    """What the look found is found again as it is written."""
    _path(import_).unlink(missing_ok=True)


def told(import_: Import, what: str) -> Iterator[tuple[Where, str, dict[str, str]]]:
    """What was refused (or `warned`), once each, in the order of the file."""
    path = _path(import_)
    if not path.exists():
        return
    seen: set[tuple[str, int, str]] = set()
    with path.open(encoding="utf-8") as file:
        for line in file:
            kind, table, number, code, params = json.loads(line)
            if kind == what and (table, number, code) not in seen:
                seen.add((table, number, code))
                yield Where(number, table), code, params


def _path(import_: Import) -> Path:
    return folder(import_) / "trouble.jsonl"
