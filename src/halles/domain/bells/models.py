# SPDX-License-Identifier: AGPL-3.0-or-later
"""Devices that ring, what each of the team wants to be told of, and what rings until somebody has seen it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from halles.domain.bells.rules import Kind, When
from halles.domain.shops.models import Shop, Staff
from halles.kernel.models import Record


class Device(Record):
    """A browser that lets us ring it: on a phone, or on the computer behind the counter."""

    class Sort(models.TextChoices):
        """What it is, by what its browser says of itself."""

        ANDROID = "android"
        APPLE = "apple"
        COMPUTER = "computer"

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="devices")
    sort = models.CharField(max_length=8, choices=Sort.choices)
    endpoint = models.CharField(max_length=1000)
    digest = models.CharField(max_length=64, unique=True)  # of the endpoint, which is a secret
    p256dh = models.CharField(max_length=100)
    auth = models.CharField(max_length=40)
    last_rung_at = models.DateTimeField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)  # in a row

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(condition=Q(sort__in=["android", "apple", "computer"]), name="bells_sort")
        ]


class QuietHours(Record):
    """When somebody's devices do not ring, in the town's time; without times: never quiet. No row: the usual night."""

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="quiet_hours"
    )
    starts = models.TimeField(null=True)
    ends = models.TimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(starts=None, ends=None)
                | (Q(starts__isnull=False, ends__isnull=False) & ~Q(starts=F("ends"))),
                name="bells_quiet_both",
            )
        ]


class Wish(Record):
    """When somebody of a team wants to be told of one kind of thing. No row: `rules.usual`."""

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="wishes")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    when = models.CharField(max_length=8, choices=When.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["staff", "kind"], name="bells_wish_once"),
            models.CheckConstraint(condition=Q(when__in=When.values), name="bells_when"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="bells_wish_kind"),
        ]


class Call(Record):
    """Something that waits for the shop's eyes. One for each kind and subject: it rings again for a new occasion."""

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    subject = models.UUIDField()  # what it is about, which stands above: an order at this shop
    act = models.CharField(max_length=80)  # what happened to it: "orders.placed"
    occasion = models.CharField(max_length=80)  # which time that was
    made_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    steps = models.PositiveSmallIntegerField(default=0)  # of `rules.PLAN` that are behind it
    step_at = models.DateTimeField(null=True)  # when the next one is due
    stepped_at = models.DateTimeField(null=True)  # when the last one was
    next_at = models.DateTimeField(null=True)  # when to think of it: a step, or the end of somebody's quiet

    class Meta:
        ordering = ["made_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject"], name="bells_call_once"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="bells_call_kind"),
        ]
        indexes = [
            models.Index(fields=["next_at"], condition=Q(seen_at=None), name="bells_due"),
            models.Index(fields=["shop"], condition=Q(seen_at=None), name="bells_unseen"),
            models.Index(fields=["subject"], name="bells_about"),
        ]
