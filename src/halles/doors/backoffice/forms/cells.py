# SPDX-License-Identifier: AGPL-3.0-or-later
"""The grid of an article's sizes and colours, cell by cell as it was typed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from halles.domain.catalogue.actions import VariantFacts
from halles.domain.catalogue.models import Product, Variant
from halles.doors.backoffice.forms.fields import MoneyInput, as_typed, plain

CELL = ("size", "colour", "price", "gtin", "reference")


@dataclass(frozen=True, slots=True)
class Cell:
    """One size and colour, as typed."""

    size: str
    colour: str
    price: str = ""
    gtin: str = ""
    reference: str = ""
    out: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """What makes it this one."""
        return self.size, self.colour

    @property
    def name(self) -> str:
        """How one says it: "M · écru"."""
        return " · ".join(part for part in self.key if part)

    def facts(self, content: Decimal | None, content_unit: str) -> VariantFacts:
        """What the catalogue takes.

        :raises ValidationError: when the price of this one is no price.
        """
        try:
            price = MoneyInput(required=False).clean(self.price)
        except ValidationError as error:
            message = _("%(name)s : %(trouble)s")
            raise ValidationError(
                message, params={"name": self.name, "trouble": error.messages[0]}
            ) from error
        return VariantFacts(self.size, self.colour, price, self.gtin, self.reference, content, content_unit)


def typed_cells(data: QueryDict) -> list[Cell]:
    """The cells of a posted grid: columns of the same length, ticked ones left out of the sale."""
    columns = [[plain(text) for text in data.getlist(f"cell_{name}")] for name in CELL]
    out = set(data.getlist("cell_out"))
    return [
        Cell(size[:40], colour[:40], price[:24], gtin[:40], reference[:60], out=f"{size}|{colour}" in out)
        for size, colour, price, gtin, reference in zip(*columns, strict=False)
    ]


def cells_of(product: Product | None) -> Sequence[Cell]:
    """The sizes and colours on sale; one that is not there was left out."""
    if product is None:
        return []
    variants = product.choices
    common = common_price(variants)
    known = [
        Cell(v.size, v.colour, "" if v.price == common else as_typed(v.price, "0.00"), v.gtin, v.reference)
        for v in variants
    ]
    there = {cell.key for cell in known}
    sizes, colours = distinct(v.size for v in variants), distinct(v.colour for v in variants)
    absent = [Cell(s, c, out=True) for s in sizes or [""] for c in colours or [""] if (s, c) not in there]
    return [*known, *absent]


def common_price(variants: Sequence[Variant]) -> Decimal:
    """The price most of them have."""
    prices = [variant.price for variant in variants]
    return max(prices, key=prices.count) if prices else Decimal(0)


def distinct(texts: Iterable[str]) -> list[str]:
    """Each once, in their order."""
    return list(dict.fromkeys(text for text in texts if text))
