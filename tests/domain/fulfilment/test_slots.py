# SPDX-License-Identifier: AGPL-3.0-or-later
"""When one can come by, until when one may order, what bringing costs."""

import datetime as dt
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from halles.domain.fulfilment.rules import Calendar, Terms, check_terms, slots
from halles.domain.shops.rules import Hours, Window
from halles.kernel.errors import Refused

PARIS = ZoneInfo("Europe/Paris")
MONDAY = dt.date(2026, 11, 30)


def at(text: str) -> dt.datetime:
    """A moment in Paris."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=PARIS)


def hours(*periods: str, weekday: int = 0, **facts: object) -> Hours:
    """Every week on one day: "09:00-12:30"."""
    times = [[dt.time.fromisoformat(end) for end in period.split("-")] for period in periods]
    return Hours(PARIS, tuple((weekday, *both) for both in times), **facts)  # type: ignore[arg-type]


def starts(calendar: Calendar, now: str, ready: str = "", after: str = "", days: int = 7) -> list[str]:
    """When the slots begin that can still be had."""
    found = slots(
        calendar, ready=at(ready or now), now=at(now), after=at(after) if after else None, days=days
    )
    return [f"{slot.start:%d %H:%M}" for slot in found]


def test_an_opening_is_cut_into_slots_and_what_is_left_over_is_none() -> None:
    calendar = Calendar(hours("09:00-10:45"), minutes=30)
    assert starts(calendar, "2026-11-29T12:00") == ["30 09:00", "30 09:30", "30 10:00"]


def test_a_slot_that_has_begun_or_comes_before_all_is_ready_is_not_offered() -> None:
    calendar = Calendar(hours("09:00-11:00"), minutes=30)
    assert starts(calendar, "2026-11-30T09:10") == [
        "30 09:30",
        "30 10:00",
        "30 10:30",
        "07 09:00",
        "07 09:30",
        "07 10:00",
        "07 10:30",
    ]
    assert starts(calendar, "2026-11-30T08:00", ready="2026-11-30T10:05", days=2) == ["30 10:30"]


def test_one_orders_before_noon_of_the_day_before() -> None:
    calendar = Calendar(hours("17:00-19:00"), cutoff_days=1, cutoff_time=dt.time(12))
    assert starts(calendar, "2026-11-29T11:59") == ["30 17:00"]
    assert starts(calendar, "2026-11-29T12:00") == []


def test_who_comes_when_he_likes_comes_from_the_next_half_hour_on() -> None:
    calendar = Calendar(hours("09:00-12:00"), clips=True)
    (found,) = slots(calendar, ready=at("2026-11-30T09:10"), now=at("2026-11-30T08:00"), days=3)
    assert found == Window(at("2026-11-30T09:30"), at("2026-11-30T12:00"))
    assert starts(calendar, "2026-11-30T08:00", after="2026-11-30T11:00", days=3) == ["30 11:00"]


def test_a_slot_that_ends_after_the_wish_will_do() -> None:
    calendar = Calendar(hours("17:00-19:00"))
    assert starts(calendar, "2026-11-29T12:00", after="2026-11-30T18:00", days=3) == ["30 17:00"]


def test_no_slots_on_holidays_and_in_the_holidays_of_the_shop() -> None:
    christmas = hours("09:00-10:00", weekday=4)  # 25 December 2026 is a Friday
    assert starts(Calendar(christmas, 60), "2026-12-24T12:00") == []
    away = hours("09:00-10:00", closures=((MONDAY, MONDAY),))
    assert starts(Calendar(away, 60), "2026-11-29T12:00") == []


@pytest.mark.parametrize(
    ("day", "found"),
    [
        ("2026-03-29", ["01:00", "01:30", "03:00", "03:30"]),  # two o'clock does not exist
        ("2026-10-25", ["01:00", "01:30", "02:00", "02:30", "02:00", "02:30", "03:00", "03:30"]),
        ("2026-11-29", ["01:00", "01:30", "02:00", "02:30", "03:00", "03:30"]),
    ],
)
def test_the_nights_when_clocks_change_have_as_many_slots_as_hours(day: str, found: list[str]) -> None:
    calendar = Calendar(hours("01:00-04:00", weekday=6), minutes=30)
    assert [said[3:] for said in starts(calendar, f"{day}T00:10", days=0)] == found


def test_a_slot_is_known_by_any_moment_in_it() -> None:
    calendar = Calendar(hours("09:00-10:00"), minutes=30)
    slot = Window(at("2026-11-30T09:30"), at("2026-11-30T10:00"))
    assert calendar.slot_at(at("2026-11-30T09:30")) == slot == calendar.slot_at(at("2026-11-30T09:59"))
    assert calendar.slot_at(at("2026-11-30T10:00")) is None


@given(
    opens=st.integers(0, 1300),
    length=st.integers(1, 139),
    minutes=st.integers(5, 120),
    days=st.integers(0, 400),
)
def test_slots_follow_one_another_inside_their_opening(
    opens: int, length: int, minutes: int, days: int
) -> None:
    """Whatever the day, whatever the clock does."""
    day = dt.date(2026, 1, 1) + dt.timedelta(days=days)
    ends = [dt.time(*divmod(minute, 60)) for minute in (opens, opens + length)]
    opening = Window(*(dt.datetime.combine(day, end, PARIS) for end in ends))
    found = list(Calendar(Hours(PARIS, ()), minutes=minutes).slots_of(opening))
    ends_at = [moment.astimezone(dt.UTC) for slot in found for moment in (slot.start, slot.end)]
    assert ends_at == sorted(ends_at)
    assert all(
        (end - start).total_seconds() == minutes * 60
        for start, end in zip(ends_at[::2], ends_at[1::2], strict=True)
    )
    if found:
        assert ends_at[0] == opening.start.astimezone(dt.UTC)
        assert ends_at[-1] <= opening.end.astimezone(dt.UTC)


def test_bringing_costs_nothing_from_the_threshold_on() -> None:
    terms = Terms(Decimal(4), free_from=Decimal(30))
    assert [terms.fee_for(Decimal(goods)) for goods in ("29.99", "30")] == [4, 0]


def test_new_books_are_never_brought_home_for_nothing() -> None:
    """Loi du 30 décembre 2021, arrêté du 4 avril 2023: three euros under 35 €, one cent from there on."""
    free = Terms(Decimal(0), free_from=Decimal(30))
    assert free.fee_for(Decimal(50), Decimal("34.99"), at_home=True) == 3
    assert free.fee_for(Decimal(50), Decimal(35), at_home=True) == Decimal("0.01")
    assert Terms(Decimal(5), Decimal(30)).fee_for(Decimal(50), Decimal(20), at_home=True) == 5
    assert free.fee_for(Decimal(50), Decimal(20)) == 0  # one fetches them oneself


@pytest.mark.parametrize(
    ("terms", "code"),
    [
        (Terms(Decimal(-1)), "amount_wrong"),
        (Terms(least=Decimal(10000)), "amount_wrong"),
        (Terms(Decimal(4), Decimal(0)), "threshold_wrong"),
        (Terms(Decimal(4), Decimal(20), Decimal(30)), "threshold_wrong"),
    ],
)
def test_amounts_that_cannot_be_meant_are_refused(terms: Terms, code: str) -> None:
    with pytest.raises(Refused, match=f"fulfilment.{code}"):
        check_terms(terms)
