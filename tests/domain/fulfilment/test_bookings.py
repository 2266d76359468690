# SPDX-License-Identifier: AGPL-3.0-or-later
"""Slots never hold more than there is room for, and count what they hold."""

import datetime as dt
import uuid
from decimal import Decimal

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.factories import ALL_DAY, a_shop, a_way

from halles.domain.fulfilment import actions, reads
from halles.domain.fulfilment.actions import Area, Setting, Wanted
from halles.domain.fulfilment.models import Booking, Method, Slot
from halles.domain.fulfilment.reads import Address, Offered
from halles.domain.fulfilment.rules import Terms, Why
from halles.domain.shops import actions as shops
from halles.domain.shops.models import Place, Shop
from halles.domain.shops.rules import Window
from halles.kernel.actor import SYSTEM
from halles.kernel.errors import Refused

pytestmark = pytest.mark.django_db


def way(shop: Shop, to: Address | None = None, *, kind: Place.Kind = Place.Kind.COUNTER) -> Offered:
    """One of the shop's ways as it stands."""
    return next(way for way in reads.offered([shop], to)[shop.id] if way.place.kind == kind)


def coming(of: Offered) -> list[Window]:
    """Its slots that can be had."""
    now = timezone.now()
    return [window for window, _left in of.coming(ready=now, now=now, days=2)]


def book(of: Offered, window: Window, **how: bool) -> uuid.UUID:
    """One place more."""
    reference = uuid.uuid4()
    with transaction.atomic():
        actions.book([Wanted(of.method, window, reference)], **how)
    return reference


def test_the_last_place_goes_to_one_and_its_slot_is_offered_no_more() -> None:
    shop = a_shop()
    a_way(shop, minutes=30, capacity=2)
    counter = way(shop)
    first = coming(counter)[0]
    kept = [book(counter, first) for _ in range(2)]
    with pytest.raises(Refused, match=r"fulfilment\.slot_full"):
        book(counter, first)
    assert first not in coming(way(shop))
    actions.release(kept[:1])
    actions.release(kept[:1])  # repeated
    assert way(shop).left(first) == 1
    assert list(reads.examine()) == []


def test_all_slots_are_taken_or_none() -> None:
    shop, other = a_shop(), a_shop()
    a_way(shop, minutes=30, capacity=1)
    a_way(other, minutes=30, capacity=1)
    counters = [way(shop), way(other)]
    first = coming(counters[0])[0]
    book(counters[1], first)
    with pytest.raises(Refused), transaction.atomic():
        actions.book([Wanted(counter.method, first, uuid.uuid4()) for counter in counters])
    assert way(shop).left(first) == 1


def test_the_shop_makes_room_in_a_full_slot_by_its_own_word() -> None:
    shop = a_shop()
    a_way(shop, minutes=30, capacity=1)
    counter = way(shop)
    first = coming(counter)[0]
    for _ in range(3):
        book(counter, first, also_when_full=True)
    assert (Slot.objects.get().taken, Slot.objects.get().capacity) == (3, 3)
    with pytest.raises(Refused):
        book(counter, first)


def test_less_room_turns_nobody_out_and_more_room_is_there_at_once() -> None:
    shop = a_shop()
    place = a_way(shop, minutes=30, capacity=3)
    first = coming(way(shop))[0]
    for _ in range(3):
        book(way(shop), first)
    actions.change(place, Setting(minutes=30, capacity=1), by=SYSTEM)
    assert (Slot.objects.get().taken, way(shop).left(first)) == (3, 0)
    actions.change(place, Setting(minutes=30, capacity=5), by=SYSTEM)
    assert way(shop).left(first) == 2
    actions.change(place, Setting(minutes=30), by=SYSTEM)
    assert way(shop).left(first) is None


def test_a_slot_that_the_shop_calls_full_is_full_until_it_says_otherwise() -> None:
    shop = a_shop()
    a_way(shop, minutes=30)
    counter = way(shop)
    first, second, *_ = coming(counter)
    book(counter, first)
    actions.set_full(counter.method, [first, second], is_full=True, by=SYSTEM)
    with pytest.raises(Refused):
        book(counter, second)
    assert {first, second}.isdisjoint(coming(way(shop)))
    actions.set_full(counter.method, [first], is_full=False, by=SYSTEM)
    assert way(shop).left(first) is None
    assert Slot.objects.get(starts_at=first.start).taken == 1


def test_another_slot_is_taken_before_the_first_is_lost() -> None:
    shop = a_shop()
    a_way(shop, minutes=30, capacity=1)
    counter = way(shop)
    first, second, third, *_ = coming(counter)
    mine = book(counter, first)
    book(counter, second)
    with pytest.raises(Refused):
        actions.move(Wanted(counter.method, second, mine))
    assert Booking.objects.get(reference=mine).slot.starts_at == first.start
    actions.move(Wanted(counter.method, third, mine))
    assert [way(shop).left(window) for window in (first, second, third)] == [1, 0, 0]


@settings(max_examples=25)
@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 2), st.integers(1, 4)), max_size=25))
def test_whatever_happens_a_slot_counts_its_bookings_and_is_never_overfull(
    acts: list[tuple[int, int, int]],
) -> None:
    """Booked, forced, given back, moved, called full, with less room and more."""
    with transaction.atomic():
        shop = a_shop()
        place = a_way(shop, minutes=60, capacity=2)
        windows = coming(way(shop))[:3]
        held: list[uuid.UUID] = []
        for act, number, size in acts:
            counter, window = way(shop), windows[number]
            try:
                match act:
                    case 0 | 1:
                        held.append(book(counter, window, also_when_full=act == 1))
                    case 2 if held:
                        actions.release([held.pop(size % len(held))])
                    case 3 | 4 if held:
                        wanted = Wanted(counter.method, window, held[size % len(held)])
                        actions.move(wanted, also_when_full=act == 4)
                    case 5:
                        actions.set_full(counter.method, [window], is_full=size > 2, by=SYSTEM)
                    case 6:
                        actions.change(place, Setting(minutes=60, capacity=size), by=SYSTEM)
            except Refused as refused:
                assert refused.code == "fulfilment.slot_full"
        assert list(reads.examine()) == []
        assert {booking.reference for booking in Booking.objects.filter(slot__method__place=place)} == set(
            held
        )
        assert all(slot.capacity is None or slot.taken <= slot.capacity for slot in Slot.objects.all())
        transaction.set_rollback(True)


def test_a_round_reaches_its_circle_at_the_price_of_the_nearest_zone() -> None:
    shop = a_shop()
    method = a_way(shop, Place.Kind.ROUND, terms=Terms(Decimal(4), Decimal(30))).method
    own = Terms(Decimal(2), None, Decimal(10))
    areas = [Area("86000"), Area("86180"), Area("86180", "86041", own)]
    actions.set_zones(method, areas, by=SYSTEM)

    def terms(code: str, insee: str = "") -> Terms | None:
        to = Address(code, insee)
        return way(shop, to, kind=Place.Kind.ROUND).terms(to)

    assert terms("86000", "86194") == terms("86180", "86999") == Terms(Decimal(4), Decimal(30))
    assert terms("86180", "86041") == own
    assert terms("86240") is None
    round_ = way(shop, Address("86180", "86041"), kind=Place.Kind.ROUND)
    said = [round_.why_not(Address("86180", "86041"), Decimal(goods)) for goods in ("9.99", "10")]
    assert said == [Why.TOO_LITTLE, None]
    assert round_.why_not(None, Decimal(50)) == Why.UNKNOWN_ADDRESS


def test_who_did_not_say_in_which_commune_he_lives_is_asked_rather_than_sent_away() -> None:
    shop, code = a_shop(), Address("86180")
    a_way(shop, Place.Kind.ROUND, "86180 86041")
    assert way(shop, code, kind=Place.Kind.ROUND).why_not(code, Decimal(50)) == Why.UNKNOWN_ADDRESS
    elsewhere = Address("86180", "86999")
    assert way(shop, elsewhere, kind=Place.Kind.ROUND).why_not(elsewhere, Decimal(50)) == Why.OUTSIDE


def test_two_prices_for_one_address_cannot_be_said() -> None:
    shop = a_shop()
    method = a_way(shop, Place.Kind.ROUND, "86000").method
    with pytest.raises(Refused, match=r"fulfilment\.zones_overlap"):
        actions.set_zones(method, [Area("86180"), Area("86180", terms=Terms(Decimal(2)))], by=SYSTEM)
    assert [zone.postal_code for zone in method.zones.all()] == ["86000"]


def test_only_the_counter_hands_over_without_being_told_to() -> None:
    shop = a_shop()
    stall = shops.add_place(shop, Place.Kind.STALL, name="Étal", postal_code="86000", by=SYSTEM)
    assert {offered.place.kind: offered.method.is_on for offered in reads.offered([shop])[shop.id]} == {
        "counter": True,
        "stall": False,
    }
    actions.turn(stall, on=True, by=SYSTEM)
    actions.turn(shop.places.get(kind="counter"), on=False, by=SYSTEM)
    assert {offered.place.kind: offered.method.is_on for offered in reads.offered([shop])[shop.id]} == {
        "counter": False,
        "stall": True,
    }
    assert Method.objects.count() == 2


def test_a_place_with_bookings_stays() -> None:
    shop = a_shop()
    place = a_way(shop, Place.Kind.DEPOT, capacity=20, hours=ALL_DAY)
    depot = way(shop, kind=Place.Kind.DEPOT)
    held = book(depot, coming(depot)[0])
    with pytest.raises(Refused, match=r"shops\.place_in_use"):
        actions.remove(place, by=SYSTEM)
    actions.release([held])
    actions.remove(place, by=SYSTEM)
    assert not Place.objects.filter(pk=place.pk).exists()


def test_ways_of_many_shops_are_read_in_as_many_queries(django_assert_num_queries: object) -> None:
    market_shops = [a_shop() for _ in range(3)]
    for shop in market_shops:
        a_way(shop, minutes=30, capacity=1)
        a_way(shop, Place.Kind.ROUND, "86000")
    with django_assert_num_queries(5):  # type: ignore[operator]
        reads.offered(market_shops, Address("86000"))


@pytest.mark.parametrize(
    ("setting", "code"),
    [
        (Setting(minutes=4), "slot_length"),
        (Setting(minutes=721), "slot_length"),
        (Setting(capacity=0), "capacity_wrong"),
        (Setting(capacity=1000), "capacity_wrong"),
        (Setting(cutoff_days=31, cutoff_time=dt.time(12)), "cutoff_wrong"),
    ],
)
def test_what_cannot_be_meant_is_refused(setting: Setting, code: str) -> None:
    shop = a_shop()
    with pytest.raises(Refused, match=f"fulfilment.{code}"):
        actions.change(shop.places.get(), setting, by=SYSTEM)
