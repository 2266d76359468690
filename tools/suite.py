# SPDX-License-Identifier: AGPL-3.0-or-later
"""`make test`: every check in order, all of them even when one fails, and a closing line for each.

Names of parts as arguments run only these.
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.browser import CHROMIUM
from tests.postgres import programs

PYTHON = sys.executable
# Each part of the tests reads the same modules: what one has compiled is kept for the others, whatever a container says.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
BIN = Path(PYTHON).parent
FAST = ["-m", "pytest", "-q", "-m", "not browser and not race"]
RACES = ["-m", "pytest", "-q", "-m", "race"]


@dataclass(frozen=True)
class Tool:
    """A program that no Python package brings."""

    package: str
    is_there: Callable[[], bool]


TOOLS = [
    Tool("chromium", lambda: Path(CHROMIUM).exists()),
    Tool("postgresql", lambda: bool(os.environ.get("TEST_DATABASE_URL")) or programs() is not None),
    Tool("gettext", lambda: bool(shutil.which("xgettext") and shutil.which("msgmerge"))),
]

PARTS: dict[str, list[list[str]]] = {
    "lint": [
        [str(BIN / "ruff"), "check", "--quiet", "."],
        [str(BIN / "ruff"), "format", "--check", "--quiet", "."],
    ],
    "types": [[str(BIN / "mypy"), "--no-error-summary"]],
    "contracts": [[str(BIN / "lint-imports"), "--no-logo"]],
    "migrations": [
        [PYTHON, "-m", "django", "makemigrations", "--check", "--dry-run", "--settings", "tests.settings"]
    ],
    "translations": [[PYTHON, "-m", "tools.translations"]],
    "sqlite": [[PYTHON, *FAST, "-n", "2"]],
    "postgresql": [[PYTHON, *FAST, "-n", "2", "--postgres"]],
    "races": [[PYTHON, *RACES], [PYTHON, *RACES, "--postgres"]],
    "journeys": [[PYTHON, "-m", "pytest", "-q", "-m", "browser", "--every-act"]],
}


def bring_tools() -> None:
    """Install what is missing where nobody is asked (as root, on CI); elsewhere say what to type."""
    missing = [tool.package for tool in TOOLS if not tool.is_there()]
    if not missing:
        return
    become_root = [] if os.geteuid() == 0 else ["sudo"]
    if become_root and not os.environ.get("CI"):
        sys.stderr.write(f"sudo apt-get install --no-install-recommends {' '.join(missing)}\n")
        sys.exit(2)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update", "-qq"], ["install", "-qq", "-y", "--no-install-recommends", *missing]):
        subprocess.run(
            [*become_root, "apt-get", *command], check=True, env=environment, stdout=subprocess.DEVNULL
        )


def run(command: list[str]) -> tuple[bool, str]:
    """Run one command, show what it says, and keep its last line."""
    last = ""
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=ENVIRONMENT
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            sys.stdout.write(line)
            last = line.strip() or last
    return process.returncode == 0, last


def main() -> None:
    """Run the parts; exit with 1 when one failed."""
    names = sys.argv[1:]
    if not names:
        bring_tools()
        names = list(PARTS)
    closing = []
    failed = False
    for name in names:
        for command in PARTS[name]:
            sys.stdout.write(f"\n── {name}\n")
            sys.stdout.flush()
            began = time.monotonic()
            passed, last = run(command)
            failed = failed or not passed
            said = last if "pytest" in command else ""
            closing.append(
                f"{'ok' if passed else 'FAILED':7}{name:13}{time.monotonic() - began:6.1f} s  {said}"
            )
    sys.stdout.write("\n" + "\n".join(closing) + "\n")
    sys.exit(failed)


if __name__ == "__main__":
    main()
