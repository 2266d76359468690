# SPDX-License-Identifier: AGPL-3.0-or-later
"""The merchant answers from her phone: words, a photograph, an article, « je vous le garde »."""

import re
import uuid
from decimal import Decimal
from typing import Any
from urllib.parse import unquote

import pytest
from django.test import Client
from tests import factories as make
from tests.doors.backoffice.test_access import staff_of
from tests.doors.storefront.test_order_path import text

from halles.domain.catalogue import actions as catalogue
from halles.domain.catalogue.actions import ProductFacts, VariantFacts
from halles.domain.conversations import reads
from halles.domain.conversations.actions import say, settle
from halles.domain.conversations.models import Conversation, Message, Side
from halles.domain.orders.rules import State
from halles.domain.shops.models import Shop, Staff
from halles.domain.stock import reads as stock
from halles.kernel.actor import SYSTEM

pytestmark = pytest.mark.django_db


def page_of(asked: Conversation) -> str:
    return f"/gestion/questions/{asked.id}"


def answer(merchant: Client, asked: Conversation, **typed: Any) -> Any:
    return merchant.post(page_of(asked), {"key": str(uuid.uuid4())} | typed, follow=True)


def last(asked: Conversation) -> Message:
    return reads.thread(asked)[-1]


def state(asked: Conversation) -> str:
    return Conversation.objects.get(pk=asked.pk).state


def test_a_question_stands_on_today_in_plus_and_in_the_list(merchant: Client, shop: Shop) -> None:
    product = make.a_product(shop, name="Bol en grès")
    asked = make.a_question(product=product)
    for address in ("/gestion/", "/gestion/questions"):
        shown = merchant.get(address).content.decode()
        assert page_of(asked) in shown and "Bol en grès" in shown and "en bleu" in shown
    assert "1 attend votre réponse" in text(merchant.get("/gestion/plus"))
    make.an_answer(asked)
    assert page_of(asked) not in merchant.get("/gestion/").content.decode()
    assert page_of(asked) in merchant.get("/gestion/questions?etat=repondues").content.decode()
    assert page_of(asked) not in merchant.get("/gestion/questions?etat=closes").content.decode()


def test_two_taps_answer_it(merchant: Client, shop: Shop) -> None:
    for ready, words, becomes in (
        ("yes", "Oui, nous l'avons.", "answered"),
        ("no", "Non, désolé.", "answered"),
        ("look", "Je regarde et je vous réponds.", "open"),
    ):
        asked = make.a_question(shop)
        assert words.replace("'", "&#x27;") in merchant.get(page_of(asked)).content.decode()
        assert "Votre réponse est partie" in text(answer(merchant, asked, ready=ready))
        assert (last(asked).text, state(asked)) == (words, becomes)


def test_ready_words_go_in_her_language_with_what_was_typed(merchant: Client, shop: Shop) -> None:
    asked = make.a_question(shop)
    Conversation.objects.filter(pk=asked.pk).update(language="en")
    answer(merchant, asked, ready="yes", text="In blue too.")
    assert last(asked).text == "Yes, we have it.\nIn blue too."


def test_the_same_answer_sent_twice_is_given_once(merchant: Client, shop: Shop, a_photo: Any) -> None:
    asked, key = make.a_question(shop), str(uuid.uuid4())
    for _ in range(2):
        answer(merchant, asked, key=key, text="Voici.", photo=a_photo())
    assert asked.messages.count() == 2 and last(asked).photo.widths == [480]


def test_a_photograph_that_is_none_is_told_and_the_words_stay(
    merchant: Client, shop: Shop, a_photo: Any
) -> None:
    asked, bad = make.a_question(shop), a_photo()
    bad.file.truncate(0)
    bad.file.write(b"<svg/>")
    bad.file.seek(0)
    told = answer(merchant, asked, text="Voici le bleu.", photo=bad)
    assert "Nous ne savons pas lire cette photo" in text(told) and "Voici le bleu." in text(told)
    assert asked.messages.count() == 1
    assert "quelques mots" in text(answer(merchant, asked))


def test_an_article_is_found_and_shown(merchant: Client, shop: Shop) -> None:
    asked, variant = make.a_question(shop), make.a_variant(shop, name="Bol bleu")
    make.a_variant(make.a_shop(shop.market), name="Bol bleu d'ailleurs")
    found = merchant.get(f"{page_of(asked)}/articles", {"search": "bol"}).content.decode()
    assert str(variant.id) in found and "ailleurs" not in found
    assert str(variant.id) in merchant.get(page_of(asked), {"search": "bol"}).content.decode()  # no script
    answer(merchant, asked, show=str(variant.id))
    assert last(asked).variant == variant
    seen = Client().get(f"/question/{asked.secret}").content.decode()
    assert f"/boutiques/{shop.slug}/{variant.product.slug}" in seen and "4,20" in seen


def test_i_keep_it_for_you_sets_one_aside(merchant: Client, shop: Shop) -> None:
    variant = make.a_variant(shop, name="Bol bleu", stock_of=1)
    asked = make.a_question(product=variant.product)
    key = str(uuid.uuid4())
    assert f'name="keep" value="{variant.id}"' in merchant.get(page_of(asked)).content.decode()
    for _ in range(2):
        answer(merchant, asked, key=key, keep=str(variant.id))
    kept = last(asked).kept
    assert kept and kept.state == State.ACCEPTED and asked.messages.count() == 2
    assert stock.available([variant.id])[variant.id, None] == 0
    her_page = Client().get(f"/question/{asked.secret}").content.decode()
    assert kept.code in her_page and f"/commande/{kept.order.secret}" in her_page
    assert f"/gestion/commandes/{kept.id}" in merchant.get(page_of(asked)).content.decode()
    other = make.a_question(product=variant.product)
    told = answer(merchant, other, keep=str(variant.id), text="Pour vous.")
    assert "rien n'a été mis de côté" in text(told) and "Pour vous." in text(told)
    assert other.messages.count() == 1


def test_of_several_sizes_she_says_which(merchant: Client, shop: Shop) -> None:
    facts = ProductFacts("Pull", Decimal(40), variants=[VariantFacts(size="S"), VariantFacts(size="M")])
    product = catalogue.create(shop, facts, by=SYSTEM)
    catalogue.set_status(product, product.Status.ONLINE, by=SYSTEM)
    asked = make.a_question(product=product)
    offered = re.findall(r'name="keep" value="([^"]+)"', merchant.get(page_of(asked)).content.decode())
    assert offered == [str(pk) for pk in product.variants.values_list("pk", flat=True)]
    theirs = make.a_variant(make.a_shop(shop.market))
    assert "n'est plus là" in text(answer(merchant, asked, keep=str(theirs.id)))
    assert asked.messages.count() == 1


def test_her_number_is_shown_when_it_is_needed_and_her_address_never(merchant: Client, shop: Shop) -> None:
    both = make.a_question(shop, email="cliente@example.org", phone="0636491234")
    alone = make.a_question(shop, email="", phone="0636491234")
    answer(merchant, both, ready="yes")
    before = text(merchant.get(page_of(alone)))
    after = answer(merchant, alone, ready="yes").content.decode()
    for shown in (text(merchant.get(page_of(both))), text(merchant.get("/gestion/questions")), before):
        assert "cliente@example.org" not in shown and "36 49 12 34" not in shown
    (sms,) = re.findall(r'href="sms:\+33636491234\?&amp;body=([^"]+)"', after)
    assert f"/question/{alone.secret}" in unquote(sms) and shop.name in unquote(sms)
    assert "https://wa.me/33636491234?text=" in after


def test_an_answer_to_a_closed_question_is_told_and_its_words_stay(merchant: Client, shop: Shop) -> None:
    asked = make.a_question(shop)
    settle.close(asked, Side.CUSTOMER, by=SYSTEM)
    told = text(answer(merchant, asked, text="Oui, en bleu."))
    assert (
        "votre message n'est pas parti" in told and "a clos sa question" in told and "Oui, en bleu." in told
    )


def test_closed_blocked_reported_and_back(merchant: Client, shop: Shop) -> None:
    asked = make.a_question(shop, email="cliente@example.org")
    assert "Question close" in text(merchant.post(f"{page_of(asked)}/clore", follow=True))
    merchant.post(f"{page_of(asked)}/rouvrir")
    assert state(asked) == "open"
    merchant.post(f"{page_of(asked)}/bloquer")
    assert "ne prenez plus les messages" in text(merchant.get(page_of(asked)))
    merchant.post(f"{page_of(asked)}/debloquer")
    make.a_question(shop, email="cliente@example.org")
    merchant.post(f"{page_of(asked)}/signaler")
    assert list(reads.reported(shop.market)) == [asked]
    journal = text(merchant.get("/gestion/journal"))
    for act in ("Question close", "Question rouverte", "Plus de messages", "Question signalée"):
        assert act in journal, act


def test_only_who_leads_the_shop_says_whether_it_takes_questions(merchant: Client, shop: Shop) -> None:
    seller, _staff = staff_of(shop, Staff.Role.SELLER)
    assert "Ne plus prendre" not in text(seller.get("/gestion/questions"))
    assert seller.post("/gestion/questions/reglage", {"takes": "no"}).status_code == 404
    merchant.post("/gestion/questions/reglage", {"takes": "no"})
    shop.refresh_from_db()
    assert not shop.takes_questions
    assert "Prendre des questions" in text(merchant.get("/gestion/questions"))


def test_pages_ask_the_database_as_often_for_many_as_for_few(
    merchant: Client, shop: Shop, django_assert_max_num_queries: Any
) -> None:
    asked = make.a_question(product=make.a_product(shop))
    for number in range(6):
        make.a_question(shop)
        make.an_answer(asked, variant=make.a_variant(shop))
        say.reply(asked, f"{number}", key=uuid.uuid4().hex)
    for address in ("/gestion/questions", page_of(asked), f"/question/{asked.secret}"):
        with django_assert_max_num_queries(15):
            assert merchant.get(address).status_code == 200
