# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whoever types a postal code is offered its communes; without script, or without communes, nothing is lost."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from tests.factories import a_market, a_shop, owner_of

from halles.domain.communes.actions import Learned, learn
from halles.domain.communes.rules import Facts
from halles.domain.shops.models import Market, Shop

pytestmark = pytest.mark.django_db

SIGN_UP = {
    "email": "nouvelle@example.org",
    "name": "Boutique neuve",
    "trade": "librairie",
    "postal_code": "86180",
}
MARKET = {"email": "premiere@example.org", "name": "Les halles", "postal_code": "86180", "city": ""}


@pytest.fixture
def known() -> None:
    rows = [
        Facts("86041", "Buxerolles", ("86180",), point=(4661000, 37000)),
        Facts("86028", "Bignoux", ("86800",), point=(4660000, 46000)),
        Facts("86226", "Saint-Julien-l'Ars", ("86800",)),
    ]
    learn(rows, Learned())


def come_in(client: Client, page: str, said: dict[str, str]) -> Any:
    """The form, then the code of the letter."""
    answer = client.post(reverse(page), said)
    if answer.status_code == 302:
        code = mail.outbox[-1].body.split("\n")
        digits = next(line for line in code if line.replace(" ", "").replace("\u202f", "").isdigit())
        client.post(reverse("accounts:code"), {"code": digits})
    return answer


def test_a_postal_code_answers_with_its_communes(
    client: Client, known: None, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        answer = client.get(reverse("ui:communes", args=["86800"]))
    assert answer.json() == ["Bignoux", "Saint-Julien-l'Ars"]
    assert "public" in answer.headers["Cache-Control"]
    assert not answer.cookies
    assert client.get(reverse("ui:communes", args=["n'importe"])).json() == []


def test_whoever_signs_up_need_not_say_the_town_where_there_is_one(client: Client, known: None) -> None:
    a_market()
    come_in(client, "accounts:open", SIGN_UP)
    assert Shop.objects.get(name="Boutique neuve").places.get().city == "Buxerolles"


def test_and_chooses_among_several(client: Client, known: None) -> None:
    a_market()
    come_in(client, "accounts:open", SIGN_UP | {"postal_code": "86800", "city": "Bignoux"})
    place = Shop.objects.get(name="Boutique neuve").places.get()
    assert (place.city, place.latitude) == ("Bignoux", 4660000)


def test_without_communes_signing_up_is_as_ever(client: Client) -> None:
    a_market()
    assert 'type="hidden" name="city"' in client.get(reverse("accounts:open")).content.decode()
    come_in(client, "accounts:open", SIGN_UP)
    assert Shop.objects.get(name="Boutique neuve").places.get().city == ""


def test_the_first_visitor_may_leave_the_town_out_where_the_code_says_it(client: Client, known: None) -> None:
    several = come_in(client, "accounts:first", MARKET | {"postal_code": "86800"})
    assert several.context["form"].errors.keys() == {"city"}
    come_in(client, "accounts:first", MARKET)
    market = Market.objects.get()
    assert (market.city, market.latitude, market.longitude) == ("Buxerolles", 4661000, 37000)


def test_the_first_visitor_of_a_house_without_communes_says_the_town(client: Client) -> None:
    assert come_in(client, "accounts:first", MARKET).context["form"].errors.keys() == {"city"}


def test_a_second_shop_a_card_and_a_stall_know_their_town(client: Client, known: None) -> None:
    shop = a_shop()
    client.force_login(owner_of(shop))
    said = {"name": "Boutique deux", "trade": "mode", "postal_code": "86180"}
    assert client.post(reverse("backoffice:open_shop"), said).status_code == 302
    assert Shop.objects.get(name="Boutique deux").places.get().city == "Buxerolles"
    stall = {"name": "Étal", "postal_code": "86180"}
    assert client.post(reverse("backoffice:add_stall"), stall).status_code == 303
    new = {"name": "Boutique deux", "trade": "mode", "postal_code": "86800", "city": "Saint-Julien-l'Ars"}
    new |= {"colour": "#8f2f20", "colour_light": "#f7e3d9"}
    assert client.post(reverse("backoffice:card"), new).status_code in (302, 303)
    place = Shop.objects.get(name="Boutique deux").places.get(kind="counter")
    assert (place.postal_code, place.city, place.latitude) == ("86800", "Saint-Julien-l'Ars", None)


@pytest.mark.parametrize("page", ["backoffice:card", "backoffice:hours", "backoffice:open_shop"])
def test_the_pages_ask_nothing_more_of_the_database(client: Client, page: str, known: None) -> None:
    """The communes are asked for when a code is typed."""
    client.force_login(owner_of(a_shop()))
    body = client.get(reverse(page)).content.decode()
    assert 'data-communes="/ui/communes/00000"' in body
    assert "Bignoux" not in body


def test_a_shop_of_a_known_commune_is_on_the_map(client: Client, known: None) -> None:
    shop = a_shop()
    shop.places.update(latitude=None, longitude=None)
    assert "translate(" not in client.get("/annuaire").content.decode()
    client.force_login(owner_of(shop))
    card = {
        "name": shop.name,
        "trade": "epicerie",
        "postal_code": "86180",
        "colour": "#8f2f20",
        "colour_light": "#f7e3d9",
    }
    client.post(reverse("backoffice:card"), card)
    body = Client().get("/annuaire").content.decode()
    assert "translate(" in body and "Buxerolles" in body
