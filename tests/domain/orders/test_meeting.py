# SPDX-License-Identifier: AGPL-3.0-or-later
"""Several shops of a basket at one depot, at one time: as few stops as can be, and why not fewer."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from tests import depots as make
from tests.factories import a_basket, a_market, a_shop, a_variant, place_order

from halles.domain.fulfilment.rules import Terms, Why
from halles.domain.orders import meeting
from halles.domain.orders.actions import baskets
from halles.domain.orders.errands import errands_of
from halles.domain.orders.models import Basket, ShopOrder
from halles.domain.shops.models import Place
from halles.domain.shops.rules import Window

EVENINGS = [(weekday, dt.time(16), dt.time(19)) for weekday in range(7)]
LATER = [(weekday, dt.time(17), dt.time(20)) for weekday in range(7)]


def best(basket: Basket) -> meeting.Meeting | None:
    return meeting.best(errands_of(basket), now=timezone.now(), after=None)


def at_cafe(*weeks: list[tuple[int, dt.time, dt.time]], **setting: object) -> list[Place]:
    """A depot of as many shops as there are weeks."""
    market = a_market()
    first = make.a_depot(a_shop(market), hours=weeks[0], **setting)
    return [first, *(make.joined(a_shop(market), first, week=week, **setting) for week in weeks[1:])]


@pytest.mark.django_db
def test_shops_that_share_a_depot_are_had_there_at_a_time_at_which_all_are() -> None:
    places = at_cafe(EVENINGS, LATER, LATER, minutes=30)
    basket = a_basket(*(a_variant(place.shop) for place in places))
    found = best(basket)
    assert found and (found.before, found.after, found.apart) == (3, 1, [])
    local = timezone.localtime(found.starts)
    assert (local.hour, local.minute) >= (17, 0)
    baskets.meet(basket, found)
    errands = errands_of(basket)
    assert {stop.place and stop.place.depot_id for stop in errands.stops} == {places[0].depot_id}
    assert {stop.window and stop.window.start for stop in errands.stops} == {found.starts}
    assert meeting.stops(errands) == 1 and best(basket) is None
    place_order(basket)
    assert set(ShopOrder.objects.values_list("place", flat=True)) == {place.id for place in places}


@pytest.mark.django_db
def test_who_cannot_come_with_the_others_is_told_with_the_reason() -> None:
    places = at_cafe(EVENINGS, EVENINGS, [(0, dt.time(8), dt.time(9))], capacity=5)
    dear = make.joined(a_shop(places[0].shop.market), places[0], terms=Terms(least=Decimal(50)))
    alone = a_shop(places[0].shop.market)
    basket = a_basket(*(a_variant(shop) for shop in [*(place.shop for place in places), dear.shop, alone]))
    found = best(basket)
    assert found and {one.stop.shop for one in found.joining} == {place.shop for place in places[:2]}
    why = {one.stop.shop: (one.way is not None, one.why) for one in found.apart}
    assert why == {places[2].shop: (True, None), dear.shop: (True, Why.TOO_LITTLE), alone: (False, None)}
    assert (found.before, found.after) == (5, 4)


@pytest.mark.django_db
def test_nothing_is_proposed_where_no_stop_is_spared() -> None:
    market = a_market()
    basket = a_basket(a_variant(make.a_depot(a_shop(market)).shop), a_variant(a_shop(market)))
    assert meeting.shared(errands_of(basket)) == {} and best(basket) is None
    mornings = [(weekday, dt.time(8), dt.time(9)) for weekday in range(7)]
    apart = at_cafe(EVENINGS, mornings)
    assert best(a_basket(*(a_variant(place.shop) for place in apart))) is None


@pytest.mark.django_db
def test_a_full_slot_is_no_time_to_meet() -> None:
    places = at_cafe(EVENINGS, EVENINGS, minutes=60, capacity=1)
    goods = [a_variant(place.shop) for place in places]
    first = a_basket(*goods)
    found = best(first)
    assert found
    baskets.meet(first, found)
    place_order(first)
    following = best(a_basket(*goods))
    assert following and following.starts == found.starts + dt.timedelta(hours=1)


NOON = dt.datetime(2026, 11, 26, 12, tzinfo=dt.UTC)
windows = st.builds(
    lambda start, length: Window(
        NOON + dt.timedelta(minutes=start), NOON + dt.timedelta(minutes=start + length)
    ),
    st.integers(0, 300),
    st.integers(1, 120),
)


@given(st.lists(st.tuples(st.sampled_from("ab"), windows), max_size=7))
def test_no_fewer_stops_would_do(made: list[tuple[str, Window]]) -> None:
    """Held against the dullest count: every moment at which something begins, tried together."""
    fewest = 0
    for where in "ab":
        left = [window for place, window in made if place == where]
        while left:  # at the last beginning before the first end, as many as are open
            end = min(window.end for window in left)
            left = [window for window in left if window.start >= end]
            fewest += 1
    assert meeting._stops(made) == fewest  # type: ignore[arg-type]


@given(st.lists(st.lists(st.integers(0, 20), unique=True, max_size=6), max_size=4))
def test_the_time_found_suits_as_many_as_any_other_and_is_the_soonest(starts: list[list[int]]) -> None:
    quarter = dt.timedelta(minutes=15)
    able = [[Window(NOON + n * quarter, NOON + (n + 1) * quarter) for n in sorted(one)] for one in starts]
    suits = {n: sum(n in one for one in starts) for n in range(21)}
    most = max(suits.values())
    expected = NOON + min(n for n in suits if suits[n] == most) * quarter if most > 1 else None
    assert meeting._best_time(able) == expected
