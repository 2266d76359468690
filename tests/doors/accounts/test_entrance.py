# SPDX-License-Identifier: AGPL-3.0-or-later
"""Coming in: a shop in a minute, a code by mail, nothing told to the curious, few tries for the guesser."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import URLPattern, reverse
from django.utils.html import escape
from tests import factories

from halles.domain.people import actions as people
from halles.domain.people.models import Account
from halles.domain.shops import actions as shops
from halles.domain.shops import invitations
from halles.domain.shops.models import Market, Shop, Staff
from halles.doors.accounts import devices, urls
from halles.kernel.actor import SYSTEM

pytestmark = pytest.mark.django_db

SHOP = {
    "email": "nouvelle@example.org",
    "name": "La Bulle d'air",
    "trade": "librairie",
    "postal_code": "86000",
}
RIGHT = re.compile(r"\b\d{3} \d{3}\b")


def sent() -> str:
    """The code of the last letter."""
    found = RIGHT.search(mail.outbox[-1].body)
    assert found
    return found[0]


def wrong() -> str:
    return "000000" if sent() != "000 000" else "111111"


def typed(client: Client, code: str) -> HttpResponse:
    return client.post(reverse("accounts:code"), {"code": code})


def words(response: HttpResponse) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


# -- Opening a shop --


def test_one_form_and_a_code_make_a_shop(client: Client, market: Market) -> None:
    assert client.post(reverse("accounts:open"), SHOP).headers["Location"] == reverse("accounts:code")
    assert not Account.objects.filter(email=SHOP["email"]).exists()
    response = typed(client, sent())
    assert response.headers["Location"] == "/gestion/"
    shop = Shop.objects.get()
    assert (shop.name, shop.trade, shop.standing) == ("La Bulle d'air", "librairie", Shop.Standing.DRAFT)
    assert shop.staff.get().account.email == SHOP["email"] and shop.staff.get().role == Staff.Role.OWNER
    assert client.get("/gestion/").status_code == 200


def test_the_device_stays_signed_in_for_ninety_days(client: Client, market: Market) -> None:
    client.post(reverse("accounts:open"), SHOP)
    typed(client, sent())
    assert client.cookies["sessionid"]["max-age"] == 90 * 24 * 3600


def test_an_address_that_is_known_already_gets_the_same_pages_and_a_second_shop(
    client: Client, market: Market
) -> None:
    pages = []
    for email in ("inconnue@example.org", factories.owner_of(factories.a_shop(market)).email):
        visitor = Client()
        answer = visitor.post(reverse("accounts:open"), SHOP | {"email": email})
        page = visitor.get(reverse("accounts:code"))
        secret = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')
        pages.append(
            (answer.status_code, answer.headers["Location"], secret.sub("", words(page)).replace(email, ""))
        )
        body = RIGHT.sub("", mail.outbox[-1].body)
        pages[-1] += (body,)
    assert pages[0] == pages[1]
    typed(visitor, sent())
    assert Account.objects.get(email=email).works_at.count() == 2


def test_a_code_is_pasted_however_it_was_copied(client: Client, market: Market) -> None:
    client.post(reverse("accounts:open"), SHOP)
    typed(client, f"  {sent()}\n")
    assert Shop.objects.exists()


def test_a_second_press_opens_no_second_shop(client: Client, market: Market) -> None:
    client.post(reverse("accounts:open"), SHOP)
    code, session = sent(), client.session
    kept = dict(session["accounts.code"])
    typed(client, code)
    later = client.session
    later["accounts.code"] = kept  # both presses had read the session before either wrote it
    later.save()
    assert typed(client, code).status_code == 302
    assert Shop.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", ""),
        ("email", "pas une adresse"),
        ("email", "a@b\r\nBcc: tous@example.org"),
        ("email", "x" * 5000 + "@example.org"),
        ("name", ""),
        ("name", "  \u200b ".replace("\u200b", "")),
        ("name", "x" * 81),
        ("name", "nul\x00nul"),
        ("trade", "pirate"),
        ("trade", ""),
        ("postal_code", "99999"),
        ("postal_code", "Poitiers"),
    ],
)
def test_bad_input_is_said_where_it_was_typed_and_the_rest_is_kept(
    client: Client, market: Market, field: str, value: str
) -> None:
    response = client.post(reverse("accounts:open"), SHOP | {field: value})
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert f'id="id_{field}_error"' in words(response)
    kept = [escape(said) for name, said in SHOP.items() if name not in {field, "trade"}]
    assert all(f'value="{said}"' in words(response) for said in kept)
    assert not mail.outbox


def test_hostile_names_are_words(client: Client, market: Market) -> None:
    client.post(reverse("accounts:open"), SHOP | {"name": "<script>alert(1)</script>' OR 1=1 --"})
    typed(client, sent())
    assert Shop.objects.get().name == "<script>alert(1)</script>' OR 1=1 --"
    assert "<script>alert" not in words(client.get("/gestion/"))


def test_who_goes_back_finds_what_was_typed(client: Client, market: Market) -> None:
    client.post(reverse("accounts:open"), SHOP)
    page = words(client.get(reverse("accounts:open")))
    assert all(escape(value) in page for value in SHOP.values())


# -- Signing in --


def test_a_code_signs_in_and_leads_where_one_was_going(client: Client, market: Market) -> None:
    owner = factories.owner_of(factories.a_shop(market))
    asked = client.get("/gestion/articles").headers["Location"]
    assert client.get(asked).status_code == 200
    client.post(reverse("accounts:sign_in"), {"email": owner.email.upper(), "next": "/gestion/articles"})
    assert typed(client, sent()).headers["Location"] == "/gestion/articles"


@pytest.mark.parametrize(
    "onward", ["https://example.com/", "//example.com", "javascript:alert(1)", "/\\example.com"]
)
def test_nobody_is_led_away(client: Client, market: Market, onward: str) -> None:
    owner = factories.owner_of(factories.a_shop(market))
    client.post(reverse("accounts:sign_in"), {"email": owner.email, "next": onward})
    assert typed(client, sent()).headers["Location"] == "/gestion/"


def test_the_pages_do_not_tell_whether_an_address_is_known(market: Market) -> None:
    seen = []
    for email in (factories.owner_of(factories.a_shop(market)).email, "inconnue@example.org"):
        visitor = Client()
        answers = [
            visitor.post(reverse("accounts:sign_in"), {"email": email}),
            visitor.get(reverse("accounts:code")),
            typed(visitor, "123 45"),
        ]
        secret = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')
        seen.append(
            [
                (a.status_code, a.headers.get("Location"), secret.sub("", words(a)).replace(email, ""))
                for a in answers
            ]
        )
    assert seen[0] == seen[1]
    assert not RIGHT.search(mail.outbox[-1].body)
    assert "pas de boutique à cette adresse" in mail.outbox[-1].subject


def test_an_unknown_address_cannot_guess_its_way_in(client: Client, market: Market) -> None:
    client.post(reverse("accounts:sign_in"), {"email": "inconnue@example.org"})
    typed(client, "")
    typed(client, "000000")
    assert client.get("/compte/").status_code != 200


def test_who_is_invited_may_sign_in_before_there_is_an_account(client: Client, market: Market) -> None:
    token = invitations.token(
        shops.invite(factories.a_shop(market), "invitee@example.org", Staff.Role.SELLER, by=SYSTEM)
    )
    join = f"/gestion/rejoindre/{token}"
    client.post(reverse("accounts:sign_in"), {"email": "invitee@example.org", "next": join})
    assert typed(client, sent()).headers["Location"] == join
    assert Account.objects.filter(email="invitee@example.org").exists()


def test_five_tries_and_the_code_is_worth_nothing(client: Client, market: Market) -> None:
    client.post(reverse("accounts:open"), SHOP)
    code = sent()
    for _ in range(5):
        response = typed(client, wrong())
        assert response.status_code == 200 and "Ce n&#x27;est pas ce code" in words(response)
    assert typed(client, code).status_code == 429
    assert typed(client, code).headers["Location"] == reverse("accounts:sign_in")
    assert not Shop.objects.exists()


def test_tries_made_with_copies_of_the_session_count_too(client: Client, market: Market) -> None:
    client.post(reverse("accounts:open"), SHOP)
    kept = dict(client.session["accounts.code"])
    for _ in range(5):
        typed(client, wrong())
    session = client.session
    session["accounts.code"] = kept
    session.save()
    assert typed(client, sent()).status_code == 429


def test_a_code_lives_ten_minutes(client: Client, market: Market) -> None:
    with time_machine.travel("2026-11-23T10:00Z") as clock:
        client.post(reverse("accounts:open"), SHOP)
        clock.shift(timedelta(minutes=11))
        assert typed(client, sent()).headers["Location"] == reverse("accounts:sign_in")
    assert not Shop.objects.exists()


def test_another_code_takes_half_a_minute_and_replaces_the_first(client: Client, market: Market) -> None:
    with time_machine.travel("2026-11-23T10:00Z") as clock:
        client.post(reverse("accounts:open"), SHOP)
        first = sent()
        hasty = client.post(reverse("accounts:code_again"))
        assert hasty.status_code == 429 and "demi-minute" in words(hasty)
        clock.shift(timedelta(seconds=31))
        client.post(reverse("accounts:code_again"))
        if sent() != first:
            assert typed(client, first).status_code == 200
        assert typed(client, sent()).headers["Location"] == "/gestion/"
    assert len(mail.outbox) == 2


def test_nobody_is_buried_in_letters(market: Market) -> None:
    statuses = [Client().post(reverse("accounts:open"), SHOP).status_code for _ in range(5)]
    assert statuses == [302, 302, 302, 429, 429]
    assert len(mail.outbox) == 3


def test_one_place_does_not_send_many(market: Market) -> None:
    def asks(number: int, at: str) -> int:
        visitor = Client(REMOTE_ADDR=at)
        return visitor.post(
            reverse("accounts:sign_in"), {"email": f"adresse{number}@example.org"}
        ).status_code

    statuses = [asks(number, "192.0.2.7") for number in range(11)]
    assert statuses == [302] * 10 + [429]
    assert asks(11, "192.0.2.8") == 302


def test_a_stranger_cannot_use_up_what_a_known_device_may_ask(client: Client, market: Market) -> None:
    owner = factories.owner_of(factories.a_shop(market))
    address = {"email": owner.email}
    code = people.one_use_code(owner, by=SYSTEM)
    cookie = client.post(reverse("accounts:one_use"), {"code": code}).cookies["appareil"]
    assert cookie["httponly"] and cookie["path"] == "/compte/" and owner.email not in cookie.value
    client.post(reverse("accounts:sign_out"))
    client.post(reverse("accounts:sign_in"), address)
    mine = sent()

    stranger = Client()  # in the same house, even
    forged = f"{cookie.value[:16]}.{'0' * 64}"
    for value in ("", forged, "x" * 4000):
        stranger.cookies["appareil"] = value
        stranger.post(reverse("accounts:sign_in"), address)
    assert stranger.post(reverse("accounts:sign_in"), address).status_code == 429
    assert Client().post(reverse("accounts:sign_in"), address).status_code == 429

    assert typed(client, mine).headers["Location"] == "/gestion/"  # still good
    client.post(reverse("accounts:sign_out"))
    statuses = [client.post(reverse("accounts:sign_in"), address).status_code for _ in range(3)]
    assert statuses == [302, 302, 429]  # its own, and not without end
    assert client.post(reverse("accounts:sign_in"), {"email": "autre@example.org"}).status_code == 302


def test_a_device_is_known_to_those_who_signed_in_on_it(market: Market) -> None:
    one, two = (factories.owner_of(factories.a_shop(market)) for _ in range(2))
    shared, lost = Client(), Client()
    for client, owner in ((shared, one), (shared, two), (lost, two)):
        client.post(reverse("accounts:one_use"), {"code": people.one_use_code(owner, by=SYSTEM)})
        client.get(reverse("accounts:account"))

    def knows(client: Client, owner: Account) -> bool:
        request = RequestFactory().get("/")
        request.COOKIES = {name: morsel.value for name, morsel in client.cookies.items()}
        return bool(devices.mark(request, owner.email))

    assert [knows(c, o) for c in (shared, lost) for o in (one, two)] == [True, True, False, True]
    shared.post(reverse("accounts:sign_out_everywhere"), follow=True)
    two.refresh_from_db()
    assert knows(shared, two) and not knows(lost, two)


def test_a_letter_that_cannot_leave_is_said(
    client: Client, market: Market, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: Any, **__: Any) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refused)
    response = client.post(reverse("accounts:open"), SHOP)
    assert "Le courriel n&#x27;a pas pu partir" in words(response) and "La Bulle" in words(response)


def test_english_is_one_press_away(client: Client, market: Market) -> None:
    assert client.get(reverse("accounts:sign_in") + "?langue=en").headers["Content-Language"] == "en"
    assert client.get(reverse("accounts:open")).headers["Content-Language"] == "en"
    client.post(reverse("accounts:open"), SHOP)
    assert 'lang="en"' in mail.outbox[-1].alternatives[0].content
    typed(client, sent())
    assert Account.objects.get(email=SHOP["email"]).language == "en"


# -- All of it --


def addresses() -> Iterator[str]:
    """Every address of this door, filled with something."""
    for pattern in urls.urlpatterns:
        assert isinstance(pattern, URLPattern)
        names = pattern.pattern.regex.groupindex
        given = {"code": "AB-34679ACDE", "pk": 1, "account_id": "01a20617-7e11-78ae-9310-5e3070d13c90"}
        yield reverse(f"accounts:{pattern.name}", kwargs={name: given[name] for name in names})


@pytest.mark.parametrize("address", sorted(set(addresses())))
@pytest.mark.parametrize("signed_in", [False, True])
def test_every_page_is_one_of_ours(client: Client, market: Market, address: str, signed_in: bool) -> None:
    if signed_in:
        client.force_login(factories.owner_of(factories.a_shop(market)))
    response = client.get(address)
    assert response.status_code in {200, 302, 404, 405}
    if response.status_code == 200:
        assert 'class="plain"' in words(response)
        assert "no-store" in response.headers["Cache-Control"]
        assert "password" not in words(response).lower() and "style=" not in words(response)
