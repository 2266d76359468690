# SPDX-License-Identifier: AGPL-3.0-or-later
"""Methods of fulfilment, the zones they reach, their slots and who holds a place in one.

A shop's `Place` says where and in which hours, its `Method` in which slots, to how many, until when one may order and at
what price. A place without a method hands over as a counter always did: all day long, to whoever comes, for nothing.
"""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q

from halles.domain.shops.models import Place
from halles.kernel.models import Record
from halles.kernel.numbers import MoneyField


class Method(Record):
    """How a shop hands over at one of its places."""

    place = models.OneToOneField(Place, on_delete=models.CASCADE, related_name="method")
    is_on = models.BooleanField(default=True)
    minutes = models.PositiveSmallIntegerField(
        null=True
    )  # how long a slot is; an opening is one slot without
    capacity = models.PositiveSmallIntegerField(null=True)  # orders in one slot; without, as many as come
    # « Commander avant midi », so many days before the slot's own day, in the town's time.
    cutoff_days = models.PositiveSmallIntegerField(default=0)
    cutoff_time = models.TimeField(null=True)
    fee = MoneyField(default=Decimal(0))
    free_from = MoneyField(null=True)  # goods of this worth pay no fee
    least = MoneyField(default=Decimal(0))  # worth of the goods below which nothing is handed over here
    # Where one stops who says « je suis là » and is brought his goods; "" where nobody comes out (drive).
    curbside = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes=None) | Q(minutes__gte=5, minutes__lte=720), name="fulfilment_slot_length"
            ),
            models.CheckConstraint(
                condition=Q(capacity=None) | Q(capacity__gt=0), name="fulfilment_capacity_positive"
            ),
            models.CheckConstraint(
                condition=Q(fee__gte=0, least__gte=0) & (Q(free_from=None) | Q(free_from__gt=0)),
                name="fulfilment_terms_positive",
            ),
        ]


class Zone(Record):
    """A part of the circle a method reaches: a postal code, or one commune of it, with a price of its own perhaps.

    The same code stands once for a method: two prices for one address cannot be. A commune is nearer than its code.
    """

    method = models.ForeignKey(Method, on_delete=models.CASCADE, related_name="zones")
    postal_code = models.CharField(max_length=5)
    insee = models.CharField(max_length=5, blank=True)  # every commune of the code without
    fee = MoneyField(null=True)  # the method's fee, threshold and least without
    free_from = MoneyField(null=True)
    least = MoneyField(null=True)

    class Meta:
        ordering = ["postal_code", "insee"]
        constraints = [
            models.UniqueConstraint(fields=["method", "postal_code", "insee"], name="fulfilment_zone_once"),
            models.CheckConstraint(
                condition=Q(fee=None, free_from=None, least=None) | Q(fee__gte=0, least__gte=0),
                name="fulfilment_zone_terms",
            ),
        ]
        indexes = [models.Index(fields=["postal_code", "insee"], name="fulfilment_reach")]


class Slot(models.Model):
    """A slot of a method that somebody holds a place in, or that the shop called full. Others need no row."""

    method = models.ForeignKey(Method, on_delete=models.CASCADE, related_name="slots")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    capacity = models.PositiveSmallIntegerField(null=True)
    taken = models.PositiveSmallIntegerField(default=0)  # how many bookings hold a place in it
    is_full = models.BooleanField(default=False)  # the shop said so, whatever is free

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.UniqueConstraint(fields=["method", "starts_at"], name="fulfilment_slot_once"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="fulfilment_slot_order"),
            models.CheckConstraint(
                condition=Q(capacity=None) | Q(taken__lte=F("capacity")), name="fulfilment_slot_not_overfull"
            ),
        ]


class Booking(Record):
    """A place in a slot, held for something that knows itself by `reference`: a shop's order."""

    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, related_name="bookings")
    reference = models.UUIDField(unique=True)
