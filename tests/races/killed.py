# SPDX-License-Identifier: AGPL-3.0-or-later
"""Processes that are killed in the middle of what they do, by SIGKILL and at any moment.

`main` is called in a process of its own: with `place BASKET…` it places each basket's order again and again, always
under the same key; with `deliver` it starts workers until it is ended itself. It says at last how many of its children
were killed before they were done.
"""

import math
import os
import random
import signal
import sys
import time
import traceback
from collections.abc import Callable

from django.db import connections

from halles.domain.orders.actions.place import Contact, place
from halles.domain.orders.errands import errands_of
from halles.domain.orders.models import Basket, Order
from halles.doors.cli.orphans import die_with_parent
from halles.doors.clock.worker import ClockWorker
from tests.factories import CUSTOMER

ATTEMPTS = 4
LONGEST_WORK = 0.8  # seconds


def main() -> None:
    """Kill as asked. Who forks has no connection of its own: his children would share it."""
    connections.close_all()
    _, what, *secrets = sys.argv
    print(place_all(secrets) if what == "place" else deliver_until_ended(), flush=True)


def place_all(secrets: list[str]) -> int:
    """The first shows how long it takes; the others are killed within that time, and press again."""
    began = time.monotonic()
    is_killed(math.inf, lambda: press(secrets[0]))
    usual = time.monotonic() - began
    lives = secrets[1:] * ATTEMPTS
    return sum(is_killed(random.uniform(0, usual), lambda s=secret: press(s)) for secret in lives)


def press(secret: str) -> Order:
    """Place a basket's order as its page would, always under the same key."""
    basket = Basket.objects.select_related("market").get(secret=secret)
    errands = errands_of(basket)
    return place(
        basket,
        Contact("Cliente 1", address_of(secret)),
        seen=errands.fingerprint,
        terms=lambda shop, counter: "Conditions",
        key=secret,
        by=CUSTOMER,
    )


def address_of(secret: str) -> str:
    """Where the owner of a basket is written to."""
    return f"cliente{secret.encode().hex()}@example.org"


def deliver_until_ended() -> int:
    """One worker after the other."""
    ended: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, _: ended.append(number))
    killed = 0
    while not ended:
        killed += is_killed(random.uniform(0, LONGEST_WORK), lambda: ClockWorker(f"{os.getpid()}").run())
    return killed


def is_killed(seconds: float, act: Callable[[], object]) -> bool:
    """Let a child do something for so long at most; whether it had to be killed."""
    child = os.fork()
    if child == 0:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        die_with_parent()
        try:
            act()
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    deadline = time.monotonic() + seconds
    ended, status = 0, 0
    while not ended and time.monotonic() < deadline:
        time.sleep(0.001)
        ended, status = os.waitpid(child, os.WNOHANG)
    if not ended:
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "it ended by itself, and not well"
    return os.WIFSIGNALED(status)
