# SPDX-License-Identifier: AGPL-3.0-or-later
"""A good order, found by VROOM in a child process with limits of its own: it is heavy, and not of our making."""

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from halles.domain.rounds.rules import Plan, Problem, timed
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
    found = _solved(_within(problem))
    routes = tuple(
        timed(
            problem.seconds,
            [(number, problem.windows[number - 1][0]) for number in route],
            problem.begin,
            service=problem.service,
        )
        for route in found["routes"]
    )
    return Plan(routes, tuple(sorted(found["dropped"])))


def _within(problem: Problem) -> Problem:
    """The same from its beginning on: VROOM knows no time before zero, nor a window that ends before it begins."""
    begin = problem.begin
    windows = [(max(0, first - begin), max(0, last - begin)) for first, last in problem.windows]
    return Problem(
        problem.seconds, windows, 0, max(0, problem.end - begin), problem.vehicles, problem.service
    )


def _solved(problem: Problem) -> dict[str, list[list[int]]]:
    try:
        done = subprocess.run(  # noqa: S603 - our own file, our own words
            [sys.executable, "-I", str(PLANNER)],
            input=json.dumps(asdict(problem)).encode(),
            capture_output=True,
            timeout=PATIENCE,
            check=True,
        )
        found: dict[str, list[list[int]]] = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError) as error:
        raise Refused("rounds.no_plan") from error
    return found
