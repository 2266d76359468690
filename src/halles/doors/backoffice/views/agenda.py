# SPDX-License-Identifier: AGPL-3.0-or-later
"""« Agenda »: who comes when, a time kept free, somebody noted on the telephone, and the same in a telephone's calendar."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from halles.domain.appointments import actions
from halles.domain.appointments import reads as appointments
from halles.domain.appointments.models import Resource
from halles.domain.orders import visits
from halles.domain.orders.actions.note import NotedLine, note
from halles.domain.orders.models import ShopOrder
from halles.domain.orders.rules import TO_ACCEPT
from halles.domain.orders.visits import Visit
from halles.domain.shops import reads as shops
from halles.domain.shops.models import Shop
from halles.domain.shops.reads import Right
from halles.domain.shops.rules import Hours
from halles.doors.backoffice.access import ShopRequest, done, key_of, not_done, page, shop_page, shop_step
from halles.doors.backoffice.forms.agenda import AbsenceForm, VisitForm, called, read_day
from halles.doors.backoffice.forms.fields import refuse
from halles.doors.ui.terms import terms_in
from halles.kernel.errors import Refused

DAYS = 7
FIELDS = {"name": "nom", "email": "courriel", "phone": "telephone", "time": "heure"}


@dataclass(frozen=True, slots=True)
class Row:
    """A time of the day, as it is shown."""

    visit: Visit
    who: str  # or what it is with, where there are several
    is_outside: bool  # of the hours: a closure came after it

    @property
    def to_accept(self) -> bool:
        """Whether it waits for the shop's yes."""
        return self.visit.part is not None and self.visit.part.state in TO_ACCEPT


@shop_page(Right.ORDERS, methods=("GET", "HEAD"))
def agenda(request: ShopRequest) -> HttpResponse:
    """A day, and the week it begins."""
    return _show(request, read_day(request.GET.get("jour", "")))


@shop_step(Right.ORDERS)
def block(request: ShopRequest) -> HttpResponse:
    """Nobody is taken for a while."""
    day = read_day(request.POST.get("day", ""))
    those = appointments.resources(request.shop)
    if not those:
        return not_done(request, _("Rien ne se prend encore sur rendez-vous."), "backoffice:agenda")
    form = AbsenceForm(request.POST, those=those)
    if form.is_valid():
        try:
            held = actions.absent(form.whom, form.window(day, _zone(request.shop)), by=request.actor)
        except Refused as refused:
            refuse(form, refused)
        else:
            undo = reverse("backoffice:agenda_back", args=[held.id])
            return done(request, _("C'est bloqué."), _of(day), undo=undo)
    return _show(request, day, absence=form)


@shop_step(Right.ORDERS)
def back(request: ShopRequest, absence_id: uuid.UUID) -> HttpResponse:
    """People are taken again in a time that was blocked."""
    actions.back(request.shop, absence_id, by=request.actor)
    return done(request, _("C'est de nouveau libre."), _of(read_day(request.POST.get("day", ""))))


@shop_step(Right.ORDERS)
def note_visit(request: ShopRequest) -> HttpResponse:
    """Somebody is on the telephone: his time is held."""
    day = read_day(request.POST.get("day", ""))
    form = VisitForm(request.POST, services=appointments.services_of(request.shop))
    noted = _noted(request, form, day) if form.is_valid() else None
    if noted is None:
        return _show(request, day, visit=form)
    return done(request, _("Rendez-vous %(code)s noté.") % {"code": noted.code}, _of(day))


def _noted(request: ShopRequest, form: VisitForm, day: dt.date) -> ShopOrder | None:
    contact = form.contact()
    line = NotedLine(Decimal(1), form.variant, starts_at=form.starts_at(day, _zone(request.shop)))

    try:
        return note(
            request.shop,
            [line],
            contact,
            terms=terms_in(contact.language),
            by=request.actor,
            key=key_of(request),
        )
    except Refused as refused:
        refuse(form, Refused(refused.code, field=FIELDS.get(refused.field or "", "heure"), **refused.details))
        return None


@shop_page(Right.ORDERS)
def feed(request: ShopRequest) -> HttpResponse:
    """The agenda in a telephone's own calendar: an address that only the shop knows, made, made anew, closed."""
    said = (
        {
            "ouvrir": (actions.open_feed, _("L'adresse est prête.")),
            "refaire": (actions.renew_feed, _("Voici une autre adresse. L'ancienne ne montre plus rien.")),
            "fermer": (actions.close_feed, _("L'adresse est fermée.")),
        }.get(request.POST.get("faire", ""))
        if request.method == "POST"
        else None
    )
    if said:
        act, words = said
        act(request.shop, by=request.actor)
        return done(request, words, "backoffice:agenda_feed")
    found = appointments.feed(request.shop)
    address = settings.ORIGIN + reverse("storefront:agenda", args=[found.secret]) if found else ""
    context = {"address": address, "webcal": address.replace("https://", "webcal://", 1)}
    return page(request, "agenda_feed", "today", context)


def _show(
    request: ShopRequest,
    day: dt.date,
    *,
    absence: AbsenceForm | None = None,
    visit: VisitForm | None = None,
) -> HttpResponse:
    shop, those = request.shop, appointments.resources(request.shop)
    zone = _zone(shop)
    first = min(day, max(timezone.localdate(), day - dt.timedelta(DAYS - 1)))
    since = dt.datetime.combine(first, dt.time(0), zone)
    until = dt.datetime.combine(first + dt.timedelta(DAYS), dt.time(0), zone)
    found = visits.agenda(shop, since, until)
    hours = shops.counter_hours_of([shop])[shop.id]
    services = appointments.services_of(shop) if those else []
    context: dict[str, Any] = {
        "day": day,
        "days": _days(first, found, zone),
        "before": first - dt.timedelta(DAYS),
        "after": first + dt.timedelta(DAYS),
        "rows": [_row(one, those, hours) for one in found if _day(one, zone) == day],
        "has_agenda": bool(those),
        "key": str(uuid.uuid4()),
        "absence": absence or (AbsenceForm(those=those, auto_id="bloquer_%s") if those else None),
        "visit": visit or (VisitForm(services=services, auto_id="noter_%s") if services else None),
    }
    return page(request, "agenda", "today", context)


def _row(visit: Visit, those: Sequence[Resource], hours: Hours) -> Row:
    held = visit.held
    opening = hours.open_at(held.starts_at)
    return Row(
        visit,
        called(held.resource) if len(those) > 1 else "",
        visit.line is not None and (opening is None or opening.end < held.ends_at),
    )


def _days(first: dt.date, found: Sequence[Visit], zone: ZoneInfo) -> list[tuple[dt.date, int]]:
    """The days of the week, each with how many come."""
    coming = [_day(one, zone) for one in found if one.line]
    return [(day, coming.count(day)) for day in (first + dt.timedelta(n) for n in range(DAYS))]


def _day(visit: Visit, zone: ZoneInfo) -> dt.date:
    return visit.held.starts_at.astimezone(zone).date()


def _zone(shop: Shop) -> ZoneInfo:
    return ZoneInfo(shop.market.time_zone)


def _of(day: dt.date) -> str:
    return f"{reverse('backoffice:agenda')}?jour={day.isoformat()}"
