# SPDX-License-Identifier: AGPL-3.0-or-later
"""In a real browser: the team says yes to a shop from a telephone, and finds its way."""

import pytest
from playwright.sync_api import Page, expect
from tests import factories
from tests.browser import Live, axe, look

from halles.domain.people.actions import one_use_code
from halles.domain.shops import actions as shops
from halles.kernel.actor import SYSTEM

pytestmark = pytest.mark.browser


def test_the_team_says_yes_from_a_telephone(live: Live, phone: Page) -> None:
    market = factories.a_market()
    factories.a_product(factories.a_shop(market))
    waiting = factories.a_shop(market, selling=False)
    shops.publish(waiting, by=SYSTEM)
    phone.goto(f"/compte/entrer/{one_use_code(market.operators.get().account, by=SYSTEM)}")
    axe(phone)
    look(phone, "compte-entrer")
    phone.get_by_role("button", name="Entrer").click()
    axe(phone)
    look(phone, "operateur")
    phone.get_by_role("link", name=waiting.name).click()
    axe(phone)
    look(phone, "operateur-boutique")
    phone.get_by_role("button", name="Donner un code").click()
    axe(phone)
    look(phone, "operateur-code")
    phone.go_back()
    phone.get_by_role("button", name="Accepter la boutique").click()
    expect(phone.get_by_role("status").first).to_contain_text("est en ligne")
    for name in ("Équipe", "Journal", "Réglages"):
        phone.get_by_role("link", name=name).click()
        axe(phone)
        look(phone, f"operateur-{name.lower()}")
