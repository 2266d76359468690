# SPDX-License-Identifier: AGPL-3.0-or-later
"""What `halles doctor` looks at: each part of the house registers what must always be true of it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Checkup:
    """`examine` changes nothing and answers what must be done, a sentence each; nothing when all is well."""

    title: str | Promise
    examine: Callable[[], Iterable[str]]


_checkups: list[Checkup] = []


def checkup(title: str | Promise, examine: Callable[[], Iterable[str]]) -> None:
    """Register a check, in `AppConfig.ready()`; the title may be a lazy translation."""
    _checkups.append(Checkup(title, examine))


def checkups() -> tuple[Checkup, ...]:
    return tuple(_checkups)
