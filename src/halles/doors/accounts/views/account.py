# SPDX-License-Identifier: AGPL-3.0-or-later
"""My account: how I am called, my language, my passkeys, leaving."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from halles.domain.people import actions as people
from halles.domain.people.models import Account
from halles.domain.people.reads import actor
from halles.doors.accounts import codes
from halles.doors.accounts.codes import Purpose
from halles.doors.accounts.forms import AccountForm
from halles.doors.accounts.session import entrance, home, me, proved_recently
from halles.doors.ui.refusals import say
from halles.kernel.errors import Refused


@entrance
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """My address, name and language; my passkeys; leaving everywhere."""
    form = AccountForm(request.POST or None, initial=_said(me(request)))
    if request.method == "POST" and form.is_valid():
        people.describe(me(request), **form.cleaned_data, by=actor(me(request)))
        return redirect("accounts:account")
    return account_page(request, form=form)


def account_page(request: HttpRequest, **context: Any) -> HttpResponse:  # noqa: ANN401
    """The page with whatever has just gone wrong in it."""
    keys = Authenticator.objects.filter(user_id=request.user.pk, type=Authenticator.Type.WEBAUTHN).order_by(
        "created_at"
    )
    context.setdefault("form", AccountForm(initial=_said(me(request))))
    shown = {"keys": keys, "proved": proved_recently(request), "home": home(me(request))}
    return render(request, "accounts/account.html", shown | context)


def _said(account: Account) -> dict[str, str]:
    return {"name": account.name, "language": account.language}


@entrance
@login_required
@require_POST
def prove(request: HttpRequest) -> HttpResponse:
    """A code to my own address, before I change my passkeys."""
    try:
        codes.begin(request, Purpose.PROVE, me(request).email)
    except Refused as refused:
        return account_page(request, refused=say(refused))
    return redirect("accounts:code")


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Leave, on this device."""
    logout(request)
    return redirect("accounts:sign_in")


@login_required
@require_POST
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """Leave on all other devices: one was lost or lent."""
    people.end_sessions(me(request), by=actor(me(request)))
    update_session_auth_hash(request, me(request))
    return redirect("accounts:account")
