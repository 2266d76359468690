# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pictures that were drawn once are kept on disk, named by what they say; one that nobody asks for is never made."""

import contextlib
import threading
import time
import uuid
from pathlib import Path

from django.conf import settings

from halles.doors.ui.posters import draw
from halles.doors.ui.posters.facts import Poster, Shape

A_MONTH = 30 * 24 * 3600  # seconds; who asks again later has it drawn again
QUEUE = 3  # previews that are drawn or wait for it in a process, before others are asked to come back

# A sheet takes a second and some 60 MB: one at a time in each process.
_one_at_a_time = threading.Lock()
_queue = threading.BoundedSemaphore(QUEUE)


class Busy(Exception):
    """Too many pictures are being drawn already."""


def jpeg(poster: Poster, shape: Shape) -> bytes:
    """A poster as a JPEG, for somebody who waits for it."""
    return _kept(poster, shape, "jpg")


def pdf(poster: Poster, shape: Shape) -> bytes:
    """A poster as a page to print, for somebody who waits for it."""
    return _kept(poster, shape, "pdf")


def preview(poster: Poster) -> bytes:
    """The preview of a link, for robots: they must not keep all of us busy.

    :raises Busy: when some are being drawn already.
    """
    with contextlib.suppress(OSError):
        return _path(poster, Shape.PREVIEW, "jpg").read_bytes()
    if not _queue.acquire(blocking=False):
        raise Busy
    try:
        return _kept(poster, Shape.PREVIEW, "jpg")
    finally:
        _queue.release()


def forget_old() -> None:
    """What was drawn a month ago goes, whether it still is true or not."""
    for file in _folder().glob("*/*"):
        with contextlib.suppress(FileNotFoundError):
            if time.time() - file.stat().st_mtime > A_MONTH:
                file.unlink()


def _kept(poster: Poster, shape: Shape, ending: str) -> bytes:
    path = _path(poster, shape, ending)
    with contextlib.suppress(OSError):
        return path.read_bytes()
    with _one_at_a_time:
        with contextlib.suppress(OSError):
            return path.read_bytes()  # somebody else had it drawn meanwhile
        drawn = draw.pdf(poster, shape) if ending == "pdf" else draw.jpeg(poster, shape)
        with contextlib.suppress(OSError):  # a full disk is no reason to show nothing
            _write(path, drawn)
        return drawn


def _write(path: Path, drawn: bytes) -> None:
    """Whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.{uuid.uuid4().hex}")
    unfinished.write_bytes(drawn)
    unfinished.replace(path)


def _path(poster: Poster, shape: Shape, ending: str) -> Path:
    digest = poster.digest
    return _folder() / digest[:2] / f"{digest}-{shape}.{ending}"


def _folder() -> Path:
    return Path(settings.DATA) / "posters"
