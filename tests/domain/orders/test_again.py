# SPDX-License-Identifier: AGPL-3.0-or-later
"""« Refaire ma commande »: what can be had goes into the basket, the rest is told."""

import uuid
from decimal import Decimal

import pytest
from tests.factories import a_basket, a_market, a_shop, a_variant, an_order, note_order

from halles.domain.catalogue import actions as catalogue
from halles.domain.catalogue.models import Product, Variant
from halles.domain.orders import reads, redo
from halles.domain.orders.actions import again, settle
from halles.domain.orders.actions.note import NotedLine
from halles.domain.orders.errands import errands_of
from halles.domain.orders.models import Basket, Order
from halles.domain.orders.redo import Why
from halles.domain.shops.models import Shop
from halles.domain.stock import actions as stock
from halles.kernel.actor import SYSTEM
from halles.kernel.units import Unit

pytestmark = pytest.mark.django_db


def whole(order: Order) -> Order:
    """The order as its link reads it."""
    read = reads.order_by_secret(order.secret)
    assert read is not None
    return read


def held(basket: Basket) -> dict[uuid.UUID, Decimal]:
    return dict(basket.lines.values_list("variant_id", "quantity"))


def why(order: Order) -> dict[str, Why | None]:
    return {one.line.name: one.why for one in redo.again(whole(order))}


def test_all_that_can_be_had_goes_into_a_new_basket_over_several_shops() -> None:
    market = a_market()
    jam, bread = a_variant(a_shop(market), stock_of=9), a_variant(a_shop(market), price=Decimal(3))
    order = an_order(jam, bread, quantity=2)
    catalogue.set_price(bread, Decimal("3.50"), by=SYSTEM)
    basket = again.fill(whole(order))
    assert held(basket) == {jam.id: 2, bread.id: 2}
    assert [one.price for one in redo.again(whole(order)) if one.price_changed] == [Decimal("3.50")]
    assert not [wanted for stop in errands_of(basket).stops for wanted in stop.lines if wanted.price_changed]


def test_what_cannot_be_had_is_left_out_and_told() -> None:
    shop = a_shop()
    names = ("withdrawn", "sold_out", "fewer", "by_weight", "kept")
    goods = {name: a_variant(shop, name=name, stock_of=9 if name == "fewer" else None) for name in names}
    lines = [NotedLine(Decimal(3), good) for good in goods.values()]
    order = note_order(shop, *lines, NotedLine(Decimal(1), name="in words")).order
    catalogue.set_status(goods["withdrawn"].product, Product.Status.WITHDRAWN, by=SYSTEM)
    catalogue.set_sold_out([goods["sold_out"]], True, by=SYSTEM)
    stock.count(goods["fewer"], Decimal(5), by=SYSTEM)  # three are promised
    Product.objects.filter(pk=goods["by_weight"].product_id).update(unit=Unit.KILOGRAM)
    assert why(order) == {
        "withdrawn": Why.NOT_SOLD,
        "sold_out": Why.SOLD_OUT,
        "fewer": Why.FEWER,
        "by_weight": Why.OTHERWISE,
        "kept": None,
        "in words": Why.IN_WORDS,
    }
    assert held(again.fill(whole(order))) == {goods["fewer"].id: 2, goods["kept"].id: 3}
    Shop.objects.update(takes_orders=False)
    assert why(order)["kept"] == Why.NO_ORDERS
    nothing = again.fill(whole(order))
    assert nothing._state.adding  # an empty basket is not written


def test_pressed_twice_it_holds_no_more_and_what_was_there_stays() -> None:
    shop = a_shop()
    jam, other = a_variant(shop), a_variant(shop)
    order = an_order(jam, quantity=3)
    basket = a_basket(other, jam)
    for _press in range(2):
        basket = again.fill(whole(order), basket)
        assert held(basket) == {other.id: 1, jam.id: 3}
    more = a_basket(jam, quantity=5)
    assert held(again.fill(whole(order), more)) == {jam.id: 5}


def test_it_is_what_was_wished_for_not_what_came_instead() -> None:
    shop = a_shop()
    wished, other, dropped = (a_variant(shop) for _ in range(3))
    order = an_order(wished, dropped)
    part = order.shop_orders.get()
    lines = {line.variant_id: line for line in part.lines.all()}
    settle.change(part, {lines[dropped.id].id: Decimal(0)}, by=SYSTEM)
    settle.settle(part, [settle.LineChange(lines[wished.id].id, Decimal(1), other)], by=SYSTEM)
    assert held(again.fill(whole(order))) == {wished.id: 1}


def test_many_lines_take_no_more_queries(django_assert_max_num_queries: object) -> None:
    shop = a_shop()
    orders = [an_order(*(a_variant(shop) for _ in range(number))) for number in (2, 9)]
    for order in orders:
        read = whole(order)
        with django_assert_max_num_queries(4):  # type: ignore[operator]
            redo.again(read)
    assert Variant.objects.count() == 11
