# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a shared link shows: title, price and picture, as the pages of shops, articles and the market say it in their head.

A picture's address bears a digest of all that is drawn on it, so that another price is another picture.
"""

from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from halles.domain.catalogue.models import Product
from halles.domain.shops.models import Market, Place, Shop
from halles.doors.ui.markup import markup
from halles.doors.ui.posters import told
from halles.doors.ui.posters.facts import SIZES, Poster, Shape

MOSAIC = 4  # articles of a shop that are shown together
LONGEST = 160  # characters of a description


def shop_poster(shop: Shop, counter: Place | None, newest: Sequence[Product]) -> Poster:
    """What a link to a shop shows."""
    return told.preview(shop, counter, newest[:MOSAIC])


def market_tags(market: Market) -> SafeString:
    """For the head of the front page."""
    poster = told.market_preview(market)
    address = f"{reverse('storefront:shared_market')}?v={poster.digest}"
    title = f"{market.name} · {market.city}" if market.city else market.name
    return _tags("website", title, market.tagline, address, market.name)


def shop_tags(shop: Shop, counter: Place | None, newest: Sequence[Product]) -> SafeString:
    """For the head of a shop's page; `newest` of its articles, the first page of its shelf."""
    address = (
        f"{reverse('storefront:shared_shop', args=[shop.slug])}?v={shop_poster(shop, counter, newest).digest}"
    )
    said = shop.tagline or shop.description or told.street(counter)
    return _tags("website", shop.name, said, address, shop.name)


def product_tags(product: Product, shop: Shop, counter: Place | None) -> SafeString:
    """For the head of an article's page."""
    poster = told.preview(shop, counter, [product])
    address = f"{reverse('storefront:shared_product', args=[shop.slug, product.slug])}?v={poster.digest}"
    title = told.title(poster.goods[0])
    where = ", ".join(part for part in (shop.name, counter.city if counter else "") if part)
    said = f"{where}. {product.description}" if product.description else where
    return _tags("product", title, said, address, f"{title}, {shop.name}")


def _tags(kind: str, title: str, said: str, address: str, seen: str) -> SafeString:
    width, height = SIZES[Shape.PREVIEW]
    described = Truncator(" ".join(said.split())).chars(LONGEST)
    properties = [
        ("type", kind), ("title", title), ("description", described), ("image", f"{settings.ORIGIN}{address}"),
        ("image:width", width), ("image:height", height), ("image:alt", seen),
    ]  # fmt: skip
    tags = [
        markup('<meta property="og:{}" content="{}">', name, value) for name, value in properties if value
    ]
    return SafeString("\n".join([*tags, '<meta name="twitter:card" content="summary_large_image">']))
