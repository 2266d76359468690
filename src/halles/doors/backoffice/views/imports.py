# SPDX-License-Identifier: AGPL-3.0-or-later
"""A catalogue comes in: a file is handed over, what would happen is shown, then it happens; all of it can be left and found again."""

import uuid
from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from halles.domain.imports import material, reads
from halles.domain.imports.actions import ask, pictures
from halles.domain.imports.actions import undo as undoing
from halles.domain.imports.columns import remembered_of, shown
from halles.domain.imports.drafts import Meaning
from halles.domain.imports.models import Import
from halles.domain.imports.sources import MOST_BUNDLE_BYTES, Source, file_source
from halles.domain.shops.reads import Right
from halles.doors.backoffice import import_page
from halles.doors.backoffice.access import (
    ShopRequest,
    done,
    not_done,
    page,
    see_other,
    shop_page,
    shop_step,
)
from halles.doors.backoffice.forms.imports import ChoicesForm, ColumnsForm, HandOverForm
from halles.doors.backoffice.uploads import Trouble, upload_page
from halles.doors.ui.imports import why
from halles.doors.ui.refused_rows import file_name, refused_rows
from halles.kernel.errors import Refused

A_PAGE = 20
HERE = "backoffice:import"


@upload_page(Right.CATALOGUE, MOST_BUNDLE_BYTES)
def imports(request: ShopRequest, trouble: Trouble = None) -> HttpResponse:
    """Hand a file over; those of before, with how far they are."""
    form = HandOverForm(
        *((request.POST, request.FILES) if request.method == "POST" else ()), shop=request.shop
    )
    if trouble:
        form.errors.clear()
        form.add_error("file", _not_kept(trouble))
    elif request.method == "POST" and form.is_valid():
        try:
            import_ = _hand_over(request, form)
        except OSError as error:
            form.add_error("file", _not_kept(error))
        else:
            return see_other(import_page.address(import_))
    former = Paginator(reads.of_shop(request.shop), A_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "shown": former, "former": [import_page.told(import_) for import_ in former]}
    return page(request, "imports", "products", context)


def _hand_over(request: ShopRequest, form: HandOverForm) -> Import:
    file: UploadedFile[bytes] = form.cleaned_data["file"]
    choices = replace(form.said, columns=_known_columns(request, file))
    file.seek(0)
    return ask.hand_over(
        request.shop, file, str(file.name), choices, language=get_language() or "fr", by=request.actor
    )


def _known_columns(request: ShopRequest, file: "UploadedFile[bytes]") -> Mapping[int, Meaning] | None:
    """What was matched by hand of a table like this one before."""
    if isinstance(file, TemporaryUploadedFile):
        return remembered_of(request.shop, file_source(Path(file.temporary_file_path())))
    content = file.read()
    return remembered_of(request.shop, Source(lambda: BytesIO(content), len(content)))


def _not_kept(trouble: Refused | OSError) -> str:
    refused = trouble if isinstance(trouble, Refused) else Refused("imports.disk_full")
    return why(refused.code, refused.details)


def own(request: ShopRequest, import_id: uuid.UUID) -> Import:
    """The shop's own import, or no page."""
    import_ = reads.in_shop(request.shop, import_id)
    if import_ is None:
        raise Http404
    return import_


@shop_page(Right.CATALOGUE, methods=("GET", "HEAD"))
def one(request: ShopRequest, import_id: uuid.UUID) -> HttpResponse:
    """One import: how far it is, what would happen, what happened."""
    return page(request, "import", "products", import_page.context(own(request, import_id)))


@shop_step(Right.CATALOGUE)
def start(request: ShopRequest, import_id: uuid.UUID) -> HttpResponse:
    """Yes. Pressed twice, once: the page shows how far it is."""
    import_ = own(request, import_id)
    try:
        ask.start(import_, by=request.actor)
    except Refused as refused:
        if own(request, import_id).state not in {Import.State.RUNNING, Import.State.DONE}:
            return not_done(request, why(refused.code, refused.details), HERE, import_.id)
    return see_other(import_page.address(import_))


@shop_page(Right.CATALOGUE)
def change(request: ShopRequest, import_id: uuid.UUID) -> HttpResponse:
    """Say more of the file: its prices, and what each column holds when it is a table of nobody's system."""
    import_ = own(request, import_id)
    columns = shown(import_) if import_page.is_plain_table(import_) else []
    data = request.POST if request.method == "POST" else None
    form = ChoicesForm(data, shop=request.shop, choices=material.choices_of(import_))
    matching = ColumnsForm(data, columns=columns) if columns else None
    if request.method == "POST" and form.is_valid() and (matching is None or matching.is_valid()):
        choices = replace(form.said, columns=matching.said if matching else None)
        try:
            ask.look_again(import_, choices)
        except Refused as refused:
            return not_done(request, why(refused.code, refused.details), HERE, import_.id)
        return see_other(import_page.address(import_))
    context: dict[str, Any] = {"import": import_, "form": form, "matching": matching}
    return page(request, "import_change", "products", context)


@shop_page(Right.CATALOGUE, methods=("GET", "HEAD"))
def refused_file(request: ShopRequest, import_id: uuid.UUID) -> StreamingHttpResponse:
    """The rows that were left out, as they came, each with the reason."""
    import_ = own(request, import_id)
    response = StreamingHttpResponse(
        (line.encode() for line in refused_rows(import_, get_language() or "fr")),
        content_type="text/csv; charset=utf-8",
    )
    response["Content-Disposition"] = content_disposition_header(True, file_name(import_))
    return response


@shop_step(Right.CATALOGUE)
def fetch_again(request: ShopRequest, import_id: uuid.UUID) -> HttpResponse:
    """The pictures that could not be had are asked for once more."""
    import_ = own(request, import_id)
    pictures.try_again(import_)
    return done(request, _("Les photos sont demandées encore une fois."), HERE, import_.id)


@shop_step(Right.CATALOGUE)
def undo(request: ShopRequest, import_id: uuid.UUID) -> HttpResponse:
    """Taken back; what somebody touched since stays, and the page says which."""
    import_ = own(request, import_id)
    try:
        undoing.undo(import_, by=request.actor)
    except Refused as refused:
        return not_done(request, why(refused.code, refused.details), HERE, import_.id)
    if import_.state != Import.State.UNDONE:  # the page shows how far it is
        return see_other(import_page.address(import_))
    return done(request, _("L'import est annulé."), HERE, import_.id)
