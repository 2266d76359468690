# SPDX-License-Identifier: AGPL-3.0-or-later
"""How soon the bell rings: from the commit of an order to the push service's yes, on SQLite, with one worker."""

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from tests.pushserver import PushServer, push_server

from benchmarks.client import middle
from benchmarks.figures import Figure, Measured
from benchmarks.ground import PATIENCE, ROOT, VAR, BenchError, Ground, environment, inside
from halles.doors.cli.orphans import SUPERVISED, die_with_parent

DATA = VAR / "push"


def _delay(_: Ground) -> Measured:
    shutil.rmtree(DATA, ignore_errors=True)
    DATA.mkdir(parents=True)
    with push_server() as service:
        near = (str(service.port), str(service.certificate))
        said = json.dumps(service.browser().said)
        article = inside("benchmarks.rung", "prepare", *near, said, env=environment(DATA)).split()[-1]
        with _worker(*near):
            last = inside("benchmarks.rung", "order", *near, article, env=environment(DATA)).splitlines()[-1]
            committed: list[float] = json.loads(last)
            _wait(service, len(committed))
        if service.complaints:
            raise BenchError(f"the push service complains: {service.complaints[0]}")
        delays = [yes - at for at, yes in zip(committed, service.accepted, strict=True)]
    detail = {"orders": len(delays), "median_s": round(middle(delays), 3), "least_s": round(min(delays), 3)}
    return Measured(max(delays), detail)


@contextmanager
def _worker(port: str, certificate: str) -> Iterator[None]:
    """A worker of the product that sees the push service where the world would see it."""
    command = [sys.executable, "-m", "benchmarks.inside", "benchmarks.rung", "work", port, certificate]
    with (DATA / "log").open("wb") as log:
        worker = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment(DATA) | {SUPERVISED: "1"},
            stdout=log,
            stderr=log,
            preexec_fn=die_with_parent,
        )
    try:
        yield
    finally:
        worker.terminate()
        worker.wait(PATIENCE)


def _wait(service: PushServer, number: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while len(service.accepted) < number:
        if time.monotonic() > deadline:
            raise BenchError(f"{len(service.accepted)} rings for {number} orders")
        time.sleep(0.1)


FIGURES = [Figure("push.delay", "s", "<= 2", _delay)]
