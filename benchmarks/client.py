# SPDX-License-Identifier: AGPL-3.0-or-later
"""The client: `wrk`, told what to ask by `client.lua`; how things are measured beside each other."""

import itertools
import json
import os
import shutil
import statistics
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from benchmarks.ground import BenchError

SCRIPT = Path(__file__).with_name("client.lua")
SECONDS = 3
CONNECTIONS = 32
ROUNDS = 5

NOTHING: Mapping[str, str] = MappingProxyType({})

_salts = itertools.count(1)


@dataclass(frozen=True)
class Run:
    """What one run of the client saw; times in milliseconds."""

    per_second: float
    median: float
    p99: float
    bytes_each: float


def read(output: str) -> Run:
    """What the client printed last.

    :raises BenchError: when it printed nothing we know, had no answer at all, or a wrong one.
    """
    lines = output.strip().splitlines()
    try:
        seen: dict[str, Any] = json.loads(lines[-1])
    except (IndexError, ValueError):
        raise BenchError(f"the client said: {output.strip() or 'nothing'}") from None
    if not seen["requests"] or seen["refused"] or seen["broken"]:
        raise BenchError(f"the client was not answered as it should be: {seen}")
    return Run(
        per_second=seen["requests"] * 1_000_000 / seen["microseconds"],
        median=seen["median"] / 1000,
        p99=seen["p99"] / 1000,
        bytes_each=seen["bytes"] / seen["requests"],
    )


def ask(
    origin: str,
    paths: Sequence[str],
    *,
    fresh: bool = False,
    connections: int = CONNECTIONS,
    seconds: float = SECONDS,
    headers: Mapping[str, str] = NOTHING,
) -> Run:
    """Ask for these in turn, as fast as it goes; `fresh`: each under an address never asked for."""
    said = _run(origin, paths, fresh=fresh, connections=connections, seconds=seconds, headers=headers)
    return read(said)


def warm(origin: str, paths: Sequence[str], *, fresh: bool = False) -> None:
    """Ask for a while without looking: each worker and thread has then done everything once."""
    for _ in range(2):
        _run(origin, paths, fresh=fresh, connections=CONNECTIONS, seconds=SECONDS)


def _run(
    origin: str,
    paths: Sequence[str],
    *,
    fresh: bool,
    connections: int,
    seconds: float,
    headers: Mapping[str, str] = NOTHING,
) -> str:
    salt = f"r{os.getpid()}.{next(_salts)}" if fresh else "-"
    load = [f"-t{min(2, connections)}", f"-c{connections}", f"-d{seconds:g}s", "--timeout", "20s"]
    load += [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
    command = [wrk(), *load, "-s", str(SCRIPT), origin, "--", salt, *paths]
    return subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    ).stdout


def wrk() -> str:
    """The client, installed where nobody is asked (as root, on CI).

    :raises BenchError: with the line to type, elsewhere.
    """
    if found := shutil.which("wrk"):
        return found
    become_root = [] if os.geteuid() == 0 else ["sudo"]
    if become_root and not os.environ.get("CI"):
        raise BenchError("sudo apt-get install --no-install-recommends wrk")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update", "-qq"], ["install", "-qq", "-y", "--no-install-recommends", "wrk"]):
        subprocess.run(
            [*become_root, "apt-get", *command], check=True, env=environment, stdout=subprocess.DEVNULL
        )
    return wrk()


def alternate(*measures: Callable[[], float], rounds: int = ROUNDS) -> list[list[float]]:
    """A B A B …: whatever else the machine does, it does to all of them."""
    seen: list[list[float]] = [[] for _ in measures]
    for _ in range(rounds):
        for measure, values in zip(measures, seen, strict=True):
            values.append(measure())
    return seen


def shown(values: Sequence[float]) -> list[float]:
    """Values as a detail shows them."""
    return [round(value, 3) for value in values]


def middle(values: Sequence[float]) -> float:
    """The median."""
    return statistics.median(values)
