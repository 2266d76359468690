# SPDX-License-Identifier: AGPL-3.0-or-later
"""The files of a roll: kept as they came, a ZIP unopened, under names of ours and never under those they came with."""

import shutil
import uuid
import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from io import BytesIO
from pathlib import Path
from typing import IO

from django.conf import settings

from halles.domain.catalogue import pictures
from halles.domain.imports.sources import open_zip
from halles.domain.rolls.models import Roll, Shot
from halles.kernel.errors import Refused

Open = Callable[[Shot], IO[bytes]]


def folder(roll: Roll) -> Path:
    """Where its files lie."""
    return Path(settings.DATA) / "rolls" / str(roll.id)


def keep(roll: Roll, file: IO[bytes]) -> uuid.UUID:
    """Keep a file as it came; the name it has from now on.

    :raises OSError: when the disk is full; nothing of it stays.
    """
    key = uuid.uuid4()
    folder(roll).mkdir(parents=True, exist_ok=True)
    try:
        file.seek(0)
        with path_of(roll, key).open("wb") as kept:
            shutil.copyfileobj(file, kept, 1024 * 1024)
    except OSError:
        drop(roll, key)
        raise
    return key


def path_of(roll: Roll, key: uuid.UUID) -> Path:
    """Where one of its files lies."""
    return folder(roll) / str(key)


def drop(roll: Roll, key: uuid.UUID) -> None:
    """Throw one of its files away."""
    path_of(roll, key).unlink(missing_ok=True)


def keep_only(roll: Roll, keys: set[uuid.UUID]) -> None:
    """Throw away all its files but these; previews are made again when somebody looks."""
    for path in folder(roll).glob("*"):
        if path.name not in {str(key) for key in keys}:
            path.unlink(missing_ok=True)


def forget(roll: Roll) -> None:
    """Throw all its files away."""
    shutil.rmtree(folder(roll), ignore_errors=True)


@contextmanager
def opened(roll: Roll) -> Iterator[Open]:
    """A way to open its shots, each in turn; a ZIP is opened once, and what is in it is read where it lies.

    What it gives raises `Refused`: `rolls.gone` (kept no longer), `picture.broken`, and as `open_zip`.
    """
    with ExitStack() as stack:
        zips: dict[uuid.UUID, zipfile.ZipFile] = {}

        def open_shot(shot: Shot) -> IO[bytes]:
            try:
                if shot.member is None:
                    return path_of(roll, shot.file).open("rb")
                if shot.file not in zips:
                    file = stack.enter_context(path_of(roll, shot.file).open("rb"))
                    zips[shot.file] = stack.enter_context(open_zip(file))
            except OSError as error:
                raise Refused("rolls.gone") from error
            return _member(zips[shot.file], shot.member)

        yield open_shot


def _member(opened: zipfile.ZipFile, number: int) -> IO[bytes]:
    """One file of a ZIP, in memory: never more of it than a photograph may have, whatever the ZIP says of its size."""
    try:
        with opened.open(opened.infolist()[number]) as file:
            return BytesIO(file.read(pictures.MOST_BYTES + 1))
    except (
        Exception
    ) as error:  # damaged, encrypted, cut off; and a decompressor given rubbish has an error class of its own
        raise Refused("picture.broken") from error
