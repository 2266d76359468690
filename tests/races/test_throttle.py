# SPDX-License-Identifier: AGPL-3.0-or-later
"""Many who do the same thing at the same moment, in real processes: as many may as may."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.browser import database_url

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

AT_ONCE, MOST = 12, 7
PATIENCE = 60
KNOCK = f"""
import datetime, sys, django
django.setup()
from halles.domain.journal.throttle import take
print("ready", flush=True)
sys.stdin.readline()
hour = datetime.timedelta(hours=1)
print(take("ring", most={AT_ONCE}, within=hour), sum(take("knock", most={MOST}, within=hour) for _ in range(3)), flush=True)
"""


def test_as_many_as_may_and_nobody_is_refused_who_was_but_slower(tmp_path: Path) -> None:
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "halles.config.settings",
        "DATABASE_URL": database_url(),
        "HALLES_DATA": str(tmp_path),
    }
    knocking = [
        subprocess.Popen(
            [sys.executable, "-c", KNOCK],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
            cwd=Path(__file__).resolve().parents[2],
        )
        for _ in range(AT_ONCE)
    ]
    for one in knocking:
        assert one.stdout is not None
        assert one.stdout.readline() == "ready\n"
    for one in knocking:
        assert one.stdin is not None
        one.stdin.write("go\n")
        one.stdin.flush()
    rung, knocked = zip(*(one.communicate(timeout=PATIENCE)[0].split() for one in knocking), strict=True)
    assert rung == ("True",) * AT_ONCE
    assert sum(map(int, knocked)) == MOST
