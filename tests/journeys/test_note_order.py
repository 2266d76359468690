# SPDX-License-Identifier: AGPL-3.0-or-later
"""The telephone rings: an order noted with one thumb, handed over, and asked for again by the customer."""

import re
from collections.abc import Iterator
from decimal import Decimal
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from halles.domain.fulfilment.rules import Terms
from halles.domain.orders.models import ShopOrder
from halles.domain.shops.models import Place, Shop
from halles.domain.stock import reads as stock
from tests.browser import Live, axe, look, open_context
from tests.factories import a_market, a_product, a_shop, a_way, note_order, owner_of, variant_of
from tests.journeys.test_keyboard import press, write
from tests.sign_in import sign_in
from tests.thumb import Thumb, in_the_docs

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NARROW = {"width": 360, "height": 740}
MOST = 30.0


@pytest.fixture
def counter(browser: Browser, live: Live) -> Iterator[Page]:
    """The merchant's small telephone."""
    context = open_context(browser, live, viewport=NARROW, has_touch=True, is_mobile=True)
    yield context.new_page()
    context.close()


def a_bakery() -> Shop:
    """Three articles, two of which are asked for all the time."""
    shop = a_shop(a_market(), name="Le Fournil du Pont-Neuf")
    loaf, tart, _honey = (
        variant_of(a_product(shop, name=name, stock_of=9))
        for name in ("Pain au levain", "Tarte aux pommes", "Miel de tilleul")
    )
    note_order(shop, loaf, tart)
    return shop


def tap_article(page: Page, name: str) -> Locator:
    """The big button of an article."""
    return page.get_by_role("button", name=re.compile(f"^{name}"))


def note_by_telephone(page: Page) -> Thumb:
    """Two articles that are asked for often, one that is searched, and a cake in the shop's own words."""
    thumb = Thumb(page)
    expect(page.get_by_label("Téléphone")).to_be_focused()
    thumb.type(page.get_by_label("Téléphone"), "0612345678")
    thumb.type(page.get_by_label("Nom", exact=True), "Cliente")
    thumb.tap(page.locator(".chip", has_text="Demain"))
    thumb.tap(tap_article(page, "Pain au levain"))
    thumb.tap(tap_article(page, "Pain au levain"))
    thumb.type(page.get_by_label("Un autre article"), "miel")
    thumb.tap(page.locator("#trouves").get_by_role("button"))
    expect(page.locator("#lignes li")).to_have_count(2)
    expect(page.get_by_role("spinbutton", name="Pain au levain")).to_have_value("2")
    thumb.type(page.get_by_label("Ce qu'on vous demande"), "gâteau pour huit")
    thumb.tap(page.get_by_role("button", name="Noter la commande"))
    return thumb


def test_noted_within_half_a_minute_handed_over_and_redone(live: Live, counter: Page, phone: Page) -> None:
    shop = a_bakery()
    sign_in(counter, owner_of(shop))
    counter.goto("/gestion/")
    counter.get_by_role("link", name="Noter une commande").click()
    axe(counter)
    look(counter, "noter")
    thumb = note_by_telephone(counter)
    assert thumb.seconds <= MOST, thumb.seconds
    assert thumb.counted == in_the_docs("thumb.note")
    expect(counter.get_by_text("Dites ce code à votre client")).to_be_visible()
    axe(counter)
    look(counter, "notee")
    assert counter.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    part = ShopOrder.objects.get(order__name="Cliente")
    message = unquote(counter.get_by_role("link", name="Envoyer un SMS").get_attribute("href") or "")
    assert part.code in message

    counter.get_by_label("Prix de la pièce").fill("28,50")
    counter.get_by_role("button", name="Dire le prix").click()
    counter.get_by_role("button", name="C'est prêt").click()
    counter.get_by_role("button", name="Remise au client").click()
    expect(counter.get_by_text("Cette commande est remise")).to_be_visible()
    assert stock.broken_levels() == []

    phone.goto(message[message.index("/commande/") :])
    axe(phone)
    look(phone, "commande-notee")
    phone.get_by_role("button", name="Refaire cette commande").click()
    expect(phone.get_by_text("Votre commande est de nouveau dans le panier")).to_be_visible()
    expect(phone.get_by_text("gâteau pour huit", exact=False)).to_be_visible()
    axe(phone)
    look(phone, "panier-refait")
    phone.get_by_role("button", name="Commander").click()
    expect(phone).to_have_url(re.compile("/panier/commander"))


def test_a_regular_is_four_taps(live: Live, counter: Page) -> None:
    shop = a_bakery()
    regular = ShopOrder.objects.get().order
    sign_in(counter, owner_of(shop))
    counter.goto("/gestion/commandes/noter")
    thumb = Thumb(counter)
    thumb.type(counter.get_by_label("Téléphone"), "06")
    thumb.tap(tap_article(counter, regular.name))
    expect(counter.get_by_label("Nom", exact=True)).to_have_value(regular.name)
    thumb.tap(tap_article(counter, "Pain au levain"))
    thumb.tap(tap_article(counter, "Tarte aux pommes"))
    expect(counter.locator("#somme")).to_contain_text("2 lignes")
    thumb.tap(counter.get_by_role("button", name="Noter la commande"))
    expect(counter.get_by_text("Dites ce code à votre client")).to_be_visible()
    assert thumb.seconds <= MOST / 2, thumb.seconds
    assert thumb.counted == in_the_docs("thumb.note.regular")


def test_what_is_to_be_brought_is_noted_on_the_same_sheet(live: Live, counter: Page) -> None:
    shop = a_bakery()
    a_way(shop, Place.Kind.ROUND, "86000", terms=Terms(Decimal(4)))
    sign_in(counter, owner_of(shop))
    counter.goto("/gestion/commandes/noter")
    counter.get_by_label("Téléphone").fill("0612345678")
    counter.get_by_label("Nom", exact=True).fill("Cliente")
    expect(counter.get_by_label("Rue et numéro")).to_be_hidden()
    counter.locator(".chip", has_text="À livrer").tap()
    counter.get_by_label("Rue et numéro").fill("12 rue Neuve")
    counter.get_by_label("Code postal").fill("86000")
    tap_article(counter, "Pain au levain").tap()
    expect(counter.locator("#somme")).to_contain_text("1 ligne")
    expect(counter.get_by_label("Rue et numéro")).to_have_value("12 rue Neuve")
    look(counter, "noter-livrer")
    axe(counter)
    counter.get_by_role("button", name="Noter la commande").tap()
    expect(counter.get_by_text("12 rue Neuve")).to_be_visible()
    assert ShopOrder.objects.latest("created_at").fee == 4


def test_quick_taps_are_all_counted_and_what_is_typed_meanwhile_stays(live: Live, counter: Page) -> None:
    shop = a_bakery()
    sign_in(counter, owner_of(shop))
    counter.goto("/gestion/commandes/noter")
    loaf = tap_article(counter, "Pain au levain")
    for _tap in range(5):
        loaf.tap(no_wait_after=True)
    counter.get_by_label("Nom", exact=True).fill("Cliente")
    expect(counter.get_by_role("spinbutton", name="Pain au levain")).to_have_value("5")
    expect(counter.get_by_label("Nom", exact=True)).to_have_value("Cliente")
    counter.get_by_role("button", name="Plus : Pain au levain").tap()
    expect(counter.locator("#somme")).to_contain_text("25,20")
    axe(counter)


def test_noting_without_any_script(live: Live, plain_phone: Page) -> None:
    shop = a_bakery()
    sign_in(plain_phone, owner_of(shop))
    plain_phone.goto("/gestion/commandes/noter")
    plain_phone.get_by_label("Téléphone").fill("06 12 34 56 78")
    plain_phone.get_by_label("Nom", exact=True).fill("Cliente")
    tap_article(plain_phone, "Pain au levain").click()
    plain_phone.get_by_label("Un autre article").fill("miel")
    plain_phone.keyboard.press("Enter")
    plain_phone.locator("#trouves").get_by_role("button").click()
    expect(plain_phone.locator("#lignes li")).to_have_count(2)
    expect(plain_phone.get_by_label("Nom", exact=True)).to_have_value("Cliente")
    plain_phone.get_by_role("button", name="Noter la commande").click()
    expect(plain_phone.get_by_text("Dites ce code à votre client")).to_be_visible()


def test_noting_by_keyboard(live: Live, desktop: Page) -> None:
    shop = a_bakery()
    sign_in(desktop, owner_of(shop))
    desktop.goto("/gestion/commandes/noter")
    desktop.keyboard.type("0612345678")
    write(desktop, "Nom", "Cliente")
    press(desktop, re.compile("Pain au levain"))
    expect(desktop.locator("#lignes li")).to_have_count(1)
    press(desktop, "Noter la commande")
    expect(desktop.get_by_text("Dites ce code à votre client")).to_be_visible()
