# SPDX-License-Identifier: AGPL-3.0-or-later
"""A shop whose team has devices behind a push service of our own: fixtures for whoever tests the bell."""

import datetime as dt
import os
import socket
from collections.abc import Iterator

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from halles.domain.bells import actions
from halles.domain.bells.models import Call, Device
from halles.domain.people.models import Account
from halles.domain.people.reads import actor
from halles.kernel import outbox, outside
from tests.pushserver import Browser, PushServer, come_near, push_server


@pytest.fixture(scope="session")
def push_service() -> Iterator[PushServer]:
    """One service for all tests."""
    with push_server() as server:
        yield server


@pytest.fixture
def push(push_service: PushServer, monkeypatch: pytest.MonkeyPatch) -> PushServer:
    """The service, with nobody behind it yet, where the world would see it."""
    monkeypatch.setattr(socket, "getaddrinfo", socket.getaddrinfo)
    monkeypatch.setattr(outside, "is_outside", outside.is_outside)
    monkeypatch.setattr(outside, "POST_PORT", outside.POST_PORT)
    monkeypatch.setitem(os.environ, "SSL_CERT_FILE", "")
    come_near(push_service.port, str(push_service.certificate))
    push_service.browsers.clear()
    push_service.complaints.clear()
    return push_service


def a_device(account: Account, browser: Browser) -> Device:
    """A phone that rings for somebody."""
    new = actions.NewDevice(Device.Sort.ANDROID, **browser.said)
    return actions.add_device(account, new, by=actor(account))


def deliver(*, waves: int = 9) -> None:
    """What a worker does until nothing is left; in one wave, only what was there when it came."""
    while waves and (rows := list(DBTaskResult.objects.ready())):
        waves -= 1
        DBTaskResult.objects.all().delete()
        for row in rows:
            outbox.deliver.call(**row.args_kwargs["kwargs"])


def later(minutes: float = 0, **more: float) -> None:
    """Time passes for all calls, and the worker looks."""
    by = dt.timedelta(minutes=minutes, **more)
    for call in Call.objects.all():
        for name in ("made_at", "step_at", "stepped_at", "next_at"):
            if moment := getattr(call, name):
                setattr(call, name, moment - by)
        call.save()
    for device in Device.objects.exclude(last_rung_at=None):
        device.last_rung_at = (device.last_rung_at or timezone.now()) - by
        device.save()
    actions.ring_due()
    deliver()
