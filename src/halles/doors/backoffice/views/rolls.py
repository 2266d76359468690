# SPDX-License-Identifier: AGPL-3.0-or-later
"""Many photographs at once: handed over, looked at, added; those that did not find their article are put there by hand."""

import uuid
from typing import Any

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from halles.domain.catalogue import shelf
from halles.domain.imports.sources import MOST_BUNDLE_BYTES
from halles.domain.rolls import previews, reads
from halles.domain.rolls.actions import add, take
from halles.domain.rolls.actions import undo as undoing
from halles.domain.rolls.models import Roll, Shot
from halles.domain.shops.reads import Right
from halles.doors.backoffice import roll_page
from halles.doors.backoffice.access import (
    ShopRequest,
    done,
    not_done,
    page,
    see_other,
    shop_page,
    shop_step,
)
from halles.doors.backoffice.forms.fields import plain
from halles.doors.backoffice.uploads import Trouble, upload_page
from halles.doors.backoffice.views.product import own as own_product
from halles.doors.ui.imports import why
from halles.kernel.errors import Refused

HERE = "backoffice:roll"
FOUND = 20  # articles under the search field


@upload_page(Right.CATALOGUE, MOST_BUNDLE_BYTES)
def rolls(request: ShopRequest, trouble: Trouble = None) -> HttpResponse:
    """Hand photographs over; those of before, with how far they are."""
    if request.method == "POST":
        files = request.FILES.getlist("photos")
        if trouble or not files:
            words = _sentence(trouble) if trouble else _("Choisissez des photos d'abord.")
            return not_done(request, words, "backoffice:rolls")
        roll = take.begin(request.shop, by=request.actor)
        if problem := _taken(request, roll):
            return not_done(request, problem, HERE, roll.id)
        take.close(roll)
        return see_other(roll_page.address(roll))
    former = Paginator(reads.of_shop(request.shop), roll_page.A_PAGE).get_page(request.GET.get("page"))
    context = {
        "shown": former,
        "former": roll_page.told(list(former)),
        "nothing_yet": not shelf.products(request.shop).exists(),
    }
    return page(request, "rolls", "products", context)


def _taken(request: ShopRequest, roll: Roll) -> str:
    """Keep what the request brings; what is to be said if not all of it could be kept."""
    try:
        for file in request.FILES.getlist("photos"):
            take.take(roll, file, str(file.name))
    except (Refused, OSError) as trouble:
        return _sentence(trouble)
    return ""


def _sentence(trouble: Refused | OSError) -> str:
    refused = trouble if isinstance(trouble, Refused) else Refused("imports.disk_full")
    return why(refused.code, refused.details)


def own(request: ShopRequest, roll_id: uuid.UUID) -> Roll:
    """The shop's own roll, or no page."""
    roll = reads.in_shop(request.shop, roll_id)
    if roll is None:
        raise Http404
    return roll


def _own_shot(request: ShopRequest, roll_id: uuid.UUID, shot_id: uuid.UUID) -> tuple[Roll, Shot]:
    roll = own(request, roll_id)
    shot = reads.shot_in(roll, shot_id)
    if shot is None:
        raise Http404
    return roll, shot


@shop_step(Right.CATALOGUE)
def begin(request: ShopRequest) -> JsonResponse:
    """For the page's script: a roll that is sent file by file."""
    return JsonResponse({"address": roll_page.address(take.begin(request.shop, by=request.actor))})


@upload_page(Right.CATALOGUE, MOST_BUNDLE_BYTES)
def send(request: ShopRequest, roll_id: uuid.UUID, trouble: Trouble = None) -> HttpResponse:
    """One more file of it, from the page's script; or several, from its form."""
    roll = own(request, roll_id)
    problem = _sentence(trouble) if trouble else _taken(request, roll)
    if not request.accepts("text/html"):
        return JsonResponse({"problem": problem}, status=409 if problem else 200)
    if problem:
        return not_done(request, problem, HERE, roll.id)
    return see_other(roll_page.address(roll))


@shop_page(Right.CATALOGUE, methods=("GET", "HEAD"))
def one(request: ShopRequest, roll_id: uuid.UUID) -> HttpResponse:
    """One roll: how far it is, what would happen, what happened."""
    return page(
        request, "roll", "products", roll_page.context(own(request, roll_id), request.GET.get("page"))
    )


@shop_step(Right.CATALOGUE)
def close(request: ShopRequest, roll_id: uuid.UUID) -> HttpResponse:
    """That is all of it."""
    return _step(request, own(request, roll_id), take.close)


@shop_step(Right.CATALOGUE)
def start(request: ShopRequest, roll_id: uuid.UUID) -> HttpResponse:
    """Yes. Pressed twice, once: the page shows how far it is."""
    roll = own(request, roll_id)
    if roll.state != Roll.State.LOOKED:
        return see_other(roll_page.address(roll))
    return _step(request, roll, add.start, by=request.actor)


@shop_step(Right.CATALOGUE)
def undo(request: ShopRequest, roll_id: uuid.UUID) -> HttpResponse:
    """The photographs it added go again."""
    return _step(request, own(request, roll_id), undoing.undo, by=request.actor)


def _step(request: ShopRequest, roll: Roll, step: Any, **how: Any) -> HttpResponse:  # noqa: ANN401
    try:
        step(roll, **how)
    except Refused as refused:
        return not_done(request, _sentence(refused), HERE, roll.id)
    return see_other(roll_page.address(roll))


@shop_page(Right.CATALOGUE)
def shot(request: ShopRequest, roll_id: uuid.UUID, shot_id: uuid.UUID) -> HttpResponse:
    """Which article does this one show? Then on to the next that waits."""
    roll, one = _own_shot(request, roll_id, shot_id)
    if request.method == "POST":
        return _put(request, roll, one)
    query = plain(request.GET.get("q", ""))
    found = shelf.products(request.shop, words=query)
    if not query:
        found = found.filter(pk__in=one.problem_params.get("articles", ()))
    context = {
        "roll": roll,
        "shot": one,
        "reason": why(one.problem, one.problem_params),
        "query": query,
        "found": found[:FOUND],
        "is_waiting": one.state == Shot.State.WAITING,
    }
    return page(request, "shot", "products", context)


def _put(request: ShopRequest, roll: Roll, one: Shot) -> HttpResponse:
    try:
        product = own_product(request, uuid.UUID(request.POST.get("product", "")))
        add.put(one, product, by=request.actor)
    except ValueError as error:
        raise Http404 from error
    except Refused as refused:
        return not_done(request, _sentence(refused), "backoffice:shot", roll.id, one.id)
    words = _("« %(photo)s » va avec « %(article)s ».") % {"photo": one.name, "article": product.name}
    following = reads.shots(roll, Shot.State.WAITING).first()
    if following:
        return done(request, words, "backoffice:shot", roll.id, following.id)
    return done(request, words, HERE, roll.id)


@shop_page(Right.CATALOGUE, methods=("GET", "HEAD"))
def preview(request: ShopRequest, roll_id: uuid.UUID, shot_id: uuid.UUID) -> HttpResponseBase:
    """A small picture of one that waits."""
    roll, one = _own_shot(request, roll_id, shot_id)
    path = previews.preview(roll, one)
    if path is None:
        raise Http404
    return FileResponse(path.open("rb"), content_type="image/jpeg")
