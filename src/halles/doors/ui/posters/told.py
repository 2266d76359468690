# SPDX-License-Identifier: AGPL-3.0-or-later
"""What posters, posts and previews say of articles and shops: the domain's records in a neighbour's words."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from halles.domain.catalogue import pictures
from halles.domain.catalogue.models import Product
from halles.domain.catalogue.rules import comparable_price
from halles.domain.shops.models import Market, Place, Shop
from halles.doors.ui.colours import CANVAS, MARKET_GREEN
from halles.doors.ui.formats import money, per_unit, unit_word
from halles.doors.ui.posters.facts import Good, Poster
from halles.kernel.contact import show_phone
from halles.kernel.units import Unit


def good(product: Product) -> Good:
    """An article with its price tag, as `catalogue.reads` brings it: no query."""
    variants = product.choices
    prices = {variant.price for variant in variants}
    price = money(min(prices, default=None))
    per = ""
    if len(prices) == 1 and (found := _comparable(product)):
        per = _("soit %(price)s") % {"price": per_unit(*found)}
    photo = next(iter(product.photos), None)
    return Good(
        name=product.name,
        price=_("dès %(price)s") % {"price": price} if len(prices) > 1 else price,
        unit=_of(product.unit),
        per=per,
        photo=pictures.original_of(photo) if photo else None,
    )


def _comparable(product: Product) -> tuple[Decimal, Unit] | None:
    """The one price per kilogram or litre of all its sizes, if they have one."""
    found = {
        comparable_price(variant.price, product.unit, variant.content, variant.content_unit)
        for variant in product.choices
    }
    return found.pop() if len(found) == 1 else None


def _of(unit: str) -> str:
    """Of what a price is the price, as one says it; a piece needs no word."""
    if unit == Unit.PIECE:
        return ""
    return _("le kilo") if unit == Unit.KILOGRAM else unit_word(unit)


def price_words(of: Good) -> str:
    """What an article costs, in a sentence: "24,90 € le kilo"."""
    return f"{of.price} {of.unit}".strip()


def title(of: Good) -> str:
    """An article and its price: "Comté 18 mois — 24,90 € le kilo"."""
    words = price_words(of)
    return f"{of.name} — {words}" if words else of.name


def warning(products: Sequence[Product]) -> str:
    """What must be said with alcohol wherever it is shown to be sold (CSP, L3323-4)."""
    if not any(product.is_alcohol for product in products):
        return ""
    return _("L'abus d'alcool est dangereux pour la santé, à consommer avec modération.")


def street(counter: Place | None) -> str:
    """Where a shop is, on one line: "12 rue de la Halle, Poitiers"."""
    if counter is None:
        return ""
    return ", ".join(part for part in (counter.address, counter.city) if part)


def takes_orders(shop: Shop) -> bool:
    """Whether one may reserve there today."""
    return shop.takes_orders and shop.doors != Shop.Doors.CLOSED


def poster(shop: Shop, counter: Place | None, products: Sequence[Product], *, url: str) -> Poster:
    """A shop with up to four of its articles, and where its QR code leads."""
    orders = takes_orders(shop)
    where = [street(counter), show_phone(shop.phone).replace(" ", "\u00a0")]
    return Poster(
        name=shop.name,
        trade=shop.trade,
        colour=shop.colour,
        light=shop.colour_light,
        goods=tuple(good(product) for product in products),
        where=" · ".join(part for part in where if part),
        call=_("Réservez en ligne, payez à la boutique") if orders else _("En vente à la boutique"),
        scan=_("Scannez pour réserver") if orders else _("Scannez pour en voir plus"),
        url=url,
        warning=warning(products),
    )


def preview(shop: Shop, counter: Place | None, products: Sequence[Product]) -> Poster:
    """What a link to a shop, or to its one article, shows."""
    return Poster(
        name=shop.name,
        trade=shop.trade,
        colour=shop.colour,
        light=shop.colour_light,
        goods=tuple(good(product) for product in products),
        where=street(counter),
        call=shop.tagline,
        warning=warning(products),
    )


def market_preview(market: Market) -> Poster:
    """What a link to the market shows."""
    return Poster(
        name=market.name,
        trade="panier",
        colour=MARKET_GREEN,
        light=CANVAS,
        where=market.city,
        call=market.tagline,
    )
