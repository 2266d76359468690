# SPDX-License-Identifier: AGPL-3.0-or-later
"""The process tree: what falls is started again, and nothing outlives its parent."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from halles.doors.cli.supervisor import Child, supervise

# A child that starts one of its own, as the web server does, and writes both numbers down.
CHILD = """
import os, subprocess, sys, time
grandchild = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
with open(sys.argv[1], "a") as file:
    file.write(f"{os.getpid()} {grandchild.pid}\\n")
time.sleep(60)
"""
PARENT = """
import sys
from halles.doors.cli.supervisor import Child, supervise
children = [Child("child", [sys.executable, "-c", sys.argv[2], sys.argv[1]])]
supervise(children, "http://127.0.0.1:9/healthz", lambda: None)
"""


def wait_for(condition: Callable[[], bool], patience: float = 15.0) -> None:
    deadline = time.monotonic() + patience
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


def lives(pid: int) -> bool:
    """Whether a process runs; one that nobody has buried yet does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


class Tree:
    """A supervisor in a process of its own."""

    def __init__(self, notes: Path) -> None:
        self.notes = notes
        self.parent = subprocess.Popen(
            [sys.executable, "-c", PARENT, str(notes), CHILD], stderr=subprocess.DEVNULL
        )

    def generations(self) -> list[tuple[int, int]]:
        """(child, grandchild), once for each start."""
        lines = self.notes.read_text().splitlines() if self.notes.exists() else []
        return [(int(child), int(grandchild)) for child, grandchild in (line.split() for line in lines)]


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    tree = Tree(tmp_path / "notes")
    wait_for(lambda: len(tree.generations()) == 1)
    return tree


@pytest.mark.parametrize("name", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_asked_to_end_it_leaves_nothing(tree: Tree, name: signal.Signals) -> None:
    tree.parent.send_signal(name)
    assert tree.parent.wait(15) == 0
    assert not any(lives(pid) for pid in tree.generations()[0])


def test_what_falls_is_started_again(tree: Tree) -> None:
    child, grandchild = tree.generations()[0]
    os.kill(child, signal.SIGKILL)
    wait_for(lambda: len(tree.generations()) == 2)
    assert not lives(grandchild)
    tree.parent.terminate()
    tree.parent.wait(15)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent died")
def test_killed_it_leaves_no_orphan(tree: Tree) -> None:
    child, grandchild = tree.generations()[0]
    tree.parent.kill()
    tree.parent.wait()
    wait_for(lambda: not lives(child))
    # The web server's own children ask for the same by themselves (config/wsgi.py).
    os.kill(grandchild, signal.SIGKILL)


def test_it_says_once_that_all_is_well(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    asked = 0

    def answers(url: str) -> bool:
        nonlocal asked
        asked += 1
        return asked > 1

    def on_healthy() -> None:
        said.append("well")
        os.kill(os.getpid(), signal.SIGTERM)

    monkeypatch.setattr("halles.doors.cli.supervisor.answers", answers)
    supervise([Child("idle", ["sleep", "60"])], "", on_healthy)
    assert said == ["well"]
