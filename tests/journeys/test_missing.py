# SPDX-License-Identifier: AGPL-3.0-or-later
"""Something is missing, a day must close: the shop proposes, the neighbour answers in one tap."""

import re
from decimal import Decimal

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, expect

from halles.domain.orders.models import Order
from tests.browser import Live, axe, look, open_context
from tests.factories import a_category, a_market, a_shop, a_variant, an_order, owner_of
from tests.sign_in import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SMALL = {"width": 360, "height": 740}


def the_order(order: Order) -> str:
    return f"/commande/{order.secret}"


def test_an_equivalent_is_proposed_and_answered_in_one_tap(live: Live, browser: Browser) -> None:
    shop = a_shop(a_market(name="Marché d'essai"), name="Épicerie du Coin")
    shelf = a_category(shop.market, slug="miels", name="Miels")
    missing, rest = a_variant(shop, name="Miel de forêt", category=shelf), a_variant(shop, name="Pain")
    a_variant(shop, name="Miel de lavande", category=shelf, price=Decimal("6.50"))
    order = an_order(missing, rest)
    context = open_context(browser, live, viewport=SMALL, has_touch=True, is_mobile=True)
    shop_page, mine = context.new_page(), open_context(browser, live, viewport=SMALL).new_page()
    sign_in(shop_page, owner_of(shop))

    shop_page.goto(f"/gestion/commandes/{order.shop_orders.get().id}/regler")
    first = shop_page.get_by_role("group", name="Miel de forêt")
    first.get_by_label("Remplacer").check()
    first.get_by_label("Miel de lavande").check()
    axe(shop_page)
    look(shop_page, "remplacer")
    shop_page.get_by_role("button", name="Envoyer au client").tap()
    expect(
        shop_page.get_by_text("Appelez le client").or_(shop_page.get_by_text("dira oui ou non")).first
    ).to_be_visible()

    mine.goto(the_order(order))
    expect(mine.get_by_text("La boutique vous propose un changement")).to_be_visible()
    axe(mine)
    look(mine, "commande-proposition")
    mine.get_by_role("button", name="Sans Miel de lavande").click()
    expect(mine.get_by_text("La boutique vous propose")).to_have_count(0)
    expect(mine.locator(".errand-total")).to_contain_text("4,20")
    context.close()


def test_a_day_closes_in_one_tap_and_its_customers_are_asked(live: Live, browser: Browser) -> None:
    shop = a_shop(a_market(name="Marché d'essai"), name="Épicerie du Coin")
    order = an_order(a_variant(shop, name="Pain"))
    context = open_context(browser, live, viewport=SMALL, has_touch=True, is_mobile=True)
    page = context.new_page()
    sign_in(page, owner_of(shop))
    page.goto("/gestion/horaires")
    page.get_by_role("link", name="Fermer une journée").tap()
    day = timezone.localdate(order.shop_orders.get().collect_from)  # near midnight it is tomorrow
    page.locator(f'a[href="?jour={day}"]').tap()
    expect(page.get_by_text("1 commande est promise ce jour-là")).to_be_visible()
    axe(page)
    look(page, "fermer-une-journee")
    page.get_by_role("button", name=re.compile("^Fermer")).tap()
    expect(page.get_by_text("1 client est prévenu")).to_be_visible()
    mine = open_context(browser, live, viewport=SMALL).new_page()
    mine.goto(the_order(order))
    expect(mine.get_by_text("La boutique vous propose un autre jour")).to_be_visible()
    axe(mine)
    mine.get_by_role("button", name="D'accord").click()
    expect(mine.get_by_text("Changement accepté")).to_be_visible()
    context.close()
