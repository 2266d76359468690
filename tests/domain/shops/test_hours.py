# SPDX-License-Identifier: AGPL-3.0-or-later
"""When one can come by."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from halles.domain.shops.rules import Hours, check_periods, on_day, ready_at
from halles.kernel.errors import Refused

PARIS = ZoneInfo("Europe/Paris")
MIDDAY_BREAK = tuple(
    (weekday, opens, closes)
    for weekday in range(1, 6)
    for opens, closes in [(dt.time(9), dt.time(12, 30)), (dt.time(14, 30), dt.time(19))]
)
SHOP = Hours(PARIS, MIDDAY_BREAK)


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=PARIS)


def test_work_goes_on_only_while_the_shop_is_open() -> None:
    assert ready_at(SHOP, at("2026-11-24T03:40"), 120) == at("2026-11-24T11:00")  # ordered in the night
    assert ready_at(SHOP, at("2026-11-24T11:30"), 120) == at("2026-11-24T15:30")  # over the midday break
    assert ready_at(SHOP, at("2026-11-28T18:30"), 120) == at("2026-12-01T10:30")  # over Sunday and Monday
    assert ready_at(SHOP, at("2026-11-24T10:00"), 0) == at("2026-11-24T10:00")


@pytest.mark.parametrize(
    ("periods", "code"),
    [
        ([(0, dt.time(9), dt.time(9))], "shops.hours_reversed"),
        ([(0, dt.time(9), dt.time(12)), (0, dt.time(11), dt.time(14))], "shops.hours_overlap"),
    ],
)
def test_hours_that_cannot_be_kept_are_refused(
    periods: list[tuple[int, dt.time, dt.time]], code: str
) -> None:
    with pytest.raises(Refused) as refusal:
        check_periods(periods)
    assert refusal.value.code == code


def test_the_shop_itself_may_name_any_day_and_any_hour() -> None:
    now = at("2026-11-24T10:10")  # a Tuesday; it needs two hours
    cases = {
        ("2026-11-24", None): ("2026-11-24T12:30", "2026-11-24T19:00"),
        ("2026-11-25", None): ("2026-11-25T09:00", "2026-11-25T19:00"),
        ("2026-11-25", "17:10"): ("2026-11-25T17:10", "2026-11-25T19:00"),
        ("2026-11-25", "19:30"): ("2026-11-25T19:30", "2026-11-25T20:30"),  # after closing
        ("2026-11-29", None): ("2026-11-29T07:00", "2026-11-29T20:30"),  # a Sunday: closed
        ("2026-11-24", "08:00"): ("2026-11-24T10:30", "2026-11-24T19:00"),  # gone by: from now on
    }
    found = {}
    for day, time in cases:
        window = on_day(
            SHOP, dt.date.fromisoformat(day), time and dt.time.fromisoformat(time), now=now, minutes=120
        )
        found[day, time] = (f"{window.start:%Y-%m-%dT%H:%M}", f"{window.end:%Y-%m-%dT%H:%M}")
    assert found == cases


@given(
    now=st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2027, 12, 31), timezones=st.just(dt.UTC)),
    ahead=st.integers(0, 366),
    time=st.none() | st.times(),
    minutes=st.integers(0, 3000),
)
def test_a_day_the_shop_names_is_that_day_and_never_in_the_past(
    now: dt.datetime, ahead: int, time: dt.time | None, minutes: int
) -> None:
    day = now.astimezone(PARIS).date() + dt.timedelta(days=ahead)
    window = on_day(SHOP, day, time, now=now, minutes=minutes)
    assert window.start.date() == window.end.date() == day
    assert now <= window.start <= window.end
