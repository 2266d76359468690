# SPDX-License-Identifier: AGPL-3.0-or-later
"""The demonstration town, as a visitor and as each of its roles; the pictures of the docs are taken here."""

import time

import pytest
from playwright.sync_api import Page, expect

from halles.demo import build
from halles.domain.catalogue.models import Picture, Product
from halles.domain.shops.models import Shop
from tests.browser import Live, axe, look

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ARTICLES = 54
PATIENCE = 90


@pytest.fixture
def town(live: Live) -> None:
    """A small one, its pictures dry."""
    build.town(product_number=ARTICLES)
    deadline = time.monotonic() + PATIENCE
    while Product.objects.filter(pictures=None).exists() and time.monotonic() < deadline:
        time.sleep(0.5)
    assert Picture.objects.count() >= ARTICLES


@pytest.mark.usefixtures("town")
def test_a_visitor_and_the_roles(desktop: Page) -> None:
    shop = Shop.objects.get(trade="boulangerie")
    product = shop.products.exclude(pictures=None).first()
    assert product is not None
    for name, path in (
        ("town-front", "/"),
        ("town-shop", f"/boutiques/{shop.slug}"),
        ("town-product", f"/boutiques/{shop.slug}/{product.slug}"),
        ("town-directory", "/annuaire"),
    ):
        desktop.goto(path)
        axe(desktop)
        look(desktop, name)

    desktop.goto("/compte/connexion")
    axe(desktop)
    look(desktop, "town-sign-in")
    desktop.get_by_role("button", name="fleuriste").first.click()
    expect(desktop.get_by_role("heading", name="Aujourd'hui", exact=True)).to_be_visible()
    axe(desktop)
    look(desktop, "town-today")
    for name, path in (("town-articles", "/gestion/articles"), ("town-ladder", "/gestion/echelle")):
        desktop.goto(path)
        axe(desktop)
        look(desktop, name)

    desktop.context.clear_cookies()
    desktop.goto("/compte/connexion")
    desktop.get_by_role("button", name="opératrice du marché").click()
    expect(desktop).to_have_url("/operateur/")
    axe(desktop)
    look(desktop, "town-operator")
    desktop.goto("/compte/demo/courrier")
    axe(desktop)
