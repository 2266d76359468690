# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whom the bell tells, and when it is silent."""

import datetime as dt
import itertools
import uuid
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from halles.domain.bells.rules import (
    NIGHT,
    PLAN,
    Ear,
    Kind,
    Mail,
    Progress,
    Quiet,
    Round,
    Unseen,
    When,
    go_on,
    unseen,
)
from halles.domain.shops.rules import Hours

PARIS = ZoneInfo("Europe/Paris")
WEEK = Hours(PARIS, tuple((day, dt.time(9), dt.time(19)) for day in range(7)), closed_on_holidays=False)
NOON = dt.datetime(2026, 11, 25, 12, 0, tzinfo=PARIS)
FIRST, OTHER = uuid.UUID(int=1), uuid.UUID(int=2)  # two accounts

times = st.times().map(lambda time: time.replace(second=0, microsecond=0))
quiets = st.builds(Quiet, times, times).filter(lambda quiet: quiet.starts != quiet.ends)
moments = st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2027, 1, 1), timezones=st.just(dt.UTC))
teams = st.lists(
    st.builds(Ear, st.uuids(), st.sampled_from(When), st.booleans(), st.none() | quiets),
    max_size=4,
    unique_by=lambda ear: ear.account,
)
weeks = st.lists(st.tuples(st.integers(0, 6), times, times).filter(lambda p: p[1] < p[2]), max_size=4).map(
    lambda periods: Hours(PARIS, tuple(periods), closed_on_holidays=False)
)


def walk(
    kind: Kind, ears: list[Ear], hours: Hours, start: dt.datetime, late: list[int]
) -> Iterator[tuple[dt.datetime, Round]]:
    """Every round of a call that nobody ever sees, each so many seconds late."""
    progress, now = Progress(step_at=start), start
    while True:
        done = go_on(kind, progress, ears, now=now, hours=hours)
        yield now, done
        progress = done.after
        if progress.next_at is None:
            return
        assert progress.next_at > now
        now = progress.next_at + dt.timedelta(seconds=late.pop() if late else 0)


@given(st.sampled_from(Kind), teams, weeks, moments, st.lists(st.integers(0, 7200), max_size=6))
def test_nobody_is_rung_against_her_wish_or_for_ever(
    kind: Kind, ears: list[Ear], hours: Hours, start: dt.datetime, late: list[int]
) -> None:
    by_account = {ear.account: ear for ear in ears}
    rings = dict.fromkeys(by_account, 0)
    most = len(PLAN[kind]) * (1 + len(ears)) + len(late)
    for number, (now, done) in enumerate(walk(kind, ears, hours, start, late), 1):
        assert number <= most
        for account in done.ring:
            ear = by_account[account]
            assert ear.when != When.NEVER and ear.rings
            assert ear.quiet is None or not ear.quiet.covers(now, PARIS)
            rings[account] += 1
        assert all(by_account[account].when != When.NEVER for account in done.mail)
    assert all(number <= 2 * len(PLAN[kind]) for number in rings.values())


@given(quiets, moments)
def test_quiet_hours_end(quiet: Quiet, moment: dt.datetime) -> None:
    end = quiet.over(moment, PARIS)
    assert moment < end <= moment + dt.timedelta(days=2)
    assert not quiet.covers(end, PARIS)


def told(ears: list[Ear], start: dt.datetime) -> list[tuple[str, set[uuid.UUID], set[uuid.UUID]]]:
    """An order's rounds: at what time of which day, who is rung, who is written to."""
    return [
        (f"{now.astimezone(PARIS):%d %H:%M}", set(done.ring), set(done.mail))
        for now, done in walk(Kind.ORDERS, ears, WEEK, start, [])
    ]


def test_a_phone_rings_four_times_then_a_letter_leaves_then_it_is_the_next_one_s_turn() -> None:
    ears = [Ear(FIRST, When.ONCE, True, NIGHT), Ear(OTHER, When.UNSEEN, True, NIGHT)]
    assert told(ears, NOON) == [
        ("25 12:00", {FIRST}, set()),
        ("25 12:02", {FIRST}, set()),
        ("25 12:04", {FIRST}, set()),
        ("25 12:06", {FIRST}, {FIRST}),
        ("25 12:10", {OTHER}, {OTHER}),
    ]


def test_who_has_no_device_gets_the_letter_at_once() -> None:
    assert told([Ear(FIRST, When.ONCE, False, NIGHT)], NOON)[0] == ("25 12:00", set(), {FIRST})


def test_at_night_a_letter_then_one_ring_when_the_quiet_ends_and_the_rest_when_the_shop_opens() -> None:
    late = NOON.replace(hour=23)
    assert told([Ear(FIRST, When.ONCE, True, NIGHT)], late)[:4] == [
        ("25 23:00", set(), {FIRST}),
        ("26 07:00", {FIRST}, set()),
        ("26 09:00", {FIRST}, set()),
        ("26 09:02", {FIRST}, set()),
    ]


def test_after_closing_a_phone_rings_once_until_the_morning() -> None:
    evening = NOON.replace(hour=20)
    assert told([Ear(FIRST, When.ONCE, True, NIGHT)], evening)[:2] == [
        ("25 20:00", {FIRST}, set()),
        ("26 09:00", {FIRST}, set()),
    ]


def test_two_whose_quiet_hours_follow_each_other_do_not_wake_each_other_for_ever() -> None:
    by_day, by_night = Quiet(dt.time(8), dt.time(20)), Quiet(dt.time(19), dt.time(9))
    ears = [Ear(FIRST, When.ONCE, True, by_day), Ear(OTHER, When.ONCE, True, by_night)]
    never_open = Hours(PARIS, ())
    rounds = list(itertools.islice(walk(Kind.CHANGES, ears, never_open, NOON, []), 9))
    assert [set(done.ring) for _now, done in rounds] == [{OTHER}, {FIRST}]


def test_a_round_that_comes_after_closing_waits_for_the_opening() -> None:
    was = Progress(steps=1, step_at=NOON, stepped_at=NOON)
    done = go_on(Kind.ORDERS, was, [Ear(FIRST, When.ONCE, True, None)], now=NOON.replace(hour=20), hours=WEEK)
    assert not done.ring and done.after.next_at == dt.datetime(2026, 11, 26, 9, tzinfo=PARIS)


def test_a_change_rings_once() -> None:
    rounds = list(walk(Kind.CHANGES, [Ear(FIRST, When.ONCE, True, None)], WEEK, NOON, []))
    assert [set(done.ring) for _now, done in rounds] == [{FIRST}, set()]
    assert PLAN[Kind.CHANGES][-1].mail == Mail.ALL


def test_when_a_customer_is_told_that_nobody_has_looked() -> None:
    def said(made: dt.datetime, now: dt.datetime) -> Unseen | None:
        return unseen(WEEK, made, now)

    opens = dt.datetime(2026, 11, 26, 9, tzinfo=PARIS)
    assert said(NOON, NOON + dt.timedelta(minutes=29)) is None
    assert said(NOON, NOON + dt.timedelta(minutes=30)) == Unseen(None)
    assert said(NOON, NOON.replace(hour=20)) == Unseen(opens)
    # Twenty minutes before closing and ten after opening make half an hour.
    assert said(NOON.replace(hour=18, minute=40), opens + dt.timedelta(minutes=9)) is None
    assert said(NOON.replace(hour=18, minute=40), opens + dt.timedelta(minutes=10)) == Unseen(None)
    assert unseen(Hours(PARIS, ()), NOON, NOON) is None
