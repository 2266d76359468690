# SPDX-License-Identifier: AGPL-3.0-or-later
"""Lighthouse's marks for three pages, as a telephone sees them; the median of five.

It is installed once under `var/bench/node`, locked by `benchmarks/lighthouse/package-lock.json`; it
needs Node.js and npm.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.client import middle
from benchmarks.figures import Figure, Measured
from benchmarks.ground import USUAL, VAR, BenchError, Ground, say
from benchmarks.weight import CHROMIUM

ROUNDS = 5
ATTEMPTS = 3
LOCKED = Path(__file__).with_name("lighthouse")
NODE = VAR / "node"
PROGRAM = NODE / "node_modules" / ".bin" / "lighthouse"
GOALS = {"performance": ">= 95", "accessibility": ">= 98", "best-practices": ">= 98", "seo": ">= 98"}
PAGES = ("front", "shop", "product")

Reports = list[dict[str, Any]]
_reports: dict[str, Reports] = {}


@cache
def _trouble() -> str:
    """Why lighthouse cannot be had as it is locked; "" when it is there. Tried once a run."""
    lock, installed = LOCKED / "package-lock.json", NODE / "package-lock.json"
    if PROGRAM.exists() and installed.exists() and installed.read_bytes() == lock.read_bytes():
        return ""
    if not shutil.which("npm"):
        return "npm is missing: apt-get install --no-install-recommends npm"
    NODE.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(LOCKED / name, NODE / name)
    say("installing lighthouse")
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    done = subprocess.run(command, cwd=NODE, capture_output=True, text=True, check=False)
    return done.stderr[:2000] if done.returncode else ""


def _looked_at(ground: Ground, page: str) -> Reports:
    """Five reports on a page."""
    if page not in _reports:
        if _trouble():
            raise BenchError(_trouble())
        path = "/" if page == "front" else ground.town(USUAL)[page]
        address = ground.house().replace("127.0.0.1", "localhost") + path
        _reports[page] = [_report(address) for _ in range(ROUNDS)]
    return _reports[page]


def _report(address: str) -> dict[str, Any]:
    """One report. Now and then the browser gives no trace: lighthouse then says to ask again."""
    for attempt in range(ATTEMPTS):
        try:
            return _asked(address)
        except BenchError as error:
            if attempt == ATTEMPTS - 1:
                raise
            say(f"once more: {error}")
    raise AssertionError


def _asked(address: str) -> dict[str, Any]:
    flags = "--headless=new" + (" --no-sandbox" if os.geteuid() == 0 else "")
    command = [str(PROGRAM), address, "--output=json", "--quiet", f"--chrome-flags={flags}"]
    command += [f"--only-categories={','.join(GOALS)}"]
    env = {**os.environ, "CHROME_PATH": CHROMIUM}
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False, timeout=180)
    try:
        report: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        raise BenchError(f"lighthouse: {done.stderr.strip()[-2000:]}") from None
    if error := report.get("runtimeError"):
        raise BenchError(f"lighthouse: {error['message']}")
    return report


def _mark(page: str, category: str) -> Callable[[Ground], Measured]:
    def measure(ground: Ground) -> Measured:
        reports = _looked_at(ground, page)
        marks = [report["categories"][category]["score"] * 100 for report in reports]
        return Measured(
            middle(marks), {"marks": marks, "missed": _missed(reports[-1], category)} | _times(reports)
        )

    return measure


def _missed(report: dict[str, Any], category: str) -> dict[str, float]:
    """What took marks away."""
    audits = report["audits"]
    counting = [ref["id"] for ref in report["categories"][category]["auditRefs"] if ref["weight"]]
    scores = {name: audits[name]["score"] for name in counting}
    return {name: score for name, score in scores.items() if score is not None and score < 1}


def _times(reports: Reports) -> dict[str, float]:
    names = ("first-contentful-paint", "largest-contentful-paint", "total-blocking-time")
    return {
        name: round(middle([report["audits"][name]["numericValue"] for report in reports])) for name in names
    } | {
        "layout-shift": round(
            middle([r["audits"]["cumulative-layout-shift"]["numericValue"] for r in reports]), 4
        )
    }


FIGURES = [
    Figure(f"lighthouse.{page}.{category}", "of 100", goal, _mark(page, category))
    for page in PAGES
    for category, goal in GOALS.items()
]
