# SPDX-License-Identifier: AGPL-3.0-or-later
"""What changes products, one at a time."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from django.db import transaction

from halles.domain.catalogue import rules, search
from halles.domain.catalogue.actions.changes import Change, change_many
from halles.domain.catalogue.actions.facts import ProductFacts, VariantFacts, check_online, facts_of
from halles.domain.catalogue.actions.many import create_many
from halles.domain.catalogue.models import Category, Price, Product, Variant
from halles.domain.journal import actions as journal
from halles.domain.shops.models import Market, Shop
from halles.kernel.actor import Actor
from halles.kernel.identifiers import slug


@transaction.atomic
def add_category(
    market: Market,
    *,
    name: str,
    name_en: str = "",
    slug_: str = "",
    parent: Category | None = None,
    by: Actor,
) -> Category:
    """A « rayon », the last among its brothers."""
    taken = Category.objects.filter(market=market)
    category = Category.objects.create(
        market=market,
        parent=parent,
        slug=slug_ or slug(name, lambda s: taken.filter(slug=s).exists(), fallback="rayon"),
        name=name,
        name_en=name_en,
        position=taken.filter(parent=parent).count(),
    )
    journal.record("catalogue.category_added", category, by=by)
    return category


@transaction.atomic
def create(shop: Shop, facts: ProductFacts, *, by: Actor) -> Product:
    """A new product, as a draft.

    :raises Refused: `catalogue.name_missing`, `catalogue.price_negative`, `gtin.wrong`, `catalogue.gtin_taken`,
        `catalogue.vat_unknown`, `catalogue.allergen_unknown`, `catalogue.variant_twice`.
    """
    (new,) = create_many(shop, [facts])
    if new.product is None:
        assert new.refused
        raise new.refused
    journal.record("catalogue.created", new.product, by=by, shop_id=shop.id, name=new.product.name)
    return new.product


@transaction.atomic
def change(product: Product, facts: ProductFacts, *, by: Actor) -> Product:
    """The same product with other facts; variants are matched by size and colour, the missing ones archived.

    :raises Refused: as `create`.
    """
    (refused,) = change_many(product.shop, [Change(product, facts)])
    if refused:
        raise refused
    journal.record("catalogue.changed", product, by=by, shop_id=product.shop_id, name=product.name)
    return product


@transaction.atomic
def set_price(variant: Variant, price: Decimal, *, by: Actor) -> None:
    """Another price from now on; the former one stays in the history. The same price changes nothing."""
    price = rules.check_price(price)
    if price == variant.price:
        return
    former, variant.price = variant.price, price
    variant.save(update_fields=["price"])
    Price.objects.create(variant=variant, amount=price)
    journal.record(
        "catalogue.price_changed", variant, by=by, shop_id=variant.shop_id, before=str(former), now=str(price)
    )


@transaction.atomic
def set_status(product: Product, status: Product.Status, *, by: Actor) -> None:
    """Put online, retired or deleted. Deleting keeps the record: past orders speak of it, and it can be undone.

    :raises Refused: `catalogue.price_missing` when a product without a price would go online.
    """
    check_online(status, product.variants.filter(archived=False))
    if status == product.status:
        return
    former, product.status = product.status, status
    product.save(update_fields=["status"])
    search.index([product])
    journal.record(
        "catalogue.status_changed", product, by=by, shop_id=product.shop_id, before=former, now=status
    )


@transaction.atomic
def set_sold_out(variants: Sequence[Variant], sold_out: bool, *, by: Actor) -> None:
    """The merchant's own word on some variants: « épuisé » or « disponible »."""
    others = [variant for variant in variants if variant.sold_out != sold_out]
    if not others:
        return
    for variant in others:
        variant.sold_out = sold_out
    Variant.objects.filter(pk__in=[variant.id for variant in others]).update(sold_out=sold_out)
    act = "catalogue.sold_out" if sold_out else "catalogue.available_again"
    journal.record_each(act, others, by=by, shop_id=others[0].shop_id)


@transaction.atomic
def duplicate(product: Product, *, by: Actor) -> Product:
    """A draft like this product, without its codes and pictures."""
    variants = [
        VariantFacts(v.size, v.colour, v.price, "", "", v.content, v.content_unit)
        for v in product.variants.filter(archived=False)
    ]
    return create(product.shop, replace(facts_of(product), variants=variants), by=by)
