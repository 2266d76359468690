# SPDX-License-Identifier: AGPL-3.0-or-later
"""Leaving with one's catalogue: a page that says which file is for whom, and the files."""

import uuid
from collections.abc import Iterator

from django.conf import settings
from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from halles.domain.catalogue import shelf
from halles.domain.imports import ports
from halles.domain.imports.leaving import Articles, Pieces
from halles.domain.imports.parts import articles_of, parts
from halles.domain.imports.ports import Writer
from halles.domain.shops.reads import Right
from halles.doors.backoffice.access import ShopRequest, not_done, page, shop_page
from halles.doors.ui.exports import FOR_WHOM, file_name, make


@shop_page(Right.CATALOGUE, methods=("GET", "HEAD"))
def exports(request: ShopRequest) -> HttpResponse:
    """Which file is for whom, and in how many parts."""
    offered = [(ports.writer_named(name), words) for name, words in FOR_WHOM.items()]
    several = parts(request.shop)
    context = {
        "offered": offered,
        "parts": several if len(several) > 1 else [],
        "nothing_yet": not shelf.products(request.shop).exists(),
    }
    return page(request, "exports", "products", context)


@shop_page(Right.CATALOGUE, methods=("GET",))
def export(request: ShopRequest, system: str) -> HttpResponseBase:
    """One of them; `photos=non` leaves photographs behind, `partie`, `apres` and `jusqua` say which part of it is asked."""
    writer = ports.writer_named(system)
    if writer and request.GET.get("photos") == "non":
        writer = writer.without_photos
    articles = articles_of(request.shop, _asked(request, "apres"), _asked(request, "jusqua"))
    if writer is None or articles is None:
        raise Http404
    number = request.GET.get("partie", "")
    name = file_name(request.shop, writer, int(number) if number.isdecimal() and len(number) < 5 else 0)
    try:
        return _answer(articles, writer, name)
    except OSError:  # the disk is full
        return not_done(
            request,
            _("Ce fichier n'a pas pu être préparé : la place manque ici. Réessayez plus tard."),
            "backoffice:exports",
        )


def _answer(articles: Articles, writer: Writer, name: str) -> HttpResponseBase:
    """A ZIP leaves as it is made: cut, it is none, as what lists its files comes last. Of a table nothing shows that rows are
    missing but its length, and our web server ends an answer that breaks off as it ends a whole one. So a table, which is
    small, is made first and says how long it is.
    """
    if writer.ending != "zip":
        return FileResponse(make(articles, writer).file, as_attachment=True, filename=name)
    pieces = writer.pieces(articles, settings.ORIGIN)
    first = next(pieces)  # a disk that is full says so before anything has left
    response = StreamingHttpResponse(_from(first, pieces), content_type="application/zip")
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    return response


def _from(first: bytes, others: Pieces) -> Iterator[bytes]:
    yield first
    yield from others


def _asked(request: ShopRequest, name: str) -> uuid.UUID | None:
    """An article's id in the address.

    :raises Http404: when something else stands there.
    """
    text = request.GET.get(name)
    if not text:
        return None
    try:
        return uuid.UUID(text)
    except ValueError as error:
        raise Http404 from error
