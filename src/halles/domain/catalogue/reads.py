# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reading products for pages: what a visitor may see, in a number of queries that does not grow with it."""

import uuid
from collections.abc import Sequence

from django.db.models import Count, Exists, OuterRef, Prefetch, QuerySet, Subquery

from halles.domain.catalogue.models import Category, Product, Variant
from halles.domain.shops.models import Market, Shop

# What can be bought of a product; `product.variants.all()` then asks no more queries.
CHOICES = Prefetch("variants", Variant.objects.filter(archived=False))


def on_sale(market: Market) -> QuerySet[Product]:
    """The products a visitor sees, newest first."""
    return Product.objects.filter(
        market=market, status=Product.Status.ONLINE, shop__standing=Shop.Standing.ONLINE
    ).order_by("-created_at")


def of_shop(shop: Shop) -> QuerySet[Product]:
    """The products on a shop's shelf, newest first."""
    return Product.objects.filter(shop=shop, status=Product.Status.ONLINE).order_by("-created_at")


def with_choices(products: QuerySet[Product]) -> QuerySet[Product]:
    """Products with all that a card or a page shows of them. Three queries, whatever their number."""
    return products.select_related("shop__market", "category").prefetch_related(CHOICES, "pictures")


def by_ids(market: Market, ids: Sequence[uuid.UUID]) -> list[Product]:
    """The products of these ids that are on sale, in this order. Three queries."""
    # By their ids alone: a database that also looks at the rest may choose to read the whole market.
    found = {
        product.id: product
        for product in with_choices(Product.objects.filter(id__in=ids))
        if product.status == Product.Status.ONLINE
        and product.shop.standing == Shop.Standing.ONLINE
        and product.market_id == market.id
    }
    return [found[product_id] for product_id in ids if product_id in found]


def newest_of_each(shops: QuerySet[Shop], number: int) -> list[uuid.UUID]:
    """The newest products, two of a shop at most, so that no shop fills the page. One query."""
    own = Product.objects.filter(shop=OuterRef("pk"), status=Product.Status.ONLINE).order_by("-created_at")
    pairs = (
        shops.order_by("-created_at")
        .annotate(newest=Subquery(own.values("id")[:1]), second=Subquery(own.values("id")[1:2]))
        .values_list("newest", "second")
    )
    firsts, seconds = zip(*pairs, strict=True) if pairs else ((), ())
    return [product_id for product_id in (*firsts, *seconds) if product_id][:number]


def by_id(product_id: uuid.UUID | str) -> Product | None:
    """A product whatever its state, for those who work on it behind the counter. One query."""
    return Product.objects.select_related("shop").filter(pk=product_id).first()


def by_slug(shop: Shop, slug: str, *, others: int = 0) -> tuple[Product | None, list[Product]]:
    """The product at an address, present or former, and a few others from the same shelf. Four queries, three more
    for a former address.
    """
    shelf = of_shop(shop)
    newest = {
        f"newest_{place}": Subquery(shelf.values("id")[place : place + 1]) for place in range(others + 1)
    }
    # Ids first, each by its index: with slug OR ids a database reads the whole shelf.
    named = Subquery(shelf.filter(slug=slug).values("id")[:1])
    ids = Shop.objects.annotate(named=named, **newest).values_list("named", *newest).get(pk=shop.pk)
    products = list(
        with_choices(Product.objects.filter(id__in=[product_id for product_id in ids if product_id]))
    )
    found = next((product for product in products if product.slug == slug), None)
    rest = sorted((p for p in products if p.slug != slug), key=lambda p: p.created_at, reverse=True)[:others]
    return found or with_choices(shelf).filter(former_slugs__slug=slug).first(), rest


def choice(variant_id: uuid.UUID) -> Variant | None:
    """A variant by its id, with its product and shop, whether on sale or not. One query."""
    return Variant.objects.select_related("product__shop__market").filter(id=variant_id).first()


def categories(market: Market) -> list[Category]:
    """The « rayons » in which something is on sale, and those above them, in the order of the tree. One query."""
    sold = Product.objects.filter(market=market, status=Product.Status.ONLINE, category=OuterRef("pk"))
    every = list(Category.objects.filter(market=market).annotate(has_products=Exists(sold)))
    by_id = {category.id: category for category in every}
    kept: set[uuid.UUID] = set()
    for category in every:
        above: Category | None = category if category.has_products else None
        while above is not None and above.id not in kept:
            kept.add(above.id)
            above = by_id.get(above.parent_id) if above.parent_id else None
    return [category for category in every if category.id in kept]


def above(category: Category, tree: Sequence[Category]) -> list[Category]:
    """The categories above one, the highest first."""
    by_id = {known.id: known for known in tree}
    path: list[Category] = []
    parent = by_id.get(category.parent_id) if category.parent_id else None
    while parent is not None and parent not in path:
        path.insert(0, parent)
        parent = by_id.get(parent.parent_id) if parent.parent_id else None
    return path


def online_counts(shop_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, int]:
    """How many products each of these shops shows. One query."""
    online = Product.objects.filter(shop_id__in=shop_ids, status=Product.Status.ONLINE)
    return dict(online.order_by().values_list("shop_id").annotate(number=Count("id")))
