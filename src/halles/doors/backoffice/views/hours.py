# SPDX-License-Identifier: AGPL-3.0-or-later
"""When and where the shop is open: the week of each place, congés, holidays."""

import datetime as dt
import uuid
from typing import Any

from django.forms import Form
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from halles.domain.orders import visits
from halles.domain.shops import actions, openstreetmap
from halles.domain.shops import reads as shops
from halles.domain.shops.models import Closure, Place
from halles.domain.shops.reads import Right
from halles.doors.backoffice.access import ShopRequest, done, not_done, page, shop_page, shop_step
from halles.doors.backoffice.forms.fields import plain, refuse
from halles.doors.backoffice.forms.shop import (
    ClosureForm,
    Day,
    StallForm,
    as_week,
    copied,
    periods,
    typed_week,
    week_of,
)
from halles.doors.ui.refusals import say
from halles.kernel.errors import Refused


@shop_page(Right.SHOP)
def hours(request: ShopRequest, place_id: uuid.UUID | None = None) -> HttpResponse:
    """The week of the counter, or of another place."""
    places = shops.places(request.shop)
    place = _own(places, place_id) if place_id else places[0]
    if request.method != "POST":
        return _hours_page(request, places, place, week_of(place))
    week = typed_week(request.POST)
    if (copy := request.POST.get("copy", "")) in set("0123456"):
        return _hours_page(request, places, place, copied(week, int(copy)) if copy else week)
    if "lire" in request.POST:
        return _read(request, places, place, week)
    found = periods(week)
    if any(day.error for day in week):
        return _hours_page(request, places, place, week)
    try:
        actions.set_hours(place, found, by=request.actor)
    except Refused as refused:
        week[refused.details["weekday"]].error = say(refused)
        return _hours_page(request, places, place, week)
    said = _("Les horaires sont enregistrés.")
    return done(request, said, *(("backoffice:place_hours", place.id) if place_id else ("backoffice:hours",)))


def _read(request: ShopRequest, places: list[Place], place: Place, week: list[Day]) -> HttpResponse:
    """The week as OpenStreetMap says it, to be looked at: nothing is kept yet."""
    typed = plain(request.POST.get("osm", ""))[: openstreetmap.LONGEST + 1]
    pasted: dict[str, Any] = {"typed": typed, "is_open": True}
    try:
        found = openstreetmap.read(typed, timezone.localdate())
    except Refused as refused:
        return _hours_page(request, places, place, week, pasted=pasted | {"error": say(refused)})
    return _hours_page(request, places, place, as_week(found.periods), pasted=pasted | {"found": found})


def _own(places: list[Place], place_id: uuid.UUID) -> Place:
    place = next((place for place in places if place.id == place_id), None)
    if place is None:
        raise Http404
    return place


def _hours_page(
    request: ShopRequest,
    places: list[Place],
    place: Place,
    week: list[Day],
    **shown: Any,  # noqa: ANN401
) -> HttpResponse:
    context = {
        "places": places,
        "place": place,
        "is_counter": place.kind == Place.Kind.COUNTER,
        "week": week,
        "closures": shops.closures(request.shop),
        "closure_form": ClosureForm(auto_id="conges_%s"),
        "stall_form": StallForm(auto_id="lieu_%s"),
    }
    return page(request, "hours", "more", context | shown)


def _with(request: ShopRequest, **with_forms: Form) -> HttpResponse:
    places = shops.places(request.shop)
    return _hours_page(request, places, places[0], week_of(places[0]), **with_forms)


@shop_step(Right.SHOP)
def close_days(request: ShopRequest) -> HttpResponse:
    """Congés, announced."""
    form = ClosureForm(request.POST, auto_id="conges_%s")
    if form.is_valid():
        try:
            actions.close_days(request.shop, **form.cleaned_data, by=request.actor)
        except Refused as refused:
            refuse(form, refused)
        else:
            return _noted(request, **form.cleaned_data)
    return _with(request, closure_form=form)


def _noted(request: ShopRequest, first_day: dt.date, last_day: dt.date, **_reason: str) -> HttpResponse:
    """Congés stand; who had an appointment on one of these days keeps it until somebody tells him."""
    shop = request.shop
    coming = visits.during(shop, first_day, last_day, shops.counter_hours_of([shop])[shop.id])
    if not coming:
        return done(request, _("Les congés sont notés."), "backoffice:hours")
    said = ngettext(
        "Les congés sont notés. %(n)s rendez-vous tombe pendant : proposez un autre jour ou appelez.",
        "Les congés sont notés. %(n)s rendez-vous tombent pendant : proposez un autre jour ou appelez.",
        len(coming),
    ) % {"n": len(coming)}
    day = timezone.localdate(coming[0].held.starts_at).isoformat()
    href = f"{reverse('backoffice:agenda')}?jour={day}"
    return done(request, said, "backoffice:hours", href=href, act=_("Voir"))


@shop_step(Right.SHOP)
def reopen_days(request: ShopRequest, closure_id: uuid.UUID) -> HttpResponse:
    """The congés are off."""
    closure: Closure | None = next((c for c in shops.closures(request.shop) if c.id == closure_id), None)
    if closure is None:
        raise Http404
    actions.reopen_days(closure, by=request.actor)
    return done(request, _("Les congés sont annulés."), "backoffice:hours")


@shop_step(Right.SHOP)
def holidays(request: ShopRequest) -> HttpResponse:
    """Closed on public holidays, or not."""
    actions.set_holidays(request.shop, "closed" in request.POST, by=request.actor)
    return done(request, _("C'est enregistré."), "backoffice:hours")


@shop_step(Right.SHOP)
def add_stall(request: ShopRequest) -> HttpResponse:
    """Another place."""
    form = StallForm(request.POST, auto_id="lieu_%s")
    if form.is_valid():
        try:
            stall = actions.add_place(request.shop, Place.Kind.STALL, **form.cleaned_data, by=request.actor)
        except Refused as refused:
            refuse(form, refused)
        else:
            return done(
                request, _("Le lieu est ajouté. Dites ses horaires."), "backoffice:place_hours", stall.id
            )
    return _with(request, stall_form=form)


@shop_step(Right.SHOP)
def remove_stall(request: ShopRequest, place_id: uuid.UUID) -> HttpResponse:
    """No longer there."""
    place = _own(shops.places(request.shop), place_id)
    try:
        actions.remove_place(place, by=request.actor)
    except Refused as refused:
        return not_done(request, say(refused), "backoffice:hours")
    return done(request, _("Le lieu est retiré."), "backoffice:hours")
