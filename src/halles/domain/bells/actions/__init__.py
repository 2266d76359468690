# SPDX-License-Identifier: AGPL-3.0-or-later
"""What changes the bell: the devices that ring, what each is told of, and the calls."""

from halles.domain.bells.actions.calls import answer, call, forget_old, hush, ring_due
from halles.domain.bells.actions.devices import (
    NewDevice,
    add_device,
    remove_device,
    ring,
    ring_to_try,
    try_out,
)
from halles.domain.bells.actions.wishes import set_quiet, set_wishes

__all__ = [
    "NewDevice",
    "add_device",
    "answer",
    "call",
    "forget_old",
    "hush",
    "remove_device",
    "ring",
    "ring_due",
    "ring_to_try",
    "set_quiet",
    "set_wishes",
    "try_out",
]
