# SPDX-License-Identifier: AGPL-3.0-or-later
"""In a real browser: the help comes over a half-filled form, and what was typed is still there."""

import re

import pytest
from playwright.sync_api import Page, expect

from halles.doors.backoffice.howto.reading import topic
from tests import factories as make
from tests.browser import Live, axe, look
from tests.sign_in import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_help_lies_over_what_was_typed(phone: Page, live: Live) -> None:
    shop = make.a_shop()
    sign_in(phone, make.owner_of(shop))
    phone.goto("/gestion/commandes/noter")
    phone.get_by_label("Nom", exact=True).fill("Cliente 12")
    phone.get_by_role("button", name="Comment faire").click()
    sheet = phone.locator("#aide")
    expect(sheet.get_by_role("heading", name=topic("noter", "fr").title)).to_be_visible()
    assert sheet.locator("img").first.evaluate("image => image.loading") == "lazy"
    axe(phone, whole=False)

    sheet.get_by_role("link", name="Tous les sujets").click()
    sheet.get_by_role("link", name=re.compile("^Peser")).click()
    expect(sheet.get_by_role("heading", name=topic("peser", "fr").title)).to_be_visible()
    expect(phone).to_have_title(re.compile("^Noter une commande"))
    expect(phone).to_have_url(re.compile("/gestion/commandes/noter$"))

    sheet.get_by_role("button", name="Fermer").click()
    expect(phone.get_by_label("Nom", exact=True)).to_have_value("Cliente 12")


def test_without_a_network_the_link_to_the_page_is_left(phone: Page, live: Live) -> None:
    shop = make.a_shop()
    sign_in(phone, make.owner_of(shop))
    phone.goto("/gestion/articles/nouveau")
    phone.route("**/gestion/aide/**", lambda route: route.abort())
    phone.get_by_role("button", name="Comment faire").click()
    link = phone.locator("#aide").get_by_role("link")
    expect(link).to_have_attribute("href", "/gestion/aide/nouvel-article")
    expect(link).to_have_attribute("target", "_blank")


def test_the_page_leads_back(phone: Page, live: Live) -> None:
    shop = make.a_shop()
    sign_in(phone, make.owner_of(shop))
    phone.goto("/gestion/plus")
    phone.get_by_role("link", name="Comment faire").click()
    axe(phone)
    look(phone, "aide")
    phone.get_by_role("link", name=re.compile("^Préparer la journée")).click()
    expect(phone).to_have_url(re.compile("/gestion/aide/preparer$"))
    axe(phone)
    look(phone, "aide-preparer")
    phone.goto("/gestion/stock")
    phone.evaluate("location.href = '/gestion/aide/compter'")
    phone.get_by_role("link", name="Retour").click()
    expect(phone).to_have_url(re.compile("/gestion/stock$"))
