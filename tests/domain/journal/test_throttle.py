# SPDX-License-Identifier: AGPL-3.0-or-later
"""What may be done only so often."""

import datetime as dt

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from halles.domain.journal import throttle
from halles.domain.journal.models import Throttle

HOUR = dt.timedelta(hours=1)
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> list[dt.datetime]:
    """The time, to be moved."""
    clock = [timezone.now()]
    monkeypatch.setattr(timezone, "now", lambda: clock[0])
    return clock


@pytest.mark.django_db
@settings(max_examples=settings().max_examples // 4)
@given(most=st.integers(1, 4), gaps=st.lists(st.integers(0, 50), max_size=25))
def test_never_more_than_so_many_within_any_hour_and_never_fewer(most: int, gaps: list[int]) -> None:
    Throttle.objects.all().delete()
    at = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    done: list[dt.datetime] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timezone, "now", lambda: at)
        for gap in gaps:
            at += gap * MINUTE
            free = len([moment for moment in done if moment > at - HOUR]) < most
            assert throttle.take("knock", most=most, within=HOUR) == free
            if free:
                done.append(at)


@pytest.mark.django_db
def test_what_is_undone_did_not_count() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        throttle.take("knock", most=1, within=HOUR)
        raise ZeroDivisionError
    assert throttle.take("knock", most=1, within=HOUR)
    assert not throttle.take("knock", most=1, within=HOUR)
    assert throttle.take("ring", most=1, within=HOUR)


@pytest.mark.django_db
def test_what_no_longer_counts_is_forgotten(now: list[dt.datetime]) -> None:
    throttle.take("knock", most=1, within=HOUR)
    throttle.take("ring", most=1, within=2 * HOUR)
    now[0] += HOUR
    throttle.forget()
    assert Throttle.objects.count() == 1
