# SPDX-License-Identifier: AGPL-3.0-or-later
"""Photographs on their way into a ZIP, under names that people understand and no two share."""

import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from django.conf import settings
from django.utils.text import slugify

from halles.domain.catalogue.models import Product
from halles.domain.catalogue.pictures import original_of
from halles.domain.imports.spreadsheet.firsts import Firsts
from halles.kernel.identifiers import fold

FOLDER = "photos"
LONGEST = 60  # characters of what a file is named by
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the same photographs make the same bytes


@dataclass(frozen=True, slots=True)
class Photo:
    """One of an article's photographs, as the table calls it."""

    name: str
    view: str
    original: Path


class Photos:
    """A ZIP being written. Photographs are not pressed any more than they are."""

    def __init__(self, out: IO[bytes]) -> None:
        self.count = 0
        self._zip = zipfile.ZipFile(out, "w")
        self._articles = 0
        self._taken = Firsts()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    @contextmanager
    def beside(self, name: str) -> Iterator[IO[bytes]]:
        """A file that grows while photographs are taken in, and follows them."""
        with tempfile.TemporaryFile(dir=settings.DATA) as file:
            yield file
            file.seek(0)
            self._write(name, file, zipfile.ZIP_DEFLATED)

    def take(self, product: Product) -> Sequence[Photo]:
        """Take an article's photographs in; what is no longer on the disk is left out."""
        self._articles += 1
        if not product.photos:
            return ()
        stem = self._stem(product)
        taken = []
        for number, picture in enumerate(product.photos, start=1):
            photo = Photo(f"{FOLDER}/{stem}-{number}.jpg", picture.view, original_of(picture))
            if photo.original.exists():
                with photo.original.open("rb") as original:
                    self._write(photo.name, original, zipfile.ZIP_STORED)
                taken.append(photo)
        self.count += len(taken)
        return taken

    def _write(self, name: str, file: IO[bytes], how: int) -> None:
        info = zipfile.ZipInfo(name, LONG_AGO)
        info.compress_type = how
        info.external_attr = 0o644 << 16
        with self._zip.open(info, "w") as entry:
            shutil.copyfileobj(file, entry, 1024 * 1024)

    def _stem(self, product: Product) -> str:
        """By the reference of the article, else by its name; with a number where another is called so."""
        reference = product.choices[0].reference if product.choices else ""
        plain = re.sub(r"[^A-Za-z0-9]+", "-", reference)[:LONGEST].strip("-")
        stem = plain or slugify(fold(product.name).replace("'", " "))[:LONGEST].strip("-_") or "article"
        is_free = self._taken.first("photo", stem.lower(), self._articles) == self._articles
        return stem if is_free else f"{stem}-article-{self._articles}"
