# SPDX-License-Identifier: AGPL-3.0-or-later
"""My account: name and language, leaving, and passkeys that nobody else may touch."""

import json
import re
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests import factories

from halles.domain.people.models import Account
from halles.doors.accounts import session

pytestmark = pytest.mark.django_db


@pytest.fixture
def me() -> Account:
    return factories.owner_of(factories.a_shop())


@pytest.fixture
def mine(client: Client, me: Account) -> Client:
    """My browser, signed in a moment ago."""
    client.force_login(me)
    return client


def words(response: HttpResponse) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def a_key(account: Account, name: str = "téléphone") -> Authenticator:
    data = {"name": name, "credential": {}}
    return Authenticator.objects.create(user=account, type=Authenticator.Type.WEBAUTHN, data=data)


def test_name_and_language_are_mine_to_say(mine: Client, me: Account) -> None:
    mine.post(reverse("accounts:account"), {"name": "gérante", "language": "en"})
    me.refresh_from_db()
    assert (me.name, me.language) == ("gérante", "en")
    assert mine.get(reverse("accounts:account")).headers["Content-Language"] == "en"


@pytest.mark.parametrize(
    ("field", "value"), [("name", "x" * 81), ("name", "nul\x00"), ("language", "klingon")]
)
def test_what_cannot_be_is_said_beside_it(mine: Client, field: str, value: str) -> None:
    response = mine.post(reverse("accounts:account"), {"name": "gérante", "language": "fr"} | {field: value})
    assert response.status_code == 200 and list(response.context["form"].errors) == [field]


def test_leaving_is_pressed(mine: Client) -> None:
    assert mine.get(reverse("accounts:sign_out")).status_code == 405
    mine.post(reverse("accounts:sign_out"))
    assert mine.get(reverse("accounts:account")).status_code == 302


def test_leaving_everywhere_keeps_this_device_and_ends_the_others(mine: Client, me: Account) -> None:
    lost = Client()
    lost.force_login(me)
    mine.post(reverse("accounts:sign_out_everywhere"))
    assert mine.get(reverse("accounts:account")).status_code == 200
    assert lost.get(reverse("accounts:account")).status_code == 302


def test_a_key_is_renamed_and_removed(mine: Client, me: Account) -> None:
    key = a_key(me)
    mine.post(reverse("accounts:passkey_rename", args=[key.pk]), {"name": "caisse"})
    assert "caisse" in words(mine.get(reverse("accounts:account")))
    empty = mine.post(reverse("accounts:passkey_rename", args=[key.pk]), {"name": ""})
    assert empty.status_code == 200 and f'id="cle-{key.pk}-error"' in words(empty)
    mine.post(reverse("accounts:passkey_remove", args=[key.pk]))
    assert not Authenticator.objects.exists()


def test_a_rivals_key_is_not_mine(mine: Client) -> None:
    key = a_key(factories.an_account())
    for act in ("passkey_rename", "passkey_remove"):
        assert mine.post(reverse(f"accounts:{act}", args=[key.pk]), {"name": "volée"}).status_code == 404
    assert Authenticator.objects.get().data["name"] == "téléphone"


def test_a_telephone_left_on_the_counter_gives_no_key_away(mine: Client, me: Account) -> None:
    key = a_key(me)
    with time_machine.travel(timezone.now() + timedelta(minutes=20)):
        assert mine.get(reverse("accounts:passkey_add")).headers["Location"] == reverse("accounts:account")
        mine.post(reverse("accounts:passkey_remove", args=[key.pk]))
        assert Authenticator.objects.exists()
        mine.post(reverse("accounts:prove"))
        (letter,) = mail.outbox
        assert letter.to == [me.email]
        code = re.search(r"\d{3} \d{3}", letter.body)
        assert code
        mine.post(reverse("accounts:code"), {"code": code[0]})
        mine.post(reverse("accounts:passkey_remove", args=[key.pk]))
        assert not Authenticator.objects.exists()
        assert mine.get(reverse("accounts:passkey_add")).status_code == 200


def test_what_a_device_must_sign_names_our_address_and_asks_for_its_owner(mine: Client) -> None:
    options = mine.get(reverse("accounts:passkey_add")).context["creation_options"]["publicKey"]
    assert options["rp"]["id"] == "localhost"
    assert options["authenticatorSelection"]["residentKey"] == "required"
    assert options["authenticatorSelection"]["userVerification"] == "required"
    asked = Client().get(reverse("accounts:passkey_sign_in"), headers={"Accept": "application/json"})
    assert asked.json()["request_options"]["publicKey"]["userVerification"] == "required"


FORGED = [
    "",
    "pas du json",
    "[]",
    "null",
    '"mot"',
    "{}",
    "[" * 50_000,
    '{"response": 1}',
    json.dumps({"id": "x", "rawId": "x", "type": "public-key", "response": {}}),
    json.dumps(
        {
            "id": "AA",
            "rawId": "AA",
            "type": "public-key",
            "response": {"userHandle": "é", "clientDataJSON": "!"},
        }
    ),
    json.dumps(
        {
            "id": "AAAA",
            "rawId": "AAAA",
            "type": "public-key",
            "response": {
                "clientDataJSON": "e30",
                "attestationObject": "oGA",
                "authenticatorData": "AAAA",
                "signature": "AAAA",
                "userHandle": "AAAA",
            },
        }
    ),
    "x" * 100_000,
]


def test_a_forged_answer_is_no_key(mine: Client) -> None:
    for number, credential in enumerate(FORGED):
        mine.get(reverse("accounts:passkey_add"))
        added = mine.post(reverse("accounts:passkey_add"), {"name": "fausse", "credential": credential})
        assert added.status_code == 200 and 'role="alert"' in words(added), credential
        stranger = Client(REMOTE_ADDR=f"192.0.2.{number}")  # one place may not try that often
        stranger.get(reverse("accounts:passkey_sign_in"), headers={"Accept": "application/json"})
        response = stranger.post(reverse("accounts:passkey_sign_in"), {"credential": credential})
        assert response.status_code == 200 and "n&#x27;a pas été reconnue" in words(response), credential
        assert not Authenticator.objects.exists() and not stranger.session.get("_auth_user_id"), credential


def test_visits_that_are_over_are_forgotten(mine: Client) -> None:
    Session.objects.update(expire_date=timezone.now() - timedelta(days=1))
    session.forget_ended()
    assert not Session.objects.exists()
