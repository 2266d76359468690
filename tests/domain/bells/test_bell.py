# SPDX-License-Identifier: AGPL-3.0-or-later
"""An order rings until somebody has seen it: through the outbox, a push service and a browser's own keys."""

import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from tests import factories as make
from tests.pushserver import PushServer
from tests.ringing import a_device, deliver, later

from halles.domain.bells import actions, reads
from halles.domain.bells.actions import NewDevice
from halles.domain.bells.models import Call, Device
from halles.domain.bells.rules import Kind, When
from halles.domain.conversations.actions import say
from halles.domain.conversations.actions import settle as settle_question
from halles.domain.conversations.models import Side
from halles.domain.orders import calls
from halles.domain.orders.actions import prepare, settle
from halles.domain.orders.models import ShopOrder
from halles.domain.people import actions as people
from halles.domain.people.models import Account
from halles.domain.people.reads import actor
from halles.domain.shops import actions as shops
from halles.domain.shops import invitations
from halles.domain.shops.models import Shop, Staff
from halles.kernel.actor import SYSTEM
from halles.kernel.errors import Refused
from halles.kernel.personal import Person, personal_data

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("push")]


@pytest.fixture(autouse=True)
def noon() -> object:
    """Nobody sleeps, unless a test says so."""
    with time_machine.travel(dt.datetime(2026, 11, 25, 11, 0, tzinfo=dt.UTC)):
        yield


@pytest.fixture
def shop() -> Shop:
    """A shop that sells, its letters of before gone."""
    made = make.a_shop()
    deliver()
    mail.outbox.clear()
    return made


def order_at(shop: Shop) -> ShopOrder:
    """A new order, and everything that follows at once."""
    part = make.an_order(make.a_variant(shop)).shop_orders.get()
    deliver()
    return part


def join(shop: Shop, role: Staff.Role = Staff.Role.SELLER) -> Account:
    """Somebody more in the team."""
    account = make.an_account()
    token = invitations.token(shops.invite(shop, account.email, role, by=SYSTEM))
    shops.accept_invitation(token, account, by=actor(account))
    deliver()
    mail.outbox.clear()
    return account


def told(account: Account) -> int:
    """How many letters somebody got."""
    return sum(letter.to == [account.email] for letter in mail.outbox)


def test_an_order_rings_the_phone_without_saying_who(shop: Shop, push: PushServer) -> None:
    owner, browser = make.owner_of(shop), push.browser()
    a_device(owner, browser)
    part = order_at(shop)
    (said,) = browser.fetch()
    assert said["title"] == "Nouvelle commande"
    assert said["body"].startswith("4,20\u202f€ · ") and part.order.name not in str(said)
    assert said["url"] == f"/gestion/sonnerie/{Call.objects.get().id}"
    assert told(owner) == 0 and push.complaints == []


def test_it_rings_again_until_it_is_seen_and_replaces_itself(shop: Shop, push: PushServer) -> None:
    browser = push.browser()
    a_device(make.owner_of(shop), browser)
    part = order_at(shop)
    later(2)
    later(2)
    assert len(push.accepted) >= 3 and len(browser.fetch()) == 1  # what waits is replaced
    prepare.accept(part, by=actor(make.owner_of(shop)))
    assert Call.objects.get().seen_at
    later(2)
    assert browser.fetch() == []


def test_then_a_letter_then_the_next_person(shop: Shop, push: PushServer) -> None:
    owner, seller = make.owner_of(shop), join(shop)
    mine, theirs = push.browser(), push.browser()
    a_device(owner, mine)
    order_at(shop)
    for _ in range(2):
        later(2)
    assert (told(owner), told(seller)) == (0, 0)
    later(2)
    assert (told(owner), told(seller)) == (1, 0)
    later(4)
    assert (told(owner), told(seller)) == (1, 1) and theirs.waits == []
    for _ in range(5):
        later(30)
    assert (told(owner), told(seller)) == (1, 1)
    assert Call.objects.get().next_at is None


def test_a_shop_without_devices_gets_its_letters_at_once_and_once(shop: Shop) -> None:
    owner, seller = make.owner_of(shop), join(shop)
    order_at(shop)
    assert (told(owner), told(seller)) == (1, 1)
    for _ in range(6):
        later(10)
    assert (told(owner), told(seller)) == (1, 1)


def test_the_same_news_twice_rings_once(shop: Shop, push: PushServer) -> None:
    browser = push.browser()
    a_device(make.owner_of(shop), browser)
    part = order_at(shop)
    browser.fetch()
    calls.placed(str(part.order_id))
    deliver()
    assert browser.fetch() == []


def test_a_change_by_the_customer_rings_after_the_order_was_seen(shop: Shop, push: PushServer) -> None:
    browser = push.browser()
    a_device(make.owner_of(shop), browser)
    part = order_at(shop)
    actions.answer(part.id, by=actor(make.owner_of(shop)))
    browser.fetch()
    for number, title in ((3, "Commande changée"), (2, "Commande changée"), (0, "Commande annulée")):
        settle.change(part, {part.lines.get().id: make.Decimal(number)}, by=make.CUSTOMER)
        deliver()
        (said,) = browser.fetch()
        assert (said["title"], said["body"].split(" ")[0]) == (title, part.code)
        actions.answer(part.id, by=actor(make.owner_of(shop)))


def test_a_question_rings_again_when_she_writes_back_and_never_once_it_is_answered(
    shop: Shop, push: PushServer
) -> None:
    owner, seller, browser = make.owner_of(shop), join(shop), push.browser()
    a_device(owner, browser)
    asked = make.a_question(shop)
    deliver()
    assert browser.fetch()[0]["title"] == "Une question" and told(owner) == 0
    later(10)
    assert browser.fetch() == [] and (told(owner), told(seller)) == (0, 1)
    make.an_answer(asked)
    say.reply(asked, "Merci, et en vert ?", key="r")
    deliver()
    assert len(browser.fetch()) == 1
    settle_question.close(asked, Side.SHOP, by=actor(owner))
    assert Call.objects.get().seen_at
    make.an_answer(make.a_question(shop))
    deliver()
    assert browser.fetch() == []


def test_what_the_shop_did_itself_does_not_ring(shop: Shop, push: PushServer) -> None:
    browser = push.browser()
    a_device(make.owner_of(shop), browser)
    part = order_at(shop)
    browser.fetch()
    prepare.accept(part, by=actor(make.owner_of(shop)))
    prepare.cancel(part, by=actor(make.owner_of(shop)), reason="Le four est en panne")
    deliver()
    later(2)
    assert browser.fetch() == []


def test_several_orders_are_told_as_one(shop: Shop, push: PushServer) -> None:
    browser = push.browser()
    a_device(make.owner_of(shop), browser)
    for _ in range(3):
        order_at(shop)
    (said,) = browser.fetch()
    assert said["title"] == "3 nouvelles commandes"
    before = len(push.accepted)
    later(2)
    assert len(push.accepted) == before + 1  # not once for each


def test_a_phone_that_comes_back_after_two_weeks_rings_once(shop: Shop, push: PushServer) -> None:
    browser = push.browser()
    a_device(make.owner_of(shop), browser)
    variant = make.a_variant(shop)
    start = dt.datetime(2026, 11, 25, 11, 0, tzinfo=dt.UTC)
    for hours in range(0, 14 * 24, 5):  # two weeks, day and night
        with time_machine.travel(start + dt.timedelta(hours=hours), tick=False):
            make.an_order(variant)
            deliver()
            actions.ring_due()
            deliver()
    assert len(push.accepted) > 20
    with time_machine.travel(start + dt.timedelta(days=14)):
        assert len(browser.fetch()) == 1
    with time_machine.travel(start + dt.timedelta(days=16)):
        assert browser.fetch() == []


def test_nothing_rings_in_quiet_hours_and_once_when_they_end(shop: Shop, push: PushServer) -> None:
    owner, browser = make.owner_of(shop), push.browser()
    a_device(owner, browser)
    with time_machine.travel(dt.datetime(2026, 11, 25, 22, 30, tzinfo=dt.UTC)):
        order_at(shop)
        actions.ring_due()
        deliver()
        assert browser.waits == [] and told(owner) == 1
    shops.set_hours(shop.places.get(), [(day, dt.time(9), dt.time(19)) for day in range(7)], by=SYSTEM)
    Call.objects.update(step_at=dt.datetime(2026, 11, 26, 8, tzinfo=dt.UTC))
    with time_machine.travel(dt.datetime(2026, 11, 26, 6, 0, 20, tzinfo=dt.UTC)):
        for _ in range(3):
            actions.ring_due()
            deliver()
        assert len(browser.fetch()) == 1
    assert push.accepted


def test_a_round_that_a_slow_worker_delivers_at_night_is_silent(shop: Shop, push: PushServer) -> None:
    browser = push.browser()
    a_device(make.owner_of(shop), browser)
    make.an_order(make.a_variant(shop))
    with time_machine.travel(dt.datetime(2026, 11, 25, 23, 30, tzinfo=dt.UTC)):
        deliver()
    assert browser.waits == []


def test_never_is_never_and_wishes_are_each_one_s_own(shop: Shop, push: PushServer) -> None:
    owner, seller = make.owner_of(shop), join(shop)
    mine, theirs = push.browser(), push.browser()
    a_device(owner, mine)
    a_device(seller, theirs)
    staff = Staff.objects.get(shop=shop, account=owner)
    actions.set_wishes(staff, {Kind.ORDERS: When.NEVER}, by=actor(owner))
    order_at(shop)
    for _ in range(5):
        later(4)
    assert mine.waits == [] and told(owner) == 0
    assert theirs.fetch() and reads.ringing(owner) == [] and len(reads.ringing(seller)) == 1


def test_who_was_dismissed_hears_nothing_of_that_shop_any_more(shop: Shop, push: PushServer) -> None:
    seller, browser = join(shop), push.browser()
    device = a_device(seller, browser)
    other = make.a_shop(shop.market)
    token = invitations.token(shops.invite(other, seller.email, Staff.Role.SELLER, by=SYSTEM))
    shops.accept_invitation(token, seller, by=actor(seller))
    actions.set_wishes(Staff.objects.get(shop=shop, account=seller), {Kind.ORDERS: When.ONCE}, by=SYSTEM)
    make.an_order(make.a_variant(shop))
    deliver(waves=1)
    assert "bells.ring" in [row.args_kwargs["kwargs"]["event"] for row in DBTaskResult.objects.ready()]
    shops.dismiss(Staff.objects.get(shop=shop, account=seller), by=actor(make.owner_of(shop)))
    mail.outbox.clear()
    deliver()
    later(2)
    assert browser.waits == [] and reads.ringing(seller) == []
    assert not [one for one in mail.outbox if "Nouvelle commande" in one.subject and one.to == [seller.email]]
    order_at(other)
    assert len(browser.fetch()) == 1  # her other shop still rings
    actions.forget_old()
    assert Device.objects.filter(pk=device.pk).exists()
    shops.dismiss(Staff.objects.get(shop=other, account=seller), by=SYSTEM)
    actions.forget_old()
    assert not Device.objects.filter(pk=device.pk).exists()


def test_a_device_that_is_gone_is_dropped_and_its_owner_gets_the_letter(shop: Shop, push: PushServer) -> None:
    owner, browser = make.owner_of(shop), push.browser()
    a_device(owner, browser)
    browser.answer = 410
    order_at(shop)
    assert not Device.objects.exists() and told(owner) == 1


def test_a_service_that_fails_is_borne_a_while(shop: Shop, push: PushServer) -> None:
    owner, browser = make.owner_of(shop), push.browser()
    a_device(owner, browser)
    browser.answer = 503
    order_at(shop)
    assert Device.objects.get().failures == 1 and told(owner) == 1
    browser.answer = 201
    later(2)
    assert Device.objects.get().failures == 0 and browser.fetch()
    browser.answer = 503
    for _ in range(10):
        actions.try_out(Device.objects.get())
        deliver()
    assert not Device.objects.exists()


def test_a_browser_is_one_device_and_follows_its_new_address(shop: Shop, push: PushServer) -> None:
    owner, seller, browser = make.owner_of(shop), join(shop), push.browser()
    a_device(owner, browser)
    a_device(seller, browser)
    assert Device.objects.get().account == seller
    moved = push.browser()
    new = NewDevice(Device.Sort.APPLE, **moved.said)
    actions.add_device(owner, new, by=actor(owner), formerly=browser.endpoint)  # not hers: it stays
    assert Device.objects.count() == 2
    actions.add_device(seller, new, by=actor(seller), formerly=browser.endpoint)
    assert Device.objects.get().endpoint == moved.endpoint
    for _ in range(12):
        a_device(seller, push.browser())
    assert Device.objects.filter(account=seller).count() == 10


def test_addresses_that_are_no_push_service_are_refused(shop: Shop, push: PushServer) -> None:
    owner, said = make.owner_of(shop), push.browser().said
    wrong = [
        {"endpoint": endpoint}
        for endpoint in (
            "", "x", said["endpoint"].replace("https", "http"), "https://push.example.org/x", "https://localhost/x",
            f"https://10.0.0.1:{push.port}/", f"https://[::1]:{push.port}/", f"https://2130706433:{push.port}/",
            f"https://0x7f.1:{push.port}/", f"https://a:b@push.example.org:{push.port}/", f"https://localhost:{push.port}/",
            f"https://169.254.169.254:{push.port}/", said["endpoint"] + "#x", said["endpoint"] + "\n", said["endpoint"] + "x" * 1000,
            f"https://\ud800.org:{push.port}/", "javascript:alert(1)",
        )
    ] + [{"p256dh": bad} for bad in ("", "é", "AAAA", "\x00" * 88, said["auth"], "A" * 5000)] + [
        {"auth": bad} for bad in ("", "AAAA", said["p256dh"])
    ]  # fmt: skip
    for change in wrong:
        with pytest.raises(Refused, match=r"bells\.device_wrong"):
            actions.add_device(owner, NewDevice(Device.Sort.ANDROID, **said | change), by=actor(owner))
    assert not Device.objects.exists()


def test_each_is_rung_in_her_language(shop: Shop, push: PushServer) -> None:
    owner, browser = make.owner_of(shop), push.browser()
    people.describe(owner, name="", language="en", by=actor(owner))
    a_device(owner, browser)
    order_at(shop)
    assert browser.fetch()[0]["title"] == "New order"


def test_one_is_told_what_is_held_and_it_goes_with_the_account(shop: Shop, push: PushServer) -> None:
    owner = make.owner_of(shop)
    a_device(owner, push.browser())
    actions.set_wishes(Staff.objects.get(shop=shop), {Kind.CHANGES: When.NEVER}, by=actor(owner))
    actions.set_quiet(owner, None, None, by=actor(owner))
    devices, wishes, quiet = personal_data(Person(email=owner.email))["bells"]
    assert [row["device"] for row in devices.rows] == ["android"]
    assert wishes.rows == [{"shop": shop.name, "kind": "changes", "when": "never"}] and quiet.rows == []
    other = join(shop, Staff.Role.OWNER)
    a_device(other, push.browser())
    shop.staff.filter(account=owner).delete()
    owner.delete()
    assert [device.account for device in Device.objects.all()] == [other]


@pytest.mark.parametrize(
    ("starts", "ends", "code"),
    [(dt.time(21), None, "bells.quiet_missing"), (dt.time(7), dt.time(7), "bells.quiet_empty")],
)
def test_quiet_hours_have_two_ends(shop: Shop, starts: dt.time, ends: dt.time | None, code: str) -> None:
    with pytest.raises(Refused) as refused:
        actions.set_quiet(make.owner_of(shop), starts, ends, by=SYSTEM)
    assert refused.value.code == code


def test_old_calls_are_forgotten(shop: Shop) -> None:
    order_at(shop)
    Call.objects.update(made_at=timezone.now() - dt.timedelta(days=61))
    actions.forget_old()
    assert not Call.objects.exists()
