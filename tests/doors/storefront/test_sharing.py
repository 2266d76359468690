# SPDX-License-Identifier: AGPL-3.0-or-later
"""A shared link shows title, price and a picture of ours; only what is online has one, only as it is now."""

import gzip
import re
from decimal import Decimal
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image
from tests import factories

from halles.domain.catalogue import actions as catalogue
from halles.domain.catalogue.actions import ProductFacts, VariantFacts
from halles.domain.shops import actions as shops
from halles.domain.shops.models import FormerShopSlug, Shop
from halles.doors.ui.posters import draw, kept
from halles.kernel.actor import SYSTEM

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Any, settings: Any) -> None:
    settings.DATA = tmp_path


@pytest.fixture
def shop() -> Shop:
    return factories.a_shop(name="Le Bocal", slug="le-bocal", tagline="Tout en bocaux")


def tags(client: Client, address: str) -> dict[str, str]:
    """What the head of a page says to those who share it."""
    page = client.get(address).content.decode()
    found = re.findall(r'<meta (?:property|name)="((?:og|twitter|product):[^"]+)" content="([^"]*)">', page)
    return {name: unescape(words) for name, words in found}


def picture(client: Client, said: dict[str, str]) -> Any:
    return client.get(said["og:image"].removeprefix("http://localhost:8000"))


def test_an_article_is_shared_with_its_price(client: Client, shop: Shop) -> None:
    product = factories.a_product(
        shop, name="Comté « 18 mois »", price=Decimal("24.90"), unit="kg", description="Fruité."
    )
    said = tags(client, f"/boutiques/le-bocal/{product.slug}")
    assert said["og:title"] == "Comté « 18 mois » — 24,90\u202f€ le kilo"
    assert said["og:description"] == "Le Bocal, Poitiers. Fruité."
    assert said["og:url"] == f"http://localhost:8000/boutiques/le-bocal/{product.slug}"
    assert (said["og:type"], said["og:locale"], said["twitter:card"]) == (
        "product",
        "fr_FR",
        "summary_large_image",
    )
    assert (said["og:image:width"], said["og:image:height"]) == ("1200", "630")
    assert "Comté" in said["og:image:alt"] and said["product:price:amount"] == "24.90"
    answer = picture(client, said)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert (
        Image.open(BytesIO(answer.content)).size == (1200, 630)
        and len(answer.content) <= draw.LARGEST_PREVIEW
    )
    assert (
        "public" in answer["Cache-Control"] and "Cookie" not in answer.get("Vary", "") and not answer.cookies
    )
    english = tags(client, f"/en/boutiques/le-bocal/{product.slug}")
    assert "€24.90" in english["og:title"] and english["og:image"] != said["og:image"]


def test_prices_of_many_sizes_and_of_what_is_packed(client: Client, shop: Shop) -> None:
    sizes = [VariantFacts(size="S", price=Decimal(12)), VariantFacts(size="L", price=Decimal(15))]
    jumper = factories.a_product(shop, name="Pull", variants=sizes)
    assert tags(client, f"/boutiques/le-bocal/{jumper.slug}")["og:title"] == "Pull — dès 12,00\u202f€"


def test_the_market_and_a_shop_have_pictures_too(
    client: Client, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(draw, "jpeg", lambda poster, shape: poster.name.encode())
    for _ in range(5):
        factories.a_product(shop)
    assert tags(client, "/boutiques/le-bocal")["og:description"] == "Tout en bocaux"
    assert tags(client, "/")["og:title"].startswith(shop.market.name)
    for address, name in (("/", shop.market.name), ("/boutiques/le-bocal", "Le Bocal")):
        answer = picture(client, tags(client, address))
        assert (answer.status_code, answer.content.decode()) == (200, name)


def test_another_address_leads_to_the_picture_as_it_is_now(
    client: Client, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []
    monkeypatch.setattr(draw, "jpeg", lambda poster, shape: drawn.append(poster.goods[0].price) or b"")
    product = factories.a_product(shop, name="Comté", price=Decimal(20))
    before = tags(client, "/boutiques/le-bocal/comte")["og:image"].removeprefix("http://localhost:8000")
    for _ in range(3):
        assert client.get(before).status_code == 200
    FormerShopSlug.objects.create(market=shop.market, slug="ancien", shop=shop)
    catalogue.change(product, ProductFacts(name="Comté", price=Decimal(25)), by=SYSTEM)
    for other in (
        before,
        "/boutiques/le-bocal/comte/partage.jpg",
        "/boutiques/le-bocal/comte/partage.jpg?v=%00<script>",
    ):
        moved = client.get(other)
        assert moved.status_code == 302 and re.fullmatch(
            r"/boutiques/le-bocal/comte/partage\.jpg\?v=[0-9a-f]{16}", moved["Location"]
        )
        assert moved["Location"] != before
    assert drawn == ["20,00\u202f€"]  # nobody has asked for the other one yet
    assert client.get("/boutiques/ancien/comte/partage.jpg").status_code == 301
    assert client.get("/boutiques/ancien/partage.jpg").status_code == 301
    assert client.get(moved["Location"]).status_code == 200
    assert drawn == ["20,00\u202f€", "25,00\u202f€"]


def test_what_is_not_online_has_no_picture(client: Client, shop: Shop) -> None:
    draft = factories.a_product(shop, name="Secret", online=False)
    hidden = factories.a_shop(shop.market, selling=False)
    shown = factories.a_product(shop, name="Visible")
    address = tags(client, "/boutiques/le-bocal/visible")["og:image"].removeprefix("http://localhost:8000")
    for none in (
        f"/boutiques/le-bocal/{draft.slug}",
        f"/boutiques/{hidden.slug}",
        "/boutiques/le-bocal/rien",
        "/boutiques/rien",
    ):
        assert client.get(f"{none}/partage.jpg").status_code == 404, none
    assert client.post(address).status_code == 405
    catalogue.set_status(shown, shown.Status.WITHDRAWN, by=SYSTEM)
    assert client.get(address).status_code == 404
    shops.suspend(shop, by=SYSTEM)
    assert client.get("/boutiques/le-bocal/partage.jpg").status_code == 404


def test_robots_cost_little(client: Client, shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draw, "jpeg", lambda poster, shape: b"drawn")
    for _ in range(6):
        factories.a_product(shop)
    product = factories.a_product(shop, name="Comté")
    for page in (f"/boutiques/le-bocal/{product.slug}", "/boutiques/le-bocal", "/"):
        address = tags(client, page)["og:image"].removeprefix("http://localhost:8000")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        assert len(queries) <= 8, page
    monkeypatch.setattr(kept, "preview", _busy)
    answer = client.get(address)
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")


def _busy(poster: object) -> bytes:
    raise kept.Busy


def test_alcohol_is_never_shared_without_its_warning(
    client: Client, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    warnings: list[str] = []
    monkeypatch.setattr(draw, "jpeg", lambda poster, shape: warnings.append(poster.warning) or b"")
    factories.a_product(shop, name="Pineau", is_alcohol=True)
    factories.a_product(shop, name="Comté")
    for page in ("/boutiques/le-bocal/pineau", "/boutiques/le-bocal"):
        picture(client, tags(client, page))
    assert [words[:34] for words in warnings] == ["L'abus d'alcool est dangereux pour"] * 2


def test_the_head_adds_little_to_the_page(client: Client, shop: Shop) -> None:
    product = factories.a_product(shop, name="Comté", description="Fruité. " * 50)
    page = client.get(f"/boutiques/le-bocal/{product.slug}").content
    without = re.sub(rb'<meta (property="og|name="twitter)[^>]*>\n?', b"", page)
    assert len(gzip.compress(page)) - len(gzip.compress(without)) < 600
