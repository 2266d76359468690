# SPDX-License-Identifier: AGPL-3.0-or-later
"""How long a phone takes to show that it felt a thumb: the slowest act on the main screens, a merchant's and a customer's.

A real Chromium, 390 px wide, its processor slowed four times once the page is there, in the busy shop. From a press or a
key to the next paint, as the browser itself measures it (Event Timing, by interaction), which is how web-vitals defines INP.
Each act three times, on a page of its own; an act's time is the median of its three longest interactions.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Error, Page, sync_playwright

from benchmarks.acts import ACTS, Act, Objects
from benchmarks.backoffice import DATA, built, looked_at
from benchmarks.client import middle
from benchmarks.figures import Figure, Measured
from benchmarks.ground import VAR, BenchError, Ground, house
from benchmarks.weight import CHROMIUM, PHONE

COPY = VAR / "inp"
SLOWER = 4
RUNS = 3
SETTLE = 500  # milliseconds: an event is reported after its paint
# Kept where the next page finds it: many an act ends on another one.
WATCH = """
const keep = (list) => {
  for (const { interactionId, duration, name } of list.getEntries()) {
    if (interactionId) {
      const all = JSON.parse(localStorage.getItem("inp") || "[]");
      localStorage.setItem("inp", JSON.stringify([...all, [interactionId, duration, name]]));
    }
  }
};
const watcher = new PerformanceObserver(keep);
watcher.observe({ type: "event", durationThreshold: 16 });
addEventListener("pagehide", () => keep({ getEntries: () => watcher.takeRecords() }));
for (const type of ["pointerdown", "keydown"])
  addEventListener(type, () => localStorage.setItem("felt", 1 + Number(localStorage.getItem("felt"))), true);
"""
SEEN = """() => [JSON.parse(localStorage.getItem("inp") || "[]"), Number(localStorage.getItem("felt"))]"""


@contextmanager
def _phone(chromium: Browser, origin: str, session: str) -> Iterator[Page]:
    """A slow phone that is signed in and remembers nothing else."""
    context = chromium.new_context(
        base_url=origin,
        viewport=PHONE,
        is_mobile=True,
        has_touch=True,
        locale="fr-FR",
        timezone_id="Europe/Paris",
    )
    context.set_default_timeout(20_000)
    context.add_cookies([{"name": "sessionid", "value": session, "domain": "localhost", "path": "/"}])
    context.add_init_script(WATCH)
    page = context.new_page()
    try:
        yield page
    finally:
        context.close()


@contextmanager
def _slowed(page: Page) -> Iterator[None]:
    """While something is done in it; a page that is still slow does not let itself be read, nor closed."""
    debugging = page.context.new_cdp_session(page)
    debugging.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    try:
        yield
    finally:
        debugging.send("Emulation.setCPUThrottlingRate", {"rate": 1})


def _time(page: Page, act: Act, objects: Objects, run: int) -> float:
    """Milliseconds of its longest interaction; 0 for what was shown within 16."""
    page.goto(act.path.format(**{name: ids[run % len(ids)] for name, ids in objects.items()}))
    page.wait_for_load_state("networkidle")
    with _slowed(page):
        act.do(page)
        page.wait_for_timeout(SETTLE)
    page.context.set_offline(False)
    page.wait_for_load_state("networkidle")  # the page that an act ends on
    entries, felt = page.evaluate(SEEN)
    if not felt:
        raise BenchError(f"{act.name}: nothing was pressed")
    return max((float(duration) for _id, duration, _name in entries), default=0.0)


def _slowest(_: Ground) -> Measured:
    built()
    shutil.rmtree(COPY, ignore_errors=True)
    COPY.mkdir(parents=True)
    for file in (*DATA.glob("halles.sqlite3*"), DATA / "secret-key", DATA / "push-key"):
        shutil.copy(file, COPY)
    (COPY / "media").symlink_to(DATA / "media")
    with house(COPY) as address, sync_playwright() as playwright:
        seen, origin = looked_at(COPY), address.replace("127.0.0.1", "localhost")
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        try:
            times = _all(chromium, origin, seen)
        finally:
            chromium.close()
    each = {name: middle(values) for name, values in times.items()}
    slowest = max(each, key=lambda name: each[name])
    by_time = sorted(each, key=lambda name: -each[name])
    told = {"slowest": slowest, "slower": SLOWER, "runs": RUNS, "each_ms": {n: times[n] for n in by_time}}
    return Measured(each[slowest], told)


def _all(chromium: Browser, origin: str, seen: dict[str, Any]) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {act.name: [] for act in ACTS}
    for run in range(RUNS):
        for act in ACTS:
            with _phone(chromium, origin, seen["session"]) as page:
                try:
                    times[act.name].append(_time(page, act, seen["objects"], run))
                except Error as error:
                    raise BenchError(f"{act.name}: {error.message}") from error
    return times


FIGURES = [Figure("inp.slowest", "ms", "<= 200", _slowest)]
