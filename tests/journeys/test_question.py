# SPDX-License-Identifier: AGPL-3.0-or-later
"""« L'avez-vous en bleu ? »: asked without a script, answered from a telephone with a photograph, read in the mail."""

from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from halles.domain.conversations.models import Conversation
from halles.domain.stock import reads as stock
from tests.browser import Live, axe, come_until, look, open_context
from tests.factories import a_market, a_product, a_shop, owner_of, variant_of
from tests.journeys.test_whole_sale import link_in
from tests.sign_in import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SMALL = {"width": 360, "height": 740}
NEIGHBOUR = "cliente@example.org"


def seen(page: Page, name: str) -> None:
    """Accessible, no wider than the screen, and kept for human eyes."""
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
    look(page, f"question-{name}")


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """The blue one."""
    path = tmp_path / "bleu.jpg"
    Image.effect_noise((1600, 1200), 40).convert("RGB").save(path, "JPEG")
    return path


def test_asked_answered_with_a_photograph_and_kept(live: Live, browser: Browser, photo: Path) -> None:
    shop = a_shop(a_market(), name="Le Bocal")
    bowl = a_product(shop, name="Bol en grès", stock_of=2)
    neighbour = open_context(browser, live, viewport=SMALL, java_script_enabled=False).new_page()
    merchant = open_context(browser, live, viewport=SMALL, has_touch=True, is_mobile=True).new_page()
    sign_in(merchant, owner_of(shop))

    neighbour.goto(f"/boutiques/{shop.slug}/{bowl.slug}")
    neighbour.get_by_role("link", name="Une question sur cet article").click()
    neighbour.get_by_label("Votre question").fill("L'avez-vous en bleu ?")
    neighbour.get_by_label("Votre nom").fill("Cliente")
    neighbour.get_by_label("Votre adresse électronique").fill(NEIGHBOUR)
    neighbour.get_by_role("button", name="Envoyer ma question").click()
    expect(neighbour.get_by_text("La boutique a votre message")).to_be_visible()

    live.letter(owner_of(shop).email)
    asked = merchant.get_by_role("main").get_by_role("link", name="Bol en grès")
    come_until(merchant, "/gestion/", asked)
    seen(merchant, "aujourdhui")
    asked.click()
    seen(merchant, "a-repondre")
    merchant.get_by_label("Votre réponse").fill("Oui, celui-ci :")
    merchant.locator("input[type=file]").set_input_files(photo)
    merchant.get_by_role("button", name="Envoyer la réponse").click()
    expect(merchant.get_by_text("Votre réponse est partie")).to_be_visible()

    neighbour.goto(link_in(live.letter(NEIGHBOUR), "/question/"))
    expect(neighbour.get_by_text("Oui, celui-ci")).to_be_visible()
    expect(neighbour.get_by_role("img", name="Photo montrée par Le Bocal")).to_be_visible()
    neighbour.get_by_label("Répondre à la boutique").fill("Je le prends.")
    neighbour.get_by_role("button", name="Envoyer").click()

    merchant.goto("/gestion/questions")
    seen(merchant, "liste")
    merchant.get_by_role("main").get_by_role("link", name="Bol en grès").click()  # one tap
    merchant.get_by_role("button", name="Je vous le garde").click()  # two
    expect(merchant.get_by_text("Votre réponse est partie")).to_be_visible()
    assert stock.available([variant_of(bowl).id]) == {(variant_of(bowl).id, None): 1}

    live.letter(NEIGHBOUR, count=3)  # the answer, the answer with what is kept, its terms
    reader = open_context(browser, live, viewport=SMALL).new_page()
    reader.goto(neighbour.url)
    code = Conversation.objects.get().messages.exclude(kept=None).get().kept
    assert code
    expect(reader.get_by_text(code.code)).to_be_visible()
    seen(reader, "repondue")
    reader.get_by_role("link", name="Voir").click()
    expect(reader.get_by_text(code.code).first).to_be_visible()


def test_every_page_of_a_question_is_accessible(live: Live, browser: Browser) -> None:
    shop = a_shop(a_market(), name="Le Bocal")
    bowl = a_product(shop, name="Bol en grès bleu nuit, tourné et émaillé à la main à Poitiers")
    page = open_context(browser, live, viewport=SMALL, has_touch=True, is_mobile=True).new_page()
    page.goto(f"/boutiques/{shop.slug}/question?article={bowl.slug}")
    seen(page, "poser")
    page.get_by_role("button", name="Envoyer ma question").click()
    expect(page.get_by_text("Écrivez votre question")).to_be_visible()
    seen(page, "poser-faux")
    page.get_by_label("Votre question").fill("Livrez-vous ?")
    page.get_by_label("Votre nom").fill("Cliente")
    page.get_by_label("ou votre téléphone").fill("06 36 49 12 34")
    page.get_by_role("button", name="Envoyer ma question").click()
    seen(page, "posee")
    sign_in(page, owner_of(shop))
    asked = Conversation.objects.get()
    page.goto(f"/gestion/questions/{asked.id}")
    page.get_by_text("Montrer ou garder un article").click()
    page.get_by_label("Quel article").press_sequentially("bol")
    expect(page.get_by_role("button", name="Montrer")).to_be_visible()
    seen(page, "chercher")
    page.get_by_role("button", name="Oui, nous l'avons.").click()
    expect(page.get_by_role("link", name="Envoyer un SMS")).to_be_visible()
    seen(page, "par-telephone")
    page.get_by_text("Clore, ne plus recevoir, signaler").click()
    page.get_by_role("button", name="Signaler à l'équipe").click()
    page.get_by_text("Clore, ne plus recevoir, signaler").click()
    page.get_by_role("button", name="Clore la question").click()
    expect(page.get_by_text("Question close")).to_be_visible()
    page.goto(f"/question/{asked.secret}")
    expect(page.get_by_text("La boutique a clos cette question")).to_be_visible()
    seen(page, "close")
    sign_in(page, shop.market.operators.get().account)
    page.goto("/operateur/questions")
    expect(page.get_by_text("Livrez-vous")).to_be_visible()
    seen(page, "signalee")
