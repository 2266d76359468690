# SPDX-License-Identifier: AGPL-3.0-or-later
"""In a real browser: narrow telephones and large letters lose nothing of « Ma boutique »."""

from decimal import Decimal

import pytest
from playwright.sync_api import Page
from tests import factories as make
from tests.browser import Live

from halles.domain.orders.actions import prepare, settle
from halles.domain.people.actions import one_use_code
from halles.kernel.actor import SYSTEM

pytestmark = pytest.mark.browser
PAGES = ["", "commandes", "articles", "stock", "horaires", "identite", "equipe", "plus", "echelle"]
# Where something is cut off, or pushes the page sideways; what scrolls sideways by itself may.
CUT = """() => [...document.querySelectorAll("main *, header *, nav *")].filter((e) =>
    e.getClientRects().length && !e.closest(".chips.scroll, .photos, .unseen, svg, .hidden")
    && e.getBoundingClientRect().right > innerWidth + 1
).map((e) => e.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize(("width", "letters"), [(320, "100%"), (360, "200%")])
def test_nothing_is_cut(live: Live, phone: Page, width: int, letters: str) -> None:
    shop = make.a_shop()
    one = make.a_product(shop, name="Confiture extraordinairement longue d'anticonstitutionnellement")
    two = make.a_product(shop, name="Miel", stock_of=5)
    order = make.an_order(make.variant_of(one), make.variant_of(two), quantity=2).shop_orders.get()
    waiting = make.an_order(make.variant_of(one), quantity=2).shop_orders.get()
    change = settle.LineChange(waiting.lines.get().id, Decimal(1))
    settle.settle(waiting, [change], by=SYSTEM)
    prepare.accept(order, by=SYSTEM)
    phone.set_viewport_size({"width": width, "height": 740})
    phone.goto(f"/compte/entrer/{one_use_code(make.owner_of(shop), by=SYSTEM)}")
    phone.get_by_role("button", name="Entrer").click()
    phone.wait_for_url("**/gestion/**")
    pages = [*PAGES, f"commandes/{waiting.id}", f"commandes/{order.id}/regler", f"articles/{one.id}"]
    for page in pages:
        phone.goto(f"/gestion/{page}")
        phone.evaluate("document.querySelectorAll('details').forEach((e) => { e.open = true })")
        phone.evaluate("size => { document.documentElement.style.fontSize = size }", letters)
        assert not phone.evaluate(CUT), page
        assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth"), page
