# SPDX-License-Identifier: AGPL-3.0-or-later
"""A round is what one way of a shop brings on one day; a stop is one order of it, at one door."""

import datetime as dt

from django.db import models
from django.db.models import Q

from halles.domain.orders.models import ShopOrder
from halles.domain.shops.models import Place
from halles.kernel.models import Record
from halles.kernel.points import Point


class Round(Record):
    """One day's deliveries of one way. It is there from the moment somebody does something about them."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="rounds")
    day = models.DateField()
    asked_at = models.DateTimeField(null=True)  # when an order was last asked for; the worker makes it
    planned_at = models.DateTimeField(null=True)  # when it was last made
    is_by_road = models.BooleanField(default=False)  # else as the crow flies, and a little more
    trouble = models.CharField(max_length=40, blank=True)  # why it is not as good as it could be: a code
    started_at = models.DateTimeField(null=True)  # « Je pars »: customers are told when about
    # Seconds from each place to each other: where it began, its stops by their number, the shop.
    seconds = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "day"], name="rounds_once_a_day")]

    @property
    def is_being_planned(self) -> bool:
        """Whether the worker still owes an order."""
        return self.asked_at is not None and (self.planned_at is None or self.planned_at < self.asked_at)


class Stop(Record):
    """One order to bring: where, when about, and what came of it."""

    class Outcome(models.TextChoices):
        """What came of ringing there."""

        OPEN = ""
        DELIVERED = "delivered"
        ABSENT = "absent"
        REFUSED = "refused"

    class Known(models.TextChoices):
        """How well one knows where it lies."""

        NOT = ""
        COMMUNE = "commune"  # the middle of its commune
        DOOR = "door"

    class Proof(models.TextChoices):
        """By what one knows that it was delivered."""

        WORD = ""  # the courier says so
        CODE = "code"  # the customer said the order's code
        PHOTO = "photo"

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="stops")
    shop_order = models.ForeignKey(ShopOrder, on_delete=models.CASCADE, related_name="stops")
    position = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField(null=True)  # its place in the round's `seconds`
    known = models.CharField(max_length=8, choices=Known.choices, blank=True)
    latitude = models.IntegerField(null=True)  # 1/100,000 degree
    longitude = models.IntegerField(null=True)
    fits = models.BooleanField(default=False)  # in the time that was promised; else it is said so
    expected_at = models.DateTimeField(null=True)
    # What the customer reads: « entre 17 h 40 et 18 h ». It stays as long as the expected time lies in it.
    told_from = models.DateTimeField(null=True)
    told_until = models.DateTimeField(null=True)

    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    ended_at = models.DateTimeField(null=True)  # by our clock, when we were told
    # When it was, where we were told later: by how long ago the telephone said it was, never by the hour it shows.
    done_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=120, blank=True)
    # For when it had been promised then: an order that was moved since is another story.
    promised_from = models.DateTimeField(null=True)
    proof = models.CharField(max_length=8, choices=Proof.choices, blank=True)
    note = models.CharField(max_length=140, blank=True)
    photo = models.UUIDField(null=True)

    class Meta:
        ordering = ["position", "created_at"]
        constraints = [
            models.UniqueConstraint(fields=["round", "shop_order"], name="rounds_stop_once"),
            models.CheckConstraint(
                condition=Q(outcome__in=["", "delivered", "absent", "refused"]), name="rounds_outcome"
            ),
            models.CheckConstraint(
                condition=Q(outcome="", ended_at=None) | (~Q(outcome="") & Q(ended_at__isnull=False)),
                name="rounds_ended",
            ),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None, known="")
                | (Q(latitude__isnull=False, longitude__isnull=False) & ~Q(known="")),
                name="rounds_whole_point",
            ),
        ]

    @property
    def point(self) -> Point | None:
        """Where it lies, as far as one knows."""
        if self.latitude is None or self.longitude is None:
            return None
        return self.latitude, self.longitude

    @property
    def was_at(self) -> dt.datetime | None:
        """When somebody rang there."""
        return self.done_at or self.ended_at
