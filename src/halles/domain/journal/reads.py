# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reading the journal."""

import uuid
from collections.abc import Iterable

from django.db.models import QuerySet

from halles.domain.journal.models import JournalEntry


def history(subjects: Iterable[uuid.UUID]) -> QuerySet[JournalEntry]:
    """The acts on some records, oldest first. One query."""
    return JournalEntry.objects.filter(subject_id__in=list(subjects))


def of_shop(shop_id: uuid.UUID) -> QuerySet[JournalEntry]:
    """The acts in one shop, newest first. One query."""
    return JournalEntry.objects.filter(shop_id=shop_id).order_by("-at", "-id")
