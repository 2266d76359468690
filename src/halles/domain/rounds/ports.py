# SPDX-License-Identifier: AGPL-3.0-or-later
"""What rounds would like to know from outside: where an address lies, and how long roads are. They do without."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from halles.kernel.points import Point


class Unknown(Exception):
    """Nobody answered, or not what was asked."""


@dataclass(frozen=True, slots=True)
class Address:
    """A door, as it was typed."""

    street: str
    postal_code: str
    city: str


# None when the service is there and does not know the address; raises `Unknown` when it does not answer.
Locate = Callable[[Address], Point | None]
# Seconds from each place to each other; raises `Unknown`.
Roads = Callable[[Sequence[Point]], list[list[int]]]

_locate: list[Locate] = []
_roads: list[Roads] = []


def locate_with(locate: Locate) -> None:
    """Register who knows addresses, in `AppConfig.ready()`."""
    _locate[:] = [locate]


def go_by(roads: Roads) -> None:
    """Register who knows roads, in `AppConfig.ready()`."""
    _roads[:] = [roads]


def locator() -> Locate | None:
    """Who knows addresses, if anybody."""
    return _locate[0] if _locate else None


def roads() -> Roads | None:
    """Who knows roads, if anybody."""
    return _roads[0] if _roads else None
