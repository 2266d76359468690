# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a command hands back as a file: beside the one it was given, or where we are when that folder is not ours."""

import stat
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import chain
from pathlib import Path

ANYBODY_WRITES = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


def keep_beside(file: Path, name: str, lines: Callable[[], Iterator[str]]) -> Path | None:
    """Write the lines under this name; None when there are none, or nowhere to write.

    A folder in which nobody may write is left alone even by root, whom nothing would stop.
    """
    for folder in (file.resolve().parent, Path.cwd()):
        given = lines()
        first = next(given, None)
        if first is None:
            return None
        if not folder.stat().st_mode & ANYBODY_WRITES:
            continue
        with suppress(OSError), (folder / name).open("w", encoding="utf-8", newline="") as kept:
            kept.writelines(chain([first], given))
            return folder / name
    return None
