# SPDX-License-Identifier: AGPL-3.0-or-later
"""What every page of the market needs: the market itself, its addresses in both languages, the basket's cookies."""

import re
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from halles.domain.fulfilment.reads import Address
from halles.domain.orders import reads as orders
from halles.domain.orders.models import Basket, Order
from halles.domain.shops import reads as shops
from halles.domain.shops.models import Market, Shop
from halles.kernel.actor import Actor, Kind

BASKET = "panier"  # which basket is whose; only we read it
BASKET_COUNT = (
    "panier_n"  # how many lines it has, for the page's head: pages themselves are the same for everybody
)
SECRET = re.compile(r"[\w-]{1,40}", re.ASCII)
PAGE = 24
# A postal code and a commune's code at INSEE: where somebody lives, as far as an address may say it.
CARRIED = {"ou": re.compile(r"\d{5}", re.ASCII), "commune": re.compile(r"[0-9AB]{5}", re.ASCII)}


def here(request: HttpRequest) -> Market:
    """The market one is in.

    :raises Http404: as long as nobody has opened one.
    """
    market = shops.market()
    if market is None:
        raise Http404
    return market


def shop_or_404(market: Market, slug: str) -> Shop:
    """The shop at an address, present or former."""
    shop = shops.by_slug(market, slug)
    if shop is None:
        raise Http404
    shop.market = market  # asked for already
    return shop


def page(
    request: HttpRequest, template: str, context: dict[str, Any], *, market: Market, status: int = 200
) -> HttpResponse:
    """A page of the market, with its address in each language."""
    french = request.path.removeprefix("/en") or "/"
    english = f"/en{french}"
    other = french if get_language() == "en" else english
    addresses = {
        "french_url": french,
        "english_url": english,
        "other_language_url": other,
        "canonical_url": request.path,
    }
    return render(request, template, {"market": market} | addresses | context, status=status)


def carried(request: HttpRequest) -> str:
    """What an address says of where somebody lives, to be handed on: "?ou=86180", "" when it says nothing."""
    said = {name: request.GET.get(name, "") for name in CARRIED}
    kept = {name: value for name, value in said.items() if CARRIED[name].fullmatch(value)}
    return f"?{urlencode(kept)}" if "ou" in kept else ""


def lives_at(request: HttpRequest) -> Address | None:
    """Where somebody lives, as an address says it."""
    said = dict(parse_qsl(carried(request)[1:]))
    return Address(said["ou"], said.get("commune", "")) if said else None


def page_number(request: HttpRequest) -> int:
    """Which page of a list is asked for; the first when that is nonsense."""
    typed = request.GET.get("page", "")
    return int(typed) if typed.isascii() and typed.isdigit() and 0 < len(typed) < 5 and int(typed) else 1


# -- the basket's cookies ------------------------------------------------------------------------------------------


def basket_secret(request: HttpRequest) -> str:
    """What the cookie says, if it can be a basket's."""
    said = request.COOKIES.get(BASKET, "")
    return said if SECRET.fullmatch(said) else ""


def basket_of(request: HttpRequest) -> Basket | None:
    """The visitor's basket, if there is one that is not an order yet."""
    return orders.basket(basket_secret(request))


def remember(response: HttpResponse, basket: Basket, lines: int | None = None) -> HttpResponse:
    """Let the browser keep the basket, with the number of its lines, until it is closed."""
    secure = settings.ORIGIN.startswith("https://")
    response.set_cookie(BASKET, basket.secret, httponly=True, samesite="Lax", secure=secure)
    number = basket.lines.count() if lines is None else lines
    response.set_cookie(BASKET_COUNT, str(number), samesite="Lax", secure=secure)
    return response


def forget(response: HttpResponse) -> HttpResponse:
    """The basket became an order."""
    response.delete_cookie(BASKET, samesite="Lax")
    response.delete_cookie(BASKET_COUNT, samesite="Lax")
    return response


def customer(order: Order) -> Actor:
    """Who holds an order's link."""
    return Actor(Kind.CUSTOMER, str(order.customer_id), order.name)
