# SPDX-License-Identifier: AGPL-3.0-or-later
"""Slots and circles: a basket of many ways, places taken by rivals, who comes to a postal code in a town of many shops."""

import http.client
import json
import shutil
import time
import urllib.parse
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

from tests.postgres import cluster

from benchmarks.base import floor_of
from benchmarks.client import alternate, ask, middle, shown, warm
from benchmarks.figures import Figure, Measured
from benchmarks.ground import VAR, BenchError, Ground, environment, house, inside

ASKED = 30  # times for one measure
MOST_QUERIES = 12


def _town(name: str) -> tuple[Path, dict[str, object]]:
    """A new town for one of these figures, and what is to be asked of it."""
    data = VAR / f"slots-{name}"
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir(parents=True)
    return data, json.loads(inside("benchmarks.booking", name, env=environment(data)).splitlines()[-1])


def _basket(ground: Ground) -> Measured:
    floor = floor_of(ground)
    data, town = _town("basket")
    if int(str(town["queries"])) > MOST_QUERIES:
        raise BenchError(f"the basket takes {town['queries']} queries, {MOST_QUERIES} are promised")
    with house(data) as origin:
        cookie = {"Cookie": f"panier={town['basket']}"}
        baskets, floors = alternate(_median(origin, "/panier", cookie), _median(floor.origin, floor.page, {}))
    detail = town | {"ms": shown(baskets), "floor_ms": shown(floors)}
    return Measured(middle(baskets) / middle(floors), detail)


def _median(origin: str, path: str, headers: dict[str, str]) -> Callable[[], float]:
    """How long one waits for a page, in milliseconds, asked for again and again over one connection."""
    connection = http.client.HTTPConnection(urllib.parse.urlsplit(origin).netloc, timeout=60)

    def once() -> float:
        began = time.perf_counter()
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise BenchError(f"{path}: {answer.status}")
        return (time.perf_counter() - began) * 1000

    for _ in range(5):
        once()
    return lambda: middle([once() for _ in range(ASKED)])


def _reach(ground: Ground) -> Measured:
    floor = floor_of(ground)
    data, town = _town("reach")
    path = str(town["path"])
    with house(data) as origin:
        warm(origin, [path], fresh=True)
        pages, floors = alternate(
            lambda: ask(origin, [path], fresh=True, connections=1).median,
            lambda: ask(floor.origin, [floor.page], connections=1).median,
        )
    return Measured(middle(pages) / middle(floors), town | {"ms": shown(pages), "floor_ms": shown(floors)})


def _take(database: str) -> Callable[[Ground], Measured]:
    def measure(_: Ground) -> Measured:
        data = VAR / f"slots-take-{database}"
        shutil.rmtree(data, ignore_errors=True)
        data.mkdir(parents=True)
        with cluster(careful=True) if database == "postgresql" else nullcontext("") as url:
            env = environment(data, **({"DATABASE_URL": url} if url else {}))
            said = json.loads(inside("benchmarks.booking", "take", env=env).splitlines()[-1])
        if said["booked"] != said["room"] or said["counted"] != said["room"]:
            raise BenchError(f"{said['rivals']} rivals took {said['booked']} of {said['room']} places")
        return Measured(middle(said["bare_s"]) / middle(said["ours_s"]), said)

    return measure


FIGURES = [
    Figure("slots.basket", "x", "<= 10", _basket),
    Figure("slots.take.sqlite", "x", ">= 0.4", _take("sqlite")),
    Figure("slots.take.postgresql", "x", ">= 0.4", _take("postgresql")),
    Figure("reach.postcode", "x", "<= 4", _reach),
]
