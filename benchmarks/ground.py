# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is measured on: towns built once under `var/bench`, and servers that live as long as the run."""

import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Self

from tests.postgres import free_port

from halles.doors.cli.orphans import SUPERVISED, die_with_parent

ROOT = Path(__file__).resolve().parents[1]
VAR = ROOT / "var" / "bench"
SETTINGS = "halles.config.settings"
HALLES = [sys.executable, "-c", "from halles.config.command import main; main()"]
PATIENCE = 60.0
SMALL, USUAL, LARGE = 1_000, 10_000, 100_000

Town = dict[str, Any]  # what `benchmarks.town` noted: addresses and words to ask for


class BenchError(Exception):
    """A figure cannot be measured, or what was measured cannot be trusted."""


def say(words: str) -> None:
    """Tell what is going on."""
    sys.stderr.write(words + "\n")
    sys.stderr.flush()


def environment(data: Path, **more: str) -> dict[str, str]:
    """What our processes are told: nothing of the caller's own installation."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("HALLES_", "DATABASE_URL"))
    }
    return kept | {"HALLES_DATA": str(data), "DJANGO_SETTINGS_MODULE": SETTINGS} | more


def inside(module: str, *arguments: str, env: dict[str, str]) -> str:
    """Run one of our modules to its end inside the product; what it printed.

    :raises BenchError: with the last words of what went wrong.
    """
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.inside", module, *arguments],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise BenchError(f"{module}: {done.stderr.strip()[-2000:]}")
    return done.stdout


@contextlib.contextmanager
def running(
    command: Sequence[str], env: dict[str, str], origin: str, health: str, log: Path
) -> Iterator[str]:
    """A server, from its first good answer until it is no longer needed.

    :raises BenchError: when it does not come up.
    """
    with log.open("wb") as output:
        server = subprocess.Popen(
            list(command),
            cwd=ROOT,
            env=env | {SUPERVISED: "1"},
            stdout=output,
            stderr=output,
            start_new_session=True,
            preexec_fn=die_with_parent,
        )
    try:
        _wait(server, origin + health, log)
        yield origin
    finally:
        server.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(PATIENCE)


def _wait(server: subprocess.Popen[bytes], address: str, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=5):
            return
        time.sleep(0.1)
    raise BenchError(f"{address} does not answer: {log.read_text(errors='replace').strip()[-2000:]}")


def fetch(address: str) -> bytes:
    """A page as it is, uncompressed.

    :raises BenchError: when it is not there.
    """
    try:
        with urllib.request.urlopen(address, timeout=20) as response:
            body: bytes = response.read()
    except urllib.error.URLError as error:
        raise BenchError(f"{address}: {error}") from error
    return body


@contextlib.contextmanager
def house(data: Path, **more: str) -> Iterator[str]:
    """The real product as an operator starts it, server and worker, on a data folder; its origin."""
    port = free_port()
    origin = f"http://127.0.0.1:{port}"
    env = environment(data, HALLES_PORT=str(port), HALLES_ORIGIN=f"http://localhost:{port}", **more)
    with running([*HALLES, "run", "--no-demo"], env, origin, "/healthz", data / "log") as address:
        yield address


class Ground:
    """Towns and servers of one run, each made when it is first asked for."""

    def __init__(self) -> None:
        self.ending = contextlib.ExitStack()
        self.towns: dict[int, Town] = {}
        self.houses: dict[int, str] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.ending.close()

    def town(self, size: int) -> Town:
        """A town with so many products, as it was when it was built."""
        if size not in self.towns:
            self.towns[size] = _built(size)
        return self.towns[size]

    def house(self, size: int = USUAL) -> str:
        """The real product serving such a town."""
        if size not in self.houses:
            self.town(size)
            self.houses[size] = self.ending.enter_context(house(folder(size)))
        return self.houses[size]

    @cached_property
    def page_bytes(self) -> int:
        """How long the weighed product's page is."""
        return len(fetch(self.house() + self.town(USUAL)["product"]))


def folder(size: int) -> Path:
    """Where a town lives."""
    return VAR / f"town-{size}"


def fill(data: Path, size: int, **more: str) -> Town:
    """A new town in a data folder (and in the database of `DATABASE_URL`, when given)."""
    data.mkdir(parents=True, exist_ok=True)
    inside("benchmarks.town", str(size), env=environment(data, **more))
    town: Town = json.loads((data / "town.json").read_text())
    return town


def _built(size: int) -> Town:
    data, wanted = folder(size), stamp()
    note = data / "stamp"
    if not note.exists() or note.read_text() != wanted:
        say(f"building a town of {size} products")
        shutil.rmtree(data, ignore_errors=True)
        fill(data, size)
        note.write_text(wanted)
    town: Town = json.loads((data / "town.json").read_text())
    return town


def stamp(*more: Path) -> str:
    """Another one when what a town is made by has changed."""
    sources = [
        ROOT / "benchmarks" / "town.py",
        *sorted(ROOT.glob("src/halles/domain/*/migrations/*.py")),
        *more,
    ]
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()
