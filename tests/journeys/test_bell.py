# SPDX-License-Identifier: AGPL-3.0-or-later
"""The bell in a real browser: what a phone shows when it is rung, and the screen that cannot be overlooked.

No browser of a test reaches its maker's service, so that the message is handed to the service worker by the debugging
protocol; how it gets there is tested in `tests/domain/bells`.
"""

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from halles.domain.bells import reads
from halles.domain.bells.models import Device
from halles.domain.orders.models import ShopOrder
from halles.domain.people.models import Account
from halles.domain.shops.models import Shop
from tests import factories as make
from tests.browser import Live, axe, look, open_context
from tests.pushserver import Browser as FarBrowser
from tests.sign_in import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SMALL = {"width": 360, "height": 740}
SHOWN = "async () => (await (await navigator.serviceWorker.ready).getNotifications()).map(n => [n.title, n.body, n.tag])"
# What a browser's maker would answer; the rest is the page's own.
SUBSCRIBED = """
  const said = %s;
  const made = { endpoint: said.endpoint, toJSON: () => ({ endpoint: said.endpoint, keys: { p256dh: said.p256dh, auth: said.auth } }),
                 unsubscribe: async () => sessionStorage.removeItem("rings") };
  PushManager.prototype.getSubscription = async () => sessionStorage.getItem("rings") ? made : null;
  PushManager.prototype.subscribe = async (how) => { sessionStorage.setItem("rings", how.applicationServerKey); return made; };
"""


@pytest.fixture
def shop() -> Shop:
    """A shop that sells."""
    return make.a_shop()


@pytest.fixture
def phone_of(browser: Browser, live: Live) -> Iterator[BrowserContext]:
    """A small phone that may show notifications."""
    context = open_context(browser, live, viewport=SMALL, has_touch=True, is_mobile=True)
    context.grant_permissions(["notifications"], origin=live.url)
    yield context
    context.close()


def signed_in(context: BrowserContext, account: Account) -> Page:
    page = context.new_page()
    sign_in(page, account)
    return page


def push(page: Page, live: Live, said: dict[str, str]) -> None:
    """What a push service would hand to the service worker."""
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    protocol = page.context.new_cdp_session(page)
    found: list[str] = []
    protocol.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda event: found.extend(one["registrationId"] for one in event["registrations"]),
    )
    protocol.send("ServiceWorker.enable")
    page.wait_for_timeout(300)
    for registration in found[-1:]:
        message = {"origin": live.url, "registrationId": registration, "data": json.dumps(said)}
        protocol.send("ServiceWorker.deliverPushMessage", message)
    assert found


def ring_of(part: ShopOrder, title: str = "Nouvelle commande") -> dict[str, str]:
    """The message of an order's call."""
    (call,) = reads.about([part.id])
    return {
        "title": title,
        "body": "4,20 €",
        "tag": "t",
        "open": "Ouvrir",
        "url": f"/gestion/sonnerie/{call.id}",
    }


def order_at(shop: Shop, page: Page) -> ShopOrder:
    """An order, once the worker has called the shop."""
    part = make.an_order(make.a_variant(shop)).shop_orders.get()
    for _ in range(100):
        if reads.about([part.id]):
            return part
        page.wait_for_timeout(100)
    raise AssertionError("nobody was called")


def test_a_push_becomes_a_notification_that_opens_the_order(
    shop: Shop, live: Live, phone_of: BrowserContext
) -> None:
    page = signed_in(phone_of, make.owner_of(shop))
    page.goto("/gestion/articles")
    part = order_at(shop, page)
    for title in ("Nouvelle commande", "2 nouvelles commandes"):
        push(page, live, ring_of(part, title))
        page.wait_for_function(f"({SHOWN})().then(all => all.length === 1 && all[0][0] === '{title}')")
    # A press on it, as Chromium tells the service worker of one.
    worker = phone_of.service_workers[0]
    worker.evaluate(
        "async () => { const [n] = await self.registration.getNotifications();"
        " self.dispatchEvent(new NotificationEvent('notificationclick', { notification: n })); }"
    )
    expect(page).to_have_url(re.compile(f"/gestion/commandes/{part.id}"))
    expect(page.get_by_text("Vue par la boutique")).to_be_visible()
    assert page.evaluate(f"({SHOWN})()") == []


def test_a_screen_rings_until_vu_and_takes_nothing_from_who_is_typing(
    shop: Shop, live: Live, phone_of: BrowserContext
) -> None:
    page = signed_in(phone_of, make.owner_of(shop))
    page.goto("/gestion/articles/nouveau")
    name = page.get_by_label("Nom", exact=True)
    name.fill("Pain au lev")
    order_at(shop, page)
    page.evaluate("document.getElementById('sonnerie').dispatchEvent(new Event('sonne'))")
    ring = page.locator("#sonnerie.ringing")
    expect(ring.get_by_text("Nouvelle commande")).to_be_visible()
    page.keyboard.type("ain")
    expect(name).to_have_value("Pain au levain")
    expect(name).to_be_focused()
    expect(page).to_have_title(re.compile("● Nouvelle commande"))
    axe(page)
    look(page, "sonnerie")
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0
    ring.get_by_role("button", name="Vu").click()
    expect(page.locator(".ringing")).to_have_count(0)
    expect(page).not_to_have_title(re.compile("●"))
    expect(name).to_have_value("Pain au levain")
    assert reads.ringing(make.owner_of(shop)) == []


def test_a_phone_is_let_in_by_a_press_and_tried(shop: Shop, live: Live, phone_of: BrowserContext) -> None:
    far = FarBrowser("b", "https://push.example.org")
    phone_of.add_init_script(SUBSCRIBED % json.dumps(far.said))
    page = signed_in(phone_of, make.owner_of(shop))
    page.goto("/gestion/sonnette")
    axe(page)
    look(page, "sonnette-a-activer")
    page.get_by_role("button", name="Activer la sonnette sur ce téléphone").click()
    expect(page.get_by_text("Cet appareil sonne.")).to_be_visible()
    expect(page.get_by_text("celui-ci")).to_be_visible()
    assert page.evaluate("sessionStorage.getItem('rings')") == page.locator("#sonnette").get_attribute(
        "data-key"
    )
    axe(page)
    look(page, "sonnette")
    device = Device.objects.get()
    with page.expect_response(re.compile("essayer")):
        page.get_by_role("button", name="Faire sonner pour essayer").click()
    expect(page.get_by_text("L'essai est parti.")).to_be_visible()
    trial = {
        "title": "La sonnette fonctionne",
        "body": "",
        "tag": "essai",
        "open": "Ouvrir",
        "url": "/gestion/sonnette",
    }
    push(page, live, trial | {"trial": str(device.id)})
    expect(page.get_by_text("C'est arrivé")).to_be_visible()


def test_a_phone_that_refuses_is_told_how_to_change_its_mind(
    shop: Shop, browser: Browser, live: Live
) -> None:
    context = open_context(browser, live, viewport=SMALL)
    context.add_init_script("Object.defineProperty(Notification, 'permission', { get: () => 'denied' })")
    page = signed_in(context, make.owner_of(shop))
    page.goto("/gestion/sonnette")
    expect(page.get_by_text("Les notifications sont refusées")).to_be_visible()
    axe(page)
    look(page, "sonnette-refusee")
    context.close()


def test_an_iphone_is_led_to_its_home_screen_first(shop: Shop, browser: Browser, live: Live) -> None:
    agent = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Mobile Safari/604.1"
    context = open_context(browser, live, viewport=SMALL, user_agent=agent)
    context.add_init_script("delete window.PushManager")
    page = signed_in(context, make.owner_of(shop))
    page.goto("/gestion/sonnette")
    expect(page.get_by_text("touchez Partager")).to_be_visible()
    axe(page)
    look(page, "sonnette-iphone")
    context.close()
