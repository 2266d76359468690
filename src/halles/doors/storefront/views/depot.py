# SPDX-License-Identifier: AGPL-3.0-or-later
"""The page of whoever keeps a depot, opened by a link: what comes on a day, what is there, whom it is for.

The secret in the address is the key, and a shop may end it. Nothing is shown that a hand-over does not need: no
telephone, no address, and nothing of what is over.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from functools import wraps
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from halles.domain.depots import actions, reads
from halles.domain.depots.models import KeeperLink
from halles.domain.depots.reads import Parcel, Scope
from halles.domain.depots.rules import Standing
from halles.doors.storefront import common
from halles.doors.storefront.forms import read_uuid
from halles.doors.ui import limits
from halles.doors.ui.public import personal_page, public_form
from halles.doors.ui.refusals import say
from halles.kernel.actor import Actor, Kind
from halles.kernel.errors import Refused

KeeperView = Callable[..., HttpResponse]
HERE = (Standing.HERE, Standing.TO_RETURN)


def of_keeper(*methods: str) -> Callable[[KeeperView], KeeperView]:
    """A page for whoever holds a depot's link. One that is over and one that never was are told alike."""

    def decorate(view: KeeperView) -> KeeperView:
        @personal_page
        @public_form
        @require_http_methods(list(methods))
        @wraps(view)
        def found(request: HttpRequest, keeper: str) -> HttpResponse:
            link = reads.keeper(keeper) if common.SECRET.fullmatch(keeper) else None
            return view(request, link) if link else _over(request)

        return found

    return decorate


def _over(request: HttpRequest) -> HttpResponse:
    status = 404 if limits.allow(request, "depot_unknown") else 429
    return common.page(request, "storefront/depot_over.html", {}, market=common.here(request), status=status)


@of_keeper("GET", "HEAD")
def depot(request: HttpRequest, link: KeeperLink) -> HttpResponse:
    """A day at the depot; with a code, the basket that bears it."""
    return _show(request, link, typed=request.GET.get("code", "").replace("\x00", "")[:40])


@of_keeper("POST")
def arrived(request: HttpRequest, link: KeeperLink) -> HttpResponse:
    """A basket is there, or all that a shop brought; or it was ticked by mistake."""
    scope, by = Scope.of_keeper(link), _keeper(link)
    try:
        if shop := read_uuid(request.POST.get("boutique", "")):
            parcels = scope.on(_day(scope, request.POST.get("jour", "")))
            actions.arrive_all([one.part for one in parcels if one.part.shop_id == shop], by=by)
        elif parcel := _own(scope, request):
            act = actions.not_there if "pas-la" in request.POST else actions.arrive
            act(parcel.part, by=by)
    except Refused as refused:
        return _show(request, link, trouble=say(refused))
    return _back(link, request)


@of_keeper("POST")
def handed_over(request: HttpRequest, link: KeeperLink) -> HttpResponse:
    """The customer said the code and has his basket."""
    parcel = _own(Scope.of_keeper(link), request)
    if parcel is None:
        return _show(request, link, trouble=_("Ce panier n'est pas à ce dépôt."))
    try:
        actions.hand_over(parcel.part, by=_keeper(link))
    except Refused as refused:
        return _show(request, link, trouble=say(refused))
    return _back(link, request, done=parcel.part.code)


def _own(scope: Scope, request: HttpRequest) -> Parcel | None:
    part = read_uuid(request.POST.get("panier", ""))
    return scope.by_id(part) if part else None


def _keeper(link: KeeperLink) -> Actor:
    return Actor(Kind.KEEPER, str(link.depot_id), link.depot.name)


def _day(scope: Scope, typed: str) -> dt.date:
    """The day that is meant: today for nonsense, for one gone by and for one too far."""
    try:
        day = dt.date.fromisoformat(typed[:10])
    except ValueError:
        return scope.today
    return day if scope.today <= day <= scope.today + dt.timedelta(reads.AHEAD) else scope.today


def _back(link: KeeperLink, request: HttpRequest, *, done: str = "") -> HttpResponse:
    address = reverse("storefront:depot", args=[link.secret])
    day = _day(Scope.of_keeper(link), request.POST.get("jour", ""))
    said = f"&remis={done}" if done else ""
    return HttpResponse(status=303, headers={"Location": f"{address}?jour={day.isoformat()}{said}"})


def _show(request: HttpRequest, link: KeeperLink, *, typed: str = "", trouble: str = "") -> HttpResponse:
    scope = Scope.of_keeper(link)
    days = scope.days()
    asked = request.GET.get("jour", "") or request.POST.get("jour", "")
    day = _day(scope, asked) if asked else min(days, default=scope.today)
    found = scope.by_code(typed) if typed else []
    error = "" if found or not typed else _unknown(request, link)
    parcels, left = scope.on(day), scope.left()
    context = {
        "link": link,
        "day": day,
        "days": [(one, number, one == day) for one, number in sorted({day: 0, **days}.items())],
        "shops": by_shop(parcels),
        "left": left,
        "typed": typed,
        "found": found,
        "error": error,
        "trouble": trouble,
        "handed": request.GET.get("remis", "")[:8] if _was_handed(parcels, left, request) else "",
    }
    return common.page(request, "storefront/depot.html", context, market=link.shop.market)


def _was_handed(parcels: Sequence[Parcel], left: Sequence[Parcel], request: HttpRequest) -> bool:
    code = request.GET.get("remis", "")
    return bool(common.SECRET.fullmatch(code)) and not any(
        one.part.code == code and one.standing != Standing.HANDED_OVER for one in (*parcels, *left)
    )


def _unknown(request: HttpRequest, link: KeeperLink) -> str:
    """Nobody tries codes one after another: what is wrong counts."""
    if not limits.allow(request, "depot_code", key=str(link.id)):
        return _("Cela fait beaucoup d'essais. Attendez quelques minutes, ou téléphonez à la boutique.")
    return _("Aucun panier de ce dépôt ne porte ce code. Relisez-le avec le client.")


def by_shop(parcels: Sequence[Parcel]) -> list[dict[str, Any]]:
    """The baskets of a day under their shops, and whether some are still to be ticked."""
    return [
        {
            "shop": shop,
            "parcels": (own := list(those)),
            "packed": sum(one.standing == Standing.PACKED for one in own),
        }
        for shop, those in groupby(parcels, key=lambda one: one.part.shop)
    ]
