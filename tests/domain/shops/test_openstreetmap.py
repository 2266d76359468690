# SPDX-License-Identifier: AGPL-3.0-or-later
"""Hours of OpenStreetMap are read as a week, or refused with the reason."""

import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from halles.domain.shops.openstreetmap import MOST_SPANS, read
from halles.domain.shops.rules import check_periods
from halles.kernel.errors import Refused

TODAY = dt.date(2026, 11, 27)
DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")


def hours(text: str) -> tuple[dt.time, dt.time]:
    opens, closes = text.split("-")
    return dt.time.fromisoformat(opens), dt.time.fromisoformat(closes)


def test_a_shops_week_with_its_midday_break() -> None:
    week = read("Tu-Fr 09:00-12:30,14:30-19:00; Sa 09:00-19:00; PH off", TODAY)
    halves = [hours("09:00-12:30"), hours("14:30-19:00")]
    assert week.periods == [(day, *half) for day in range(1, 5) for half in halves] + [
        (5, *hours("09:00-19:00"))
    ]
    assert week.closed_on_holidays
    assert not read("Mo-Su 08:00-20:00", TODAY).closed_on_holidays


def test_a_night_is_cut_at_midnight() -> None:
    assert read("Fr 22:00-02:00", TODAY).periods == [(4, *hours("22:00-23:59")), (5, *hours("00:00-02:00"))]


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("tous les jours", "unreadable"),
        ("", "unreadable"),
        ("Mo-Fr " * 200, "too_long"),
        ("Mo-Fr sunrise-19:00", "sun"),
        ("Mo-Fr 10:00-20:00; SH off", "school"),
        ('Tu 10:00-12:00; Fr unknown "sur rendez-vous"', "uncertain"),
        ("Apr-Oct Mo-Sa 09:00-19:00; Nov-Mar Mo-Sa 10:00-17:00", "seasonal"),
        ("Mo-Sa 09:00-19:00; PH 10:00-12:00", "holidays"),
        ("Mo 08:00-10:00,11:00-13:00,14:00-18:00", "too_many"),
        ("Mo-Su off", "never"),
    ],
)
def test_what_no_week_can_say_is_refused_with_the_reason(value: str, why: str) -> None:
    with pytest.raises(Refused) as refused:
        read(value, TODAY)
    assert (refused.value.code, refused.value.field) == (f"shops.osm_{why}", "osm")


@st.composite
def weeks(draw: st.DrawFn) -> list[tuple[int, dt.time, dt.time]]:
    """A week as our own editor can say it, open at least once."""
    found = []
    for weekday in draw(st.sets(st.integers(0, 6), min_size=1)):
        minutes = sorted(draw(st.sets(st.integers(0, 1439), min_size=2, max_size=4)))
        for opens, closes in zip(minutes[::2], minutes[1::2], strict=False):
            found.append((weekday, dt.time(*divmod(opens, 60)), dt.time(*divmod(closes, 60))))
    return sorted(found)


@given(weeks(), st.booleans())
def test_every_week_of_ours_comes_back_as_it_was(
    week: list[tuple[int, dt.time, dt.time]], closed: bool
) -> None:
    rules = [f"{DAYS[day]} {opens:%H:%M}-{closes:%H:%M}" for day, opens, closes in week]
    found = read(", ".join(rules) + ("; PH off" if closed else ""), TODAY)
    assert found.periods == week
    assert found.closed_on_holidays or not closed


@pytest.mark.corpus
def test_what_people_write_is_read_as_hours_one_can_keep_or_refused(real_input: Path) -> None:
    values = json.loads(
        (real_input / "opening-hours" / "opening_hours_strings.json").read_text(encoding="utf-8")
    )
    was_read = 0
    for value in values:
        try:
            week = read(value, TODAY)
        except Refused as refused:
            assert refused.code.startswith("shops.osm_")
        else:
            was_read += 1
            check_periods(week.periods)
            assert week.periods
            for day in range(7):
                assert sum(weekday == day for weekday, _opens, _closes in week.periods) <= MOST_SPANS
    assert was_read >= 90
