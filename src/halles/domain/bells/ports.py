# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the bell needs from outside: somebody who carries a message to a device."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Protocol


class Answer(Enum):
    """What became of a message."""

    ACCEPTED = "accepted"  # it is on its way
    GONE = "gone"  # this device will never be reached again
    LATER = "later"  # not this time


@dataclass(frozen=True, slots=True)
class Message:
    """What a device is told. `said` must be JSON; a later message of the same topic takes the place of one that waits."""

    said: Mapping[str, str]
    topic: str  # at most 32 signs of base64url
    seconds: int  # how long it may wait for a device that is off


class Receiver(Protocol):
    """Where a device is reached, as its browser said."""

    endpoint: str
    p256dh: str
    auth: str


class Pusher(Protocol):
    """Carries messages to devices."""

    @property
    def public_key(self) -> str:
        """What a browser must be told before it can be rung."""

    def push(self, to: Receiver, message: Message) -> Answer:
        """Carry one message; never raises for what happens outside."""


_pushers: list[Pusher] = []


def use(pusher: Pusher) -> None:
    """Make the one who carries known, in `AppConfig.ready()`."""
    _pushers[:] = [pusher]


def pusher() -> Pusher:
    """Who carries messages."""
    return _pushers[0]
