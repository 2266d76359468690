# SPDX-License-Identifier: AGPL-3.0-or-later
"""How the shop hands over: its ways in sentences, the form of each, and the week to come as a customer meets it."""

import uuid
from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from halles.domain.fulfilment import actions
from halles.domain.shops import reads as shops
from halles.domain.shops.models import Depot, Place, Shop
from halles.domain.shops.reads import Right
from halles.doors.backoffice import ways_page
from halles.doors.backoffice.access import ShopRequest, done, key_of, not_done, page, shop_page, shop_step
from halles.doors.backoffice.forms.fields import plain
from halles.doors.backoffice.forms.shop import as_week
from halles.doors.backoffice.forms.ways import Sheet
from halles.doors.backoffice.forms.zones import offers
from halles.doors.backoffice.new_way import Example, examples, initial_of, joined, prices_of
from halles.doors.backoffice.ways_page import Way
from halles.doors.ui.refusals import say
from halles.kernel.errors import Refused

WEEK = "#semaine"


@shop_page(Right.SHOP, methods=("GET", "HEAD"))
def ways(request: ShopRequest) -> HttpResponse:
    """Each way in its sentence, and what could be added."""
    found = ways_page.ways_of(request.shop)
    context = {
        "ways": found,
        "examples": examples(request.shop, _counter(found)),
        "is_alone": len(found) == 1,
        "none_is_on": not any(way.is_on for way in found),
        "brings": any(way.place.kind == Place.Kind.ROUND for way in found),
    }
    return page(request, "ways", "more", context)


@shop_page(Right.SHOP)
def way(request: ShopRequest, place_id: uuid.UUID) -> HttpResponse:
    """One way: its sentence, what makes it, the week to come."""
    found = ways_page.ways_of(request.shop)
    here = _own(found, place_id)
    depot = shops.depot_of(here.place)
    sheet = Sheet(
        here.place.kind,
        joins=depot.id if depot and depot.host_id != request.shop.id else None,
        initial=initial_of(here),
        week=as_week(here.offered.hours.periods),
        prices=prices_of(here),
        data=request.POST if request.method == "POST" else None,
    )
    if request.method == "POST" and not sheet.only_adds and sheet.is_valid():
        try:
            actions.set_anew(here.place, sheet.said(here.offered.method), by=request.actor)
        except Refused as refused:
            sheet.refuse(refused)
            found = ways_page.ways_of(request.shop)
            here = _own(found, place_id)
        else:
            return done(request, _("C'est enregistré."), "backoffice:way", place_id)
    days = ways_page.week_of(request.shop, found, here, request.GET.get("jour", ""))
    context = {
        "days": days,
        "has_hours": ways_page.has_hours(found),
        "overfull": _overfull(here),
        "depot": depot,
        "others": _others(request, depot),
    }
    return _sheet_page(request, here, sheet, context)


@shop_page(Right.SHOP)
def new_way(request: ShopRequest, kind: Place.Kind) -> HttpResponse:
    """A way that is not there yet, as its example says it."""
    example = _example(request, kind)
    data = request.POST if request.method == "POST" else None
    there = shops.depots_to_join(request.shop) if kind == Place.Kind.DEPOT else []
    asked = (data or request.GET).get("depot", "")[:40]
    depot = next((depot for depot in there if str(depot.id) == asked), None)
    if asked and depot is None and data is None:
        raise Http404
    if depot:
        example = joined(example, depot)
    sheet = Sheet(
        kind,
        initial=initial_of(example.way),
        week=as_week(example.way.offered.hours.periods),
        data=data,
        joins=depot.id if depot else None,
    )
    if data is not None and not sheet.only_adds and sheet.is_valid():
        try:
            method = actions.set_up(
                request.shop, kind, sheet.said(None), key=key_of(request), by=request.actor
            )
        except Refused as refused:
            sheet.refuse(refused)
        else:
            to = ("backoffice:way", method.place_id) if method else ("backoffice:ways",)
            return done(request, _("C'est proposé à vos clients."), *to)
    context = {"is_new": True, "key": key_of(request), "depot": depot, "others": _others(request, depot)}
    return _sheet_page(request, example.way, sheet, context | {"there": [] if depot else there})


def _others(request: ShopRequest, depot: Depot | None) -> list[str]:
    """The names of the other shops that hand over at a depot."""
    users: list[Shop] = getattr(depot, "users", [])
    return [shop.name for shop in users if shop.id != request.shop.id]


def _sheet_page(request: ShopRequest, here: Way, sheet: Sheet, context: dict[str, Any]) -> HttpResponse:
    return page(request, "way", "more", {"way": here, "sheet": sheet, "kind": here.place.kind} | context)


@shop_step(Right.SHOP)
def turn_way(request: ShopRequest, place_id: uuid.UUID) -> HttpResponse:
    """Offered from now on, or no longer."""
    here = _own(ways_page.ways_of(request.shop), place_id)
    on = request.POST.get("on") == "1"
    actions.turn(here.place, on=on, by=request.actor)
    said = (
        _("C'est proposé à vos clients.")
        if on
        else _("Ce n'est plus proposé. Les commandes déjà prises restent.")
    )
    back = ("backoffice:way", place_id) if "page" in request.POST else ("backoffice:ways",)
    return done(request, said, *back)


@shop_step(Right.SHOP)
def set_full(request: ShopRequest, place_id: uuid.UUID) -> HttpResponse:
    """A slot or a whole day is full, or is not any more."""
    found = ways_page.ways_of(request.shop)
    here = _own(found, place_id)
    asked, is_full = _asked(request)
    days = ways_page.week_of(request.shop, found, here)
    windows = [
        slot.window
        for day in days
        for slot in day.turnable
        if asked in {slot.value, day.date.isoformat()} and slot.is_full is not is_full
    ]
    actions.set_full(here.offered.method, windows, is_full=is_full, by=request.actor)
    seen = f"?jour={windows[0].start.date()}" if windows else ""
    return done(request, "", f"{reverse('backoffice:way', args=[place_id])}{seen}{WEEK}")


def _asked(request: ShopRequest) -> tuple[str, bool]:
    """Which slot or day, and whether it is to be full."""
    is_full = "complet" in request.POST
    return request.POST.get("complet" if is_full else "rouvrir", "")[:40], is_full


@shop_step(Right.SHOP)
def remove_way(request: ShopRequest, place_id: uuid.UUID) -> HttpResponse:
    """A way that nobody used."""
    here = _own(ways_page.ways_of(request.shop), place_id)
    try:
        actions.remove(here.place, by=request.actor)
    except Refused as refused:
        return not_done(request, say(refused), "backoffice:way", place_id)
    return done(request, _("C'est retiré."), "backoffice:ways")


@shop_page(Right.SHOP, methods=("GET", "HEAD"))
def way_communes(request: ShopRequest) -> HttpResponse:
    """What somebody who types a commune or a postal code may mean."""
    return JsonResponse(offers(plain(request.GET.get("q", ""))[:80]), safe=False)


def _own(found: list[Way], place_id: uuid.UUID) -> Way:
    here = ways_page.way_at(found, place_id)
    if here is None:
        raise Http404
    return here


def _counter(found: list[Way]) -> Place | None:
    return next((way.place for way in found if way.place.kind == Place.Kind.COUNTER), None)


def _example(request: ShopRequest, kind: Place.Kind) -> Example:
    counter = _counter(ways_page.ways_of(request.shop))
    return next(example for example in examples(request.shop, counter) if example.kind == kind)


def _overfull(here: Way) -> str:
    """Nobody is turned out when there is less room than there was: the shop reads how many slots that concerns."""
    if not here.overfull:
        return ""
    return ngettext(
        "%(n)s créneau a déjà plus de commandes. Elles restent promises.",
        "%(n)s créneaux ont déjà plus de commandes. Elles restent promises.",
        here.overfull,
    ) % {"n": here.overfull}
