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
from halles.domain.orders.rules import IfMissing, State

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
    if_missing: str = IfMissing.CALL
    asked: bool = False  # the customer is asked about it
    is_priced: bool = True
    agreed: Decimal | None = None  # what was meant when it was weighed
    served: Decimal | None = None

    @property
    def is_weighed(self) -> bool:
        return self.variant is not None and self.variant.product.unit == "kg" and self.quantity > 0

    @property
    def meant(self) -> Decimal:
        return self.quantity if self.agreed is None else self.agreed

    @property
    def total(self) -> Decimal:
        return (self.price * self.quantity).quantize(Decimal("0.01"), ROUND_HALF_UP)


@dataclass(eq=False)
class Part:
    """A shop order as written with the pencil."""

    row: ShopOrder  # as it was when placed: whoever presses has an old page before him
    state: State
    lines: list[Line]
    answer_before: dt.datetime | None = None
    moved: bool = False  # to another day, to which the customer has not said yes

    def agree(self) -> None:
        """Nothing is asked any more; what was weighed already is ready."""
        was_weighed = any(line.served for line in self.lines)
        self.state = State.READY if was_weighed else State.ACCEPTED
        self.answer_before, self.moved = None, False
        for line in self.lines:
            line.asked, line.agreed = False, line.served

    def go_on(self) -> None:
        """After a no to one good: cancelled when nothing is left, agreed when nothing is asked."""
        if not any(line.quantity for line in self.lines):
            self.state = State.CANCELLED
        elif not self.moved and not any(line.asked and line.quantity for line in self.lines):
            self.agree()

    def stay_silent(self) -> None:
        """The customer did not answer: what he wanted left out is left out."""
        for line in self.lines:
            if line.asked and line.if_missing == IfMissing.REMOVE:
                line.ordered = line.quantity = NOTHING
            line.asked = False
        self.go_on()

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

    def is_short_on(self, part: Part, day: dt.date) -> bool:
        """Whether a part cannot be kept for another day: only goods made daily know the difference."""
        wanted: dict[Key, Decimal] = {}
        for line in part.lines:
            key = key_of(line.variant, day)
            if key and key[1] is not None and day != part.day:
                wanted[key] = wanted.get(key, NOTHING) + line.quantity
        return any(quantity > self.left(key) for key, quantity in wanted.items())

    def serve(self, part: Part, weights: dict[uuid.UUID, Decimal]) -> bool:
        """What lay on the scale is there, whatever was counted; whether all of it is near what was meant."""
        is_near = True
        for line in part.lines:
            if line.id in weights:
                line.agreed, line.served = line.meant, weights[line.id]
                line.quantity = line.served
                is_near = is_near and abs(line.served - line.agreed) * 10 <= line.agreed
        for line in part.lines:
            if key := part.key(line.variant):
                self.there[key] = max(self.on_hand(key), self.promised(key))
        return is_near

    def hand_over(self, part: Part) -> None:
        for line in part.lines:
            if (key := part.key(line.variant)) and line.quantity:
                self.there[key] = self.on_hand(key) - line.quantity
                self.gone[line.id] = line.quantity
