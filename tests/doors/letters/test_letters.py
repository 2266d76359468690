# SPDX-License-Identifier: AGPL-3.0-or-later
"""Letters: who gets which, once, in his language, with links that lead somewhere."""

import datetime as dt
import re
from decimal import Decimal
from email.message import EmailMessage
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.urls import resolve
from django_tasks_db.models import DBTaskResult
from tests import factories

from halles.domain.orders.actions import answers, place, prepare, settle, timeouts, times, weigh
from halles.domain.orders.actions.note import NotedLine
from halles.domain.orders.models import Order, ShopOrder
from halles.domain.orders.rules import IfMissing
from halles.domain.people import actions as people
from halles.domain.people.reads import actor
from halles.domain.shops import actions as shops
from halles.domain.shops import invitations
from halles.domain.shops.models import Shop, Staff
from halles.doors.ui import formats
from halles.doors.ui.mail import read
from halles.kernel import outbox
from halles.kernel.actor import SYSTEM
from halles.kernel.units import Unit

pytestmark = pytest.mark.django_db

Post = list[EmailMultiAlternatives]


def delivered(*, twice: bool = False) -> Post:
    """What the outbox's letters are, delivered as a worker would; `twice` as one that died too late."""
    before = len(mail.outbox)
    while rows := list(DBTaskResult.objects.ready()):  # one news may lead to another
        DBTaskResult.objects.all().delete()
        for row in rows * (2 if twice else 1):
            outbox.deliver.call(**row.args_kwargs["kwargs"])
    return mail.outbox[before:]


def to(letters: Post, address: str) -> Post:
    return [letter for letter in letters if letter.to == [address]]


def links(letter: EmailMultiAlternatives) -> list[str]:
    return re.findall(r'href="([^"]+)"', letter.alternatives[0].content)


def part_of(order: Order) -> ShopOrder:
    return order.shop_orders.select_related("shop__market", "order").get()


def by_owner(shop: Shop) -> Any:
    return actor(factories.owner_of(shop))


@pytest.fixture
def order(mailoutbox: Post) -> Order:
    """An order from one shop whose letters of before are gone."""
    placed = factories.an_order()
    delivered()
    return placed


def test_an_order_over_two_shops_is_one_letter_for_the_customer_and_one_for_each_shop() -> None:
    market = factories.a_market()
    one, other = factories.a_shop(market), factories.a_shop(market)
    delivered()
    order = factories.an_order(factories.a_variant(one), factories.a_variant(other), confirmed=False)
    letters = delivered()
    (mine,) = to(letters, order.email)
    assert len(letters) == 3
    for part in order.shop_orders.all():
        (theirs,) = to(letters, factories.owner_of(part.shop).email)
        assert "Nouvelle commande" in theirs.subject and part.code in theirs.subject
        assert theirs.reply_to == [order.email]
        assert part.code in mine.body and part.shop.legal_name in mine.body and part.terms.text in mine.body
    assert mine.subject.startswith("À confirmer")
    assert any("/confirmer/" in link for link in links(mine))


def test_a_confirmed_contact_is_told_of_a_round() -> None:
    market = factories.a_market()
    variants = [factories.a_variant(factories.a_shop(market)) for _ in range(2)]
    delivered()
    order = factories.an_order(*variants)
    (letter,) = to(delivered(), order.email)
    assert letter.subject == "Votre commande dans 2 boutiques"
    assert not any("/confirmer/" in link for link in links(letter))


def test_the_link_of_the_letter_confirms_the_order(client: Any) -> None:
    order = factories.an_order(confirmed=False)
    (letter,) = to(delivered(), order.email)
    (link,) = (link for link in links(letter) if "/confirmer/" in link)
    assert client.get(link.removeprefix("http://localhost:8000")).status_code == 200


def test_every_link_is_whole_and_leads_to_one_of_our_pages(order: Order) -> None:
    prepare.accept(part_of(order), by=by_owner(part_of(order).shop))
    prepare.ready(part_of(order), by=by_owner(part_of(order).shop))
    for letter in delivered() + mail.outbox:
        for link in links(letter):
            assert link.startswith("http://localhost:8000/")
            resolve(link.removeprefix("http://localhost:8000"))


def test_no_address_no_letter_and_no_error() -> None:
    variant = factories.a_variant()
    delivered()
    factories.place_order(factories.a_basket(variant), email="", phone="0549123456")
    (letter,) = delivered()
    assert letter.to == [factories.owner_of(variant.product.shop).email]
    assert "05 49 12 34 56" in letter.body


def test_a_delivery_that_is_repeated_posts_nothing_again(order: Order) -> None:
    prepare.accept(part_of(order), by=by_owner(part_of(order).shop))
    assert len(delivered(twice=True)) == 1


def test_the_same_letter_has_the_same_message_id_and_another_one_another(order: Order) -> None:
    part = part_of(order)
    line = part.lines.get()
    for quantity in (3, 2):
        settle.change(part_of(order), {line.id: Decimal(quantity)}, by=factories.CUSTOMER)
        delivered()
    first, second = (letter for letter in mail.outbox if "changée" in letter.subject)
    assert first.extra_headers["Message-ID"] != second.extra_headers["Message-ID"]
    assert first.extra_headers["Message-ID"].endswith("@localhost>")


def test_a_letter_speaks_the_language_of_whoever_reads_it() -> None:
    market = factories.a_market()
    shop = factories.a_shop(market)
    owner = factories.owner_of(shop)
    people.describe(owner, name="", language="en", by=actor(owner))
    order = factories.an_order(factories.a_variant(shop))
    Order.objects.filter(pk=order.pk).update(language="en")
    letters = delivered()
    (mine,) = to(letters, order.email)
    assert 'lang="en"' in mine.alternatives[0].content
    assert any(link.startswith("http://localhost:8000/en/commande/") for link in links(mine))
    assert 'lang="en"' in to(letters, owner.email)[0].alternatives[0].content


def test_the_whole_team_is_told_but_not_a_helper_whose_time_is_over() -> None:
    variant = factories.a_variant()
    shop = variant.product.shop
    for role in (Staff.Role.SELLER, Staff.Role.HELPER):
        token = invitations.token(shops.invite(shop, f"{role}@example.org", role, by=SYSTEM))
        account = factories.an_account(email=f"{role}@example.org")
        shops.accept_invitation(token, account, by=actor(account))
    shop.staff.filter(role=Staff.Role.HELPER).update(until="2020-01-01T00:00Z")
    delivered()
    factories.place_order(factories.a_basket(variant))
    told = {letter.to[0] for letter in delivered()}
    assert "seller@example.org" in told and "helper@example.org" not in told


def test_the_customer_is_told_each_step_of_the_shop(order: Order) -> None:
    part = part_of(order)
    by = by_owner(part.shop)
    said = []
    for step in (prepare.accept, prepare.ready):
        step(part_of(order), by=by)
        said += [(letter.to, letter.subject, letter.reply_to) for letter in delivered()]
    shop = part.shop
    assert said == [
        ([order.email], f"{shop.name} a accepté votre commande", [shop.email]),
        ([order.email], f"Prête : votre commande {part.code} chez {shop.name}", [shop.email]),
    ]


def test_what_the_customer_did_not_foresee_is_asked(order: Order) -> None:
    part = part_of(order)
    other = factories.a_variant(part.shop, name="Tomme de brebis")
    settle.settle(part, [settle.LineChange(part.lines.get().id, Decimal(1), other)], by=by_owner(part.shop))
    (letter,) = delivered()
    assert letter.subject == f"{part.shop.name} vous demande votre accord"
    assert "Tomme de brebis à la place de" in letter.body
    answers.agree(part_of(order), by=factories.CUSTOMER)
    (answer,) = delivered()
    assert answer.to == [factories.owner_of(part.shop).email] and "Accord donné" in answer.subject


def test_what_was_foreseen_is_only_told(order: Order) -> None:
    part = part_of(order)
    part.lines.update(if_missing=IfMissing.REPLACE)
    other = factories.a_variant(part.shop, name="Tomme de brebis")
    settle.settle(part, [settle.LineChange(part.lines.get().id, Decimal(1), other)], by=by_owner(part.shop))
    (letter,) = delivered()
    assert letter.subject == f"Un changement dans votre commande chez {part.shop.name}"


def test_who_cancels_is_not_told_what_he_did(order: Order) -> None:
    part = part_of(order)
    prepare.cancel(part, by=factories.CUSTOMER)
    (letter,) = delivered()
    assert letter.to == [factories.owner_of(part.shop).email]


def test_a_shop_that_cancels_says_why(order: Order) -> None:
    part = part_of(order)
    prepare.cancel(part, by=by_owner(part.shop), reason="Le four est en panne")
    (letter,) = delivered()
    assert letter.to == [order.email] and "Le four est en panne" in letter.body


def test_time_writes_letters_too(order: Order) -> None:
    part = part_of(order)
    prepare.accept(part, by=SYSTEM)
    prepare.ready(part_of(order), by=SYSTEM)
    delivered()
    ShopOrder.objects.update(collect_until="2020-01-01T10:00Z")
    timeouts.remind()
    assert [letter.subject for letter in delivered()] == [f"Votre commande vous attend chez {part.shop.name}"]
    ShopOrder.objects.update(hold_until="2020-01-01T10:00Z")
    timeouts.give_up()
    assert [letter.subject for letter in delivered()] == [
        f"Votre commande chez {part.shop.name} n'a pas été retirée"
    ]


def test_a_reservation_nobody_confirmed_is_said_to_be_over() -> None:
    order = factories.an_order(confirmed=False)
    delivered()
    ShopOrder.objects.update(confirm_before="2020-01-01T10:00Z")
    timeouts.expire_unconfirmed()
    (letter,) = delivered()
    assert letter.to == [order.email] and "n'a pas été confirmée" in letter.subject


def test_on_the_morning_of_another_day_one_is_told_until_when_one_may_come() -> None:
    at = dt.datetime(2026, 8, 3, 9, tzinfo=dt.UTC)  # eleven in the morning in town
    with time_machine.travel(at, tick=False):
        order = factories.an_order(factories.a_variant())
        prepare.accept(part_of(order), by=SYSTEM)
        tomorrow = at + dt.timedelta(days=1)
        ShopOrder.objects.update(collect_from=tomorrow, collect_until=tomorrow + dt.timedelta(hours=2))
        delivered()
        timeouts.announce()
        assert not delivered()  # not on the day before
    with time_machine.travel(dt.datetime(2026, 8, 4, 5, 20, tzinfo=dt.UTC), tick=False):
        timeouts.announce()
        assert not delivered()  # not at twenty past seven
    with time_machine.travel(dt.datetime(2026, 8, 4, 5, 40, tzinfo=dt.UTC), tick=False):
        timeouts.announce()
        timeouts.announce()
        (letter,) = delivered(twice=True)
        assert letter.to == [order.email] and "C'est aujourd'hui" in letter.subject
        assert "Passez avant 13\xa0h" in letter.body


def test_what_is_fetched_on_the_day_it_was_ordered_is_not_announced(order: Order) -> None:
    prepare.accept(part_of(order), by=SYSTEM)
    soon = order.created_at + dt.timedelta(minutes=30)
    ShopOrder.objects.update(collect_from=soon, collect_until=soon + dt.timedelta(hours=1))
    delivered()
    timeouts.announce()
    assert not delivered()


def test_a_reminder_that_comes_after_the_hand_over_is_not_posted(order: Order) -> None:
    prepare.accept(part_of(order), by=SYSTEM)
    prepare.ready(part_of(order), by=SYSTEM)
    prepare.hand_over(part_of(order), by=SYSTEM)
    assert not [letter for letter in delivered() if letter.subject.startswith("Prête")]


def test_a_new_shop_is_told_to_the_team_and_the_yes_to_its_owner() -> None:
    market = factories.a_market()
    shop = factories.a_shop(market, selling=False)
    shops.publish(shop, by=SYSTEM)
    (asked,) = delivered()
    assert asked.to == [market.operators.get().account.email] and "attend votre accord" in asked.subject
    shops.approve(shop, by=SYSTEM)
    (told,) = delivered()
    assert told.to == [factories.owner_of(shop).email] and told.subject == f"{shop.name} est en ligne"


@time_machine.travel(dt.datetime(2026, 8, 3, 10, tzinfo=dt.UTC), tick=False)  # the link bears its second
def test_the_invited_gets_the_link() -> None:
    shop = factories.a_shop()
    delivered()
    token = invitations.token(shops.invite(shop, "nouvelle@example.org", Staff.Role.SELLER, by=SYSTEM))
    (letter,) = delivered()
    assert letter.to == ["nouvelle@example.org"]
    assert f"http://localhost:8000/gestion/rejoindre/{token}" in links(letter)


HOSTILE = "<script>alert(1)</script>\r\nBcc: tous@example.org & Cie ‮ \x00"


def test_hostile_names_stay_words() -> None:
    variant = factories.a_variant()
    shop = variant.product.shop
    Shop.objects.filter(pk=shop.pk).update(name="<b>Gras</b>\nBcc: x@example.org")
    delivered()
    basket = factories.a_basket(variant)
    basket.lines.update(note="<img src=x onerror=alert(1)>")
    order = factories.place_order(basket)
    Order.objects.filter(pk=order.pk).update(name=HOSTILE.replace("\x00", ""))
    prepare.accept(part_of(order), by=SYSTEM)
    for letter in delivered():
        raw: EmailMessage = letter.message()  # a line end in a header would raise here
        assert "Bcc" not in raw
        assert (
            "<script>" not in letter.alternatives[0].content and "<img" not in letter.alternatives[0].content
        )


def test_plain_text_says_what_the_html_says() -> None:
    html = (
        "<title>A &amp; B</title><style>p{}</style><p>Un\n deux</p><ul><li>x</li><li>y<br>z</li></ul>"
        '<p><a href="http://h/a?b=1&amp;c=2">Voir</a></p><pre>  a\n  b</pre>'
    )
    assert read(html) == ("A & B", "Un deux\n\n- x\n- y\nz\n\nVoir\nhttp://h/a?b=1&c=2\n\na\nb\n")


def test_what_the_shop_noted_is_told_to_the_customer_and_rings_for_nobody_in_the_shop(
    mailoutbox: Post,
) -> None:
    shop = factories.a_shop()
    free = NotedLine(Decimal(1), name="Gâteau pour huit")
    contact = place.Contact("Cliente", "cliente@example.org", "0612345678")
    delivered()  # about the shop itself
    part = factories.note_order(shop, free, contact=contact)
    factories.note_order(shop, free)  # by telephone only: nobody can be written to
    (letter,) = delivered(twice=True)
    assert letter.to == ["cliente@example.org"]
    said = " ".join(str(letter.body).split())
    assert f"{shop.name} a noté votre commande" in said and part.code in said
    assert "Gâteau pour huit, prix à voir" in said and "sans ce dont le prix est à voir" in said
    assert part.order.secret in " ".join(links(letter))


def test_a_weight_is_asked_about_then_corrected_and_each_time_the_price_is_told(mailoutbox: Post) -> None:
    cheese = factories.a_variant(name="Comté", unit=Unit.KILOGRAM, price=Decimal(20))
    part = part_of(factories.an_order(cheese, quantity=Decimal("0.300")))
    assert "environ 300 g · Comté, environ 6,00 €" in plain(to(delivered(), part.order.email)[0])
    prepare.accept(part, by=SYSTEM)
    delivered()

    def weighed(kilograms: str) -> str:
        now = ShopOrder.objects.get(pk=part.pk)
        lines = list(now.lines.all())
        weights = {lines[0].id: Decimal(kilograms)}
        weigh.weigh(now, weights, seen=weigh.as_seen(now, lines), by=SYSTEM)
        (letter,) = to(delivered(), part.order.email)
        return plain(letter)

    asked = weighed("0.380")
    assert "demandé environ 300 g, servi 380 g : 7,60 € au lieu de 6,00 €" in asked
    assert "Total : 7,60 €" in asked and "dès que vous dites oui" in asked
    answers.agree(part, by=factories.CUSTOMER)
    mine, theirs = sorted(delivered(), key=lambda letter: letter.to != [part.order.email])
    assert "Prête" in mine.subject and "380 g · Comté, 7,60 €" in plain(mine)
    assert "d'accord avec le poids" in plain(theirs)
    assert "380 g" not in (corrected := weighed("0.370")) and "370 g · Comté, 7,40 €" in corrected


def plain(letter: EmailMultiAlternatives) -> str:
    return " ".join(letter.body.replace("\u202f", " ").replace("\xa0", " ").split())


def test_who_comes_for_a_service_reads_when_and_is_reminded_once() -> None:
    cut = factories.a_service(name="Coupe")
    at = factories.in_days(4, "14:00")
    order = factories.a_visit(cut, at, email="cliente5@example.org")
    (placed,) = to(delivered(), "cliente5@example.org")
    assert formats.moment(at, "date") in placed.body
    prepare.accept(part_of(order), by=by_owner(cut.product.shop))
    delivered()
    with time_machine.travel(at - dt.timedelta(hours=20)):
        times.remind()
        times.remind()
        (letter,) = to(delivered(twice=True), "cliente5@example.org")
    assert "14\xa0h" in letter.body and "Coupe" in letter.body
