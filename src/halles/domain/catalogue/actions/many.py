# SPDX-License-Identifier: AGPL-3.0-or-later
"""Many new products at once, in a number of queries that does not grow with them."""

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.text import slugify

from halles.domain.catalogue import search
from halles.domain.catalogue.actions.products import (
    RESERVED_SLUGS,
    ProductFacts,
    write_product,
    write_variant,
)
from halles.domain.catalogue.models import FormerProductSlug, Price, Product, Variant
from halles.domain.shops.models import Shop
from halles.kernel.errors import Refused
from halles.kernel.identifiers import CODE_ALPHABET, fold

MOST_NUMBERED = 9  # "miel-9"; what comes after has letters


@dataclass(frozen=True, slots=True)
class New:
    """What became of one of the facts: the product with its variants in their order, or why there is none."""

    product: Product | None
    variants: Sequence[Variant] = ()
    refused: Refused | None = None


@transaction.atomic
def create_many(
    shop: Shop, facts: Sequence[ProductFacts], *, statuses: Sequence[Product.Status] = ()
) -> list[New]:
    """New products, each with its refusal where it has one; the others stand. Whoever calls writes the journal.

    `statuses` says whether customers see each (none: drafts); without a price it stays a draft.
    A code that another product has, or that stands twice among these, is refused as by `create`.
    """
    wanted = statuses or [Product.Status.DRAFT] * len(facts)
    codes = _Codes(shop, facts)
    news = [_new(shop, said, codes) for said in facts]
    made = [new for new in news if new.product]
    products = [new.product for new in made if new.product]
    for product, slug in zip(products, _free_slugs(shop, products), strict=True):
        product.slug = slug
    for new, status in zip(news, wanted, strict=True):
        if new.product and (status != Product.Status.ONLINE or any(v.price for v in new.variants)):
            new.product.status = status
    variants = [variant for new in made for variant in new.variants]
    Product.objects.bulk_create(products)
    Variant.objects.bulk_create(variants)
    Price.objects.bulk_create(Price(variant=variant, amount=variant.price) for variant in variants)
    search.index(products)
    return news


class _Codes:
    """The codes that are taken: by the shop's other products, and by those of this call that came before."""

    def __init__(self, shop: Shop, facts: Sequence[ProductFacts]) -> None:
        said = {variant.gtin for product in facts for variant in product.variants if variant.gtin}
        found = Variant.objects.filter(shop=shop, archived=False, gtin__in=said).exclude(gtin="")
        self.taken = set(found.values_list("gtin", flat=True)) if said else set()

    def take(self, variants: Sequence[Variant]) -> None:
        codes = [variant.gtin for variant in variants if variant.gtin]
        for place, code in enumerate(codes):
            if code in self.taken or code in codes[:place]:
                raise Refused("catalogue.gtin_taken", field="gtin", gtin=code)
        self.taken.update(codes)


def _new(shop: Shop, facts: ProductFacts, codes: _Codes) -> New:
    product = Product(market_id=shop.market_id, shop=shop)
    try:
        write_product(product, facts)
        variants = [Variant(product=product, shop_id=shop.id) for _ in facts.variants]
        for position, (variant, said) in enumerate(zip(variants, facts.variants, strict=True)):
            write_variant(variant, position, said, facts.price)
        if not variants or len({(v.size, v.colour) for v in variants}) != len(variants):
            raise Refused("catalogue.variant_twice", field="variants")
        codes.take(variants)
    except Refused as refused:
        return New(None, refused=refused)
    return New(product, variants)


def _free_slugs(shop: Shop, products: Sequence[Product]) -> Iterator[str]:
    """An address for each, as `create` would give it; beyond nine of one name, with letters instead of a number."""
    bases = [slugify(fold(p.name).replace("'", " "))[:60].strip("-") or "article" for p in products]
    tried = {
        f"{base}{end}" for base in bases for end in ("", *(f"-{n}" for n in range(2, MOST_NUMBERED + 1)))
    }
    taken = set(Product.objects.filter(shop=shop, slug__in=tried).values_list("slug", flat=True))
    taken |= set(FormerProductSlug.objects.filter(shop=shop, slug__in=tried).values_list("slug", flat=True))
    taken |= RESERVED_SLUGS
    for base in bases:
        slug, number = base, 2
        while slug in taken:
            slug = f"{base}-{number}" if number <= MOST_NUMBERED else f"{base}-{_letters()}"
            number += 1
        taken.add(slug)
        yield slug


def _letters() -> str:
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(6)).lower()
