# SPDX-License-Identifier: AGPL-3.0-or-later
"""One place and one time for several shops of a basket, where they share a depot: as few stops as can be."""

import datetime as dt
import uuid
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from halles.domain.fulfilment.reads import Offered
from halles.domain.fulfilment.rules import Why
from halles.domain.orders.errands import Errand, Errands
from halles.domain.shops.models import Place, Shop
from halles.domain.shops.rules import Window

MOST_SLOTS = 200  # of one way that are looked at
Where = uuid.UUID  # a depot, or a place of one shop


@dataclass(frozen=True, slots=True)
class Joining:
    """A stop that can be made with others: in which of its ways, in which slot."""

    stop: Errand
    way: Offered
    window: Window


@dataclass(frozen=True, slots=True)
class Apart:
    """A stop that cannot. Its shop is not there (no way), these goods are not had so (`why`), or not at that time."""

    stop: Errand
    way: Offered | None = None
    why: Why | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """Several stops made into one at a depot, from when, and how many stops are left of how many."""

    depot: uuid.UUID
    place: Place
    starts: dt.datetime
    joining: Sequence[Joining]
    apart: Sequence[Apart]
    before: int
    after: int


def stops(errands: Errands) -> int:
    """How many times one has to stop for a round as it was chosen. Who is brought to, does not."""
    return _stops((_where(stop.place), stop.window) for stop in errands.stops if _is_made(stop))


def shared(errands: Errands) -> dict[uuid.UUID, list[tuple[Errand, Offered]]]:
    """The depots at which several shops of a round hand over, each with their ways there."""
    found: dict[uuid.UUID, list[tuple[Errand, Offered]]] = {}
    for stop in errands.stops:
        for way in stop.ways:
            if way.place.depot_id and stop.shop.doors != Shop.Doors.CLOSED:
                found.setdefault(way.place.depot_id, []).append((stop, way))
    return {depot: those for depot, those in found.items() if len(those) > 1}


def best(errands: Errands, *, now: dt.datetime, after: dt.datetime | None) -> Meeting | None:
    """The meeting that spares most stops, the soonest of those after the wish; None when none spares any."""
    found = [
        meeting
        for depot in shared(errands)
        if (meeting := at(errands, depot, now=now, after=after)) is not None
    ]
    sparing = (meeting for meeting in found if meeting.after < meeting.before)
    return min(sparing, key=lambda one: (one.after, one.starts, one.place.name), default=None)


def at(errands: Errands, depot: uuid.UUID, *, now: dt.datetime, after: dt.datetime | None) -> Meeting | None:
    """The time at which most of a round can be had at one depot; None when no two of its stops can."""
    ways = {stop.shop.id: way for stop, way in shared(errands).get(depot, [])}
    able = {
        stop.shop.id: list(islice(stop.coming(ways[stop.shop.id], now=now, after=after), MOST_SLOTS))
        for stop in errands.stops
        if stop.shop.id in ways and stop.why_not(ways[stop.shop.id]) is None
    }
    starts = _best_time(list(able.values()))
    if starts is None:
        return None
    joining, apart = [], []
    for stop in errands.stops:
        way, window = ways.get(stop.shop.id), _slot_at(able.get(stop.shop.id, []), starts)
        if way and window:
            joining.append(Joining(stop, way, window))
        else:
            apart.append(Apart(stop, way, stop.why_not(way) if way else None))
    left = [(_where(one.stop.place), one.stop.window) for one in apart if _is_made(one.stop)]
    together = [(depot, one.window) for one in joining]
    place = joining[0].way.place
    return Meeting(depot, place, starts, joining, apart, stops(errands), _stops([*left, *together]))


def _best_time(able: Sequence[Sequence[Window]]) -> dt.datetime | None:
    """When most of these can be had at once, the soonest; None when no two can."""
    moments = sorted({window.start for windows in able for window in windows})
    number, negative = max(
        (
            (sum(_slot_at(windows, moment) is not None for windows in able), -place)
            for place, moment in enumerate(moments)
        ),
        default=(0, 0),
    )
    return moments[-negative] if number > 1 else None


def _slot_at(windows: Sequence[Window], moment: dt.datetime) -> Window | None:
    """The one of these slots, which follow one another, in which a moment falls."""
    place = bisect_right(windows, moment, key=lambda window: window.start)
    return windows[place - 1] if place and moment < windows[place - 1].end else None


def _is_made(stop: Errand) -> bool:
    return stop.window is not None and not (stop.way and stop.way.comes_to_you)


def _where(place: Place | None) -> Where:
    assert place is not None
    return place.depot_id or place.id


def _stops(made: Iterable[tuple[Where, Window | None]]) -> int:
    """How many moments it takes to be at each of these places in each of these windows."""
    number, since = 0, dict[Where, dt.datetime]()
    for where, window in sorted(
        ((where, window) for where, window in made if window), key=lambda one: one[1].end
    ):
        if where not in since or since[where] < window.start:
            # As late as this window allows: what follows there and has begun by then is had with it.
            since[where] = window.end - dt.timedelta(seconds=1)
            number += 1
    return number
