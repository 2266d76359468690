# SPDX-License-Identifier: AGPL-3.0-or-later
"""A fitting booked beside goods on a small telephone, moved once; and the shop's agenda, blocked, freed, noted in, subscribed to."""

import re
from decimal import Decimal

import pytest
from playwright.sync_api import Browser, expect

from halles.domain.appointments.models import Appointment
from halles.domain.orders.models import ShopOrder
from halles.domain.orders.rules import State
from tests import factories as make
from tests.browser import Live, axe, look, open_context
from tests.sign_in import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NARROW = {"width": 360, "height": 740}


def test_a_fitting_with_a_jumper(live: Live, browser: Browser) -> None:
    shop = make.a_shop(make.a_market(), name="Aux Trois Boutons")
    make.a_service(shop, "Cabine", minutes=30, cancel_hours=2, name="Essayage", price=Decimal(0))
    make.a_product(shop, name="Pull marin", price=Decimal(89))
    phone = open_context(browser, live, viewport=NARROW, has_touch=True, is_mobile=True).new_page()
    phone.goto(f"/boutiques/{shop.slug}")
    phone.get_by_role("link", name="Pull marin").first.tap()
    phone.get_by_role("button", name="Ajouter au panier").tap()
    expect(phone.get_by_role("heading", name="Votre panier")).to_be_visible()
    phone.goto(f"/boutiques/{shop.slug}")
    phone.get_by_role("link", name="Essayage").first.tap()
    expect(phone.get_by_role("heading", name="Quand venez-vous")).to_be_visible()
    axe(phone)
    look(phone, "essayage")
    phone.get_by_role("link", name="Plus tard").tap()
    phone.get_by_role("button", name="14 h", exact=True).first.tap()
    expect(phone.get_by_role("link", name="Changer d'heure")).to_be_visible()
    axe(phone)
    look(phone, "panier-essayage")
    phone.get_by_role("button", name="Commander").tap()
    expect(phone.get_by_text("Vous pouvez annuler ou changer d'heure jusqu'à")).to_be_visible()
    phone.get_by_label("Votre nom").fill("Cliente")
    phone.get_by_label("Votre adresse électronique").fill("cliente@example.org")
    axe(phone)
    phone.get_by_role("button", name="Réserver, je paie à la boutique").tap()
    expect(phone.get_by_role("link", name="Ajouter à mon agenda")).to_be_visible()
    axe(phone)
    look(phone, "commande-essayage")
    before = Appointment.objects.get().starts_at
    part = ShopOrder.objects.get()
    assert (part.is_visit, part.total, part.collect_from) == (False, Decimal(89), before)
    phone.get_by_role("link", name="Changer d'heure").tap()
    axe(phone)
    look(phone, "changer-heure")
    phone.get_by_role("button", name="16 h", exact=True).last.tap()
    expect(phone.get_by_text(re.compile("à 16.h · Cabine"))).to_be_visible()
    assert Appointment.objects.get().starts_at != before

    context = open_context(browser, live, viewport=NARROW, has_touch=True, is_mobile=True)
    page = context.new_page()
    sign_in(page, make.owner_of(shop))
    day = Appointment.objects.get().starts_at.date().isoformat()
    page.goto("/gestion/")
    page.get_by_role("link", name="Agenda").last.tap()
    page.goto(f"/gestion/agenda?jour={day}")
    expect(page.get_by_role("link", name="Essayage · Cliente")).to_be_visible()
    page.locator("summary", has_text="Bloquer un moment").tap()
    page.locator("#bloquer_since").fill("09:00")
    page.locator("#bloquer_until").fill("10:00")
    page.get_by_role("button", name=re.compile("^Bloquer ")).tap()
    expect(page.get_by_text("C'est bloqué.")).to_be_visible()
    axe(page)
    look(page, "agenda")
    page.get_by_role("button", name="Libérer").tap()
    expect(page.get_by_text("C'est de nouveau libre.")).to_be_visible()
    page.locator("summary", has_text="Noter un rendez-vous").tap()
    page.locator("#noter_heure").fill("11:00")
    page.locator("#noter_telephone").fill("05 49 00 00 00")
    page.locator("#noter_nom").fill("Cliente 2")
    page.get_by_role("button", name=re.compile("^Noter pour ")).tap()
    expect(page.get_by_text(re.compile("^Rendez-vous .* noté"))).to_be_visible()
    axe(page)
    page.get_by_role("link", name="Dans l'agenda de mon téléphone").tap()
    page.get_by_role("button", name="Faire mon adresse").tap()
    expect(page.get_by_label("L'adresse, à garder pour vous")).to_have_value(re.compile(r"/agenda/.+\.ics$"))
    axe(page)
    look(page, "agenda-telephone")
    assert ShopOrder.objects.filter(state=State.ACCEPTED, is_visit=True).count() == 1
    context.close()
