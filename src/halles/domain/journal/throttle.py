# SPDX-License-Identifier: AGPL-3.0-or-later
"""How often something may be done: counted for all processes alike, in one statement when nobody comes at the same moment.

Of what may be done ten times within an hour there are ten slots. Each time takes a free one, and holds it for an hour: so
there are never more than ten within any hour, whenever it begins.
"""

import datetime as dt
import hashlib

from django.db import connection
from django.utils import timezone

from halles.domain.journal.models import Throttle


def take(key: str, *, most: int, within: dt.timedelta) -> bool:
    """Whether something may be done once more; if so, it counts. What a transaction undoes did not count."""
    digest = hashlib.sha256(key.encode()).hexdigest()
    for _lost in range(most):  # each time, a rival took one
        if _take_slot(digest, most, within):
            return True
        if Throttle.objects.filter(key=digest, slot__lt=most, ends_at__gt=timezone.now()).count() >= most:
            return False
    return False


def _take_slot(digest: str, most: int, within: dt.timedelta) -> bool:
    """Take the first free slot; not when none is, nor when a rival was quicker, whose commit is waited for."""
    now = timezone.now()
    table = connection.ops.quote_name(Throttle._meta.db_table)
    until, moment = (connection.ops.adapt_datetimefield_value(at) for at in (now + within, now))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} AS kept (key, slot, ends_at)"  # noqa: S608 - our own name
            " WITH RECURSIVE slots (slot) AS (SELECT 0 UNION ALL SELECT slot + 1 FROM slots WHERE slot + 1 < %s)"
            " SELECT %s, MIN(slot), %s FROM slots WHERE NOT EXISTS"
            f" (SELECT 1 FROM {table} taken WHERE taken.key = %s AND taken.slot = slots.slot AND taken.ends_at > %s)"
            " HAVING MIN(slot) IS NOT NULL"
            " ON CONFLICT (key, slot) DO UPDATE SET ends_at = excluded.ends_at WHERE kept.ends_at <= %s",
            [most, digest, until, digest, moment, moment],
        )
        return bool(cursor.rowcount == 1)


def forget() -> None:
    """What no longer counts is thrown away."""
    Throttle.objects.filter(ends_at__lte=timezone.now()).delete()
