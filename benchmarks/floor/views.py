# SPDX-License-Identifier: AGPL-3.0-or-later
"""The least that a product page in Django can do: one query, one template of three levels."""

from functools import lru_cache
from itertools import cycle, islice
from typing import Any

from django.http import HttpRequest, HttpResponse  # noqa: TID251
from django.shortcuts import render  # noqa: TID251
from django.template.loader import render_to_string

from benchmarks.floor.settings import PAGE_BYTES
from halles.domain.catalogue.models import Variant

ROWS = 20
LOOPS = 2
FILLING = "Voici quelques mots qui ne disent rien mais qui prennent de la place. "


def page(request: HttpRequest, gtin: str) -> HttpResponse:
    """A product, by its GTIN."""
    return render(request, "floor/product.html", _context(_variant(gtin), _filling(gtin)))


def ok(request: HttpRequest) -> HttpResponse:
    """Two bytes that never change: what Django itself costs."""
    return HttpResponse(b"ok")


def _variant(gtin: str) -> Variant:
    # The index on the GTIN leaves out the empty ones: SQLite only uses it when the query does so too.
    return Variant.objects.exclude(gtin="").select_related("product__shop__market").get(gtin=gtin)


def _context(variant: Variant, filling: str) -> dict[str, Any]:
    product, shop = variant.product, variant.product.shop
    rows = [{"number": number, "text": filling} for number in range(ROWS)]
    things = {"variant": variant, "product": product, "shop": shop, "market": shop.market}
    return things | {"rows": rows, "lines": rows}


@lru_cache(maxsize=1)
def _filling(gtin: str) -> str:
    """What makes the page as long as the one it is compared with; found out once."""
    empty = len(render_to_string("floor/product.html", _context(_variant(gtin), "")).encode())
    wanted = max(0, PAGE_BYTES - empty) // (ROWS * LOOPS)
    return "".join(islice(cycle(FILLING), wanted))
