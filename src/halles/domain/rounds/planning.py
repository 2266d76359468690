# SPDX-License-Identifier: AGPL-3.0-or-later
"""A good order, found by VROOM in a child process with limits of its own: it is heavy, and not of our making."""

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from halles.domain.rounds.rules import Arrival, Plan, Problem, timed, travel
from halles.kernel.errors import Refused

PLANNER = Path(__file__).with_name("route_planner.py")
PATIENCE = 40  # seconds
MOST_STOPS = 200


def plan(problem: Problem) -> Plan:
    """The order in which the way is short and every window is kept; what none can keep is told as dropped.

    :raises Refused: `rounds.too_many`, `rounds.no_plan` when the planner met its limits.
    """
    stops = len(problem.windows)
    if not stops:
        return Plan((), ())
    if stops > MOST_STOPS:
        raise Refused("rounds.too_many", most=MOST_STOPS)
    found, dropped = _solved(_within(problem))
    routes = tuple(_sooner(problem, route) for route in found)
    return Plan(routes, tuple(sorted(dropped)))


def _sooner(problem: Problem, route: list[int]) -> tuple[Arrival, ...]:
    """Of a drive and the same one backwards, where both keep the hours and are as long, the one for which people wait less:
    counted as if one left when the first hour has come, which is when one does.
    """
    forth, back = _timed(problem, route), _timed(problem, route[::-1])
    keeps = all(arrival.at <= problem.windows[arrival.number - 1][1] for arrival in back)
    is_home = not back or back[-1].at + problem.service + problem.seconds[back[-1].number][-1] <= problem.end
    is_longer = travel(problem.seconds, route[::-1]) > travel(problem.seconds, route)
    if not keeps or not is_home or is_longer:
        return forth
    leaves = max(problem.begin, min((problem.windows[number - 1][0] for number in route), default=0))
    ways = (route, route[::-1])
    waits = [sum(arrival.at for arrival in _timed(problem, way, leaves)) for way in ways]
    return forth if waits[0] <= waits[1] else back


def _timed(problem: Problem, route: list[int], leaves: int | None = None) -> tuple[Arrival, ...]:
    order = [(number, problem.windows[number - 1][0]) for number in route]
    begin = problem.begin if leaves is None else leaves
    return timed(problem.seconds, order, begin, service=problem.service)


def _within(problem: Problem) -> Problem:
    """The same from its beginning on: VROOM knows no time before zero, nor a window that ends before it begins."""
    begin = problem.begin
    windows = [(max(0, first - begin), max(0, last - begin)) for first, last in problem.windows]
    return Problem(
        problem.seconds, windows, 0, max(0, problem.end - begin), problem.vehicles, problem.service
    )


def _solved(problem: Problem) -> tuple[list[list[int]], list[int]]:
    """The routes and the stops in none, as the child says them."""
    try:
        done = subprocess.run(  # noqa: S603 - our own file, our own words
            [sys.executable, "-I", str(PLANNER)],
            input=json.dumps(asdict(problem)).encode(),
            capture_output=True,
            timeout=PATIENCE,
            check=True,
        )
        found = json.loads(done.stdout)
        routes, dropped = found["routes"], found["dropped"]
    except (subprocess.SubprocessError, OSError, ValueError, LookupError) as error:
        raise Refused("rounds.no_plan") from error
    return routes, dropped
