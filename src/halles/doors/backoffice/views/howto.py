# SPDX-License-Identifier: AGPL-3.0-or-later
"""« Comment faire »: all topics, and one. A sheet over a half-filled form shows the same (`parts/howto.html`)."""

from typing import Any, cast
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from halles.domain.shops import reads as shops
from halles.domain.shops.reads import Right
from halles.doors.backoffice.access import ShopRequest, kept, page, shop_page, signed_in
from halles.doors.backoffice.howto.contents import GROUPS, TOPICS
from halles.doors.backoffice.howto.reading import topic


@signed_in
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every topic with what it is for, those of each day first."""
    language = get_language() or "fr"
    groups = [(title, [topic(slug, language) for slug in slugs]) for title, slugs in GROUPS]
    return _shown(request, {"groups": groups})


@signed_in
@require_safe
def one(request: HttpRequest, slug: str) -> HttpResponse:
    """One topic."""
    if slug not in TOPICS:
        raise Http404
    return _shown(request, {"topic": topic(slug, get_language() or "fr")})


def _shown(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """In the shop one works in; who has none yet reads it as plainly as the page where she opens one."""
    context["back"] = _came_from(request)
    if shops.works_at(cast(ShopRequest, request).account):
        return cast(HttpResponse, _in_shop(request, context))
    return render(request, "backoffice/howto_plain.html", context)


@shop_page(Right.ORDERS, methods=("GET", "HEAD"))
def _in_shop(request: ShopRequest, context: dict[str, Any]) -> HttpResponse:
    """The device keeps what was read: it is wanted again where there is no network."""
    return kept(request, page(request, "howto", "more", context))


def _came_from(request: HttpRequest) -> str:
    """The screen of « Ma boutique » one was on, "" when it was the help itself or nobody says."""
    before = request.headers.get("Referer", "")
    home, help_ = reverse("backoffice:today"), reverse("backoffice:howtos")
    if not url_has_allowed_host_and_scheme(before, {request.get_host()}):
        return ""
    parts = urlsplit(before)
    if not parts.path.startswith(home) or parts.path.startswith(help_):
        return ""
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
