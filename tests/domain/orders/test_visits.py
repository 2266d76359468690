# SPDX-License-Identifier: AGPL-3.0-or-later
"""A service in the basket, beside goods or alone: its time is held with the order, moved, put off, given back."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone
from tests.factories import (
    CUSTOMER,
    a_basket,
    a_service,
    a_variant,
    a_visit,
    in_days,
    place_order,
)

from halles.domain.appointments import reads as appointments
from halles.domain.appointments.models import Appointment
from halles.domain.catalogue.models import Variant
from halles.domain.orders import day, visits
from halles.domain.orders.actions import answers, baskets, later, prepare, settle, slot, timeouts, times
from halles.domain.orders.actions.note import NotedLine, note
from halles.domain.orders.actions.place import Contact
from halles.domain.orders.errands import errands_of
from halles.domain.orders.models import OrderLine, ShopOrder
from halles.domain.orders.rules import State
from halles.domain.shops import actions as shops
from halles.domain.shops import reads as shop_reads
from halles.kernel.actor import SYSTEM
from halles.kernel.errors import Refused

pytestmark = pytest.mark.django_db


def part_of(variant: Variant, at: dt.datetime, *others: Variant) -> ShopOrder:
    order = a_visit(variant, at, *others)
    return order.shop_orders.get(shop=variant.product.shop)


def held(part: ShopOrder) -> list[dt.datetime]:
    lines = part.lines.values("pk")
    return list(Appointment.objects.filter(reference__in=lines).values_list("starts_at", flat=True))


def test_a_service_alone_is_a_visit_at_its_time() -> None:
    cut = a_service(None, "Fauteuil", minutes=45, cancel_hours=12)
    part = part_of(cut, in_days(3, "14:00"))
    line = part.lines.get()
    assert part.is_visit
    assert (part.collect_from, part.collect_until) == (in_days(3, "14:00"), in_days(3, "14:45"))
    assert (line.starts_at, line.ends_at, line.held_by) == (
        in_days(3, "14:00"), in_days(3, "14:45"), "Fauteuil",
    )  # fmt: skip
    assert line.change_before == in_days(3, "02:00")
    assert held(part) == [in_days(3, "14:00")]


def test_goods_of_the_shop_are_taken_along_unless_another_time_is_chosen_for_them() -> None:
    cut = a_service()
    soap = a_variant(cut.product.shop)
    basket = baskets.new_basket(cut.product.shop.market)
    baskets.put(basket, cut, Decimal(1), starts_at=in_days(3, "14:00"))
    baskets.put(basket, soap, Decimal(2))
    (stop,) = errands_of(basket).stops
    assert stop.window and stop.window.start == in_days(3, "14:00")
    assert not stop.is_visit
    assert stop.goods == Decimal("8.40")
    assert stop.total == Decimal("28.40")
    assert stop.place
    baskets.set_way(basket, stop.shop, stop.place, in_days(1, "10:00"))
    (stop,) = errands_of(basket).stops
    assert stop.window and stop.window.start == in_days(1, "10:00")
    part = place_order(basket).shop_orders.get()
    assert not part.is_visit
    assert part.hold_until == in_days(3, "15:00") + dt.timedelta(hours=24)
    other = next(window for window in slot.free(part) if window.start.date() == in_days(2, "10:00").date())
    slot.choose(part, other.start, by=CUSTOMER)
    part.refresh_from_db()
    assert part.collect_from == other.start
    assert part.hold_until == in_days(3, "15:00") + dt.timedelta(hours=24)


def test_the_second_for_the_same_time_is_told_and_keeps_the_rest() -> None:
    cut = a_service()
    soap = a_variant()
    at = in_days(3, "14:00")
    first, second = (baskets.new_basket(cut.product.shop.market) for _ in range(2))
    for basket in (first, second):
        baskets.put(basket, cut, Decimal(1), starts_at=at)
    baskets.put(second, soap, Decimal(1))
    place_order(first)
    (problem,) = errands_of(second).problems
    assert problem.lacks_time
    with pytest.raises(Refused, match=r"orders\.changed"):
        place_order(second)
    assert second.lines.count() == 2
    baskets.put(second, cut, Decimal(1), starts_at=in_days(3, "15:00"))
    assert second.lines.count() == 2
    assert place_order(second).shop_orders.count() == 2


def test_a_service_without_a_time_does_not_go_into_a_basket() -> None:
    with pytest.raises(Refused, match=r"orders\.time_missing"):
        a_basket(a_service())


def test_a_time_goes_back_with_whatever_lets_it_go() -> None:
    cut = a_service()
    soap = a_variant(cut.product.shop)
    cancelled, settled, put_aside = (part_of(cut, in_days(3, f"{hour}:00"), soap) for hour in (10, 12, 14))
    prepare.cancel(cancelled, by=CUSTOMER)
    line = settled.lines.get(starts_at__isnull=False)
    settle.settle(settled, [settle.LineChange(line.id, Decimal(0))], by=SYSTEM)
    settle.change(put_aside, {put_aside.lines.get(starts_at__isnull=False).id: Decimal(0)}, by=CUSTOMER)
    assert Appointment.objects.count() == 0
    assert list(appointments.examine()) == []


def test_what_the_shop_took_out_and_puts_back_takes_its_time_anew_or_is_refused() -> None:
    cut = a_service()
    part = part_of(cut, in_days(3, "14:00"), a_variant(cut.product.shop))
    line = part.lines.get(starts_at__isnull=False)
    line.if_missing = "remove"
    line.save()
    settle.settle(part, [settle.LineChange(line.id, Decimal(0))], by=SYSTEM)
    assert held(part) == []
    settle.settle(part, [settle.LineChange(line.id, Decimal(1))], by=SYSTEM)
    assert held(part) == [in_days(3, "14:00")]


def test_the_customer_cancels_and_moves_until_the_time_that_was_said() -> None:
    cut = a_service(cancel_hours=48)
    near, far = part_of(cut, in_days(1, "14:00")), part_of(cut, in_days(5, "14:00"))
    for part in (near, far):
        prepare.accept(part, by=SYSTEM)
        part.refresh_from_db()
    with pytest.raises(Refused, match=r"orders\.too_late_to_cancel"):
        prepare.cancel(near, by=CUSTOMER)
    with pytest.raises(Refused, match=r"orders\.too_late_to_move"):
        times.choose(near, near.lines.get().id, in_days(6, "10:00"), by=CUSTOMER)
    prepare.cancel(near, by=SYSTEM)  # the shop always may
    line = far.lines.get()
    for _again in range(2):
        times.choose(far, line.id, in_days(6, "10:00"), by=CUSTOMER)
    far.refresh_from_db()
    assert far.collect_from == in_days(6, "10:00")
    assert held(far) == [in_days(6, "10:00")]
    with pytest.raises(Refused, match=r"orders\.slot_gone"):
        times.choose(far, line.id, in_days(6, "10:07"), by=CUSTOMER)
    assert far.lines.get().change_before == in_days(4, "10:00")


def test_a_closed_day_puts_visits_off_and_the_customer_answers() -> None:
    cut = a_service()
    alone = [part_of(cut, in_days(3, time)) for time in ("10:00", "14:00")]
    with_goods = part_of(cut, in_days(3, "16:00"), a_variant(cut.product.shop))
    closed = later.close_day(cut.product.shop, in_days(3, "10:00").date(), move=True, by=SYSTEM)
    assert {part.id for part in closed.moved} == {part.id for part in alone}
    assert [part.id for part in closed.stuck] == [with_goods.id]
    assert held(with_goods) == [in_days(3, "16:00")]  # nobody's time is silently another
    moved = []
    for part in alone:
        part.refresh_from_db()
        assert part.state == State.TO_AGREE
        assert held(part) == [part.collect_from]
        assert timezone.localdate(part.collect_from) > in_days(3, "10:00").date()
        moved.append(part.collect_from)
    assert len(set(moved)) == 2
    answers.agree(alone[0], by=CUSTOMER)
    prepare.cancel(alone[1], by=CUSTOMER)
    assert held(alone[1]) == []


def test_congés_tell_whom_they_concern() -> None:
    cut = a_service()
    shop = cut.product.shop
    part_of(cut, in_days(3, "10:00"))
    shops.close_days(shop, in_days(2, "10:00").date(), in_days(4, "10:00").date(), reason="", by=SYSTEM)
    hours = shop_reads.counter_hours_of([shop])[shop.id]
    days = [in_days(number, "10:00").date() for number in (2, 4, 5)]
    assert len(visits.during(shop, days[0], days[1], hours)) == 1
    assert visits.during(shop, days[2], days[2], hours) == []


def test_who_comes_is_reminded_once_for_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    cut = a_service()
    part = part_of(cut, in_days(4, "10:00"))
    prepare.accept(part, by=SYSTEM)
    told: list[str] = []
    monkeypatch.setattr("halles.kernel.outbox.publish", lambda event, **_said: told.append(event))

    def a_day_before() -> list[str]:
        told.clear()
        now = Appointment.objects.get().starts_at - dt.timedelta(hours=23)
        monkeypatch.setattr(timezone, "now", lambda: now)
        times.remind()
        times.remind()
        monkeypatch.undo()
        monkeypatch.setattr("halles.kernel.outbox.publish", lambda event, **_said: told.append(event))
        return [event for event in told if event == "orders.time_near"]

    assert a_day_before() == ["orders.time_near"]
    times.choose(part, part.lines.get().id, in_days(6, "10:00"), by=CUSTOMER)
    assert a_day_before() == ["orders.time_near"]


def test_a_visit_that_is_over_was_kept() -> None:
    cut = a_service()
    part = part_of(cut, in_days(1, "10:00"))
    prepare.accept(part, by=SYSTEM)
    ShopOrder.objects.filter(pk=part.pk).update(hold_until=timezone.now())
    timeouts.close_unfinished()
    part.refresh_from_db()
    assert part.state == State.HANDED_OVER


def test_a_visit_is_neither_prepared_nor_late() -> None:
    cut = a_service()
    part = part_of(cut, in_days(1, "10:00"))
    prepare.accept(part, by=SYSTEM)
    ShopOrder.objects.filter(pk=part.pk).update(collect_from=timezone.now() - dt.timedelta(minutes=5))
    counts = day.counts(cut.product.shop)
    assert (counts.visits, counts.to_prepare, counts.late, counts.now) == (1, 0, 0, 1)


def test_the_shop_notes_a_time_outside_its_hours_but_never_two_at_once() -> None:
    cut = a_service()
    shop = cut.product.shop
    shops.set_hours(shop.places.get(), [], by=SYSTEM)
    lines = [NotedLine(Decimal(1), cut, starts_at=in_days(3, "21:30"))]

    def noted(key: str) -> ShopOrder:
        return note(
            shop, lines, Contact("Cliente 4", phone="0549000000"), terms=lambda *_: "T", by=SYSTEM, key=key
        )

    part = noted("a" * 8)
    assert noted("a" * 8) == part
    assert part.is_visit
    assert (part.collect_from, part.collect_until) == (in_days(3, "21:30"), in_days(3, "22:30"))
    with pytest.raises(Refused, match=r"orders\.time_taken"):
        noted("b" * 8)
    lines[0] = NotedLine(Decimal(1), cut, starts_at=in_days(-1, "21:30"))
    with pytest.raises(Refused, match=r"orders\.time_gone_by"):
        noted("c" * 8)
    assert OrderLine.objects.filter(shop_order=part).count() == 1
