# SPDX-License-Identifier: AGPL-3.0-or-later
"""Each message stands once, whatever a network repeats; who may say no more is told; what is old is gone."""

import datetime as dt
import uuid
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from tests import factories as make

from halles.domain.catalogue import pictures
from halles.domain.conversations import reads
from halles.domain.conversations.actions import forget, say, settle
from halles.domain.conversations.models import Conversation, Message, Side
from halles.domain.customers.models import Customer
from halles.domain.orders.actions.place import Contact
from halles.domain.people.reads import actor
from halles.domain.shops import actions as shops
from halles.domain.shops.models import Shop
from halles.kernel.actor import SYSTEM
from halles.kernel.errors import Refused

pytestmark = pytest.mark.django_db
State = Conversation.State


def stands(conversation: Conversation) -> str:
    """Where a conversation stands, as the database says."""
    return Conversation.objects.get(pk=conversation.pk).state


def refused(call: Any, *args: Any, **kwargs: Any) -> str:
    """The code with which something was refused."""
    with pytest.raises(Refused) as refusal:
        call(*args, **kwargs)
    return refusal.value.code


def texts(conversation: Conversation) -> list[str]:
    return [message.text for message in reads.thread(conversation)]


def test_a_question_waits_is_answered_and_waits_again() -> None:
    asked = make.a_question(text="  L'avez-vous\r\n\r\n\r\n\r\nen bleu ?\x00\u202e ")
    assert [one.pk for one in reads.waiting(asked.shop)] == [asked.pk]
    make.an_answer(asked, "Oui.")
    assert stands(asked) == State.ANSWERED and not reads.waiting(asked.shop)
    say.reply(asked, "Merci, je passe.", key="r")
    assert stands(asked) == State.OPEN
    assert texts(asked) == ["L'avez-vous\n\nen bleu ?", "Oui.", "Merci, je passe."]
    assert reads.waiting(asked.shop)[0].words == "Merci, je passe."  # type: ignore[attr-defined]


def test_i_look_and_answer_leaves_it_waiting() -> None:
    asked = make.a_question()
    by = actor(make.owner_of(asked.shop))
    say.answer(asked, say.Said("Je regarde."), key="a", by=by, more_follows=True)
    assert stands(asked) == State.OPEN
    assert texts(asked)[-1] == "Je regarde."


# Who says something, under which of a few keys: keys come back, as a network brings them back.
SPEAKS = st.tuples(st.sampled_from(["ask", "reply", "answer"]), st.integers(0, 3))


@settings(max_examples=settings().max_examples // 10)
@given(st.lists(SPEAKS, min_size=1, max_size=8))
def test_each_message_stands_once_whatever_is_repeated(speaks: list[tuple[str, int]]) -> None:
    shop, run = make.a_shop(), uuid.uuid4().hex
    by, contact = actor(make.owner_of(shop)), Contact("Cliente", "cliente@example.org")
    first = say.ask(shop, contact, "0", key=f"{run}0")
    said: dict[tuple[str, int], object] = {("ask", 0): first.pk}
    for what, number in speaks:
        key, text = f"{run}{number}", str(number)
        if what == "ask":
            pk = say.ask(shop, contact, text, key=key).pk
        elif what == "reply":
            pk = say.reply(first, text, key=key).pk
        else:
            pk = say.answer(first, say.Said(text), key=key, by=by).pk
        assert said.setdefault((what, number), pk) == pk
    assert Message.objects.filter(conversation__shop=shop).count() == len(said)
    assert shop.conversations.count() == sum(what == "ask" for what, _number in said)


def test_a_key_does_not_carry_something_else() -> None:
    asked = make.a_question(key="k")
    contact = Contact("Cliente", "autre@example.org")
    assert refused(say.ask, asked.shop, contact, "Autre chose", key="k") == "journal.key_reused"
    say.reply(asked, "Oui", key="k")
    assert refused(say.reply, make.a_question(), "Oui", key="k") == "journal.key_reused"


def test_what_cannot_be_said_is_refused() -> None:
    asked = make.a_question()
    shop, contact = asked.shop, Contact("Cliente", "cliente@example.org")
    by = actor(make.owner_of(shop))
    for text, code in {
        "": "conversations.text_missing",
        " \r\n\x00\u200b": "conversations.text_missing",
        "x" * 2001: "conversations.text_too_long",
        "é" * 2_000_000: "conversations.text_too_long",
    }.items():
        assert refused(say.ask, shop, contact, text, key="1") == code
        assert refused(say.reply, asked, text, key="2") == code
        assert refused(say.answer, asked, say.Said(text), key="3", by=by) == code
    assert refused(say.ask, shop, Contact("Cliente"), "Oui", key="4") == "customers.contact_missing"
    assert texts(asked) == ["L'avez-vous en bleu ?"]
    assert say.reply(asked, "\r\n".join(["x"] * 1000), key="5").text.count("\n") == 999


def test_a_shop_that_takes_no_questions_gets_none() -> None:
    shop = make.a_shop()
    shops.set_questions(shop, False, by=SYSTEM)
    assert refused(make.a_question, shop) == "conversations.not_taken"
    hidden = make.a_shop(selling=False)
    assert refused(make.a_question, hidden) == "conversations.not_taken"


def test_nothing_is_said_in_a_closed_question() -> None:
    for side in Side:
        asked = make.a_question()
        settle.close(asked, side, by=SYSTEM)
        settle.close(asked, Side.MARKET, by=SYSTEM)
        assert refused(make.an_answer, asked) == "conversations.closed"
        assert Conversation.objects.get(pk=asked.pk).closed_by == side
        assert refused(say.reply, asked, "Et en rouge ?", key=side) == "conversations.closed"
        settle.reopen(asked, by=SYSTEM)
        assert stands(asked) == (State.OPEN if side == Side.SHOP else State.CLOSED)
        assert len(texts(asked)) == 1


def test_a_message_that_arrived_before_it_was_closed_is_known_when_it_is_sent_again() -> None:
    asked = make.a_question()
    first = say.reply(asked, "Merci", key="k")
    settle.close(asked, Side.SHOP, by=SYSTEM)
    assert say.reply(asked, "Merci", key="k") == first


def test_a_blocked_contact_is_told_and_others_are_not_concerned() -> None:
    shop = make.a_shop()
    one, two = (make.a_question(shop, email="cliente@example.org") for _ in range(2))
    other, elsewhere = make.a_question(shop), make.a_shop(shop.market)
    settle.block(one, by=SYSTEM)
    settle.block(one, by=SYSTEM)
    assert [stands(each) for each in (one, two, other)] == [State.CLOSED, State.CLOSED, State.OPEN]
    assert refused(make.a_question, shop, email="Cliente@Example.org") == "conversations.blocked"
    assert stands(make.a_question(elsewhere, email="cliente@example.org")) == State.OPEN
    settle.reopen(one, by=SYSTEM)
    assert stands(one) == State.CLOSED
    settle.unblock(two, by=SYSTEM)
    assert stands(make.a_question(shop, email="cliente@example.org")) == State.OPEN


def test_what_is_reported_waits_for_the_team_until_it_has_judged() -> None:
    one = make.a_question()
    two = make.a_question(make.a_shop(one.shop.market))
    for each in (one, two, one):
        settle.report(each, Side.CUSTOMER, by=SYSTEM)
    assert list(reads.reported(one.shop.market)) == [one, two]
    assert not reads.reported(make.a_market())
    settle.judge(one, closes=True, by=SYSTEM)
    settle.judge(two, closes=False, by=SYSTEM)
    assert [stands(one), stands(two)] == [State.CLOSED, State.OPEN]
    assert not reads.reported(one.shop.market)


def a_photo() -> BytesIO:
    file = BytesIO()
    exif = Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    Image.new("RGB", (1600, 900), (40, 120, 60)).save(file, "JPEG", exif=exif)
    return file


def test_a_photograph_is_freed_of_its_place_kept_once_and_goes_with_the_conversation(
    tmp_path: Path, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.DATA, settings.MEDIA_ROOT = tmp_path, tmp_path / "media"
    asked, by = make.a_question(), actor(make.owner_of(make.a_shop()))
    sent = [pictures.prepare_shown(a_photo()) for _ in range(2)]
    first, again = (say.answer(asked, say.Said(photo=photo), key="k", by=by) for photo in sent)
    assert first == again
    (kept,) = (tmp_path / "media" / "pictures").iterdir()
    assert sorted(file.name for file in kept.glob("*.jpg")) == ["1200.jpg", "480.jpg"]
    with Image.open(kept / "1200.jpg") as image:
        assert not image.getexif() and image.size == (1200, 675)
    pictures.forget_unused()
    assert kept.exists()
    Conversation.objects.update(last_at=timezone.now() - dt.timedelta(days=3 * 365 + 1))
    with django_capture_on_commit_callbacks(execute=True):
        forget.forget_old()
    assert not kept.exists() and not Message.objects.exists()


def test_three_years_after_the_last_message_nothing_is_left_of_who_only_asked() -> None:
    shop = make.a_shop()
    asked, recent = make.a_question(shop), make.a_question(shop)
    both = make.a_question(shop, email=(order := make.an_order(make.a_variant(shop))).email)
    old = timezone.now() - forget.FORGOTTEN_AFTER - dt.timedelta(days=1)
    Conversation.objects.filter(pk__in=[asked.pk, both.pk]).update(last_at=old)
    forget.forget_old()
    assert list(shop.conversations.all()) == [recent]
    erased = set(Customer.objects.filter(email="").values_list("pk", flat=True))
    assert erased == {asked.customer_id}
    order.customer.refresh_from_db()
    assert order.customer.email == order.email


def test_a_list_asks_the_database_once_and_a_thread_twice(
    django_assert_num_queries: Any, shop_with_questions: Shop
) -> None:
    with django_assert_num_queries(1):
        assert len([one.words for one in reads.waiting(shop_with_questions)]) == 5  # type: ignore[attr-defined]
    conversation = reads.waiting(shop_with_questions)[0]
    make.an_answer(conversation, variant=make.a_variant(shop_with_questions))
    with django_assert_num_queries(2):
        reads.thread(conversation)


@pytest.fixture
def shop_with_questions() -> Shop:
    shop = make.a_shop()
    for _ in range(5):
        make.a_question(shop)
    return shop
