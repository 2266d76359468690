# SPDX-License-Identifier: AGPL-3.0-or-later
"""The worker: delivers the outbox, runs the schedule between two deliveries, shows that it lives."""

import logging
import time

from django.core.cache import cache
from django.db import OperationalError, close_old_connections
from django_tasks.base import DEFAULT_TASK_BACKEND_ALIAS
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import is_locked_database_exception

from halles.doors.clock.claims import claim
from halles.doors.clock.heartbeat import Heart
from halles.kernel.schedule import Job, jobs

logger = logging.getLogger("halles.clock")

IDLE = 0.5
# Deliveries in a row before the schedule is looked at again.
ROUND = 20


class ClockWorker(Worker):
    """django-tasks-db's worker in short rounds, with a schedule and a heartbeat (ADR-0003)."""

    def __init__(self, worker_id: str) -> None:
        super().__init__(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=IDLE,
            batch=True,
            backend_name=DEFAULT_TASK_BACKEND_ALIAS,
            startup_delay=False,
            max_tasks=ROUND,
            worker_id=worker_id,
        )
        self.heart = Heart()
        self.due_at: dict[str, float] = {}

    def run(self) -> None:
        """Work until asked to stop."""
        self.heart.start()
        while self.running:
            self.heart.progress()
            self.run_schedule()
            if not self.run_round() and self.running:
                time.sleep(self.interval)

    def run_round(self) -> int:
        """Deliver what waits, a round at most, on a connection that is looked at once; how many there were."""
        close_old_connections()
        for number in range(ROUND):
            task = self.next_task() if self.running else None
            if task is None:
                return number
            self.run_task(task)
        return ROUND

    def next_task(self) -> "DBTaskResult[..., object] | None":
        """What is due, now ours. A SQLite that somebody keeps to himself for long is asked again later."""
        try:
            return claim(self.worker_id, self.backend_name)
        except OperationalError as error:
            if is_locked_database_exception(error):
                return None
            raise

    def run_schedule(self) -> None:
        """Run what is due; a signal that comes meanwhile waits for the end of the job."""
        self.running_task = True
        try:
            for job in jobs():
                if self.running and time.monotonic() >= self.due_at.get(job.name, 0):
                    self.due_at[job.name] = time.monotonic() + job.seconds
                    self.run_job(job)
        finally:
            self.running_task = False

    def run_job(self, job: Job) -> None:
        """Run one job, unless another worker has just done so; an error never stops the worker."""
        try:
            # A second less than the interval: the cache counts in whole seconds.
            if cache.add(f"clock:job:{job.name}", self.worker_id, timeout=job.seconds - 1):
                job.function()
        except Exception:
            logger.exception("The job %s failed", job.name)
