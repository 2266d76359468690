# SPDX-License-Identifier: AGPL-3.0-or-later
"""A merchant's day on a phone: the picking list walked without network, what was done there sent later, once."""

import re
from decimal import Decimal

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from halles.domain.journal.models import JournalEntry
from halles.domain.orders.actions import prepare
from halles.domain.orders.models import OrderLine, ShopOrder
from halles.domain.shops.models import Shop, Staff
from halles.doors.backoffice.access import SHOP_KEY
from halles.kernel.actor import SYSTEM
from halles.kernel.units import Unit
from tests.browser import Live, axe, look, open_context
from tests.factories import a_category, a_market, a_product, a_shop, an_order, owner_of, variant_of
from tests.sign_in import sign_in
from tests.thumb import Thumb, in_the_docs

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NARROW = {"width": 360, "height": 740}
LIST = "/gestion/preparer"
WORKER_READY = "navigator.serviceWorker.ready.then(() => true)"
# What the device has kept, as the addresses end.
KEPT = (
    """async () => (await (await caches.open("gestion-pages")).keys()).map((r) => new URL(r.url).pathname)"""
)


@pytest.fixture
def shop() -> Shop:
    """A shop of a market with two « rayons »."""
    return a_shop(a_market(), name="Le Fournil")


@pytest.fixture
def day(shop: Shop) -> list[ShopOrder]:
    """Twelve accepted orders for today: bread, brioche by the piece and cheese by weight."""
    bread, cheese = (
        a_category(shop.market, slug=name.lower(), name=name, position=place)
        for place, name in enumerate(("Pains", "Fromages"))
    )
    goods = [
        variant_of(a_product(shop, name="Baguette de tradition", category=bread)),
        variant_of(a_product(shop, name="Brioche", category=bread)),
        variant_of(a_product(shop, name="Comté", category=cheese, unit=Unit.KILOGRAM, price=Decimal(24))),
    ]
    parts = []
    for number in range(12):
        wanted = [goods[0], goods[1 + number % 2]]
        part = an_order(*wanted, quantity=1 + number % 2).shop_orders.get()
        prepare.accept(part, by=SYSTEM)
        parts.append(part)
    OrderLine.objects.filter(shop_order=parts[0], variant=goods[0]).update(note="tranché")
    ShopOrder.objects.update(collect_from=timezone.now())
    return parts


@pytest.fixture
def merchant(live: Live, browser: Browser, shop: Shop) -> Page:
    """Her narrow telephone, signed in."""
    context: BrowserContext = open_context(browser, live, viewport=NARROW, has_touch=True, is_mobile=True)
    page = context.new_page()
    sign_in(page, owner_of(shop))
    return page


def with_worker(page: Page) -> None:
    """« Aujourd'hui » was opened once, and the device keeps what it needs."""
    page.goto("/gestion/")
    page.evaluate(WORKER_READY)
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    for _ in range(50):
        if LIST in page.evaluate(KEPT):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"kept: {page.evaluate(KEPT)}")


def row(page: Page, name: str) -> Locator:
    """The press of an article."""
    return page.get_by_role("button", name=re.compile(name))


def picked() -> set[str]:
    """The articles of which everything is taken."""
    lines = OrderLine.objects.all()
    return {line.name for line in lines} - {line.name for line in lines if line.picked < line.quantity}


def test_the_list_is_walked_in_a_dead_zone(merchant: Page, day: list[ShopOrder]) -> None:
    with_worker(merchant)
    look(merchant, "jour-aujourdhui")
    merchant.goto(LIST)
    axe(merchant)
    look(merchant, "jour-liste")
    merchant.context.set_offline(True)
    merchant.goto(LIST)
    expect(merchant.get_by_text("Sans réseau")).to_be_visible()
    row(merchant, "Baguette").tap()
    row(merchant, "Brioche").tap()
    row(merchant, "Comté").tap()
    row(merchant, "Brioche").tap()  # not that one
    expect(merchant.get_by_text("4 gestes en attente")).to_be_visible()
    merchant.get_by_text("gestes en attente").tap()
    axe(merchant)
    look(merchant, "jour-sans-reseau")
    assert picked() == set()

    merchant.goto("/gestion/")  # the application was closed, and opened again
    merchant.goto(LIST)
    expect(row(merchant, "Baguette")).to_have_attribute("aria-pressed", "true")
    expect(row(merchant, "Brioche")).to_have_attribute("aria-pressed", "false")
    merchant.context.set_offline(False)
    expect(merchant.get_by_text("gestes en attente")).to_be_hidden()
    expect(merchant.get_by_text("Sans réseau")).to_be_hidden()
    assert picked() == {"Baguette de tradition", "Comté"}
    acts = JournalEntry.objects.filter(act__in=["orders.picked", "orders.laid_back"]).order_by("at")
    assert [entry.act for entry in acts] == ["orders.picked"] * 3 + ["orders.laid_back"]

    row(merchant, "Brioche").tap()
    expect(merchant.get_by_role("heading", name="Tout est pris", exact=True)).to_be_visible()
    look(merchant, "jour-tout-pris")
    axe(merchant)
    merchant.get_by_role("button", name="C'est prêt, prévenir les 6 clients").tap()
    expect(merchant.get_by_text("6 commandes prêtes.")).to_be_visible()
    # Those with cheese go over the scale first.
    expect(merchant.get_by_role("link", name="Peser")).to_have_count(6)
    assert sorted(ShopOrder.objects.values_list("state", flat=True)) == ["accepted"] * 6 + ["ready"] * 6


def test_from_a_new_order_to_ready_in_two_taps(merchant: Page, shop: Shop) -> None:
    part = an_order(variant_of(a_product(shop))).shop_orders.get()
    ShopOrder.objects.update(collect_from=timezone.now())
    merchant.goto("/gestion/")
    thumb = Thumb(merchant)
    for name, said in (("Accepter", "acceptée."), ("C'est prêt", "prête. Le client est prévenu.")):
        thumb.tap(merchant.get_by_role("button", name=name))
        expect(merchant.get_by_text(said)).to_be_visible()
    part.refresh_from_db()
    assert part.state == "ready"
    assert thumb.counted == in_the_docs("thumb.ready")


def test_a_slow_answer_is_waited_for_and_seen(merchant: Page, day: list[ShopOrder]) -> None:
    merchant.goto(f"/gestion/commandes/{day[0].id}")

    def slowly(route: Route) -> None:
        merchant.wait_for_timeout(4500)
        route.continue_()

    merchant.route("**/prete", slowly)
    merchant.get_by_role("button", name="C'est prêt").tap()
    expect(merchant.get_by_role("button", name="En attente du réseau")).to_be_disabled()
    expect(merchant.get_by_role("button", name="Remise au client")).to_be_visible(timeout=15_000)
    expect(merchant.locator("#attente")).to_be_hidden()


def test_what_became_impossible_meanwhile_is_told(merchant: Page, day: list[ShopOrder]) -> None:
    cancelled, kept = day[0], day[2]  # bread alone: nothing to weigh
    with_worker(merchant)
    for part in (cancelled, kept):
        merchant.goto(f"/gestion/commandes/{part.id}")
    merchant.context.set_offline(True)
    for number, part in enumerate((cancelled, kept)):
        merchant.goto(f"/gestion/commandes/{part.id}")
        merchant.get_by_role("button", name="C'est prêt").tap()
        expect(merchant.get_by_role("button", name="En attente du réseau")).to_be_disabled()
        expect(merchant.locator("[data-number]")).to_have_text(re.compile(f"^{number + 1} "))
    prepare.cancel(cancelled, by=SYSTEM)
    merchant.context.set_offline(False)
    expect(merchant.get_by_text("ceci n'a pas été fait")).to_be_visible()
    expect(merchant.get_by_text("Commande annulée (automatiquement")).to_be_visible()
    look(merchant, "jour-refuse")
    axe(merchant)
    states = ShopOrder.objects.in_bulk([cancelled.id, kept.id])
    assert (states[cancelled.id].state, states[kept.id].state) == ("cancelled", "ready")
    merchant.get_by_role("link", name="Regarder").tap()
    expect(merchant).to_have_url(re.compile(f"/gestion/commandes/{cancelled.id}$"))
    merchant.get_by_role("button", name="C'est vu").tap()
    expect(merchant.locator("#attente")).to_be_hidden()


def test_what_waits_survives_a_session_that_ended_and_goes_to_its_own_shop(
    merchant: Page, shop: Shop, day: list[ShopOrder]
) -> None:
    owner = owner_of(shop)
    other = a_shop(shop.market)
    Staff.objects.create(shop=other, account=owner, role=Staff.Role.MANAGER)
    with_worker(merchant)
    merchant.goto(LIST)
    merchant.context.set_offline(True)
    row(merchant, "Baguette").tap()
    expect(merchant.get_by_text("1 geste en attente")).to_be_visible()
    merchant.context.clear_cookies()
    merchant.context.set_offline(False)
    expect(merchant.get_by_text("Votre connexion s'est terminée")).to_be_visible()
    merchant.get_by_text("1 geste en attente").tap()
    expect(merchant.get_by_role("button", name="Envoyer maintenant")).to_be_visible()
    sign_in(merchant, owner)
    switched = SessionStore(merchant.context.cookies()[-1]["value"])  # she looks at her other shop, elsewhere
    switched[SHOP_KEY] = str(other.id)
    switched.save()
    # With the token of the session that ended. The page also sends by itself every twenty seconds: the button
    # may be gone before a thumb is there.
    merchant.get_by_text("Envoyer maintenant").dispatch_event("click")
    expect(merchant.get_by_text("geste en attente")).to_be_hidden()
    assert picked() == {"Baguette de tradition"}


def test_nothing_kept_outlives_signing_out(merchant: Page, shop: Shop, day: list[ShopOrder]) -> None:
    with_worker(merchant)
    merchant.goto("/compte/")
    merchant.get_by_role("button", name="Me déconnecter", exact=True).tap()
    expect(merchant).to_have_url(re.compile("/compte/connexion"))
    merchant.wait_for_function("async () => !(await caches.keys()).includes('gestion-pages')")
    merchant.context.set_offline(True)
    merchant.goto(LIST)
    expect(merchant.get_by_role("heading", name="Sans réseau")).to_be_visible()
    expect(merchant.get_by_text("Baguette")).to_have_count(0)


def test_another_account_finds_nothing_of_the_former(
    merchant: Page, shop: Shop, day: list[ShopOrder]
) -> None:
    with_worker(merchant)
    merchant.goto(LIST)
    merchant.context.set_offline(True)
    row(merchant, "Baguette").tap()
    merchant.context.set_offline(False)
    merchant.context.clear_cookies()
    sign_in(merchant, owner_of(a_shop(shop.market)))
    merchant.goto("/gestion/plus")
    merchant.goto("/gestion/")
    expect(merchant.locator("#attente")).to_be_hidden()
    merchant.context.set_offline(True)
    merchant.goto(LIST)
    expect(merchant.get_by_text("Baguette")).to_have_count(0)
