# SPDX-License-Identifier: AGPL-3.0-or-later
"""The tests' ground: both databases, no network, a real browser."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.db import connection
from django.test import TransactionTestCase

from tests import migrated
from tests.appendonly import lifted

pytest_plugins = ["tests.browser", "tests.ringing"]

# One temporary folder and one database do for all examples of a property: each of them writes its own names.
EVERYWHERE: dict[str, Any] = {
    "deadline": None,
    "suppress_health_check": [hypothesis.HealthCheck.function_scoped_fixture],
}
hypothesis.settings.register_profile("ci", derandomize=True, print_blob=True, **EVERYWHERE)
hypothesis.settings.register_profile("search", max_examples=2000, **EVERYWHERE)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--postgres` is read by tests.settings, before there are options; `--every-act` by the last of the journeys."""
    parser.addoption("--postgres", action="store_true", help="run on a private PostgreSQL instead of SQLite")
    parser.addoption(
        "--every-act", action="store_true", help="all journeys are run: none may leave an act out"
    )


def pytest_report_header() -> str:
    return f"database: {connection.vendor}"


@pytest.fixture(scope="session", autouse=True)
def only_loopback() -> Iterator[None]:
    """No test reaches beyond this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in (
            "127.0.0.1",
            "::1",
            "localhost",
        ):
            raise AssertionError(f"A test tried to reach {address}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield


@pytest.fixture(scope="session", autouse=True)
def ledgers_can_be_emptied() -> Iterator[None]:
    """A test with real transactions empties all tables at its end, the append-only ones included."""
    teardown = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]

    def without_triggers(self: TransactionTestCase) -> None:
        with lifted():
            teardown(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", without_triggers)
        yield


@pytest.fixture(scope="session")
def kept_database(request: pytest.FixtureRequest) -> Path | None:
    """Where pytest keeps what it remembers from run to run; nowhere when it is told to remember nothing."""
    if connection.vendor != "sqlite" or not hasattr(request.config, "cache"):
        return None
    return request.config.cache.mkdir("halles-database") / migrated.fingerprint()


@pytest.fixture(scope="session")
def django_db_keepdb(kept_database: Path | None) -> bool:
    """What was migrated is not thrown away before the first test."""
    return kept_database is not None


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None, kept_database: Path | None) -> None:
    """Before the database is set up, and after each worker was told the name of its own."""
    if kept_database:
        migrated.take(kept_database)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any, kept_database: Path | None) -> None:
    """As ever, and remembered."""
    if kept_database:
        with django_db_blocker.unblock():
            migrated.keep(kept_database)


@pytest.fixture
def real_input() -> Path:
    """The shared real input beside the checkout; who has it not runs without."""
    folder = Path(__file__).resolve().parents[2] / "shared" / "data"
    if not folder.is_dir():
        missing = pytest.fail if os.environ.get("CI") else pytest.skip
        missing("no shared real input beside this checkout")
    return folder
