# SPDX-License-Identifier: AGPL-3.0-or-later
"""Coming in: opening a shop, signing in, the code by mail, the first visitor, a one-use code."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from halles.domain.journal import actions as journal
from halles.domain.people import actions as people_actions
from halles.domain.people.models import Account
from halles.domain.people.reads import actor
from halles.domain.shops import actions as shops_actions
from halles.domain.shops import reads as shops
from halles.domain.shops.models import Trade
from halles.doors.accounts import codes
from halles.doors.accounts.codes import Pending, Purpose
from halles.doors.accounts.forms import AddressForm, CodeForm, OneUseForm, OpenMarketForm, OpenShopForm
from halles.doors.accounts.session import demo_doors, enter, entrance, home, me, prove, safe_onward, speak
from halles.doors.ui import limits
from halles.doors.ui.refusals import say
from halles.kernel.errors import Refused

# Where each walk starts, to begin it again.
STARTS = {
    Purpose.OPEN_SHOP: "accounts:open",
    Purpose.SIGN_IN: "accounts:sign_in",
    Purpose.OPEN_MARKET: "accounts:first",
    Purpose.PROVE: "accounts:account",
}


@entrance
@require_http_methods(["GET", "HEAD", "POST"])
def open_shop(request: HttpRequest) -> HttpResponse:
    """« Ouvrir ma boutique »: one form, then a code."""
    if shops.market() is None:
        return redirect("accounts:first")
    if request.user.is_authenticated:
        return redirect("backoffice:open_shop")
    return _ask(request, Purpose.OPEN_SHOP, OpenShopForm, "accounts/open.html")


@entrance
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """An address, or a passkey."""
    if request.user.is_authenticated:
        return redirect(safe_onward(request) or home(me(request)))
    return _ask(request, Purpose.SIGN_IN, AddressForm, "accounts/sign_in.html", demo_doors())


@entrance
@require_http_methods(["GET", "HEAD", "POST"])
def first(request: HttpRequest) -> HttpResponse:
    """The first visitor of an empty installation opens the market."""
    if shops.market() is not None:
        return redirect("accounts:sign_in")
    return _ask(request, Purpose.OPEN_MARKET, OpenMarketForm, "accounts/first.html")


@entrance
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """The six digits. The page is the same for an address that we know and one that we do not."""
    waiting = codes.pending(request)
    if waiting is None:
        return redirect("accounts:sign_in")
    form = CodeForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            codes.check(request, waiting, form.cleaned_data["code"])
            return FINISH[waiting.purpose](request, waiting)
        except Refused as refused:
            form.add_error("code" if refused.code.startswith("accounts.") else None, say(refused))
            status = 429 if refused.code == "accounts.too_many_tries" else 200
    return _code_page(request, waiting, form, status)


@entrance
@require_POST
def code_again(request: HttpRequest) -> HttpResponse:
    """Another code to the same address."""
    waiting = codes.pending(request)
    if waiting is None:
        return redirect("accounts:sign_in")
    try:
        codes.again(request, waiting)
    except Refused as refused:
        form = CodeForm({}, initial={})
        form.errors.clear()
        form.add_error("code", say(refused))
        return _code_page(request, waiting, form, 429)
    return redirect("accounts:code")


@entrance
@require_http_methods(["GET", "HEAD", "POST"])
def one_use(request: HttpRequest, code: str = "") -> HttpResponse:
    """A code given by the market's team. Looking at the page uses nothing up: link previews look too."""
    form = OneUseForm(request.POST or None, initial={"code": code})
    if request.method == "POST" and form.is_valid():
        try:
            if not limits.allow(request, "one_use"):
                raise Refused("accounts.too_many_codes")
            account = people_actions.use_code(form.cleaned_data["code"])
        except Refused as refused:
            form.add_error("code", say(refused))
        else:
            enter(request, account)
            return redirect(home(account))
    return render(request, "accounts/one_use.html", {"form": form} | speak(request))


def _ask(
    request: HttpRequest,
    purpose: Purpose,
    form_class: type[AddressForm],
    template: str,
    context: dict[str, Any] | None = None,
) -> HttpResponse:
    """Show a form that begins with an address, and send the code once it is understood."""
    form, status = form_class(request.POST or None, initial=_typed_before(request, purpose)), 200
    if request.method == "POST" and form.is_valid():
        details = {name: value for name, value in form.cleaned_data.items() if name != "email"}
        try:
            codes.begin(
                request, purpose, form.cleaned_data["email"], details=details, onward=safe_onward(request)
            )
            return redirect("accounts:code")
        except Refused as refused:
            form.add_error(None, say(refused))
            status = 429
    context = {"form": form, "next": safe_onward(request)} | speak(request) | (context or {})
    return render(request, template, context, status=status)


def _typed_before(request: HttpRequest, purpose: Purpose) -> dict[str, str]:
    """Whoever comes back from the code page finds what he had typed."""
    waiting = codes.pending(request)
    return waiting.details | {"email": waiting.email} if waiting and waiting.purpose == purpose else {}


def _code_page(request: HttpRequest, waiting: Pending, form: Form, status: int) -> HttpResponse:
    context = {"form": form, "email": waiting.email, "start": STARTS[waiting.purpose]}
    context |= {"over": codes.pending(request) is None, "demo": shops.is_demonstration()}
    context["printed"] = waiting.purpose == Purpose.OPEN_MARKET and _letters_stay_here()
    context |= speak(request, reverse("accounts:code"))
    return render(request, "accounts/code.html", context, status=status)


def _letters_stay_here() -> bool:
    """Whether no letter leaves this machine: sending is not set up yet."""
    return bool(settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"))


def _opened_shop(request: HttpRequest, waiting: Pending) -> HttpResponse:
    """The code was right: an account if there is none, and the shop as a draft, once for all presses."""
    market = shops.market()
    assert market is not None
    with transaction.atomic():
        account = _account(waiting)
        if journal.claim("accounts.code", waiting.nonce, "") is None:
            shops_actions.open_shop(
                market,
                account,
                name=waiting.details["name"],
                trade=Trade(waiting.details["trade"]),
                postal_code=waiting.details["postal_code"],
                city=waiting.details.get("city", ""),
                by=actor(account),
            )
    enter(request, account)
    return redirect(settings.LOGIN_REDIRECT_URL)


def _signed_in(request: HttpRequest, waiting: Pending) -> HttpResponse:
    account = _account(waiting)
    enter(request, account)
    return redirect(waiting.onward or home(account))


def _opened_market(request: HttpRequest, waiting: Pending) -> HttpResponse:
    with transaction.atomic():
        account = _account(waiting)
        shops_actions.open_first_market(**waiting.details, operator=account, by=actor(account))
    enter(request, account)
    return redirect("operator:shops")


def _proved(request: HttpRequest, waiting: Pending) -> HttpResponse:
    prove(request)
    return redirect(waiting.onward or "accounts:account")


FINISH: dict[Purpose, Callable[[HttpRequest, Pending], HttpResponse]] = {
    Purpose.OPEN_SHOP: _opened_shop,
    Purpose.SIGN_IN: _signed_in,
    Purpose.OPEN_MARKET: _opened_market,
    Purpose.PROVE: _proved,
}


def _account(waiting: Pending) -> Account:
    return people_actions.open_account(waiting.email, language=get_language() or "fr")
