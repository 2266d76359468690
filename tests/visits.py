# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where browsers have been in « Ma boutique »: every request of every context, by the name of its address.

A page is visited when it was answered; an act is done when it was sent and not refused as nonsense (4xx, 5xx).
"""

import uuid
from urllib.parse import urlsplit

from django.test import Client
from django.urls import Resolver404, URLPattern, resolve, reverse
from django.urls.converters import UUIDConverter
from playwright.sync_api import BrowserContext, Page, Response

from halles.doors.backoffice import urls

WORDS = {"to": "delete", "kind": "depot"}  # those whose addresses know only some
Visits = set[tuple[str, str]]  # (method, name)
VISITED: Visits = set()  # by all browsers of this process


def record(context: BrowserContext, into: Visits = VISITED) -> None:
    """Note from now on where the pages of a context go."""

    def follow(page: Page) -> None:
        page.on("download", lambda download: _note("GET", download.url, into))

    context.on("response", lambda answer: _note_answer(answer, into))
    context.on("page", follow)
    for page in context.pages:
        follow(page)


def _note_answer(answer: Response, into: Visits) -> None:
    if answer.status < 400:
        _note(answer.request.method, answer.url, into)


def _note(method: str, address: str, into: Visits) -> None:
    try:
        found = resolve(urlsplit(address).path)
    except Resolver404:
        return
    if found.app_name == urls.app_name and found.url_name:
        into.add((method, found.url_name))


def offered(client: Client) -> Visits:
    """What every address of « Ma boutique » answers to, GET or POST, as it says itself to the owner of a shop."""
    return {(method, name) for name in _names() for method in _methods(client, name)}


def words_of(name: str) -> list[str]:
    """What one must know to go to an address: `order_id`."""
    return list(_pattern(name).pattern.converters)


def _names() -> list[str]:
    return [str(pattern.name) for pattern in urls.urlpatterns if isinstance(pattern, URLPattern)]


def _pattern(name: str) -> URLPattern:
    return next(found for found in urls.urlpatterns if isinstance(found, URLPattern) and found.name == name)


def _methods(client: Client, name: str) -> set[str]:
    """Asked for its options, an address says what it takes (`Allow`); one that does not takes both."""
    answer = client.options(reverse(f"{urls.app_name}:{name}", kwargs=_somewhere(name)))
    said = answer.get("Allow", "GET, POST").split(", ")
    return {"GET", "POST"} & set(said)


def _somewhere(name: str) -> dict[str, object]:
    """Words for the address of anything, which need not be there."""
    return {
        word: uuid.UUID(int=0) if isinstance(converter, UUIDConverter) else WORDS.get(word, "x")
        for word, converter in _pattern(name).pattern.converters.items()
    }
