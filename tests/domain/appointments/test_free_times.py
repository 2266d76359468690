# SPDX-License-Identifier: AGPL-3.0-or-later
"""The free times of a service: in the hours, never two at once, the pause kept, also when clocks change."""

import datetime as dt
import itertools
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from halles.domain.appointments.rules import Length, available, cells, check, free, taken
from halles.domain.shops.rules import Hours, Window
from halles.kernel.errors import Refused

PARIS = ZoneInfo("Europe/Paris")
SPRING, AUTUMN = dt.date(2027, 3, 28), dt.date(2027, 10, 31)  # the nights when clocks change
ALL_NIGHT = Hours(PARIS, tuple((day, dt.time(0), dt.time(23, 59)) for day in range(7)))


def at(day: dt.date, time: str) -> dt.datetime:
    return dt.datetime.combine(day, dt.time.fromisoformat(time), PARIS)


def utc(moment: dt.datetime) -> dt.datetime:
    return moment.astimezone(dt.UTC)


def spent(window: Window) -> dt.timedelta:
    return window.end.astimezone(dt.UTC) - window.start.astimezone(dt.UTC)


times_of_day = st.times().map(lambda time: time.replace(microsecond=0, tzinfo=None, fold=0))
days = st.sampled_from([SPRING, AUTUMN, dt.date(2027, 6, 3)])


@st.composite
def openings(draw: st.DrawFn) -> list[Window]:
    day = draw(days)
    edges = sorted(draw(st.lists(times_of_day, min_size=2, max_size=4, unique=True)))
    pairs = zip(edges[::2], edges[1::2], strict=False)
    return Hours(PARIS, tuple((day.weekday(), opens, closes) for opens, closes in pairs)).windows(day)


@given(
    openings(),
    st.integers(1, 36).map(lambda n: 5 * n),
    st.integers(0, 12).map(lambda n: 5 * n),
    st.integers(1, 3),
    st.data(),
)
@example([Window(at(SPRING, "01:00"), at(SPRING, "05:00"))], 60, 0, 1, None)
@example([Window(at(AUTUMN, "01:00"), at(AUTUMN, "05:00"))], 60, 10, 1, None)
def test_whatever_is_taken_one_after_the_other_is_in_the_hours_and_never_overlaps(
    hours: list[Window], minutes: int, pause: int, people: int, data: st.DataObject | None
) -> None:
    """Somebody takes one of the free times, then somebody else one of those left, until there are no more."""
    length, soonest = Length(minutes, pause), at(dt.date(2027, 1, 1), "00:00")
    busy: dict[int, set[dt.datetime]] = {number: set() for number in range(people)}
    booked: dict[int, list[Window]] = {number: [] for number in range(people)}
    while offered := list(free(hours, busy, length, soonest=soonest)):
        window = data.draw(st.sampled_from(offered)) if data else offered[-1]
        who = available(busy, length, window.start)[0]
        busy[who] |= taken([length.takes(window.start)])
        booked[who].append(window)
        assert spent(window) == dt.timedelta(minutes=minutes)
        assert any(
            utc(opening.start) <= utc(window.start) and utc(window.end) <= utc(opening.end)
            for opening in hours
        )
        starts = [time.start.astimezone(dt.UTC) for time in offered]
        assert starts == sorted(starts)
    for theirs in booked.values():
        theirs.sort(key=lambda window: window.start.astimezone(dt.UTC))
        for one, following in itertools.pairwise(theirs):
            gap = following.start.astimezone(dt.UTC) - one.end.astimezone(dt.UTC)
            assert gap >= dt.timedelta(minutes=pause)


@pytest.mark.parametrize(("day", "hours"), [(SPRING, 22), (AUTUMN, 24), (dt.date(2027, 6, 3), 23)])
def test_a_night_when_clocks_change_has_as_many_times_as_hours(day: dt.date, hours: int) -> None:
    found = list(free(ALL_NIGHT.windows(day), {1: set()}, Length(60), soonest=at(day, "00:00")))
    assert len({window.start.astimezone(dt.UTC) for window in found if window.start.minute == 0}) == hours
    assert all(spent(window) == dt.timedelta(hours=1) for window in found)


def test_a_time_touches_every_square_it_is_in() -> None:
    day = dt.date(2027, 6, 3)
    found = cells(Window(at(day, "14:02"), at(day, "14:10")))
    assert [cell.astimezone(PARIS).strftime("%H:%M") for cell in found] == ["14:00", "14:05"]


@pytest.mark.parametrize(
    ("length", "hours", "code"),
    [
        (Length(0), 24, "appointments.minutes_wrong"),
        (Length(7), 24, "appointments.minutes_wrong"),
        (Length(725), 24, "appointments.minutes_wrong"),
        (Length(60, -5), 24, "appointments.pause_wrong"),
        (Length(60), 721, "appointments.cancel_wrong"),
    ],
)
def test_what_cannot_be_meant_is_refused(length: Length, hours: int, code: str) -> None:
    with pytest.raises(Refused, match=code):
        check(length, hours)
