# SPDX-License-Identifier: AGPL-3.0-or-later
"""The visit of somebody who comes in: entering, where to, in which language, since when proved."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.backends.db import SessionStore
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.utils.http import url_has_allowed_host_and_scheme

from halles.domain.people import reads as people
from halles.domain.people.models import Account
from halles.domain.shops import reads as shops
from halles.doors.accounts import devices

View = Callable[..., HttpResponse]

PROVED_AT = "accounts.proved_at"
LANGUAGE = "language"
DEMO_DOMAIN = "demo.halles.test"
FRESH = 900  # so long after proving himself somebody may touch his passkeys


def entrance(view: View) -> View:
    """A page for whoever comes in: no cache keeps it, and `?langue=en` makes the visit English.

    The device of whoever is in is remembered.
    """

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401
        asked = request.GET.get("langue")
        if asked in dict(settings.LANGUAGES):
            request.session[LANGUAGE] = asked
            request.LANGUAGE_CODE = asked
            translation.activate(asked)
        response = view(request, *args, **kwargs)
        if request.user.is_authenticated:
            devices.remember(request, response, me(request))
        patch_cache_control(response, private=True, no_store=True)
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return opened


def speak(request: HttpRequest, page: str = "") -> dict[str, str]:
    """For the foot of a page: the way to the other language; of `page` where this one answers a press."""
    asked = request.GET.copy()
    asked["langue"] = "fr" if translation.get_language() == "en" else "en"
    return {"other_language_url": f"{page or request.path}?{asked.urlencode()}"}


def demo_doors() -> dict[str, QuerySet[Account]]:
    """For the sign-in page: the roles of the demonstration, where there is one."""
    return {"demo_accounts": people.at_domain(DEMO_DOMAIN)} if shops.is_demonstration() else {}


def me(request: HttpRequest) -> Account:
    """Who is signed in, on a page that only such people see."""
    assert isinstance(request.user, Account)
    return request.user


def enter(request: HttpRequest, account: Account) -> None:
    """Sign somebody in who has shown that the account is his."""
    get_adapter().login(request, account)


def prove(request: HttpRequest, **_: object) -> None:
    """Somebody has just shown again who he is."""
    request.session[PROVED_AT] = time.time()


def proved_recently(request: HttpRequest) -> bool:
    """Whether he did so in the last quarter of an hour."""
    return bool(time.time() - request.session.get(PROVED_AT, 0) < FRESH)


def watch() -> None:
    """Signing in, by whatever way, is a proof."""
    user_logged_in.connect(_signed_in, dispatch_uid="halles.doors.accounts")


def forget_ended() -> None:
    """Visits that are over keep nothing of anybody."""
    SessionStore.clear_expired()


def _signed_in(sender: object, request: HttpRequest, **_: object) -> None:
    prove(request)


def home(account: Account) -> str:
    """Where somebody goes who asked for nothing in particular: his shop, the market's team, his account."""
    if shops.works_at(account):
        return settings.LOGIN_REDIRECT_URL
    market = shops.market()
    if market and shops.is_operator(account, market):
        return reverse("operator:shops")
    return reverse("accounts:account")


def safe_onward(request: HttpRequest) -> str:
    """Where `next` leads, if it is one of our own pages."""
    onward = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(onward, {request.get_host()}, require_https=request.is_secure())
    return onward if ours and len(onward) < 500 else ""
