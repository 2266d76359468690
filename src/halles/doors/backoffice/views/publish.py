# SPDX-License-Identifier: AGPL-3.0-or-later
"""« Publier »: a text, pictures and a link, ready for a group, a story or the shop's window."""

import uuid
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse

from halles.domain.catalogue import reads as catalogue
from halles.domain.catalogue import shelf
from halles.domain.catalogue.models import Product
from halles.domain.shops import reads as shops
from halles.domain.shops.models import Place, Shop
from halles.domain.shops.reads import Right
from halles.doors.backoffice import paging, post
from halles.doors.backoffice.access import ShopRequest, page, shop_page
from halles.doors.backoffice.forms.fields import plain
from halles.doors.ui.posters import kept, told
from halles.doors.ui.posters.facts import SIZES, Good, Shape
from halles.kernel.contact import show_phone

MOST = 4  # articles in one post
OFFERED = 12  # to choose from, before one searches
LONGEST_QUERY = 80
FILES = {f"{shape}.jpg": shape for shape in (Shape.SQUARE, Shape.STORY, Shape.SHEET)}
TO_PRINT = f"{Shape.SHEET}.pdf"


@shop_page(Right.CATALOGUE, methods=("GET", "HEAD"))
def publish(request: ShopRequest) -> HttpResponse:
    """Choose the articles, read the text, take it all along."""
    shop = request.shop
    if shop.standing != Shop.Standing.ONLINE:
        return page(request, "publish", "more", {"is_shown": False})
    chosen = _chosen(request)
    query = plain(request.GET.get("q", ""))[:LONGEST_QUERY]
    link = _link(shop, chosen)
    places = shops.places(shop)
    words = post.text(_facts(shop, places, chosen, link))
    context: dict[str, Any] = {
        "is_shown": True,
        "chosen": chosen,
        "names": ", ".join(product.name for product in chosen),
        "others": _others(shop, chosen, query),
        "query": query,
        "searches": "q" in request.GET,
        "too_many": len(set(request.GET.getlist("article"))) > MOST,
        "most": MOST,
        "link": link,
        "text": words,
        "whatsapp": f"https://wa.me/?text={quote(words)}",
        "facebook": f"https://www.facebook.com/sharer/sharer.php?{urlencode({'u': link})}",
        "pictures": _pictures(chosen),
    }
    return page(request, "publish", "more", context)


@shop_page(Right.CATALOGUE, methods=("GET", "HEAD"))
def picture(request: ShopRequest, file: str) -> HttpResponse:
    """One of the pictures, or the page to print; drawn when it is first asked for."""
    shop = request.shop
    if file not in {*FILES, TO_PRINT} or shop.standing != Shop.Standing.ONLINE:
        raise Http404
    chosen = _chosen(request)
    poster = told.poster(shop, _counter(shops.places(shop)), chosen, url=_link(shop, chosen))
    is_page = file == TO_PRINT
    body = kept.pdf(poster, Shape.SHEET) if is_page else kept.jpeg(poster, FILES[file])
    response = HttpResponse(body, content_type="application/pdf" if is_page else "image/jpeg")
    response["Content-Disposition"] = f'inline; filename="{shop.slug}-{file}"'
    return response


def _chosen(request: ShopRequest) -> list[Product]:
    """The articles of the post, of those online; the newest, when nothing was chosen."""
    if "article" not in request.GET and "choix" not in request.GET:
        return catalogue.page_of_shop(request.shop, 0, MOST)
    ids = list(dict.fromkeys(_ids(request.GET.getlist("article"))))
    found = catalogue.by_ids(request.shop.market, ids)
    return [product for product in found if product.shop_id == request.shop.id][:MOST]


def _ids(typed: Sequence[str]) -> list[uuid.UUID]:
    found = []
    for text in typed[: 10 * MOST]:
        try:
            found.append(uuid.UUID(text))
        except ValueError:
            continue
    return found


def _others(shop: Shop, chosen: Sequence[Product], query: str) -> list[Product]:
    """Others to choose from: the newest, or those that bear these words. Three queries."""
    if query:
        found = paging.first(shelf.products(shop, status=Product.Status.ONLINE, words=query), OFFERED)
    else:
        found = catalogue.page_of_shop(shop, 0, OFFERED)
    known = {product.id for product in chosen}
    return [product for product in found if product.id not in known]


def _facts(shop: Shop, places: Sequence[Place], chosen: Sequence[Product], link: str) -> post.Facts:
    hours = [
        (
            "" if place.kind == Place.Kind.COUNTER else place.name,
            [(period.weekday, period.opens, period.closes) for period in place.periods.all()],
        )
        for place in places
    ]
    return post.Facts(
        shop=shop.name,
        lines=[_line(told.good(product)) for product in chosen],
        warning=told.warning(chosen),
        takes_orders=told.takes_orders(shop),
        is_closed=shop.doors == Shop.Doors.CLOSED,
        is_shut=shop.doors == Shop.Doors.COLLECTION_ONLY,
        places=hours,
        phone=show_phone(shop.phone),
        address=told.street(_counter(places)),
        link=link,
    )


def _line(good: Good) -> post.Line:
    price = told.price_words(good)
    return post.Line(good.name, f"{price} ({good.per})" if good.per else price)


def _link(shop: Shop, chosen: Sequence[Product]) -> str:
    """Where a post leads: to its one article, else to the shop."""
    if len(chosen) == 1:
        return settings.ORIGIN + reverse("storefront:product", args=[shop.slug, chosen[0].slug])
    return settings.ORIGIN + reverse("storefront:shop", args=[shop.slug])


def _pictures(chosen: Sequence[Product]) -> list[dict[str, Any]]:
    """The three shapes with their addresses and sizes."""
    which = urlencode({"choix": 1, "article": [str(product.id) for product in chosen]}, doseq=True)

    def address(file: str) -> str:
        return f"{reverse('backoffice:post_picture', args=[file])}?{which}"

    return [
        {
            "shape": shape.value,
            "address": address(file),
            "width": SIZES[shape][0],
            "height": SIZES[shape][1],
            "pdf": address(TO_PRINT) if shape == Shape.SHEET else "",
        }
        for file, shape in FILES.items()
    ]


def _counter(places: Sequence[Place]) -> Place | None:
    return next((place for place in places if place.kind == Place.Kind.COUNTER), None)
