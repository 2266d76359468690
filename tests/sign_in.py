# SPDX-License-Identifier: AGPL-3.0-or-later
"""Being signed in, in a browser, without waiting for a letter."""

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Page

from halles.domain.people.models import Account


def sign_in(page: Page, account: Account) -> None:
    """Give the browser a session of this account, as the sign-in page would."""
    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.save()
    page.context.add_cookies(
        [
            {
                "name": settings.SESSION_COOKIE_NAME,
                "value": str(session.session_key),
                "domain": "localhost",
                "path": "/",
            }
        ]
    )
