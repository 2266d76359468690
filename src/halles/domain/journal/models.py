# SPDX-License-Identifier: AGPL-3.0-or-later
"""The journal of acts, the table of what must happen only once, and that of what may happen only so often."""

from django.db import models
from django.utils import timezone

from halles.kernel.appendonly import append_only
from halles.kernel.models import Record


@append_only
class JournalEntry(Record):
    """One act: who, what, on which record. Never changed, never deleted.

    It names records by kind and id instead of by foreign keys, since it stands below everything it speaks of.
    """

    at = models.DateTimeField(default=timezone.now)
    act = models.CharField(max_length=80)  # dotted, past tense: "orders.accepted"
    actor_kind = models.CharField(max_length=20)
    actor_reference = models.CharField(max_length=64, blank=True)
    actor_label = models.CharField(max_length=120, blank=True)
    shop_id = models.UUIDField(null=True)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    details = models.JSONField(default=dict)

    class Meta:
        ordering = ["at", "id"]
        indexes = [
            models.Index(fields=["subject_id", "at"], name="journal_of_subject"),
            models.Index(fields=["shop_id", "-at", "-id"], name="journal_of_shop"),
        ]


class IdempotencyKey(models.Model):
    """A request that a network may repeat, and what came of it the first time."""

    scope = models.CharField(max_length=60)
    key = models.CharField(max_length=80)
    fingerprint = models.CharField(max_length=64)
    result = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scope", "key"], name="journal_key_once")]


class Throttle(models.Model):
    """One of the times that something may be done: taken until its time is over (`throttle.take`)."""

    key = models.CharField(max_length=64)
    slot = models.PositiveSmallIntegerField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "slot"], name="journal_slot_once")]
