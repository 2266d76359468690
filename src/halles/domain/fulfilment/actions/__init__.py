# SPDX-License-Identifier: AGPL-3.0-or-later
"""What changes methods and their slots."""

from halles.domain.fulfilment.actions.book import Wanted, book, move, release, set_full
from halles.domain.fulfilment.actions.methods import (
    Area,
    Setting,
    change,
    open_method,
    remove,
    set_zones,
    turn,
)

__all__ = [
    "Area",
    "Setting",
    "Wanted",
    "book",
    "change",
    "move",
    "open_method",
    "release",
    "remove",
    "set_full",
    "set_zones",
    "turn",
]
