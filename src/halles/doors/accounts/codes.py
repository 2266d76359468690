# SPDX-License-Identifier: AGPL-3.0-or-later
"""A code of six digits by mail: the one way to show that an address is one's own (ADR-0006).

Signing up, signing in, opening the market and proving oneself again are the same walk: `begin` sends a code
and keeps what was typed in the session, on our side; `check` ends it. Nothing is written before the code is
right, and the page is the same whether the address is known or not.
"""

import dataclasses
import logging
import secrets
import smtplib
import time
from dataclasses import dataclass, field
from enum import StrEnum

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import get_language

from halles.domain.people import reads as people
from halles.domain.shops import reads as shops
from halles.doors.accounts import devices
from halles.doors.ui import limits
from halles.doors.ui.mail import letter
from halles.kernel.errors import Refused

KEY = "accounts.code"
LIFE = 600
COOLDOWN = 30

logger = logging.getLogger("halles.accounts")


class Purpose(StrEnum):
    """What somebody wants who proves that an address is his."""

    OPEN_SHOP = "open_shop"
    SIGN_IN = "sign_in"
    OPEN_MARKET = "open_market"
    PROVE = "prove"  # again, before touching the account's passkeys


@dataclass
class Pending:
    """A code that was sent and not typed yet. `digest` is empty when there is nothing to sign in to."""

    purpose: Purpose
    email: str
    details: dict[str, str] = field(default_factory=dict)
    onward: str = ""
    nonce: str = ""
    digest: str = ""
    sent_at: float = 0.0


def begin(
    request: HttpRequest,
    purpose: Purpose,
    email: str,
    *,
    details: dict[str, str] | None = None,
    onward: str = "",
) -> None:
    """Send a code to an address and remember what it is for.

    :raises Refused: `accounts.too_many_codes`, `accounts.letter_not_sent`.
    """
    _send(request, Pending(purpose, email, details or {}, onward))


def again(request: HttpRequest, pending: Pending) -> None:
    """Another code instead of the first.

    :raises Refused: `accounts.too_soon`, and as `begin`.
    """
    if time.time() - pending.sent_at < COOLDOWN:
        raise Refused("accounts.too_soon")
    _send(request, pending)


def pending(request: HttpRequest) -> Pending | None:
    """The code this visitor has been sent, while it lives."""
    kept = request.session.get(KEY)
    if not kept or time.time() - kept["sent_at"] > LIFE:
        return None
    return Pending(**kept | {"purpose": Purpose(kept["purpose"])})


def check(request: HttpRequest, waiting: Pending, typed: str) -> None:
    """Whether these are the six digits; a right code is used up.

    :raises Refused: `accounts.too_many_tries` after five, `accounts.code_wrong`.
    """
    # Counted in a table and not in the session, so that tries made at the same moment count too.
    if not limits.allow(request, "try_code", key=waiting.nonce):
        forget(request)
        raise Refused("accounts.too_many_tries", field="code")
    if not waiting.digest or not constant_time_compare(waiting.digest, _digest(waiting.nonce, typed)):
        raise Refused("accounts.code_wrong", field="code")
    forget(request)


def forget(request: HttpRequest) -> None:
    """Nothing is waited for any more."""
    request.session.pop(KEY, None)


def _send(request: HttpRequest, waiting: Pending) -> None:
    if not _may_ask(request, waiting.email):
        raise Refused("accounts.too_many_codes")
    code = f"{secrets.randbelow(1_000_000):06}"
    waiting.nonce, waiting.sent_at = secrets.token_urlsafe(16), time.time()
    waiting.digest = _digest(waiting.nonce, code) if _leads_somewhere(waiting) else ""
    template = "accounts/mail/code.html" if waiting.digest else "accounts/mail/unknown.html"
    try:
        letter(
            template,
            {"code": f"{code[:3]} {code[3:]}", "purpose": waiting.purpose.value},
            to=waiting.email,
            language=get_language() or "fr",
            key=waiting.nonce,
        ).send()
    except (smtplib.SMTPException, OSError) as error:
        logger.exception("A sign-in code could not be sent")
        raise Refused("accounts.letter_not_sent") from error
    if waiting.digest and getattr(settings, "EMAIL_FILE_PATH", None):
        logger.info("No mail is set up: the code for %s is %s", waiting.email, code)
    request.session[KEY] = dataclasses.asdict(waiting) | {"purpose": waiting.purpose.value}


def _may_ask(request: HttpRequest, email: str) -> bool:
    """Whether one more code may be asked for: whatever strangers have asked, a device known there still may."""
    if known := devices.mark(request, email):
        return limits.allow(request, "send_code_known", key=known)
    return limits.allow(request, "send_code", key=email)


def _leads_somewhere(waiting: Pending) -> bool:
    """Whether there is something to sign in to; only signing in can lead nowhere."""
    if waiting.purpose != Purpose.SIGN_IN:
        return True
    account = people.by_email(waiting.email)
    return account.is_active if account else shops.is_invited(waiting.email)


def _digest(nonce: str, code: str) -> str:
    return salted_hmac(f"accounts.code.{nonce}", code, algorithm="sha256").hexdigest()
