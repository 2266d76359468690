# SPDX-License-Identifier: AGPL-3.0-or-later
"""« Je suis là » : the customer waits outside, the shop comes out."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, transaction
from tests.factories import a_shop, a_variant, a_way, an_order
from tests.ringing import deliver

from halles.domain.bells.models import Call
from halles.domain.bells.rules import Kind
from halles.domain.journal.models import JournalEntry
from halles.domain.orders import day
from halles.domain.orders.actions import prepare
from halles.domain.orders.actions.arrive import arrive
from halles.domain.orders.models import ShopOrder
from halles.kernel.actor import SYSTEM, Actor
from halles.kernel.actor import Kind as Who
from halles.kernel.errors import Refused

pytestmark = pytest.mark.django_db

CUSTOMER = Actor(Who.CUSTOMER, "", "Cliente")


def to_fetch(*, curbside: str = "places 1 à 4") -> ShopOrder:
    """An accepted order of a shop that comes out to cars, or not."""
    shop = a_shop()
    a_way(shop, curbside=curbside)
    part = an_order(a_variant(shop)).shop_orders.select_related("place").get()
    prepare.accept(part, by=SYSTEM)
    return part


def when_due(part: ShopOrder) -> time_machine.travel:
    return time_machine.travel(part.collect_from, tick=False)


def test_it_rings_at_the_shop_and_stands_first_of_all_that_is_to_do() -> None:
    part = to_fetch()
    late = an_order(a_variant(part.shop)).shop_orders.get()
    ShopOrder.objects.filter(pk=late.pk).update(collect_from=part.collect_from - dt.timedelta(hours=2))
    with when_due(part):
        arrive(part, " place  2 ", by=CUSTOMER)
        deliver()
        first = day.to_do(part.shop, 5)[0]
        call = Call.objects.get(kind=Kind.ARRIVALS)
    assert (first, first.arrived_where) == (part, "place 2")
    assert (call.subject, call.seen_at) == (part.id, None)
    assert call.next_at is not None


def test_said_again_it_rings_again_only_from_another_place_or_after_a_while() -> None:
    part = to_fetch()

    def rung() -> int:
        return JournalEntry.objects.filter(act="orders.arrived").count()

    with when_due(part) as clock:
        for where in ("place 2", "place 2", "place 3"):
            arrive(part, where, by=CUSTOMER)
        assert rung() == 2
        clock.shift(dt.timedelta(minutes=6))
        arrive(part, "place 3", by=CUSTOMER)
        assert rung() == 3


def test_who_has_his_order_waits_no_more_and_where_he_stood_is_forgotten() -> None:
    part = to_fetch()
    with when_due(part):
        arrive(part, "voiture rouge", by=CUSTOMER)
        deliver()
        prepare.ready(part, by=SYSTEM)
        assert ShopOrder.objects.get(pk=part.pk).waits_outside
        prepare.hand_over(part, by=SYSTEM)
    part.refresh_from_db()
    assert (part.waits_outside, part.arrived_where) == (False, "")
    assert Call.objects.get(kind=Kind.ARRIVALS).seen_at
    with pytest.raises(IntegrityError), transaction.atomic():
        ShopOrder.objects.filter(pk=part.pk).update(arrived_where="voiture rouge")


@pytest.mark.parametrize(
    ("curbside", "ahead", "code"),
    [("", 0, "orders.not_brought_out"), ("places 1 à 4", 45, "orders.too_early")],
)
def test_where_nobody_comes_out_or_long_before_the_time_nobody_is_rung(
    curbside: str, ahead: int, code: str
) -> None:
    part = to_fetch(curbside=curbside)
    with time_machine.travel(part.collect_from - dt.timedelta(minutes=ahead), tick=False):
        with pytest.raises(Refused) as refused:
            arrive(part, "place 2", by=CUSTOMER)
        assert refused.value.code == code


def test_an_order_that_is_over_rings_nobody() -> None:
    part = to_fetch()
    prepare.cancel(part, by=SYSTEM)
    with when_due(part), pytest.raises(Refused) as refused:
        arrive(part, "place 2", by=CUSTOMER)
    assert refused.value.code == "orders.not_now"
