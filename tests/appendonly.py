# SPDX-License-Identifier: AGPL-3.0-or-later
"""Lifting the triggers of append-only tables: for emptying the test database, and nowhere else."""

import contextlib
from collections.abc import Iterator

from django.db import connection

from halles.kernel.appendonly import (
    append_only_models,
    install_triggers,
    present_triggers,
    trigger_statements,
)


@contextlib.contextmanager
def lifted() -> Iterator[None]:
    """Without triggers inside, with all of them after."""
    quote = connection.ops.quote_name
    present = present_triggers(connection)
    with connection.cursor() as cursor:
        for model in append_only_models():
            table = model._meta.db_table
            for name in trigger_statements(model, connection):
                if (table, name) in present:
                    of = "" if connection.vendor == "sqlite" else f" ON {quote(table)}"
                    cursor.execute(f"DROP TRIGGER {quote(name)}{of}")
    try:
        yield
    finally:
        install_triggers(connection)
