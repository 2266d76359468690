# SPDX-License-Identifier: AGPL-3.0-or-later
"""Public pages are rendered once, and never stay untrue for more than a second."""

import gzip

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from tests.factories import a_product

from halles.domain.catalogue import actions as catalogue
from halles.domain.journal import reads as journal
from halles.doors.ui import pagecache
from halles.doors.ui.pagecache import PageCacheMiddleware
from halles.kernel.actor import SYSTEM

pytestmark = pytest.mark.django_db


class Renderer:
    """A view that counts how often it is asked."""

    def __init__(self, **headers: str) -> None:
        self.asked = 0
        self.headers = {"Cache-Control": "public, max-age=1"} | headers

    def __call__(self, request: HttpRequest) -> HttpResponse:
        self.asked += 1
        response = HttpResponse(b"<p>Bonjour</p>" * 100, headers=self.headers)
        response.version = journal.version()  # type: ignore[attr-defined]
        return response


def get(cache: PageCacheMiddleware, path: str = "/", **headers: str) -> HttpResponse:
    return cache(RequestFactory().get(path, headers=headers))


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that have passed since the first page."""
    clock = [0.0]
    monkeypatch.setattr(pagecache.time, "monotonic", lambda: clock[0])
    return clock


def test_a_page_is_rendered_once_while_nothing_is_done(later: list[float]) -> None:
    view = Renderer()
    cache = PageCacheMiddleware(view)
    for seconds in (0, 0.5, 5, 30):
        later[0] = seconds
        assert get(cache).content == b"<p>Bonjour</p>" * 100
    assert view.asked == 1


def test_what_was_done_is_seen_within_a_second(later: list[float]) -> None:
    view = Renderer()
    cache = PageCacheMiddleware(view)
    product = a_product(online=False)
    get(cache)
    catalogue.set_status(product, product.Status.ONLINE, by=SYSTEM)
    later[0] = 1.0
    get(cache)
    assert view.asked == 2


def test_words_that_depend_on_the_hour_are_renewed(later: list[float]) -> None:
    view = Renderer()
    cache = PageCacheMiddleware(view)
    get(cache)
    later[0] = 61
    get(cache)
    assert view.asked == 2


def test_personal_pages_are_never_kept() -> None:
    for headers in ({"Cache-Control": "private, no-store"}, {"Vary": "Cookie"}):
        view = Renderer(**headers)
        cache = PageCacheMiddleware(view)
        get(cache)
        get(cache)
        assert view.asked == 2


def test_what_says_it_is_public_without_saying_when_it_was_true_is_not_kept() -> None:
    asked: list[str] = []

    def view(request: HttpRequest) -> HttpResponse:
        asked.append(request.path)
        return HttpResponse(headers={"Cache-Control": "public"})

    cache = PageCacheMiddleware(view)
    get(cache)
    get(cache)
    assert len(asked) == 2


def test_a_known_page_travels_compressed_or_not_at_all() -> None:
    cache = PageCacheMiddleware(Renderer())
    whole = get(cache)
    small = get(cache, **{"Accept-Encoding": "gzip, br"})
    assert gzip.decompress(small.content) == whole.content
    assert get(cache, **{"If-None-Match": whole["ETag"]}).status_code == 304


def test_each_address_and_each_question_has_its_own_page() -> None:
    view = Renderer()
    cache = PageCacheMiddleware(view)
    for path in ("/", "/?page=2", "/recherche?q=pain"):
        get(cache, path)
    assert view.asked == 3


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pagecache, "LARGEST_TOTAL", 10_000)
    cache = PageCacheMiddleware(Renderer())
    for number in range(50):
        get(cache, f"/?page={number}")
    assert cache.size <= 10_000
    assert "testserver/?page=49" in cache.pages


def test_every_page_says_what_it_may_load(client: Client) -> None:
    for path in ("/healthz", "/gestion/", "/nulle-part"):
        policy = client.get(path).headers["Content-Security-Policy"]
        assert {"default-src 'self'", "frame-ancestors 'none'"} <= set(policy.split("; "))
