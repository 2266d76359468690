# SPDX-License-Identifier: AGPL-3.0-or-later
"""The child of `planning`: a problem as JSON on standard input, who goes where in which order on standard output.

Run as a file, isolated: VROOM brings numpy and pandas, which nobody else here needs.
"""

import json
import sys
from datetime import timedelta
from typing import Any

MOST_MEMORY = 2 * 1024**3  # bytes of address space
MOST_SECONDS = 30  # of computing
SEARCH = 5  # how hard it looks, of 5
PATIENCE = timedelta(seconds=3)  # what it has by then is good


def solve(problem: dict[str, Any]) -> dict[str, Any]:
    """The routes as lists of stops, numbered from 1, and the stops in none."""
    import vroom

    home = len(problem["seconds"]) - 1
    asked = vroom.Input()
    asked.set_durations_matrix("car", problem["seconds"])
    drive = vroom.TimeWindow(problem["begin"], problem["end"])
    for number in range(problem["vehicles"]):
        asked.add_vehicle(vroom.Vehicle(number, start=0, end=home, time_window=drive))
    for number, (first, last) in enumerate(problem["windows"], start=1):
        window = vroom.TimeWindow(first, last)
        asked.add_job(
            vroom.Job(number, location=number, default_service=problem["service"], time_windows=[window])
        )
    found = asked.solve(exploration_level=SEARCH, nb_threads=2, timeout=PATIENCE).to_dict()
    return {
        "routes": [
            [step["id"] for step in route["steps"] if step["type"] == "job"] for route in found["routes"]
        ],
        "dropped": [job["id"] for job in found["unassigned"]],
    }


def main() -> int:
    """Exit code 0; the parent takes anything else for a limit met."""
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    json.dump(solve(json.load(sys.stdin)), sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
