# SPDX-License-Identifier: AGPL-3.0-or-later
"""What we want otherwise than the library that signs people in (ADR-0006)."""

from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from halles.domain.shops import reads as shops
from halles.doors.ui import limits


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """A code by mail, a passkey and a one-use code are each enough: nothing is asked for after them."""

    def get_login_stages(self) -> list[str]:
        """No second step: whoever loses the telephone with the passkey must still come in by mail."""
        return []

    def get_client_ip(self, request: HttpRequest) -> str:
        """Where a request comes from, as all limits count it: behind our own proxy, what that one says."""
        return limits.whence(super().get_client_ip(request))

    def respond_user_inactive(self, request: HttpRequest, user: AbstractBaseUser) -> HttpResponse:
        """A closed account is like none."""
        return redirect("accounts:sign_in")


class PasskeyAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Passkeys belong to the public address of the installation."""

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        market = shops.market()
        return {"id": urlsplit(settings.ORIGIN).hostname or "", "name": market.name if market else "Halles"}

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return _("Clé n° %(number)s") % {"number": number}
