# SPDX-License-Identifier: AGPL-3.0-or-later
"""Devices on which somebody has signed in before: they ask for codes from an allowance of their own (ADR-0006).

The cookie is sent to this door alone, opens nothing and names nobody: a random name of the device, and for each
account a mark that only this installation can make. Leaving everywhere makes the marks of that account worthless.
"""

import re
import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from halles.domain.people import reads as people
from halles.domain.people.models import Account

COOKIE = "appareil"
LIFE = 400 * 24 * 3600  # seconds; browsers keep nothing longer
MOST = 5  # accounts that share a device
FORM = re.compile(r"[\w-]{16}(\.[0-9a-f]{64}){1,5}", re.ASCII)


def mark(request: HttpRequest, email: str) -> str:
    """What stands for this device at the account of an address; nothing for a stranger."""
    name, marks = _read(request)
    account = people.by_email(email) if marks else None
    expected = _mark(name, account) if account else ""
    return expected if any(constant_time_compare(kept, expected) for kept in marks) else ""


def remember(request: HttpRequest, response: HttpResponse, account: Account) -> None:
    """From now on this device is one of the account's."""
    name, marks = _read(request)
    name = name or secrets.token_urlsafe(12)
    new = _mark(name, account)
    others = [kept for kept in marks if kept != new]
    response.set_cookie(
        COOKIE,
        ".".join([name, new, *others[: MOST - 1]]),
        max_age=LIFE,
        path=reverse("accounts:account"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _read(request: HttpRequest) -> tuple[str, list[str]]:
    said = request.COOKIES.get(COOKIE, "")
    name, *marks = said.split(".") if FORM.fullmatch(said) else [""]
    return name, marks


def _mark(name: str, account: Account) -> str:
    of_whom = f"{account.pk} {account.get_session_auth_hash()}"
    return salted_hmac("accounts.devices", f"{name} {of_whom}", algorithm="sha256").hexdigest()
