# SPDX-License-Identifier: AGPL-3.0-or-later
"""In a real browser: five digits, and the commune is there or offered; what somebody typed himself stays."""

import pytest
from playwright.sync_api import Page, expect
from tests.browser import Live, axe, look
from tests.factories import a_market

from halles.domain.communes.actions import Learned, learn
from halles.domain.communes.rules import Facts

pytestmark = pytest.mark.browser

KNOWN = [
    Facts("86041", "Buxerolles", ("86180",)),
    Facts("86028", "Bignoux", ("86800",)),
    Facts("86124", "Lavoux", ("86800",)),
]


def test_a_shop_signs_up_and_presses_its_commune(live: Live, phone: Page) -> None:
    a_market()
    learn(KNOWN, Learned())
    phone.goto("/compte/ouvrir")
    code, offered = (
        phone.get_by_label("Code postal", exact=True),
        phone.get_by_role("group", name="La commune"),
    )
    code.fill("86180")
    expect(offered.get_by_role("radio", name="Buxerolles")).to_be_checked()
    code.fill("86800")
    offered.get_by_role("radio", name="Lavoux").check()
    expect(phone.locator("[name=city]")).to_have_value("Lavoux")
    axe(phone)
    look(phone, "compte-communes")
    code.fill("33000")
    expect(offered).to_be_hidden()
    expect(phone.locator("[name=city]")).to_have_value("")


def test_the_first_visitor_finds_the_town_filled_in_and_keeps_his_own_words(live: Live, phone: Page) -> None:
    learn(KNOWN, Learned())
    phone.goto("/compte/premier")
    code, town = phone.get_by_label("Code postal", exact=True), phone.get_by_label("Ville")
    code.fill("86180")
    expect(town).to_have_value("Buxerolles")
    code.fill("86800")
    expect(town).to_have_value("")
    town.fill("la")
    expect(phone.get_by_role("radio")).to_have_count(1)
    phone.get_by_role("radio", name="Lavoux").check()
    expect(town).to_have_value("Lavoux")
    town.fill("Lavoux-le-Bourg")
    code.fill("86180")
    expect(phone.get_by_role("group", name="La commune")).to_be_hidden()
    expect(town).to_have_value("Lavoux-le-Bourg")
