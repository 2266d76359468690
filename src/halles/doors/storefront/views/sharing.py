# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pictures of shared links: drawn when somebody first asks, only of what is online, only as it is now."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from halles.domain.catalogue import reads as catalogue
from halles.domain.shops import reads as shops
from halles.domain.shops.models import Place, Shop
from halles.doors.storefront import common, sharing
from halles.doors.ui.posters import kept, told
from halles.doors.ui.posters.facts import Poster
from halles.doors.ui.public import shared_file

COME_BACK = 10  # seconds


@require_safe
@shared_file
def market(request: HttpRequest) -> HttpResponse:
    """The market's."""
    return _answer(request, told.market_preview(common.here(request)))


@require_safe
@shared_file
def shop(request: HttpRequest, shop: str) -> HttpResponse:
    """A shop's, with the newest of its articles."""
    found = common.shop_or_404(common.here(request), shop)
    if found.slug != shop:
        return redirect("storefront:shared_shop", found.slug, permanent=True)
    newest = catalogue.page_of_shop(found, 0, sharing.MOSAIC)
    return _answer(request, sharing.shop_poster(found, _counter(found), newest))


@require_safe
@shared_file
def product(request: HttpRequest, shop: str, product: str) -> HttpResponse:
    """An article's, with its price."""
    found = common.shop_or_404(common.here(request), shop)
    good, _others = catalogue.by_slug(found, product)
    if good is None:
        raise Http404
    if (found.slug, good.slug) != (shop, product):
        return redirect("storefront:shared_product", found.slug, good.slug, permanent=True)
    return _answer(request, told.preview(found, _counter(found), [good]))


def _counter(shop: Shop) -> Place | None:
    return next((place for place in shops.places(shop) if place.kind == Place.Kind.COUNTER), None)


def _answer(request: HttpRequest, poster: Poster) -> HttpResponse:
    """The picture at the address that says what is on it; from any other address on to this one."""
    if request.GET.get("v") != poster.digest:
        return redirect(f"{request.path}?v={poster.digest}")
    try:
        return HttpResponse(kept.preview(poster), content_type="image/jpeg")
    except kept.Busy:
        return HttpResponse(status=503, headers={"Retry-After": str(COME_BACK)})
