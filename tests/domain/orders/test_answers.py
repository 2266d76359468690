# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the shop proposes, and what becomes of it: a yes, a no to one good, silence, another day, a day that is closed."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone
from tests.factories import CUSTOMER, a_basket, a_shop, a_variant, an_order, place_order

from halles.domain.catalogue.models import Availability, Variant
from halles.domain.journal import reads as journal
from halles.domain.orders import reads
from halles.domain.orders.actions import answers, baskets, later, prepare, settle, timeouts
from halles.domain.orders.models import Order, ShopOrder
from halles.domain.orders.rules import IfMissing, State, answer_before
from halles.domain.shops import actions as shops
from halles.domain.shops.models import Shop
from halles.domain.shops.rules import Window
from halles.domain.stock import reads as stock
from halles.kernel.actor import SYSTEM
from halles.kernel.errors import Refused

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 11, 30, 9, 0, tzinfo=dt.UTC)  # a Monday


@pytest.fixture(autouse=True)
def _at_nine(time_machine: time_machine.TimeMachineFixture) -> None:
    time_machine.move_to(NOW, tick=False)


def part_of(order: Order) -> ShopOrder:
    return order.shop_orders.get()


def left(variant: Variant, day: dt.date | None = None) -> Decimal | None:
    return stock.available([variant.id], [day] if day else []).get((variant.id, day))


def tomorrow_morning(
    *variants: Variant, if_missing: IfMissing = IfMissing.CALL, quantity: int = 2, ahead: int = 1
) -> Order:
    """An order for tomorrow, or another day ahead, ten o'clock here."""
    basket = a_basket(*variants, quantity=quantity)
    for line in basket.lines.all():
        baskets.set_line(line, line.quantity, if_missing=if_missing)
    baskets.set_wish(basket, (NOW + dt.timedelta(days=ahead)).date(), dt.time(10))
    order = place_order(basket)
    prepare.confirm(order, by=CUSTOMER)
    prepare.accept(part_of(order), by=SYSTEM)
    return order


def propose(order: Order, missing: Variant, instead: Variant) -> None:
    line = part_of(order).lines.get(variant=missing)
    settle.settle(part_of(order), [settle.LineChange(line.id, Decimal(1), instead)], by=SYSTEM)


def quantities(order: Order) -> dict[str, Decimal]:
    return dict(part_of(order).lines.filter(quantity__gt=0).values_list("variant__product__name", "quantity"))


def test_no_to_one_good_leaves_the_rest() -> None:
    shop = a_shop()
    bread, cake, tart = (
        a_variant(shop, name=name, stock_of=5, price=Decimal(price))
        for name, price in (("Pain", 2), ("Gâteau", 9), ("Tarte", 12))
    )
    order = tomorrow_morning(bread, cake)
    propose(order, cake, tart)
    proposed = part_of(order).lines.get(variant=tart)
    for _press in range(2):
        if part_of(order).state == State.TO_AGREE:
            answers.decline(part_of(order), proposed.id, by=CUSTOMER)
    assert (part_of(order).state, part_of(order).total) == (State.ACCEPTED, Decimal(4))
    assert quantities(order) == {"Pain": 2}
    assert (left(tart), left(cake)) == (5, 5)
    with pytest.raises(Refused, match="not_now"):
        answers.decline(part_of(order), proposed.id, by=CUSTOMER)


def test_no_to_the_only_good_cancels() -> None:
    shop = a_shop()
    cake, tart = a_variant(shop, stock_of=5), a_variant(shop, stock_of=5, price=Decimal(12))
    order = tomorrow_morning(cake)
    propose(order, cake, tart)
    answers.decline(part_of(order), part_of(order).lines.get(variant=tart).id, by=CUSTOMER)
    assert part_of(order).state == State.CANCELLED
    assert (left(cake), left(tart)) == (5, 5)


@pytest.mark.parametrize(
    ("if_missing", "becomes", "served"),
    [
        (IfMissing.REPLACE, State.ACCEPTED, {"Pain": 2, "Tarte": 1}),
        (IfMissing.REMOVE, State.ACCEPTED, {"Pain": 2}),
        (IfMissing.CALL, State.TO_AGREE, {"Pain": 2, "Tarte": 1}),
    ],
)
def test_silence_means_what_was_said_at_checkout(
    if_missing: IfMissing, becomes: State, served: dict[str, int]
) -> None:
    shop = a_shop()
    bread, cake, tart = (
        a_variant(shop, name=name, stock_of=5, price=Decimal(price))
        for name, price in (("Pain", 2), ("Gâteau", 9), ("Tarte", 20))
    )
    order = tomorrow_morning(bread, cake, if_missing=if_missing)
    propose(order, cake, tart)
    until = part_of(order).answer_before
    assert (until is None) == (if_missing == IfMissing.CALL)
    timeouts.run()
    assert part_of(order).state == State.TO_AGREE
    with time_machine.travel(until or part_of(order).collect_from):
        timeouts.run()
        timeouts.run()
    assert (part_of(order).state, quantities(order)) == (becomes, served)


def test_one_may_answer_until_preparing_must_begin_and_half_an_hour_at_least() -> None:
    tomorrow = NOW + dt.timedelta(days=1)
    assert answer_before(NOW, tomorrow, 120) == tomorrow - dt.timedelta(hours=2)
    assert answer_before(NOW, NOW + dt.timedelta(hours=1), 120) == NOW + dt.timedelta(minutes=30)


def next_window(order: Order, ahead: int = 0) -> Window:
    part = part_of(order)
    return reads.next_times(part.shop, [part])[part.id][ahead]


def test_another_day_waits_for_the_customers_yes_and_what_is_made_daily_follows() -> None:
    loaf = a_variant(availability=Availability.DAILY, daily_quantity=Decimal(4))
    order = tomorrow_morning(loaf, quantity=3)
    first_day, window = part_of(order).collect_from.date(), next_window(order)
    for _press in range(2):
        later.postpone(part_of(order), window, by=SYSTEM)
    part = part_of(order)
    assert (part.state, part.collect_from, part.former_from) == (
        State.TO_AGREE,
        window.start,
        NOW + dt.timedelta(days=1),
    )
    assert part.hold_until == window.end + dt.timedelta(hours=part.shop.hold_hours)
    assert (left(loaf, first_day), left(loaf, window.start.date())) == (4, 1)
    answers.agree(part, by=CUSTOMER)
    assert (part_of(order).state, part_of(order).former_from) == (State.ACCEPTED, None)
    told = [entry.act for entry in journal.history([part.id])]
    assert {"orders.postponed", "orders.agreed"} <= set(told)


def test_no_other_day_when_that_day_has_not_enough() -> None:
    loaf = a_variant(availability=Availability.DAILY, daily_quantity=Decimal(4))
    order = tomorrow_morning(loaf, quantity=3)
    tomorrow_morning(loaf, quantity=2, ahead=2)
    with pytest.raises(Refused, match="not_enough"):
        later.postpone(part_of(order), next_window(order), by=SYSTEM)
    assert (part_of(order).state, part_of(order).former_from) == (State.ACCEPTED, None)
    assert stock.broken_levels() == []


def test_a_day_closes_with_what_was_promised_for_it() -> None:
    shop: Shop = a_shop()
    day = (NOW + dt.timedelta(days=1)).date()
    loaf = a_variant(shop, availability=Availability.DAILY, daily_quantity=Decimal(4))
    jar = a_variant(shop, stock_of=9)
    tomorrow_morning(loaf, quantity=2, ahead=2)  # that day is left too little for one of the two below
    many, few, plain = (tomorrow_morning(v, quantity=n) for v, n in ((loaf, 3), (loaf, 1), (jar, 1)))
    prepare.ready(part_of(plain), by=SYSTEM)
    closed = later.close_day(shop, day, move=True, by=SYSTEM)
    assert {part.order for part in closed.moved} == {few, plain}
    assert [part.order for part in closed.stuck] == [many]
    assert [part_of(order).state for order in (many, few, plain)] == [
        State.ACCEPTED,
        State.TO_AGREE,
        State.TO_AGREE,
    ]
    assert all(timezone.localdate(part_of(order).collect_from) > day for order in (few, plain))
    again = later.close_day(shop, day, move=True, by=SYSTEM)
    assert (again.closure, list(again.moved)) == (closed.closure, [])
    assert stock.broken_levels() == []


def test_a_day_may_close_and_leave_what_is_promised() -> None:
    order = tomorrow_morning(a_variant(stock_of=5))
    part = part_of(order)
    day = part.collect_from.date()
    closed = later.close_day(part.shop, day, move=False, by=SYSTEM)
    assert ([p.order for p in closed.stuck], part_of(order).state) == ([order], State.ACCEPTED)
    shops.reopen_days(closed.closure, by=SYSTEM)


def test_an_order_that_nobody_confirmed_yet_is_kept_when_the_shop_moves_it() -> None:
    variant = a_variant(stock_of=5)
    order = an_order(variant, confirmed=False, quantity=2)
    later.postpone(part_of(order), next_window(order), by=SYSTEM)
    with time_machine.travel(NOW + dt.timedelta(hours=2)):
        timeouts.run()
    assert (part_of(order).state, left(variant)) == (State.TO_AGREE, 3)
