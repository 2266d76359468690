# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who comes into « Ma boutique », and into which: every page is of one shop, and asks for one right."""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.views import redirect_to_login
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
    JsonResponse,
)
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render, resolve_url
from django.utils.cache import patch_cache_control
from django_htmx.http import HttpResponseClientRedirect

from halles.domain.orders import reads as orders
from halles.domain.people import reads as people
from halles.domain.people.models import Account
from halles.domain.shops import reads as shops
from halles.domain.shops.models import Shop, Staff
from halles.domain.shops.reads import Right
from halles.doors.backoffice.howto.contents import of_screen
from halles.kernel.actor import Actor

SHOP_KEY = "shop"  # the shop last used, in the session
NOTICE_KEY = "notice"  # what has just been done, said on the next page
# What a device says of its requests (`ui/queue.js`, `ui/offline.worker.js`).
SHOP_HEADER = "X-Shop"  # an act of this shop, whichever was chosen since
AHEAD_HEADER = "X-Ahead"  # a page that nobody looks at yet
FOLLOWS_HEADER = "X-Page-Follows"  # who acted waits for the next page
KEEP_HEADER = "X-Keep-For"  # what we answer: the device may keep this page, for this person in this shop


class ShopRequest(HttpRequest):
    """A request of somebody who works in `shop`."""

    account: Account
    shop: Shop
    staff: Staff
    actor: Actor
    works_at: list[Staff]


View = Callable[..., HttpResponseBase]


def signed_in(view: View) -> View:
    """A page for whoever has an account. No cache keeps it."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # noqa: ANN401
        if not request.user.is_authenticated:
            return _to_sign_in(request)
        request.account = request.user  # type: ignore[attr-defined]
        response = view(request, *args, **kwargs)
        patch_cache_control(response, private=True, no_store=True)
        return response

    return guarded


def shop_page(right: Right, *, methods: tuple[str, ...] = ("GET", "HEAD", "POST")) -> Callable[[View], View]:
    """A page of the shop one works in, for those who have the right.

    Strangers sign in first; who works nowhere may open a shop; without the right there is no such page.
    """

    def decorate(view: View) -> View:
        @signed_in
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # noqa: ANN401
            ours = cast(ShopRequest, request)
            ours.works_at = shops.works_at(ours.account)
            if not ours.works_at:
                return redirect("backoffice:open_shop")
            ours.staff = _asked(ours) or _chosen(ours)
            ours.shop = ours.staff.shop
            ours.actor = people.actor(ours.account)
            if not shops.can(ours.staff, right):
                raise Http404
            if request.method not in methods:
                return HttpResponseNotAllowed(methods)
            return view(ours, *args, **kwargs)

        return guarded

    return decorate


def shop_step(right: Right) -> Callable[[View], View]:
    """An act: a POST only."""
    return shop_page(right, methods=("POST",))


def page(
    request: ShopRequest, template: str, here: str, context: dict[str, Any] | None = None
) -> HttpResponse:
    """A page of « Ma boutique »: in which shop, where in it, what has just been done."""
    return render(
        request,
        f"backoffice/{template}.html",
        {
            "shop": request.shop,
            "account_id": request.account.pk,
            "works_at": request.works_at,
            "rights": {right.name: shops.can(request.staff, right) for right in Right},
            "here": here,
            "howto": of_screen(request),
            "notice": _notice(request),
            "orders_waiting": orders.to_accept(request.shop),
        }
        | (context or {}),
    )


def kept(request: ShopRequest, response: HttpResponse) -> HttpResponse:
    """A page that the device keeps for where there is no network; nothing of it stays when somebody else comes in."""
    response.headers[KEEP_HEADER] = f"{request.account.pk}.{request.shop.pk}"
    return response


def is_ahead(request: ShopRequest) -> bool:
    """Whether a device fetches the page for later: nobody looks at it yet."""
    return AHEAD_HEADER in request.headers


def _notice(request: ShopRequest) -> dict[str, Any] | None:
    """What has just been done is said once, on a page that somebody looks at."""
    unseen = is_ahead(request) or getattr(request, "htmx", False)
    return None if unseen else request.session.pop(NOTICE_KEY, None)


def done(
    request: ShopRequest,
    words: str,
    to: Any,  # noqa: ANN401
    *args: Any,  # noqa: ANN401
    undo: str = "",
    href: str = "",
    act: str = "",
) -> HttpResponse:
    """On to a page that says what was done, with the address that undoes it, and what one may do next (`act`, at `href`).

    Without words where one sees it.
    """
    return _onward(request, {"words": words, "undo": undo, "href": href, "act": act}, to, *args)


def not_done(request: ShopRequest, words: str, to: Any, *args: Any) -> HttpResponse:  # noqa: ANN401
    """On to a page that says why it was not done."""
    return _onward(request, {"words": words, "trouble": True}, to, *args)


def _onward(request: ShopRequest, notice: dict[str, Any], to: Any, *args: Any) -> HttpResponse:  # noqa: ANN401
    address = resolve_url(to, *args)
    is_page = request.accepts("text/html")
    # Else the device's queue sent it, perhaps long after it was done, and tells the words itself.
    if notice["words"] and (is_page or FOLLOWS_HEADER in request.headers):
        request.session[NOTICE_KEY] = notice
    if is_page:
        return see_other(address)
    said = {"words": notice["words"], "address": address}
    return JsonResponse(said, status=409 if notice.get("trouble") else 200)


def see_other(address: str) -> HttpResponse:
    """After a POST: look there (303)."""
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response


def _asked(request: ShopRequest) -> Staff | None:
    """The shop that an act names by itself: there, or nowhere."""
    asked = request.headers.get(SHOP_HEADER)
    if asked is None:
        return None
    found = next((staff for staff in request.works_at if str(staff.shop_id) == asked), None)
    if found is None:
        raise Http404
    return found


def _chosen(request: ShopRequest) -> Staff:
    """The shop last used while one still works there, else the first."""
    last = request.session.get(SHOP_KEY)
    return next((staff for staff in request.works_at if str(staff.shop_id) == last), request.works_at[0])


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """To sign in, and back to what can be looked at. A device that asks by itself is only told so."""
    if not request.accepts("text/html"):
        return JsonResponse({}, status=401)
    back = request.get_full_path() if request.method == "GET" else "/gestion/"
    response = redirect_to_login(back)
    return HttpResponseClientRedirect(response.url) if getattr(request, "htmx", False) else response


def key_of(request: ShopRequest) -> str:
    """What tells this form from another one, however often it is sent; a new one where it says none."""
    try:
        return str(uuid.UUID(request.POST.get("cle", "")[:40]))
    except ValueError:
        return str(uuid.uuid4())
