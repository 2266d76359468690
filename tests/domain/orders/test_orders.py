# SPDX-License-Identifier: AGPL-3.0-or-later
"""One whole sale, and what may go otherwise."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone
from tests.factories import CUSTOMER, a_basket, a_market, a_shop, a_variant, an_order, place_order

from halles.domain.catalogue import actions as catalogue
from halles.domain.catalogue.models import Availability
from halles.domain.journal import reads as journal
from halles.domain.journal.models import JournalEntry
from halles.domain.orders.actions import answers, baskets, place, prepare, settle, timeouts
from halles.domain.orders.errands import errands_of
from halles.domain.orders.models import Order, OrderLine, ShopOrder
from halles.domain.orders.rules import STEPS, IfMissing, State
from halles.domain.stock import reads as stock
from halles.domain.stock.models import StockLevel
from halles.kernel.actor import SYSTEM
from halles.kernel.errors import Refused

pytestmark = pytest.mark.django_db


def part_of(order: Order) -> ShopOrder:
    return order.shop_orders.get()


def left(variant: object) -> Decimal | None:
    return stock.available([variant.id]).get((variant.id, None))  # type: ignore[attr-defined]


def test_one_basket_over_two_shops_becomes_two_promises_and_ends_at_the_counter() -> None:
    market = a_market()
    bread, book = a_variant(a_shop(market), stock_of=5), a_variant(a_shop(market), stock_of=1)
    order = an_order(bread, book)
    assert {part.state for part in order.shop_orders.all()} == {State.PLACED}
    assert (left(bread), left(book)) == (4, 0)
    for part in order.shop_orders.all():
        prepare.accept(part, by=SYSTEM)
        prepare.ready(part, by=SYSTEM)
        prepare.hand_over(part, by=SYSTEM)
    assert {part.state for part in order.shop_orders.all()} == {State.HANDED_OVER}
    assert dict(StockLevel.objects.values_list("variant__id", "on_hand")) == {bread.id: 4, book.id: 0}
    assert stock.broken_levels() == []
    told = [entry.act for entry in journal.history([order.shop_orders.all()[0].id])]
    assert told == ["orders.confirmed", "orders.accepted", "orders.ready", "orders.handed_over"]


def test_a_repeated_press_gives_the_same_order() -> None:
    basket = a_basket(a_variant(stock_of=5))
    first = place_order(basket, email="cliente@example.org", key="the-same-key-0001")
    again = place_order(basket, email="cliente@example.org", key="another-tab-0002")
    assert first == again
    # The second tab's own press may be repeated too.
    contact = place.Contact(name=first.name, email="cliente@example.org")
    for _ in range(2):
        third = place.place(
            basket, contact, seen="", terms=lambda shop, place: "", key="third-tab-0003", by=CUSTOMER
        )
        assert third == first
    assert Order.objects.count() == 1


def test_a_key_serves_one_basket() -> None:
    variant = a_variant(stock_of=5)
    place_order(a_basket(variant), key="the-same-key-0001")
    with pytest.raises(Refused, match=r"journal\.key_reused"):
        place_order(a_basket(variant), key="the-same-key-0001")


def test_the_last_unit_goes_to_one_and_the_other_keeps_the_rest() -> None:
    market = a_market()
    last, plenty = a_variant(a_shop(market), stock_of=1), a_variant(a_shop(market), stock_of=9)
    quick, slow = a_basket(last), a_basket(last, plenty)
    place_order(quick)
    with pytest.raises(Refused) as refusal:
        place_order(slow)
    assert refusal.value.code == "orders.not_enough"
    assert list(refusal.value.details["left"].values()) == [0]
    assert slow.lines.count() == 2
    assert left(plenty) == 9


def test_a_price_that_changed_meanwhile_is_told_before_anything() -> None:
    variant = a_variant()
    basket = a_basket(variant)
    shown = errands_of(basket)
    catalogue.set_price(variant, Decimal("9.99"), by=SYSTEM)
    now = errands_of(basket)
    assert now.fingerprint != shown.fingerprint
    assert now.stops[0].lines[0].price_changed


def test_an_unknown_contact_holds_goods_for_half_an_hour_only() -> None:
    variant = a_variant(stock_of=1)
    order = place_order(a_basket(variant))
    assert part_of(order).state == State.UNCONFIRMED
    assert left(variant) == 0
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=31)):
        timeouts.run()
    assert part_of(order).state == State.EXPIRED
    assert left(variant) == 1
    prepare.confirm(order, by=CUSTOMER)  # too late, and harmless
    assert part_of(order).state == State.EXPIRED


def test_a_contact_that_proved_real_is_held_without_asking_up_to_the_shops_amount() -> None:
    shop = a_shop()
    place_and_confirm = place_order(a_basket(a_variant(shop)), email="cliente@example.org")
    prepare.confirm(place_and_confirm, by=CUSTOMER)
    small = place_order(a_basket(a_variant(shop, price=Decimal(60))), email="cliente@example.org")
    large = place_order(a_basket(a_variant(shop, price=Decimal("60.01"))), email="cliente@example.org")
    assert [part_of(small).state, part_of(large).state] == [State.PLACED, State.UNCONFIRMED]


def test_the_shops_yes_vouches_for_the_contact() -> None:
    order = place_order(a_basket(a_variant()))
    prepare.accept(part_of(order), by=SYSTEM)
    order.customer.refresh_from_db()
    assert order.customer.confirmed_at is not None


def test_cancelling_puts_the_goods_back_exactly_once() -> None:
    variant = a_variant(stock_of=2)
    order = an_order(variant)
    prepare.cancel(part_of(order), by=CUSTOMER)
    with pytest.raises(Refused):
        prepare.cancel(part_of(order), by=CUSTOMER)
    assert left(variant) == 2


def test_a_customer_cannot_cancel_what_is_packed_but_the_shop_can() -> None:
    order = an_order()
    prepare.accept(part_of(order), by=SYSTEM)
    prepare.ready(part_of(order), by=SYSTEM)
    with pytest.raises(Refused) as refusal:
        prepare.cancel(part_of(order), by=CUSTOMER)
    assert refusal.value.code == "orders.not_now"
    prepare.cancel(part_of(order), by=SYSTEM, reason="le four est en panne")
    assert part_of(order).state == State.CANCELLED


def test_nobody_came_one_reminder_then_the_goods_go_back_and_it_is_counted() -> None:
    variant = a_variant(stock_of=1)
    order = an_order(variant)
    prepare.accept(part_of(order), by=SYSTEM)
    prepare.ready(part_of(order), by=SYSTEM)
    part = part_of(order)
    with time_machine.travel(part.collect_until + dt.timedelta(minutes=1)):
        timeouts.run()
        timeouts.run()
        assert part_of(order).reminded_at is not None
        assert part_of(order).state == State.READY
    with time_machine.travel(part.hold_until + dt.timedelta(minutes=1)):
        timeouts.run()
        timeouts.run()
    assert part_of(order).state == State.NOT_COLLECTED
    order.customer.refresh_from_db()
    assert order.customer.no_shows == 1
    assert left(variant) == 1
    acts = [entry.act for entry in journal.history([part.id])]
    assert acts.count("orders.reminded") == 1


def test_less_than_asked_waits_for_the_customers_yes() -> None:
    variant = a_variant(stock_of=5, price=Decimal("2.50"))
    order = an_order(variant, quantity=4)
    line = OrderLine.objects.get()
    settle.settle(part_of(order), [settle.LineChange(line.id, Decimal(3))], by=SYSTEM)
    assert (part_of(order).state, part_of(order).total) == (State.TO_AGREE, Decimal("7.50"))
    assert left(variant) == 2
    answers.agree(part_of(order), by=CUSTOMER)
    assert part_of(order).state == State.ACCEPTED


def test_what_was_asked_for_at_checkout_is_done_at_once() -> None:
    shop = a_shop()
    wanted, instead, rest = (a_variant(shop, stock_of=3, price=Decimal(price)) for price in (5, 4, 1))
    basket = a_basket(wanted, rest)
    line = basket.lines.get(variant=wanted)
    baskets.set_line(line, Decimal(1), if_missing=IfMissing.REPLACE)
    order = place_order(basket)
    prepare.confirm(order, by=CUSTOMER)
    placed = OrderLine.objects.get(variant=wanted)
    settle.settle(part_of(order), [settle.LineChange(placed.id, Decimal(1), instead)], by=SYSTEM)
    assert (part_of(order).state, part_of(order).total) == (State.ACCEPTED, Decimal(5))
    assert (left(wanted), left(instead)) == (3, 2)


def test_an_order_is_never_settled_down_to_nothing() -> None:
    order = an_order(a_variant(stock_of=5))
    with pytest.raises(Refused) as refusal:
        settle.settle(part_of(order), [settle.LineChange(OrderLine.objects.get().id, Decimal(0))], by=SYSTEM)
    assert refusal.value.code == "orders.nothing_left"
    assert part_of(order).total > 0


def test_the_customer_changes_quantities_until_it_is_prepared() -> None:
    variant = a_variant(stock_of=5)
    order = an_order(variant, quantity=2)
    line = OrderLine.objects.get()
    settle.change(part_of(order), {line.id: Decimal(4)}, by=CUSTOMER)
    assert left(variant) == 1
    with pytest.raises(Refused, match="quantity_too_large"):
        settle.change(part_of(order), {line.id: Decimal(1000)}, by=CUSTOMER)
    with pytest.raises(Refused) as refusal:
        settle.change(part_of(order), {line.id: Decimal(6)}, by=CUSTOMER)
    assert refusal.value.code == "stock.not_enough"
    assert left(variant) == 1
    settle.change(part_of(order), {line.id: Decimal(0)}, by=CUSTOMER)
    assert part_of(order).state == State.CANCELLED
    assert left(variant) == 5


def test_saturdays_loaves_are_kept_for_the_day_of_collection() -> None:
    loaf = a_variant(availability=Availability.DAILY, daily_quantity=Decimal(3))
    basket = a_basket(loaf, quantity=3)
    day = timezone.localdate() + dt.timedelta(days=3)
    baskets.set_wish(basket, day, None)
    place_order(basket)
    assert stock.available([loaf.id], [day]) == {(loaf.id, day): 0}
    other = a_basket(loaf)
    baskets.set_wish(other, day, None)
    assert not errands_of(other).stops[0].lines[0].possible
    baskets.set_wish(other, day + dt.timedelta(days=1), None)
    assert errands_of(other).stops[0].lines[0].possible


def test_what_a_shop_never_answered_or_finished_is_not_promised_for_ever() -> None:
    silent, forgetful = a_variant(stock_of=1), a_variant(stock_of=1)
    unanswered, unfinished = an_order(silent), an_order(forgetful)
    prepare.accept(part_of(unfinished), by=SYSTEM)
    with time_machine.travel(part_of(unfinished).hold_until + dt.timedelta(minutes=1)):
        timeouts.run()
    assert [part_of(unanswered).state, part_of(unfinished).state] == [State.CANCELLED, State.CANCELLED]
    assert (left(silent), left(forgetful)) == (1, 1)
    unfinished.customer.refresh_from_db()
    assert unfinished.customer.no_shows == 0


def test_one_contact_cannot_hold_the_whole_shop_without_ever_confirming() -> None:
    variant = a_variant(stock_of=9)
    for _ in range(3):
        place_order(a_basket(variant), email="", phone="05 36 49 12 34")
    with pytest.raises(Refused) as refusal:
        place_order(a_basket(variant), email="", phone="05 36 49 12 34")
    assert refusal.value.code == "orders.confirm_first"
    assert left(variant) == 6


def test_a_unique_piece_goes_once_without_anybody_counting() -> None:
    piece = a_variant(is_unique=True)
    first, second = a_basket(piece), a_basket(piece)
    place_order(first)
    assert not errands_of(second).stops[0].lines[0].possible
    with pytest.raises(Refused):
        place_order(second)


def test_a_shop_without_vat_sells_without_vat() -> None:
    shop = a_shop(vat_regime="franchise")
    variant = a_variant(shop, vat_rate=Decimal(20))
    assert variant.product.vat_rate == 0
    an_order(variant)
    assert OrderLine.objects.get().vat_rate == 0


def test_three_years_after_the_last_order_nothing_names_the_customer() -> None:
    variant = a_variant(price=Decimal("4.20"))
    order = place_order(a_basket(variant), email="cliente@example.org", phone="05 36 49 12 34")
    with time_machine.travel(timezone.now() + dt.timedelta(days=3 * 365 - 1)):
        recent = place_order(a_basket(variant), email="autre@example.org")
    with time_machine.travel(timezone.now() + dt.timedelta(days=3 * 365 + 1)):
        timeouts.forget_people()
    order.refresh_from_db()
    recent.refresh_from_db()
    assert (order.name, order.email, order.phone) == ("", "", "")
    assert (order.customer.name, order.customer.email) == ("", "")
    assert part_of(order).total == Decimal("4.20")
    assert recent.email == "autre@example.org"
    assert not JournalEntry.objects.filter(actor_label__icontains="cliente").exists()


def test_a_basket_is_read_in_as_many_queries_whatever_its_size(django_assert_num_queries: object) -> None:
    market = a_market()
    small = a_basket(*[a_variant(a_shop(market), stock_of=3) for _ in range(2)])
    large = a_basket(*[a_variant(a_shop(market), stock_of=3) for _ in range(6)])
    for basket in (small, large):
        with django_assert_num_queries(7):  # type: ignore[operator]
            errands_of(basket)


def test_no_state_is_a_dead_end_but_the_last_ones() -> None:
    reachable = {result for _, result in STEPS.values()} | {State.UNCONFIRMED, State.PLACED}
    assert reachable == set(State)
    leaving = set().union(*(allowed for allowed, _ in STEPS.values()))
    assert set(State) - leaving == {State.HANDED_OVER, State.NOT_COLLECTED, State.CANCELLED, State.EXPIRED}
