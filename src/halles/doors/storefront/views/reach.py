# SPDX-License-Identifier: AGPL-3.0-or-later
"""« Chez moi » : who comes to an address, when and at what price, before anything is in a basket.

The choice travels in the address (`?ou=86180`): nobody needs a cookie to say where he lives.
"""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from halles.domain.fulfilment import reads as fulfilment
from halles.domain.fulfilment.reads import Address, Offered
from halles.domain.fulfilment.rules import Terms
from halles.domain.shops.models import Market, Shop
from halles.domain.shops.rules import Window
from halles.doors.storefront import common, ways
from halles.doors.ui import formats
from halles.doors.ui.public import public_page
from halles.doors.ui.words import TRADES

SHOWN = 12  # shops on a page


@dataclass(frozen=True, slots=True)
class Coming:
    """A shop that comes, when it may next, and what that costs."""

    shop: Shop
    way: Offered
    terms: Terms
    next: Window | None

    @property
    def trade_name(self) -> str:
        """What it sells, in a word."""
        return str(TRADES[self.shop.trade])

    @property
    def when(self) -> str:
        """When it may next come."""
        return ways.coming(self.next, brought=True) if self.next else ""

    @property
    def costs(self) -> str:
        """What that costs."""
        return ways.price(self.terms)

    @property
    def before(self) -> str:
        """Until when one may order for that."""
        last = self.way.calendar.last_order(self.next) if self.next else None
        return formats.moment(last)


@public_page
def reach(request: HttpRequest) -> HttpResponse:
    """A postal code or a commune, and who comes there."""
    market = common.here(request)
    where = ways.destination(request.GET.get("ou", ""), request.GET.get("commune", ""))
    number = common.page_number(request)
    found = _coming(market, where, number) if where.postal_code else []
    context = {
        "destination": where,
        "typed": request.GET.get("ou", "")[:80],
        "to": ways.travelling(where),
        "shops": found[:SHOWN],
        "number": number,
        "has_next": len(found) > SHOWN,
    }
    return common.page(request, "storefront/reach.html", context, market=market)


def _coming(market: Market, where: ways.Destination, number: int) -> list[Coming]:
    """A page of them and one more. Seven queries at most."""
    to = Address(where.postal_code, where.commune.insee if where.commune else "")
    shops = fulfilment.reaching(market, to, first=(number - 1) * SHOWN, most=SHOWN + 1)
    offered, now = fulfilment.offered(shops, to), timezone.now()
    found = []
    for shop in shops:
        ready = fulfilment.ready(offered[shop.id], shop, now)
        rounds = [way for way in offered[shop.id] if way.comes_to_you and way.method.is_on]
        for way in rounds:
            if terms := way.terms(to):
                soonest = way.nearest(ready=ready, now=now, after=None) if ready else None
                found.append(Coming(shop, way, terms, soonest))
    return found
