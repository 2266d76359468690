# SPDX-License-Identifier: AGPL-3.0-or-later
"""Rows that a command lays aside: the first are said on the terminal, all are handed back as a table, with the reason."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryFile
from types import TracebackType
from typing import Self

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from halles.domain.imports.values.formulas import neutral
from halles.doors.cli.beside import keep_beside

SHOWN = 20
MARK = "\ufeff"  # tells spreadsheets that this is UTF-8


class Aside:
    """Kept on the disk meanwhile; `header` names the columns that come before the reason."""

    def __init__(self, header: Sequence[str]) -> None:
        self._file = TemporaryFile("w+", encoding="utf-8", errors="replace", newline="")  # noqa: SIM115 - ours to close
        self._lines = csv.writer(self._file, delimiter=";", lineterminator="\r\n")
        self._header = header
        self._told: list[str] = []
        self.refused = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def lay(self, number: int, cells: Sequence[str], reason: str) -> None:
        """One more row, by its number in the file."""
        if not self.refused:
            self._file.write(MARK)
            self._lines.writerow([neutral(cell) for cell in [*self._header, _("Motif")]])
        self._lines.writerow([neutral(cell) for cell in [*cells, reason]])
        self.refused += 1
        self.mention(number, reason)

    def mention(self, number: int, said: str) -> None:
        """Something of a row, be it laid aside or not, for the terminal."""
        if len(self._told) < SHOWN:
            self._told.append(f"  {_('ligne %(number)s') % {'number': number}} : {said}")

    def hand_back(self, command: BaseCommand, beside: Path, stem: str) -> Path | None:
        """Say what was laid aside, and where it is now; None when nothing was."""
        for line in self._told:
            command.stdout.write(line)
        kept = keep_beside(beside, f"{stem}-refuses.csv", self._from_the_start)
        if kept:
            command.stdout.write(_("Les lignes laissées de côté : %(file)s") % {"file": kept})
        return kept

    def _from_the_start(self) -> Iterator[str]:
        self._file.seek(0)
        return iter(self._file.readline, "")  # `yield from` would close it when the first folder is given up
