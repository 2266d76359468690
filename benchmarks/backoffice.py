# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every screen of Ma boutique in the busiest shop there will be, in floors; the slowest is the figure.

Screens are taken from the URL map (`benchmarks/screens.py`): one that was added is measured, or the figure fails. All are
measured shortly, the floor between them; those that came last once more, and longer.
"""

import datetime as dt
import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.base import against_floor, floor_of
from benchmarks.client import SECONDS, ask
from benchmarks.figures import Figure, Measured
from benchmarks.ground import ROOT, VAR, BenchError, Ground, environment, house, inside, say, stamp

Screen = dict[str, Any]  # as `benchmarks.screens` looked at it

DATA = VAR / "busy"
GOAL = 0.2
MOST_QUERIES = 15
MOST_KB = 60
FINALISTS = 6  # of one look on a busy machine one cannot tell which is the slowest
CONNECTIONS = 16  # the system deals them out to the two workers by chance: of four, all may go to one
SHORT, LONG = 1, 10  # seconds of a look at a screen, and at one that answers nobody in that time
ONLY_DONE = 405  # never shown
ON = {"ring", "roll_send"}  # ways on to what others of them show
SOURCES = [ROOT / "benchmarks" / name for name in ("busy.py", "busy_orders.py", "catalogue.py")]


def built() -> None:
    """The busy shop, built once a day: its open orders are for today and the week that follows."""
    note = DATA / "stamp"
    wanted = f"{dt.date.today()} {stamp(*SOURCES)}"  # noqa: DTZ011 - the day of whoever measures
    if note.exists() and note.read_text() == wanted:
        return
    say("building the busy shop")
    shutil.rmtree(DATA, ignore_errors=True)
    DATA.mkdir(parents=True)
    inside("benchmarks.busy", env=environment(DATA))
    note.write_text(wanted)


def looked_at(data: Path) -> dict[str, Any]:
    """What `benchmarks.screens` says of the shop in a data folder."""
    said: dict[str, Any] = json.loads(inside("benchmarks.screens", env=environment(data)).splitlines()[-1])
    return said


@contextmanager
def busy_shop() -> Iterator[tuple[str, dict[str, str], list[Screen]]]:
    """The product serving it, what says that one is signed in, and its screens as seen from inside."""
    built()
    with house(DATA) as origin:
        seen = looked_at(DATA)
        yield origin, {"Cookie": f"sessionid={seen['session']}"}, screens_among(seen["screens"])


def screens_among(seen: list[Screen]) -> list[Screen]:
    """Those that answer HTML.

    :raises BenchError: when one of them does not open, or asks too many queries.
    """
    shown = [s for s in seen if s["status"] != ONLY_DONE and s["name"] not in ON]
    wrong = [f"{s['path']}: {s['status']}" for s in shown if s["status"] != 200]
    screens = [s for s in shown if s["type"].startswith("text/html")]
    wrong += [f"{s['path']}: {s['queries']} queries" for s in screens if max(s["queries"]) > MOST_QUERIES]
    if wrong:
        raise BenchError("; ".join(wrong))
    return screens


def _speed(origin: str, headers: Mapping[str, str], screen: Screen, seconds: float) -> float:
    """How often a second a screen is shown.

    :raises BenchError: when what came was shorter than the screen: nobody is signed in, or it says something else now.
    """
    run = ask(origin, [screen["path"]], headers=headers, seconds=seconds, connections=CONNECTIONS)
    if run.bytes_each < screen["bytes"]:
        raise BenchError(f"{screen['path']}: {run.bytes_each:.0f} bytes instead of {screen['bytes']}")
    return run.per_second


def _shortly(origin: str, headers: Mapping[str, str], screen: Screen) -> float:
    try:
        return _speed(origin, headers, screen, SHORT)
    except BenchError:
        return _speed(origin, headers, screen, LONG)


def _slowest(ground: Ground) -> Measured:
    floor = floor_of(ground)
    with busy_shop() as (origin, headers, screens):
        for screen in screens:
            _shortly(origin, headers, screen)  # each worker has then shown it once
            screen["floors"] = round(_shortly(origin, headers, screen) / floor.per_second(SHORT), 3)
            say(f"{screen['floors']:6} {screen['queries']} {screen['bytes']:7} {screen['path']}")
        screens.sort(key=lambda screen: float(screen["floors"]))
        finals = [
            (screen["path"], against_floor(ground, partial(_speed, origin, headers, screen, SECONDS)))
            for screen in screens[:FINALISTS]
        ]
    path, measured = min(finals, key=lambda pair: pair[1].value)
    told = {"slowest": path, "finalists": {p: round(m.value, 3) for p, m in finals}}
    return Measured(measured.value, told | measured.detail | _each(screens))


def _each(screens: list[Screen]) -> dict[str, Any]:
    """Every screen, the slowest first, and what can be said of all."""
    return {
        "screens": len(screens),
        "under_goal": sum(screen["floors"] < GOAL for screen in screens),
        "most_queries": max(max(screen["queries"]) for screen in screens),
        "over_60_kb_in_gzip": [screen["path"] for screen in screens if screen["gzip"] > MOST_KB * 1000],
        "columns": ["path", "floors", "queries cold", "queries warm", "bytes", "bytes in gzip"],
        "each": [[s["path"], s["floors"], *s["queries"], s["bytes"], s["gzip"]] for s in screens],
    }


FIGURES = [Figure("backoffice.slowest", "floors", f">= {GOAL}", _slowest)]
