# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who or what a service takes, how long, and the times that are taken.

An article is a service by appointment once a `Service` speaks of it. What an `Appointment` takes of its resource stands
in the grid of `Taken`, five minutes a row: the database itself refuses two at once, whichever database it is.
"""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from halles.domain.catalogue.models import Product
from halles.domain.shops.models import Shop
from halles.kernel.identifiers import secret
from halles.kernel.models import Record


class Resource(Record):
    """A person or a thing of a shop that does one service at a time: whoever keeps the shop, a fitting room, a bench."""

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="resources")
    name = models.CharField(
        max_length=40, blank=True
    )  # "" is the shop itself: who has but one need not name it

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [models.UniqueConstraint("shop", Lower("name"), name="appointments_resource_once")]


class Service(Record):
    """What one books of an article: how long it takes, how long until the next one, who or what can do it."""

    product = models.OneToOneField(Product, on_delete=models.CASCADE, related_name="service")
    minutes = models.PositiveSmallIntegerField()
    pause = models.PositiveSmallIntegerField(default=0)  # minutes after it in which nobody else is taken
    cancel_hours = models.PositiveSmallIntegerField(
        default=24
    )  # before it, until when one may cancel or move it
    resources = models.ManyToManyField(Resource, related_name="services")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gte=5, minutes__lte=720), name="appointments_minutes"
            ),
            models.CheckConstraint(condition=Q(pause__lte=720), name="appointments_pause"),
            models.CheckConstraint(condition=Q(cancel_hours__lte=720), name="appointments_cancel_hours"),
        ]


class Appointment(Record):
    """A time of a resource that is taken: for something that knows itself by `reference` (an order's line), or kept free.

    It stands as long as the time is held: what is given back is deleted, what is moved is made anew.
    """

    resource = models.ForeignKey(Resource, on_delete=models.PROTECT, related_name="appointments")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    free_at = models.DateTimeField()  # when the pause after it is over
    reference = models.UUIDField(null=True, unique=True)  # None where the shop wants nobody
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at"), free_at__gte=F("ends_at")), name="appointments_order"
            )
        ]
        indexes = [models.Index(fields=["resource", "starts_at"], name="appointments_of_resource")]


class Taken(models.Model):
    """Five minutes of a resource that an appointment takes, its pause included."""

    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="cells")
    resource = models.ForeignKey(Resource, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["resource", "starts_at"], name="appointments_one_at_a_time")
        ]


class Feed(Record):
    """The secret address at which a telephone's calendar reads the agenda of a shop. Made anew, the former one is nothing."""

    shop = models.OneToOneField(Shop, on_delete=models.CASCADE, related_name="+")
    secret = models.CharField(max_length=40, default=secret, unique=True)
