# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is done again and again: reservations expire, reminders leave, tables are tidied.

A job looks at the state of things and does what is due: running it twice, late or in two workers
changes nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Job:
    name: str
    seconds: int
    function: Callable[[], object]


_jobs: dict[str, Job] = {}


def every(seconds: int, function: Callable[[], object]) -> None:
    """Register a job, in `AppConfig.ready()`; the worker runs it about every so many seconds."""
    name = f"{function.__module__}.{function.__qualname__}"
    _jobs[name] = Job(name, seconds, function)


def jobs() -> tuple[Job, ...]:
    return tuple(_jobs.values())
