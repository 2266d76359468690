# SPDX-License-Identifier: AGPL-3.0-or-later
"""The worker's sign of life, seen by every process through the shared cache."""

import logging
import threading
import time
from collections.abc import Iterator

from django.core.cache import cache
from django.db import close_old_connections
from django.utils.translation import gettext as _

KEY = "clock:heartbeat"
INTERVAL = 5
ALIVE = 20
# As long as one task may take before the reaper thinks its worker dead.
STUCK = 300

logger = logging.getLogger("halles.clock")


def beat() -> None:
    cache.set(KEY, time.time(), timeout=None)


def age() -> float | None:
    """Seconds since a worker was last seen alive."""
    seen: float | None = cache.get(KEY)
    return None if seen is None else time.time() - seen


def is_alive() -> bool:
    seconds = age()
    return seconds is not None and seconds < ALIVE


def examine() -> Iterator[str]:
    """What `doctor` finds."""
    if not is_alive():
        yield _("aucun travail de fond ne tourne : lancez « halles run » ou « halles worker »")


class Heart(threading.Thread):
    """Beats beside the worker, so that one long task is not taken for death; stops beating when it hangs."""

    def __init__(self) -> None:
        super().__init__(name="heartbeat", daemon=True)
        self.progress_at = time.monotonic()

    def progress(self) -> None:
        self.progress_at = time.monotonic()

    def run(self) -> None:
        """Beat until the process ends; the database may be away for a while."""
        while True:
            if time.monotonic() - self.progress_at < STUCK:
                try:
                    close_old_connections()
                    beat()
                except Exception:
                    logger.exception("The heartbeat could not be written")
            time.sleep(INTERVAL)
