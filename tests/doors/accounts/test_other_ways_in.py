# SPDX-License-Identifier: AGPL-3.0-or-later
"""Other ways in: the first visitor, one-use codes, the doors of the demonstration."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from tests import factories
from tests.doors.accounts.test_entrance import RIGHT, SHOP, sent, typed, words

from halles.domain.journal.models import JournalEntry
from halles.domain.people import actions as people
from halles.domain.people.reads import actor
from halles.domain.shops import actions as shops
from halles.domain.shops.models import Market
from halles.kernel.actor import SYSTEM

pytestmark = pytest.mark.django_db


# -- The first visitor --

MARKET = {
    "name": "Les halles de Poitiers",
    "city": "Poitiers",
    "postal_code": "86000",
    "email": "premiere@example.org",
}


def test_the_first_visitor_opens_the_market(
    client: Client, caplog: pytest.LogCaptureFixture, settings: Any
) -> None:
    assert client.get(reverse("accounts:open")).headers["Location"] == reverse("accounts:first")
    with caplog.at_level("INFO", "halles"):
        client.post(reverse("accounts:first"), MARKET)
    assert sent().replace(" ", "") in caplog.text
    assert "dans le terminal" not in words(client.get(reverse("accounts:code")))
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    assert "dans le terminal" in words(client.get(reverse("accounts:code")))
    assert typed(client, sent()).headers["Location"] == reverse("operator:shops")
    market = Market.objects.get()
    assert (market.slug, market.city) == ("les-halles-de-poitiers", "Poitiers")
    assert client.get(reverse("operator:shops")).status_code == 200


def test_there_is_only_one_first_visitor(client: Client) -> None:
    late = Client()
    late.post(reverse("accounts:first"), MARKET | {"email": "seconde@example.org"})
    code = sent()
    client.post(reverse("accounts:first"), MARKET)
    typed(client, sent())
    assert "déjà ouvert" in words(typed(late, code))
    assert Market.objects.count() == 1
    assert late.get(reverse("accounts:first")).headers["Location"] == reverse("accounts:sign_in")


# -- One-use codes --


def test_a_one_use_code_works_once_and_is_written_down(client: Client, market: Market) -> None:
    shop = factories.a_shop(market)
    team = actor(market.operators.get().account)
    code = people.one_use_code(factories.owner_of(shop), by=team, shop_id=shop.id)
    assert (
        client.get(reverse("accounts:one_use", args=[code])).status_code == 200
    )  # a preview uses nothing up
    assert (
        client.post(reverse("accounts:one_use"), {"code": code.lower().replace("-", "")}).headers["Location"]
        == "/gestion/"
    )
    again = Client().post(reverse("accounts:one_use"), {"code": code})
    assert again.status_code == 200 and "déjà servi" in words(again)
    acts = JournalEntry.objects.filter(act__startswith="people.one_use").values_list(
        "act", "actor_reference", "shop_id"
    )
    assert list(acts) == [
        ("people.one_use_given", team.reference, shop.id),
        ("people.one_use_used", str(factories.owner_of(shop).pk), shop.id),
    ]
    assert code not in str(list(JournalEntry.objects.values()))


def test_a_one_use_code_lives_a_quarter_of_an_hour(client: Client, market: Market) -> None:
    with time_machine.travel("2026-11-23T10:00Z") as clock:
        code = people.one_use_code(factories.owner_of(factories.a_shop(market)), by=SYSTEM)
        clock.shift(timedelta(minutes=16))
        assert "déjà servi" in words(client.post(reverse("accounts:one_use"), {"code": code}))


@pytest.mark.parametrize("code", ["", "A7", "🥐" * 10, "x" * 2000, "' OR 1=1 --", "nul\x00"])
def test_a_one_use_code_that_never_was_is_refused(client: Client, market: Market, code: str) -> None:
    assert client.post(reverse("accounts:one_use"), {"code": code}).status_code == 200


# -- The demonstration --


def test_the_demonstration_has_doors_and_a_real_market_has_none(
    client: Client, market: Market, settings: Any
) -> None:
    role = factories.an_account(email="gerante@demo.halles.test", name="gérante · épicerie")
    neighbour = factories.an_account()
    door = reverse("accounts:demo_sign_in", args=[role.id])
    assert "gérante · épicerie" not in words(client.get(reverse("accounts:sign_in")))
    assert client.post(door).status_code == client.get(reverse("accounts:demo_mail")).status_code == 404
    shops.change_market(market, is_demonstration=True, by=SYSTEM)
    assert "gérante · épicerie" in words(client.get(reverse("accounts:sign_in")))
    assert client.post(reverse("accounts:demo_sign_in", args=[neighbour.id])).status_code == 404
    assert client.get(door)["Location"] == reverse("accounts:sign_in")
    assert client.post(door).status_code == 302
    assert client.get("/compte/").status_code == 200


def test_the_demonstrations_letters_can_be_read(
    client: Client, market: Market, settings: Any, tmp_path: Any
) -> None:
    shops.change_market(market, is_demonstration=True, by=SYSTEM)
    settings.EMAIL_FILE_PATH = str(tmp_path)
    assert "Pas encore de courriel" in words(client.get(reverse("accounts:demo_mail")))
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    client.post(reverse("accounts:open"), SHOP | {"name": "<b>Bulle</b>"})
    page = words(client.get(reverse("accounts:demo_mail")))
    assert "est votre code" in page and SHOP["email"] in page and RIGHT.search(page)
