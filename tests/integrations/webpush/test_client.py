# SPDX-License-Identifier: AGPL-3.0-or-later
"""What leaves for a browser is what the RFCs say, and only where it may."""

import pytest
from tests.pushserver import PushServer

from halles.domain.bells import ports
from halles.domain.bells.models import Device
from halles.domain.bells.ports import Answer, Message
from halles.integrations.webpush import client
from halles.kernel import outside

MESSAGE = Message({"title": "Nouvelle commande", "body": "18,40 €"}, "sujet", 60)


def test_the_example_of_rfc_8291() -> None:
    sealed = client.encrypt(
        b"When I grow up, I want to be a watermelon",
        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
        "BTBZMqHH6r4Tts7J_aSIgg",
        salt=client.decode("DGv6ra1nlYgDCS1FRnbzlw"),
        key=client.private_key("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"),
    )
    assert client.encode(sealed) == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQ"
        "pu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )


def test_a_browser_reads_what_was_sent_and_its_service_knows_the_sender(db: None, push: PushServer) -> None:
    browser = push.browser()
    assert ports.pusher().push(Device(**browser.said), MESSAGE) == Answer.ACCEPTED
    (held,) = browser.waits
    assert (held.ttl, held.topic, held.urgency) == (60, "sujet", "high")
    assert browser.fetch() == [MESSAGE.said]
    assert push.complaints == []


@pytest.mark.parametrize(
    ("status", "answer"),
    [(410, Answer.GONE), (404, Answer.GONE), (429, Answer.LATER), (500, Answer.LATER), (403, Answer.LATER), (307, Answer.LATER)],
)  # fmt: skip
def test_what_a_service_answers(db: None, push: PushServer, status: int, answer: Answer) -> None:
    browser = push.browser()
    browser.answer = status
    assert ports.pusher().push(Device(**browser.said), MESSAGE) == answer
    assert browser.waits == []  # and a redirection was not followed


def test_keys_that_are_none_are_gone_and_a_dead_service_is_not(db: None, push: PushServer) -> None:
    said = push.browser().said
    off_the_curve = client.encode(b"\x04" + b"\x01" * 64)
    assert ports.pusher().push(Device(**said | {"p256dh": off_the_curve}), MESSAGE) == Answer.GONE
    nowhere = said | {"endpoint": f"https://nowhere.invalid:{push.port}/x"}
    assert ports.pusher().push(Device(**nowhere), MESSAGE) == Answer.LATER


def test_a_name_that_leads_inside_is_not_called(
    db: None,
    push: PushServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(outside, "is_outside", lambda ip: False)
    browser = push.browser()
    assert ports.pusher().push(Device(**browser.said), MESSAGE) == Answer.GONE
    assert browser.waits == []
