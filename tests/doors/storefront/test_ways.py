# SPDX-License-Identifier: AGPL-3.0-or-later
"""Choosing how and when the goods of a shop are had, through the real pages and without a script."""

import datetime as dt
import re
import uuid
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests import factories
from tests.depots import a_depot, joined
from tests.factories import a_basket, a_shop, a_variant, a_way

from halles.domain.communes.actions import Learned, learn
from halles.domain.communes.rules import Facts
from halles.domain.fulfilment import actions as fulfilment
from halles.domain.fulfilment.models import Booking
from halles.domain.fulfilment.rules import Terms
from halles.domain.orders.actions import slot as slots
from halles.domain.orders.errands import errands_of
from halles.domain.orders.models import Basket, BasketStop, Order, ShopOrder
from halles.domain.orders.rules import State
from halles.domain.shops.models import Place, Shop
from halles.kernel.actor import SYSTEM

pytestmark = pytest.mark.django_db


def basket_of(browser: Client, shop: Shop, *, price: str = "20") -> Basket:
    """A basket with one good of the shop, in this browser's cookie."""
    basket = a_basket(a_variant(shop, price=Decimal(price)))
    browser.cookies["panier"] = basket.secret
    return basket


def shown(browser: Client) -> str:
    """The basket's page, as one reads it."""
    return unescape(browser.get(reverse("storefront:basket")).content.decode())


def change(browser: Client, basket: Basket, **said: object) -> Any:
    """The basket's form is sent with this said, and nothing else touched."""
    line = basket.lines.get()
    form = {"jour": "", "heure": "", f"quantite-{line.id}": "1"} | said
    return browser.post(reverse("storefront:basket"), form)


def order(browser: Client, **typed: str) -> Any:
    """The checkout is filled in and sent."""
    page = browser.get(reverse("storefront:checkout")).content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    form = {"nom": "Cliente", "courriel": "cliente@example.org", "telephone": ""} | hidden | typed
    return browser.post(reverse("storefront:checkout"), form)


def test_where_there_is_one_way_nothing_is_asked(browser: Client) -> None:
    basket_of(browser, a_shop())
    page = shown(browser)
    assert "facon-" not in page
    assert "creneau-" not in page
    assert "Livrer où" not in page


def test_from_the_basket_to_the_door(browser: Client) -> None:
    learn([Facts("86041", "Buxerolles", ("86180",))], Learned())
    shop = a_shop()
    round_ = a_way(shop, Place.Kind.ROUND, "86180", terms=Terms(Decimal(4)), capacity=12)
    basket = basket_of(browser, shop)
    assert "Livrer où" in shown(browser)
    change(browser, basket, ou="buxerolles", **{f"facon-{shop.id}": round_.id})
    basket.refresh_from_db()
    assert (basket.postal_code, basket.insee) == ("86180", "86041")
    page = shown(browser)
    assert "Livré chez moi · 4,00\N{NO-BREAK SPACE}€" in page.replace(
        "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"
    )
    assert "chez vous entre" in page

    refused = unescape(order(browser, adresse="12 rue Neuve", ville="").content.decode())
    assert 'value="12 rue Neuve"' in refused
    assert not Order.objects.exists()
    answer = order(browser, adresse="12 rue Neuve", ville="Buxerolles", acces="Code 12A")
    placed = Order.objects.get()
    assert answer.status_code == 303
    assert (placed.address, placed.postal_code, placed.city, placed.directions) == (
        "12 rue Neuve",
        "86180",
        "Buxerolles",
        "Code 12A",
    )
    part = placed.shop_orders.get()
    assert (part.fee, part.total) == (4, 24)
    page = unescape(browser.get(answer["Location"]).content.decode())
    assert "12 rue Neuve, 86180 Buxerolles (Code 12A)" in page
    assert "À payer à la livraison" in page


def test_a_way_that_is_not_for_this_basket_says_why(browser: Client) -> None:
    shop = a_shop()
    a_way(shop, Place.Kind.ROUND, "86000", terms=Terms(least=Decimal(30)))
    basket = basket_of(browser, shop)
    change(browser, basket, ou="86000")
    page = shown(browser)
    assert "il manque 10,00" in page
    change(browser, basket, ou="86240")
    assert "ne livre pas à 86240" in shown(browser)
    assert "disabled" in shown(browser)


def test_who_does_not_say_where_he_lives_is_asked_before_anything_is_ordered(browser: Client) -> None:
    shop = a_shop()
    round_ = a_way(shop, Place.Kind.ROUND, "86000")
    basket = basket_of(browser, shop)
    answer = change(browser, basket, commander="1", **{f"facon-{shop.id}": round_.id})
    assert answer["Location"] == reverse("storefront:basket")
    assert "Dites où vous habitez" in shown(browser)
    assert "Revoir le panier" in unescape(browser.get(reverse("storefront:checkout")).content.decode())


def test_a_place_that_nobody_knows_is_said_where_it_was_typed(browser: Client) -> None:
    shop = a_shop()
    a_way(shop, Place.Kind.ROUND, "86000")
    basket = basket_of(browser, shop)
    page = unescape(change(browser, basket, ou="Nullepart-sur-Rien").content.decode())
    assert "Nous ne connaissons pas" in page
    assert 'value="Nullepart-sur-Rien"' in page


def test_a_slot_is_chosen_kept_and_booked(browser: Client) -> None:
    shop = a_shop()
    counter = a_way(shop, minutes=30, capacity=1)
    basket = basket_of(browser, shop)
    values = re.findall(r'<option value="(\d[^"]+Z)"', shown(browser))
    change(browser, basket, **{f"facon-{shop.id}": counter.id, f"creneau-{shop.id}": values[3]})
    stop = BasketStop.objects.get()
    assert stop.starts_at == dt.datetime.fromisoformat(values[3])
    assert f'<option value="{values[3]}" selected' in shown(browser)
    assert order(browser).status_code == 303
    assert Booking.objects.get().slot.starts_at == stop.starts_at


def test_a_slot_that_goes_meanwhile_is_said_and_the_nearest_is_there(browser: Client) -> None:
    shop = a_shop()
    counter = a_way(shop, minutes=30, capacity=1)
    basket = basket_of(browser, shop)
    values = re.findall(r'<option value="(\d[^"]+Z)"', shown(browser))
    change(browser, basket, **{f"facon-{shop.id}": counter.id, f"creneau-{shop.id}": values[3]})
    rival = a_basket(a_variant(shop))
    BasketStop.objects.create(
        basket=rival, shop=shop, place=counter, starts_at=dt.datetime.fromisoformat(values[3])
    )
    page = browser.get(reverse("storefront:checkout")).content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    factories.place_order(rival)
    answer = browser.post(
        reverse("storefront:checkout"), {"nom": "Cliente", "courriel": "c@example.org"} | hidden
    )
    said = unescape(answer.content.decode())
    assert "a changé" in said
    assert Order.objects.count() == 1
    assert "Le créneau choisi vient d'être pris" in shown(browser)
    change(browser, basket, **{f"facon-{shop.id}": counter.id, f"creneau-{shop.id}": values[4]})
    assert "Le créneau choisi vient d'être pris" not in shown(browser)


@pytest.mark.parametrize("nonsense", ["", "x", "2026-13-45T99:99Z", "2026-11-27T10:00", "\x00", "9" * 5000])
def test_nonsense_chooses_nothing(browser: Client, nonsense: str) -> None:
    shop = a_shop()
    a_way(shop, minutes=30)
    a_way(shop, Place.Kind.ROUND, "86000")
    basket = basket_of(browser, shop)
    said = {f"facon-{shop.id}": nonsense, f"creneau-{shop.id}": nonsense, "ou": nonsense, "commune": nonsense}
    assert change(browser, basket, **said).status_code in {200, 303}
    assert not BasketStop.objects.filter(starts_at=None).exists()


def test_another_slot_from_the_orders_link(browser: Client) -> None:
    shop = a_shop()
    a_way(shop, minutes=60, capacity=1)
    placed = factories.an_order(a_variant(shop))
    part = placed.shop_orders.get()
    address = reverse("storefront:slot", args=[placed.secret])
    values = re.findall(
        r'<option value="(\d[^"]+Z)"', browser.get(f"{address}?chez={part.id}").content.decode()
    )
    answer = browser.post(address, {"part": str(part.id), "creneau": values[1]})
    assert answer.status_code == 303
    moved = ShopOrder.objects.get()
    assert moved.collect_from == dt.datetime.fromisoformat(values[1])
    assert moved.state == State.PLACED
    assert Booking.objects.get().slot.starts_at == moved.collect_from
    rival = factories.an_order(a_variant(shop)).shop_orders.get()  # takes the place that is free again
    assert rival.collect_from == part.collect_from
    said = browser.post(address, {"part": str(part.id), "creneau": f"{part.collect_from:%Y-%m-%dT%H:%MZ}"})
    assert "vient d'être pris" in unescape(said.content.decode())


def test_after_the_cut_off_one_telephones(browser: Client) -> None:
    shop = a_shop()
    counter = a_way(shop, minutes=60)
    part = factories.an_order(a_variant(shop)).shop_orders.get()
    assert slots.free(part)
    past = timezone.localtime(timezone.now() - dt.timedelta(minutes=1))
    days = (part.collect_from.date() - past.date()).days
    fulfilment.change(
        counter, fulfilment.Setting(minutes=60, cutoff_days=days, cutoff_time=past.time()), by=SYSTEM
    )
    assert slots.free(part) == []
    address = reverse("storefront:slot", args=[part.order.secret])
    assert "trop tard" in unescape(browser.get(f"{address}?chez={part.id}").content.decode())


def test_a_basket_of_many_ways_is_read_in_twelve_queries(
    browser: Client, django_assert_max_num_queries: Any
) -> None:
    market, depot = factories.a_market(), None
    goods = []
    for _ in range(5):
        shop = a_shop(market)
        a_way(shop, minutes=30, capacity=4)
        a_way(shop, Place.Kind.ROUND, "86000", capacity=10)
        depot = joined(shop, depot, capacity=20) if depot else a_depot(shop, capacity=20)
        goods.append(a_variant(shop, stock_of=5))
    basket = a_basket(*goods)
    basket.postal_code = "86000"
    basket.save()
    browser.cookies["panier"] = basket.secret
    shown(browser)
    with django_assert_max_num_queries(12):
        assert "Un seul arrêt au lieu de 5" in shown(browser)


def test_one_press_makes_one_stop_of_three_and_the_page_says_why_not_of_all(browser: Client) -> None:
    market = factories.a_market()
    depot = a_depot(a_shop(market), capacity=5)
    shops = [depot.shop, joined(a_shop(market), depot).shop, a_shop(market)]
    basket = a_basket(*(a_variant(shop) for shop in shops))
    browser.cookies["panier"] = basket.secret
    page = shown(browser)
    assert "2 arrêts au lieu de 3" in page and "Café du Marché, Buxerolles" in page
    assert f"{shops[2].name}\xa0: pas à ce dépôt" in page
    (meets,) = re.findall(r'name="reunir" value="([^"]+)"', page)
    assert browser.post("/panier", {"reunir": meets}).status_code == 303
    assert {stop.place for stop in errands_of(basket).stops if stop.shop != shops[2]} == {
        shop.places.get(kind=Place.Kind.DEPOT) for shop in shops[:2]
    }
    page = shown(browser)
    assert "reunir" not in page and "2 arrêts, c'est le moins possible" in page
    for nonsense in ("", "x", "\x00", str(uuid.uuid4())):
        assert browser.post("/panier", {"reunir": nonsense}).status_code == 303


def test_shops_without_a_depot_in_common_say_so_in_one_line(browser: Client) -> None:
    market = factories.a_market()
    basket = a_basket(*(a_variant(a_shop(market)) for _ in range(2)))
    browser.cookies["panier"] = basket.secret
    assert "2 arrêts\xa0: ces boutiques n'ont pas de dépôt en commun." in shown(browser)


def test_who_comes_to_my_door_when_and_at_what_price(browser: Client) -> None:
    learn([Facts("86041", "Buxerolles", ("86180",)), Facts("86194", "Poitiers", ("86000",))], Learned())
    market = factories.a_market()
    near, far, off = [a_shop(market) for _ in range(3)]
    a_way(near, Place.Kind.ROUND, "86180", terms=Terms(Decimal(4), Decimal(30)))
    a_way(far, Place.Kind.ROUND, "86000")
    fulfilment.turn(a_way(off, Place.Kind.ROUND, "86180"), on=False, by=SYSTEM)
    assert "Qui livre chez moi" in unescape(browser.get("/").content.decode())
    page = unescape(browser.get(reverse("storefront:reach"), {"ou": "buxerolles"}).content.decode())
    assert "À Buxerolles (86180)" in page
    assert [shop.name in page for shop in (near, far, off)] == [True, False, False]
    assert "offert" in page
    assert "Set-Cookie" not in browser.get(reverse("storefront:reach"), {"ou": "86180"}).headers
    nobody = unescape(browser.get(reverse("storefront:reach"), {"ou": "86240"}).content.decode())
    assert "Aucune boutique ne livre là" in nobody


def test_where_one_lives_travels_in_the_address_into_the_basket(browser: Client) -> None:
    learn([Facts("86041", "Buxerolles", ("86180",))], Learned())
    shop = a_shop()
    a_way(shop, Place.Kind.ROUND, "86180")
    variant = a_variant(shop)
    page = browser.get(reverse("storefront:reach"), {"ou": "86180"}).content.decode()
    (stand,) = set(re.findall(rf'href="(/boutiques/{shop.slug}[^"]*)"', page))
    page = browser.get(unescape(stand)).content.decode()
    (article,) = set(re.findall(rf'href="(/boutiques/{shop.slug}/[^"]*ou=86180[^"]*)"', page))
    page = browser.get(unescape(article)).content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    browser.post(reverse("storefront:basket"), hidden | {"variante": str(variant.id), "quantite": "1"})
    basket = Basket.objects.get()
    assert (basket.postal_code, basket.insee) == ("86180", "86041")


@pytest.mark.parametrize("nonsense", ["", "x" * 5000, "\x00", "8618", "<b>", "86180&commune=x"])
def test_nonsense_reaches_nobody(browser: Client, nonsense: str) -> None:
    a_way(a_shop(), Place.Kind.ROUND, "86000")
    address = reverse("storefront:reach")
    said = {"ou": nonsense, "commune": nonsense[:9], "page": nonsense[:9]}
    assert browser.get(address, said).status_code == 200
    assert browser.get(f"{address}?ou=%ED%A0%80&commune=%00&page=%FF").status_code == 200


def test_a_page_of_who_comes_is_read_in_as_many_queries_whatever_their_number(
    browser: Client, django_assert_max_num_queries: Any
) -> None:
    market = factories.a_market()
    for _ in range(5):
        a_way(a_shop(market), Place.Kind.ROUND, "86000", capacity=10)
    browser.get(reverse("storefront:reach"), {"ou": "86000", "page": "2"})
    with django_assert_max_num_queries(10):
        browser.get(reverse("storefront:reach"), {"ou": "86000"})
