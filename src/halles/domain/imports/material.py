# SPDX-License-Identifier: AGPL-3.0-or-later
"""The files of an import, and what can be read of them."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

from django.conf import settings

from halles.domain.imports import ports, spreadsheet
from halles.domain.imports.bundles import find_tables
from halles.domain.imports.drafts import Choices, Material, Meaning
from halles.domain.imports.models import Import
from halles.domain.imports.ports import Reader
from halles.domain.imports.sheets import open_sheet
from halles.domain.imports.sources import Kind, file_source, kind_of
from halles.kernel.errors import Refused


def folder(import_: Import) -> Path:
    """Where its files lie."""
    return Path(settings.DATA) / "imports" / str(import_.id)


def keep(import_: Import, file: IO[bytes]) -> None:
    """Keep what was handed over, as it came.

    :raises OSError: when the disk is full.
    """
    folder(import_).mkdir(parents=True, exist_ok=True)
    with (folder(import_) / "file").open("wb") as kept:
        shutil.copyfileobj(file, kept, 1024 * 1024)


def forget(import_: Import) -> None:
    """Throw its files away."""
    shutil.rmtree(folder(import_), ignore_errors=True)


@contextmanager
def opened(import_: Import) -> Iterator[tuple[Reader, Material]]:
    """What was handed over, with the reader that understands it.

    :raises Refused: `imports.not_recognised`, and what opening it refuses.
    """
    path, choices = folder(import_) / "file", choices_of(import_)
    kind = kind_of(file_source(path))
    if kind == Kind.BUNDLE:
        with find_tables(path) as bundle:
            material = Material(tables=bundle.tables, pictures=bundle.pictures)
            yield _reader(import_, material, choices), material
        return
    material = Material(wxr=path) if kind == Kind.XML else Material(tables={"": open_sheet(path)})
    yield _reader(import_, material, choices), material


def _reader(import_: Import, material: Material, choices: Choices) -> Reader:
    if import_.reader:
        return (
            ports.reader_named(import_.reader)
            if import_.reader != spreadsheet.READER.name
            else spreadsheet.READER
        )
    if not choices.columns and (reader := ports.reader_for(material)):
        return reader
    if material.tables and (choices.columns or spreadsheet.READER.recognises(material)):
        return spreadsheet.READER
    raise Refused("imports.not_recognised")


def choices_of(import_: Import) -> Choices:
    """What the merchant said of the file."""
    kept: dict[str, Any] = dict(import_.choices)
    if columns := kept.pop("columns", None):
        kept["columns"] = {int(place): Meaning(meaning) for place, meaning in columns.items()}
    if rate := kept.pop("vat_rate", None):
        kept["vat_rate"] = Decimal(rate)
    return Choices(**kept)


def as_json(choices: Choices) -> dict[str, Any]:
    """The same, as it is kept."""
    kept = asdict(choices)
    if choices.columns:
        kept["columns"] = {str(place): str(meaning) for place, meaning in choices.columns.items()}
    if choices.vat_rate is not None:
        kept["vat_rate"] = str(choices.vat_rate)
    return {name: value for name, value in kept.items() if value is not None}
