# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reading a shop's own articles, for those who work in it: drafts too, and never another shop's."""

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from halles.domain.catalogue import rules, search
from halles.domain.catalogue.models import Category, Product, Variant
from halles.domain.shops.models import Market, Shop
from halles.kernel.identifiers import fold


def with_choices(products: QuerySet[Product]) -> QuerySet[Product]:
    """Products with all that is worked on. Three queries, whatever their number."""
    choices = Prefetch("variants", Variant.objects.filter(archived=False))
    return products.select_related("shop__market", "category").prefetch_related(choices, "pictures")


def brief(products: QuerySet[Product], *, photos: bool = True) -> QuerySet[Product]:
    """The same as a list shows them: without their shop, their « rayon » and their long texts. Three queries, two without
    photographs.
    """
    choices = Prefetch("variants", Variant.objects.filter(archived=False))
    found = products.select_related(None).prefetch_related(None).defer(*LONG)
    return found.prefetch_related(choices, "pictures") if photos else found.prefetch_related(choices)


LONG = ("description", "ingredients", "allergens", "origin", "words")


class Lack(StrEnum):
    """What an article may be without."""

    PHOTO = "photo"
    CATEGORY = "category"
    PRICE = "price"


def products(
    shop: Shop,
    *,
    status: str = "",
    words: str = "",
    within: Iterable[Category] | None = None,
    without: Lack | None = None,
) -> QuerySet[Product]:
    """The articles by name; all but the deleted ones when no status is asked. Three queries."""
    found = with_choices(Product.objects.filter(shop=shop))
    found = found.filter(status=status) if status else found.exclude(status=Product.Status.DELETED)
    if words.strip():
        found = found.filter(search.own(shop, words))
    if within is not None:
        found = found.filter(category__in=list(within))
    if without:
        found = found.filter(LACKS[without])
    return found.order_by("name", "id")


PRICED = Variant.objects.filter(product=OuterRef("pk"), archived=False, price__gt=0)
LACKS: Mapping[Lack, Q] = {
    Lack.PHOTO: Q(pictures=None),
    Lack.CATEGORY: Q(category=None),
    Lack.PRICE: ~Q(Exists(PRICED)),
}


def product(shop: Shop, product_id: uuid.UUID) -> Product | None:
    """One article, a deleted one included: a deletion can be undone. Three queries."""
    return with_choices(Product.objects.filter(shop=shop, pk=product_id)).first()


def by_ids(shop: Shop, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Product]:
    """Some of the shop's articles with their choices, deleted ones too. Three queries; what they share is one object."""
    return _worked_on(shop, Product.objects.filter(shop=shop, pk__in=list(ids)))


def locked(shop: Shop, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Product]:
    """The same, and nobody else changes them until the transaction ends."""
    found = Product.objects.filter(shop=shop, pk__in=list(ids)).order_by("pk")
    return _worked_on(shop, found.select_for_update(no_key=True))


def _worked_on(shop: Shop, found: QuerySet[Product]) -> dict[uuid.UUID, Product]:
    choices = Prefetch("variants", Variant.objects.filter(archived=False))
    records = found.prefetch_related(choices, "category")
    for record in records:
        record.shop = shop
    return {record.id: record for record in records}


def variants(shop: Shop, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Variant]:
    """Some of the shop's variants, by id. One query."""
    found = Variant.objects.filter(shop=shop, pk__in=list(ids), archived=False)
    return {variant.id: variant for variant in found.select_related("product__shop")}


def variants_named(shop: Shop, words: str, *, most: int = 12) -> list[Variant]:
    """The variants of articles online that bear these words: what may come instead of another. Two queries.

    Articles first: they are gone through by name until there are enough.
    """
    if not words.strip():
        return []
    bearing = Product.objects.filter(search.own(shop, words), shop=shop, status=Product.Status.ONLINE)
    ids = list(bearing.order_by("name", "id").values_list("pk", flat=True)[:most])
    found = Variant.objects.filter(product__in=ids, archived=False).select_related("product")
    some = list(found.order_by("product__name", "product", "position")[:most]) if ids else []
    for variant in some:
        variant.product.shop = shop
    return some


def with_code(shop: Shop, gtin: str) -> Product | None:
    """The shop's own article that bears this number, a deleted one included: it still holds it. One query."""
    found = Variant.objects.filter(shop=shop, gtin=gtin, archived=False).select_related("product")
    return next((variant.product for variant in found), None)


def names(shop: Shop, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """How articles are called, by their id or that of one of their variants. Two queries."""
    wanted = list(ids)
    found = dict(Product.objects.filter(shop=shop, pk__in=wanted).values_list("id", "name"))
    return found | dict(Variant.objects.filter(shop=shop, pk__in=wanted).values_list("id", "product__name"))


def categories(market: Market) -> list[Category]:
    """All the market's « rayons », each followed by those below it. One query."""
    below: dict[uuid.UUID | None, list[Category]] = {}
    for row in Category.objects.filter(market=market):
        below.setdefault(row.parent_id, []).append(row)

    def walk(parent: uuid.UUID | None) -> Iterator[Category]:
        for category in below.get(parent, []):
            yield category
            yield from walk(category.id)

    return list(walk(None))


def below(category: Category, tree: Sequence[Category]) -> list[Category]:
    """A « rayon » and all those below it; `tree` as `categories` gives it."""
    found = {category.id: category}
    for row in tree:
        if row.parent_id in found:
            found[row.id] = row
    return list(found.values())


def usual_category(shop: Shop, kind: str) -> Category | None:
    """Where an article of this sort mostly goes: where the last one went, else a « rayon » named like it."""
    last = Product.objects.filter(shop=shop, kind=kind, category__isnull=False).order_by("-created_at")
    if latest := last.select_related("category").first():
        return latest.category
    words = rules.CATEGORY_WORDS.get(kind, ())
    for category in reversed(categories(shop.market)):
        if any(word in fold(category.name) for word in words):
            return category
    return None
