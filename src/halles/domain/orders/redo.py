# SPDX-License-Identifier: AGPL-3.0-or-later
"""What of a past order can be had again, as far as one can tell now."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from halles.domain.catalogue.models import Product, Variant
from halles.domain.offers.reads import Wish, offers
from halles.domain.offers.rules import Offer, Word
from halles.domain.orders.models import Order, OrderLine
from halles.domain.shops.models import Shop
from halles.kernel.units import STEPS, Unit


class Why(StrEnum):
    """Why a line cannot be put into a basket again, or not all of it."""

    IN_WORDS = "in_words"  # the shop had noted it in its own words
    NOT_SOLD = "not_sold"  # withdrawn, or its shop
    OTHERWISE = "otherwise"  # sold by the piece then, by weight now
    SOLD_OUT = "sold_out"
    FEWER = "fewer"  # there are some, not as many
    NO_ORDERS = "no_orders"
    NOT_OPEN = "not_open"
    AT_A_TIME = "at_a_time"  # a service: one chooses when


@dataclass(frozen=True, slots=True)
class Again:
    """A line of a past order, and so much of it as can be asked for again; `why` when that is not all."""

    line: OrderLine
    quantity: Decimal
    price: Decimal
    why: Why | None = None

    @property
    def price_changed(self) -> bool:
        """Whether what can be had has another price now."""
        return bool(self.quantity and self.price != self.line.unit_price)


def asked_for(order: Order) -> Iterator[OrderLine]:
    """The lines as the customer wanted them: not what came instead, nor what he took out himself."""
    for part in order.shop_orders.all():
        yield from (line for line in part.lines.all() if line.replaces_id is None and line.ordered)


def again(order: Order, wish: Wish | None = None) -> list[Again]:
    """Each line that was asked for, with what can be had of it. Five queries beside those that read the order.

    What is sold out for a day only can be had: the basket asks for the day.
    """
    lines = list(asked_for(order))
    variants = _on_sale(order, lines)
    found = offers(variants, wish) if variants else {}
    return [
        _again(line, found.get(line.variant_id)) if line.variant_id else _in_words(line) for line in lines
    ]


def _on_sale(order: Order, lines: Sequence[OrderLine]) -> list[Variant]:
    wanted = {line.variant_id for line in lines if line.variant_id}
    sold = Variant.objects.filter(
        pk__in=wanted,
        archived=False,
        product__status=Product.Status.ONLINE,
        product__shop__standing=Shop.Standing.ONLINE,
    )
    variants = list(sold.select_related("product__shop"))
    for variant in variants:
        variant.product.shop.market = order.market
    return variants


def _in_words(line: OrderLine) -> Again:
    return Again(line, Decimal(0), line.unit_price, Why.IN_WORDS)


def _again(line: OrderLine, offer: Offer | None) -> Again:
    none = Decimal(0)
    if offer is None:
        return Again(line, none, line.unit_price, Why.NOT_SOLD)
    if line.variant and line.variant.product.unit != line.unit:
        return Again(line, none, offer.price, Why.OTHERWISE)
    match offer.word:
        case Word.NO_ORDERS:
            return Again(line, none, offer.price, Why.NO_ORDERS)
        case Word.NOT_OPEN | Word.NO_SLOT | Word.OUT_OF_REACH:
            return Again(line, none, offer.price, Why.NOT_OPEN)
        case Word.BY_APPOINTMENT:
            return Again(line, none, offer.price, Why.AT_A_TIME)
        case Word.SOLD_OUT:
            return Again(line, none, offer.price, Why.SOLD_OUT)
        case Word.SOLD_OUT_THAT_DAY | Word.MADE_DAILY:
            return Again(line, line.ordered, offer.price)
    if offer.left is not None and offer.left < line.ordered:
        left = offer.left - offer.left % STEPS[Unit(line.unit)]
        return Again(line, left, offer.price, Why.FEWER if left else Why.SOLD_OUT)
    return Again(line, line.ordered, offer.price)
