# SPDX-License-Identifier: AGPL-3.0-or-later
"""The scale has the last word: what is paid, what is set aside, and when the customer is asked first."""

import uuid
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories import CUSTOMER, a_basket, a_variant, an_order, place_order

from halles.domain.catalogue.models import Portion, Variant
from halles.domain.journal.models import JournalEntry
from halles.domain.orders import reads
from halles.domain.orders.actions import answers, baskets, prepare, settle, weigh
from halles.domain.orders.errands import errands_of
from halles.domain.orders.models import Basket, OrderLine, ShopOrder
from halles.domain.orders.rules import DOUBTFUL, TOLERANCE, State, is_doubtful, is_near
from halles.domain.stock import reads as ledger
from halles.domain.stock.models import StockMove
from halles.kernel.actor import SYSTEM
from halles.kernel.errors import Refused
from halles.kernel.units import Unit

grams = st.integers(1, 999_000).map(lambda number: Decimal(number) / 1000)


@given(grams, grams)
def test_near_is_within_a_tenth_both_ways_and_never_doubtful(agreed: Decimal, served: Decimal) -> None:
    assert is_near(agreed, served) == (agreed * (1 - TOLERANCE) <= served <= agreed * (1 + TOLERANCE))
    assert not (is_near(agreed, served) and is_doubtful(agreed, served))
    assert is_doubtful(agreed, served) == is_doubtful(served, agreed)  # three times, or a third
    assert is_doubtful(agreed, agreed * DOUBTFUL + Decimal("0.001"))


# -- what is asked for


def a_cheese(**facts: Any) -> Variant:
    said = {
        "unit": Unit.KILOGRAM,
        "price": Decimal(20),
        "portion": Portion.PART,
        "portion_weight": Decimal("0.320"),
    }
    return a_variant(**(said | facts))


def wanted(basket: Basket) -> tuple[Decimal, int | None]:
    line = basket.lines.get()
    return line.quantity, line.portions


@pytest.mark.django_db
def test_portions_stay_portions_until_a_weight_comes_to_them() -> None:
    cheese = a_cheese()
    basket = baskets.new_basket(cheese.product.shop.market)
    baskets.put(basket, cheese, Decimal(2), in_portions=True)
    line = baskets.put(basket, cheese, Decimal(1), in_portions=True)
    assert wanted(basket) == (Decimal("0.960"), 3)
    baskets.put(basket, cheese, Decimal("0.250"))
    assert wanted(basket) == (Decimal("1.200"), None)  # on a step of the scale
    baskets.set_line(line, Decimal(1), in_portions=True)
    assert wanted(basket) == (Decimal("0.320"), 1)
    for wrong in ("0.5", "-1", "NaN", "1e9", "40000"):
        with pytest.raises(Refused, match=r"orders\.(portions_wrong|quantity_too_large)"):
            baskets.set_line(line, Decimal(wrong), in_portions=True)
    with pytest.raises(Refused, match="portions_gone"):
        baskets.put(basket, a_variant(cheese.product.shop, unit=Unit.KILOGRAM), Decimal(1), in_portions=True)


@pytest.mark.django_db
def test_portions_that_weigh_otherwise_by_now_are_ordered_by_weight() -> None:
    cheese = a_cheese()
    basket = baskets.new_basket(cheese.product.shop.market)
    baskets.put(basket, cheese, Decimal(2), in_portions=True)
    cheese.product.portion_weight = Decimal("0.400")
    cheese.product.save()
    line = part_of(place_order(basket)).lines.get()
    assert (line.ordered, line.portion, line.portions) == (Decimal("0.640"), "", None)


# -- what is weighed


def part_of(order: Any) -> ShopOrder:
    return order.shop_orders.get()


def accepted(variant: Variant, number: int = 1) -> ShopOrder:
    """So many portions, that the shop prepares."""
    basket = baskets.new_basket(variant.product.shop.market)
    baskets.put(basket, variant, Decimal(number), in_portions=True)
    part = part_of(place_order(basket))
    prepare.accept(part, by=SYSTEM)
    return fresh(part)


def fresh(part: ShopOrder) -> ShopOrder:
    return ShopOrder.objects.get(pk=part.pk)


def seen(part: ShopOrder) -> str:
    return weigh.as_seen(fresh(part), weigh.on_the_scale(fresh(part), part.lines.all()))


def serve(part: ShopOrder, *kilograms: str, before: str | None = None, sure: bool = False) -> ShopOrder:
    lines = [line for line in part.lines.all() if line.is_by_weight]
    weights: Mapping[uuid.UUID, Decimal] = {
        line.id: Decimal(weight) for line, weight in zip(lines, kilograms, strict=False)
    }
    weigh.weigh(
        part, weights, seen=before or seen(part), sure=[line.id for line in lines] if sure else [], by=SYSTEM
    )
    return fresh(part)


def stands(part: ShopOrder) -> tuple[str, Decimal]:
    part = fresh(part)
    return part.state, part.total


def levels(variant: Variant) -> tuple[Decimal, Decimal]:
    level = ledger.levels([variant.id])[variant.id, None]
    return level.on_hand, level.reserved


@pytest.mark.django_db
def test_near_what_was_asked_it_is_ready_at_what_it_weighs() -> None:
    cheese = a_cheese(stock_of=1)
    part = accepted(cheese)
    with pytest.raises(Refused, match="not_weighed"):
        prepare.ready(part, by=SYSTEM)
    assert part.is_estimate
    part = serve(part, "0.352")
    line = part.lines.get()
    assert (part.state, part.total, line.quantity) == (State.READY, Decimal("7.04"), Decimal("0.352"))
    assert (line.ordered, line.portions, part.is_estimate) == (Decimal("0.320"), 1, False)
    assert levels(cheese) == (1, Decimal("0.352"))
    prepare.hand_over(part, by=SYSTEM)
    assert levels(cheese) == (Decimal("0.648"), 0)


@pytest.mark.django_db
def test_far_from_it_she_says_yes_and_it_is_ready_without_another_weighing() -> None:
    part = serve(accepted(a_cheese()), "0.380")
    assert stands(part) == (State.TO_AGREE, Decimal("7.60"))
    answers.agree(part, by=CUSTOMER, seen=Decimal("7.60"))
    assert stands(part) == (State.READY, Decimal("7.60"))
    part = serve(part, "0.370")  # mistyped: near what she said yes to, nobody is asked again
    assert stands(part) == (State.READY, Decimal("7.40"))
    assert stands(serve(part, "0.200")) == (State.TO_AGREE, Decimal("4.00"))


@pytest.mark.django_db
def test_a_yes_is_to_the_price_that_was_shown() -> None:
    part = serve(accepted(a_cheese()), "0.380")
    serve(part, "0.420")
    with pytest.raises(Refused, match="other_total"):
        answers.agree(part, by=CUSTOMER, seen=Decimal("7.60"))
    assert stands(serve(part, "0.330")) == (State.READY, Decimal("6.60"))  # a slice was cut off
    with pytest.raises(Refused, match="not_now"):
        answers.agree(part, by=CUSTOMER, seen=Decimal("7.60"))


@pytest.mark.django_db
def test_what_lies_on_the_scale_is_there_and_nobody_elses_promise_is_touched() -> None:
    cheese = a_cheese(stock_of=1)
    first, second = accepted(cheese, 2), accepted(cheese)
    serve(first, "0.700")
    assert levels(cheese) == (Decimal("1.020"), Decimal("1.020"))
    found = StockMove.objects.get(reason=StockMove.Reason.FOUND)
    assert (found.quantity, found.reference) == (Decimal("0.020"), first.lines.get().id)
    told = JournalEntry.objects.get(act="stock.found")
    assert told.details["quantity"] == "0.020"
    serve(second, "0.300")
    assert levels(cheese) == (Decimal("1.020"), Decimal("1.000"))
    assert (ledger.broken_levels(), reads.wrong_totals()) == ([], [])


@pytest.mark.django_db
def test_two_who_prepare_the_same_order_do_not_write_over_one_another() -> None:
    part = accepted(a_cheese())
    before = seen(part)
    serve(part, "0.310", before=before)
    acts = JournalEntry.objects.count()
    serve(part, "0.310", before=before)  # pressed twice
    with pytest.raises(Refused, match="weighed_meanwhile"):
        serve(part, "0.330", before=before)
    assert (stands(part), JournalEntry.objects.count()) == ((State.READY, Decimal("6.20")), acts)


@pytest.mark.django_db
def test_a_change_of_the_customer_meanwhile_is_seen_before_it_is_weighed() -> None:
    part = accepted(a_cheese())
    before = seen(part)
    settle.change(part, {}, portions={part.lines.get().id: Decimal(2)}, by=CUSTOMER)
    with pytest.raises(Refused, match="weighed_meanwhile"):
        serve(part, "0.320", before=before)
    prepare.cancel(part, by=CUSTOMER)
    with pytest.raises(Refused, match="not_now"):
        serve(part, "0.320", before=before)


@pytest.mark.parametrize(
    ("weights", "code"),
    [
        ([], "orders.weight_missing"),
        (["0"], "orders.weight_missing"),
        (["-0.3"], "orders.weight_wrong"),
        (["0.3001"], "orders.weight_wrong"),
        (["NaN"], "orders.weight_wrong"),
        (["1000"], "orders.weight_wrong"),
        (["40"], "orders.weight_doubtful"),
        (["0.030"], "orders.weight_doubtful"),
    ],
)
@pytest.mark.django_db
def test_a_weight_that_no_scale_says_changes_nothing(weights: list[str], code: str) -> None:
    part = accepted(a_cheese())
    line = part.lines.get()
    with pytest.raises(Refused) as refused:
        serve(part, *weights)
    assert refused.value.details["wrong"] == {str(line.id): code}
    assert stands(part) == (State.ACCEPTED, Decimal("6.40"))


@pytest.mark.django_db
def test_whoever_is_sure_of_a_doubtful_weight_is_believed_and_the_customer_asked() -> None:
    assert stands(serve(accepted(a_cheese()), "40", sure=True)) == (State.TO_AGREE, Decimal(800))


@pytest.mark.django_db
def test_every_line_that_is_sold_by_weight_lies_on_the_scale_and_no_other() -> None:
    cheese = a_cheese()
    loaf, gone = a_variant(cheese.product.shop), a_cheese(shop=cheese.product.shop)
    part = part_of(an_order(cheese, loaf, gone))
    settle.settle(part, [settle.LineChange(part.lines.get(variant=gone).id, Decimal(0))], by=SYSTEM)
    with pytest.raises(Refused, match="not_now"):  # she answers that first
        serve(part, "1")
    answers.agree(part, by=CUSTOMER)
    part = fresh(part)
    assert [line.variant for line in weigh.on_the_scale(part, part.lines.all())] == [cheese]
    assert stands(serve(part, "1.010")) == (State.READY, Decimal("24.40"))


# -- what is settled or changed before


@pytest.mark.django_db
def test_her_words_are_kept_while_the_shop_settles_and_dropped_when_she_asks_by_weight() -> None:
    part = accepted(a_cheese(), 2)
    line: OrderLine = part.lines.get()

    def settled(quantity: str) -> tuple[Decimal, int | None]:
        settle.settle(part, [settle.LineChange(line.id, Decimal(quantity))], by=SYSTEM)
        if fresh(part).state == State.TO_AGREE:
            answers.agree(part, by=CUSTOMER)
        line.refresh_from_db()
        return line.quantity, line.portions

    assert settled("0.500") == (Decimal("0.500"), 2)
    assert settled("0.640") == (
        Decimal("0.640"),
        2,
    )  # found after all: no step of the scale, but what she asked for
    settle.change(part, {}, portions={line.id: Decimal(3)}, by=CUSTOMER)
    line.refresh_from_db()
    assert (line.ordered, line.portions) == (Decimal("0.960"), 3)
    settle.change(part, {line.id: Decimal("0.250")}, by=CUSTOMER)
    line.refresh_from_db()
    assert (line.ordered, line.portion, line.portions) == (Decimal("0.250"), "", None)


@pytest.mark.django_db
def test_a_weight_agreed_as_less_is_what_the_scale_is_held_against() -> None:
    part = accepted(a_cheese(), 2)
    settle.settle(part, [settle.LineChange(part.lines.get().id, Decimal("0.300"))], by=SYSTEM)
    answers.agree(part, by=CUSTOMER)
    assert stands(serve(fresh(part), "0.310")) == (State.READY, Decimal("6.20"))


@pytest.mark.django_db
def test_what_is_less_than_one_can_ask_for_is_sold_out() -> None:
    cheese = a_cheese(stock_of=1)
    serve(accepted(cheese, 3), "0.963")
    (found,) = errands_of(a_basket(a_variant(cheese.product.shop), cheese)).problems
    assert found.line.variant_id == cheese.id and not found.offer.can_be_ordered
