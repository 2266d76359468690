# SPDX-License-Identifier: AGPL-3.0-or-later
"""The shop's agenda: what comes, a time blocked and freed, somebody noted; an article becomes a service."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories import a_product, a_service, a_shop, a_visit, in_days, owner_of

from halles.domain.appointments import reads
from halles.domain.appointments.models import Appointment, Feed, Service
from halles.domain.catalogue.models import Kind, Product
from halles.domain.orders.actions import prepare
from halles.domain.orders.models import ShopOrder
from halles.domain.orders.rules import State
from halles.domain.people.models import Account
from halles.kernel.actor import SYSTEM

pytestmark = pytest.mark.django_db


def signed_in(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def day(days: int) -> str:
    return in_days(days, "12:00").date().isoformat()


def test_who_does_not_book_sees_no_agenda_and_who_does_reaches_it() -> None:
    plain = signed_in(owner_of(a_product().shop))
    assert "Agenda" not in plain.get("/gestion/").content.decode()
    assert "sur rendez-vous" in plain.get("/gestion/agenda").content.decode()
    booked = signed_in(owner_of(a_service().product.shop))
    assert "/gestion/agenda" in booked.get("/gestion/").content.decode()


def test_the_day_shows_who_comes_and_flags_what_is_outside_the_hours() -> None:
    cut = a_service(None, "Cabine", "Atelier", name="Essayage")
    shop = cut.product.shop
    order = a_visit(cut, in_days(3, "14:00"))
    me = signed_in(owner_of(shop))
    page = me.get(f"/gestion/agenda?jour={day(3)}").content.decode()
    assert "14\xa0h – 15\xa0h" in page and order.name in page and "Cabine" in page
    assert "La boutique est fermée à cette heure" not in page
    told = me.post(
        "/gestion/horaires/conges", {"first_day": day(2), "last_day": day(4), "reason": ""}, follow=True
    )
    assert "1 rendez-vous tombe pendant" in told.content.decode()
    assert "La boutique est fermée à cette heure" in me.get(f"/gestion/agenda?jour={day(3)}").content.decode()


def test_a_time_is_blocked_and_freed() -> None:
    shop = a_service().product.shop
    me = signed_in(owner_of(shop))
    typed = {"day": day(3), "since": "14:00", "until": "15:00"}
    assert me.post("/gestion/agenda/bloquer", typed).status_code == 303
    held = Appointment.objects.get()
    assert (held.starts_at, held.ends_at) == (in_days(3, "14:00"), in_days(3, "15:00"))
    wrong = me.post("/gestion/agenda/bloquer", typed | {"until": "13:00"}).content.decode()
    assert "Dites une heure de fin" in wrong and 'value="14:00"' in wrong
    me.post(reverse("backoffice:agenda_back", args=[held.id]), {"day": day(3)})
    assert not Appointment.objects.exists()
    rival = signed_in(owner_of(a_shop()))
    me.post("/gestion/agenda/bloquer", typed)
    rival.post(reverse("backoffice:agenda_back", args=[Appointment.objects.get().id]))
    assert Appointment.objects.exists()


def test_somebody_on_the_telephone_is_noted_once() -> None:
    cut = a_service()
    me = signed_in(owner_of(cut.product.shop))
    typed = {
        "day": day(3), "cle": "0192f0c0-0000-7000-8000-000000000001", "service": str(cut.id), "heure": "14:00",
        "telephone": "05 49 00 00 00", "nom": "Cliente 7",
    }  # fmt: skip
    for _twice in range(2):
        assert me.post("/gestion/agenda/noter", typed).status_code == 303
    part = ShopOrder.objects.get()
    assert (part.state, part.collect_from, part.is_visit) == (State.ACCEPTED, in_days(3, "14:00"), True)
    other = typed | {"cle": "0192f0c0-0000-7000-8000-000000000002", "nom": "Cliente 8"}
    refused = me.post("/gestion/agenda/noter", other).content.decode()
    assert "vient d&#x27;être prise" in refused and "Cliente 8" in refused


def test_a_visit_is_over_with_one_press() -> None:
    cut = a_service()
    part = a_visit(cut, in_days(1, "10:00")).shop_orders.get()
    prepare.accept(part, by=SYSTEM)
    me = signed_in(owner_of(cut.product.shop))
    page = me.get(reverse("backoffice:order", args=[part.id])).content.decode()
    assert "C'est passé" in page or "C&#x27;est passé" in page
    assert "Il manque quelque chose" not in page
    me.post(reverse("backoffice:handed_over", args=[part.id]))
    part.refresh_from_db()
    assert part.state == State.HANDED_OVER


def test_the_address_of_the_agenda_is_made_anew_and_closed() -> None:
    shop = a_service().product.shop
    me = signed_in(owner_of(shop))
    secrets = []
    for do in ("ouvrir", "refaire"):
        me.post("/gestion/agenda/telephone", {"faire": do})
        secrets.append(Feed.objects.get().secret)
    page = me.get("/gestion/agenda/telephone").content.decode()
    assert secrets[1] in page and secrets[0] not in page
    me.post("/gestion/agenda/telephone", {"faire": "fermer"})
    assert not Feed.objects.exists()
    assert me.post("/gestion/agenda/telephone", {"faire": "\x00"}).status_code == 200


def test_an_article_becomes_a_service_and_is_one_no_longer() -> None:
    product = a_product(online=False)
    me = signed_in(owner_of(product.shop))
    address = reverse("backoffice:product", args=[product.id])
    typed = {
        "name": "Essayage", "price": "0", "kind": "service", "unit": "piece", "availability": "available",
        "minutes": "45", "pause": "10", "resources": "Cabine 1, Cabine 2", "cancel_hours": "", "publish": "",
    }  # fmt: skip
    assert me.post(address, typed).status_code == 303
    service = Service.objects.get()
    assert (service.minutes, service.pause, service.cancel_hours) == (45, 10, 24)
    assert [one.name for one in reads.resources(product.shop)] == ["Cabine 1", "Cabine 2"]
    product.refresh_from_db()
    assert (product.kind, product.status) == (Kind.SERVICE, Product.Status.ONLINE)  # for nothing, and online
    page = me.get(address).content.decode()
    assert re.search(r'name="minutes" value="45"', page) and "Cabine 1, Cabine 2" in page
    wrong = me.post(address, typed | {"minutes": "7"}).content.decode()
    assert "de 5 en 5" in wrong
    me.post(address, typed | {"minutes": ""})
    assert not Service.objects.exists()
