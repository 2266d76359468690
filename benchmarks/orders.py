# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whole orders per second, in floors: eight buyers at once, worker running, every letter counted.

A flow: the product's page, the basket's POST and the basket it leads to, the checkout, its POST, the order's
page. Every commit is on the disk before it is answered.
"""

import contextlib
import json
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.postgres import cluster

from benchmarks.base import against_floor
from benchmarks.buyer import REQUESTS, Buyer
from benchmarks.figures import Figure, Measured
from benchmarks.ground import USUAL, VAR, BenchError, Ground, environment, fill, folder, house, inside, say

BUYERS = 8
FLOWS_EACH = 10  # as many as one household may place that nobody has confirmed
LETTERS_EACH = 2  # one for the customer, one for the shop
PATIENCE = 120.0


class Sale:
    """A house whose orders and letters are counted."""

    def __init__(self, origin: str, data: Path, addresses: list[str], database: dict[str, str]) -> None:
        self.origin = origin
        self.data = data
        self.addresses = addresses
        self.database = database
        self.placed = 0
        self.waits: list[float] = []

    def per_second(self) -> float:
        """A wave of buyers: flows per second. Its letters are waited for: the next measure stands alone."""
        errors: list[Exception] = []
        threads = [threading.Thread(target=self._buy, args=(number, errors)) for number in range(BUYERS)]
        began = time.monotonic()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        took = time.monotonic() - began
        if errors:
            raise BenchError(f"{len(errors)} buyers were not served: {errors[0]}")
        self.placed += BUYERS * FLOWS_EACH
        self._wait_for_letters()
        self.waits.append(time.monotonic() - began - took)
        return BUYERS * FLOWS_EACH / took

    def _buy(self, number: int, errors: list[Exception]) -> None:
        try:
            buyer = Buyer(self.origin, household=1 + self.placed // FLOWS_EACH + number)
            for flow in range(FLOWS_EACH):
                chosen = (self.placed + number * FLOWS_EACH + flow) * 7 % len(self.addresses)
                buyer.order(self.addresses[chosen], f"{self.placed}-{number}-{flow}")
        except (BenchError, OSError) as error:
            errors.append(error)

    def _wait_for_letters(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while self.letters() < self.placed * LETTERS_EACH:
            if time.monotonic() > deadline:
                raise BenchError(f"{self.letters()} letters for {self.placed} orders")
            time.sleep(0.1)

    def letters(self) -> int:
        """How many were sent so far."""
        ends = b"\n" + b"-" * 79 + b"\n"
        return sum(file.read_bytes().count(ends) for file in (self.data / "mail").glob("*.log"))

    def counted(self) -> dict[str, Any]:
        """What the database says at the end.

        :raises BenchError: when an order, a letter or a good is missing or too many.
        """
        found: dict[str, Any] = json.loads(
            inside("benchmarks.audit", env=environment(self.data, **self.database))
        )
        right = {"orders": self.placed, "broken_levels": 0, "wrong_totals": 0, "failed_deliveries": 0}
        if found != right:
            raise BenchError(f"the books are wrong: {found} instead of {right}")
        return found | {"letters": self.letters()}


@contextlib.contextmanager
def _on_sqlite(ground: Ground) -> Iterator[Sale]:
    """A copy of the town, so that the next run finds it as it was."""
    town, data = ground.town(USUAL), VAR / "orders-sqlite"
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir(parents=True)
    for file in folder(USUAL).glob("halles.sqlite3*"):
        shutil.copy(file, data)
    with house(data) as origin:
        yield Sale(origin, data, town["orderable"], {})


@contextlib.contextmanager
def _on_postgresql(ground: Ground) -> Iterator[Sale]:
    """The same town in a PostgreSQL of our own, which writes as carefully as in production."""
    data = VAR / "orders-postgresql"
    shutil.rmtree(data, ignore_errors=True)
    with cluster(careful=True) as url:
        say("building the town in PostgreSQL")
        town = fill(data, USUAL, DATABASE_URL=url)
        with house(data, DATABASE_URL=url) as origin:
            yield Sale(origin, data, town["orderable"], {"DATABASE_URL": url})


Opened = Callable[[Ground], contextlib.AbstractContextManager[Sale]]


def _orders(opened: Opened) -> Callable[[Ground], Measured]:
    def measure(ground: Ground) -> Measured:
        with opened(ground) as sale:
            sale.per_second()
            measured = against_floor(
                ground,
                sale.per_second,
                buyers=BUYERS,
                requests_each=REQUESTS,
                flows_each_run=BUYERS * FLOWS_EACH,
            )
            after = [round(wait, 2) for wait in sale.waits]
            return Measured(measured.value, measured.detail | sale.counted() | {"letters_after_s": after})

    return measure


FIGURES = [
    Figure("orders.place.sqlite", "floors", ">= 0.05", _orders(_on_sqlite)),
    Figure("orders.place.postgresql", "floors", ">= 0.05", _orders(_on_postgresql)),
]
