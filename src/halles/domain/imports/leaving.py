# SPDX-License-Identifier: AGPL-3.0-or-later
"""A shop's articles on their way out, some at a time: memory does not grow with their number."""

import csv
import io
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import IO

from django.db.models import Prefetch

from halles.domain.catalogue import shelf
from halles.domain.catalogue.models import Category, Product, Variant
from halles.domain.shops.models import Shop
from halles.domain.stock.reads import on_hand

AT_ONCE = 200  # articles


@dataclass(frozen=True, slots=True)
class Written:
    """What went into a file."""

    rows: int
    photos: int = 0


class Articles:
    """A shop's articles, the oldest first, with all that is known of them. Deleted ones stay here.

    Three queries for every two hundred, after two for all. `stock` says how many there are of each variant of the articles given
    last, `count` how many articles were given.
    """

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        self.stock: dict[uuid.UUID, Decimal | None] = {}
        self.count = 0

    def __iter__(self) -> Iterator[Product]:
        categories = {category.id: category for category in _tree(shelf.categories(self.shop.market))}
        found = self._found()
        while some := list(islice(found, AT_ONCE)):
            self.stock.clear()
            self.stock.update(on_hand(product.id for product in some))
            for product in some:
                if product.category_id:
                    product.category = categories.get(product.category_id)
                self.count += 1
                yield product

    def _found(self) -> Iterator[Product]:
        choices = Prefetch("variants", Variant.objects.filter(archived=False))
        kept = Product.objects.filter(shop=self.shop).exclude(status=Product.Status.DELETED).defer("words")
        return kept.order_by("created_at", "pk").prefetch_related(choices, "pictures").iterator(AT_ONCE)


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


def write_rows(out: IO[bytes], rows: Iterable[Sequence[str]], separator: str) -> int:
    """A CSV that spreadsheets open with its accents; how many rows it has, the header's included."""
    text = io.TextIOWrapper(out, "utf-8-sig", newline="")
    writer = csv.writer(text, delimiter=separator)
    count = 0
    for row in rows:
        writer.writerow(row)
        count += 1
    text.detach()
    return count
