# SPDX-License-Identifier: AGPL-3.0-or-later
"""A day's deliveries: put in order, left for, and what comes of each door."""

import datetime as dt
import uuid
from collections.abc import Iterator

import pytest
import time_machine
from tests.rounds import FAR, MIDDLE, NEAR, NOON, a_shop_that_brings, brought, put_in_order

from halles.domain.journal.reads import history
from halles.domain.orders.actions import later
from halles.domain.orders.models import ShopOrder
from halles.domain.orders.rules import State
from halles.domain.rounds import photos, ports, reads
from halles.domain.rounds.actions import doors, driving, forgetting
from halles.domain.rounds.actions.doors import Told
from halles.domain.rounds.models import Round, Stop
from halles.domain.shops.models import Shop
from halles.domain.shops.rules import Window
from halles.domain.stock import reads as stock
from halles.kernel.actor import SYSTEM
from halles.kernel.errors import Refused
from halles.kernel.points import Point

pytestmark = pytest.mark.django_db
BY = Told(SYSTEM)


@pytest.fixture(autouse=True)
def noon() -> Iterator[time_machine.Traveller]:
    """The day of the round, before it."""
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def shop() -> Shop:
    """A shop that goes round in the evening, to three villages along one road."""
    return a_shop_that_brings()


@pytest.fixture
def parts(shop: Shop) -> dict[str, ShopOrder]:
    """One order for each village, the farthest came first."""
    return {
        "far": brought(shop, FAR, "Saint-Julien"),
        "near": brought(shop, NEAR, "Buxerolles"),
        "middle": brought(shop, MIDDLE, "Fontaine"),
    }


def sheet_of(shop: Shop) -> reads.Sheet:
    """What the page shows."""
    (way,) = reads.ways(shop)
    return reads.sheet(way, NOON.date())


def test_villages_along_a_road_come_one_after_the_other(shop: Shop, parts: dict[str, ShopOrder]) -> None:
    round_ = put_in_order(shop)
    stops = sheet_of(shop).to_do
    order = [stop.shop_order_id for stop in stops]
    assert order == [parts[name].id for name in ("near", "middle", "far")]  # not backwards: people wait less
    assert [stop.known for stop in stops] == ["commune"] * 3
    assert not round_.is_being_planned
    times = [stop.expected_at for stop in stops]
    assert times == sorted(times)  # type: ignore[type-var]
    for stop in stops:
        assert stop.fits and stop.expected_at
        assert stop.shop_order.collect_from <= stop.expected_at <= stop.shop_order.collect_until
        assert stop.told_from is None  # nobody is told before it has left


def test_who_waits_is_told_when_it_leaves_and_that_stays_as_long_as_it_is_true(
    shop: Shop, parts: dict[str, ShopOrder], noon: time_machine.Traveller
) -> None:
    round_ = put_in_order(shop)
    noon.move_to(NOON.replace(hour=17, minute=5))
    driving.start(round_, by=SYSTEM)
    told = reads.told_of([part.id for part in parts.values()])
    assert set(told) == {part.id for part in parts.values()}
    first, second, third = sheet_of(shop).to_do
    for stop in (first, second, third):
        assert stop.told_from and stop.expected_at and stop.told_until
        assert NOON.replace(hour=17) <= stop.told_from <= stop.expected_at <= stop.told_until
    noon.move_to(first.expected_at)
    doors.deliver(first.shop_order, BY)
    later_ = sheet_of(shop).to_do
    assert [stop.told_from for stop in later_] == [second.told_from, third.told_from]
    noon.shift(dt.timedelta(hours=1))
    doors.deliver(later_[0].shop_order, BY)
    (last,) = sheet_of(shop).to_do
    assert (
        last.told_from and third.told_until and last.told_from >= third.told_until - dt.timedelta(minutes=10)
    )
    driving.start(round_, by=SYSTEM)  # pressed twice
    assert Round.objects.get().started_at == NOON.replace(hour=17, minute=5)


def test_where_nobody_is_home_nothing_is_lost(shop: Shop, parts: dict[str, ShopOrder]) -> None:
    near = parts["near"]
    doors.find_nobody(near, BY, note="Portail fermé")
    doors.find_nobody(near, BY, note="Portail fermé")  # the network repeats it
    near.refresh_from_db()
    assert near.state == State.READY
    assert [part.id for part in reads.to_revisit(shop)] == [near.id]
    assert [stop.note for stop in sheet_of(shop).done] == ["Portail fermé"]
    assert [entry.act for entry in history([near.id])].count("rounds.absent") == 1
    doors.go_back(near, by=SYSTEM)
    assert reads.to_revisit(shop) == []
    doors.find_nobody(near, BY)
    tomorrow = Window(near.collect_from + dt.timedelta(days=1), near.collect_until + dt.timedelta(days=1))
    later.postpone(near, tomorrow, by=SYSTEM)
    assert reads.to_revisit(shop) == []


def test_a_code_proves_it_and_another_code_does_not(shop: Shop, parts: dict[str, ShopOrder]) -> None:
    near, far = parts["near"], parts["far"]
    with pytest.raises(Refused, match=r"rounds\.code_wrong"):
        doors.deliver(near, BY, code=far.code)
    near.refresh_from_db()
    assert near.state == State.READY
    doors.deliver(near, BY, code=near.code.lower().replace("-", " "))
    near.refresh_from_db()
    assert near.state == State.HANDED_OVER
    assert Stop.objects.get().proof == "code"
    with pytest.raises(Refused, match=r"rounds\.ended"):
        doors.find_nobody(near, BY)


def test_what_is_refused_at_the_door_goes_back_on_sale(shop: Shop, parts: dict[str, ShopOrder]) -> None:
    near = parts["near"]
    variant = near.lines.get().variant_id
    assert variant
    before = stock.available([variant])[variant, None]
    doors.be_refused(near, BY, reason="Trop tard pour elle")
    doors.be_refused(near, BY, reason="Trop tard pour elle")
    near.refresh_from_db()
    assert near.state == State.CANCELLED
    after = stock.available([variant])[variant, None]
    assert before is not None and after == before + near.lines.get().quantity


def test_an_act_without_network_is_dated_by_how_long_ago_it_was(
    shop: Shop, parts: dict[str, ShopOrder], noon: time_machine.Traveller
) -> None:
    round_ = put_in_order(shop)
    noon.move_to(NOON.replace(hour=17))
    driving.start(round_, by=SYSTEM)
    noon.move_to(NOON.replace(hour=18))
    doors.find_nobody(parts["near"], Told(SYSTEM, age=20 * 60))
    doors.find_nobody(parts["far"], Told(SYSTEM, age=10**8))  # a clock that was set meanwhile
    said = {stop.shop_order_id: (stop.ended_at, stop.done_at) for stop in sheet_of(shop).done}
    at_six, before = NOON.replace(hour=18), NOON.replace(hour=17, minute=40)
    assert said == {parts["near"].id: (at_six, before), parts["far"].id: (at_six, before)}


def test_the_order_is_changed_by_hand_once_for_a_press(shop: Shop, parts: dict[str, ShopOrder]) -> None:
    put_in_order(shop)
    first, second, third = sheet_of(shop).to_do
    key = uuid.uuid4().hex
    for _ in range(2):
        driving.move(third, earlier=True, key=key, by=SYSTEM)
    moved = sheet_of(shop).to_do
    assert [stop.id for stop in moved] == [first.id, third.id, second.id]
    times = [stop.expected_at for stop in moved]
    assert times == sorted(times)  # type: ignore[type-var]
    driving.move(first, earlier=True, key=uuid.uuid4().hex, by=SYSTEM)  # it is the first already
    assert sheet_of(shop).to_do[0].id == first.id


def test_an_unknown_commune_and_an_impossible_hour_are_shown_not_dropped(
    shop: Shop, parts: dict[str, ShopOrder]
) -> None:
    lost = brought(shop, NEAR, "Nulle-Part")
    lost.order.postal_code = "99999"
    lost.order.save()
    soon = NOON.replace(hour=17)
    ShopOrder.objects.filter(pk=parts["far"].pk).update(
        collect_from=soon, collect_until=soon + dt.timedelta(minutes=1)
    )
    ShopOrder.objects.filter(pk=parts["near"].pk).update(
        collect_from=soon, collect_until=soon + dt.timedelta(minutes=1)
    )
    put_in_order(shop)
    sheet = sheet_of(shop)
    assert {stop.shop_order_id for stop in sheet.to_do} == {lost.id, *(part.id for part in parts.values())}
    assert len(sheet.late) == 1
    assert [stop.shop_order_id for stop in sheet.to_do if not stop.known] == [lost.id]


def test_an_order_that_came_since_is_there_and_can_be_delivered(
    shop: Shop, parts: dict[str, ShopOrder]
) -> None:
    put_in_order(shop)
    new = brought(shop, NEAR, "Buxerolles")
    sheet = sheet_of(shop)
    assert sheet.added == 1
    assert sheet.to_do[-1].shop_order_id == new.id
    doors.deliver(new, BY)
    put_in_order(shop)
    sheet = sheet_of(shop)
    assert (sheet.added, len(sheet.to_do), len(sheet.done)) == (0, 3, 1)


def test_a_service_that_knows_doors_is_asked_and_one_that_is_silent_is_left_alone(
    shop: Shop,
    parts: dict[str, ShopOrder],
    monkeypatch: pytest.MonkeyPatch,
    noon: time_machine.Traveller,
) -> None:
    asked: list[str] = []

    def knows(address: ports.Address) -> Point | None:
        asked.append(address.city)
        return {"Buxerolles": (4660100, 35100), "Fontaine": (4900000, 200000)}.get(address.city)

    def silent(*_: object) -> Point | None:
        asked.append("in vain")
        raise ports.Unknown

    monkeypatch.setattr(ports, "_locate", [knows])
    put_in_order(shop)
    known = {stop.shop_order.order.city: stop.known for stop in sheet_of(shop).to_do}
    # Three hundred kilometres from Fontaine there is no Fontaine.
    assert known == {"Buxerolles": "door", "Fontaine": "commune", "Saint-Julien": "commune"}
    asked.clear()
    noon.shift(dt.timedelta(minutes=1))
    monkeypatch.setattr(ports, "_locate", [silent])
    monkeypatch.setattr(ports, "_roads", [silent])
    round_ = put_in_order(shop)
    assert asked == ["in vain"] * 3  # twice for doors, one of which is known, and once for roads
    assert (round_.trouble, round_.is_by_road) == ("rounds.roads_silent", False)
    known = {stop.shop_order.order.city: stop.known for stop in sheet_of(shop).to_do}
    assert known["Buxerolles"] == "door"


def test_what_names_a_door_is_forgotten_after_a_month(
    shop: Shop, parts: dict[str, ShopOrder], noon: time_machine.Traveller
) -> None:
    put_in_order(shop)
    name = uuid.uuid4()
    photos.path(name).parent.mkdir(exist_ok=True)
    photos.path(name).write_bytes(b"a photograph")
    doors.deliver(parts["near"], BY, photo=name)
    doors.find_nobody(parts["far"], BY, note="Chien méchant")
    forgetting.forget()
    assert photos.path(name).exists()
    noon.shift(dt.timedelta(days=32))
    forgetting.forget()
    assert not photos.path(name).exists()
    assert set(Stop.objects.values_list("note", "photo", "latitude")) == {("", None, None)}
    assert Round.objects.get().seconds == []
