# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is said of a product, and how it becomes the record's. No query but where it is said."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from halles.domain.catalogue import rules
from halles.domain.catalogue.models import Availability, Category, Kind, Product, Variant
from halles.kernel.errors import Refused
from halles.kernel.gtin import parse_gtin
from halles.kernel.identifiers import fold
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
    portion: str = ""  # of what is sold by the kilo; "" where none is named
    portion_weight: Decimal = Decimal(0)  # of one, about; in kilograms
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

    @property
    def prices(self) -> list[Decimal]:
        """What each variant costs."""
        return [self.price if said.price is None else said.price for said in self.variants]


# Copied as they are from the facts to the record.
PLAIN = (
    "unit", "portion", "portion_weight", "category", "availability", "delay_days", "daily_quantity",
    "is_unique", "is_alcohol", "origin", "maker", "description", "ingredients",
)  # fmt: skip


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
    product.portion, product.portion_weight = rules.check_portion(
        product.unit, facts.portion, facts.portion_weight
    )
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


def write_variants(product: Product, facts: ProductFacts, standing: Iterable[Variant] = ()) -> list[Variant]:
    """The variants that facts name, in their order; one that stands is known by its size and colour. No query.

    :raises Refused: `catalogue.variant_twice` also when there is none, `gtin.wrong`, `catalogue.price_negative`.
    """
    known = {(variant.size, variant.colour): variant for variant in standing}
    variants = [
        known.get((said.size.strip(), said.colour.strip()))
        or Variant(product=product, shop_id=product.shop_id)
        for said in facts.variants
    ]
    for position, (variant, said) in enumerate(zip(variants, facts.variants, strict=True)):
        write_variant(variant, position, said, facts.price)
    if not variants or len({(v.size, v.colour) for v in variants}) != len(variants):
        raise Refused("catalogue.variant_twice", field="variants")
    return variants


def check_online(status: Product.Status, variants: Iterable[Variant]) -> None:
    """Without a price nothing is shown; a service may be for nothing, as a fitting is.

    :raises Refused: `catalogue.price_missing`.
    """
    if status == Product.Status.ONLINE and not any(may_be_shown(one) for one in variants):
        raise Refused("catalogue.price_missing", field="price")


def may_be_shown(variant: Variant) -> bool:
    """It has a price, or needs none."""
    return rules.needs_no_price(variant.product.kind) or bool(variant.price)
