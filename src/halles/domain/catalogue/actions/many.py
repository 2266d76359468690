# SPDX-License-Identifier: AGPL-3.0-or-later
"""Many new products at once, in a number of queries that does not grow with them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from halles.domain.catalogue import search
from halles.domain.catalogue.actions import addresses
from halles.domain.catalogue.actions.codes import Codes
from halles.domain.catalogue.actions.facts import ProductFacts, may_be_shown, write_product, write_variants
from halles.domain.catalogue.models import Price, Product, Variant
from halles.domain.shops.models import Shop
from halles.kernel.errors import Refused


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
    news = [_new(shop, said) for said in facts]
    codes = Codes(shop, (variant for new in news for variant in new.variants))
    news = [_with_codes(new, codes) for new in news]
    for new, status in zip(news, wanted, strict=True):
        if new.product and (status != Product.Status.ONLINE or any(map(may_be_shown, new.variants))):
            new.product.status = status
    products = [new.product for new in news if new.product]
    variants = [variant for new in news for variant in new.variants]
    addresses.give(shop, products)
    Product.objects.bulk_create(products)
    Variant.objects.bulk_create(variants)
    Price.objects.bulk_create(Price(variant=variant, amount=variant.price) for variant in variants)
    search.index(products)
    return news


def _new(shop: Shop, facts: ProductFacts) -> New:
    product = Product(market_id=shop.market_id, shop=shop)
    try:
        write_product(product, facts)
        return New(product, write_variants(product, facts))
    except Refused as refused:
        return New(None, refused=refused)


def _with_codes(new: New, codes: Codes) -> New:
    try:
        if new.product:
            codes.take(new.product, new.variants)
    except Refused as refused:
        return New(None, refused=refused)
    return new
