# SPDX-License-Identifier: AGPL-3.0-or-later
"""Real processes that do the same thing at the same moment."""

import os
import subprocess
import sys
from pathlib import Path

from tests.browser import database_url

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60
SCRIPT = """
import sys, django
django.setup()
{before}
print("ready", flush=True)
sys.stdin.readline()
{then}
"""


def together(number: int, data: Path, *, before: str, then: str) -> list[str]:
    """So many processes say that they are ready, then all do `then` at once; what each printed. All must end well."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "halles.config.settings",
        "DATABASE_URL": database_url(),
        "HALLES_DATA": str(data),
    }
    command = [sys.executable, "-c", SCRIPT.format(before=before, then=then)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    all_of_them = [subprocess.Popen(command, env=environment, cwd=ROOT, **pipes) for _ in range(number)]
    for one in all_of_them:
        assert one.stdout is not None
        assert one.stdout.readline() == "ready\n"
    for one in all_of_them:
        assert one.stdin is not None
        one.stdin.write("go\n")
        one.stdin.flush()
    said = [one.communicate(timeout=PATIENCE)[0] for one in all_of_them]
    assert [one.returncode for one in all_of_them] == [0] * number
    return said
