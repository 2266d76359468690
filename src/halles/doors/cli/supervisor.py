# SPDX-License-Identifier: AGPL-3.0-or-later
"""One process tree: the web server and the worker under one parent, which starts again what falls."""

import contextlib
import logging
import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from types import FrameType

from halles.doors.cli.orphans import SUPERVISED, die_with_parent

logger = logging.getLogger("halles.run")

TICK = 0.1
GRACE = 10.0
# A child that lived so long has recovered: the next fall is a new story.
RECOVERED = 60.0
LONGEST_REST = 30.0


class Child:
    """A command that ought to be running."""

    def __init__(self, name: str, argv: list[str]) -> None:
        self.name = name
        self.argv = argv
        self.process: subprocess.Popen[bytes] | None = None
        self.started_at = 0.0
        self.restart_at = 0.0
        self.falls = 0

    def start(self) -> None:
        """In a session of its own: Ctrl-C reaches the supervisor alone, which then asks each child once."""
        self.started_at = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603 our own commands
            self.argv,
            env={**os.environ, SUPERVISED: "1", "PYTHONUNBUFFERED": "1"},
            start_new_session=True,
            preexec_fn=die_with_parent,
        )

    def look_after(self) -> None:
        """Start it, or start it again after a rest that grows while it keeps falling."""
        now = time.monotonic()
        if self.process is not None and self.process.poll() is not None:
            self.falls = 1 if now - self.started_at > RECOVERED else self.falls + 1
            rest = min(2.0 ** (self.falls - 2), LONGEST_REST)
            logger.error("%s ended (%s); again in %g s", self.name, self.process.returncode, rest)
            self.kill_session()
            self.process, self.restart_at = None, now + rest
        if self.process is None and now >= self.restart_at:
            self.start()

    def ask_to_end(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def wait(self, deadline: float) -> None:
        """Wait until the deadline, then leave nothing behind."""
        if self.process is None:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(max(0.0, deadline - time.monotonic()))
        self.kill_session()
        self.process.wait()

    def kill_session(self) -> None:
        """End whatever the child started itself and left behind."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)


@contextlib.contextmanager
def stop_requested() -> Iterator[Callable[[], bool]]:
    """Whether somebody asked us to end, by Ctrl-C, by a closed terminal or by the system."""
    requested = False

    def note(signum: int, frame: FrameType | None) -> None:
        nonlocal requested
        requested = True

    names = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = [signal.signal(name, note) for name in names]
    try:
        yield lambda: requested
    finally:
        for name, handler in zip(names, before, strict=True):
            signal.signal(name, handler)


def answers(url: str) -> bool:
    """Whether a page answers 200."""
    try:
        with urllib.request.urlopen(url, timeout=2) as response:  # noqa: S310 our own address
            return bool(response.status == 200)
    except (OSError, urllib.error.URLError):
        return False


def supervise(children: Iterable[Child], health: str, on_healthy: Callable[[], None]) -> None:
    """Keep the children running until asked to stop; say once that all is well."""
    children = list(children)
    healthy = False
    with stop_requested() as stopping:
        try:
            while not stopping():
                for child in children:
                    child.look_after()
                if not healthy and answers(health):
                    healthy = True
                    on_healthy()
                time.sleep(TICK)
        finally:
            end(children)


def end(children: list[Child]) -> None:
    """Ask all at once, wait for all, leave nothing behind."""
    for child in children:
        child.ask_to_end()
    deadline = time.monotonic() + GRACE
    for child in children:
        child.wait(deadline)
