# SPDX-License-Identifier: AGPL-3.0-or-later
"""Two workers think of the same call at the same moment: it rings once."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from halles.domain.bells.actions import call, set_quiet
from halles.domain.bells.models import Call
from halles.domain.bells.rules import Kind
from halles.kernel.actor import SYSTEM
from halles.kernel.identifiers import uuid7
from tests import factories as make
from tests.browser import database_url
from tests.pushserver import Browser
from tests.ringing import a_device

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

AT_ONCE, CALLS = 4, 12
PATIENCE = 60
LOOK = """
import sys, django
django.setup()
from halles.domain.bells.actions import ring_due
print("ready", flush=True)
sys.stdin.readline()
ring_due()
"""


def test_two_workers_ring_a_round_once(tmp_path: Path) -> None:
    shop = make.a_shop()
    a_device(make.owner_of(shop), Browser("b", "https://push.example.org"))
    set_quiet(make.owner_of(shop), None, None, by=SYSTEM)
    for _ in range(CALLS):
        call(shop, Kind.ORDERS, uuid7(), act="orders.placed", occasion="1")
    now = timezone.now()
    Call.objects.update(steps=1, step_at=now, next_at=now)
    DBTaskResult.objects.all().delete()
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "halles.config.settings",
        "DATABASE_URL": database_url(),
        "HALLES_DATA": str(tmp_path),
    }
    workers = [
        subprocess.Popen(
            [sys.executable, "-c", LOOK],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
            cwd=Path(__file__).resolve().parents[2],
        )
        for _ in range(AT_ONCE)
    ]
    for one in workers:
        assert one.stdout is not None
        assert one.stdout.readline() == "ready\n"
    for one in workers:
        one.communicate("go\n", timeout=PATIENCE)
    assert [one.returncode for one in workers] == [0] * AT_ONCE
    assert set(Call.objects.values_list("steps", flat=True)) == {2}
    rings = [row for row in DBTaskResult.objects.all() if row.args_kwargs["kwargs"]["event"] == "bells.ring"]
    assert len(rings) == CALLS
