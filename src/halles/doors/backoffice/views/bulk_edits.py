# SPDX-License-Identifier: AGPL-3.0-or-later
"""One change to many articles: found, looked at, made, taken back."""

import uuid
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from halles.domain.bulkedits import actions, reads
from halles.domain.bulkedits.models import BulkEdit
from halles.domain.catalogue import shelf
from halles.domain.catalogue.models import Product
from halles.domain.shops.reads import Right
from halles.doors.backoffice import bulk_edit_page
from halles.doors.backoffice.access import ShopRequest, done, not_done, page, see_other, shop_page, shop_step
from halles.doors.backoffice.forms.bulk_edits import BulkEditForm, SearchForm
from halles.doors.backoffice.forms.fields import refuse
from halles.doors.backoffice.paging import FoundPaginator, LeanPaginator
from halles.doors.ui.refusals import say
from halles.kernel.errors import Refused

A_PAGE = 20
TICKS = 40  # articles that can be ticked; a search finds the others
TICKED = "coches"  # kept beside what was searched for
HERE = "backoffice:bulk_edit"
State = BulkEdit.State


@shop_page(Right.CATALOGUE)
def bulk_edits(request: ShopRequest) -> HttpResponse:
    """Which articles, and what is to become of them; what was changed so before."""
    search = SearchForm(request.GET, shop=request.shop)
    posted = request.POST if request.method == "POST" else None
    form = BulkEditForm(posted, shop=request.shop, tree=search.tree)
    if posted is not None and form.is_valid() and (edit := _looked(request, search, form)):
        return see_other(bulk_edit_page.address(edit))
    pages = FoundPaginator if "q" in search.asked else LeanPaginator
    found = pages(shelf.brief(search.products(), photos=False), TICKS)
    former = Paginator(reads.begun(request.shop), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "search": search,
        "form": form,
        "total": found.count,
        "found": found.page(1).object_list,
        "ticked": posted.getlist("article") if posted is not None else [],
        "shown": former,
        "former": bulk_edit_page.told(list(former)),
    }
    return page(request, "bulk_edits", "products", context)


def _looked(request: ShopRequest, search: SearchForm, form: BulkEditForm) -> BulkEdit | None:
    """The look at those that were ticked, else at all that were found; or the form says why there is none."""
    ticked = request.POST.getlist("article")
    products = _those(request, ticked) if ticked else search.products()
    found_by = search.asked | ({TICKED: "1"} if ticked else {})
    try:
        return actions.look(request.shop, products, form.asked, found_by=found_by, by=request.actor)
    except Refused as refused:
        refuse(form, refused)
        return None


def _those(request: ShopRequest, ticked: list[str]) -> QuerySet[Product]:
    ids = []
    for text in ticked[:TICKS]:
        try:
            ids.append(uuid.UUID(text))
        except ValueError:
            continue
    return shelf.products(request.shop).filter(pk__in=ids)


def own(request: ShopRequest, edit_id: uuid.UUID) -> BulkEdit:
    """The shop's own bulk edit, or no page."""
    edit = reads.in_shop(request.shop, edit_id)
    if edit is None:
        raise Http404
    return edit


@shop_page(Right.CATALOGUE, methods=("GET", "HEAD"))
def one(request: ShopRequest, edit_id: uuid.UUID) -> HttpResponse:
    """What would happen, how far it is, what happened."""
    edit = own(request, edit_id)
    search = SearchForm(edit.found_by, shop=request.shop)
    back = reverse("backoffice:bulk_edits") + (f"?{urlencode(search.asked)}" if search.asked else "")
    found = {"back": back, "among": search.in_words(), "ticked": TICKED in edit.found_by}
    return page(request, "bulk_edit", "products", bulk_edit_page.context(edit) | found)


@shop_step(Right.CATALOGUE)
def start(request: ShopRequest, edit_id: uuid.UUID) -> HttpResponse:
    """Yes. Pressed twice, once."""
    edit = own(request, edit_id)
    try:
        actions.start(edit, by=request.actor)
    except Refused as refused:
        if own(request, edit_id).state == State.LOOKING:
            return not_done(request, say(refused), HERE, edit.id)
        return see_other(bulk_edit_page.address(edit))
    if edit.state != State.DONE:  # the page shows how far it is
        return see_other(bulk_edit_page.address(edit))
    changed = reads.counts([edit])[edit.id]["changed"]
    undo = bulk_edit_page.undo_address(edit) if changed else ""
    return done(request, f"{bulk_edit_page.changed_words(changed)}.", HERE, edit.id, undo=undo)


@shop_step(Right.CATALOGUE)
def undo(request: ShopRequest, edit_id: uuid.UUID) -> HttpResponse:
    """Taken back; what somebody touched since stays, and the page says which. Pressed twice, once."""
    edit = own(request, edit_id)
    try:
        actions.undo(edit, by=request.actor)
    except Refused as refused:
        if own(request, edit_id).state not in {State.UNDOING, State.UNDONE}:
            return not_done(request, say(refused), HERE, edit.id)
        return see_other(bulk_edit_page.address(edit))
    if edit.state != State.UNDONE:
        return see_other(bulk_edit_page.address(edit))
    return done(request, _("C'est annulé."), HERE, edit.id)
