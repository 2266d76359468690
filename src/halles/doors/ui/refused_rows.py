# SPDX-License-Identifier: AGPL-3.0-or-later
"""The file of the rows that an import left out: each as it came, and why. Read and written row by row.

What a spreadsheet would run is kept harmless, and given back exactly when the corrected file comes in again.
"""

import csv
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import PurePosixPath
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from halles.domain.imports import material, trouble
from halles.domain.imports.columns import table_of
from halles.domain.imports.drafts import Bad, Draft, Where
from halles.domain.imports.models import Import
from halles.domain.imports.sheets import Sheet
from halles.domain.imports.values.formulas import neutral
from halles.doors.ui.imports import why
from halles.kernel.errors import Refused

MARK = "\ufeff"  # tells spreadsheets that this is UTF-8
Reasons = dict[Where, str]


def file_name(import_: Import) -> str:
    """What the file is called: "tarif.xlsx" -> "tarif-refuses.csv"."""
    return f"{PurePosixPath(import_.file_name).stem or 'articles'}-refuses.csv"


def refused_rows(import_: Import, language: str) -> Iterator[str]:
    """The file as text, line by line; nothing when nothing was refused. The reasons are held, the rows are not."""
    with override(language):
        reasons, words = _reasons(import_), (_("Table"), _("Numéro"), _("Nom"), _("Motif"))
    if not reasons:
        return
    sheet = table_of(import_)
    yield MARK
    yield from _lines(_as_they_came(sheet, reasons, words[-1]) if sheet else _named(import_, reasons, words))


def _reasons(import_: Import) -> Reasons:
    found: Reasons = {}
    for where, code, params in trouble.told(import_, "refused"):
        sentence = why(code, params)
        found[where] = f"{found[where]} {sentence}" if where in found else sentence
    return found


def _as_they_came(sheet: Sheet, reasons: Reasons, word: str) -> Iterator[list[str]]:
    if sheet.header is not None:
        yield [*sheet.header, word]
    with suppress(Refused):  # from where it falls apart nothing was read before either
        for row in sheet.rows():
            if reason := reasons.get(Where(row.number)):
                yield [*row.cells, reason]


def _named(import_: Import, reasons: Reasons, words: tuple[str, ...]) -> Iterator[list[str]]:
    """For what is no single table: where the row stands and what it is called."""
    yield list(words)
    left = dict(reasons)
    # What can no more be read has no name, but its reason is still known.
    with suppress(Refused), material.opened(import_) as (reader, handed):
        for one in reader.drafts(handed, material.choices_of(import_)):
            name = one.name if isinstance(one, Draft) else ""
            for where in _places(one):
                if reason := left.pop(where, None):
                    yield [where.table, str(where.number), name, reason]
    for where, reason in left.items():
        yield [where.table, str(where.number), "", reason]


def _places(one: Draft | Bad) -> Iterable[Where]:
    return [one.where] if isinstance(one, Bad) else dict.fromkeys(v.where for v in one.variants)


class _Echo:
    """What `csv` writes to: gives each line back."""

    def write(self, line: str) -> str:
        return line


def _lines(rows: Iterable[list[Any]]) -> Iterator[str]:
    writer = csv.writer(_Echo(), delimiter=";", lineterminator="\r\n")
    for row in rows:
        yield writer.writerow([neutral(cell) for cell in row])
