# SPDX-License-Identifier: AGPL-3.0-or-later
"""An order in one of a shop's ways: its slot, its door, its fee."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone
from tests.factories import (
    a_basket,
    a_market,
    a_product,
    a_service,
    a_shop,
    a_variant,
    a_way,
    an_order,
    in_days,
    note_order,
    place_order,
    variant_of,
)

from halles.domain.catalogue.models import Kind
from halles.domain.fulfilment import actions as fulfilment
from halles.domain.fulfilment import reads as ways
from halles.domain.fulfilment.models import Booking, Slot
from halles.domain.fulfilment.rules import Terms, Why
from halles.domain.orders import reads
from halles.domain.orders.actions import baskets, bookings, later, place, prepare, settle, timeouts
from halles.domain.orders.errands import Errand, errands_of
from halles.domain.orders.models import Basket, ShopOrder
from halles.domain.orders.rules import State
from halles.domain.shops.models import Place, Shop
from halles.kernel.actor import SYSTEM
from halles.kernel.errors import Refused
from halles.kernel.units import Unit

pytestmark = pytest.mark.django_db
ROUND = Place.Kind.ROUND


def stop_of(basket: Basket) -> Errand:
    """The one stop of a basket."""
    (stop,) = errands_of(basket).stops
    return stop


def slots_of(basket: Basket) -> list[dt.datetime]:
    """When the slots begin that can be chosen for its one stop."""
    stop = stop_of(basket)
    assert stop.way
    return [window.start for window in stop.coming(stop.way, now=timezone.now())]


def brought(shop: Shop, *, price: str = "20", code: str = "86000") -> Basket:
    """A basket that the shop's round is to bring."""
    basket = a_basket(a_variant(shop, price=Decimal(price)))
    baskets.set_destination(basket, code)
    baskets.set_way(basket, shop, shop.places.get(kind=ROUND), None)
    return basket


def test_the_fifth_customer_cannot_take_a_slot_of_four() -> None:
    shop = a_shop()
    counter, good = a_way(shop, minutes=30, capacity=4), a_variant(shop)
    first, second, *_ = slots_of(a_basket(good))
    waiting = [a_basket(good) for _ in range(5)]
    for basket in waiting:
        baskets.set_way(basket, shop, counter, first)
    seen = errands_of(waiting[4]).fingerprint
    orders = [place_order(basket) for basket in waiting[:4]]
    with pytest.raises(Refused, match=r"orders\.changed"):
        place_order_as_seen(waiting[4], seen)
    stop = stop_of(waiting[4])
    assert stop.chosen.is_another
    assert stop.window and stop.window.start == second
    prepare.cancel(orders[0].shop_orders.get(), by=SYSTEM)
    assert slots_of(waiting[4])[0] == first


def place_order_as_seen(basket: Basket, seen: str) -> None:
    """Pressed on a page that was shown before."""
    contact = place.Contact("Cliente", email="cliente@example.org")
    place.place(basket, contact, seen=seen, terms=lambda shop, where: "", key=seen * 2, by=SYSTEM)


def test_a_place_is_free_again_when_nobody_confirms() -> None:
    shop = a_shop()
    a_way(shop, minutes=30, capacity=1)
    basket = a_basket(a_variant(shop))
    first = slots_of(basket)[0]
    order = place_order(basket)
    assert first not in slots_of(a_basket(a_variant(shop)))
    ShopOrder.objects.filter(order=order).update(confirm_before=timezone.now() - dt.timedelta(seconds=1))
    timeouts.run()
    assert order.shop_orders.get().state == State.EXPIRED
    assert not Booking.objects.exists()


def test_who_asks_for_less_pays_what_bringing_less_costs() -> None:
    shop = a_shop()
    round_ = a_way(shop, ROUND, "86000", terms=Terms(Decimal(4), free_from=Decimal(30), least=Decimal(10)))
    basket = a_basket(a_variant(shop, price=Decimal(10), unit=Unit.KILOGRAM))
    baskets.set_destination(basket, "86000")
    baskets.set_way(basket, shop, round_, None)
    order = place_order(basket, door=place.Door("12 rue Neuve", "Poitiers"))
    part = order.shop_orders.get()
    line = part.lines.get()

    def after(number: int) -> tuple[Decimal, Decimal]:
        settle.change(part, {line.id: Decimal(number)}, by=SYSTEM)
        part.refresh_from_db()
        return part.fee, part.total

    assert after(3) == (0, 30)
    assert after(2) == (4, 24)
    # Only the difference is asked at the terms of today: a round that became dearer is not for what stands.
    dearer = Terms(Decimal(6), free_from=Decimal(30), least=Decimal(10))
    fulfilment.change(round_, fulfilment.Setting(terms=dearer), by=SYSTEM)
    assert after(1) == (4, 14)
    with pytest.raises(Refused, match=r"orders\.below_least"):
        settle.change(part, {line.id: Decimal("0.5")}, by=SYSTEM)
    assert reads.wrong_totals() == []
    settle.change(part, {line.id: Decimal(0)}, by=SYSTEM)
    part.refresh_from_db()
    assert part.state == State.CANCELLED


def test_a_service_carries_nothing_so_it_makes_no_delivery_free() -> None:
    shop = a_shop()
    round_ = a_way(shop, ROUND, "86000", terms=Terms(Decimal(4), free_from=Decimal(30)))
    basket = a_basket(a_variant(shop, price=Decimal(10)))
    baskets.put(basket, a_service(shop, price=Decimal(15)), Decimal(1), starts_at=in_days(3, "10:00"))
    baskets.set_destination(basket, "86000")
    baskets.set_way(basket, shop, round_, None)
    part = place_order(basket, door=place.Door("12 rue Neuve", "Poitiers")).shop_orders.get()
    assert (part.fee, part.total) == (4, 29)
    settle.change(part, {part.lines.get(starts_at=None).id: Decimal(2)}, by=SYSTEM)
    part.refresh_from_db()
    assert (part.fee, part.total) == (4, 39)


def test_what_is_brought_costs_its_fee_and_goes_to_the_door() -> None:
    shop = a_shop()
    a_way(shop, ROUND, "86000", terms=Terms(Decimal(4), free_from=Decimal(30), least=Decimal(10)))
    basket = brought(shop)
    order = place_order(basket, door=place.Door("12  rue Neuve", "Poitiers", "2e étage"))
    part = order.shop_orders.get()
    assert (part.fee, part.total, part.is_brought) == (4, 24, True)
    assert (order.address, order.postal_code, order.city) == ("12 rue Neuve", "86000", "Poitiers")
    assert Slot.objects.get().taken == 1
    assert reads.wrong_totals() == []
    assert [stop_of(brought(shop, price=price)).fee for price in ("29.99", "30")] == [4, 0]


@pytest.mark.parametrize(
    ("price", "code", "why"),
    [("9.99", "86000", Why.TOO_LITTLE), ("20", "86240", Why.OUTSIDE), ("20", "", Why.UNKNOWN_ADDRESS)],
)
def test_what_cannot_be_brought_is_told_with_the_reason(price: str, code: str, why: Why) -> None:
    shop = a_shop()
    a_way(shop, ROUND, "86000", terms=Terms(least=Decimal(10)))
    basket = brought(shop, price=price, code=code)
    assert stop_of(basket).chosen.why == why
    assert not errands_of(basket).problems  # the goods are there: it is the way that is not
    with pytest.raises(Refused, match=r"orders\.changed"):
        place_order(basket)


def test_a_door_that_nobody_told_is_asked_for() -> None:
    shop = a_shop()
    a_way(shop, ROUND, "86000")
    with pytest.raises(Refused) as refused:
        place_order(brought(shop), door=place.Door("12 rue Neuve", " "))
    assert (refused.value.code, refused.value.field) == ("orders.address_missing", "city")


def test_new_books_are_brought_for_three_euros_and_collected_for_nothing() -> None:
    shop = a_shop()
    a_way(shop, ROUND, "86000")
    basket = a_basket(variant_of(a_product(shop, kind=Kind.BOOK, price=Decimal(20))))
    assert stop_of(basket).fee == 0
    baskets.set_destination(basket, "86000")
    baskets.set_way(basket, shop, shop.places.get(kind=ROUND), None)
    assert stop_of(basket).fee == 3


def test_a_shop_without_a_counter_offers_what_it_has() -> None:
    shop = a_shop()
    fulfilment.turn(shop.places.get(), on=False, by=SYSTEM)
    basket = a_basket(a_variant(shop))
    assert stop_of(basket).chosen.why == Why.OFF
    depot = a_way(shop, Place.Kind.DEPOT, capacity=20)
    assert stop_of(basket).place == depot
    part = place_order(basket).shop_orders.get()
    assert part.place == depot


def test_a_wish_goes_before_the_slot_chosen_until_then() -> None:
    shop = a_shop()
    counter = a_way(shop, minutes=30)
    basket = a_basket(a_variant(shop))
    baskets.set_way(basket, shop, counter, slots_of(basket)[3])
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    baskets.set_wish(basket, tomorrow, dt.time(11))
    window = stop_of(basket).window
    assert window and timezone.localtime(window.start).replace(tzinfo=None) == dt.datetime.combine(
        tomorrow, dt.time(11)
    )


def test_what_was_promised_before_there_were_slots_holds_a_place_in_them() -> None:
    shop = a_shop()
    part = an_order(a_variant(shop)).shop_orders.get()
    assert not Booking.objects.exists()
    counter = a_way(shop, minutes=60, capacity=1)
    for _ in range(2):
        bookings.adopt(place_id=str(counter.id))
    slot = Booking.objects.get(reference=part.id).slot
    assert (slot.taken, slot.starts_at <= part.collect_from < slot.ends_at) == (1, True)


def test_the_shop_notes_and_moves_orders_where_it_likes_and_they_count() -> None:
    shop = a_shop()
    counter = a_way(shop, minutes=60, capacity=1)
    first = note_order(shop, a_variant(shop))
    second = note_order(shop, a_variant(shop))
    assert {booking.slot_id for booking in Booking.objects.all()} == {Slot.objects.get().id}
    (window, *_more) = reads.next_times(shop, [second])[second.id]
    later.postpone(second, window, by=SYSTEM)
    assert Booking.objects.get(reference=second.id).slot.starts_at == window.start
    assert Booking.objects.get(reference=first.id).slot.starts_at == first.collect_from
    assert list(ways.examine()) == []
    assert Slot.objects.filter(method=counter.method, taken=1).count() == 2


def test_another_shop_has_no_say_in_how_one_hands_over() -> None:
    market = a_market()
    shop, other = a_shop(market), a_shop(market)
    with pytest.raises(Refused, match=r"orders\.way_gone"):
        baskets.set_way(a_basket(a_variant(shop)), shop, other.places.get(), None)


def test_what_the_shop_brings_waits_for_the_shop_alone() -> None:
    shop = a_shop()
    a_way(shop, ROUND, "86000")
    part = place_order(brought(shop)).shop_orders.get()
    prepare.accept(part, by=SYSTEM)
    prepare.ready(part, by=SYSTEM)
    with time_machine.travel(part.hold_until + dt.timedelta(days=1)):
        timeouts.run()
    part.refresh_from_db()
    assert (part.state, part.reminded_at) == (State.READY, None)
