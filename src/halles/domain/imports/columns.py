# SPDX-License-Identifier: AGPL-3.0-or-later
"""Matching columns by hand: what stands in them, what they may mean, and what was said of the same header before."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from halles.domain.imports import material, spreadsheet
from halles.domain.imports.bundles import find_tables
from halles.domain.imports.drafts import Meaning
from halles.domain.imports.models import Import
from halles.domain.imports.reads import matched_by_hand
from halles.domain.imports.sheets import Sheet, open_sheet, sheet_of
from halles.domain.imports.sources import Kind, Source, file_source, kind_of
from halles.domain.shops.models import Shop
from halles.kernel.errors import Refused

SAMPLE_ROWS = 3
EXAMPLE = 60  # characters of a cell tell what it is
LOOKED_BACK = 20  # imports that are asked whether they had the same header


@dataclass(frozen=True, slots=True)
class Shown:
    """A column with what stands in its first rows, and what it probably means."""

    place: int  # from 0
    name: str  # "" in a table without a header
    examples: tuple[str, ...]
    meaning: Meaning


def table_of(import_: Import) -> Sheet | None:
    """The one table that was handed over; None when it was something else, or is gone."""
    try:
        return open_sheet(_path(import_))
    except Refused:
        return None


def shown(import_: Import) -> list[Shown]:
    """The columns of its table, of its first in a ZIP, as a person may match them; none when there is no table.

    They mean what was said already, else what was said before, else what they look like.
    """
    try:
        if kind_of(file_source(_path(import_))) != Kind.BUNDLE:
            return _shown(import_, open_sheet(_path(import_)))
        with find_tables(_path(import_)) as bundle:
            first = next(iter(bundle.tables.values()), None)
            return _shown(import_, first) if first else []
    except Refused:
        return []


def _path(import_: Import) -> Path:
    return material.folder(import_) / "file"


def _shown(import_: Import, sheet: Sheet) -> list[Shown]:
    said = material.choices_of(import_).columns or remembered(import_.shop, sheet)
    meanings = spreadsheet.propose(sheet) if said is None else said
    rows = [row.cells for row in islice(sheet.rows(), SAMPLE_ROWS)]
    names = sheet.header or [""] * sheet.width
    return [
        Shown(
            place,
            name,
            tuple(cells[place][:EXAMPLE] for cells in rows if cells[place]),
            meanings.get(place, Meaning.IGNORED),
        )
        for place, name in enumerate(names)
    ]


def remembered_of(shop: Shop, source: Source) -> Mapping[int, Meaning] | None:
    """As `remembered`, of a file that was not handed over yet."""
    try:
        return remembered(shop, sheet_of(source))
    except Refused:
        return None


def remembered(shop: Shop, sheet: Sheet) -> Mapping[int, Meaning] | None:
    """What the shop last said by hand of a table with this very header; None when it never did. One query."""
    if sheet.header is None:
        return None
    for former in matched_by_hand(shop)[:LOOKED_BACK]:
        if [name for name, *_rest in former.found.get("columns", [])] == sheet.header:
            return material.choices_of(former).columns
    return None
