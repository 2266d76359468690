# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is taken from the shelf for a day: the list adds up over orders, and agrees with what people did, in any order."""

import datetime as dt
import uuid
from decimal import Decimal

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories import CUSTOMER, a_category, a_product, a_shop, a_variant, an_order, tomorrow, variant_of

from halles.domain.catalogue.models import Variant
from halles.domain.journal.models import JournalEntry
from halles.domain.orders import day as days
from halles.domain.orders.actions import pick, prepare, settle
from halles.domain.orders.models import OrderLine, ShopOrder
from halles.domain.orders.picking import Good, PickingList, picking_list
from halles.domain.orders.rules import State
from halles.domain.shops.models import Shop
from halles.kernel.actor import SYSTEM

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop() -> Shop:
    return a_shop()


def accepted(*variants: Variant, quantity: int = 1, day: dt.date | None = None) -> ShopOrder:
    """The shop's part of an order that it accepted, for today or another day."""
    part = an_order(*variants, quantity=quantity).shop_orders.get()
    prepare.accept(part, by=SYSTEM)
    when = days.starts(part.shop, day) if day else timezone.now()
    ShopOrder.objects.filter(pk=part.pk).update(collect_from=when)
    return part


def shown(shop: Shop, day: dt.date | None = None) -> PickingList:
    return picking_list(shop, day or days.today(shop))


def goods(of: PickingList) -> dict[str, tuple[int, int]]:
    """By name: how many there are on the list, how many of them are missing."""
    every = [good for shelf in of.shelves for good in shelf.goods]
    return {good.name: (int(good.total), int(good.missing)) for good in every}


def seen(*of: Good) -> dict[uuid.UUID, Decimal]:
    return {line.id: line.quantity for good in of for line in good.lines}


def take_all(shop: Shop) -> None:
    every = [good for shelf in shown(shop).shelves for good in shelf.goods]
    pick.pick(shop, seen(*every), key=uuid.uuid4().hex, by=SYSTEM)


def test_the_list_adds_up_by_article_and_goes_by_the_shelves(shop: Shop) -> None:
    last, first = (a_category(shop.market, name=name, position=place) for name, place in (("B", 2), ("A", 1)))
    bread = variant_of(a_product(shop, name="Baguette", category=first))
    brioche = variant_of(a_product(shop, name="Brioche", category=first))
    honey, loose = variant_of(a_product(shop, name="Miel", category=last)), a_variant(shop, name="Bougie")
    accepted(bread, honey, quantity=20)
    accepted(bread, brioche, loose, quantity=3)
    accepted(bread, quantity=9, day=tomorrow())
    an_order(bread, quantity=5)  # nobody said yes to it
    today = shown(shop)
    assert [shelf.category and shelf.category.name for shelf in today.shelves] == ["A", "B", None]
    assert goods(today) == {"Baguette": (23, 23), "Brioche": (3, 3), "Miel": (20, 20), "Bougie": (3, 3)}
    assert (today.orders, today.unaccepted) == (2, 1)
    assert goods(shown(shop, tomorrow())) == {"Baguette": (9, 9)}
    assert days.days(shop) == {days.today(shop): 2, tomorrow(): 1}


def test_what_is_ordered_after_a_tick_is_still_missing(shop: Shop) -> None:
    bread = a_variant(shop, name="Baguette")
    part = accepted(bread, quantity=3)
    (good,) = shown(shop).shelves[0].goods
    accepted(bread, quantity=2)  # while she walks
    line = part.lines.get()
    settle.change(part, {line.id: Decimal(4)}, by=CUSTOMER)
    pick.pick(shop, seen(good), key="a", by=SYSTEM)
    assert goods(shown(shop)) == {"Baguette": (6, 3)}


def test_what_was_cancelled_meanwhile_goes_back_to_the_shelf(shop: Shop) -> None:
    bread, honey = a_variant(shop, name="Baguette"), a_variant(shop, name="Miel")
    gone, less = accepted(bread, honey, quantity=2), accepted(bread, quantity=3)
    every = [good for shelf in shown(shop).shelves for good in shelf.goods]
    prepare.cancel(gone, by=CUSTOMER)  # before the telephone could say that all of it was taken
    pick.pick(shop, seen(*every), key="a", by=SYSTEM)
    settle.change(less, {less.lines.get().id: Decimal(1)}, by=CUSTOMER)
    assert {good.name: int(good.too_much) for good in shown(shop).back} == {"Baguette": 4, "Miel": 2}
    assert goods(shown(shop)) == {"Baguette": (1, 0)}
    lines = [line for good in shown(shop).back for line in good.lines]
    due = {line.id: line.quantity if line.shop_order_id == less.id else Decimal(0) for line in lines}
    pick.lay_back(shop, due, key="b", by=SYSTEM)
    assert not shown(shop).back
    assert goods(shown(shop)) == {"Baguette": (1, 0)}


def test_a_key_acts_once_even_after_the_contrary(shop: Shop) -> None:
    accepted(a_variant(shop, name="Baguette"), quantity=2)
    (good,) = shown(shop).shelves[0].goods
    pick.pick(shop, seen(good), key="a", by=SYSTEM)
    pick.lay_back(shop, dict.fromkeys(seen(good), Decimal(0)), key="b", by=SYSTEM)
    pick.pick(shop, seen(good), key="a", by=SYSTEM)  # the network repeats it
    assert goods(shown(shop)) == {"Baguette": (2, 2)}
    told = JournalEntry.objects.filter(act__in=["orders.picked", "orders.laid_back"]).order_by("at")
    assert [(entry.act, entry.details["quantity"]) for entry in told] == [
        ("orders.picked", "2.000"),
        ("orders.laid_back", "2.000"),
    ]


def test_lines_of_another_shop_are_not_touched(shop: Shop) -> None:
    theirs = accepted(a_variant(a_shop(shop.market)))
    line = theirs.lines.get()
    pick.pick(shop, {line.id: Decimal(1), uuid.uuid4(): Decimal(1)}, key="a", by=SYSTEM)
    line.refresh_from_db()
    assert line.picked == 0
    assert pick.ready_when_complete(shop, [theirs.id], by=SYSTEM) == []
    assert ShopOrder.objects.get(pk=theirs.pk).state == State.ACCEPTED


def test_only_what_is_complete_becomes_ready_and_only_once(shop: Shop) -> None:
    bread = a_variant(shop, name="Baguette")
    first, grown = accepted(bread), accepted(bread)
    take_all(shop)
    assert [part.pk for part in shown(shop).complete] == [first.pk, grown.pk]
    settle.change(grown, {grown.lines.get().id: Decimal(2)}, by=CUSTOMER)
    for _press in range(2):
        left = pick.ready_when_complete(shop, [first.id, grown.id], by=SYSTEM)
        assert [part.pk for part in left] == [grown.pk]
    assert JournalEntry.objects.filter(act="orders.ready").count() == 1


acts = st.lists(
    st.tuples(
        st.sampled_from(["look", "tick", "untick", "order", "cancel", "change", "ready"]), st.integers(0, 3)
    ),
    max_size=14,
)


@pytest.mark.hypothesis
@settings(
    max_examples=max(1, settings().max_examples // 10), suppress_health_check=list(HealthCheck), deadline=None
)
@given(story=acts)
def test_nothing_is_taken_twice_or_forgotten(shop: Shop, story: list[tuple[str, int]]) -> None:
    """Two people with lists of different age, customers who change their minds: what the list says is always the sum of
    what its orders want, and what was taken for nobody is always asked back.
    """
    with transaction.atomic():
        bread = a_variant(shop, name="Baguette")
        orders = [accepted(bread, quantity=2), accepted(bread, quantity=1)]
        looked: list[dict[uuid.UUID, Decimal]] = [{}]
        for what, which in story:
            part = orders[which % len(orders)]
            part.refresh_from_db()
            line = part.lines.get()
            match what:
                case "look":
                    looked.append(seen(*(good for shelf in shown(shop).shelves for good in shelf.goods)))
                case "tick":
                    pick.pick(shop, looked[which % len(looked)], key=uuid.uuid4().hex, by=SYSTEM)
                case "untick":
                    zero = dict.fromkeys(looked[which % len(looked)], Decimal(0))
                    pick.lay_back(shop, zero, key=uuid.uuid4().hex, by=SYSTEM)
                case "order":
                    orders.append(accepted(bread, quantity=1 + which))
                case "cancel" if part.state == State.ACCEPTED:
                    prepare.cancel(part, by=SYSTEM)
                case "change" if part.state == State.ACCEPTED:
                    settle.change(part, {line.id: Decimal(1 + which)}, by=CUSTOMER)
                case "ready":
                    pick.ready_when_complete(shop, [part.id], by=SYSTEM)
            agrees(shop)
        transaction.set_rollback(True)


def agrees(shop: Shop) -> None:
    today, lines = (
        shown(shop),
        list(OrderLine.objects.select_related("shop_order").filter(shop_order__shop=shop)),
    )
    wanted = [line for line in lines if line.shop_order.state == State.ACCEPTED]
    packed = [line for line in lines if line.shop_order.state == State.READY]
    asked_back = sum(good.too_much for good in today.back)
    missing = sum(missing for _total, missing in goods(today).values())
    assert sum(total for total, _missing in goods(today).values()) == sum(line.quantity for line in wanted)
    # Everything taken is for somebody or asked back.
    taken = sum(line.picked for line in lines) - sum(line.picked for line in packed)
    assert taken == sum(line.quantity for line in wanted) - missing + asked_back
    assert all(line.picked >= line.quantity for line in packed)
