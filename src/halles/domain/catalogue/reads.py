# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reading products for pages: what a visitor may see, in a number of queries that does not grow with it."""

import uuid
from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery

from halles.domain.catalogue.models import Category, Picture, Product, Variant
from halles.domain.shops import reads as shops
from halles.domain.shops.models import Market, Shop
from halles.kernel.prepared import among, prepared

NEIGHBOURS = 3  # of the same shelf, shown below a product
# What is shown of a product on a card, and asked of its rules.
ON_CARDS = (
    "market", "shop", "slug", "name", "maker", "kind", "unit", "status", "availability", "delay_days",
    "daily_quantity", "is_unique", "portion", "portion_weight",
)  # fmt: skip


def on_sale(market: Market) -> QuerySet[Product]:
    """The products a visitor sees, newest first."""
    return Product.objects.filter(
        market=market, status=Product.Status.ONLINE, shop__standing=Shop.Standing.ONLINE
    ).order_by("-created_at")


def of_shop(shop: Shop) -> QuerySet[Product]:
    """The products on a shop's shelf, newest first."""
    return Product.objects.filter(shop=shop, status=Product.Status.ONLINE).order_by("-created_at")


def page_of_shop(shop: Shop, first: int, number: int) -> list[Product]:
    """Some of the products on a shop's shelf. Three queries."""
    return _seen(list(of_shop(shop)[first : first + number]), {shop.id: shop})


def by_ids(market: Market, ids: Sequence[uuid.UUID]) -> list[Product]:
    """The products of these ids that are on sale, in this order, with what cards need of them. Four queries."""
    # By their ids alone: a database that also looks at the rest may choose to read the whole market.
    of_market = [p for p in _by_ids(ids) if p.status == Product.Status.ONLINE and p.market_id == market.id]
    stands = shops.online_by_ids(market, {product.shop_id for product in of_market})
    found = {p.id: p for p in _seen([p for p in of_market if p.shop_id in stands], stands)}
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


def by_slug(shop: Shop, slug: str) -> tuple[Product | None, list[Product]]:
    """The product at an address, present or former, and its neighbours on the shelf. Four queries, one more for a
    former address.
    """
    found = next(iter(_named(shop.id, slug)), None) or of_shop(shop).filter(former_slugs__slug=slug).first()
    if found is None:
        return None, []
    others = [product for product in _newest(shop.id) if product.id != found.id][:NEIGHBOURS]
    _seen([found, *others], {shop.id: shop})
    return found, others


def with_choice(market: Market, variant_id: uuid.UUID) -> Product | None:
    """The product on sale that has, or had, this variant, as a card needs it. Five queries."""
    return next(iter(by_ids(market, _product_of(variant_id))), None)


def categories(market: Market) -> list[Category]:
    """The « rayons » in which something is on sale, and those above them, in the order of the tree. One query."""
    every = _categories(market.id)
    by_id = {category.id: category for category in every}
    kept: set[uuid.UUID] = set()
    for category in every:
        above: Category | None = category if category.has_products else None  # type: ignore[attr-defined]
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


def _seen(products: list[Product], stands: Mapping[uuid.UUID, Shop]) -> list[Product]:
    """Products with all that a card or a page shows of them: shop, choices, photos. Two queries, whatever their number."""
    of = {product.id: product for product in products}
    for product in products:
        product.shop = stands[product.shop_id]
        product.choices = []
    for variant in _choices(list(of)):
        variant.product = of[variant.product_id]
        variant.product.choices.append(variant)
    bring_photos(products)
    return products


def bring_photos(products: Iterable[Product]) -> None:
    """The photos of these, among which one may stand several times. One query."""
    of: dict[uuid.UUID, list[Product]] = {}
    for product in products:
        product.photos = []
        of.setdefault(product.id, []).append(product)
    for picture in _photos(list(of)):
        picture.product = of[picture.product_id][0]
        for product in of[picture.product_id]:
            product.photos.append(picture)


@prepared
def _categories(market: uuid.UUID) -> QuerySet[Category]:
    sold = Product.objects.filter(market=market, status=Product.Status.ONLINE, category=OuterRef("pk"))
    named = Category.objects.filter(market=market).only("market", "parent", "slug", "name", "name_en")
    return named.annotate(has_products=Exists(sold))


@prepared
def _product_of(variant: uuid.UUID) -> QuerySet[Variant, uuid.UUID]:
    return Variant.objects.filter(pk=variant).values_list("product_id", flat=True)


@prepared
def _by_ids(ids: Sequence[uuid.UUID]) -> QuerySet[Product]:
    return Product.objects.filter(among("id", ids)).order_by().only(*ON_CARDS)


@prepared
def _named(shop: uuid.UUID, slug: str) -> QuerySet[Product]:
    return Product.objects.filter(shop=shop, status=Product.Status.ONLINE, slug=slug)


@prepared
def _newest(shop: uuid.UUID) -> QuerySet[Product]:
    newest = Product.objects.filter(shop=shop, status=Product.Status.ONLINE).order_by("-created_at")
    return newest[: NEIGHBOURS + 1]


@prepared
def _choices(products: Sequence[uuid.UUID]) -> QuerySet[Variant]:
    return Variant.objects.filter(among("product", products), archived=False)


@prepared
def _photos(products: Sequence[uuid.UUID]) -> QuerySet[Picture]:
    return Picture.objects.filter(among("product", products))
