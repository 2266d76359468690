# SPDX-License-Identifier: AGPL-3.0-or-later
"""An import that one process does from end to end, without the worker: what a command asks for."""

import filecmp
from pathlib import Path

from halles.domain.imports import material, reads
from halles.domain.imports.actions import ask
from halles.domain.imports.drafts import Choices
from halles.domain.imports.models import Import
from halles.domain.imports.sources import check_worth_keeping
from halles.domain.shops.models import Shop
from halles.kernel.actor import SYSTEM
from halles.kernel.text import one_line


def take_up(shop: Shop, path: Path, choices: Choices, *, language: str = "fr") -> Import:
    """The import of this file: the one that a process before us was stopped in, else a new one.

    :raises Refused: `imports.too_large`, before anything is copied.
    :raises OSError: when the file cannot be read, or the disk is full.
    """
    check_worth_keeping(path)
    said = material.as_json(choices)
    for former in reads.unfinished(shop, one_line(path.name, 200)):
        kept = material.folder(former) / "file"
        if former.choices == said and kept.exists() and filecmp.cmp(path, kept, shallow=False):
            return former
    with path.open("rb") as file:
        return ask.hand_over(shop, file, path.name, choices, language=language, alone=True, by=SYSTEM)
