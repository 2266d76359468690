# SPDX-License-Identifier: AGPL-3.0-or-later
"""The shop's baskets at a depot, a day on a page to be ticked or printed; and the link for whoever keeps it."""

import datetime as dt
import uuid
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from halles.domain.depots import actions, reads
from halles.domain.depots.models import KeeperLink
from halles.domain.depots.reads import AHEAD, Parcel, Scope
from halles.domain.depots.rules import Standing
from halles.domain.shops import reads as shops
from halles.domain.shops.models import Place
from halles.domain.shops.reads import Right
from halles.doors.backoffice.access import ShopRequest, done, key_of, not_done, page, shop_page, shop_step
from halles.doors.backoffice.texts import to_send
from halles.doors.ui import formats, order_links
from halles.doors.ui.refusals import say
from halles.kernel.errors import Refused


def _own(request: ShopRequest, place_id: uuid.UUID) -> Place:
    place = reads.place_of(request.shop, place_id)
    if place is None:
        raise Http404
    return place


@shop_page(Right.ORDERS, methods=("GET", "HEAD"))
def day(request: ShopRequest, place_id: uuid.UUID) -> HttpResponse:
    """The baskets of a day, with what is left there from days before."""
    place = _own(request, place_id)
    scope = Scope.of_place(place)
    days = scope.days()
    shown = _asked(scope, request.GET.get("jour", ""))
    parcels = scope.on(shown)
    context = {
        "place": place,
        "day": shown,
        "chips": [(one, n, one == shown) for one, n in sorted({shown: 0, scope.today: 0, **days}.items())],
        "parcels": [(one, order_links.hand_over(one.part)) for one in parcels],
        "left": scope.left() if shown == scope.today else [],
        "packed": sum(one.standing == Standing.PACKED for one in parcels),
    }
    return page(request, "depot", "orders", context)


@shop_step(Right.ORDERS)
def tick(request: ShopRequest, place_id: uuid.UUID) -> HttpResponse:
    """The shop left a basket at the depot, or all of a day; or it was ticked by mistake."""
    place = _own(request, place_id)
    scope = Scope.of_place(place)
    shown = _asked(scope, request.POST.get("jour", ""))
    if "tout" in request.POST:
        packed = [one for one in scope.on(shown) if one.standing == Standing.PACKED]
        actions.arrive_all([one.part for one in packed], by=request.actor)
        said = ngettext("%(n)s panier déposé.", "%(n)s paniers déposés.", len(packed)) % {"n": len(packed)}
        return done(request, said, _address(place, shown))
    parcel = _parcel(request, scope)
    try:
        if "pas-la" in request.POST:
            actions.not_there(parcel.part, by=request.actor)
        else:
            actions.arrive(parcel.part, by=request.actor)
    except Refused as refused:
        return not_done(request, say(refused), _address(place, shown))
    return done(request, "", _address(place, shown))


@shop_step(Right.ORDERS)
def take_back(request: ShopRequest, place_id: uuid.UUID) -> HttpResponse:
    """The shop has again what nobody fetched."""
    place = _own(request, place_id)
    scope = Scope.of_place(place)
    parcel = _parcel(request, scope)
    back = _address(place, _asked(scope, request.POST.get("jour", "")))
    try:
        actions.take_back(parcel.part, by=request.actor)
    except Refused as refused:
        return not_done(request, say(refused), back)
    said = _("Panier %(code)s repris : ses articles sont de nouveau en vente.")
    return done(request, said % {"code": parcel.part.code}, back)


@shop_page(Right.SHOP)
def link(request: ShopRequest, place_id: uuid.UUID) -> HttpResponse:
    """The link for whoever keeps the depot, to be shown, sent or copied; a POST makes it, and ends the former one."""
    place = _own(request, place_id)
    assert place.depot is not None
    if request.method == "POST":
        try:
            actions.make_link(request.shop, place.depot, key=key_of(request), by=request.actor)
        except Refused as refused:
            return not_done(request, say(refused), "backoffice:depot_link", place_id)
        return done(request, _("Le lien est prêt."), "backoffice:depot_link", place_id)
    depot = shops.depot_of(place)
    assert depot is not None
    known = reads.link_of(depot) if depot.host_id == request.shop.id else None
    context = {"place": place, "depot": depot, "link": known, "key": str(uuid.uuid4())}
    return page(request, "depot_link", "more", context | (_to_give(known, place) if known else {}))


@shop_step(Right.SHOP)
def stop_link(request: ShopRequest, place_id: uuid.UUID) -> HttpResponse:
    """The link leads nowhere any more."""
    place = _own(request, place_id)
    assert place.depot is not None
    try:
        actions.stop_link(request.shop, place.depot, by=request.actor)
    except Refused as refused:
        return not_done(request, say(refused), "backoffice:depot_link", place_id)
    return done(request, _("Le lien est arrêté."), "backoffice:depot_link", place_id)


def _to_give(link: KeeperLink, place: Place) -> dict[str, Any]:
    """The address, and the messages that carry it."""
    assert place.depot is not None
    address = settings.ORIGIN + reverse("storefront:depot", args=[link.secret])
    said = {"place": place.name, "day": formats.day(link.expires_at, "date")}
    words = (
        _(
            "Les paniers pour %(place)s, jour par jour. Ce lien sert jusqu'au %(day)s, ne le montrez à personne :"
        )
        % said
    )
    whatsapp = f"https://wa.me/?text={quote(f'{words} {address}', safe='')}"
    return {
        "address": address,
        "texts": to_send(place.depot.keeper_phone, words, address),
        "whatsapp": whatsapp,
    }


def _parcel(request: ShopRequest, scope: Scope) -> Parcel:
    try:
        found = scope.by_id(uuid.UUID(request.POST.get("order", "")[:40]))
    except ValueError:
        found = None
    if found is None:
        raise Http404
    return found


def _asked(scope: Scope, typed: str) -> dt.date:
    """The day asked for; today for nonsense and for what is too far from it."""
    try:
        day = dt.date.fromisoformat(typed[:10])
    except ValueError:
        return scope.today
    return day if abs(day - scope.today) <= dt.timedelta(AHEAD) else scope.today


def _address(place: Place, day: dt.date) -> str:
    return f"{reverse('backoffice:depot', args=[place.id])}?jour={day.isoformat()}"
