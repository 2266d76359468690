# SPDX-License-Identifier: AGPL-3.0-or-later
"""How often something may be done: counted for all processes alike, in one statement each time."""

import datetime as dt
import hashlib

from django.db import connection
from django.utils import timezone

from halles.domain.journal.models import Throttle


def take(key: str, *, most: int, within: dt.timedelta) -> bool:
    """Whether something may be done once more; if so, it counts. The time begins to run with the first.

    Two that come at the same moment are counted one after the other, and what a transaction undoes did not count.
    """
    now = timezone.now()
    digest = hashlib.sha256(key.encode()).hexdigest()
    table = connection.ops.quote_name(Throttle._meta.db_table)
    moments = [connection.ops.adapt_datetimefield_value(moment) for moment in (now + within, now)]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} AS kept (key, times, ends_at) VALUES (%s, 1, %s)"  # noqa: S608 - our own name
            " ON CONFLICT (key) DO UPDATE SET"
            " times = CASE WHEN kept.ends_at <= %s THEN 1 ELSE kept.times + 1 END,"
            " ends_at = CASE WHEN kept.ends_at <= %s THEN excluded.ends_at ELSE kept.ends_at END"
            " WHERE kept.ends_at <= %s OR kept.times < %s",
            [digest, moments[0], moments[1], moments[1], moments[1], most],
        )
        return bool(cursor.rowcount == 1)


def forget() -> None:
    """What no longer counts is thrown away."""
    Throttle.objects.filter(ends_at__lte=timezone.now()).delete()
