# SPDX-License-Identifier: AGPL-3.0-or-later
"""A conversation as a page shows it: the customer's, the shop's, the market's team's. `ui/parts/thread.html` draws it."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from halles.domain.catalogue.models import Product, Variant
from halles.domain.conversations.models import Conversation, Message, Photo, Side
from halles.domain.orders.actions.place import variant_name
from halles.domain.orders.models import ShopOrder
from halles.doors.ui import formats
from halles.doors.ui.pictures import Picture


@dataclass(frozen=True, slots=True)
class Article:
    """What is shown or asked about: its name, what it costs, where one sees it as long as it is on sale."""

    name: str
    price: str
    picture: Picture | None
    href: str


@dataclass(frozen=True, slots=True)
class Kept:
    """What the shop keeps for her: until when, under which code, and where the reader sees more."""

    until: dt.datetime
    code: str
    href: str


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message for one reader."""

    mine: bool
    who: str
    when: dt.datetime
    text: str
    photo: Photo | None
    article: Article | None
    kept: Kept | None


def bubbles(conversation: Conversation, messages: Iterable[Message], reader: Side) -> Iterator[Bubble]:
    """The thread, for one of those who read it."""
    for message in messages:
        variant = message.variant
        yield Bubble(
            mine=reader == (Side.SHOP if message.from_shop else Side.CUSTOMER),
            who=_who(conversation, message, reader),
            when=message.created_at,
            text=message.text,
            photo=getattr(message, "photo", None),
            article=article(variant.product, variant) if variant else None,
            kept=_kept(message.kept, reader) if message.kept else None,
        )


def _who(conversation: Conversation, message: Message, reader: Side) -> str:
    """Customers see the shop, its team also who of them it was."""
    if message.from_shop:
        return (reader == Side.SHOP and message.actor_label) or conversation.shop.name
    return _("Vous") if reader == Side.CUSTOMER else conversation.name


def _kept(part: ShopOrder, reader: Side) -> Kept:
    """To each where it is his: her order's link, the shop's page of it."""
    addresses = {
        Side.CUSTOMER: reverse("storefront:order", args=[part.order.secret]),
        Side.SHOP: reverse("backoffice:order", args=[part.id]),
        Side.MARKET: "",
    }
    return Kept(part.hold_until, part.code, addresses[reader])


def article(product: Product, variant: Variant | None = None) -> Article:
    """An article with the photographs that were brought along. No query when a variant is named, else one."""
    variant = variant or next(iter(product.choices), None)
    return Article(
        name=variant_name(product.name, variant.size, variant.colour) if variant else product.name,
        price=formats.per_unit(variant.price, product.unit) if variant else "",
        picture=next(iter(product.photos), None),
        href=reverse("storefront:product", args=[product.shop.slug, product.slug])
        if product.status == Product.Status.ONLINE
        else "",
    )
