# SPDX-License-Identifier: AGPL-3.0-or-later
"""A ZIP with several tables and pictures, as PrestaShop's set or a merchant's folder. Nothing is unpacked."""

import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO

from halles.domain.imports.sheets import Sheet, sheet_of
from halles.domain.imports.sources import (
    MOST_BUNDLE_BYTES,
    Kind,
    Source,
    check_size,
    file_source,
    kind_of,
    open_zip,
)
from halles.kernel.errors import Refused

LITTER = ("__MACOSX", ".", "Thumbs.db", "desktop.ini")  # what systems leave in a folder


@dataclass(frozen=True, slots=True)
class Bundle:
    """Tables and pictures by the name they have in the ZIP; `unread`: the code of why another file is neither."""

    tables: Mapping[str, Sheet]
    pictures: Mapping[str, Source]
    unread: Mapping[str, str]


@contextmanager
def find_tables(path: Path) -> Iterator[Bundle]:
    """What is in this ZIP, readable while the context lasts.

    :raises Refused: `imports.cannot_read`, `imports.empty`, `imports.too_large`, and as `sources.open_zip`.
    """
    source = file_source(path)
    check_size(source, MOST_BUNDLE_BYTES)
    with source.open() as stream, open_zip(stream) as opened:
        yield _bundle(opened)


def _bundle(opened: zipfile.ZipFile) -> Bundle:
    tables: dict[str, Sheet] = {}
    pictures: dict[str, Source] = {}
    unread: dict[str, str] = {}
    for member in opened.infolist():
        name = member.filename
        if member.is_dir() or is_litter(name):
            continue
        source = Source(partial(_open, opened, member), member.file_size)
        try:
            if member.file_size and kind_of(source) == Kind.PICTURE:
                pictures[name] = source
            else:
                tables[name] = sheet_of(source)
        except Refused as refused:
            unread[name] = refused.code
        except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError):
            unread[name] = "imports.zip_broken"
    return Bundle(tables, pictures, unread)


def is_litter(name: str) -> bool:
    """Whether it is what systems leave in a folder, beside what people put there."""
    return any(part.startswith(LITTER) for part in name.removeprefix("./").split("/"))


def _open(opened: zipfile.ZipFile, member: zipfile.ZipInfo) -> IO[bytes]:
    return opened.open(member)
