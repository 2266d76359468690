# SPDX-License-Identifier: AGPL-3.0-or-later
"""A shop, its terms, and its products."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any
from urllib.parse import parse_qsl

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from halles.domain.catalogue import reads as catalogue
from halles.domain.catalogue.models import Product, Variant
from halles.domain.catalogue.rules import FOOD_KINDS
from halles.domain.fulfilment import reads as fulfilment
from halles.domain.fulfilment.reads import Offered
from halles.domain.offers.reads import offers
from halles.domain.offers.rules import Offer, Word
from halles.domain.orders.rules import by_weight
from halles.domain.shops.models import Market, Place, Shop
from halles.domain.shops.rules import Hours
from halles.doors.storefront import appointments, common, means, quantities, shelf, words
from halles.doors.storefront.forms import AddForm, read_day
from halles.doors.ui import amounts, formats
from halles.doors.ui.public import public_page
from halles.doors.ui.terms import terms_of
from halles.doors.ui.words import ALLERGENS, PORTIONS, TRADES, left
from halles.kernel.numbers import line_total

LAST_ONES = (1, 2)  # worth saying beside a size


@public_page
def shop(request: HttpRequest, shop: str) -> HttpResponse:
    """A shop: whether it is open, how to collect, its shelf, who it is before the law."""
    market = common.here(request)
    found = common.shop_or_404(market, shop)
    if found.slug != shop:
        return redirect("storefront:shop", found.slug, permanent=True)
    number = common.page_number(request)
    first = (number - 1) * common.PAGE
    products = catalogue.page_of_shop(found, first, common.PAGE + 1)
    if number > 1 and not products:
        raise Http404
    to = common.lives_at(request)
    ways = fulfilment.offered([found], to)
    context = {
        **described(found, ways[found.id]),
        "cards": shelf.cards(products[: common.PAGE], to=to, ways=ways, carried=common.carried(request)),
        "kept": common.carried(request)[1:],
        "means": means.of_shop(found, ways[found.id], to),
        "number": number,
        "has_next": len(products) > common.PAGE,
    }
    return common.page(request, "storefront/shop.html", context, market=market)


@public_page
def conditions(request: HttpRequest, shop: str) -> HttpResponse:
    """The terms of a shop: the same words that are kept with each order."""
    market = common.here(request)
    found = common.shop_or_404(market, shop)
    if found.slug != shop:
        return redirect("storefront:conditions", found.slug, permanent=True)
    described_shop = described(found, fulfilment.offered([found])[found.id])
    terms = terms_of(found, described_shop["counter"])
    return common.page(
        request, "storefront/legal/conditions.html", described_shop | {"terms": terms}, market=market
    )


@public_page
def product(request: HttpRequest, shop: str, product: str) -> HttpResponse:
    """A product, at its address or a former one."""
    market = common.here(request)
    found = common.shop_or_404(market, shop)
    good, others = catalogue.by_slug(found, product)
    if good is None:
        raise Http404
    if (found.slug, good.slug) != (shop, product):
        return redirect("storefront:product", found.slug, good.slug, permanent=True)
    return product_page(request, market, good, AddForm(good), others)


def product_page(
    request: HttpRequest, market: Market, good: Product, form: AddForm, others: Sequence[Product] = ()
) -> HttpResponse:
    """A product's page; also the answer to a wrong choice, with what was typed and why it cannot be."""
    variants = form.choices
    to = common.lives_at(request)
    ways = fulfilment.offered([good.shop], to)
    answers = offers([*variants, *shelf.variants_of(others)], to=to, ways=ways)
    choices = [_choice(variant, answers[variant.id], form, len(variants)) for variant in variants]
    chosen = next((c for c in choices if c["checked"]), None) or _first_to_be_had(choices)
    context = {
        **described(good.shop, ways[good.shop_id]),
        "means": means.of_product(good, ways[good.shop_id], to),
        "product": good,
        "form": form,
        "choices": choices,
        "colours": [(colour, list(group)) for colour, group in groupby(choices, lambda c: c["colour"])],
        "chosen": chosen,
        "same_price": len({choice["offer"].price for choice in choices}) == 1,
        "can_be_ordered": any(choice["offer"].can_be_ordered for choice in choices),
        "out_of_reach": all(choice["offer"].word == Word.OUT_OF_REACH for choice in choices),
        "not_here": all(choice["offer"].word == Word.NO_ORDERS for choice in choices),
        "asking": quantities.asking(good.unit),
        "portion": _portion(good, chosen["offer"]) if chosen else None,
        "most": quantities.shown(chosen["offer"].left, good.unit)
        if chosen and chosen["offer"].left
        else None,
        "allergens": [ALLERGENS.get(name, name) for name in good.allergens],
        "is_food": good.kind in FOOD_KINDS,
        "pictures": good.photos,
        "others": [shelf.card(other, answers, None, common.carried(request)) for other in others],
        "carried": dict(parse_qsl(common.carried(request)[1:])),
        "canonical_url": shelf.href(good),
        "appointments": appointments.shown(
            good, _counter_hours(ways[good.shop_id]), read_day(request.GET.get("des", ""))
        ),
    }
    return common.page(request, "storefront/product.html", context, market=market)


def _portion(good: Product, offer: Offer) -> dict[str, Any] | None:
    """What a page says of a good that is weighed: one portion, or as much as people usually ask for, and its price."""
    if not by_weight(good.unit):
        return None
    weight, left = good.portion_weight, offer.left
    if not weight or (left is not None and left < weight):  # not one is left
        usual = Decimal(quantities.asking(good.unit).usual) / 1000
        return {"words": formats.quantity(usual, good.unit), "price": line_total(offer.price, usual)}
    return {
        "in_portions": True,
        "words": amounts.one_of(good.portion, weight),
        "name": PORTIONS[good.portion],
        "price": line_total(offer.price, weight),
        "most": None if left is None else int(left // weight),
    }


def _choice(variant: Variant, offer: Any, form: AddForm, number: int) -> dict[str, Any]:  # noqa: ANN401
    product = form.product
    per = shelf.per_unit(variant)
    return {
        "variant": variant,
        "colour": variant.colour if variant.size else "",
        "name": variant.size or variant.colour,
        "offer": offer,
        "said": words.availability(offer, product.unit, is_unique=product.is_unique, one_of_many=number > 1),
        "last_ones": left(offer.left, product.unit)
        if offer.can_be_ordered and offer.left in LAST_ONES
        else "",
        "per": per[0] if per else None,
        "per_unit": per[1] if per else "kg",
        "checked": form.data.get("variante") == str(variant.id) or number == 1,
    }


def _first_to_be_had(choices: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    """What is shown before anybody has chosen: the first that can be ordered."""
    return next(
        (choice for choice in choices if choice["offer"].can_be_ordered), choices[0] if choices else None
    )


def _counter_hours(ways: Sequence[Offered]) -> Hours | None:
    return next((way.hours for way in ways if way.place.kind == Place.Kind.COUNTER), None)


def described(of: Shop, ways: Sequence[Offered]) -> dict[str, Any]:
    """What pages say of a shop: open or not, its counter and stalls with their week."""
    counter = next((way for way in ways if way.place.kind == Place.Kind.COUNTER), None)
    status, is_open = words.opening(of, counter.hours if counter else None, timezone.now())
    stands = [way for way in ways if way.place.kind in Place.STANDS]
    return {
        "shop": of,
        "trade_name": TRADES[of.trade],
        "status": status,
        "is_open": is_open,
        "counter": counter.place if counter else None,
        "weeks": [{"place": way.place, "days": _week(way.hours)} for way in stands if way.hours.periods],
        "preparation": words.preparation(of.preparation_minutes),
        "today": timezone.localdate().weekday(),
    }


def _week(hours: Hours) -> list[tuple[int, list[tuple[object, object]]]]:
    """The seven days with their openings."""
    return [
        (day, [(opens, closes) for weekday, opens, closes in hours.periods if weekday == day])
        for day in range(7)
    ]
