# SPDX-License-Identifier: AGPL-3.0-or-later
"""What every record has: a name that may leave the house, and when it was made."""

import uuid

from django.db import models
from django.utils import timezone

from halles.kernel.actor import Actor, Kind
from halles.kernel.identifiers import uuid7


class Record(models.Model):
    """A row with an identifier ordered by time, safe to show outside (ADR-0001)."""

    id: models.UUIDField[uuid.UUID, uuid.UUID] = models.UUIDField(
        primary_key=True, default=uuid7, editable=False
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True


class Signed(Record):
    """A record of long work that somebody asked for: whoever goes on with it acts in his name."""

    actor_kind = models.CharField(max_length=20)
    actor_reference = models.CharField(max_length=64, blank=True)
    actor_label = models.CharField(max_length=120, blank=True)

    class Meta:
        abstract = True

    @property
    def actor(self) -> Actor:
        """Who asked for it last."""
        return Actor(Kind(self.actor_kind), self.actor_reference, self.actor_label)

    @actor.setter
    def actor(self, by: Actor) -> None:
        self.actor_kind, self.actor_reference, self.actor_label = by.kind, by.reference, by.label
