# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages that anybody may share, and forms that need no cookie (ADR-0005).

A public page carries nothing personal and sets no cookie, so any cache may serve it. A public form carries no
token: the browser itself says where a post comes from (`Sec-Fetch-Site`, `Origin`); when it says nothing, the
visitor confirms on a page that has a token.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from halles.domain.journal import reads as journal

View = Callable[..., HttpResponse]
FRESH_SECONDS = 1  # a change is seen by the next visitor within a second
FILE_SECONDS = 24 * 3600
CONFIRMED = "_confirmed"


def public_page(view: View) -> View:
    """Mark the answer as one that any cache may keep for a second, and check again cheaply afterwards."""

    @require_safe
    @wraps(view)
    def shared(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401
        # With tokens kept in sessions, Django's middleware has looked into the session on its way in. This page has
        # not: should it do so, the answer says `Vary: Cookie` and no cache keeps it.
        request.session.accessed = False
        version = journal.version()  # before anything is read
        response = view(request, *args, **kwargs)
        if response.status_code == 200:
            response.version = version  # type: ignore[attr-defined]
            patch_cache_control(response, public=True, max_age=FRESH_SECONDS, stale_while_revalidate=30)
        return response

    return shared


def shared_file(view: View) -> View:
    """Mark a picture as one that any cache may keep for a day; its address says what is on it."""

    @wraps(view)
    def shared(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401
        request.session.accessed = False  # as above
        response = view(request, *args, **kwargs)
        if response.status_code == 200:
            patch_cache_control(response, public=True, max_age=FILE_SECONDS)
        return response

    return shared


def personal_page(view: View) -> View:
    """Mark the answer as one that no cache may keep: a basket, an order."""

    @wraps(view)
    def private(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401
        response = view(request, *args, **kwargs)
        patch_cache_control(response, private=True, no_store=True)
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return private


def public_form(view: View) -> View:
    """Accept a post only from our own pages, without asking a visitor to carry a cookie."""

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401
        if request.method in {"GET", "HEAD", "OPTIONS"}:
            return view(request, *args, **kwargs)
        ours = comes_from_us(request)
        if ours is False:
            return render(request, "ui/not_from_here.html", status=403)
        if ours is None and not _confirmed_by_token(request):
            fields = [(name, value) for name, values in request.POST.lists() for value in values]
            return render(request, "ui/confirm.html", {"fields": fields, "confirmed": CONFIRMED})
        return view(request, *args, **kwargs)

    return guarded


def comes_from_us(request: HttpRequest) -> bool | None:
    """Whether a post comes from our own pages, as the browser says; None when it does not say."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("Origin")
    if origin is None:
        return None
    return origin in {settings.ORIGIN, f"{request.scheme}://{request.get_host()}"} and bool(
        urlsplit(origin).netloc
    )


def _confirmed_by_token(request: HttpRequest) -> bool:
    if CONFIRMED not in request.POST:
        return False
    refusal = CsrfViewMiddleware(lambda _: HttpResponse()).process_view(
        request, lambda _: HttpResponse(), (), {}
    )
    return refusal is None
