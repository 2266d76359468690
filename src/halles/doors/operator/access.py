# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who comes in: the market's team. For everybody else these pages do not exist."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.utils.cache import patch_cache_control

from halles.domain.people import reads as people
from halles.domain.people.models import Account
from halles.domain.shops import reads as shops
from halles.domain.shops.models import Market
from halles.kernel.actor import Actor

NOTICE = "operator.notice"


class OperatorRequest(HttpRequest):
    """A request of somebody of the team of `market`."""

    user: Account
    market: Market
    actor: Actor


View = Callable[..., HttpResponse]


def team_page(*methods: str) -> Callable[[View], View]:
    """A page for the market's team; strangers sign in first."""

    def decorate(view: View) -> View:
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401
            ours = cast(OperatorRequest, request)
            market = shops.market()
            if market is None or not shops.is_operator(ours.user, market):
                raise Http404
            if request.method not in methods:
                return HttpResponseNotAllowed(methods)
            ours.market, ours.actor = market, people.actor(ours.user)
            response = view(ours, *args, **kwargs)
            patch_cache_control(response, private=True, no_store=True)
            return response

        return guarded

    return decorate


def page(
    request: OperatorRequest, template: str, here: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """A page of the team: where in it, and what has just been done."""
    shown = {"here": here, "notice": request.session.pop(NOTICE, "")} | context
    return render(request, f"operator/{template}.html", shown, status=status)


def notice(request: OperatorRequest, words: str) -> None:
    """Said once, on the next page."""
    request.session[NOTICE] = words
