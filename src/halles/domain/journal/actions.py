# SPDX-License-Identifier: AGPL-3.0-or-later
"""Writing down what was done."""

import datetime as dt
import hashlib
import json
import uuid
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, cast

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from halles.domain.journal.models import IdempotencyKey, JournalEntry
from halles.kernel.actor import Actor, Kind
from halles.kernel.errors import Refused
from halles.kernel.models import Record
from halles.kernel.prepared import prepared

KEYS_KEPT = dt.timedelta(days=60)
NOTHING: Mapping[str, Any] = MappingProxyType({})


def record(act: str, subject: Record, *, by: Actor, shop_id: uuid.UUID | None = None, **details: Any) -> None:  # noqa: ANN401
    """Note an act on a record, in the transaction that does it. `details` must be JSON.

    A customer's name is not written down: this table cannot forget, and he may ask to be forgotten.
    """
    _entry(act, subject, by, shop_id, details).save(force_insert=True)


def record_each(
    act: str,
    subjects: Iterable[Record],
    *,
    by: Actor,
    shop_id: uuid.UUID | None = None,
    **details: Any,  # noqa: ANN401
) -> None:
    """Note the same act on many records, as `record` does on one. One query."""
    JournalEntry.objects.bulk_create(_entry(act, subject, by, shop_id, details) for subject in subjects)


def _entry(
    act: str, subject: Record, by: Actor, shop_id: uuid.UUID | None, details: dict[str, Any]
) -> JournalEntry:
    return JournalEntry(
        act=act,
        actor_kind=by.kind,
        actor_reference=by.reference,
        actor_label="" if by.kind == Kind.CUSTOMER else by.label,
        shop_id=shop_id,
        subject_kind=subject._meta.label_lower,
        subject_id=subject.id,
        details=details,
    )


def claim(
    scope: str,
    key: str,
    request: Any,  # noqa: ANN401
    result: Mapping[str, Any] = NOTHING,
) -> Mapping[str, Any] | None:
    """None for the first to use this key, who will have `result`; else what came of it the first time.

    Call inside the transaction that acts: a rival with the same key waits for our commit, then finds our result; if we
    roll back, the key is free again.

    :raises Refused: `journal.key_reused` when the same key came with another request.
    """
    fingerprint = hashlib.sha256(json.dumps(request, sort_keys=True, default=str).encode()).hexdigest()
    if _insert(scope, key, fingerprint, json.dumps(dict(result))):
        return None
    row = _row(scope, key)[0]
    if row.fingerprint != fingerprint:
        raise Refused("journal.key_reused")
    return cast(Mapping[str, Any], row.result)


def _insert(scope: str, key: str, fingerprint: str, result: str) -> bool:
    """One statement where `get_or_create` takes four; a rival's uncommitted row is waited for."""
    table = connection.ops.quote_name(IdempotencyKey._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (scope, key, fingerprint, result, created_at)"  # noqa: S608 - our own name
            " VALUES (%s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
            [scope, key, fingerprint, result, connection.ops.adapt_datetimefield_value(timezone.now())],
        )
        return bool(cursor.rowcount == 1)


@prepared
def _row(scope: str, key: str) -> QuerySet[IdempotencyKey]:
    return IdempotencyKey.objects.filter(scope=scope, key=key)


def claimed(scope: str, key: str) -> IdempotencyKey | None:
    """The row of a key that was claimed before, locked until the transaction ends."""
    return IdempotencyKey.objects.select_for_update().filter(scope=scope, key=key).first()


def forget_keys() -> None:
    """Keys serve as long as a network or the outbox may repeat a request; after two months nothing does."""
    IdempotencyKey.objects.filter(created_at__lt=timezone.now() - KEYS_KEPT).delete()
