# SPDX-License-Identifier: AGPL-3.0-or-later
"""An order at somebody else's counter: there, handed over, taken back; nothing twice, nothing lost."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from tests import depots as make
from tests.factories import a_shop, an_order

from halles.domain.depots import actions, reads
from halles.domain.depots.actions import timeouts
from halles.domain.depots.models import Deposit, KeeperLink
from halles.domain.depots.reads import Scope
from halles.domain.depots.rules import Standing
from halles.domain.orders.actions import prepare
from halles.domain.orders.actions import timeouts as times
from halles.domain.orders.models import ShopOrder
from halles.domain.orders.rules import State
from halles.domain.stock.models import StockLevel
from halles.kernel.actor import SYSTEM
from halles.kernel.errors import Refused

pytestmark = pytest.mark.django_db


def now(part: ShopOrder) -> ShopOrder:
    """As it stands."""
    return ShopOrder.objects.select_related("order__customer", "place", "shop__market").get(pk=part.pk)


def stands(part: ShopOrder) -> Standing | None:
    return reads.standings([now(part)])[part.id]


def late(part: ShopOrder, *, over: bool = False) -> None:
    """Its hour has passed; when it is over, it need not be kept any longer."""
    before = timezone.now() - dt.timedelta(hours=2)
    said = {"collect_from": before, "collect_until": before + dt.timedelta(minutes=30)}
    if over:
        said["hold_until"] = timezone.now() - dt.timedelta(minutes=1)
    ShopOrder.objects.filter(pk=part.pk).update(**said)
    Deposit.objects.filter(shop_order=part).update(arrived_at=before - dt.timedelta(hours=1))


def test_what_is_packed_is_there_when_somebody_ticks_it_and_again_not_when_it_was_a_mistake() -> None:
    place = make.a_depot(a_shop())
    awaited, part = make.packed(place, ready=False), make.packed(place)
    with pytest.raises(Refused, match=r"depots\.not_packed"):
        actions.arrive(awaited, by=make.KEEPER)
    assert (stands(awaited), stands(part)) == (Standing.AWAITED, Standing.PACKED)
    actions.arrive_all([part, awaited], by=make.KEEPER)
    actions.arrive(part, by=SYSTEM)  # the shop ticks it too
    assert (stands(part), Deposit.objects.get().arrived_by) == (Standing.HERE, "keeper")
    actions.not_there(part, by=make.KEEPER)
    assert stands(part) == Standing.PACKED
    with pytest.raises(Refused, match=r"depots\.not_here"):
        actions.arrive(an_order().shop_orders.get(), by=make.KEEPER)


def test_time_reminds_of_what_is_there_and_gives_nothing_up() -> None:
    place = make.a_depot(a_shop())
    part, packed = make.packed(place), make.packed(place)
    actions.arrive(part, by=make.KEEPER)
    for one in (part, packed):
        late(one, over=True)
    for _ in range(2):
        times.run()
        timeouts.remind()
    assert (now(part).reminded_at is None, now(packed).reminded_at is None) == (False, True)
    assert (stands(part), now(part).state) == (Standing.TO_RETURN, State.READY)
    actions.hand_over(part, by=make.KEEPER)  # she comes after all, and it is still there
    assert now(part).state == State.HANDED_OVER


def test_goods_are_on_sale_again_when_the_shop_has_taken_them_back() -> None:
    part = make.packed(make.a_depot(a_shop()), stock_of=1)
    level = StockLevel.objects.get(variant=part.lines.get().variant)
    with pytest.raises(Refused, match=r"depots\.not_here"):
        actions.take_back(part, by=SYSTEM)
    actions.arrive(part, by=make.KEEPER)
    with pytest.raises(Refused, match=r"depots\.still_kept"):
        actions.take_back(part, by=SYSTEM)
    late(part, over=True)
    level.refresh_from_db()
    assert level.reserved == 1
    for _ in range(2):
        actions.take_back(part, by=SYSTEM)
    level.refresh_from_db()
    assert (level.on_hand, level.reserved) == (1, 0)
    assert (now(part).state, now(part).order.customer.no_shows) == (State.NOT_COLLECTED, 1)
    assert stands(part) == Standing.RETURNED


def test_what_comes_late_is_held_as_long_as_what_came_in_time() -> None:
    part = make.packed(make.a_depot(a_shop()))
    late(part, over=True)
    actions.arrive(part, by=make.KEEPER)
    assert now(part).hold_until > timezone.now() + dt.timedelta(hours=23)
    timeouts.remind()
    assert now(part).reminded_at is None  # she was told a moment ago that it is there


ACTS = ("arrive", "not_there", "hand_over", "take_back", "cancel", "late", "over", "clock")


@settings(max_examples=settings().max_examples // 10)
@given(st.lists(st.sampled_from(ACTS), max_size=9))
def test_whoever_presses_what_however_often_goods_are_where_the_order_says(story: list[str]) -> None:
    with transaction.atomic():
        part = make.packed(make.a_depot(a_shop()), stock_of=3)
        for act in story:
            try:
                match act:
                    case "late" | "over":
                        late(part, over=act == "over")
                    case "clock":
                        times.run()
                        timeouts.remind()
                    case "cancel":
                        prepare.cancel(part, by=SYSTEM)
                    case _:
                        getattr(actions, act)(part, by=make.KEEPER)
            except Refused:
                continue
        after, level = now(part), StockLevel.objects.get(variant=part.lines.get().variant)
        deposit = reads.deposit_of(after)
        sold, held = after.state == State.HANDED_OVER, after.state == State.READY
        assert (level.on_hand, level.reserved) == (2 if sold else 3, 1 if held else 0)
        assert after.order.customer.no_shows == (after.state == State.NOT_COLLECTED)
        if after.state == State.NOT_COLLECTED:
            assert deposit and deposit.returned_at
        if sold:
            assert deposit and not deposit.returned_at
        transaction.set_rollback(True)


def test_a_depot_keeps_no_order_twice_and_gives_none_back_before_it_came() -> None:
    part = make.packed(make.a_depot(a_shop()))
    actions.arrive(part, by=make.KEEPER)
    for wrong in ({"returned_at": timezone.now() - dt.timedelta(days=1)}, {"arrived_by": "postman"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Deposit.objects.update(**wrong)


def test_a_link_is_the_hosts_lives_a_month_and_dies_of_the_next_one() -> None:
    host, guest = make.two_shops()
    assert host.depot and guest.depot
    with pytest.raises(Refused, match=r"shops\.depot_of_another"):
        actions.make_link(guest.shop, guest.depot, key="un", by=SYSTEM)
    for _ in range(2):
        actions.make_link(host.shop, host.depot, key="un", by=SYSTEM)
    first = KeeperLink.objects.get()
    assert dt.timedelta(days=29) < first.expires_at - timezone.now() <= dt.timedelta(days=30)
    assert reads.keeper(first.secret)
    actions.make_link(host.shop, host.depot, key="deux", by=SYSTEM)
    second = reads.link_of(host.depot)
    assert second and reads.keeper(first.secret) is None and reads.keeper(second.secret)
    KeeperLink.objects.update(expires_at=timezone.now())
    assert reads.keeper(second.secret) is None
    KeeperLink.objects.update(expires_at=timezone.now() + dt.timedelta(1), shop=guest.shop)
    assert reads.keeper(second.secret) is None  # who gave it is not the host any more
    actions.stop_link(host.shop, host.depot, by=SYSTEM)
    assert not KeeperLink.objects.exists()


def test_two_shops_may_have_given_the_same_code_and_a_shop_sees_its_own() -> None:
    host, guest = make.two_shops()
    ours, theirs, other = make.packed(host), make.packed(guest), make.packed(guest)
    ShopOrder.objects.filter(pk=theirs.pk).update(code=ours.code)
    everybodys = Scope.of_keeper(make.a_link(host))
    assert {one.part for one in everybodys.by_code(ours.code.lower().replace("-", " "))} == {ours, theirs}
    assert [one.part for one in Scope.of_place(host).on(timezone.localdate(ours.collect_from))] == [ours]
    actions.hand_over(theirs, by=make.KEEPER)
    assert other.code not in {one.part.code for one in everybodys.by_code(ours.code)}
    assert [one.part for one in everybodys.by_code(ours.code)] == [ours]
