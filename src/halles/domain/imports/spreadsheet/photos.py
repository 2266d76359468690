# SPDX-License-Identifier: AGPL-3.0-or-later
"""Photographs on their way into a ZIP, under names that people understand and no two share."""

import re
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.text import slugify

from halles.domain.catalogue.models import Product
from halles.domain.catalogue.pictures import original_of
from halles.domain.imports.packing import Pack
from halles.domain.imports.spreadsheet.firsts import Firsts
from halles.kernel.identifiers import fold

FOLDER = "photos"
LONGEST = 60  # characters of what a file is named by


@dataclass(frozen=True, slots=True)
class Photo:
    """One of an article's photographs, as the table calls it."""

    name: str
    view: str
    original: Path


class Photos:
    """The photographs of a ZIP that is being written."""

    def __init__(self, pack: Pack) -> None:
        self.count = 0
        self._pack = pack
        self._articles = 0
        self._taken = Firsts()

    def take(self, product: Product) -> Generator[bytes, None, Sequence[Photo]]:
        """An article's photographs as pieces of the ZIP, in the end what they are called there; what is no longer on the disk is
        left out.
        """
        self._articles += 1
        if not product.photos:
            return ()
        stem = self._stem(product)
        taken = []
        for number, picture in enumerate(product.photos, start=1):
            photo = Photo(f"{FOLDER}/{stem}-{number}.jpg", picture.view, original_of(picture))
            if photo.original.exists():
                with photo.original.open("rb") as original:
                    yield from self._pack.put(photo.name, original, pressed=False)
                taken.append(photo)
        self.count += len(taken)
        return taken

    def _stem(self, product: Product) -> str:
        """By the reference of the article, else by its name; with a number where another is called so."""
        reference = product.choices[0].reference if product.choices else ""
        plain = re.sub(r"[^A-Za-z0-9]+", "-", reference)[:LONGEST].strip("-")
        stem = plain or slugify(fold(product.name).replace("'", " "))[:LONGEST].strip("-_") or "article"
        is_free = self._taken.first("photo", stem.lower(), self._articles) == self._articles
        return stem if is_free else f"{stem}-article-{self._articles}"
