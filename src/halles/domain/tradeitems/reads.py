# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is proposed to a shop for a number it scans: what a neighbour shows with her leave, and what files say."""

from dataclasses import dataclass
from decimal import Decimal

from halles.domain.catalogue import reads as catalogue
from halles.domain.catalogue.models import Kind, Picture, Product, Variant
from halles.domain.shops.models import Shop
from halles.domain.tradeitems import rules
from halles.domain.tradeitems.models import TradeItem
from halles.domain.tradeitems.ports import Source, sources

MOST_NEIGHBOURS = 20  # among which the one with a photograph is looked for


@dataclass(frozen=True, slots=True)
class Proposal:
    """What an article with this number may say. Name, maker, content and picture are a neighbour's when she has them.

    `neighbour` and `source` say whose words these are: a shop, a sort of file (`ports`), or both.
    """

    gtin: str
    name: str
    kind: Kind
    maker: str = ""
    content: Decimal | None = None
    content_unit: str = ""
    ingredients: str = ""
    allergens: tuple[str, ...] = ()
    origin: str = ""
    is_alcohol: bool = False
    picture: Picture | None = None
    neighbour: Shop | None = None
    source: str = ""


def proposal(shop: Shop, gtin: str) -> Proposal | None:
    """What is known of the good with these fourteen digits, for a shop that does not sell it yet. Three queries at most.

    Of neighbours only what every visitor sees of an article online, and never her description, price or stock.
    """
    if not rules.is_everywhere(gtin):
        return None
    variant = _neighbours(shop, gtin)
    item = TradeItem.objects.filter(gtin=gtin).first()
    if variant is None:
        return _of_item(item) if item else None
    return _of_neighbour(variant, item or TradeItem(gtin=gtin))


def credited() -> list[Source]:
    """Whose files were learned from and want to be named where people see it. One query for each that would."""
    wanting = (source for source in sources() if source.licence)
    return [source for source in wanting if TradeItem.objects.filter(source=source.name).exists()]


def _of_item(item: TradeItem) -> Proposal:
    return Proposal(
        gtin=item.gtin,
        name=item.name,
        maker=item.maker,
        content=item.content,
        content_unit=item.content_unit,
        kind=Kind(item.kind),
        ingredients=item.ingredients,
        allergens=tuple(item.allergens),
        origin=item.origin,
        is_alcohol=item.is_alcohol,
        source=item.source,
    )


def _of_neighbour(variant: Variant, item: TradeItem) -> Proposal:
    product = variant.product
    own = variant if variant.content else item
    return Proposal(
        gtin=variant.gtin,
        name=product.name,
        maker=product.maker or item.maker,
        content=own.content,
        content_unit=own.content_unit,
        kind=Kind(item.kind or product.kind),  # by which it bears VAT, in her shop as in any other
        ingredients=item.ingredients,
        allergens=tuple(item.allergens),
        origin=item.origin,
        is_alcohol=item.is_alcohol or product.is_alcohol,
        picture=_lent(product),
        neighbour=product.shop,
        source=item.source,
    )


def _neighbours(shop: Shop, gtin: str) -> Variant | None:
    """The article of another shop of the market that bears this number; one with a photograph first, then the eldest."""
    if not shop.market.shops_lend:
        return None
    online = Variant.objects.filter(
        gtin=gtin,
        archived=False,
        product__status=Product.Status.ONLINE,
        shop__market=shop.market_id,
        shop__standing=Shop.Standing.ONLINE,
        shop__lends__in=[Shop.Lending.FACTS, Shop.Lending.PICTURES],
    )
    found = list(
        online.exclude(shop=shop).select_related("product__shop").order_by("created_at")[:MOST_NEIGHBOURS]
    )
    catalogue.bring_photos([variant.product for variant in found])
    return next((variant for variant in found if _lent(variant.product)), found[0] if found else None)


def _lent(product: Product) -> Picture | None:
    """The photograph that others may take, if its shop says so: it is her work."""
    if product.shop.lends != Shop.Lending.PICTURES:
        return None
    return next((picture for picture in product.photos if picture.widths), None)
