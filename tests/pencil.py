# SPDX-License-Identifier: AGPL-3.0-or-later
"""What somebody with a pencil writes down beside the house: orders, what is there, what is promised, what is gone.

It knows nothing of the house's ledger, so that a test may compare the two.
"""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

from halles.domain.catalogue.models import Availability, Variant
from halles.domain.orders.actions.place import Contact
from halles.domain.orders.models import Basket, Order, ShopOrder
from halles.domain.orders.rules import State

TOWN = ZoneInfo("Europe/Paris")
NOTHING = Decimal(0)
STOPPED = {State.HANDED_OVER, State.NOT_COLLECTED, State.CANCELLED, State.EXPIRED}

Key = tuple[uuid.UUID, dt.date | None]  # a variant; for goods made daily also the day


@dataclass(eq=False)
class Line:
    """A line as written with the pencil."""

    id: uuid.UUID
    variant: Variant | None  # None: the shop's own words
    price: Decimal
    ordered: Decimal
    quantity: Decimal
    replaced: bool = False
    is_priced: bool = True

    @property
    def total(self) -> Decimal:
        return (self.price * self.quantity).quantize(Decimal("0.01"), ROUND_HALF_UP)


@dataclass(eq=False)
class Part:
    """A shop order as written with the pencil."""

    row: ShopOrder  # as it was when placed: whoever presses has an old page before him
    state: State
    lines: list[Line]

    @property
    def day(self) -> dt.date:
        return self.row.collect_from.astimezone(TOWN).date()

    @property
    def total(self) -> Decimal:
        return sum((line.total for line in self.lines), NOTHING)

    def key(self, variant: Variant | None) -> Key | None:
        return key_of(variant, self.day)


@dataclass(eq=False)
class Sale:
    """An order, and with what it was placed; without a basket when the shop noted it."""

    basket: Basket | None
    contact: Contact
    key: str
    order: Order
    parts: list[Part]


def key_of(variant: Variant | None, day: dt.date) -> Key | None:
    """Where a good is counted, if it is."""
    if variant is None:
        return None
    match variant.product.availability:
        case Availability.COUNTED:
            return (variant.id, None)
        case Availability.DAILY:
            return (variant.id, day)
        case _:
            return None


@dataclass
class Pencil:
    """What is there and what is promised, by somebody who knows nothing of the house's ledger."""

    goods: Sequence[Variant]
    there: dict[Key, Decimal] = field(default_factory=dict)
    parts: list[Part] = field(default_factory=list)
    gone: dict[uuid.UUID, Decimal] = field(default_factory=dict)  # by line

    def usual(self, key: Key) -> Decimal:
        """What is there when nobody has said anything."""
        product = next(good.product for good in self.goods if good.id == key[0])
        return product.daily_quantity if key[1] else Decimal(product.is_unique)

    def on_hand(self, key: Key) -> Decimal:
        return self.there.get(key, self.usual(key))

    def promises(self) -> dict[uuid.UUID, tuple[Key, Decimal, dt.datetime | None]]:
        """By line: where, how much, until when without a yes."""
        found = {}
        for part in self.parts:
            until = part.row.confirm_before if part.state == State.UNCONFIRMED else None
            for line in part.lines:
                key = part.key(line.variant)
                if key and line.quantity and part.state not in STOPPED:
                    found[line.id] = (key, line.quantity, until)
        return found

    def promised(self, key: Key) -> Decimal:
        return sum((quantity for where, quantity, _ in self.promises().values() if where == key), NOTHING)

    def left(self, key: Key) -> Decimal:
        return self.on_hand(key) - self.promised(key)

    def is_short(self, part: Part, line: Line, variant: Variant | None, quantity: Decimal) -> bool:
        """Whether so much of a good cannot be kept instead of what is kept for a line."""
        key = part.key(variant)
        if key is None or not quantity:
            return False
        given_back = line.quantity if part.key(line.variant) == key and part.state not in STOPPED else NOTHING
        return quantity > self.left(key) + given_back

    def hand_over(self, part: Part) -> None:
        for line in part.lines:
            if (key := part.key(line.variant)) and line.quantity:
                self.there[key] = self.on_hand(key) - line.quantity
                self.gone[line.id] = line.quantity
