# SPDX-License-Identifier: AGPL-3.0-or-later
"""Taking the next task: one statement, where django-tasks-db takes a transaction of two that it composes each time.

Who has taken a task works on it alone; any number of workers may ask at the same moment (ADR-0003).
"""

import json

from django.db import connection
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

# The state stands in the words of the statement: only then does PostgreSQL look into the index of what waits.
CLAIM = """
    UPDATE {table} SET status = '{running}', started_at = %s, worker_ids = {with_worker}
    WHERE id = (
        SELECT id FROM {table} WHERE status = '{ready}' AND backend_name = %s AND (run_after <= %s OR run_after = %s)
        ORDER BY priority DESC, run_after, enqueued_at LIMIT 1 {lock}
    ) RETURNING *
"""


def claim(worker_id: str, backend: str) -> "DBTaskResult[..., object] | None":
    """The next task that is due, marked as this worker's; None when nothing waits."""
    on_postgresql = connection.vendor == "postgresql"
    statement = CLAIM.format(
        table=connection.ops.quote_name(DBTaskResult._meta.db_table),
        running=TaskResultStatus.RUNNING,
        ready=TaskResultStatus.READY,
        with_worker="worker_ids || %s::jsonb"
        if on_postgresql
        else "json_insert(worker_ids, '$[#]', json(%s))",
        lock="FOR UPDATE SKIP LOCKED" if on_postgresql else "",
    )
    now, never = (connection.ops.adapt_datetimefield_value(at) for at in (timezone.now(), get_date_max()))
    return next(
        iter(DBTaskResult.objects.raw(statement, [now, json.dumps(worker_id), backend, now, never])), None
    )
