# SPDX-License-Identifier: AGPL-3.0-or-later
"""What bringing an order costs, once its customer asks for more or less than when it was promised."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from halles.domain.catalogue.models import Kind
from halles.domain.communes import reads as communes
from halles.domain.communes.rules import meant
from halles.domain.fulfilment import reads as fulfilment
from halles.domain.fulfilment.reads import Address, Offered
from halles.domain.fulfilment.rules import Terms
from halles.domain.orders.actions import bookings
from halles.domain.orders.models import OrderLine, ShopOrder
from halles.kernel.errors import Refused


@dataclass(frozen=True, slots=True)
class Worth:
    """What the goods of an order come to that are carried, and how much of it new books are."""

    goods: Decimal
    books: Decimal

    @classmethod
    def of(cls, lines: Sequence[OrderLine]) -> "Worth":
        """As the lines stand; they come with their articles."""
        goods = [line for line in lines if not line.is_appointment]
        books = (line.total for line in goods if line.variant and line.variant.product.kind == Kind.BOOK)
        return cls(sum((line.total for line in goods), Decimal(0)), sum(books, Decimal(0)))


def address(postal_code: str, city: str) -> Address:
    """Where somebody lives whose commune was written by its name. One query."""
    commune = meant(communes.by_postal_code(postal_code), city)
    return Address(postal_code, commune.insee if commune else "")


def asked(way: Offered, to: Address, lines: Sequence[OrderLine]) -> Decimal:
    """What a shop asks for bringing these; beyond its zones, where it goes if it says so, what it usually asks."""
    worth = Worth.of(lines)
    terms = way.terms(to) or Terms(way.method.fee, way.method.free_from)
    return terms.fee_for(worth.goods, worth.books, at_home=True)


def follow(part: ShopOrder, before: Worth, after: Worth) -> None:
    """The fee of a locked order that is brought rises or falls by what the change makes of it; the caller saves.

    It was promised at the terms of its day: only the difference is asked at today's, so that a shop that became dearer
    meanwhile is no dearer for what stands. Where it no longer goes to this address, the fee stays.

    :raises Refused: `orders.below_least` with the amount from which the shop brings, when it was enough and is no longer.
    """
    if not part.is_brought or (terms := _terms(part)) is None:
        return
    if 0 < after.goods < terms.least <= before.goods:
        raise Refused("orders.below_least", amount=terms.least)
    was, is_now = (terms.fee_for(worth.goods, worth.books, at_home=True) for worth in (before, after))
    part.fee = max(Decimal(0), part.fee + is_now - was)


def _terms(part: ShopOrder) -> Terms | None:
    to = address(part.order.postal_code, part.order.city)
    return bookings.way_at(part.place_id, fulfilment.offered([part.shop], to)[part.shop_id]).terms(to)
