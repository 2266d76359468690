# SPDX-License-Identifier: AGPL-3.0-or-later
"""A round on a small telephone: put in order, left for, driven through a dead zone; and what its customers read meanwhile."""

import datetime as dt
import re
from pathlib import Path

import pytest
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from halles.domain.orders.models import ShopOrder
from halles.domain.rounds.models import Round, Stop
from halles.domain.shops.models import Shop
from tests.browser import Live, axe, look, open_context
from tests.factories import a_market, a_shop, owner_of
from tests.journeys.test_whole_sale import text_of
from tests.rounds import FAR, MIDDLE, NEAR, a_shop_that_brings, brought
from tests.sign_in import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NARROW = {"width": 360, "height": 740}
HERE = "/gestion/tournee"
KEPT = (
    """async () => (await (await caches.open("gestion-pages")).keys()).map((r) => new URL(r.url).pathname)"""
)


@pytest.fixture
def shop(live: Live, settings: object) -> Shop:
    """A shop that brings to three villages, all day today."""
    settings.DATA, settings.MEDIA_ROOT = live.data, live.data / "media"  # type: ignore[attr-defined]
    return a_shop_that_brings(
        a_shop(a_market(), name="Le Potager d'essai"),
        hours=[(day, dt.time(0), dt.time(23, 59)) for day in range(7)],
    )


@pytest.fixture
def parts(shop: Shop) -> list[ShopOrder]:
    """Four doors, today."""
    found = [brought(shop, code) for code in (FAR, NEAR, MIDDLE, NEAR)]
    now = timezone.now()
    ShopOrder.objects.update(collect_from=now, collect_until=now + dt.timedelta(hours=2))
    return found


@pytest.fixture
def courier(live: Live, browser: Browser, shop: Shop) -> Page:
    """A narrow telephone in one hand."""
    context = open_context(browser, live, viewport=NARROW, has_touch=True, is_mobile=True)
    page = context.new_page()
    sign_in(page, owner_of(shop))
    return page


def keep(page: Page) -> None:
    """The device has the page for where there is no network."""
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    page.reload()
    for _ in range(50):
        if HERE in page.evaluate(KEPT):
            return
        page.wait_for_timeout(100)
    raise AssertionError(page.evaluate(KEPT))


def test_a_round_is_driven_through_a_dead_zone(
    live: Live, browser: Browser, courier: Page, parts: list[ShopOrder], tmp_path: Path
) -> None:
    courier.goto("/gestion/")
    courier.get_by_role("link", name=re.compile("à livrer")).tap()
    courier.get_by_role("button", name="Faire l'ordre").tap()
    expect(courier.get_by_role("button", name="Je pars")).to_be_visible(timeout=30_000)
    axe(courier)
    look(courier, "tournee-ordre")
    first, second, third, _fourth = Stop.objects.order_by("position").select_related("shop_order__order")
    courier.get_by_text("Absent, refusée, changer l'ordre").first.tap()
    courier.get_by_role("button", name=re.compile("^Plus tard")).locator("visible=true").first.tap()
    expect(courier.locator("[data-stop]").first).to_contain_text(second.shop_order.order.name)
    courier.get_by_role("button", name="Je pars").tap()
    expect(courier.get_by_text("Bonne route")).to_be_visible()
    expect(courier.get_by_text("parti à")).to_be_visible()
    assert "entre" in text_of(live.letter(first.shop_order.order.email))
    keep(courier)
    look(courier, "tournee-en-route")

    courier.context.set_offline(True)
    courier.goto(HERE)
    expect(courier.get_by_text("Sans réseau")).to_be_visible()
    photo = tmp_path / "pas-de-porte.jpg"
    Image.effect_noise((900, 1200), 40).convert("RGB").save(photo, "JPEG")
    stop = courier.locator("[data-stop]").nth(0)
    stop.locator("input[type=file]").set_input_files(photo)
    expect(stop.get_by_text("Photo prise")).to_be_visible()
    stop.get_by_role("button", name="Livrée").tap()
    expect(courier.locator("[data-number]")).to_have_text("1 geste en attente")
    stop = courier.locator("[data-stop]").nth(1)  # the next one is open by itself
    stop.get_by_text("Absent, refusée").tap()
    stop.get_by_label("Un mot pour vous").fill("portail fermé")
    axe(courier)
    look(courier, "tournee-sans-reseau")
    stop.get_by_role("button", name="Absent", exact=True).tap()
    expect(courier.locator("[data-number]")).to_have_text("2 gestes en attente")
    assert not Stop.objects.exclude(outcome="").exists()
    courier.context.set_offline(False)
    expect(courier.locator("[data-number]")).to_be_hidden(timeout=30_000)
    expect(courier.get_by_text("Faits")).to_be_visible(timeout=30_000)
    told = {s.shop_order_id: (s.outcome, s.proof, s.note) for s in Stop.objects.exclude(outcome="")}
    assert told == {
        second.shop_order_id: ("delivered", "photo", ""),
        first.shop_order_id: ("absent", "", "portail fermé"),
    }

    stop = courier.locator("[data-stop]").nth(0)
    stop.get_by_label("Son code").fill(third.shop_order.code)
    stop.get_by_role("button", name="Livrée").tap()
    expect(courier.get_by_text("livrée.")).to_be_visible()
    stop = courier.locator("[data-stop]").nth(0)
    stop.get_by_text("Absent, refusée").tap()
    stop.get_by_label("Pourquoi").fill("Trop tard")
    stop.get_by_role("button", name="Refusée").tap()
    expect(courier.get_by_text("Tout est fait")).to_be_visible()
    expect(courier.get_by_role("heading", name="À repasser")).to_be_visible()
    courier.locator("[data-toast]").get_by_role("button", name="Fermer").tap()
    courier.get_by_text("Faits").tap()
    axe(courier)
    look(courier, "tournee-faite")
    with courier.expect_navigation():
        courier.get_by_role("link", name="Photo").tap()
    courier.go_back()
    neighbour = open_context(browser, live, viewport=NARROW, has_touch=True, is_mobile=True).new_page()
    neighbour.goto(f"/commande/{first.shop_order.order.secret}")
    expect(neighbour.get_by_text("Nous sommes passés à")).to_be_visible()
    axe(neighbour)
    look(neighbour, "tournee-client-absent")
    courier.get_by_text("Faits").tap()
    courier.get_by_role("button", name=re.compile("À livrer, finalement")).tap()
    expect(courier.get_by_text("de nouveau à livrer")).to_be_visible()
    neighbour.reload()
    expect(neighbour.get_by_text("Elle est en route")).to_be_visible()
    expect(neighbour.get_by_text(re.compile("Livraison aujourd'hui, entre"))).to_be_visible()
    axe(neighbour)
    look(neighbour, "tournee-client-en-route")
    courier.get_by_role("button", name="Refaire l'ordre").tap()
    expect(courier.get_by_role("button", name="Refaire l'ordre")).to_be_visible(timeout=30_000)
    assert Round.objects.get().started_at
