# SPDX-License-Identifier: AGPL-3.0-or-later
"""Letters about questions: nobody who did not ask is written to, nobody gets a heap of them."""

import datetime as dt

import pytest
from django.core import mail
from django.utils import timezone
from tests import factories as make
from tests.doors.letters.test_letters import delivered, links, to

from halles.domain.conversations.actions import say, settle
from halles.domain.conversations.models import Conversation, Side
from halles.domain.shops.models import Shop
from halles.doors.letters import questions
from halles.kernel.actor import SYSTEM

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop() -> Shop:
    made = make.a_shop()
    delivered()
    return made


def test_asking_writes_to_the_shop_and_to_nobody_else(shop: Shop) -> None:
    asked = make.a_question(product=make.a_product(shop, name="Bol en grès"))
    (letter,) = delivered()
    assert letter.to == [make.owner_of(shop).email]
    assert letter.subject == f"{asked.name} vous pose une question"
    assert "Bol en grès" in letter.body and "en bleu" in letter.body
    assert asked.email not in str(letter.message())
    assert links(letter) == [f"http://localhost:8000/gestion/questions/{asked.id}"]


def test_many_questions_are_one_letter_and_those_after_it_one_more(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = timezone.now().replace(minute=0, second=0)
    for _ in range(15):
        asked_at(start, shop)
    (letter,) = delivered(twice=True)
    assert letter.subject == "15 questions attendent votre réponse"
    for _ in range(3):
        asked_at(start + dt.timedelta(minutes=5), shop)
    assert delivered() == []
    asked_at(start, other := make.a_shop(shop.market))
    delivered()
    before = len(mail.outbox)
    for minutes in (9, 11, 12, 21):
        monkeypatch.setattr(timezone, "now", lambda now=start + dt.timedelta(minutes=minutes): now)
        questions.tell_the_rest()
    (later,) = mail.outbox[before:]
    assert later.subject == "18 questions attendent votre réponse" and other.email not in later.to


def asked_at(moment: dt.datetime, shop: Shop) -> None:
    """A question that came at this moment."""
    Conversation.objects.filter(pk=make.a_question(shop).pk).update(last_at=moment)


def test_what_was_answered_before_the_worker_came_is_not_told(shop: Shop) -> None:
    asked = make.a_question(shop)
    make.an_answer(asked)
    assert [letter.to for letter in delivered()] == [[asked.email]]


def test_the_answer_comes_once_with_what_was_shown_and_the_link(shop: Shop) -> None:
    asked = make.a_question(product=make.a_product(shop, name="Bol en grès"))
    delivered()
    make.an_answer(asked, "Oui, en bleu aussi.", variant=make.a_variant(shop, name="Bol bleu"))
    (letter,) = delivered(twice=True)
    assert (letter.to, letter.reply_to) == ([asked.email], [shop.email])
    assert letter.subject == f"{shop.name} vous a répondu"
    assert "Oui, en bleu aussi." in letter.body and "Bol bleu" in letter.body and "4,20" in letter.body
    assert f"http://localhost:8000/question/{asked.secret}" in links(letter)
    say.reply(asked, "Merci, et en vert ?", key="r")
    delivered()
    make.an_answer(asked, "Aussi.")
    (second,) = to(delivered(), asked.email)
    assert "Aussi." in second.body and "Oui, en bleu" not in second.body


def test_the_answer_speaks_her_language(shop: Shop) -> None:
    asked = make.a_question(shop)
    Conversation.objects.filter(pk=asked.pk).update(language="en")
    delivered()
    make.an_answer(asked, "Yes.", variant=make.a_variant(shop))
    (letter,) = delivered()
    assert letter.subject == f"{shop.name} has answered you" and "€4.20" in letter.body
    assert f"http://localhost:8000/en/question/{asked.secret}" in links(letter)


def test_without_an_address_nothing_is_posted_and_who_closed_is_left_in_peace(shop: Shop) -> None:
    by_phone, closed = make.a_question(shop, email="", phone="0636491234"), make.a_question(shop)
    delivered()
    make.an_answer(by_phone)
    make.an_answer(closed)
    settle.close(closed, Side.CUSTOMER, by=SYSTEM)
    assert delivered() == []


def test_the_team_is_told_of_what_is_reported(shop: Shop) -> None:
    asked = make.a_question(shop)
    delivered()
    settle.report(asked, Side.SHOP, by=SYSTEM)
    (letter,) = delivered(twice=True)
    assert letter.to == [shop.market.operators.get().account.email]
    assert links(letter) == ["http://localhost:8000/operateur/questions"]
