# SPDX-License-Identifier: AGPL-3.0-or-later
"""« Je suis là, place 2 » : from a telephone in a car to the screen behind the counter."""

import re
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, expect

from halles.domain.fulfilment import actions as fulfilment
from halles.domain.orders.actions import prepare
from halles.domain.orders.models import ShopOrder
from halles.kernel.actor import SYSTEM
from tests import factories as make
from tests.browser import Live, axe, look, open_context
from tests.sign_in import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NARROW = {"width": 360, "height": 740}


def test_who_stops_before_the_shop_is_brought_his_order(browser: Browser, live: Live, settings: Any) -> None:
    settings.DATA, settings.MEDIA_ROOT = live.data, live.data / "media"
    shop = make.a_shop(make.a_market(), name="Le Bocal levé")
    fulfilment.change(
        shop.places.get(), fulfilment.Setting(curbside="places 1 à 4, rue du Marché"), by=SYSTEM
    )
    part = make.an_order(make.a_variant(shop)).shop_orders.get()
    prepare.accept(part, by=SYSTEM)
    ShopOrder.objects.update(collect_from=timezone.now())

    behind = open_context(browser, live, viewport=NARROW, has_touch=True, is_mobile=True).new_page()
    sign_in(behind, make.owner_of(shop))
    behind.goto("/gestion/commandes")
    car = open_context(browser, live, viewport=NARROW, has_touch=True, is_mobile=True).new_page()
    car.goto(f"/commande/{part.order.secret}")
    expect(car.get_by_text("places 1 à 4, rue du Marché")).to_be_visible()
    car.get_by_label("Où êtes-vous").fill("place 2")
    look(car, "drive-avant")
    axe(car)
    car.get_by_role("button", name="Je suis là", exact=True).tap()
    expect(car.get_by_text("La boutique est prévenue que vous êtes là.")).to_be_visible()

    expect(behind.get_by_text("Un client est là")).to_be_visible(timeout=30_000)
    expect(behind.get_by_text(re.compile("place 2")).first).to_be_visible()
    look(behind, "drive-sonne")
    behind.goto("/gestion/")
    expect(behind.get_by_text("Le client est là depuis")).to_be_visible()
    look(behind, "drive-aujourdhui")
    axe(behind)
    behind.get_by_role("button", name=re.compile("^C'est prêt")).first.tap()
    expect(behind.get_by_text("prête. Le client est prévenu.")).to_be_visible()
    behind.goto(f"/gestion/commandes/{part.id}")
    expect(behind.get_by_text("Le client attend dehors")).to_be_visible()
    car.reload()
    expect(car.get_by_text("elle arrive")).to_be_visible()
    look(car, "drive-vu")
    behind.get_by_role("button", name="Remise au client").tap()
    expect(behind.get_by_text("Cette commande est remise")).to_be_visible()
    car.reload()
    expect(car.get_by_text("Commande remise")).to_be_visible()
