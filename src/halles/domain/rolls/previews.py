# SPDX-License-Identifier: AGPL-3.0-or-later
"""A small picture of a shot that waits, made when somebody first looks at it, and kept beside it."""

from pathlib import Path

from halles.domain.catalogue import pictures
from halles.domain.rolls import kept
from halles.domain.rolls.models import Roll, Shot
from halles.kernel.errors import Refused


def preview(roll: Roll, shot: Shot) -> Path | None:
    """Where it lies; None when nothing can be shown of it."""
    path = kept.folder(roll) / f"{shot.id}.jpg"
    if not path.exists():
        try:
            with kept.opened(roll) as open_shot, open_shot(shot) as file:
                pictures.preview(file, path)
        except (Refused, OSError):
            return None
    return path
