# SPDX-License-Identifier: AGPL-3.0-or-later
"""Products as cards on a shelf: each with its price and what can be said of it, in a constant number of queries."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from django.urls import reverse
from django.utils.translation import get_language, override

from halles.domain.catalogue.models import Picture, Product, Variant
from halles.domain.catalogue.rules import comparable_price
from halles.domain.fulfilment.reads import Address, Offered
from halles.domain.offers.reads import Wish, offers
from halles.domain.offers.rules import Offer
from halles.doors.storefront import words
from halles.doors.storefront.words import Said

Ways = Mapping[uuid.UUID, Sequence[Offered]]  # as `fulfilment.offered` says


@dataclass(frozen=True, slots=True)
class Card:
    """What a card shows of a product."""

    product: Product
    href: str
    picture: Picture | None
    amount: Decimal | None
    from_price: bool
    per: Decimal | None
    per_unit: str
    said: Said
    offer: Offer | None


def cards(
    products: Sequence[Product],
    wish: Wish | None = None,
    *,
    to: Address | None = None,
    ways: Ways | None = None,
    carried: str = "",
) -> list[Card]:
    """The cards of products read by `catalogue.reads`. Six more queries at most, one when the page knows the
    shops' ways already. `to` is where one lives, `carried` what their addresses hand on of it.
    """
    found = offers(variants_of(products), wish, to=to, ways=ways)
    told: dict[object, Said] = {}
    return [card(product, found, told, carried) for product in products]


def variants_of(products: Iterable[Product]) -> list[Variant]:
    """All that can be bought of some products."""
    return [variant for product in products for variant in product.choices]


def card(
    product: Product,
    found: Mapping[uuid.UUID, Offer],
    told: dict[object, Said] | None = None,
    carried: str = "",
) -> Card:
    """The card of a product whose offers are known; `told` keeps what was said of others like it on the page."""
    variants = product.choices
    best = min(variants, key=lambda variant: _rank(found[variant.id]), default=None)
    prices = {found[variant.id].price for variant in variants}
    offer = found[best.id] if best else None
    per = per_unit(best) if best else None
    return Card(
        product=product,
        href=href(product) + carried,
        picture=next(iter(product.photos), None),
        amount=min(prices, default=None),
        from_price=len(prices) > 1,
        per=per[0] if per and len(prices) == 1 else None,
        per_unit=per[1] if per else "kg",
        said=_said(product, offer, len(variants) > 1, {} if told is None else told)
        if offer
        else Said("none", ""),
        offer=offer,
    )


def _said(product: Product, offer: Offer, one_of_many: bool, told: dict[object, Said]) -> Said:
    """Most goods of a page are there from the same hour on: it is written once."""
    like = offer.word, offer.left, offer.when, offer.place, product.unit, product.is_unique, one_of_many
    if like not in told:
        told[like] = words.availability(
            offer, product.unit, is_unique=product.is_unique, one_of_many=one_of_many
        )
    return told[like]


def _rank(offer: Offer) -> tuple[bool, dt.datetime, Decimal]:
    """What can be had comes first, then what can be had soonest, then what costs least."""
    soonest = offer.when.start if offer.when else dt.datetime.max.replace(tzinfo=dt.UTC)
    return not offer.can_be_ordered, soonest, offer.price


def per_unit(variant: Variant) -> tuple[Decimal, str] | None:
    """The price per kilogram or litre that the law wants beside the price."""
    return comparable_price(variant.price, variant.product.unit, variant.content, variant.content_unit)


def href(product: Product) -> str:
    """A product's address."""
    return _address(get_language() or "fr").format(product.shop.slug, product.slug)


@lru_cache(maxsize=8)
def _address(language: str) -> str:
    """How a product's address is made of the two slugs, once for each language: a shelf has many."""
    with override(language):
        return (
            reverse("storefront:product", args=["-shop-", "-product-"])
            .replace("-shop-", "{}")
            .replace("-product-", "{}")
        )
