# SPDX-License-Identifier: AGPL-3.0-or-later
"""What changes products, one at a time."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from django.db import transaction

from halles.domain.catalogue import rules, search
from halles.domain.catalogue.models import (
    Availability,
    Category,
    FormerProductSlug,
    Kind,
    Price,
    Product,
    Variant,
)
from halles.domain.journal import actions as journal
from halles.domain.shops.models import Market, Shop
from halles.kernel.actor import Actor
from halles.kernel.errors import Refused
from halles.kernel.gtin import parse_gtin
from halles.kernel.identifiers import fold, slug
from halles.kernel.text import one_line
from halles.kernel.units import Unit


@dataclass(frozen=True, slots=True)
class VariantFacts:
    """What a merchant says of one size and colour. `price` None means: as the product."""

    size: str = ""
    colour: str = ""
    price: Decimal | None = None
    gtin: str = ""
    reference: str = ""
    content: Decimal | None = None
    content_unit: str = ""


@dataclass(frozen=True, slots=True)
class ProductFacts:
    """What a merchant says of a product. What is left out is proposed, never left empty."""

    name: str
    price: Decimal
    kind: Kind | None = None
    vat_rate: Decimal | None = None
    unit: Unit = Unit.PIECE
    category: Category | None = None
    maker: str = ""
    description: str = ""
    availability: Availability = Availability.AVAILABLE
    delay_days: int = 0
    daily_quantity: Decimal = Decimal(0)
    is_unique: bool = False
    ingredients: str = ""
    allergens: Sequence[str] = ()
    origin: str = ""
    is_alcohol: bool = False
    variants: Sequence[VariantFacts] = field(default_factory=lambda: (VariantFacts(),))


# Pages of a shop that stand where its products do.
RESERVED_SLUGS = frozenset({"conditions"})

# Copied as they are from the facts to the record.
PLAIN = (
    "unit", "category", "availability", "delay_days", "daily_quantity",
    "is_unique", "is_alcohol", "origin", "maker", "description", "ingredients",
)  # fmt: skip


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
    product = Product(market_id=shop.market_id, shop=shop)
    write_product(product, facts)
    product.slug = slug(product.name, lambda s: _slug_taken(shop, s, product), fallback="article")
    product.save()
    for position, variant in enumerate(facts.variants):
        _save_variant(Variant(product=product, shop_id=product.shop_id), position, variant, facts.price)
    _check_variants(product)
    journal.record("catalogue.created", product, by=by, shop_id=shop.id, name=product.name)
    return product


@transaction.atomic
def change(product: Product, facts: ProductFacts, *, by: Actor) -> Product:
    """The same product with other facts; variants are matched by size and colour, the missing ones archived.

    :raises Refused: as `create`.
    """
    former_name = product.name
    write_product(product, facts)
    if product.name != former_name and product.status == Product.Status.DRAFT:
        _rename(product)
    product.save()
    standing = {(v.size, v.colour): v for v in product.variants.filter(archived=False)}
    for position, said in enumerate(facts.variants):
        variant = standing.pop((said.size.strip(), said.colour.strip()), None)
        _save_variant(
            variant or Variant(product=product, shop_id=product.shop_id), position, said, facts.price
        )
    for variant in standing.values():
        variant.archived = True
        variant.save(update_fields=["archived"])
    _check_variants(product)
    _forget_choices(product)
    search.index([product])
    journal.record("catalogue.changed", product, by=by, shop_id=product.shop_id, name=product.name)
    return product


def _forget_choices(product: Product) -> None:
    """The record was read with its variants: they are others now."""
    product.__dict__.pop("choices", None)
    product.__dict__.get("_prefetched_objects_cache", {}).pop("variants", None)


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
    if status == Product.Status.ONLINE and not product.variants.filter(archived=False, price__gt=0).exists():
        raise Refused("catalogue.price_missing", field="price")
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
    for variant in variants:
        if variant.sold_out != sold_out:
            variant.sold_out = sold_out
            variant.save(update_fields=["sold_out"])
            act = "catalogue.sold_out" if sold_out else "catalogue.available_again"
            journal.record(act, variant, by=by, shop_id=variant.shop_id)


@transaction.atomic
def duplicate(product: Product, *, by: Actor) -> Product:
    """A draft like this product, without its codes and pictures."""
    variants = [
        VariantFacts(v.size, v.colour, v.price, "", "", v.content, v.content_unit)
        for v in product.variants.filter(archived=False)
    ]
    return create(product.shop, replace(facts_of(product), variants=variants), by=by)


def facts_of(product: Product) -> ProductFacts:
    """What is said of a product today, as `change` takes it. Two queries at most."""
    variants = product.choices
    price = variants[0].price if variants else Decimal(0)
    return ProductFacts(
        name=product.name,
        price=price,
        kind=Kind(product.kind),
        vat_rate=product.vat_rate,
        allergens=product.allergens,
        variants=[
            VariantFacts(v.size, v.colour, v.price, v.gtin, v.reference, v.content, v.content_unit)
            for v in variants
        ],
        **{name: getattr(product, name) for name in PLAIN},
    )


def write_product(product: Product, facts: ProductFacts) -> None:
    """Facts become the record's, which is not saved yet. No query.

    :raises Refused: as `create`.
    """
    name = one_line(facts.name, 120)
    if not name:
        raise Refused("catalogue.name_missing", field="name")
    unknown = set(facts.allergens) - set(rules.ALLERGENS)
    if unknown:
        raise Refused("catalogue.allergen_unknown", field="allergens", unknown=sorted(unknown))
    kind = facts.kind or rules.usual_kind(product.shop.trade, name)
    vat_rate = rules.vat_rate(
        product.shop, rules.usual_vat(kind) if facts.vat_rate is None else facts.vat_rate
    )
    if vat_rate not in rules.VAT_RATES:
        raise Refused("catalogue.vat_unknown", field="vat_rate", rate=str(vat_rate))
    product.name, product.kind, product.vat_rate = name, kind, vat_rate
    product.allergens = sorted(facts.allergens)
    for field_name in PLAIN:
        setattr(product, field_name, getattr(facts, field_name))
    if product.is_unique:  # there is one: that is a count
        product.availability = Availability.COUNTED
    category = f"{facts.category.name} {facts.category.name_en}" if facts.category else ""
    product.words = fold(f"{name} {facts.maker} {category} {facts.origin} {facts.description}")[:4000]


def write_variant(variant: Variant, position: int, said: VariantFacts, price: Decimal) -> None:
    """What is said of a variant becomes the record's, which is not saved yet. No query.

    :raises Refused: `gtin.wrong`, `catalogue.price_negative`.
    """
    variant.position = position
    variant.size, variant.colour = said.size.strip()[:40], said.colour.strip()[:40]
    variant.reference, variant.gtin = said.reference.strip()[:60], parse_gtin(said.gtin)
    variant.content, variant.content_unit = said.content, said.content_unit
    variant.price = rules.check_price(price if said.price is None else said.price)


def _save_variant(variant: Variant, position: int, said: VariantFacts, price: Decimal) -> None:
    former = None if variant._state.adding else variant.price
    write_variant(variant, position, said, price)
    if variant.gtin and (
        Variant.objects.filter(shop_id=variant.shop_id, gtin=variant.gtin, archived=False)
        .exclude(pk=variant.pk)
        .exists()
    ):
        raise Refused("catalogue.gtin_taken", field="gtin", gtin=variant.gtin)
    variant.save()
    if variant.price != former:  # a first price of nought is history too
        Price.objects.create(variant=variant, amount=variant.price)


def _check_variants(product: Product) -> None:
    """One at least, and no size and colour twice."""
    named = list(product.variants.filter(archived=False).values_list("size", "colour"))
    if not named or len(set(named)) != len(named):
        raise Refused("catalogue.variant_twice", field="variants")


def _rename(product: Product) -> None:
    """A draft's address follows its name; the former one goes on working."""
    former = product.slug
    product.slug = slug(product.name, lambda s: _slug_taken(product.shop, s, product), fallback="article")
    if product.slug != former:
        FormerProductSlug.objects.update_or_create(
            shop=product.shop, slug=former, defaults={"product": product}
        )
        FormerProductSlug.objects.filter(shop=product.shop, slug=product.slug).delete()


def _slug_taken(shop: Shop, candidate: str, product: Product) -> bool:
    if candidate in RESERVED_SLUGS:
        return True
    taken_now = Product.objects.filter(shop=shop, slug=candidate).exclude(pk=product.pk).exists()
    taken_once = FormerProductSlug.objects.filter(shop=shop, slug=candidate).exclude(product=product).exists()
    return taken_now or taken_once
