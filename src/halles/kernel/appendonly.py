# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tables to which one only adds: triggers refuse UPDATE and DELETE, on PostgreSQL also TRUNCATE.

Put `@append_only` above a model; a refused statement raises `IntegrityError`. SQLite rebuilds a table when
its model changes and drops its triggers without a word: they are put back after every `migrate`, and
`missing_triggers` reads in the catalogue which are not there. Only the test harness knows how to lift them.
"""

from typing import TypeVar

from django.apps import AppConfig
from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.signals import post_migrate

M = TypeVar("M", bound=models.Model)

_models: list[type[models.Model]] = []

REFUSE = """
CREATE OR REPLACE FUNCTION halles_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'append-only: %', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$
"""


def append_only(model: type[M]) -> type[M]:
    """Declare that rows of this model are written once and never touched again."""
    _models.append(model)
    return model


def append_only_models() -> tuple[type[models.Model], ...]:
    return tuple(_models)


def trigger_statements(model: type[models.Model], connection: BaseDatabaseWrapper) -> dict[str, str]:
    """The name of each trigger of a model and the statement that creates it."""
    table, quote = model._meta.db_table, connection.ops.quote_name
    statements = {}
    verbs = ("update", "delete") if connection.vendor == "sqlite" else ("update", "delete", "truncate")
    for verb in verbs:
        name = f"{table}_no_{verb}"
        what = f"{quote(name)} BEFORE {verb.upper()} ON {quote(table)}"
        if connection.vendor == "sqlite":
            refuse = f"BEGIN SELECT RAISE(ABORT, 'append-only: {table}'); END"
            statements[name] = f"CREATE TRIGGER IF NOT EXISTS {what} {refuse}"
        else:
            each = "STATEMENT" if verb == "truncate" else "ROW"
            refuse = f"FOR EACH {each} EXECUTE FUNCTION halles_append_only()"
            statements[name] = f"CREATE OR REPLACE TRIGGER {what} {refuse}"
    return statements


def present_triggers(connection: BaseDatabaseWrapper) -> set[tuple[str, str]]:
    """(table, trigger) as the database's own catalogue tells it; those switched off do not count."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute(
                "SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
                " WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A') AND pg_table_is_visible(c.oid)"
            )
        return {(table, name) for table, name in cursor.fetchall()}


def install_triggers(connection: BaseDatabaseWrapper) -> None:
    """Create every trigger of a table that exists; another process may be doing the same."""
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(REFUSE)
        for model in _models:
            if model._meta.db_table in tables:
                for statement in trigger_statements(model, connection).values():
                    cursor.execute(statement)


def missing_triggers(using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """Names of the triggers that ought to be there and are not."""
    connection = connections[using]
    present = present_triggers(connection)
    return [
        name
        for model in _models
        for name in trigger_statements(model, connection)
        if (model._meta.db_table, name) not in present
    ]


def _put_back(sender: AppConfig, using: str, **_: object) -> None:
    # Sent once for every app; one that owns such a table may have rebuilt it.
    if any(model._meta.app_label == sender.label for model in _models) and missing_triggers(using):
        install_triggers(connections[using])


post_migrate.connect(_put_back, dispatch_uid="halles.kernel.appendonly")
