# SPDX-License-Identifier: AGPL-3.0-or-later
"""The door's place among Django's applications."""

import logging

from django.apps import AppConfig, apps
from django.core.management import call_command
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from halles.kernel.checkup import checkup
from halles.kernel.schedule import every


class ClockConfig(AppConfig):
    """Label for ever: `door_clock` (ADR-0001)."""

    name = "halles.doors.clock"
    label = "door_clock"

    def ready(self) -> None:
        """Register what keeps the outbox moving, and what `doctor` asks of us."""
        from halles.doors.clock import heartbeat, reaper, views

        every(30, reaper.resume_interrupted)
        every(15, reaper.retry_failed)
        every(3600, reaper.forget_delivered)
        checkup(_("Travail de fond"), heartbeat.examine)
        checkup(_("Messages internes"), reaper.examine)
        # Django signals no application without tables: the queue's own stands in for us.
        post_migrate.connect(make_cache_table, sender=apps.get_app_config("django_tasks_database"))
        logging.getLogger("django.request").addFilter(views.not_a_watcher)


def make_cache_table(using: str, **_: object) -> None:
    """The worker's sign of life lives in the cache: its table belongs to the database's shape."""
    call_command("createcachetable", database=using, verbosity=0)
