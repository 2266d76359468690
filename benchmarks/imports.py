# SPDX-License-Identifier: AGPL-3.0-or-later
"""Catalogues on their way in and out, and who waits meanwhile. Each in a process and a data folder of its own."""

import json
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.client import ask, middle, shown, warm
from benchmarks.figures import Figure, Measured
from benchmarks.ground import (
    HALLES,
    LARGE,
    PATIENCE,
    ROOT,
    SMALL,
    USUAL,
    VAR,
    BenchError,
    Ground,
    environment,
    fill,
    house,
    inside,
)

LONG = 60_000  # rows: more than can be written while one looks
RUNS = 5


def _inside(what: str, rows: int) -> dict[str, Any]:
    with _folder(f"imports-{what}-{rows}") as data:
        said: dict[str, Any] = json.loads(
            inside("benchmarks.catalogue", what, str(rows), env=environment(data)).splitlines()[-1]
        )
    return said


@contextmanager
def _folder(name: str) -> Iterator[Path]:
    data = VAR / name
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir(parents=True)
    try:
        yield data
    finally:
        shutil.rmtree(data, ignore_errors=True)


@cache
def _times() -> dict[str, list[float]]:
    return _inside("times", USUAL)


def _ratio(above: str, below: str, times: Callable[[], dict[str, list[float]]]) -> Measured:
    seen = times()
    seconds = {f"{name}_s": shown(values) for name, values in seen.items()}
    return Measured(middle(seen[above]) / middle(seen[below]), seconds | {"rows": USUAL})


def _products(_ground: Ground) -> Measured:
    """Writing the rows; what the look before it takes is told beside."""
    return _ratio("first", "plain", _times)


def _again(_ground: Ground) -> Measured:
    return _ratio("again", "first", _times)


def _export(_ground: Ground) -> Measured:
    return _ratio("export", "read", lambda: _inside("out", USUAL))


def _memory(_ground: Ground) -> Measured:
    seen = [_inside("memory", rows) for rows in (USUAL, LARGE)]
    usual, large = (said["megabytes"] for said in seen)
    with_files = shown([said["with_files"] for said in seen])
    told = {"megabytes": shown([usual, large]), "with_files": with_files, "rows": [USUAL, LARGE]}
    return Measured(large / usual, told)


def _while(_ground: Ground) -> Measured:
    """One product's page, asked for by a crowd before, during and after the writing of an import."""
    with _folder("imports-while") as data:
        town = fill(data, SMALL)
        path = data / "catalogue.csv"
        inside("benchmarks.catalogue", "file", str(path), str(LONG), env=environment(data))
        with house(data) as origin:
            page = [town["product"]]
            warm(origin, page)
            quiet = [ask(origin, page).per_second for _ in range(RUNS)]
            with _importing(data, path, town["shop"].rpartition("/")[2]) as still:
                busy = [ask(origin, page).per_second for _ in range(RUNS)]
                if not still():
                    said = (data / "import.log").read_text(errors="replace")[-1000:]
                    raise BenchError(f"the import ended before it was measured: {said}")
            quiet += [ask(origin, page).per_second for _ in range(RUNS)]
    told = {"per_second": shown(quiet), "meanwhile": shown(busy), "products": SMALL, "rows": LONG}
    return Measured(middle(busy) / middle(quiet), told)


@contextmanager
def _importing(data: Path, file: Path, shop: str) -> Iterator[Callable[[], bool]]:
    """While `halles import products` writes; whether it still does."""
    command = [*HALLES, "import", "products", str(file), "--shop", shop, "--online"]
    env = environment(data)
    with (
        (data / "import.log").open("wb") as log,
        subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=log) as running,
    ):
        try:
            deadline = time.monotonic() + 3 * PATIENCE
            while running.poll() is None and not _written(data) and time.monotonic() < deadline:
                time.sleep(0.5)
            if not _written(data):
                raise BenchError((data / "import.log").read_text(errors="replace")[-2000:])
            yield lambda: running.poll() is None
        finally:
            running.terminate()


def _written(data: Path) -> int:
    """How many rows are in."""
    (base,) = data.glob("*.sqlite3")
    with closing(sqlite3.connect(f"file:{base}?mode=ro", uri=True)) as opened:
        (count,) = opened.execute("SELECT coalesce(max(position), 0) FROM imports_import").fetchone()
    return int(count)


FIGURES = [
    Figure("import.products", "x", "<= 8", _products),
    Figure("import.again", "x", "<= 0.5", _again),
    Figure("import.memory", "x", "<= 1.2", _memory),
    Figure("import.while", "x", ">= 0.6", _while),
    Figure("export.products", "x", "<= 4", _export),
]
