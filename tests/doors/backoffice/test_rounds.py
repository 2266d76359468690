# SPDX-License-Identifier: AGPL-3.0-or-later
"""« Ma tournée », as whoever drives it holds it in one hand."""

import datetime as dt
import html
import re
from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image
from tests.rounds import FAR, MIDDLE, NEAR, NOON, a_shop_that_brings, brought, key, put_in_order

from halles.domain.orders.models import ShopOrder
from halles.domain.rounds import photos
from halles.domain.rounds.models import Round, Stop
from halles.domain.shops.models import Shop

PAGE = "/gestion/tournee"
QUEUE = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture(autouse=True)
def noon() -> Iterator[time_machine.Traveller]:
    """The day of the round, before it."""
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def parts(shop: Shop) -> list[ShopOrder]:
    """Three doors along one road."""
    a_shop_that_brings(shop)
    return [brought(shop, code) for code in (FAR, NEAR, MIDDLE)]


def text(client: Client, address: str = PAGE) -> str:
    """What one reads there."""
    answer = client.get(address)
    assert answer.status_code == 200
    body = re.sub(r"<(script|style).*?</\1>", " ", answer.content.decode(), flags=re.DOTALL)
    return (
        " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())
        .replace("\xa0", " ")
        .replace("\u202f", " ")
    )


def ask(client: Client, name: str, shop: Shop, **said: str) -> int:
    """Press a button of the whole round."""
    way = shop.places.get(kind="round")
    fields = {"jour": NOON.date().isoformat(), "remise": str(way.id)} | said
    return client.post(f"{PAGE}/{name}", fields).status_code


def test_all_that_one_needs_at_a_door_stands_on_the_page(
    merchant: Client, shop: Shop, parts: list[ShopOrder]
) -> None:
    assert "à livrer" in text(merchant, "/gestion/")
    before = text(merchant)
    assert "Faire l'ordre" in before and "Je pars" not in before
    assert ask(merchant, "ordre", shop) == 303
    assert "L'ordre se calcule" in text(merchant)
    put_in_order(shop)
    shown = text(merchant)
    for words in ("Je pars", "3 arrêts", "12,60", "12 rue Neuve, 86180 Buxerolles", "2e étage", "4,20", "Appeler",
                  "Promise entre 17 h et 20 h", "au milieu de leur commune"):  # fmt: skip
        assert words in shown, words
    raw = merchant.get(PAGE, HTTP_USER_AGENT="Mozilla/5.0 (Linux; Android 15)").content.decode()
    assert 'href="geo:0,0?q=12%20rue%20Neuve%2C%2086180%20Buxerolles"' in raw
    assert 'href="tel:+33612345678"' in raw


def test_a_round_is_driven_to_its_end(
    merchant: Client, shop: Shop, parts: list[ShopOrder], noon: time_machine.Traveller
) -> None:
    put_in_order(shop)
    noon.move_to(NOON.replace(hour=17))
    assert ask(merchant, "partir", shop) == 303
    assert "parti à 17 h" in text(merchant)
    assert "le client lit « entre 17" in text(merchant)
    far, near, middle = parts
    for part, act, said in (
        (near, "livree", {"code": near.code}),
        (middle, "absent", {"mot": "portail fermé"}),
        (far, "refusee", {"mot": "trop tard"}),
    ):
        answer = merchant.post(f"{PAGE}/commandes/{part.id}/{act}", said, **QUEUE)
        assert answer.status_code == 200, answer.content
    states = list(ShopOrder.objects.filter(pk__in=[p.pk for p in parts]).values_list("state", flat=True))
    assert sorted(states) == ["cancelled", "handed_over", "ready"]
    done = text(merchant)
    for words in (
        "Tout est fait pour ce jour",
        "livrée, 17 h · code dit",
        "portail fermé",
        "À repasser",
        "refusée, 17 h",
    ):
        assert words in done, words
    assert merchant.post(f"{PAGE}/commandes/{middle.id}/revenir").status_code == 303
    assert "1 arrêt" in text(merchant)


def test_what_cannot_be_is_told_to_the_queue_in_words(
    merchant: Client, shop: Shop, parts: list[ShopOrder]
) -> None:
    part = parts[0]
    answer = merchant.post(f"{PAGE}/commandes/{part.id}/livree", {"code": "A7-3K9"}, **QUEUE)
    assert answer.status_code == 409
    assert "Ce code n'est pas celui de cette commande" in answer.json()["words"]
    merchant.post(f"{PAGE}/commandes/{part.id}/livree", {}, **QUEUE)
    answer = merchant.post(f"{PAGE}/commandes/{part.id}/absent", {}, **QUEUE)
    assert answer.status_code == 409 and "déjà noté" in answer.json()["words"]
    assert ask(merchant, "partir", shop) == 303
    assert "Faites d'abord l'ordre" in text(merchant)


def test_a_photograph_says_where_it_lies_and_not_where_it_was_taken(
    merchant: Client, shop: Shop, parts: list[ShopOrder], a_photo: Callable[..., SimpleUploadedFile]
) -> None:
    near, far = parts[1], parts[0]
    answer = merchant.post(f"{PAGE}/commandes/{near.id}/livree", {"photo": a_photo()}, **QUEUE)
    assert answer.status_code == 200
    stop = Stop.objects.get()
    assert stop.proof == "photo" and stop.photo
    with Image.open(photos.path(stop.photo)) as kept:
        assert not kept.getexif() and kept.height > kept.width
    shown = merchant.get(f"{PAGE}/arrets/{stop.id}/photo")
    assert b"".join(shown)  # type: ignore[call-overload]
    assert shown["Content-Type"] == "image/jpeg" and "no-store" in shown["Cache-Control"]
    bad = SimpleUploadedFile("photo.jpg", b"no picture")
    answer = merchant.post(f"{PAGE}/commandes/{far.id}/livree", {"photo": bad}, **QUEUE)
    assert answer.status_code == 409
    answer = merchant.post(
        f"{PAGE}/commandes/{far.id}/livree", {"photo": a_photo(), "code": "A7-3K9"}, **QUEUE
    )
    assert answer.status_code == 409
    assert photos.all_kept() == [photos.path(stop.photo)]


def test_a_wrong_clock_changes_nothing_and_how_long_ago_is_told(
    merchant: Client, shop: Shop, parts: list[ShopOrder], noon: time_machine.Traveller
) -> None:
    put_in_order(shop)
    noon.move_to(NOON.replace(hour=17))
    ask(merchant, "partir", shop)
    noon.move_to(NOON.replace(hour=18, minute=30))
    for part, age in zip(parts, ("2280", "-99999999", "9" * 40), strict=True):
        answer = merchant.post(f"{PAGE}/commandes/{part.id}/absent", {}, HTTP_X_AGE=age, **QUEUE)
        assert answer.status_code == 200
    shown = text(merchant)
    assert "absent, 17 h 52 d'après le téléphone, noté à 18 h 30" in shown
    assert [stop.done_at for stop in Stop.objects.filter(shop_order__in=parts[1:])] == [None, None]


def test_a_stop_is_moved_by_hand(merchant: Client, shop: Shop, parts: list[ShopOrder]) -> None:
    put_in_order(shop)
    first, second, third = Stop.objects.order_by("position")
    said = {"vers": "avant", "key": key()}
    for _ in range(2):
        assert merchant.post(f"{PAGE}/arrets/{third.id}/ranger", said).status_code == 303
    in_order = Stop.objects.order_by("position").values_list("pk", flat=True)
    assert list(in_order) == [first.pk, third.pk, second.pk]


def test_nonsense_finds_today_and_no_page_is_another_shops(
    merchant: Client, shop: Shop, parts: list[ShopOrder]
) -> None:
    for asked in (
        "jour=x",
        "jour=9999-12-31",
        "jour=2026-13-01",
        "remise=x",
        "jour=%00&remise=%00",
        "jour=" + "1" * 2000,
    ):
        assert "3 arrêts" in text(merchant, f"{PAGE}?{asked}"), asked
    naughty = {"code": "\x00é" * 9, "mot": "\u202e" + "x" * 5000}
    answer = merchant.post(f"{PAGE}/commandes/{parts[0].id}/absent", naughty, **QUEUE)
    assert answer.status_code == 200
    assert len(Stop.objects.get().note) <= 140


def test_the_page_asks_the_same_however_many_stops_there_are(
    merchant: Client, shop: Shop, parts: list[ShopOrder]
) -> None:
    put_in_order(shop)
    text(merchant)
    with CaptureQueriesContext(connection) as few:
        text(merchant)
    for code in (FAR, NEAR, MIDDLE, NEAR):
        brought(shop, code)
    Round.objects.update(planned_at=None)
    put_in_order(shop)
    with CaptureQueriesContext(connection) as many:
        text(merchant)
    assert len(many) == len(few) <= 15


def test_a_shop_that_brings_nothing_is_told_where_to_begin(merchant: Client) -> None:
    assert "La boutique ne livre pas encore" in text(merchant)
    assert merchant.post(f"{PAGE}/ordre").status_code == 404


def test_the_days_ahead_are_there(
    merchant: Client, shop: Shop, parts: list[ShopOrder], noon: time_machine.Traveller
) -> None:
    tomorrow = NOON.date() + dt.timedelta(days=1)
    ShopOrder.objects.filter(pk=parts[0].pk).update(
        collect_from=parts[0].collect_from + dt.timedelta(days=1),
        collect_until=parts[0].collect_until + dt.timedelta(days=1),
    )
    shown = text(merchant, f"{PAGE}?jour={tomorrow.isoformat()}")
    assert "1 arrêt" in shown and "Faire l'ordre" in shown
