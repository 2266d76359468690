# SPDX-License-Identifier: AGPL-3.0-or-later
"""A neighbour books, keeps and moves an appointment, without JavaScript; the agenda of the shop names nobody."""

import datetime as dt
import re

import pytest
from django.test import Client
from icalendar import Calendar
from tests.factories import a_service, a_shop, a_variant, a_visit, in_days

from halles.domain.appointments import actions
from halles.domain.appointments.models import Appointment
from halles.domain.catalogue.models import Variant
from halles.domain.orders.models import Order
from halles.domain.shops.rules import Window
from halles.kernel.actor import SYSTEM

pytestmark = pytest.mark.django_db

FIRST_TIME = re.compile(r'name="heure" value="([^"]+)"')


def a_browser() -> Client:
    return Client(headers={"Sec-Fetch-Site": "same-origin"})


def page_of(variant: Variant) -> str:
    return f"/boutiques/{variant.product.shop.slug}/{variant.product.slug}"


def test_from_the_free_times_to_the_order_and_its_calendar() -> None:
    fitting = a_service(None, "Cabine", minutes=30, name="Essayage")
    soap = a_variant(fitting.product.shop)
    browser = a_browser()
    page = browser.get(page_of(fitting)).content.decode()
    assert "Durée\u00a0: 30\xa0min." in page
    assert "jusqu&#x27;à 24\xa0h avant" in page
    time = FIRST_TIME.findall(page)[4]
    put = {"article": fitting.product_id, "variante": fitting.id, "heure": time}
    assert browser.post("/panier", put).status_code == 303
    assert "Quand passez-vous" not in browser.get("/panier").content.decode()
    browser.post("/panier", {"article": soap.product_id, "variante": soap.id, "quantite": "1"})
    basket = browser.get("/panier").content.decode()
    assert "Changer d'heure" in basket and "Quand passez-vous" in basket
    checkout = browser.get("/panier/commander").content.decode()
    assert "annuler ou changer d&#x27;heure" in checkout
    typed = dict(re.findall(r'name="(key|seen)" value="([^"]+)"', checkout))
    typed |= {"nom": "Cliente 1", "courriel": "cliente1@example.org", "telephone": ""}
    placed = browser.post("/panier/commander", typed)
    assert placed.status_code == 303, placed.content.decode()
    order = browser.get(placed["Location"]).content.decode()
    assert "Ajouter à mon agenda" in order and "Cabine" in order
    href = re.search(r'href="([^"]+\.ics\?[^"]+)"', order)
    assert href
    (event,) = Calendar.from_ical(browser.get(href[1].replace("&amp;", "&")).content).walk("VEVENT")
    assert event["DTSTART"].dt == dt.datetime.fromisoformat(time)
    assert event["DTEND"].dt - event["DTSTART"].dt == dt.timedelta(minutes=30)
    assert event["SUMMARY"] == f"Essayage, {fitting.product.shop.name}"


def test_the_time_that_somebody_took_is_said_and_the_rest_is_kept() -> None:
    fitting, browser = a_service(), a_browser()
    soap = a_variant(a_shop(fitting.product.shop.market))
    at = in_days(3, "14:00")
    put = {"article": fitting.product_id, "variante": fitting.id, "heure": at.isoformat()}
    browser.post("/panier", put)
    browser.post("/panier", {"article": soap.product_id, "variante": soap.id, "quantite": "1"})
    a_visit(fitting, at)
    basket = browser.get("/panier").content.decode()
    assert "Cette heure n&#x27;est plus libre" in basket
    assert "Choisir une heure" in basket
    assert soap.product.name in basket
    assert (
        at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%MZ")
        not in browser.get(page_of(fitting)).content.decode()
    )


def test_without_a_time_it_is_asked_for() -> None:
    fitting = a_service()
    put = {"article": fitting.product_id, "variante": fitting.id}
    for heure in ("", "hier", "\x00", "2026-13-45T99:99Z"):
        answer = a_browser().post("/panier", put | {"heure": heure})
        assert "Choisissez d&#x27;abord une heure" in answer.content.decode()


def test_a_press_moves_it_until_it_is_too_late() -> None:
    cut = a_service(cancel_hours=2)
    order = a_visit(cut, in_days(3, "14:00"))
    line = order.shop_orders.get().lines.get()
    browser, address = a_browser(), f"/commande/{order.secret}/rendez-vous"
    page = browser.get(address, {"rendez-vous": line.id}).content.decode()
    time = FIRST_TIME.findall(page)[-1]
    assert browser.post(address, {"rendez-vous": line.id, "heure": time}).status_code == 303
    assert Appointment.objects.get().starts_at == dt.datetime.fromisoformat(time)
    gone = browser.post(address, {"rendez-vous": line.id, "heure": in_days(-3, "14:00").isoformat()})
    assert "vient d&#x27;être pris" in gone.content.decode()
    other = Order.objects.get()
    assert browser.get(address, {"rendez-vous": other.id}).status_code == 404


def test_the_agenda_of_a_shop_tells_services_and_codes_but_nobody() -> None:
    cut = a_service(None, "Fauteuil", name="Coupe")
    shop = cut.product.shop
    order = a_visit(cut, in_days(3, "14:00"), email="cliente9@example.org")
    actions.absent(
        cut.product.service.resources.get(), Window(in_days(3, "16:00"), in_days(3, "17:00")), by=SYSTEM
    )
    feed = actions.open_feed(shop, by=SYSTEM)
    browser, address = a_browser(), f"/agenda/{feed.secret}.ics"
    answer = browser.get(address)
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert event["SUMMARY"] == f"Coupe · Fauteuil · {order.shop_orders.get().code}"
    assert event["DTSTART"].dt == in_days(3, "14:00")
    assert str(event["DTSTART"].dt.tzinfo) == "UTC"
    told = answer.content.decode()
    assert order.name not in told and order.email not in told
    again = browser.get(address, headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    actions.renew_feed(shop, by=SYSTEM)
    assert browser.get(address).status_code == 404


def test_the_page_is_read_in_as_many_queries_whoever_comes(django_assert_max_num_queries: object) -> None:
    cut = a_service()
    for hour in range(8, 12):
        a_visit(cut, in_days(3, f"{hour:02}:00"))
    with django_assert_max_num_queries(15):  # type: ignore[operator]
        a_browser().get(page_of(cut))
