# SPDX-License-Identifier: AGPL-3.0-or-later
"""The market's team: says yes, hides, lets in, invites; and nobody else finds these pages."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, reverse
from tests import factories

from halles.domain.conversations.actions import settle
from halles.domain.conversations.models import Conversation, Side
from halles.domain.journal.models import JournalEntry
from halles.domain.people.models import Account
from halles.domain.shops import actions as shops
from halles.domain.shops.models import Market, Shop
from halles.doors.operator import urls
from halles.kernel.actor import SYSTEM

pytestmark = pytest.mark.django_db


@pytest.fixture
def market() -> Market:
    return factories.a_market()


@pytest.fixture
def team(client: Client, market: Market) -> Client:
    """Somebody of the market's team, signed in."""
    client.force_login(market.operators.get().account)
    return client


def words(response: HttpResponse) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def a_waiting_shop(market: Market) -> Shop:
    shop = factories.a_shop(market, selling=False)
    shops.publish(shop, by=SYSTEM)
    return shop


def addresses(shop: Shop) -> list[str]:
    """Every address of this door, about a shop and its owner."""
    given = {"pk": shop.id, "account_id": factories.owner_of(shop).id}
    return [
        reverse(
            f"operator:{pattern.name}",
            kwargs={name: given[name] for name in pattern.pattern.regex.groupindex},
        )
        for pattern in urls.urlpatterns
        if isinstance(pattern, URLPattern)
    ]


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_else_finds_these_pages(market: Market, method: str) -> None:
    shop = a_waiting_shop(market)
    rival = factories.owner_of(factories.a_shop(market))
    elsewhere = factories.a_market().operators.get().account
    stranger, merchant, other_team = Client(), Client(), Client()
    merchant.force_login(rival)
    other_team.force_login(elsewhere)
    for address in addresses(shop):
        assert getattr(stranger, method)(address).headers["Location"].startswith(reverse("accounts:sign_in"))
        assert getattr(merchant, method)(address).status_code == 404
        assert getattr(other_team, method)(address).status_code == 404
    shop.refresh_from_db()
    assert shop.standing == Shop.Standing.WAITING


def test_acts_are_pressed_and_never_followed_as_links(team: Client, market: Market) -> None:
    shop = a_waiting_shop(market)
    statuses = {address.rsplit("/")[-1]: team.get(address).status_code for address in addresses(shop)}
    assert {statuses["accepter"], statuses["masquer"]} == {405}


def test_a_shop_of_another_market_is_not_ours(team: Client, market: Market) -> None:
    other = a_waiting_shop(factories.a_market())
    assert team.get(reverse("operator:shop", args=[other.id])).status_code == 404
    assert team.post(reverse("operator:approve", args=[other.id])).status_code == 404
    assert team.get(reverse("operator:shop", args=[uuid4()])).status_code == 404


def test_one_press_says_yes_and_another_takes_it_back(team: Client, market: Market) -> None:
    shop = a_waiting_shop(market)
    assert "Attendent votre accord" in words(team.get(reverse("operator:shops")))
    for act, standing in (("approve", "online"), ("suspend", "suspended"), ("approve", "online")):
        team.post(reverse(f"operator:{act}", args=[shop.id]))
        shop.refresh_from_db()
        assert shop.standing == standing
    assert f"{shop.name} est en ligne" in words(team.get(reverse("operator:shops")))
    assert "Attendent votre accord" not in words(team.get(reverse("operator:shops")))


def test_the_list_says_how_far_each_shop_is(team: Client, market: Market) -> None:
    selling = factories.a_shop(market)
    factories.a_product(selling)
    factories.a_shop(market, selling=False)
    page = words(team.get(reverse("operator:shops")))
    assert "Vente · 1 article" in page and "Annuaire" in page
    assert selling.name not in words(team.get(reverse("operator:shops"), {"q": "introuvable"}))


def test_the_list_asks_as_many_queries_for_ten_shops_as_for_one(
    team: Client, market: Market, django_assert_max_num_queries: Any
) -> None:
    for _ in range(10):
        factories.a_product(factories.a_shop(market))
    with django_assert_max_num_queries(12):
        team.get(reverse("operator:shops"))


def test_a_code_for_an_owner_lets_him_in_and_only_owners_get_one(team: Client, market: Market) -> None:
    shop = factories.a_shop(market)
    owner = factories.owner_of(shop)
    page = words(team.post(reverse("operator:let_in", args=[shop.id, owner.id])))
    found = re.search(r'class="code">([^<]+)<', page)
    assert found and 'class="qr"' in page
    merchant = Client()
    merchant.post(reverse("accounts:one_use"), {"code": found[1]})
    assert merchant.get("/gestion/").status_code == 200
    stranger = factories.an_account()
    assert team.post(reverse("operator:let_in", args=[shop.id, stranger.id])).status_code == 404
    told = words(team.get(reverse("operator:acts")))
    assert "Code de connexion donné" in told and "Code de connexion utilisé" in told and shop.name in told


def test_the_team_grows_by_invitation(team: Client, market: Market) -> None:
    team.post(reverse("operator:team"), {"email": "Collegue@Example.org"})
    account = Account.objects.get(email="collegue@example.org")
    colleague = Client()
    colleague.force_login(account)
    assert colleague.get(reverse("operator:shops")).status_code == 200
    assert "collegue@example.org" in words(team.get(reverse("operator:team")))


@pytest.mark.parametrize("email", ["", "personne", "a@b\nBcc: c@d.fr", "x" * 400])
def test_a_wrong_address_invites_nobody(team: Client, market: Market, email: str) -> None:
    response = team.post(reverse("operator:team"), {"email": email})
    assert response.status_code == 200 and response.context["form"].errors["email"]
    assert market.operators.count() == 1


def test_the_market_says_something_else_of_itself(team: Client, market: Market) -> None:
    said = {"name": "Le marché couvert", "tagline": "Tout près", "contact_email": "equipe@example.org"}
    team.post(reverse("operator:market"), said)
    market.refresh_from_db()
    assert (market.name, market.contact_email, market.approval_needed) == (
        said["name"],
        said["contact_email"],
        False,
    )
    wrong = team.post(reverse("operator:market"), said | {"contact_email": "nulle part"})
    assert list(wrong.context["form"].errors) == ["contact_email"] and "Tout près" in words(wrong)


def test_the_journal_of_the_team_leaves_a_merchants_affairs_alone(team: Client, market: Market) -> None:
    factories.a_product(factories.a_shop(market), name="Secret de la maison")
    assert JournalEntry.objects.filter(act="catalogue.created").exists()
    page = words(team.get(reverse("operator:acts")))
    assert "Secret de la maison" not in page and "Boutique ouverte" in page


@pytest.mark.parametrize("page", ["0", "-1", "9999", "x", "1e9", "🥐"])
def test_a_page_that_is_not_there_is_the_nearest(team: Client, market: Market, page: str) -> None:
    assert team.get(reverse("operator:shops"), {"page": page}).status_code == 200
    assert team.get(reverse("operator:acts"), {"page": page, "q": "nul\x00"}).status_code == 200


def test_a_reported_exchange_is_read_and_closed_or_left(team: Client, market: Market) -> None:
    shop = factories.a_shop(market, name="Le Bocal")
    one = factories.a_question(shop, "Une arnaque", email="cliente@example.org", phone="0636491234")
    two = factories.a_question(shop, "Une insulte")
    elsewhere = factories.a_question(factories.a_shop(), "Ailleurs")
    for asked in (one, two, elsewhere):
        settle.report(asked, Side.SHOP, by=SYSTEM)
    assert "2 échanges signalés" in words(team.get("/operateur/"))
    page = words(team.get("/operateur/questions"))
    assert "Une arnaque" in page and "Une insulte" in page and "Ailleurs" not in page
    assert "cliente@example.org" not in page and "36 49 12 34" not in page
    team.post(f"/operateur/questions/{one.id}/clore")
    team.post(f"/operateur/questions/{two.id}/laisser")
    assert team.post(f"/operateur/questions/{elsewhere.id}/clore").status_code == 404
    states = dict(Conversation.objects.values_list("pk", "state"))
    assert [states[asked.pk] for asked in (one, two, elsewhere)] == ["closed", "open", "open"]
    assert "est signalé." in words(team.get("/operateur/questions"))
