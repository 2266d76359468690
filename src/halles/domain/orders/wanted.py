# SPDX-License-Identifier: AGPL-3.0-or-later
"""A line of a basket with what can be answered to it today."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from halles.domain.offers.rules import Offer
from halles.domain.orders.models import BasketLine
from halles.domain.orders.rules import by_weight
from halles.domain.shops.rules import Window
from halles.kernel.numbers import line_total


@dataclass(frozen=True, slots=True)
class Coming:
    """When one would come for a service, and until when one may then cancel or move it."""

    window: Window
    change_before: dt.datetime


@dataclass(frozen=True, slots=True)
class Wanted:
    """A basket's line with what can be answered to it today."""

    line: BasketLine
    offer: Offer
    is_service: bool = False  # one comes for it at a time of its own
    coming: Coming | None = None  # this time, as long as it is free

    @property
    def at(self) -> Window | None:
        """When one comes for it, as long as that is free."""
        return self.coming.window if self.coming else None

    @property
    def total(self) -> Decimal:
        """What the line costs at today's price."""
        return line_total(self.offer.price, self.line.quantity)

    @property
    def portions(self) -> int | None:
        """How many portions it is, as long as one still weighs as much as when they were asked for."""
        asked, weight = self.line.portions, self.line.variant.product.portion_weight
        return asked if asked and asked * weight == self.line.quantity else None

    @property
    def is_estimate(self) -> bool:
        """Whether it is weighed before one knows what it costs."""
        return by_weight(self.line.variant.product.unit)

    @property
    def price_changed(self) -> bool:
        """Whether the price is not the one that was seen when the good went into the basket."""
        return bool(self.offer.price != self.line.price_seen)

    @property
    def too_many(self) -> bool:
        """Whether more is wanted than is left."""
        return self.offer.left is not None and self.line.quantity > self.offer.left

    @property
    def possible(self) -> bool:
        """Whether the line can be ordered as it is."""
        return self.offer.can_be_ordered and not self.too_many and not self.lacks_time

    @property
    def lacks_time(self) -> bool:
        """Whether it is a service whose time is none, or is free no more."""
        return self.is_service and self.at is None
