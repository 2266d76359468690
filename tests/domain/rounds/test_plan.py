# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a good order is, and what a customer may be told of it."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from halles.domain.rounds import planning
from halles.domain.rounds.planning import plan
from halles.domain.rounds.rules import Problem, done_at, still_true, straight, timed, told, travel
from halles.domain.shops.rules import Window
from halles.kernel.errors import Refused

HOUR = 3600
EVENING = dt.datetime(2026, 11, 27, 17, 0, tzinfo=dt.UTC)
points = st.tuples(st.integers(4_650_000, 4_665_000), st.integers(25_000, 45_000))


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """A day of one shop, perhaps more than can be done."""
    home = draw(points)
    doors = draw(st.lists(points, max_size=12))
    windows = [
        (first, first + draw(st.sampled_from([600, HOUR, 3 * HOUR])))
        for first in draw(st.lists(st.integers(0, 4 * HOUR), min_size=len(doors), max_size=len(doors)))
    ]
    return Problem(straight([home, *doors, home]), windows, 0, 6 * HOUR, draw(st.integers(1, 3)))


@given(problems())
@settings(max_examples=settings().max_examples // 10, deadline=None)
def test_each_stop_is_made_once_in_its_time_or_told_as_not_made(problem: Problem) -> None:
    found = plan(problem)
    assert len(found.routes) <= problem.vehicles
    made = [arrival.number for route in found.routes for arrival in route]
    assert sorted([*made, *found.dropped]) == list(range(1, len(problem.windows) + 1))
    for route in found.routes:
        leaves, here = problem.begin, 0
        for arrival in route:
            first, last = problem.windows[arrival.number - 1]
            assert first <= arrival.at <= last
            assert arrival.at >= leaves + problem.seconds[here][arrival.number]
            leaves, here = arrival.at + problem.service, arrival.number
        assert leaves + problem.seconds[here][-1] <= problem.end


def test_stops_along_a_road_are_not_made_in_zigzag() -> None:
    road = [(4_658_000 + 1_000 * place, 34_000) for place in (0, 4, 1, 3, 2, 0)]
    seconds = straight(road)
    (route,) = plan(Problem(seconds, [(0, 4 * HOUR)] * 4, 0, 6 * HOUR)).routes
    order = [arrival.number for arrival in route]
    assert travel(seconds, order) <= travel(seconds, [2, 4, 3, 1])


def test_a_planner_that_ends_badly_is_told_and_too_much_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = Problem(straight([(0, 0)] * 3), [(0, HOUR)], 0, HOUR)
    with pytest.raises(Refused, match=r"rounds\.too_many"):
        plan(Problem([], [(0, 1)] * 500, 0, 1))
    monkeypatch.setattr(planning, "PATIENCE", 0.01)
    with pytest.raises(Refused, match=r"rounds\.no_plan"):
        plan(problem)


@given(st.integers(0, 90 * 60), st.integers(0, 120))
def test_what_is_told_holds_what_is_expected_in_tens_and_within_the_promise(after: int, width: int) -> None:
    promised = Window(EVENING, EVENING + dt.timedelta(minutes=30 + width))
    expected = EVENING + dt.timedelta(seconds=after)
    interval = told(expected, promised)
    assert still_true(interval, expected)
    assert interval.end - interval.start <= dt.timedelta(minutes=30)
    assert interval.start.minute % 10 == 0
    if expected < promised.end:
        assert promised.start <= interval.start
        assert interval.end <= promised.end


def test_between_twenty_to_six_and_six() -> None:
    expected = EVENING + dt.timedelta(minutes=48)
    interval = told(expected, Window(EVENING, EVENING + dt.timedelta(hours=2)))
    assert (interval.start.time(), interval.end.time()) == (dt.time(17, 40), dt.time(18, 0))


def test_one_waits_where_one_is_early_and_is_late_where_one_is_late() -> None:
    seconds = [[0, 60, 60, 0], [60, 0, 60, 60], [60, 60, 0, 60], [0, 60, 60, 0]]
    arrivals = timed(seconds, [(1, 600), (2, 0)], 0, service=100)
    assert [arrival.at for arrival in arrivals] == [600, 760]


def test_a_telephone_is_believed_how_long_ago_it_was_and_no_further() -> None:
    least = dt.timedelta(minutes=2)
    said = {age: done_at(EVENING, age, least=least, not_before=EVENING - dt.timedelta(hours=1))
            for age in (None, -5000, 30, 600, 10**9)}  # fmt: skip
    assert said == {
        None: None,
        -5000: None,
        30: None,
        600: EVENING - dt.timedelta(minutes=10),
        10**9: EVENING - dt.timedelta(hours=1),
    }
