# SPDX-License-Identifier: AGPL-3.0-or-later
"""What changes methods and their slots."""

from halles.domain.fulfilment.actions.book import Wanted, book, move, release, set_full
from halles.domain.fulfilment.actions.methods import (
    CURBSIDE,
    Area,
    Setting,
    change,
    open_method,
    remove,
    set_zones,
    turn,
)
from halles.domain.fulfilment.actions.setup import Said, Where, area_of, set_anew, set_up

__all__ = [
    "CURBSIDE",
    "Area",
    "Said",
    "Setting",
    "Wanted",
    "Where",
    "area_of",
    "book",
    "change",
    "move",
    "open_method",
    "release",
    "remove",
    "set_anew",
    "set_full",
    "set_up",
    "set_zones",
    "turn",
]
