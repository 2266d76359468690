# SPDX-License-Identifier: AGPL-3.0-or-later
"""The demonstration's own doors: one press to sign in as a role, and a box to read its letters in."""

import datetime as dt
import email
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage
from functools import wraps
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from halles.domain.people import reads as people
from halles.domain.shops import reads as shops
from halles.doors.accounts.session import DEMO_DOMAIN, View, enter, entrance, home

SHOWN = 50  # letters


def demo_only(view: View) -> View:
    """There is no such page on a real market."""

    @entrance
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401
        if not shops.is_demonstration():
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@demo_only
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """As one of the demonstration's roles; whoever only follows the address finds the doors to press."""
    if request.method != "POST":
        return redirect("accounts:sign_in")
    account = get_object_or_404(people.at_domain(DEMO_DOMAIN), pk=account_id)
    enter(request, account)
    return redirect(home(account))


@demo_only
@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    """The letters that would have left, newest first."""
    return render(request, "accounts/demo_mail.html", {"letters": list(_letters())})


def _letters() -> Iterator[dict[str, Any]]:
    folder = Path(getattr(settings, "EMAIL_FILE_PATH", "") or settings.DATA / "mail")
    files = (
        sorted(folder.glob("*.log"), key=lambda path: path.stat().st_mtime, reverse=True)
        if folder.is_dir()
        else []
    )
    for path in files[:SHOWN]:
        # Django's file backend ends each letter with a line of dashes; we send them one by one.
        message = email.message_from_bytes(path.read_bytes(), policy=policy.default)
        assert isinstance(message, EmailMessage)
        body = message.get_body(("plain",))
        yield {
            "subject": message["Subject"],
            "to": message["To"],
            "date": dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC),
            "text": body.get_content() if body else "",
        }
