# SPDX-License-Identifier: AGPL-3.0-or-later
"""In a real browser: a shop signed up on a telephone, a passkey made and used, under our content policy."""

import re

import pytest
from playwright.sync_api import Page, expect
from tests import factories
from tests.browser import Live, axe, look

pytestmark = pytest.mark.browser


def code_for(live: Live, email: str, count: int = 1) -> str:
    """What the letter says."""
    found = re.search(r"\d{3} \d{3}", live.letter(email, count).get_body(("plain",)).get_content())  # type: ignore[union-attr]
    assert found
    return found[0]


def a_device(page: Page) -> None:
    """A telephone that knows its owner's finger."""
    protocol = page.context.new_cdp_session(page)
    protocol.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    protocol.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_merchant_signs_up_adds_a_passkey_and_comes_back_with_it(live: Live, phone: Page) -> None:
    factories.a_market()
    complaints: list[str] = []
    phone.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    phone.goto("/compte/ouvrir")
    axe(phone)
    look(phone, "compte-ouvrir")
    phone.get_by_label("Nom de la boutique").fill("La Bulle d'air")
    phone.get_by_role("radio", name="Librairie").check()
    phone.get_by_label("Code postal").fill("86000")
    phone.get_by_label("Votre adresse électronique").fill("libraire@example.org")
    phone.get_by_role("button", name="Recevoir mon code").click()
    axe(phone)
    look(phone, "compte-code")
    phone.get_by_label("Le code à six chiffres").fill(code_for(live, "libraire@example.org"))
    phone.get_by_role("button", name="Continuer").click()
    expect(phone).to_have_url(re.compile("/gestion/$"))

    a_device(phone)
    phone.goto("/compte/")
    phone.get_by_role("link", name="Ajouter une clé d'accès").click()
    axe(phone)
    look(phone, "compte-cle")
    phone.get_by_label("Nom de la clé d'accès").fill("mon téléphone")
    phone.get_by_role("button", name="Créer la clé").click()
    expect(phone).to_have_url(re.compile("/compte/$"))
    expect(phone.get_by_label("Nom de la clé d'accès")).to_have_value("mon téléphone")
    axe(phone)
    look(phone, "compte")

    phone.get_by_role("button", name="Me déconnecter").click()
    look(phone, "compte-connexion")
    axe(phone)
    phone.get_by_role("button", name="Ma clé d'accès").click()
    expect(phone).to_have_url(re.compile("/gestion/$"))
    assert complaints == []


def test_a_key_that_is_no_longer_known_is_said_in_words(live: Live, phone: Page) -> None:
    factories.a_market()
    a_device(phone)
    phone.goto("/compte/connexion")
    phone.get_by_role("button", name="Ma clé d'accès").click()
    expect(phone.get_by_role("alert")).to_contain_text("Demandez un code")
