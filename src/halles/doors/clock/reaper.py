# SPDX-License-Identifier: AGPL-3.0-or-later
"""What django-tasks-db leaves to us: tasks of dead workers resume, failed ones are tried again, old ones go.

Every change is one conditional UPDATE, so that any number of workers may do this at the same time (ADR-0003).
"""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import ngettext
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

ATTEMPTS = 8
LONGEST_TASK = timedelta(minutes=5)
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)
KEPT = timedelta(days=7)
BATCH = 500

# Each attempt adds its worker to the list: an eighth entry means eight attempts.
EXHAUSTED = Q((f"worker_ids__{ATTEMPTS - 1}__isnull", False))


def wait_after(attempts: int) -> timedelta:
    """How long a task rests after so many attempts: 1, 3, 9, 27, 81, 243 minutes, then six hours."""
    rest: timedelta = FIRST_WAIT * 3 ** (attempts - 1)
    return min(rest, LONGEST_WAIT)


def resume_interrupted() -> None:
    """Tasks whose worker died are ready again; one that kills every worker is given up."""
    now = timezone.now()
    stale = DBTaskResult.objects.running().filter(started_at__lt=now - LONGEST_TASK)
    stale.filter(EXHAUSTED).update(status=TaskResultStatus.FAILED, finished_at=now)
    stale.update(status=TaskResultStatus.READY)


def retry_failed() -> None:
    """Failed tasks with attempts left are ready again, after a rest."""
    for task in DBTaskResult.objects.failed().exclude(EXHAUSTED)[:BATCH]:
        rested = (task.finished_at or timezone.now()) + wait_after(len(task.worker_ids))
        # The condition holds back a second worker that has read the same row.
        unchanged = DBTaskResult.objects.failed().filter(pk=task.pk, finished_at=task.finished_at)
        unchanged.update(status=TaskResultStatus.READY, run_after=rested)


def retry_given_up() -> int:
    """What was given up may start anew: the operator has repaired what was wrong."""
    given_up = DBTaskResult.objects.failed().filter(EXHAUSTED)
    return given_up.update(status=TaskResultStatus.READY, run_after=timezone.now(), worker_ids=[])


def forget_delivered() -> None:
    """Delivered messages are kept for a week, for whoever asks what happened."""
    DBTaskResult.objects.successful().filter(finished_at__lt=timezone.now() - KEPT).delete()


def examine() -> Iterator[str]:
    """What `doctor` finds."""
    count = DBTaskResult.objects.failed().filter(EXHAUSTED).count()
    if count:
        yield ngettext(
            "%(count)d message abandonné : réparez la cause, puis « halles worker --retry »",
            "%(count)d messages abandonnés : réparez la cause, puis « halles worker --retry »",
            count,
        ) % {"count": count}
