# SPDX-License-Identifier: AGPL-3.0-or-later
"""Invariant 3: what is declared append-only cannot be changed, on either database, whoever asks."""

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from tests.appendonly import lifted

from halles.domain.journal.models import JournalEntry
from halles.kernel.appendonly import append_only_models, missing_triggers
from halles.kernel.identifiers import uuid7

TABLE = JournalEntry._meta.db_table
CHANGES = [f"UPDATE {TABLE} SET act = 'other'", f"DELETE FROM {TABLE}"]


@pytest.fixture
def entry(db: None) -> JournalEntry:
    return JournalEntry.objects.create(act="tests.done", subject_kind="tests.thing", subject_id=uuid7())


@pytest.mark.django_db
def test_every_declared_table_is_protected() -> None:
    assert JournalEntry in append_only_models()
    assert missing_triggers() == []


@pytest.mark.parametrize("statement", CHANGES)
def test_a_change_is_refused(entry: JournalEntry, statement: str) -> None:
    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert JournalEntry.objects.get(pk=entry.pk).act == "tests.done"


def test_emptying_the_table_is_refused(entry: JournalEntry) -> None:
    statement = f"DELETE FROM {TABLE}" if connection.vendor == "sqlite" else f"TRUNCATE {TABLE} CASCADE"
    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.django_db(transaction=True)
def test_triggers_come_back_after_migrate() -> None:
    with lifted():
        assert len(missing_triggers()) >= 2 * len(append_only_models())
        call_command("migrate", verbosity=0)
        assert missing_triggers() == []
