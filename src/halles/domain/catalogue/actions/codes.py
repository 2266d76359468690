# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which product of a shop has which code: no two have the same."""

from collections.abc import Iterable, Sequence

from halles.domain.catalogue.models import Product, Variant
from halles.domain.shops.models import Shop
from halles.kernel.errors import Refused


class Codes:
    """Who has the codes that some variants are to have: the shop's other products, and those that took one before."""

    def __init__(self, shop: Shop, variants: Iterable[Variant]) -> None:
        """One query, none when no variant has a code."""
        wanted = {variant.gtin for variant in variants if variant.gtin}
        found = Variant.objects.filter(shop=shop, archived=False, gtin__in=wanted)
        self.owners = dict(found.values_list("gtin", "product")) if wanted else {}

    def take(self, product: Product, variants: Sequence[Variant], *, former: Iterable[str] = ()) -> None:
        """The codes of these are the product's now, its `former` ones are free.

        :raises Refused: `catalogue.gtin_taken`.
        """
        codes = [variant.gtin for variant in variants if variant.gtin]
        for place, code in enumerate(codes):
            if self.owners.get(code, product.id) != product.id or code in codes[:place]:
                raise Refused("catalogue.gtin_taken", field="gtin", gtin=code)
        for code in former:
            self.owners.pop(code, None)
        self.owners |= dict.fromkeys(codes, product.id)
