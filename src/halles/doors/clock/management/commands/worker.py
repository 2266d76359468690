# SPDX-License-Identifier: AGPL-3.0-or-later
"""`halles worker`: one worker in this process, until it is asked to stop."""

import logging
import os
from argparse import ArgumentParser

from django.core.management.base import BaseCommand
from django.utils.crypto import get_random_string

from halles.doors.clock import reaper
from halles.doors.clock.worker import ClockWorker

# Whoever waits for a page goes before letters and drawings where both want the same processor.
NICENESS = 10


class Command(BaseCommand):
    """One more worker: on PostgreSQL as many as wanted, on as many machines."""

    help = "Deliver letters and other background work, and run the schedule, until stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what may be asked of a worker."""
        parser.add_argument(
            "--retry", action="store_true", help="first put back what was given up after repeated failures"
        )

    def handle(self, *, retry: bool, **options: object) -> None:
        """Work in the foreground."""
        if retry:
            self.stdout.write(f"{reaper.retry_given_up()} put back")
        # Every round would say that it starts and ends; failures are said by `django_tasks`.
        logging.getLogger("django_tasks_db").setLevel(logging.ERROR)
        os.nice(NICENESS)
        worker = ClockWorker(get_random_string(32))
        worker.configure_signals()
        worker.run()
