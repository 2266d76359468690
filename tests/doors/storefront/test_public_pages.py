# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages that anybody may share: no cookie, nothing personal, as many queries for many products as for few."""

import re
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests import factories
from tests.doors.storefront.test_order_path import text

from halles.domain.catalogue import actions as catalogue
from halles.domain.catalogue.actions import ProductFacts, VariantFacts
from halles.domain.catalogue.models import Availability, Kind
from halles.domain.shops import actions as shops
from halles.domain.shops.models import FormerShopSlug, Shop
from halles.kernel.actor import SYSTEM

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop() -> Shop:
    return factories.a_shop(name="Le Bocal", slug="le-bocal")


def addresses(shop: Shop) -> list[str]:
    """One page of each sort."""
    category = factories.a_category(shop.market, name="Fromages", slug="fromages")
    product = factories.a_product(shop, name="Comté", category=category)
    return [
        "/", "/en/", "/annuaire", "/recherche", "/recherche?q=comte", "/recherche?dispo=1", "/rayons/fromages", f"/boutiques/{shop.slug}",
        f"/boutiques/{shop.slug}/{product.slug}", f"/boutiques/{shop.slug}/conditions", "/mentions-legales", "/confidentialite",
        "/robots.txt", "/sitemap.xml",
    ]  # fmt: skip


def test_shared_by_all_caches(client: Client, shop: Shop) -> None:
    for address in addresses(shop):
        response = client.get(address)
        assert response.status_code == 200, address
        assert "public" in response["Cache-Control"] and "Cookie" not in response.get("Vary", ""), address
        assert not response.cookies, address
        body = response.content.decode()
        assert "csrf" not in body and "style=" not in body and "<script>" not in body, address


def test_as_many_queries_for_a_dozen_products_as_for_three(shop: Shop) -> None:
    pages = addresses(shop)
    category = shop.market.categories.get()
    for _ in range(2):
        factories.a_product(shop, name="Comté doux", category=category)
    few = [_queries(page) for page in pages]
    for _ in range(9):
        factories.a_product(shop, name="Comté vieux", category=category, stock_of=3)
    many = [_queries(page) for page in pages]
    # A counted good asks once more for all levels together.
    assert all(more - less <= 1 for less, more in zip(few, many, strict=True)), list(
        zip(pages, few, many, strict=True)
    )


def _queries(address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert Client().get(address).status_code == 200  # a client of its own knows no page yet
    return len(queries)


def test_former_addresses_lead_on(client: Client, shop: Shop) -> None:
    product = factories.a_product(shop, name="Pain", online=False)
    catalogue.change(product, ProductFacts(name="Pain complet", price=Decimal(4)), by=SYSTEM)
    catalogue.set_status(product, product.Status.ONLINE, by=SYSTEM)
    FormerShopSlug.objects.create(market=shop.market, slug="ancien", shop=shop)
    for former in ("/boutiques/le-bocal/pain", "/boutiques/ancien/pain-complet", "/boutiques/ancien/pain"):
        moved = client.get(former)
        assert (moved.status_code, moved["Location"]) == (301, "/boutiques/le-bocal/pain-complet"), former
    assert client.get("/boutiques/ancien")["Location"] == "/boutiques/le-bocal"
    assert client.get("/boutiques/")["Location"] == "/annuaire"


def test_nobody_sees_what_is_not_on_sale(client: Client, shop: Shop) -> None:
    draft = factories.a_product(shop, name="Brouillon secret", online=False)
    shown = factories.a_product(shop, name="Visible")
    hidden_shop = factories.a_shop(shop.market, selling=False)
    assert client.get(f"/boutiques/le-bocal/{draft.slug}").status_code == 404
    assert client.get(f"/boutiques/{hidden_shop.slug}").status_code == 404
    assert client.get("/recherche?q=secret").content.decode().count("product-card") == 0
    shops.suspend(shop, by=SYSTEM)
    for address in ("/boutiques/le-bocal", f"/boutiques/le-bocal/{shown.slug}"):
        assert client.get(address).status_code == 404


def test_a_product_says_what_the_law_and_a_neighbour_want_to_know(client: Client, shop: Shop) -> None:
    product = factories.a_product(
        shop,
        name="Pineau",
        kind=Kind.WINE,
        is_alcohol=True,
        price=Decimal("12.00"),
        origin="Charentes",
        ingredients="Moût de raisin",
        allergens=["sulphites"],
        variants=[VariantFacts(content=Decimal(75), content_unit="cl")],
    )
    response = client.get(reverse("storefront:product", args=[shop.slug, product.slug]))
    page = text(response)
    for said in (
        "12,00 €",
        "16,00 € le litre",
        "Charentes",
        "Sulfites",
        "L'abus d'alcool est dangereux",
        "SARL",
        "SIRET 000 123",
        "Disponible",
    ):
        assert said in page, said
    body = response.content.decode()
    assert 'property="og:title"' in body and 'itemprop="price" content="12.00"' in body
    assert f'<link rel="canonical" href="http://localhost:8000/boutiques/le-bocal/{product.slug}">' in body
    assert f'hreflang="en" href="http://localhost:8000/en/boutiques/le-bocal/{product.slug}"' in body


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"stock_of": 0}, "Épuisé"),
        ({"stock_of": 2}, "Il n'en reste que 2"),
        ({"stock_of": 1, "is_unique": True}, "Pièce unique"),
        ({"availability": Availability.DAILY, "daily_quantity": Decimal(20)}, "Fait chaque jour"),
        ({"availability": Availability.TO_ORDER, "delay_days": 10}, "Sur commande"),
        ({"availability": Availability.TO_CONFIRM}, "À confirmer par la boutique"),
    ],
)
def test_availability_in_words(client: Client, shop: Shop, facts: dict[str, Any], said: str) -> None:
    product = factories.a_product(shop, **facts)
    assert said in text(client.get(reverse("storefront:product", args=[shop.slug, product.slug])))


def test_a_shop_that_only_shows(client: Client) -> None:
    shop = factories.a_shop(takes_orders=False)
    product = factories.a_product(shop)
    page = text(client.get(reverse("storefront:product", args=[shop.slug, product.slug])))
    assert "se vend à la boutique" in page and "Ajouter au panier" not in page


def test_search_is_an_address_one_can_share(client: Client, shop: Shop) -> None:
    category = factories.a_category(shop.market, name="Pains", slug="pains")
    factories.a_product(shop, name="Pain complet", category=category)
    factories.a_product(shop, name="Planche à pain", availability=Availability.TO_ORDER, delay_days=20)
    found = text(client.get("/recherche?q=pian&rayon=pains&boutique=le-bocal"))
    assert (
        "voici ce que nous avons pour « pain »" in found
        and "Pain complet" in found
        and "Planche" not in found
    )
    assert "Planche" not in text(
        client.get("/recherche", {"q": "pain", "jour": factories.tomorrow().isoformat()})
    )
    assert "Planche à pain" in text(client.get("/recherche?q=pain"))
    nothing = text(client.get("/recherche?q=introuvable"))
    assert "Aucune boutique n'a « introuvable »" in nothing and "Tout voir" in nothing


def test_a_search_leads_to_shops_and_aisles(client: Client, shop: Shop) -> None:
    factories.a_category(shop.market, name="Jamais vendu", slug="jamais")
    fashion = factories.a_category(shop.market, name="Mode", slug="mode")
    books = factories.a_shop(shop.market, name="Page d'Encre", slug="page", trade="librairie")
    factories.a_product(books, name="Lentement, libraires", category=fashion)

    def found(query: str) -> tuple[set[str], str]:
        response = client.get("/recherche", {"q": query})
        return set(re.findall(r'href="/((?:boutiques|rayons)/[^"/]+)"', response.content.decode())), text(
            response
        )

    for query, signs in {
        "épicerie": {"boutiques/le-bocal"},
        "Épicier": {"boutiques/le-bocal"},
        "librairie": {"boutiques/page"},
        "bocal": {"boutiques/le-bocal"},
        "vêtements": {"rayons/mode"},
        "boucherie": set(),
    }.items():
        led_to, page = found(query)
        assert led_to == signs, query
        assert "voici ce que nous avons" not in page, query
        assert ("Aucune boutique n'a" in page) == (not signs), query
    assert found("noël")[0] == set()


def test_the_map_is_ours(client: Client, shop: Shop) -> None:
    shop.places.update(latitude=4658100, longitude=34000)
    other = factories.a_shop(shop.market)
    other.places.update(latitude=4658100, longitude=34000)
    body = client.get("/annuaire").content.decode()
    spots = re.findall(r'transform="translate\((-?\d+) (-?\d+)\)"', body)
    assert len(set(spots)) == 2  # on one spot in town, two pins that can be pressed
    assert not re.findall(r'(?:src|href)="https?://(?!localhost)', body)


def test_an_empty_market_leads_to_its_opening(client: Client) -> None:
    assert client.get("/")["Location"] == reverse("accounts:first")
    assert client.get("/annuaire").status_code == 404


def test_pages_of_a_long_shelf(client: Client, shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("halles.doors.storefront.common.PAGE", 2)
    for number in range(5):
        factories.a_product(shop, name=f"Bocal {number}")

    def count(address: str) -> int:
        return client.get(address).content.decode().count("product-card")

    assert [count(f"/boutiques/le-bocal?page={page}") for page in ("1", "3", "x")] == [2, 1, 2]
    assert client.get("/boutiques/le-bocal?page=9").status_code == 404
    assert [count(f"/recherche?q=bocal&page={page}") for page in (1, 3, 4)] == [2, 1, 0]
