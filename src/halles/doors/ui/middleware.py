# SPDX-License-Identifier: AGPL-3.0-or-later
"""What every page says of itself.

Which language it speaks: the address says it, never a guess from headers, so any cache may keep pages. And what it
may load. Small it is sent, too.
"""

from collections.abc import Callable

from csp.constants import HEADER
from csp.utils import build_policy
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils import translation

GetResponse = Callable[[HttpRequest], HttpResponse]

# Doors for people who sign in: they speak the language of the account, before that the one chosen for the visit.
SIGNED_IN = ("/gestion/", "/operateur/", "/compte/")


class LanguageMiddleware:
    """French, but English under `/en/`, and in a signed-in door the account's own language."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Speak one language for the whole of a request."""
        with translation.override(self._language(request)):
            request.LANGUAGE_CODE = translation.get_language() or "fr"
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
            return response

    def _language(self, request: HttpRequest) -> str:
        if request.path_info.startswith(SIGNED_IN):
            if request.user.is_authenticated:
                return request.user.language
            return str(request.session.get("language", "fr"))
        return "en" if request.path_info.startswith("/en/") else "fr"


class PolicyMiddleware:
    """One content security policy for all pages, without nonces (ADR-0005): it is put into words once, not each time."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.policy: str = build_policy()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Say it."""
        response = self.get_response(request)
        response.headers.setdefault(HEADER, self.policy)
        return response


class CompressionMiddleware(GZipMiddleware):
    """Pages for one person are sent small too, with random bytes so that their length gives no secret away (BREACH).

    Pages for everybody are compressed once, where they are kept; pictures and archives are small by themselves.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Compress a text that is not shared."""
        is_shared = "public" in response.headers.get("Cache-Control", "")
        is_text = response.headers.get("Content-Type", "").startswith("text/html")
        if response.streaming or is_shared or not is_text:
            return response
        return super().process_response(request, response)
