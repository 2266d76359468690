# SPDX-License-Identifier: AGPL-3.0-or-later
"""What every record has: a name that may leave the house, and when it was made."""

import uuid

from django.db import models
from django.utils import timezone

from halles.kernel.identifiers import uuid7


class Record(models.Model):
    """A row with an identifier ordered by time, safe to show outside (ADR-0001)."""

    id: models.UUIDField[uuid.UUID, uuid.UUID] = models.UUIDField(
        primary_key=True, default=uuid7, editable=False
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True
