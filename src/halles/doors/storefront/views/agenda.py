# SPDX-License-Identifier: AGPL-3.0-or-later
"""The agenda of a shop as a telephone's calendar reads it. The secret in the address is the key, and names nobody."""

import datetime as dt
import hashlib
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import timezone
from django.views.decorators.http import require_safe

from halles.domain.appointments import reads as appointments
from halles.domain.orders import visits
from halles.domain.orders.visits import Visit
from halles.doors.storefront import common
from halles.doors.ui import agendas
from halles.doors.ui.public import personal_page

BACK, AHEAD = dt.timedelta(days=30), dt.timedelta(days=90)


@personal_page
@require_safe
def agenda(request: HttpRequest, feed: str) -> HttpResponse:
    """Services with the codes of their orders: a calendar travels to whoever keeps it, so no names and no numbers.

    Nothing of it changes from one minute to the next: who reads it every quarter of an hour is told so.
    """
    found = appointments.feed_by_secret(feed) if common.SECRET.fullmatch(feed) else None
    if found is None:
        raise Http404
    zone = ZoneInfo(found.shop.market.time_zone)
    today = dt.datetime.combine(timezone.localdate(timezone=zone), dt.time(0), zone)
    held = visits.agenda(found.shop, today - BACK, today + AHEAD)
    body = agendas.calendar((_entry(one) for one in held if one.line), name=found.shop.name)
    etag = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
    is_known = etag in request.headers.get("If-None-Match", "")
    response = HttpResponseNotModified() if is_known else agendas.answer(body, "agenda")
    response.headers["ETag"] = etag
    return response


def _entry(visit: Visit) -> agendas.Entry:
    held, line, part = visit.held, visit.line, visit.part
    assert line is not None and part is not None
    words = " · ".join(filter(None, [line.name, held.resource.name, part.code]))
    return agendas.Entry(line.id, held.starts_at, held.ends_at, held.created_at, words)
