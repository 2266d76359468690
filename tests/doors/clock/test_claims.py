# SPDX-License-Identifier: AGPL-3.0-or-later
"""Taking the next task: what is due, the most pressing first, each by one worker."""

import datetime as dt

import pytest
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from halles.doors.clock.claims import claim
from halles.kernel.outbox import PATIENT, deliver


@pytest.mark.django_db
def test_each_task_is_taken_once_in_the_order_of_its_haste() -> None:
    for name, priority in (("patient", PATIENT), ("first", 0), ("second", 0)):
        deliver.using(priority=priority).enqueue(event=name, reaction="", payload={})
    deliver.using(run_after=timezone.now() + dt.timedelta(hours=1)).enqueue(
        event="later", reaction="", payload={}
    )
    DBTaskResult.objects.filter(priority=PATIENT).update(worker_ids=["who failed"])
    taken = [claim(worker, "default") for worker in ("one", "another", "one", "one")]
    assert [task and task.args_kwargs["kwargs"]["event"] for task in taken] == [
        "first",
        "second",
        "patient",
        None,
    ]
    assert [task.worker_ids for task in taken if task] == [["one"], ["another"], ["who failed", "one"]]
    for task in DBTaskResult.objects.running():
        assert task.started_at is not None
        assert timezone.now() - task.started_at < dt.timedelta(minutes=1)
    assert DBTaskResult.objects.get(status=TaskResultStatus.READY).args_kwargs["kwargs"]["event"] == "later"
