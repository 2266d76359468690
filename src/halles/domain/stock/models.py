# SPDX-License-Identifier: AGPL-3.0-or-later
"""The ledger of goods: moves say what happened, levels say what stands, reservations what is promised.

Invariant 1 of the house: on hand = Σ moves; reserved = Σ live reservations; 0 ≤ reserved ≤ on hand.
"""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from halles.domain.catalogue.models import Variant
from halles.domain.shops.models import Shop
from halles.kernel.appendonly import append_only
from halles.kernel.models import Record
from halles.kernel.numbers import QuantityField


class StockPlace(Record):
    """Where a shop keeps its goods. One at the start."""

    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="stock_places")
    name = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["created_at"]


class StockLevel(models.Model):
    """What stands of one variant in one place; with a `day`, of what is made for that day only."""

    variant = models.ForeignKey(Variant, on_delete=models.PROTECT, related_name="levels")
    place = models.ForeignKey(StockPlace, on_delete=models.PROTECT, related_name="levels")
    day = models.DateField(null=True)
    on_hand = QuantityField(default=0)
    reserved = QuantityField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["variant", "place"], condition=Q(day=None), name="stock_level_once"
            ),
            models.UniqueConstraint(
                fields=["variant", "place", "day"],
                condition=Q(day__isnull=False),
                name="stock_level_once_a_day",
            ),
            models.CheckConstraint(condition=Q(reserved__gte=0), name="stock_reserved_positive"),
            models.CheckConstraint(condition=Q(reserved__lte=F("on_hand")), name="stock_reserved_is_there"),
        ]


@append_only
class StockMove(models.Model):
    """One thing that happened to one level. The sum of its moves is what is on hand."""

    class Reason(models.TextChoices):
        """Why goods came or went."""

        RECEIVED = "received"
        MADE = "made"  # a day's baking
        SOLD = "sold"
        RETURNED = "returned"
        FOUND = "found"
        LOST = "lost"
        CORRECTED = "corrected"

    level = models.ForeignKey(StockLevel, on_delete=models.PROTECT, related_name="moves")
    at = models.DateTimeField(default=timezone.now)
    quantity = QuantityField()  # signed
    reason = models.CharField(max_length=10, choices=Reason.choices)
    actor_kind = models.CharField(max_length=20)
    actor_reference = models.CharField(max_length=64, blank=True)
    reference = models.UUIDField(null=True)  # what it was for: an order's line

    class Meta:
        ordering = ["id"]


class Reservation(Record):
    """A quantity promised to somebody: it leaves what can be sold, not what is there."""

    class State(models.TextChoices):
        """Where a promise stands; only LIVE ones count in `reserved`."""

        LIVE = "live"
        USED = "used"
        RELEASED = "released"
        EXPIRED = "expired"
        BROKEN = "broken"

    level = models.ForeignKey(StockLevel, on_delete=models.PROTECT, related_name="reservations")
    quantity = QuantityField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.LIVE)
    expires_at = models.DateTimeField(null=True)
    reference = models.UUIDField()  # the order's line it is kept for

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["live", "used", "released", "expired", "broken"]),
                name="stock_reservation_state",
            ),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="stock_reservation_positive"),
        ]
        indexes = [
            models.Index(fields=["reference"], name="stock_promise_of"),
            models.Index(fields=["expires_at"], name="stock_expiring", condition=Q(state="live")),
        ]
