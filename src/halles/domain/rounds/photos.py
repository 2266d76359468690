# SPDX-License-Identifier: AGPL-3.0-or-later
"""Photographs of what was left at a door: freed of where they were taken, seen by the shop only, kept a month."""

import uuid
from pathlib import Path
from typing import IO

from django.conf import settings

from halles.domain.catalogue import pictures
from halles.kernel.identifiers import uuid7


def keep(file: IO[bytes]) -> uuid.UUID:
    """Under which name it is kept; seconds of work, to be done before any row is locked.

    :raises Refused: as `pictures.prepare`.
    """
    name = uuid7()
    pictures.preview(file, path(name), most=pictures.ONCE)
    return name


def path(name: uuid.UUID) -> Path:
    """Where it lies; not where the public may look."""
    return Path(settings.DATA) / "doors" / f"{name}.jpg"


def forget(name: uuid.UUID) -> None:
    """It goes."""
    path(name).unlink(missing_ok=True)


def all_kept() -> list[Path]:
    """Every one there is."""
    return list(path(uuid7()).parent.glob("*.jpg"))
