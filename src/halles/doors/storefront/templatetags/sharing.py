# SPDX-License-Identifier: AGPL-3.0-or-later
"""What pages say in their head for those who share their link."""

from collections.abc import Sequence

from django import template
from django.utils.safestring import SafeString

from halles.domain.catalogue.models import Product
from halles.domain.shops.models import Market, Place, Shop
from halles.doors.storefront import sharing
from halles.doors.storefront.shelf import Card

register = template.Library()


@register.simple_tag
def share_market(market: Market) -> SafeString:
    """`{% share_market market %}`."""
    return sharing.market_tags(market)


@register.simple_tag
def share_shop(shop: Shop, counter: Place | None, cards: Sequence[Card]) -> SafeString:
    """`{% share_shop shop counter cards %}`: the cards of the first page of its shelf."""
    return sharing.shop_tags(shop, counter, [card.product for card in cards])


@register.simple_tag
def share_product(product: Product, shop: Shop, counter: Place | None) -> SafeString:
    """`{% share_product product shop counter %}`."""
    return sharing.product_tags(product, shop, counter)
