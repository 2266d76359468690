# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which times are free. Pure: values in, values out; counted in time that really passes, also when clocks change."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from halles.domain.shops.rules import Window
from halles.kernel.errors import Refused

CELL = dt.timedelta(minutes=5)  # the grid on which times are taken
STEP = 30  # minutes from one time that is offered to the next; what is shorter follows upon itself
DAYS = 56  # how far ahead one may book
LONGEST = 720  # minutes, also of a pause; and hours before it until which it may be cancelled
EPOCH = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Length:
    """How long a service takes, and how long nobody else is taken after it; in minutes."""

    minutes: int
    pause: int = 0

    def window(self, start: dt.datetime) -> Window:
        """From when to when it is, if it begins then; in the zone of its beginning."""
        end = start.astimezone(dt.UTC) + dt.timedelta(minutes=self.minutes)
        return Window(start, end.astimezone(start.tzinfo))

    def takes(self, start: dt.datetime) -> Window:
        """The same with its pause: what nobody else may have of whoever does it."""
        return Length(self.minutes + self.pause).window(start)


def cells(window: Window) -> list[dt.datetime]:
    """The squares of the grid that a stretch of time touches, in UTC."""
    start, end = window.start.astimezone(dt.UTC), window.end.astimezone(dt.UTC)
    first = start - (start - EPOCH) % CELL
    return [first + number * CELL for number in range(-((first - end) // CELL))]


def taken(windows: Iterable[Window]) -> set[dt.datetime]:
    """All squares that these touch."""
    return {cell for window in windows for cell in cells(window)}


def free(
    openings: Iterable[Window],
    busy: Mapping[Key, Collection[dt.datetime]],
    length: Length,
    *,
    soonest: dt.datetime,
) -> Iterator[Window]:
    """The times at which somebody of `busy` could do it, soonest first; each is wholly within an opening.

    The pause after it may be after closing. `busy` says which squares of whom are taken.
    """
    step = dt.timedelta(minutes=min(length.minutes, STEP))
    for opening in openings:
        end, start = opening.end.astimezone(dt.UTC), opening.start.astimezone(dt.UTC)
        start += -(start - EPOCH) % CELL
        while (window := length.window(start)).end <= end:
            if start >= soonest and available(busy, length, start):
                zone = opening.start.tzinfo
                yield Window(window.start.astimezone(zone), window.end.astimezone(zone))
            start += step


def available(
    busy: Mapping[Key, Collection[dt.datetime]], length: Length, start: dt.datetime
) -> Sequence[Key]:
    """Who could do it then, in the order in which they are named."""
    wanted = cells(length.takes(start))
    return [key for key, those in busy.items() if not any(cell in those for cell in wanted)]


def check(length: Length, cancel_hours: int) -> None:
    """Times that can be meant.

    :raises Refused: `appointments.minutes_wrong`, `appointments.pause_wrong`, `appointments.cancel_wrong`.
    """
    if not 5 <= length.minutes <= LONGEST or length.minutes % 5:
        raise Refused("appointments.minutes_wrong", field="minutes", most=LONGEST)
    if not 0 <= length.pause <= LONGEST or length.pause % 5:
        raise Refused("appointments.pause_wrong", field="pause", most=LONGEST)
    if not 0 <= cancel_hours <= LONGEST:
        raise Refused("appointments.cancel_wrong", field="cancel_hours", most=LONGEST)
