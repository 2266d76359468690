# SPDX-License-Identifier: AGPL-3.0-or-later
"""A page that anybody may share is not rendered twice.

Each process keeps the public pages it has rendered. For a second it answers without asking anybody; after that it
asks the journal, in one small query, whether anything was done at all: if not, the page is still true. Because the
words of a page also depend on the hour ("ouvert jusqu'à 19 h"), none is kept for more than a minute.
"""

import gzip
import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers

from halles.domain.journal import reads as journal

GetResponse = Callable[[HttpRequest], HttpResponse]

UNASKED_SECONDS = 0.8  # under the second within which a change must be seen
LONGEST_SECONDS = 60
LARGEST_TOTAL = 48 * 1024 * 1024
COMPRESSED_FROM = 500


@dataclass(slots=True)
class Page:
    """A rendered page, as it is and, from when somebody first wants it so, compressed."""

    body: bytes
    headers: dict[str, str]
    etag: str
    version: str
    made_at: float
    checked_at: float
    _compressed: bytes = b""

    @property
    def size(self) -> int:
        """What it takes in memory, about: compressed, a page is a quarter of itself."""
        return len(self.body) * 5 // 4

    @property
    def compressed(self) -> bytes:
        """In gzip; nothing when it is too short to gain by it."""
        if not self._compressed and len(self.body) > COMPRESSED_FROM:
            self._compressed = gzip.compress(self.body, 6)
        return self._compressed


class PageCacheMiddleware:
    """Stands before everything else: a page it knows costs no session, no template, no query."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.pages: OrderedDict[str, Page] = OrderedDict()
        self.size = 0
        self.lock = threading.Lock()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """A known page, or a new one that is kept when it says that anybody may."""
        if request.method != "GET":
            return self.get_response(request)
        key = f"{request.get_host()}{request.get_full_path()}"
        page = self.pages.get(key)
        if page is None or not self._is_true(page):
            response = self.get_response(request)
            if not _may_be_kept(response):
                return response
            page = _page(response)
            self._keep(key, page)
        return _answer(page, request)

    def _is_true(self, page: Page) -> bool:
        now = time.monotonic()
        if now - page.made_at > LONGEST_SECONDS:
            return False
        if now - page.checked_at > UNASKED_SECONDS:
            if journal.version() != page.version:
                return False
            page.checked_at = now
        return True

    def _keep(self, key: str, page: Page) -> None:
        with self.lock:
            former = self.pages.pop(key, None)
            self.size += page.size - (former.size if former else 0)
            self.pages[key] = page
            while self.size > LARGEST_TOTAL:
                _, oldest = self.pages.popitem(last=False)
                self.size -= oldest.size


def _may_be_kept(response: HttpResponse) -> bool:
    return (
        hasattr(response, "version")  # what `public_page` gives
        and response.status_code == 200
        and not response.streaming
        and not response.cookies
        and "public" in response.headers.get("Cache-Control", "")
        and "Cookie" not in response.headers.get("Vary", "")
    )


def _page(response: HttpResponse) -> Page:
    patch_vary_headers(response, ["Accept-Encoding"])
    body, now = response.content, time.monotonic()
    return Page(
        body=body,
        headers=dict(response.headers),
        etag=f'"{hashlib.sha256(body).hexdigest()[:24]}"',
        version=response.version,  # type: ignore[attr-defined]
        made_at=now,
        checked_at=now,
    )


def _answer(page: Page, request: HttpRequest) -> HttpResponse:
    # A proxy that compresses by itself may have weakened the tag it was given.
    known = {tag.strip().removeprefix("W/") for tag in request.headers.get("If-None-Match", "").split(",")}
    if page.etag in known:
        response: HttpResponse = HttpResponseNotModified()
        for name in ("Cache-Control", "Vary", "Content-Language"):
            if name in page.headers:
                response.headers[name] = page.headers[name]
    elif "gzip" in request.headers.get("Accept-Encoding", "") and page.compressed:
        response = HttpResponse(page.compressed, headers=page.headers | {"Content-Encoding": "gzip"})
        response.headers["Content-Length"] = str(len(page.compressed))
    else:
        response = HttpResponse(page.body, headers=page.headers)
        response.headers["Content-Length"] = str(len(page.body))
    response.headers["ETag"] = page.etag
    return response
