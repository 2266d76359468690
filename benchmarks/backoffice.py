# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every screen of Ma boutique in the busiest shop there will be, in floors; the slowest is the figure.

Screens are taken from the URL map (`benchmarks/screens.py`): one that was added is measured, or the figure fails. All are
measured shortly, the floor between them; those that came last once more, and longer.
"""

import datetime as dt
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.base import against_floor, floor_of
from benchmarks.client import ask
from benchmarks.figures import Figure, Measured
from benchmarks.ground import ROOT, VAR, BenchError, Ground, environment, house, inside, say, stamp

DATA = VAR / "busy"
MOST_QUERIES = 15
MOST_KB = 60
FINALISTS = 3
CONNECTIONS = 4  # as many as keep two workers busy
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
def busy_shop() -> Iterator[tuple[str, dict[str, str], list[dict[str, Any]]]]:
    """The product serving it, what says that one is signed in, and its screens as seen from inside."""
    built()
    with house(DATA) as origin:
        seen = looked_at(DATA)
        yield origin, {"Cookie": f"sessionid={seen['session']}"}, _screens(seen["screens"])


def _screens(seen: list[dict[str, Any]]) -> list[dict[str, Any]]:
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


def _slowest(ground: Ground) -> Measured:
    floor = floor_of(ground)
    with busy_shop() as (origin, headers, screens):

        def speed(screen: dict[str, Any], seconds: float) -> float:
            path = [screen["path"]]
            run = ask(origin, path, headers=headers, seconds=seconds, connections=CONNECTIONS)
            if run.bytes_each < screen["bytes"]:
                raise BenchError(f"{screen['path']}: {run.bytes_each:.0f} bytes instead of {screen['bytes']}")
            return run.per_second

        def shortly(screen: dict[str, Any]) -> float:
            try:
                return speed(screen, SHORT)
            except BenchError:
                return speed(screen, LONG)

        for screen in screens:
            shortly(screen)  # each worker has then shown it once
            screen["floors"] = round(shortly(screen) / floor.per_second(SHORT), 3)
            say(f"{screen['floors']:6} {screen['queries']} {screen['bytes']:7} {screen['path']}")
        last = sorted(screens, key=lambda screen: screen["floors"])[:FINALISTS]
        finals = [(screen, against_floor(ground, lambda s=screen: speed(s, 3 if s["floors"] > 0.03 else LONG))) for screen in last]
    screen, measured = min(finals, key=lambda pair: pair[1].value)
    heavy = [s["path"] for s in screens if s["gzip"] > MOST_KB * 1000]
    told = {
        "slowest": screen["path"],
        "finalists": {s["path"]: round(m.value, 3) for s, m in finals},
        "screens": len(screens),
        "most_queries": max(max(s["queries"]) for s in screens),
        "over_60_kb": heavy,
    }
    rows = sorted(screens, key=lambda s: s["floors"])
    each = [[s["path"], s["floors"], *s["queries"], s["bytes"], s["gzip"]] for s in rows]
    columns = ["path", "floors", "queries cold", "queries warm", "bytes", "bytes in gzip"]
    return Measured(measured.value, told | measured.detail | {"columns": columns, "each": each})


FIGURES = [Figure("backoffice.slowest", "floors", ">= 0.2", _slowest)]
