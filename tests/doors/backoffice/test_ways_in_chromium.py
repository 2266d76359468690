# SPDX-License-Identifier: AGPL-3.0-or-later
"""In a real browser: communes are chosen by a few letters, and a slot is full in one tap; without a script as well."""

import datetime as dt

import pytest
from playwright.sync_api import Page, expect
from tests import factories as make
from tests.browser import Live, axe

from halles.domain.communes.actions import Learned, learn
from halles.domain.communes.rules import Facts
from halles.domain.fulfilment import actions
from halles.domain.fulfilment.actions import Setting
from halles.domain.fulfilment.models import Method
from halles.domain.people.actions import one_use_code
from halles.domain.shops import actions as shops
from halles.domain.shops.models import Shop
from halles.kernel.actor import SYSTEM

pytestmark = pytest.mark.browser


@pytest.fixture
def shop(live: Live) -> Shop:
    known = [("86194", "Poitiers", "86000"), ("86041", "Buxerolles", "86180"), ("86133", "Ligugé", "86240")]
    learn([Facts(insee, name, (code,), spelled=True) for insee, name, code in known], Learned())
    return make.a_shop()


def enter(page: Page, shop: Shop) -> None:
    page.goto(f"/compte/entrer/{one_use_code(make.owner_of(shop), by=SYSTEM)}")
    page.get_by_role("button", name="Entrer").click()
    page.wait_for_url("**/gestion/**")


def reached(shop: Shop) -> set[str]:
    method = Method.objects.get(place__shop=shop, place__kind="round")
    return set(method.zones.values_list("postal_code", flat=True))


def test_a_round_is_set_up_with_one_thumb(phone: Page, shop: Shop) -> None:
    enter(phone, shop)
    phone.goto("/gestion/remises")
    axe(phone)
    phone.get_by_role("link", name="Livrer soi-même").click()
    zones = phone.locator(".field", has_text="Communes ou codes postaux")
    zones.get_by_role("searchbox").press_sequentially("buxe")
    zones.get_by_role("button", name="86180 Buxerolles").click()
    zones.get_by_role("button", name="Retirer 86000 Poitiers").click()
    zones.get_by_role("searchbox").press_sequentially("ligug")
    phone.keyboard.press("Enter")
    expect(zones.get_by_role("button", name="Retirer 86240 Ligugé")).to_be_visible()
    axe(phone)
    phone.get_by_role("button", name="Enregistrer").click()
    expect(phone.locator(".way-said")).to_contain_text("à Buxerolles et Ligugé")
    assert reached(shop) == {"86180", "86240"}
    phone.evaluate("document.querySelectorAll('details').forEach((e) => { e.open = true })")
    axe(phone)


def test_what_was_typed_and_not_chosen_is_sent(phone: Page, shop: Shop) -> None:
    enter(phone, shop)
    phone.goto("/gestion/remises/nouvelle/livraison")
    phone.get_by_role("searchbox").first.fill("86180")
    phone.get_by_role("button", name="Enregistrer").click()
    phone.wait_for_url(lambda url: "nouvelle" not in url)
    assert reached(shop) == {"86000", "86180"}


def test_lines_do_where_there_is_no_script(plain_phone: Page, shop: Shop) -> None:
    enter(plain_phone, shop)
    plain_phone.goto("/gestion/remises/nouvelle/livraison")
    plain_phone.get_by_label("Communes ou codes postaux").fill("86180 Buxerolles\n86240")
    plain_phone.get_by_role("button", name="Enregistrer").click()
    plain_phone.wait_for_url(lambda url: "nouvelle" not in url)
    assert reached(shop) == {"86180", "86240"}


def test_a_slot_is_full_in_one_tap(phone: Page, shop: Shop) -> None:
    counter = shop.places.get()
    shops.set_hours(counter, [(day, dt.time(9), dt.time(11)) for day in range(7)], by=SYSTEM)
    actions.change(counter, Setting(minutes=30, capacity=4), by=SYSTEM)
    enter(phone, shop)
    phone.goto(f"/gestion/remises/{counter.id}")
    day = phone.locator(".way-day").nth(2)
    slot = day.get_by_role("button", name="9 h à 9 h 30")
    expect(slot).to_contain_text("il reste 4 places")
    slot.click()
    expect(slot).to_contain_text("complet")
    slot.click()
    expect(slot).to_contain_text("il reste 4 places")
    day.get_by_role("button", name="Marquer complet").click()
    expect(day.get_by_role("button", name="Rouvrir")).to_be_visible()
    axe(phone)
