# SPDX-License-Identifier: AGPL-3.0-or-later
"""An appointment of an order: into one's own calendar, and another time for it; for whoever holds the order's link."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from halles.domain.orders import visits
from halles.domain.orders.actions import times
from halles.domain.orders.models import Order, OrderLine
from halles.domain.orders.rules import OPEN_STATES
from halles.doors.storefront import appointments, common, ways
from halles.doors.storefront.forms import read_day, read_uuid
from halles.doors.storefront.views.order import back, of_holder
from halles.doors.ui import agendas, formats
from halles.doors.ui.refusals import say
from halles.kernel.errors import Refused


@of_holder("GET", "HEAD")
def calendar(request: HttpRequest, mine: Order) -> HttpResponse:
    """One event, as calendars read it."""
    line = _line(mine, request.GET.get("rendez-vous", ""))
    part = line.shop_order
    assert line.starts_at is not None and line.ends_at is not None
    where = ", ".join(
        filter(None, [part.place.address, f"{part.place.postal_code} {part.place.city}".strip()])
    )
    entry = agendas.Entry(
        line.id,
        line.starts_at,
        line.ends_at,
        part.created_at,
        f"{line.name}, {part.shop.name}",
        where,
        part.code,
        settings.ORIGIN + reverse("storefront:order", args=[mine.secret]),
    )
    return agendas.answer(agendas.calendar([entry]), "rendez-vous")


@of_holder("GET", "HEAD", "POST")
def move(request: HttpRequest, mine: Order) -> HttpResponse:
    """The times that are free; one press takes one instead."""
    line = _line(mine, request.POST.get("rendez-vous", "") or request.GET.get("rendez-vous", ""))
    part, said = line.shop_order, ""
    if request.method == "POST" and (starts_at := ways.read_moment(request.POST.get("heure", ""))):
        try:
            times.choose(part, line.id, starts_at, by=common.customer(mine))
            return back(mine)
        except Refused as refused:
            said = say(refused)
    late = visits.is_too_late(part, line)
    free = [] if late else visits.free(part, line)
    context = {
        "order": mine,
        "part": part,
        "line": line,
        "now": formats.moment(line.starts_at),
        "offered": appointments.offered(free, read_day(request.GET.get("des", ""))),
        "carry": f"rendez-vous={line.id}&",
        "late": late,
        "said": said,
    }
    return common.page(request, "storefront/appointment.html", context, market=mine.market)


def _line(mine: Order, typed: str) -> OrderLine:
    """The service of this order that is meant, as long as somebody still comes for it."""
    line_id = read_uuid(typed)
    for part in mine.shop_orders.all():
        for line in part.appointments:
            if line.id == line_id and part.state in OPEN_STATES:
                return line
    raise Http404
