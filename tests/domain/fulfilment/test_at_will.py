# SPDX-License-Identifier: AGPL-3.0-or-later
"""When one can come by where one comes when one likes."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from halles.domain.fulfilment.rules import Calendar, slots
from halles.domain.shops.rules import HORIZON, Hours, Window

PARIS = ZoneInfo("Europe/Paris")
MIDDAY_BREAK = tuple(
    (weekday, opens, closes)
    for weekday in range(1, 6)
    for opens, closes in [(dt.time(9), dt.time(12, 30)), (dt.time(14, 30), dt.time(19))]
)
SHOP = Hours(PARIS, MIDDAY_BREAK)


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=PARIS)


def soonest(hours: Hours, *, ready: dt.datetime, wish: dt.datetime | None = None) -> Window | None:
    found = slots(Calendar(hours, clips=True), ready=ready, now=ready, after=wish, days=HORIZON)
    return next(found, None)


@pytest.mark.parametrize(
    ("ready", "wish", "start", "end"),
    [
        # Tuesday 24 November 2026, in the morning: at the next half hour.
        ("2026-11-24T10:10", None, "2026-11-24T10:30", "2026-11-24T12:30"),
        # Ready in the midday break: when it opens again.
        ("2026-11-24T12:40", None, "2026-11-24T14:30", "2026-11-24T19:00"),
        # Ready too late for a half hour before closing: the next day.
        ("2026-11-24T18:45", None, "2026-11-25T09:00", "2026-11-25T12:30"),
        # A wish for Sunday, which is closed, and Monday too: Tuesday.
        ("2026-11-24T10:10", "2026-11-29T10:00", "2026-12-01T09:00", "2026-12-01T12:30"),
        # A wish before it can be ready.
        ("2026-11-24T16:00", "2026-11-24T10:00", "2026-11-24T16:00", "2026-11-24T19:00"),
        # All Saints' Day 2027 is a Monday, Armistice Day a Thursday: closed.
        ("2027-11-11T08:00", None, "2027-11-12T09:00", "2027-11-12T12:30"),
    ],
)
def test_the_nearest_time_after_the_wish(ready: str, wish: str | None, start: str, end: str) -> None:
    window = soonest(SHOP, ready=at(ready), wish=at(wish) if wish else None)
    assert window is not None
    assert (window.start, window.end) == (at(start), at(end))


def test_conges_move_it_beyond_them_and_a_shop_never_open_has_no_time() -> None:
    away = Hours(PARIS, MIDDAY_BREAK, closures=((dt.date(2026, 11, 24), dt.date(2026, 11, 30)),))
    window = soonest(away, ready=at("2026-11-24T10:00"))
    assert window is not None
    assert window.start == at("2026-12-01T09:00")
    assert soonest(Hours(PARIS, ()), ready=at("2026-11-24T10:00")) is None


@given(
    st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2027, 12, 31)),
    st.lists(
        st.tuples(st.integers(0, 6), st.integers(0, 21), st.integers(1, 2)),
        max_size=6,
        unique_by=lambda p: p[0],
    ),
)
def test_whatever_the_hours_one_never_comes_to_a_closed_door(
    moment: dt.datetime, days: list[tuple[int, int, int]]
) -> None:
    """Across the two days when the clock changes too."""
    hours = Hours(PARIS, tuple((day, dt.time(opens), dt.time(opens + length)) for day, opens, length in days))
    ready = moment.replace(tzinfo=PARIS)
    window = soonest(hours, ready=ready)
    if window is None:
        assert not list(hours.coming(ready, HORIZON)) or all(
            w.end - dt.timedelta(minutes=30) <= ready for w in hours.coming(ready, HORIZON)
        )
    else:
        assert window.start >= ready
        assert window.start.minute in {0, 30}
        opening = hours.open_at(window.start)
        assert opening is not None
        assert opening.end == window.end
