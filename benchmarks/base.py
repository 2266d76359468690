# SPDX-License-Identifier: AGPL-3.0-or-later
"""The floor's server, the figures about it, and how everything else is measured in it."""

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import cached_property
from typing import Any

from tests.postgres import free_port

from benchmarks.client import SECONDS, alternate, ask, middle, shown, warm
from benchmarks.figures import Figure, Measured
from benchmarks.ground import USUAL, BenchError, Ground, environment, fetch, folder, running

SETTINGS = "benchmarks.floor.settings"
LEAST_CLIENT = 10  # a client that is not so much faster than the floor measures itself
TOLERANCE = 0.05


class Floor:
    """The floor's server, its page as long as the product's."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.page = f"/page/{ground.town(USUAL)['gtin']}"
        self.origin = ground.ending.enter_context(self._server())
        self.page_bytes = len(fetch(self.origin + self.page))
        if abs(self.page_bytes - ground.page_bytes) > TOLERANCE * ground.page_bytes:
            raise BenchError(f"the floor has {self.page_bytes} bytes, the product's page {ground.page_bytes}")
        warm(self.origin, [self.page])

    def _server(self) -> AbstractContextManager[str]:
        port, data = free_port(), folder(USUAL)
        env = environment(data, HALLES_PORT=str(port), FLOOR_PAGE_BYTES=str(self.ground.page_bytes))
        command = [sys.executable, "-m", "benchmarks.serve"]
        named = env | {"DJANGO_SETTINGS_MODULE": SETTINGS}
        return running(command, named, f"http://127.0.0.1:{port}", "/ok", data / "floor.log")

    def per_second(self, seconds: float = SECONDS) -> float:
        """Pages per second."""
        return ask(self.origin, [self.page], seconds=seconds).per_second

    @cached_property
    def client(self) -> float:
        """How much faster the client is than the floor; measured once a run.

        :raises BenchError: when it is too slow for anything measured with it to mean something.
        """
        statics, floors = alternate(
            lambda: ask(self.origin, ["/static"], seconds=1).per_second, self.per_second, rounds=3
        )
        ratio = middle(statics) / middle(floors)
        if ratio < LEAST_CLIENT:
            raise BenchError(f"void: the client is only {ratio:.1f} times as fast as the floor")
        return round(ratio, 1)


_floors: dict[Ground, Floor] = {}


def floor_of(ground: Ground) -> Floor:
    """The floor of this run."""
    if ground not in _floors:
        _floors[ground] = Floor(ground)
    return _floors[ground]


def against_floor(ground: Ground, per_second: Callable[[], float], **detail: Any) -> Measured:  # noqa: ANN401
    """Something per second ÷ the floor's pages per second."""
    floor = floor_of(ground)
    client = floor.client
    floors, values = alternate(floor.per_second, per_second)
    seen = {"per_second": shown(values), "floor_per_second": shown(floors), "client": client}
    return Measured(middle(values) / middle(floors), detail | seen)


def _floor(ground: Ground) -> Measured:
    floor = floor_of(ground)
    client = floor.client
    (values,) = alternate(floor.per_second)
    alone = [ask(floor.origin, [floor.page], connections=1, seconds=1).median for _ in values]
    detail = {
        "client": client,
        "per_second": shown(values),
        "time_ms": round(middle(alone), 3),
        "page_bytes": floor.page_bytes,
        "product_page_bytes": ground.page_bytes,
    }
    return Measured(middle(values), detail)


def _sanity(ground: Ground) -> Measured:
    floor = floor_of(ground)
    client = floor.client
    floors, constants = alternate(floor.per_second, lambda: ask(floor.origin, ["/ok"]).per_second)
    detail = {"per_second": shown(floors), "two_bytes_per_second": shown(constants), "client": client}
    return Measured(middle(floors) / middle(constants), detail)


FIGURES = [
    Figure("floor", "pages/s", "", _floor),
    Figure("floor.sanity", "x", ">= 0.05", _sanity),
]
