# SPDX-License-Identifier: AGPL-3.0-or-later
"""What django-tasks-db leaves to us."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from halles.doors.clock import reaper
from halles.kernel.outbox import deliver

pytestmark = pytest.mark.django_db


def a_task(status: TaskResultStatus, *, attempts: int = 1, age: timedelta = timedelta(0)) -> DBTaskResult:  # type: ignore[type-arg]
    """A delivery of nothing, in a state it reached so long ago."""
    deliver.enqueue(event="tests.happened", reaction="tests.nobody", payload={})
    task = DBTaskResult.objects.latest("enqueued_at")
    task.status, task.worker_ids = status, ["a worker"] * attempts
    task.started_at = task.finished_at = timezone.now() - age
    task.save()
    return task


def test_a_dead_workers_task_is_ready_again() -> None:
    task = a_task(TaskResultStatus.RUNNING, age=reaper.LONGEST_TASK + timedelta(seconds=1))
    reaper.resume_interrupted()
    assert list(DBTaskResult.objects.ready()) == [task]


def test_a_living_workers_task_is_left_alone() -> None:
    task = a_task(TaskResultStatus.RUNNING, age=reaper.LONGEST_TASK - timedelta(seconds=5))
    reaper.resume_interrupted()
    assert list(DBTaskResult.objects.running()) == [task]


def test_a_task_that_kills_every_worker_is_given_up() -> None:
    task = a_task(TaskResultStatus.RUNNING, attempts=reaper.ATTEMPTS, age=timedelta(hours=1))
    reaper.resume_interrupted()
    reaper.retry_failed()
    assert list(DBTaskResult.objects.failed()) == [task]


@pytest.mark.parametrize(("attempts", "minutes"), [(1, 1), (2, 3), (3, 9), (6, 243), (7, 360)])
def test_a_failed_task_rests_longer_each_time(attempts: int, minutes: int) -> None:
    task = a_task(TaskResultStatus.FAILED, attempts=attempts)
    failed_at = task.finished_at
    reaper.retry_failed()
    task.refresh_from_db()
    assert failed_at is not None
    assert task.status == TaskResultStatus.READY
    assert task.run_after == failed_at + timedelta(minutes=minutes)
    assert not DBTaskResult.objects.ready().exists()


def test_after_eight_attempts_only_the_operator_starts_it_anew() -> None:
    task = a_task(TaskResultStatus.FAILED, attempts=reaper.ATTEMPTS)
    reaper.retry_failed()
    assert DBTaskResult.objects.failed().exists()
    assert len(list(reaper.examine())) == 1
    assert reaper.retry_given_up() == 1
    assert list(reaper.examine()) == []
    assert list(DBTaskResult.objects.ready()) == [task]


def test_what_was_delivered_is_forgotten_after_a_week() -> None:
    a_task(TaskResultStatus.SUCCESSFUL, age=timedelta(days=7, minutes=1))
    kept = a_task(TaskResultStatus.SUCCESSFUL, age=timedelta(days=6))
    reaper.forget_delivered()
    assert list(DBTaskResult.objects.all()) == [kept]
