# SPDX-License-Identifier: AGPL-3.0-or-later
"""What may come instead of a good that is missing: of the same shelf, at a near price, and really there."""

from django.db.models import F
from django.db.models.functions import Abs

from halles.domain.catalogue import reads as catalogue
from halles.domain.catalogue.models import Availability, Product, Variant
from halles.domain.stock import reads as stock
from halles.kernel.identifiers import fold

LOOKED_AT = 60


def equivalents(missing: Variant, *, most: int = 6) -> list[Variant]:
    """The shop's articles that are most like it, with their photographs. Three queries.

    Those that share a word of its name come first, then the nearest in price; what is sold by another measure, has run
    out or is made to order is no replacement.
    """
    product = missing.product
    alike = Variant.objects.filter(
        shop=missing.shop_id,
        archived=False,
        sold_out=False,
        product__status=Product.Status.ONLINE,
        product__category=product.category_id,
        product__kind=product.kind,
        product__unit=product.unit,
        product__availability__in=[Availability.AVAILABLE, Availability.COUNTED],
    ).exclude(product=missing.product_id)
    nearest = alike.annotate(away=Abs(F("price") - missing.price)).order_by("away", "pk")
    there = _there(list(nearest.select_related("product__shop")[:LOOKED_AT]))
    wanted = _words(product.name)
    chosen = sorted(there, key=lambda variant: wanted.isdisjoint(_words(variant.product.name)))[:most]
    catalogue.bring_photos([variant.product for variant in chosen])
    return chosen


def _there(variants: list[Variant]) -> list[Variant]:
    counted = [v.id for v in variants if v.product.availability == Availability.COUNTED]
    left = stock.available(counted) if counted else {}
    return [v for v in variants if v.id not in counted or left.get((v.id, None), 0) > 0]


def _words(name: str) -> set[str]:
    """The words that say something: articles and prepositions do not."""
    return {word for word in fold(name).split() if len(word) > 3}
