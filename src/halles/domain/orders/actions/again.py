# SPDX-License-Identifier: AGPL-3.0-or-later
"""« Refaire ma commande »: a past order goes into the basket again, as far as it can be had."""

import uuid
from decimal import Decimal

from django.db import transaction

from halles.domain.catalogue.models import Variant
from halles.domain.offers.reads import Wish
from halles.domain.orders import redo
from halles.domain.orders.actions import baskets
from halles.domain.orders.models import Basket, Order


@transaction.atomic
def fill(order: Order, basket: Basket | None = None) -> Basket:
    """A new basket, or this one with what it lacks: pressed twice it holds no more. Nothing to be had leaves it unwritten.

    What is in the basket already stays; of the same good there are as many as in the order, or more. What cannot be
    had is left out, and `redo.again` says why. The order must come with its parts and lines.

    :raises Refused: as `baskets.put`, and nothing is added.
    """
    mine = basket or baskets.new_basket(order.market)
    wish = Wish(mine.wish_day, mine.wish_time) if mine.wish_day else None
    wanted: dict[uuid.UUID, tuple[Variant, Decimal, str]] = {}
    for one in redo.again(order, wish):
        variant = one.line.variant
        if variant and one.quantity:
            _, before, note = wanted.get(variant.id, (variant, Decimal(0), one.line.note))
            wanted[variant.id] = variant, before + one.quantity, note
    there = dict(basket.lines.values_list("variant_id", "quantity")) if basket else {}
    for pk, (variant, quantity, note) in wanted.items():
        missing = quantity - there.get(pk, Decimal(0))
        if missing > 0:
            baskets.put(mine, variant, missing, note="" if pk in there else note)
    return mine
