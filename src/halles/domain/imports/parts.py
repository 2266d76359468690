# SPDX-License-Identifier: AGPL-3.0-or-later
"""A catalogue with its photographs in as many ZIPs as it takes for each to be one that comes in again, and can be downloaded."""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from django.core.cache import cache
from django.db.models import Count, Sum

from halles.domain.catalogue.models import Picture, Product
from halles.domain.catalogue.pictures import original_bytes
from halles.domain.imports.leaving import Articles, Standing, kept
from halles.domain.imports.sources import MOST_BUNDLE_BYTES, MOST_MEMBERS
from halles.domain.journal import reads as journal
from halles.domain.shops.models import Shop

MOST_ARTICLES = 20_000  # so that the table stays one that is read
MOST_PHOTOS = MOST_MEMBERS - 1000
MOST_WEIGHT = MOST_BUNDLE_BYTES * 3 // 4  # of photographs, in bytes: some may be added meanwhile
KEPT_FOR = 3600  # seconds at most


@dataclass(frozen=True, slots=True)
class Part:
    """The articles that follow one and go up to another, by their ids; None for from the first, and to the last."""

    after: uuid.UUID | None
    until: uuid.UUID | None
    weight: int  # of its photographs, in bytes


def parts(shop: Shop) -> list[Part]:
    """One for most shops. Found by going through all articles, and kept until anything is done in the shop: three queries then."""
    key = f"parts-{shop.id}-{journal.latest_of_shop(shop.id)}"
    found: list[Part] | None = cache.get(key)
    if found is None:
        found = _found(shop)
        cache.set(key, found, KEPT_FOR)
    return found


def _found(shop: Shop) -> list[Part]:
    """Two queries where one part is enough; else three, and a look on the disk at each photograph nobody weighed."""
    articles = kept(shop)
    of_them = Picture.objects.filter(product__shop=shop).exclude(product__status=Product.Status.DELETED)
    photos = of_them.order_by().aggregate(all=Count("pk"), known=Count("weight"), weight=Sum("weight"))
    weight = photos["weight"] or 0
    if photos["all"] == photos["known"] and not _is_too_much(articles.count(), photos["all"], weight):
        return [Part(None, None, weight)]
    rows = articles.values_list("pk", "pictures__pk", "pictures__weight").iterator()
    weighed = (
        (product, [_weight(picture, weight) for _, picture, weight in some if picture])
        for product, some in groupby(rows, key=lambda row: row[0])
    )
    return list(cut(weighed))


def _weight(picture: uuid.UUID, known: int | None) -> int:
    return original_bytes(picture) if known is None else known


def _is_too_much(articles: int, photos: int, weight: int) -> bool:
    return articles > MOST_ARTICLES or photos > MOST_PHOTOS or weight > MOST_WEIGHT


def cut(weighed: Iterable[tuple[uuid.UUID, list[int]]]) -> Iterator[Part]:
    """Articles with the sizes of their photographs, in parts none of which has too much, unless one article alone has."""
    after = last = None
    articles = photos = weight = 0
    for product, sizes in weighed:
        full = _is_too_much(articles + 1, photos + len(sizes), weight + sum(sizes))
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
