# SPDX-License-Identifier: AGPL-3.0-or-later
"""`halles doctor` and the help of `halles`."""

from io import StringIO

import pytest
from django.core.management import call_command
from tests.appendonly import lifted

from halles.config import command
from halles.doors.clock import heartbeat
from halles.kernel import checkup


def doctor() -> tuple[int, str]:
    """Its exit code and what it says."""
    out = StringIO()
    try:
        call_command("doctor", stdout=out)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue()
    return 0, out.getvalue()


@pytest.mark.django_db
def test_all_is_well() -> None:
    heartbeat.beat()
    code, said = doctor()
    assert (code, "à faire" in said) == (0, False), said


@pytest.mark.django_db(transaction=True)
def test_what_must_be_done_is_said() -> None:
    heartbeat.beat()
    with lifted():
        code, said = doctor()
    assert code == 1
    assert "halles migrate" in said


@pytest.mark.django_db
def test_nouns_add_their_own_invariants(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkup, "_checkups", [])
    checkup.checkup("Stock", lambda: ["3 unités de trop"])
    assert doctor() == (1, "à faire  Stock : 3 unités de trop\n")


def test_help_names_the_commands(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.argv", ["halles", "--help"])
    command.main()
    said = capsys.readouterr().out
    assert all(f"\n  {name} " in said for name in ("run", "worker", "import", "demo", "migrate", "doctor"))
