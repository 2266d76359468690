# SPDX-License-Identifier: AGPL-3.0-or-later
"""The worker: delivers, runs the schedule, shows that it lives, and nothing stops it."""

import logging

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django_tasks_db.models import DBTaskResult

from halles.doors.clock import heartbeat
from halles.doors.clock.worker import ClockWorker
from halles.kernel import outbox, schedule

heard: list[int] = []


def hear(number: int) -> None:
    heard.append(number)


def fall_over(**payload: object) -> None:
    raise ValueError("the provider is away")


@pytest.fixture
def worker(monkeypatch: pytest.MonkeyPatch) -> ClockWorker:
    """A worker that stops by itself when there is nothing left to do."""
    monkeypatch.setattr(outbox, "_reactions", {})
    monkeypatch.setattr(schedule, "_jobs", {})
    heard.clear()
    cache.clear()
    worker = ClockWorker("tests")
    monkeypatch.setattr(worker.heart, "start", lambda: None)
    monkeypatch.setattr(
        "halles.doors.clock.worker.time.sleep", lambda seconds: setattr(worker, "running", False)
    )
    return worker


@pytest.mark.django_db(transaction=True)
def test_it_delivers_everything_even_after_one_falls_over(worker: ClockWorker) -> None:
    outbox.on("tests.happened", hear)
    outbox.on("tests.broke", fall_over)
    with transaction.atomic():
        outbox.publish("tests.broke")
        for number in range(45):
            outbox.publish("tests.happened", number=number)
    worker.run()
    assert sorted(heard) == list(range(45))
    assert DBTaskResult.objects.failed().count() == 1


@pytest.mark.django_db
def test_due_jobs_run_and_an_error_stops_nothing(
    worker: ClockWorker, caplog: pytest.LogCaptureFixture
) -> None:
    calls: list[str] = []

    def good() -> None:
        calls.append("good")

    def bad() -> None:
        calls.append("bad")
        raise ValueError("no")

    for job in (bad, good):
        schedule.every(60, job)
    with caplog.at_level(logging.CRITICAL, logger="halles.clock"):
        worker.run_schedule()
        worker.run_schedule()
    assert calls == ["bad", "good"]


@pytest.mark.django_db
def test_two_workers_share_a_job(worker: ClockWorker) -> None:
    calls: list[str] = []
    schedule.every(60, lambda: calls.append("once"))
    worker.run_schedule()
    ClockWorker("another").run_schedule()
    assert calls == ["once"]


def beats(heart: heartbeat.Heart, monkeypatch: pytest.MonkeyPatch) -> int:
    """How often it beats before its first sleep."""
    count = 0

    class Slept(BaseException):
        pass

    def beat() -> None:
        nonlocal count
        count += 1

    def sleep(seconds: float) -> None:
        raise Slept

    monkeypatch.setattr(heartbeat, "beat", beat)
    monkeypatch.setattr(heartbeat, "close_old_connections", lambda: None)
    monkeypatch.setattr("halles.doors.clock.heartbeat.time.sleep", sleep)
    with pytest.raises(Slept):
        heart.run()
    return count


def test_the_heart_stops_when_the_worker_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    heart = heartbeat.Heart()
    assert beats(heart, monkeypatch) == 1
    heart.progress_at -= heartbeat.STUCK + 1
    assert beats(heart, monkeypatch) == 0


@pytest.mark.django_db
def test_healthz_needs_a_living_worker(client: Client) -> None:
    cache.clear()
    assert client.get("/healthz").status_code == 503
    heartbeat.beat()
    response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"database": True, "worker": True})
    cache.set(heartbeat.KEY, cache.get(heartbeat.KEY) - heartbeat.ALIVE, timeout=None)
    assert client.get("/healthz").status_code == 503
