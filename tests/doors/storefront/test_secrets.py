# SPDX-License-Identifier: AGPL-3.0-or-later
"""An order, a question belongs to whoever holds its link: others walk every address of the storefront and find nothing of it.

A new address is walked by itself; one with an argument that is not named here fails until somebody says what it is.
"""

import re
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver
from tests import factories as make

from halles.domain.appointments import actions as appointments
from halles.domain.conversations.models import Conversation
from halles.domain.orders.actions import baskets, prepare, settle
from halles.domain.orders.models import Basket, Order, ShopOrder
from halles.domain.orders.rules import IfMissing
from halles.domain.shops.models import Market
from halles.doors.storefront import urls
from halles.doors.ui import order_links
from halles.kernel.actor import SYSTEM

pytestmark = pytest.mark.django_db

ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>")
LANGUAGES = ("/", "/en/")
KEYS = {"secret", "question"}
NONSENSE = ["", "x" * 3000, "\x00", "..", "é", "' OR 1=1 --", "\udcff", "\n", "-1", "a:b:c", "<b>", "9" * 400]
# Every name that the pages read from an address or a form, lines and parts of orders left out.
TYPED = (
    "q", "jour", "heure", "rayon", "page", "chez", "perdu", "langue", "article", "variante", "quantite", "note", "retirer",
    "prendre", "commander", "vu", "part", "key", "refait", "seen", "nom", "courriel", "telephone", "line", "question", "message", "code", "panier", "boutique", "remis",
)  # fmt: skip


def routes(
    patterns: Sequence[URLPattern | URLResolver] = urls.urlpatterns, before: str = ""
) -> Iterator[str]:
    """Every address of the door as it is written in its map."""
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        else:
            yield route


def filled(route: str, known: dict[str, str]) -> str:
    """An address with something for each of its arguments."""
    return ARGUMENT.sub(lambda found: quote(known[found[1]], safe=":", errors="surrogateescape"), route)


@dataclass(frozen=True)
class Neighbour:
    """Somebody with an order in some state, a basket and a question that a shop has answered."""

    order: Order
    basket: Basket
    asked: Conversation
    note: str

    @property
    def part(self) -> ShopOrder:
        return self.order.shop_orders.get()

    @property
    def arguments(self) -> dict[str, str]:
        return {
            "secret": self.order.secret,
            "token": order_links.confirm_token(self.order),
            "question": self.asked.secret,
            "keeper": "nobody",  # a depot's link opens what `test_depot` asks of it
            "feed": appointments.open_feed(self.part.shop, by=SYSTEM).secret,
        }

    @property
    def typed(self) -> dict[str, str]:
        """What his own pages would send."""
        wanted = {f"quantite-{line.id}": "2" for line in self.part.lines.all()}
        wanted |= {f"quantite-{line.id}": "7" for line in self.basket.lines.all()}
        line = str(self.part.lines.all()[0].id)
        return wanted | {
            "rendez-vous": line, "heure": f"{make.in_days(5, '10:00').isoformat()}",
            "part": str(self.part.id), "chez": str(self.part.id), "line": line, "message": "Merci",
        }  # fmt: skip

    @property
    def secrets(self) -> list[str]:
        """What only he, and the shop, may read."""
        order = self.order
        return [order.email, order.secret, self.part.code, self.note, self.basket.secret, self.asked.secret]

    def snapshot(self) -> list[Any]:
        """What nobody else may change."""
        self.order.refresh_from_db()
        return [
            self.order.name, self.order.email, self.order.customer.confirmed_at,
            list(self.order.shop_orders.values_list("state", "total", "collect_from", "confirm_before")),
            list(self.part.lines.values_list("quantity", "state", "note")),
            list(self.basket.lines.values_list("quantity", "note", "variant")), Basket.objects.get(pk=self.basket.pk).order_id,
            list(Conversation.objects.filter(pk=self.asked.pk).values_list("state", "closed_by", "reported_by", "messages")),
        ]  # fmt: skip


def a_neighbour(state: str = "placed") -> Neighbour:
    variant = make.a_variant(make.a_shop(Market.objects.first()), stock_of=50)
    note = uuid.uuid4().hex  # names like those of other neighbours would be found everywhere
    basket = make.a_basket(variant, quantity=3)
    if state == "visit":
        basket = baskets.new_basket(variant.product.shop.market)
        baskets.put(
            basket, make.a_service(variant.product.shop), Decimal(1), starts_at=make.in_days(3, "10:00")
        )
    baskets.set_line(basket.lines.get(), Decimal(3), note=note, if_missing=IfMissing.CALL)
    order = make.place_order(basket)
    if state != "unconfirmed":
        prepare.confirm(order, by=SYSTEM)
    part = order.shop_orders.get()
    if state == "to_agree":
        settle.settle(part, [settle.LineChange(part.lines.get().id, Decimal(1))], by=SYSTEM)
    assert order.shop_orders.get().state == ("placed" if state == "visit" else state)
    left = make.a_basket(variant)
    baskets.set_line(left.lines.get(), Decimal(1), note=note, if_missing=IfMissing.CALL)
    asked = make.a_question(part.shop, note)
    make.an_answer(asked, note)
    return Neighbour(order, left, asked, note)


def a_browser(basket: Basket | None = None) -> Client:
    browser = Client(headers={"Sec-Fetch-Site": "same-origin"})
    if basket:
        browser.cookies["panier"] = basket.secret
    return browser


def walk(
    browser: Client,
    which: Sequence[str],
    known: dict[str, str],
    typed: dict[str, str],
    languages: Sequence[str] = LANGUAGES,
) -> Iterator[tuple[str, Any]]:
    """Each of these addresses in these languages, looked at and posted to: (what was asked, answer)."""
    for language in languages:
        for route in which:
            address = language + filled(route, known)
            yield f"GET {address}", browser.get(address, typed)
            yield f"POST {address}", browser.post(address, typed)


def wrong_keys(theirs: Neighbour, mine: Neighbour, *, guesses: bool) -> Iterator[dict[str, str]]:
    """What somebody could put into an address in the place of their secret and their letter's token."""
    right, token = theirs.order.secret, theirs.arguments["token"]
    nearly = (right[:-1], f"{right}x", right.swapcase(), right[::-1])
    asked = theirs.asked.secret
    for secret in nearly if guesses else nearly[:1]:
        yield {"secret": secret, "token": token, "question": secret}
    yield mine.arguments | {"question": asked[:-1]}
    yield mine.arguments | {"question": asked.swapcase()}
    yield mine.arguments
    yield mine.arguments | {"token": token}
    yield {"secret": token.split(":")[0], "token": mine.arguments["token"], "question": str(theirs.asked.id)}


@pytest.mark.parametrize("who", ["stranger", "rival", "customer"])
def test_nothing_of_an_order_is_shown_or_changed(who: str) -> None:
    mine, *others = (a_neighbour(state) for state in ("placed", "unconfirmed", "placed", "to_agree"))
    product = others[0].part.lines.get().variant.product
    of_town = {"category": make.a_category(product.shop.market).slug}
    of_town |= {"shop": product.shop.slug, "product": product.slug, "feed": "x"}
    of_town |= {"keeper": others[0].order.secret[:-1]}
    browser = a_browser(mine.basket if who == "customer" else None)
    if who == "rival":
        browser.force_login(make.owner_of(mine.part.shop))
    before = [theirs.snapshot() for theirs in others]
    secrets = [secret for theirs in others for secret in theirs.secrets]
    every, of_order = list(routes()), [route for route in routes() if KEYS & {*ARGUMENT.findall(route)}]
    for theirs in others:
        # What depends on no secret is walked once, with the first; the rest in one language each time.
        for number, key in enumerate(wrong_keys(theirs, mine, guesses=who == "stranger")):
            first = number == 0 and theirs is others[0]
            which, languages = (every, LANGUAGES) if first else (of_order, LANGUAGES[number % 2 :][:1])
            for asked, answer in walk(browser, which, of_town | key, theirs.typed, languages):
                assert answer.status_code in {200, 301, 302, 303, 404, 405}, asked
                told = answer.content.decode() + answer.headers.get("Location", "")
                assert not [secret for secret in secrets if secret in told and secret not in asked], asked
    assert [theirs.snapshot() for theirs in others] == before


OF_QUESTION = {"<slug:question>", "clore", "signaler"}


@pytest.mark.parametrize(
    ("state", "acts"),
    [
        ("unconfirmed", {"<str:token>", "modifier", "annuler", *OF_QUESTION}),
        ("placed", {"modifier", "annuler", *OF_QUESTION}),
        ("to_agree", {"accepter", "modifier", "annuler", *OF_QUESTION}),
        ("visit", {"rendez-vous", "annuler", *OF_QUESTION}),
    ],
)
def test_with_the_right_link_all_of_it_opens(state: str, acts: set[str]) -> None:
    """Else the walk above would prove nothing."""
    me = a_neighbour(state)
    told, pressed_to = "", set()
    for route in routes():
        if not KEYS & {*ARGUMENT.findall(route)} or ("rendez-vous" in route and state != "visit"):
            continue
        before = me.snapshot()
        address = "/" + filled(route, me.arguments)
        seen, pressed = a_browser().get(address, me.typed), a_browser().post(address, me.typed)
        assert {seen.status_code, pressed.status_code} & {200, 303}, address
        told += seen.content.decode()
        if me.snapshot() != before:
            pressed_to.add(route.rsplit("/")[-1])
    assert pressed_to == acts
    assert me.part.code in told and me.note in told


def test_wrong_arguments_are_no_pages_and_no_errors() -> None:
    me = a_neighbour()
    product = me.part.lines.get().variant.product
    known = {"category": "x", "shop": product.shop.slug, "product": product.slug} | me.arguments
    browser = a_browser(me.basket)
    for wrong in NONSENSE:
        for name in known:
            for route in routes():
                if name in ARGUMENT.findall(route):
                    address = "/" + filled(route, known | {name: wrong})
                    for send in (browser.get, browser.post):
                        assert send(address).status_code in {200, 301, 302, 303, 404, 405}, address
    sayable = [wrong.encode(errors="replace").decode() for wrong in NONSENSE]
    for number, pair in enumerate(zip(sayable[::2], sayable[1::2], strict=True)):
        typed = {field: pair[(place + number) % 2] for place, field in enumerate(TYPED)}
        for asked, answer in walk(browser, list(routes()), known, typed, LANGUAGES[number % 2 :][:1]):
            assert answer.status_code < 500, asked


def test_an_argument_nobody_named_is_noticed() -> None:
    with pytest.raises(KeyError):
        filled("commande/<slug:secret>/facture/<str:number>", {"secret": "x"})
