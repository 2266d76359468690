# SPDX-License-Identifier: AGPL-3.0-or-later
"""Rounds: how long a good order of forty stops takes to find, and how much shorter it is than going to the nearest each time.

The instance is always the same. A plan that is known to be possible is made first: two vehicles go round one half of the
town each, twenty doors a half, visited by their angle from the shop. The window of each door is cut from it: a fifth of the
plan's length, around the hour at which it is there.
"""

import random
import time
from math import atan2

from benchmarks.client import middle
from benchmarks.figures import Figure, Measured
from benchmarks.ground import BenchError, Ground
from halles.domain.rounds.planning import plan
from halles.domain.rounds.rules import Plan, Problem, straight, timed, travel
from halles.kernel.points import Point

STOPS, VEHICLES = 40, 2
SLACK = 0.2  # of the known plan's length: how wide a window is
SEED = 40
SHOP: Point = (4_658_000, 34_000)
NORTH, EAST = 9_000, 13_000  # in 1/100,000 degree: some ten kilometres each way
TIMES = 5


def instance() -> tuple[Problem, list[list[int]]]:
    """Forty doors with their windows, and the plan they were cut from."""
    lot = random.Random(SEED)
    doors = [(SHOP[0] + lot.randint(-NORTH, NORTH), SHOP[1] + lot.randint(-EAST, EAST)) for _ in range(STOPS)]
    seconds = straight([SHOP, *doors, SHOP])
    by_angle = sorted(
        range(1, STOPS + 1),
        key=lambda stop: atan2(doors[stop - 1][0] - SHOP[0], doors[stop - 1][1] - SHOP[1]),
    )
    share = STOPS // VEHICLES
    known = [by_angle[number * share : (number + 1) * share] for number in range(VEHICLES)]
    arrivals = [timed(seconds, [(stop, 0) for stop in route], 0) for route in known]
    length = max(route[-1].at for route in arrivals)
    half = round(length * SLACK / 2)
    at = {arrival.number: arrival.at for route in arrivals for arrival in route}
    windows = [(max(0, at[stop] - half), at[stop] + half) for stop in range(1, STOPS + 1)]
    return Problem(seconds, windows, 0, 2 * length, VEHICLES), known


def nearest_first(problem: Problem) -> tuple[list[list[int]], int]:
    """Whoever is free goes to the nearest door whose hour has come when he is there, else to the one that opens first.

    He leaves nobody out: the routes, and at how many doors he is late, which a plan is not.
    """
    left = set(range(1, len(problem.windows) + 1))
    routes: list[list[int]] = [[] for _ in range(problem.vehicles)]
    free = dict.fromkeys(range(problem.vehicles), problem.begin)
    late = 0
    while left:
        vehicle = min(free, key=lambda one: free[one])
        way = problem.seconds[routes[vehicle][-1] if routes[vehicle] else 0]
        now = free[vehicle]
        there = {stop: max(now + way[stop], problem.windows[stop - 1][0]) for stop in left}
        at_once = [stop for stop in left if there[stop] == now + way[stop]]
        stop = min(at_once, key=way.__getitem__) if at_once else min(left, key=there.__getitem__)
        left.discard(stop)
        routes[vehicle].append(stop)
        late += there[stop] > problem.windows[stop - 1][1]
        free[vehicle] = there[stop] + problem.service
    return routes, late


def _on_the_road(problem: Problem, routes: list[list[int]]) -> int:
    return sum(travel(problem.seconds, route) for route in routes)


def _check(problem: Problem, found: Plan) -> None:
    """A plan that is quick because it is wrong is no figure."""
    made = sorted([arrival.number for route in found.routes for arrival in route] + list(found.dropped))
    if made != list(range(1, STOPS + 1)):
        raise BenchError("not every stop is in the plan once")
    for route in found.routes:
        for arrival in route:
            first, last = problem.windows[arrival.number - 1]
            if not first <= arrival.at <= last:
                raise BenchError(f"stop {arrival.number} is made outside its window")


def _planned(_: Ground) -> Measured:
    problem, _known = instance()
    took, dropped = [], 0
    for _time in range(TIMES):
        began = time.perf_counter()
        found = plan(problem)
        took.append(time.perf_counter() - began)
        _check(problem, found)
        dropped = max(dropped, len(found.dropped))
    detail = {
        "dropped": dropped,
        "stops": STOPS,
        "vehicles": VEHICLES,
        "seconds": [round(one, 2) for one in took],
    }
    return Measured(middle(took), detail)


def _gain(_: Ground) -> Measured:
    problem, known = instance()
    found = plan(problem)
    _check(problem, found)
    if found.dropped:
        raise BenchError(f"{len(found.dropped)} stops are not made")
    ours = _on_the_road(problem, [[arrival.number for arrival in route] for route in found.routes])
    nearest, late = nearest_first(problem)
    theirs = _on_the_road(problem, nearest)
    detail = {
        "road_s": ours,
        "nearest_road_s": theirs,
        "nearest_late": late,
        "known_plan_road_s": _on_the_road(problem, known),
    }
    return Measured(1 - ours / theirs, detail)


FIGURES = [
    Figure("rounds.40", "s", "<= 5", _planned),
    Figure("rounds.40.gain", "share", ">= 0.15", _gain),
]
