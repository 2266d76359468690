# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reading the journal."""

import hashlib
import uuid
from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from halles.domain.journal.models import IdempotencyKey, JournalEntry
from halles.kernel.prepared import among, prepared

RECENT = 32


def version() -> str:
    """Something that is another as soon as anything was done. One query.

    The newest ids, not just the newest: a longer act may commit after one that began later.
    """
    return hashlib.sha256("".join(entry.hex for entry in _newest()).encode()).hexdigest()


@prepared
def _newest() -> QuerySet[JournalEntry, uuid.UUID]:
    return JournalEntry.objects.order_by("-id").values_list("id", flat=True)[:RECENT]


def history(subjects: Iterable[uuid.UUID]) -> list[JournalEntry]:
    """The acts on some records, oldest first. One query."""
    return _acts_on(list(subjects))


@prepared
def _acts_on(subjects: Iterable[uuid.UUID]) -> QuerySet[JournalEntry]:
    return JournalEntry.objects.filter(among("subject_id", subjects))


def of_shop(shop_id: uuid.UUID) -> QuerySet[JournalEntry]:
    """The acts in one shop, newest first. One query."""
    return JournalEntry.objects.filter(shop_id=shop_id).order_by("-at", "-id")


def latest_of_shop(shop_id: uuid.UUID) -> uuid.UUID | None:
    """The newest act in a shop: another one as soon as anything was done there. One query."""
    return of_shop(shop_id).values_list("id", flat=True).first()


def of_market(shop_ids: Iterable[uuid.UUID], subjects: Iterable[uuid.UUID]) -> QuerySet[JournalEntry]:
    """The acts in some shops and on some other records of a market, newest first. One query."""
    concerned = Q(shop_id__in=list(shop_ids)) | Q(subject_id__in=list(subjects))
    return JournalEntry.objects.filter(concerned).order_by("-at", "-id")


def latest(act: str, subject: uuid.UUID) -> JournalEntry | None:
    """The last time something was done to a record. One query."""
    return JournalEntry.objects.filter(subject_id=subject, act=act).last()


def is_claimed(scope: str, key: str) -> bool:
    """Whether something has been done already. One query."""
    return bool(_claims(scope, key))


def claimed(scope: str, key: str) -> dict[str, Any] | None:
    """What came of a key that was claimed before. One query."""
    return next(iter(_claims(scope, key)), None)


@prepared
def _claims(scope: str, key: str) -> QuerySet[IdempotencyKey, dict[str, Any]]:
    return IdempotencyKey.objects.filter(scope=scope, key=key).values_list("result", flat=True)
