# SPDX-License-Identifier: AGPL-3.0-or-later
"""A catalogue with its photographs in as many ZIPs as it takes for each to be one that comes in again, and can be downloaded."""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from halles.domain.catalogue.pictures import original_bytes
from halles.domain.imports.leaving import Articles, Standing, kept
from halles.domain.imports.sources import MOST_BUNDLE_BYTES, MOST_MEMBERS
from halles.domain.shops.models import Shop

MOST_ARTICLES = 20_000  # so that the table stays one that is read
MOST_PHOTOS = MOST_MEMBERS - 1000
MOST_WEIGHT = MOST_BUNDLE_BYTES * 3 // 4  # of photographs, in bytes: some may be added meanwhile


@dataclass(frozen=True, slots=True)
class Part:
    """The articles that follow one and go up to another, by their ids; None for from the first, and to the last."""

    after: uuid.UUID | None
    until: uuid.UUID | None
    weight: int  # of its photographs, in bytes


def parts(shop: Shop) -> list[Part]:
    """One for most shops. One query, and a look at the size of each photograph on the disk."""
    rows = kept(shop).values_list("pk", "pictures__pk").iterator()
    weighed = (
        (product, [original_bytes(picture) for _, picture in some if picture])
        for product, some in groupby(rows, key=lambda row: row[0])
    )
    return list(cut(weighed))


def cut(weighed: Iterable[tuple[uuid.UUID, list[int]]]) -> Iterator[Part]:
    """Articles with the sizes of their photographs, in parts none of which has too much, unless one article alone has."""
    after = last = None
    articles = photos = weight = 0
    for product, sizes in weighed:
        full = (
            articles >= MOST_ARTICLES
            or photos + len(sizes) > MOST_PHOTOS
            or weight + sum(sizes) > MOST_WEIGHT
        )
        if full and articles:
            yield Part(after, last, weight)
            after, articles, photos, weight = last, 0, 0, 0
        articles, photos, weight = articles + 1, photos + len(sizes), weight + sum(sizes)
        last = product
    yield Part(after, None, weight)


def articles_of(shop: Shop, after: uuid.UUID | None, until: uuid.UUID | None) -> Articles | None:
    """The articles of a part; None when these are not articles of this shop. One query, none for a whole catalogue."""
    ids = [pk for pk in (after, until) if pk]
    found: dict[uuid.UUID, Standing] = {
        pk: (moment, pk)
        for moment, pk in (shop.products.filter(pk__in=ids).values_list("created_at", "pk") if ids else ())
    }
    if len(found) != len(set(ids)):
        return None
    return Articles(shop, after=found[after] if after else None, until=found[until] if until else None)
