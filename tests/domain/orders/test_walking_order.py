# SPDX-License-Identifier: AGPL-3.0-or-later
"""The errand list is a walk."""

from hypothesis import given
from hypothesis import strategies as st

from halles.domain.orders.rules import walking_order

points = st.tuples(st.integers(4_650_000, 4_665_000), st.integers(25_000, 45_000))


def test_one_walks_on_to_the_nearest_and_asks_the_way_to_the_unknown_last() -> None:
    square, church, station, bridge = (4658000, 34000), (4658010, 34010), (4658100, 33500), (4658020, 34200)
    assert walking_order(square, [station, None, bridge, church]) == [3, 2, 0, 1]


def test_a_degree_of_longitude_is_shorter_than_one_of_latitude() -> None:
    assert walking_order((4658000, 34000), [(4658090, 34000), (4658000, 34100)]) == [1, 0]


@given(points, st.lists(st.none() | points, max_size=8))
def test_every_stop_is_made_once(start: tuple[int, int], places: list[tuple[int, int] | None]) -> None:
    assert sorted(walking_order(start, places)) == list(range(len(places)))
