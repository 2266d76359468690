# SPDX-License-Identifier: AGPL-3.0-or-later
"""How long the way is, when one is where, and what a customer may be told of it. Pure: values in, values out.

Times are whole seconds from one moment, whichever; places are numbers: 0 where one begins, then the stops, then the shop.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from halles.domain.shops.rules import Window
from halles.kernel.points import Point, distance

# Roads in towns are so much longer than the line: 1.343 on average over 300 European cities (Environment and Planning B,
# 2023, doi 10.1177/23998083231168870).
DETOUR = 1.34
# In kilometres an hour: our own guess for a small van between doors of a town and its villages, lights and corners
# included. Too slow is better than too quick: who is told "18 h" waits from then on.
SPEED = 25
UNSURE = 120  # seconds more where only the commune is known: to find the street
SERVICE = 240  # seconds at a door: to park, ring, hand over and be paid

TENTH = dt.timedelta(minutes=10)
EARLIER, LATER = dt.timedelta(minutes=5), dt.timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is to be put in order.

    `seconds` from each place to each other; `windows` in which the stops may be rung at; `begin` and `end` of the drive.
    """

    seconds: Sequence[Sequence[int]]
    windows: Sequence[tuple[int, int]]
    begin: int
    end: int
    vehicles: int = 1
    service: int = SERVICE


@dataclass(frozen=True, slots=True)
class Arrival:
    """A stop, by its number from 1, and when one is there."""

    number: int
    at: int


@dataclass(frozen=True, slots=True)
class Plan:
    """The drive of each vehicle, and the stops that none can make in their time."""

    routes: tuple[tuple[Arrival, ...], ...]
    dropped: tuple[int, ...]


def straight(places: Sequence[Point], unsure: frozenset[int] = frozenset()) -> list[list[int]]:
    """Seconds between all places as the crow flies, and a little more; `unsure` are those known by their commune alone."""
    return [
        [0 if one == other else _seconds(one, other, places, unsure) for other in range(len(places))]
        for one in range(len(places))
    ]


def _seconds(one: int, other: int, places: Sequence[Point], unsure: frozenset[int]) -> int:
    way = distance(places[one], places[other]) * DETOUR / SPEED * 3600
    return round(way) + (UNSURE if other in unsure else 0)


def timed(
    seconds: Sequence[Sequence[int]],
    order: Sequence[tuple[int, int]],
    begin: int,
    *,
    here: int = 0,
    service: int = SERVICE,
) -> tuple[Arrival, ...]:
    """When one is where, going to these stops (their number, and when they may be rung at) one after the other.

    One waits where one is too early; where one is too late, one is late.
    """
    now, found = begin, []
    for number, first in order:
        at = max(now + seconds[here][number], first)
        found.append(Arrival(number, at))
        now, here = at + service, number
    return tuple(found)


def travel(seconds: Sequence[Sequence[int]], order: Sequence[int]) -> int:
    """Seconds on the road of one drive, from where it begins to the shop."""
    way = [0, *order, len(seconds) - 1] if order else []
    return sum(seconds[one][other] for one, other in pairwise(way))


def told(expected: dt.datetime, promised: Window) -> Window:
    """What a customer may be told: twenty to thirty minutes around it, in tens, within what was promised before."""
    start, end = _tens(expected - EARLIER), _tens(expected + LATER, up=True)
    if promised.start <= expected < promised.end:
        start, end = max(start, promised.start), min(end, promised.end)
    return Window(start, end)


def still_true(interval: Window, expected: dt.datetime) -> bool:
    """Whether what was told may stay."""
    return interval.start <= expected <= interval.end


def done_at(
    now: dt.datetime, age: int | None, *, least: dt.timedelta, not_before: dt.datetime | None
) -> dt.datetime | None:
    """When something was done that a telephone tells us of `age` seconds later; None when that is now.

    The hour that a telephone shows may be any; how long ago it was by the same clock is believed as far as it can be: not
    before the drive began, nor what came before it.
    """
    if age is None or dt.timedelta(seconds=age) < least:
        return None
    moment = now - dt.timedelta(seconds=age)
    return max(moment, not_before) if not_before else moment


def _tens(moment: dt.datetime, *, up: bool = False) -> dt.datetime:
    """Down to ten minutes, or up."""
    over = dt.timedelta(minutes=moment.minute % 10, seconds=moment.second, microseconds=moment.microsecond)
    down = moment - over
    return down + TENTH if up and over else down
