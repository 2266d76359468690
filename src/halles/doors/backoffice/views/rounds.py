# SPDX-License-Identifier: AGPL-3.0-or-later
"""« Ma tournée »: the day's deliveries in a good order, in one hand; each act goes through the device's queue."""

import datetime as dt
import uuid
from collections.abc import Callable, Mapping

from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from halles.domain.orders import day as days
from halles.domain.orders.models import ShopOrder
from halles.domain.rounds import photos, reads
from halles.domain.rounds.actions import doors, driving, ordering
from halles.domain.rounds.actions.doors import Told
from halles.domain.rounds.models import Stop
from halles.domain.shops.models import Place
from halles.domain.shops.reads import Right
from halles.doors.backoffice import round_page
from halles.doors.backoffice.access import ShopRequest, done, kept, not_done, page, shop_page, shop_step
from halles.doors.backoffice.forms.fields import plain
from halles.doors.ui import formats
from halles.doors.ui.refusals import say
from halles.kernel.errors import Refused

AHEAD = dt.timedelta(days=400)
BEFORE = dt.timedelta(days=30)
AGE_HEADER = "X-Age"  # how long ago it was done, by the device's own clock (`ui/queue.js`)
LONGEST_AGE = 9  # digits
REASON = 300


@shop_page(Right.ORDERS, methods=("GET", "HEAD"))
def drive(request: ShopRequest) -> HttpResponse:
    """The next stop, the following ones, and what has been done."""
    ways = reads.ways(request.shop)
    if not ways:
        return page(request, "round_none", "orders")
    day, place = _asked(request, ways, request.GET)
    sheet = reads.sheet(place, day)
    context = round_page.context(sheet, ways, agent=request.headers.get("User-Agent", ""))
    return kept(request, page(request, "round", "orders", context))


@shop_step(Right.ORDERS)
def put_in_order(request: ShopRequest) -> HttpResponse:
    """The worker makes a good order."""
    ways = reads.ways(request.shop)
    day, place = _asked(request, ways, request.POST)
    ordering.ask(place, day, by=request.actor)
    return done(request, "", round_page.address(ways, place, day))


@shop_step(Right.ORDERS)
def start(request: ShopRequest) -> HttpResponse:
    """« Je pars »."""
    ways = reads.ways(request.shop)
    day, place = _asked(request, ways, request.POST)
    here = round_page.address(ways, place, day)
    sheet = reads.sheet(place, day)
    try:
        if sheet.round is None:
            raise Refused("rounds.not_planned")
        driving.start(sheet.round, by=request.actor)
    except Refused as refused:
        return not_done(request, say(refused), here)
    return done(request, _("Bonne route. Vos clients lisent quand vous passez."), here)


@shop_step(Right.ORDERS)
def move(request: ShopRequest, stop_id: uuid.UUID) -> HttpResponse:
    """One place earlier or later, by hand."""
    stop = _own_stop(request, stop_id)
    here = round_page.address(reads.ways(request.shop), stop.round.place, stop.round.day)
    try:
        driving.move(stop, earlier=request.POST.get("vers") == "avant", key=_key(request), by=request.actor)
    except Refused as refused:
        return not_done(request, say(refused), here)
    return done(request, "", here)


@shop_step(Right.ORDERS)
def delivered(request: ShopRequest, order_id: uuid.UUID) -> HttpResponse:
    """The customer has it: by his code, by a photograph of where it lies, or at the courier's word."""
    order = _own(request, order_id)
    code, photo = plain(request.POST.get("code", ""))[:40], request.FILES.get("photo")

    def act(told: Told) -> None:
        name = photos.keep(photo) if photo else None
        try:
            doors.deliver(order, told, code=code, photo=name)
        except Refused:
            if name:
                photos.forget(name)
            raise

    return _told(request, order, act, _("%(name)s : livrée."))


@shop_step(Right.ORDERS)
def nobody(request: ShopRequest, order_id: uuid.UUID) -> HttpResponse:
    """Nobody opened."""
    order = _own(request, order_id)
    note = plain(request.POST.get("mot", ""))
    undo = reverse("backoffice:round_back", args=[order.id])
    said = _("%(name)s : absent. La commande reste prête.")
    return _told(request, order, lambda told: doors.find_nobody(order, told, note=note), said, undo=undo)


@shop_step(Right.ORDERS)
def refused(request: ShopRequest, order_id: uuid.UUID) -> HttpResponse:
    """The customer does not want it."""
    order = _own(request, order_id)
    reason = plain(request.POST.get("mot", ""))[:REASON] or _("Refusée à la porte.")
    said = _("%(name)s : refusée. Les articles sont de nouveau en vente.")
    return _told(request, order, lambda told: doors.be_refused(order, told, reason=reason), said)


@shop_step(Right.ORDERS)
def back(request: ShopRequest, order_id: uuid.UUID) -> HttpResponse:
    """Somebody opened after all."""
    order = _own(request, order_id)
    said = _("%(name)s : de nouveau à livrer.")
    return _told(request, order, lambda told: doors.go_back(order, by=told.by), said)


@shop_page(Right.ORDERS, methods=("GET", "HEAD"))
def photo(request: ShopRequest, stop_id: uuid.UUID) -> HttpResponseBase:
    """What was left at a door, for the shop alone."""
    stop = _own_stop(request, stop_id)
    if stop.photo is None or not photos.path(stop.photo).exists():
        raise Http404
    return FileResponse(photos.path(stop.photo).open("rb"), content_type="image/jpeg")


def _told(
    request: ShopRequest, order: ShopOrder, act: Callable[[Told], None], said: str, *, undo: str = ""
) -> HttpResponse:
    """Do it, and back to the list, which says so."""
    day = formats.local_date(order.collect_from)
    here = round_page.address(reads.ways(request.shop), order.place, day)
    try:
        act(Told(request.actor, _age(request)))
    except Refused as refused:
        return not_done(request, f"{order.order.name} : {say(refused)}", here)
    return done(request, said % {"name": order.order.name}, here, undo=undo)


def _own(request: ShopRequest, order_id: uuid.UUID) -> ShopOrder:
    order = reads.brought(request.shop, order_id)
    if order is None:
        raise Http404
    return order


def _own_stop(request: ShopRequest, stop_id: uuid.UUID) -> Stop:
    stop = reads.stop_of(request.shop, stop_id)
    if stop is None:
        raise Http404
    return stop


def _asked(request: ShopRequest, ways: list[Place], said: Mapping[str, str]) -> tuple[dt.date, Place]:
    """The day and the way that are asked for: today and the first for nonsense."""
    if not ways:
        raise Http404
    today = days.today(request.shop)
    try:
        day = dt.date.fromisoformat(said.get("jour", ""))
    except ValueError:
        day = today
    if not today - BEFORE <= day <= today + AHEAD:
        day = today
    return day, next((way for way in ways if str(way.id) == said.get("remise")), ways[0])


def _age(request: ShopRequest) -> int | None:
    said = request.headers.get(AGE_HEADER, "")
    return int(said) if said.isascii() and said.isdigit() and len(said) <= LONGEST_AGE else None


def _key(request: ShopRequest) -> str:
    return plain(request.POST.get("key", ""))[:80] or uuid.uuid4().hex
