# SPDX-License-Identifier: AGPL-3.0-or-later
"""A neighbour asks, without an account and without JavaScript; what cannot be sent is said, and stays written."""

import uuid
from typing import Any

import pytest
from django.test import Client, RequestFactory
from tests import factories as make
from tests.doors.storefront.test_order_path import text
from tests.naughty import naughty, typed

from halles.domain.conversations.actions import settle
from halles.domain.conversations.models import Conversation, Message, Side
from halles.domain.shops import actions as shops
from halles.domain.shops.models import Shop
from halles.doors.ui import limits
from halles.kernel.actor import SYSTEM

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop() -> Shop:
    return make.a_shop(name="Le Bocal", slug="le-bocal")


def send(browser: Client, shop: Shop, before: str = "", **typed: str) -> Any:
    """The form of a shop's question page, sent."""
    said = {"key": str(uuid.uuid4()), "question": "L'avez-vous en bleu ?", "nom": "Cliente"}
    said |= {"courriel": "cliente@example.org"} | typed
    return browser.post(f"{before}/boutiques/{shop.slug}/question", said)


def test_from_an_article_to_the_link_of_the_question(browser: Client, shop: Shop) -> None:
    product = make.a_product(shop, name="Bol en grès")
    page = browser.get(f"/boutiques/le-bocal/{product.slug}")
    address = f"/boutiques/le-bocal/question?article={product.slug}"
    assert f'href="{address}"' in page.content.decode()
    form = browser.get(address)
    assert "Bol en grès" in text(form) and not form.cookies and "no-store" in form["Cache-Control"]
    sent = send(browser, shop, article=product.slug)
    asked = Conversation.objects.get()
    assert (sent.status_code, sent["Location"]) == (303, f"/question/{asked.secret}")
    assert asked.product == product
    shown = browser.get(sent["Location"])
    assert "L'avez-vous en bleu" in text(shown) and "cliente@example.org" in text(shown)
    assert not shown.cookies and "noindex" in shown["X-Robots-Tag"]


def test_the_same_question_sent_twice_is_asked_once(browser: Client, shop: Shop) -> None:
    key = str(uuid.uuid4())
    answers = [send(browser, shop, key=key)["Location"] for _ in range(2)]
    assert len(set(answers)) == 1 and Message.objects.count() == 1


def test_what_is_wrong_is_said_where_it_was_typed_and_the_rest_stays(browser: Client, shop: Shop) -> None:
    for wrong, said in {
        ("courriel", "pas une adresse"): "Cette adresse électronique n'est pas complète",
        ("courriel", ""): "l'un des deux suffit",
        ("nom", " \u200b "): "la boutique le lira",
        ("question", "\r\n"): "Écrivez votre question",
        ("question", "x" * 2001): "2000 signes au plus",
        ("telephone", "12"): "Ce numéro de téléphone n'est pas complet",
    }.items():
        answer = send(browser, shop, **{wrong[0]: wrong[1]})
        assert answer.status_code == 200 and said in text(answer), wrong
        kept = "Cliente" if wrong[0] != "nom" else "L&#x27;avez-vous en bleu"
        assert kept in answer.content.decode(), wrong
    assert not Conversation.objects.exists()


def test_it_speaks_english_where_she_does(browser: Client, shop: Shop) -> None:
    sent = send(browser, shop, "/en")
    asked = Conversation.objects.get()
    assert (asked.language, sent["Location"]) == ("en", f"/en/question/{asked.secret}")
    assert "The shop has your message" in text(browser.get(sent["Location"]))


def test_with_a_telephone_alone_she_is_told_that_the_shop_sees_it(browser: Client, shop: Shop) -> None:
    assert "la boutique verra votre numéro" in text(browser.get("/boutiques/le-bocal/question"))
    sent = send(browser, shop, courriel="", telephone="06 36 49 12 34")
    assert "06 36 49 12 34" in text(browser.get(sent["Location"]))


def test_she_writes_back_and_closes(browser: Client, shop: Shop) -> None:
    asked = make.a_question(shop)
    make.an_answer(asked, "Oui, en bleu aussi.")
    page, key = f"/question/{asked.secret}", str(uuid.uuid4())
    for _ in range(2):
        assert browser.post(page, {"key": key, "message": "Alors je passe."}).status_code == 303
    assert "Alors je passe." in text(browser.get(page)) and asked.messages.count() == 3
    assert "quelques mots" in text(browser.post(page, {"key": key, "message": " "}))
    browser.post(f"{page}/clore")
    late = browser.post(page, {"message": "Et en rouge ?"})
    assert "votre message n'est pas parti" in text(late) and "Et en rouge" in text(late)
    assert "Vous avez clos" in text(late) and "<form" not in text(late).split("Clore")[0]
    asked.refresh_from_db()
    assert (asked.state, asked.closed_by, asked.messages.count()) == ("closed", Side.CUSTOMER, 3)


def test_she_reports(browser: Client, shop: Shop) -> None:
    asked = make.a_question(shop)
    browser.post(f"/question/{asked.secret}/signaler")
    asked.refresh_from_db()
    assert asked.reported_by == Side.CUSTOMER
    assert "va regarder" in text(browser.get(f"/question/{asked.secret}"))


def test_a_shop_that_takes_none_says_so_and_shows_no_way(browser: Client, shop: Shop) -> None:
    product = make.a_product(shop)
    shops.set_questions(shop, False, by=SYSTEM)
    for address in ("/boutiques/le-bocal", f"/boutiques/le-bocal/{product.slug}"):
        assert "/question" not in browser.get(address).content.decode()
    page = browser.get("/boutiques/le-bocal/question")
    assert "ne prend pas de questions" in text(page) and "05 36 49 12 34" in text(page)
    assert "<textarea" not in page.content.decode()
    assert send(browser, shop).status_code == 200 and not Conversation.objects.exists()


def test_whom_the_shop_blocked_is_told_plainly(browser: Client, shop: Shop) -> None:
    asked = make.a_question(shop, email="cliente@example.org")
    settle.block(asked, by=SYSTEM)
    answer = send(browser, shop)
    assert "ne prend plus vos messages" in text(answer) and "05 36 49 12 34" in text(answer)
    assert "L&#x27;avez-vous en bleu" in answer.content.decode()
    shown = text(browser.get(f"/question/{asked.secret}"))
    assert "ne prend plus vos messages" in shown and "Poser une autre question" not in shown


def test_a_flood_fills_a_shop_to_its_measure_and_nothing_is_lost_in_silence(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each from a household of its own: those beyond the measure are told to telephone, and keep their words."""
    few = limits.Rate(limits.By.KEY, 5, limits.HOUR)
    monkeypatch.setattr(limits, "RATES", {**limits.RATES, "question_to_shop": (few,)})
    elsewhere, accepted, told = make.a_shop(shop.market), 0, 0
    for number in range(12):
        browser = Client(headers={"Sec-Fetch-Site": "same-origin"}, REMOTE_ADDR=f"10.0.{number}.7")
        words, address = f"Question {number}, merci", f"cliente{number}@example.org"
        answer = send(browser, shop, question=words, courriel=address)
        accepted += answer.status_code == 303
        told += "Téléphonez-lui" in text(answer) and words in answer.content.decode()
    assert (accepted, told) == (5, 7)
    assert Message.objects.count() == Conversation.objects.count() == 5
    assert send(browser, elsewhere, courriel="cliente11@example.org").status_code == 303


def test_of_hundreds_in_a_minute_a_shop_gets_sixty(rf: RequestFactory) -> None:
    request = rf.get("/")
    allowed = [limits.allow(request, "question_to_shop", key="boutique") for _ in range(300)]
    assert sum(allowed) == 60 and all(allowed[:60])


def test_one_household_and_one_contact_have_their_measure(shop: Shop) -> None:
    market = shop.market
    here = Client(headers={"Sec-Fetch-Site": "same-origin"}, REMOTE_ADDR="10.1.1.1")
    answers = [send(here, make.a_shop(market) if n % 6 else shop).status_code for n in range(8)]
    assert answers == [303] * 6 + [200] * 2
    elsewhere = Client(headers={"Sec-Fetch-Site": "same-origin"}, REMOTE_ADDR="10.1.1.2")
    assert "sont parties d'ici" in text(send(elsewhere, shop))
    assert send(elsewhere, shop, courriel="autre@example.org").status_code == 303


def test_replies_have_their_measure(browser: Client, shop: Shop) -> None:
    asked = make.a_question(shop)
    page = f"/question/{asked.secret}"
    answers = [browser.post(page, {"message": f"{n}"}).status_code for n in range(11)]
    assert answers == [303] * 10 + [200]


@pytest.mark.corpus
def test_naughty_words_are_kept_or_told(
    browser: Client, shop: Shop, real_input: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(limits, "allow", lambda *_, **__: True)
    words, asked = naughty(real_input)[::10], make.a_question(shop)
    for said in typed(words, "question", "nom", "article"):
        answer = send(browser, shop, **said)
        assert answer.status_code in {200, 303}, said
        if answer.status_code == 303:
            assert browser.get(answer["Location"]).status_code == 200
    for word in words[::4]:
        assert browser.post(f"/question/{asked.secret}", {"message": word}).status_code in {200, 303}, word
