# SPDX-License-Identifier: AGPL-3.0-or-later
"""Looking around: the front page, the directory, the « rayons », the search."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from halles.domain.catalogue import reads as catalogue
from halles.domain.catalogue import search as finding
from halles.domain.catalogue.models import Category
from halles.domain.catalogue.search import Found
from halles.domain.fulfilment import reads as fulfilment
from halles.domain.fulfilment.reads import Offered
from halles.domain.offers.reads import Wish
from halles.domain.offers.rules import Word
from halles.domain.shops import reads as shops
from halles.domain.shops.models import Market, Place, Shop
from halles.doors.storefront import common, shelf, words
from halles.doors.storefront.forms import coming_days, read_day
from halles.doors.storefront.map import draw
from halles.doors.storefront.shelf import Card, Ways
from halles.doors.storefront.signposts import Signposts, signposts
from halles.doors.ui.public import public_page
from halles.doors.ui.words import TRADES

NEWEST = 12
OPEN_NOW = 6
LONGEST_QUERY = 200
LOOKED_AT = 240  # of so many it is asked whether they can be had on a day


@dataclass(frozen=True, slots=True)
class Seen:
    """A shop as cards and the map show it."""

    shop: Shop
    counter: Place | None
    status: str
    is_open: bool
    number: int = 0

    @property
    def trade_name(self) -> str:
        """What it is."""
        return str(TRADES[self.shop.trade])


@public_page
def front(request: HttpRequest) -> HttpResponse:
    """What are you looking for, and for when?"""
    market = shops.market()
    if market is None:
        return redirect("accounts:first")
    stands = list(shops.online(market))
    ways = fulfilment.offered(_in(market, stands))
    seen = _seen(stands, ways)
    newest = catalogue.by_ids(market, catalogue.newest_of_each(shops.online(market), NEWEST))
    context = {
        "days": coming_days(),
        "open_now": [one for one in seen if one.is_open][:OPEN_NOW],
        "shops": seen,
        "categories": _named(_top(catalogue.categories(market))),
        "cards": shelf.cards(newest, ways=ways),
        "delivered": fulfilment.is_delivered(market),
    }
    return common.page(request, "storefront/front.html", context, market=market)


@public_page
def directory(request: HttpRequest) -> HttpResponse:
    """All shops, as a list and as a map."""
    market = common.here(request)
    stands = list(shops.online(market))
    seen = _seen(stands, fulfilment.offered(_in(market, stands)))
    counters = [(one.shop, one.counter) for one in seen if one.counter]
    drawn = draw(counters, {one.shop.id: one.number for one in seen})
    return common.page(request, "storefront/directory.html", {"shops": seen, "map": drawn}, market=market)


def shops_moved(request: HttpRequest) -> HttpResponse:
    """Where people look for the shops when they shorten an address."""
    return redirect("storefront:directory", permanent=True)


@public_page
def category(request: HttpRequest, category: str) -> HttpResponse:
    """A « rayon » and those below it."""
    market = common.here(request)
    tree = catalogue.categories(market)
    found = next((known for known in tree if known.slug == category), None)
    if found is None:
        raise Http404
    number = common.page_number(request)
    first = (number - 1) * common.PAGE
    # The search knows what stands where without reading a whole « rayon »; its order is the newest first.
    ids = finding.find(market, "", category=found, most=first + common.PAGE + 1).ids[first:]
    if number > 1 and not ids:
        raise Http404
    context = {
        "category": found,
        "name": _name(found),
        "above": _named(catalogue.above(found, tree)),
        "below": _named([known for known in tree if known.parent_id == found.id]),
        "cards": shelf.cards(catalogue.by_ids(market, ids[: common.PAGE])),
        "number": number,
        "has_next": len(ids) > common.PAGE,
        "days": coming_days(),
    }
    return common.page(request, "storefront/category.html", context, market=market)


@public_page
def search(request: HttpRequest) -> HttpResponse:
    """Articles by words, « rayon », shop and day; the address says it all, so that it can be shared."""
    market = common.here(request)
    asked = request.GET
    tree = catalogue.categories(market)
    in_category = next((known for known in tree if known.slug == asked.get("rayon")), None)
    stands = list(shops.online(market))
    in_shop = next((known for known in stands if known.slug == asked.get("boutique")), None)
    query = " ".join(asked.get("q", "").replace("\x00", " ").split())[:LONGEST_QUERY]
    day, now_only = read_day(asked.get("jour", "")), asked.get("dispo") == "1"
    most = LOOKED_AT if day or now_only else finding.MOST
    led_to = signposts(query, stands, tree)
    found = finding.find(
        market, query, category=in_category, shop=in_shop, most=most, never_corrected=led_to.names
    )
    number = common.page_number(request)
    cards, total, more = _results(market, found, number, day, now_only)
    kept = {"q": query, "rayon": in_category.slug if in_category else "", "boutique": in_shop.slug if in_shop else "",
            "jour": day.isoformat() if day else "", "dispo": "1" if now_only else ""}  # fmt: skip
    context = {
        "query": query,
        "day": day,
        "now_only": now_only,
        "days": coming_days(),
        "in_category": in_category,
        "category_name": _name(in_category) if in_category else "",
        "in_shop": in_shop,
        "categories": _named(tree),
        "stands": stands,
        "cards": cards,
        **_signs(market, led_to, shown=number == 1 and not in_category and not in_shop),
        "found": words.found(total, more),
        "instead": [(typed, ", ".join(used)) for typed, used in found.instead.items()],
        "number": number,
        "has_next": total > number * common.PAGE,
        "kept": urlencode({name: value for name, value in kept.items() if value}),
        "without": _without(kept),
    }
    return common.page(request, "storefront/search.html", context, market=market)


def _signs(market: Market, led_to: Signposts, *, shown: bool) -> dict[str, object]:
    """The shops and « rayons » above the articles; a search within one of them has none."""
    stands = _in(market, led_to.shops) if shown else []
    return {
        "shops": _seen(stands, fulfilment.offered(stands)) if stands else [],
        "aisles": _named(led_to.categories) if shown else [],
    }


def _results(
    market: Market,
    found: Found,
    number: int,
    day: dt.date | None,
    now_only: bool,
) -> tuple[Sequence[Card], int, bool]:
    """One page of results, how many there are, whether there are more than anybody counts."""
    first = (number - 1) * common.PAGE
    if day is None and not now_only:
        products = catalogue.by_ids(market, found.ids[first : first + common.PAGE])
        return shelf.cards(products), len(found.ids), not found.all_of_them
    cards = shelf.cards(catalogue.by_ids(market, found.ids), Wish(day) if day else None)
    fitting = [card for card in cards if _fits(card, day, now_only)]
    return fitting[first : first + common.PAGE], len(fitting), not found.all_of_them


def _fits(card: Card, day: dt.date | None, now_only: bool) -> bool:
    offer = card.offer
    if offer is None or not offer.can_be_ordered or offer.when is None:
        return False
    if now_only and (
        offer.word not in {Word.HERE, Word.FEW_LEFT}
        or timezone.localdate(offer.when.start) != timezone.localdate()
    ):
        return False
    return day is None or timezone.localdate(offer.when.start) == day


def _without(kept: Mapping[str, str]) -> dict[str, str]:
    """For each filter that is set, the address without it."""
    address = reverse("storefront:search")
    others = {name: {k: v for k, v in kept.items() if v and k != name} for name in kept}
    return {name: f"{address}?{urlencode(rest)}" for name, rest in others.items()}


def _in(market: Market, stands: Sequence[Shop]) -> Sequence[Shop]:
    for shop in stands:
        shop.market = market
    return stands


def _seen(stands: Sequence[Shop], ways: Ways) -> list[Seen]:
    """Shops with whether they are open."""
    return [_one(shop, ways[shop.id], number) for number, shop in enumerate(stands, 1)]


def _one(shop: Shop, ways: Sequence[Offered], number: int) -> Seen:
    counter = next((way for way in ways if way.place.kind == Place.Kind.COUNTER), None)
    status, is_open = words.opening(shop, counter.hours if counter else None, timezone.now())
    return Seen(shop, counter.place if counter else None, status, is_open, number)


def _name(of: Category) -> str:
    return of.name_en if get_language() == "en" and of.name_en else of.name


def _top(tree: Sequence[Category]) -> list[Category]:
    known: set[uuid.UUID] = {category.id for category in tree}
    return [category for category in tree if category.parent_id not in known]


def _named(categories: Sequence[Category]) -> list[tuple[str, str]]:
    """Categories as (slug, name in the reader's language)."""
    return [(category.slug, _name(category)) for category in categories]
