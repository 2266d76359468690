# SPDX-License-Identifier: AGPL-3.0-or-later
"""The tour: every screen of « Ma boutique » on a small telephone, on a full day; each is kept as `var/screens/tour-<name>.png`.

A new address that answers a GET is red here until the tour goes there.
"""

import datetime as dt
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from halles.domain.bells import reads as bells
from halles.domain.shops.models import Shop
from tests import visits
from tests.browser import SCREENS, Live, axe, open_context
from tests.journeys import filled
from tests.journeys.filled import Filled
from tests.sign_in import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NARROW = {"width": 360, "height": 740}
DENSE = 2  # as the pictures of the help are kept
PATIENCE = 60.0
# What is in sight is there, its pictures and its letters; what lies in a closed fold is not fetched.
IS_PAINTED = """() => document.fonts.status === "loaded" && [...document.images].every((image) => {
    const box = image.getBoundingClientRect();
    return image.complete || box.bottom < 0 || box.top > innerHeight || box.left > innerWidth || !image.checkVisibility();
})"""
OVERFLOW = "document.scrollingElement.scrollWidth - innerWidth"

# By the name of the address: what it is about where that is not `there` by its own word, what is asked of it, and a
# word to tell it from another picture of the same address.
Stop = tuple[str, dict[str, str], str, str]
PLAIN = (
    "today", "agenda_feed", "picking", "round", "orders", "note_order", "hand_over", "questions", "products", "new_product", "stock", "imports",
    "bulk_edits", "rolls", "exports", "publish_post", "more", "card", "lending", "hours", "close_day", "identity",
    "order_settings", "ways", "howtos", "bell", "team", "journal", "ladder", "open_shop", "elsewhere",
)  # fmt: skip
ABOUT = (
    "question", "product", "import", "bulk_edit", "roll", "shot", "place_hours", "join",
)  # fmt: skip
OF_ORDERS = {
    "order": ("to_accept", "unconfirmed", "late", "accepted", "to_agree", "noted", "ready", "weighed", "handed_over", "cancelled"),
    "settle": ("accepted",),
    "weigh": ("to_weigh", "weighed"),
}  # fmt: skip


class Tourist:
    """Goes from screen to screen, looks at each and keeps it."""

    def __init__(self, page: Page, shop: Filled) -> None:
        self.page, self.shop = page, shop
        self.heard: list[str] = []
        self.been: visits.Visits = set()
        visits.record(page.context, self.been)
        page.on("console", self._listen)
        page.on("pageerror", lambda error: self.heard.append(str(error)))

    def _listen(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.heard.append(message.text)

    def go(self, name: str, *, of: dict[str, Any] | None = None, asked: str = "", word: str = "") -> None:
        """To a screen of this name, and a look at it."""
        there = dict(self.shop.there) | (of or {})
        wanted = {key: there[key] for key in visits.words_of(name)}
        answer = self.page.goto(reverse(f"backoffice:{name}", kwargs=wanted) + asked)
        assert answer is not None and answer.status == 200, name
        self.look("-".join(filter(None, (name, word))))

    def look(self, name: str) -> None:
        """All is well with the page as it stands."""
        axe(self.page)
        self.page.wait_for_function(IS_PAINTED, timeout=PATIENCE * 1000)
        assert self.page.evaluate(OVERFLOW) <= 0, name
        assert not self.heard, (name, self.heard)
        self.page.screenshot(path=SCREENS / f"tour-{name}.png")


@pytest.fixture
def shop(live: Live, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Filled:
    """The full day, its pictures dry, nothing ringing."""
    settings.DATA, settings.MEDIA_ROOT = live.data, live.data / "media"
    grocer = filled.a_town_of_two(monkeypatch)
    _until_drawn(grocer)
    full = filled.fill(grocer)
    _until_told()
    filled.hush(full)
    return full


def _until_drawn(shop: Shop) -> None:
    deadline = time.monotonic() + PATIENCE
    while shop.products.filter(pictures=None).exists():
        assert time.monotonic() < deadline, "the pictures are not drawn"
        time.sleep(0.2)


def _until_told() -> None:
    """The worker has told everybody of everything."""
    deadline = time.monotonic() + PATIENCE
    while DBTaskResult.objects.ready().exists():
        assert time.monotonic() < deadline, "the worker did not get through"
        time.sleep(0.2)


@pytest.fixture
def tourist(live: Live, browser: Browser, shop: Filled) -> Iterator[Tourist]:
    """The owner's small telephone."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    context = open_context(
        browser, live, viewport=NARROW, device_scale_factor=DENSE, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    sign_in(page, shop.owner)
    yield Tourist(page, shop)
    context.close()


def parts(page: Page, shop: Filled) -> None:
    """What the pages ask for while one types in them, or hand out: each by the page that uses it."""
    page.goto("/gestion/articles/nouveau")
    page.get_by_role("textbox", name="Code-barres").press_sequentially("0460000100016")
    expect(page.locator("#connu")).not_to_be_empty()
    page.get_by_role("textbox", name="Nom").press_sequentially("Sandwich jambon")
    expect(page.locator("#sorte-proposee")).to_contain_text("Sandwich")
    _type_in_a_fold(page, "Tailles", "S, M, L")
    page.goto("/gestion/commandes/noter")
    page.get_by_label("Un autre article").press_sequentially("miel")
    expect(page.locator("#trouves").get_by_role("button").first).to_be_visible()
    order = shop.orders["accepted"]
    page.goto(f"/gestion/commandes/{order.id}/regler")
    line = page.get_by_role("group", name="Huile de noix")
    line.get_by_label("Remplacer").check()
    line.get_by_role("searchbox").press_sequentially("comté")
    expect(line.get_by_text("Comté 12 mois")).to_be_visible()
    page.goto(f"/gestion/questions/{shop.there['conversation_id']}")
    page.get_by_text("Montrer ou garder un article").tap()
    page.get_by_label("Quel article").press_sequentially("poireaux")
    expect(page.get_by_role("button", name="Montrer")).to_be_visible()
    page.goto(f"/gestion/remises/{shop.there['round_id']}")
    page.locator("details", has_text="Communes ou codes postaux").first.evaluate(
        "fold => { fold.open = true }"
    )
    with page.expect_response(re.compile("/remises/communes")):
        page.get_by_role("searchbox").first.press_sequentially("861")
    for address in ("/gestion/articles/exporter", f"/gestion/articles/importer/{shop.there['import_id']}"):
        page.goto(address)
        with page.expect_download() as download:
            page.get_by_role("link", name=re.compile("^Télécharger")).first.tap()
        assert Path(download.value.path()).stat().st_size


def _type_in_a_fold(page: Page, label: str, words: str) -> None:
    """A field that lies in a fold."""
    field = page.get_by_label(label)
    field.evaluate("field => { field.closest('details').open = true }")
    with page.expect_response(re.compile("/grille")):
        field.fill(words)
        field.press("Tab")


def behind(page: Page) -> None:
    """What a device asks by itself, some of it only when nothing else does."""
    for name in ("worker", "manifest", "visit"):
        asked = page.evaluate(
            "address => fetch(address).then((answer) => answer.status)", reverse(f"backoffice:{name}")
        )
        assert asked == 200, name


def ring(tourist: Tourist) -> None:
    """An order comes in: the screen rings, leads to it, and is silent."""
    shop, page = tourist.shop, tourist.page
    part = filled.an_order(shop, {"Miel de tournesol": "2", "Salade batavia": "1"})
    deadline = time.monotonic() + PATIENCE
    while not (calls := bells.about([part.id])):
        assert time.monotonic() < deadline, "nobody was called"
        time.sleep(0.1)
    page.goto(reverse("backoffice:products"))
    expect(page.locator("#sonnerie.ringing")).to_be_visible()
    tourist.look("ringing")
    tourist.go("ring", of={"call_id": calls[0].id})


def test_every_screen_is_visited(tourist: Tourist, shop: Filled) -> None:
    for name in PLAIN + ABOUT:
        tourist.go(name)
    for name, states in OF_ORDERS.items():
        for state in states:
            tourist.go(name, of={"order_id": shop.orders[state].id}, word="" if state == states[0] else state)
    tourist.go("way", of={"place_id": shop.there["round_id"]})
    tourist.go("new_way", of={"kind": "depot"})
    for name in ("depot", "depot_link"):
        tourist.go(name, of={"place_id": shop.there["depot_id"]})
    tourist.go("agenda", asked=f"?jour={(timezone.localdate() + dt.timedelta(1)).isoformat()}")
    tourist.go("howto", of={"slug": "remises"})
    tourist.go("hand_over_code", of={"code": shop.orders["ready"].code})
    tourist.go("import_change", of={"import_id": shop.there["foreign_import_id"]})
    tourist.go("bulk_edit", of={"edit_id": shop.there["done_edit_id"]}, word="done")
    tourist.go("question", of={"conversation_id": shop.there["answered_id"]}, word="answered")
    tourist.go("note_order", asked=f"?comme={shop.orders['accepted'].id}", word="filled")
    parts(tourist.page, shop)
    behind(tourist.page)
    ring(tourist)
    tourist.page.goto(reverse("backoffice:round_photo", args=[shop.there["stop_id"]]))
    tourist.page.goto(
        reverse("backoffice:roll_send", args=[shop.there["roll_id"]])
    )  # tried again, it shows the roll
    client = Client()
    client.force_login(shop.owner)
    screens = {name for method, name in visits.offered(client) if method == "GET"}
    assert screens - {name for method, name in tourist.been if method == "GET"} == set()
