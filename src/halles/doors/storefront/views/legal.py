# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who publishes the market, what is kept of visitors, and what robots may read."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from halles.domain.catalogue import reads as catalogue
from halles.domain.shops import reads as shops
from halles.domain.tradeitems import reads as tradeitems
from halles.doors.storefront import common
from halles.doors.ui.public import public_page

LARGEST_SITEMAP = 45_000  # the format allows 50,000 addresses a file


@public_page
def legal(request: HttpRequest) -> HttpResponse:
    """Who publishes, who sells."""
    market = common.here(request)
    context = {"shops": shops.online(market), "credited": tradeitems.credited()}
    return common.page(request, "storefront/legal/legal.html", context, market=market)


@public_page
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept of visitors and customers, why, and for how long."""
    return common.page(request, "storefront/legal/privacy.html", {}, market=common.here(request))


@public_page
def robots(request: HttpRequest) -> HttpResponse:
    """What robots may read: all that is public."""
    return render(
        request,
        "storefront/robots.txt",
        {"origin": settings.ORIGIN},
        content_type="text/plain; charset=utf-8",
    )


@public_page
def sitemap(request: HttpRequest) -> HttpResponse:
    """The addresses worth finding: shops, « rayons », the newest products."""
    market = common.here(request)
    products = catalogue.on_sale(market).values_list("shop__slug", "slug")[:LARGEST_SITEMAP]
    context = {
        "shops": shops.online(market),
        "categories": catalogue.categories(market),
        "products": products,
    }
    return render(request, "storefront/sitemap.xml", context, content_type="application/xml; charset=utf-8")
