# SPDX-License-Identifier: AGPL-3.0-or-later
"""Leaving with one's catalogue: a page that says which file is for whom, and the files."""

from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from halles.domain.imports import ports
from halles.domain.shops.reads import Right
from halles.doors.backoffice.access import ShopRequest, not_done, page, shop_page
from halles.doors.ui.exports import FOR_WHOM, file_name, make


@shop_page(Right.CATALOGUE, methods=("GET", "HEAD"))
def exports(request: ShopRequest) -> HttpResponse:
    """Which file is for whom."""
    offered = [(ports.writer_named(name), words) for name, words in FOR_WHOM.items()]
    return page(request, "exports", "products", {"offered": offered})


@shop_page(Right.CATALOGUE, methods=("GET",))
def export(request: ShopRequest, system: str) -> HttpResponseBase:
    """One of them; `photos=non` leaves photographs behind."""
    writer = ports.writer_named(system)
    if writer and request.GET.get("photos") == "non":
        writer = writer.without_photos
    if writer is None:
        raise Http404
    try:
        made = make(request.shop, writer)
    except OSError:  # the disk is full
        return not_done(
            request,
            _("Ce fichier n'a pas pu être préparé : la place manque ici. Réessayez plus tard."),
            "backoffice:exports",
        )
    return FileResponse(made.file, as_attachment=True, filename=file_name(request.shop, writer))
