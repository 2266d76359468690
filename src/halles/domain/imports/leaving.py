# SPDX-License-Identifier: AGPL-3.0-or-later
"""A shop's articles on their way out, some at a time: memory does not grow with their number, and between two of them nothing
is held open in the database, however slowly whoever takes them reads.
"""

import csv
import io
import uuid
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import IO

from django.db.models import Prefetch, Q, QuerySet

from halles.domain.catalogue import shelf
from halles.domain.catalogue.models import Category, Product, Variant
from halles.domain.shops.models import Shop
from halles.domain.stock.reads import on_hand

AT_ONCE = 200  # articles
PIECE = 64 * 1024  # bytes or so of a table that are handed on together

Standing = tuple[
    datetime, uuid.UUID
]  # where an article stands among the others of its shop: when it came, and its id


@dataclass(frozen=True, slots=True)
class Written:
    """What went into a file."""

    rows: int
    photos: int = 0


# A file on its way out, and in the end what is in it. Ended before its end, it is not a whole file.
Pieces = Generator[bytes, None, Written]


def put(pieces: Pieces, out: IO[bytes]) -> Written:
    """Write all of it there.

    :raises OSError: when the disk is full.
    """
    while True:
        try:
            out.write(next(pieces))
        except StopIteration as end:
            written: Written = end.value
            return written


class Articles:
    """A shop's articles, the oldest first, with all that is known of them: those after one and up to another, or all. Deleted
    ones stay here.

    Four queries for every two hundred, after one for all. `stock` says how many there are of each variant of the articles given
    last, `count` how many articles were given.
    """

    def __init__(self, shop: Shop, *, after: Standing | None = None, until: Standing | None = None) -> None:
        self.shop, self.after, self.until = shop, after, until
        self.stock: dict[uuid.UUID, Decimal | None] = {}
        self.count = 0

    def __iter__(self) -> Iterator[Product]:
        categories = {category.id: category for category in _tree(shelf.categories(self.shop.market))}
        last, is_over = self.after, False
        while not is_over:
            some = list(self._following(last))
            is_over = len(some) < AT_ONCE
            last = None if is_over else (some[-1].created_at, some[-1].pk)
            self.stock.clear()
            self.stock.update(on_hand(product.id for product in some))
            for product in some:
                if product.category_id:
                    product.category = categories.get(product.category_id)
                self.count += 1
                yield product

    def _following(self, last: Standing | None) -> QuerySet[Product]:
        found = kept(self.shop).defer("words")
        if last:
            found = found.filter(_beyond(last), created_at__gte=last[0])
        if self.until:
            found = found.exclude(_beyond(self.until))
        choices = Prefetch("variants", Variant.objects.filter(archived=False))
        return found.prefetch_related(choices, "pictures")[:AT_ONCE]


def kept(shop: Shop) -> QuerySet[Product]:
    """The articles that leave with a shop, the oldest first."""
    all_but_deleted = Product.objects.filter(shop=shop).exclude(status=Product.Status.DELETED)
    return all_but_deleted.order_by("created_at", "pk")


def _beyond(standing: Standing) -> Q:
    moment, pk = standing
    return Q(created_at__gt=moment) | Q(created_at=moment, pk__gt=pk)


def _tree(categories: Sequence[Category]) -> Sequence[Category]:
    """The same, each knowing the one above it."""
    by_id = {category.id: category for category in categories}
    for category in categories:
        if category.parent_id:
            category.parent = by_id[category.parent_id]
    return categories


def levels_of(category: Category | None) -> list[str]:
    """The names from the widest « rayon » to this one."""
    names: list[str] = []
    while category is not None:
        names.insert(0, category.name)
        category = category.parent
    return names


def with_levels(categories: Sequence[Category]) -> Iterator[tuple[Category, list[str]]]:
    """All of a market's « rayons », each with the names from the widest one to its own."""
    for category in _tree(categories):
        yield category, levels_of(category)


def table_pieces(rows: Iterable[Sequence[str]], separator: str) -> Generator[bytes, None, int]:
    """A CSV that spreadsheets open with its accents; in the end how many rows it has, the header's included."""
    text = io.StringIO("\ufeff", newline="")
    text.seek(0, io.SEEK_END)
    writer = csv.writer(text, delimiter=separator)
    count = 0
    for row in rows:
        writer.writerow(row)
        count += 1
        if text.tell() > PIECE:
            yield _taken(text)
    yield _taken(text)
    return count


def _taken(text: io.StringIO) -> bytes:
    piece = text.getvalue().encode()
    text.seek(0)
    text.truncate()
    return piece
