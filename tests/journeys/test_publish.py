# SPDX-License-Identifier: AGPL-3.0-or-later
"""From an article to a post in a group, on a small phone: its text copied, its picture saved."""

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect

from halles.domain.catalogue import pictures
from halles.domain.shops.models import Shop
from halles.kernel.actor import SYSTEM
from tests.browser import Live, axe, look, open_context
from tests.factories import a_product, a_shop, owner_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SMALL = {"width": 360, "height": 740}


@pytest.fixture
def shop(live: Live, live_data: Path, settings: Any) -> Shop:
    """A shop with an article on its shelf, photographed."""
    settings.DATA, settings.MEDIA_ROOT = live_data, live_data / "media"
    shop = a_shop(name="La Laiterie", slug="la-laiterie")
    comte = a_product(shop, name="Comté 18 mois", price=Decimal("24.90"), unit="kg")
    a_product(shop, name="Beurre de baratte")
    photo = live_data / "comte.png"
    Image.linear_gradient("L").convert("RGB").resize((900, 900)).save(photo)
    with photo.open("rb") as file:
        pictures.add(comte, file, by=SYSTEM)
    return shop


def signed_in(context: BrowserContext, live: Live, shop: Shop) -> Page:
    """Her page, with the session of somebody who came in before."""
    client = Client()
    client.force_login(owner_of(shop))
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live.url}])
    return context.new_page()


@pytest.fixture
def merchant(browser: Browser, live: Live, shop: Shop) -> Iterator[Page]:
    context = open_context(browser, live, viewport=SMALL, has_touch=True, is_mobile=True)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    yield signed_in(context, live, shop)
    context.close()


@pytest.fixture
def scriptless(browser: Browser, live: Live, shop: Shop) -> Iterator[Page]:
    context = open_context(browser, live, viewport=SMALL, java_script_enabled=False)
    yield signed_in(context, live, shop)
    context.close()


def test_an_article_becomes_a_post(merchant: Page, shop: Shop) -> None:
    merchant.goto("/gestion/articles")
    merchant.get_by_role("link", name="Comté 18 mois").first.click()
    merchant.locator("main").get_by_role("link", name="Publier").click()
    expect(merchant.get_by_role("heading", name="Publier")).to_be_visible()
    axe(merchant)
    field = merchant.get_by_label("Le texte à publier")
    field.fill("Samedi seulement.\n" + field.input_value())
    merchant.get_by_role("button", name="Copier le texte").tap()
    expect(merchant.get_by_text("C'est copié.")).to_be_visible()
    copied = merchant.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Samedi seulement.\n")
    titles = [block.split("\n")[0] for block in copied.removeprefix("Samedi seulement.\n").split("\n\n")]
    assert titles == [
        "La Laiterie vous propose\u00a0:",
        "Paiement\u00a0:",
        "Retrait\u00a0:",
        "Contact\u00a0:",
    ]
    assert "Comté 18 mois, 24,90\u202f€ le kilo" in copied
    assert "Samedi" in str(merchant.locator("[data-whatsapp]").get_attribute("href"))
    with merchant.expect_download() as download:
        merchant.get_by_role("link", name="Enregistrer").first.tap()
    assert download.value.suggested_filename == "la-laiterie-carre.jpg"
    with Image.open(download.value.path()) as image:
        assert image.size == (1080, 1080)
    for shown in merchant.locator(".post-pictures img").all():
        shown.scroll_into_view_if_needed()
        expect(shown).to_have_js_property("complete", True)
        assert shown.evaluate("image => image.naturalWidth") > 1000
    look(merchant, "publier")
    assert merchant.evaluate("document.documentElement.scrollWidth") <= SMALL["width"]


def test_the_picture_goes_with_the_text(merchant: Page, shop: Shop) -> None:
    """What the telephone's own sheet is handed."""
    merchant.add_init_script(
        "navigator.canShare = () => true; navigator.share = async (it) => { window.shared = "
        "{ text: it.text, files: it.files.map((file) => [file.type, file.size]) }; };"
    )
    merchant.goto("/gestion/publier")
    merchant.get_by_role("button", name="Partager").tap()
    expect(merchant.get_by_text("Le texte est copié aussi")).to_be_visible()
    shared = merchant.evaluate("window.shared")
    assert shared["text"].startswith("La Laiterie vous propose") and shared["files"][0][0] == "image/jpeg"
    assert shared["files"][0][1] > 20_000


def test_without_script_everything_can_be_taken_along(scriptless: Page, shop: Shop) -> None:
    scriptless.goto("/gestion/publier")
    scriptless.locator("summary:visible").first.click()
    scriptless.get_by_label("Beurre de baratte").uncheck()
    scriptless.get_by_role("button", name="Refaire le texte et les images").click()
    expect(scriptless.get_by_label("Le texte à publier")).to_have_value(re.compile("Comté"))
    assert "Beurre" not in scriptless.get_by_label("Le texte à publier").input_value()
    assert scriptless.get_by_role("button", name="Copier le texte").count() == 0
    with scriptless.expect_download():
        scriptless.get_by_role("link", name="Enregistrer").last.click()
