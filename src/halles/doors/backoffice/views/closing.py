# SPDX-License-Identifier: AGPL-3.0-or-later
"""A whole day closed in one tap: what is promised first, then what becomes of it."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from halles.domain.orders import reads
from halles.domain.orders.actions import later
from halles.domain.shops import reads as shops
from halles.domain.shops.reads import Right
from halles.doors.backoffice.access import ShopRequest, done, page, shop_page
from halles.doors.backoffice.order_cards import card
from halles.doors.ui import formats

MOST = 12  # orders shown of a day; the others are in their list
DAYS = 7  # a day further off is announced as congés


@shop_page(Right.SHOP)
def close_day(request: ShopRequest) -> HttpResponse:
    """Today or one of the next days; the customers of that day are proposed the next opening, or called."""
    days = _days(request)
    day = _chosen(request.POST.get("day") or request.GET.get("jour") or "", days)
    if request.method == "POST":
        closed = later.close_day(request.shop, day, move="move" in request.POST, by=request.actor)
        here = f"{reverse('backoffice:close_day')}?jour={day.isoformat()}"
        undo = "" if closed.moved else reverse("backoffice:reopen_days", args=[closed.closure.id])
        return done(request, _said(day, closed), here, undo=undo)
    promised = reads.promised(request.shop, day)
    number = promised.count()
    context = {
        "days": days,
        "day": day,
        "is_closed": shops.closure_on(request.shop, day) is not None,
        "number": number,
        "cards": [card(order) for order in promised[:MOST]],
        "others": max(0, number - MOST),
    }
    return page(request, "close_day", "more", context)


def _days(request: ShopRequest) -> list[dt.date]:
    today = timezone.localtime(timezone=ZoneInfo(request.shop.market.time_zone)).date()
    return [today + dt.timedelta(days=ahead) for ahead in range(DAYS)]


def _chosen(typed: str, days: list[dt.date]) -> dt.date:
    """One of these days; today when none is said, or another one."""
    return next((day for day in days if day.isoformat() == typed), days[0])


def _said(day: dt.date, closed: later.Closed) -> str:
    said = [_("C'est fermé %(day)s.") % {"day": formats.day(day)}]
    if moved := len(closed.moved):
        said.append(
            ngettext(
                "%(n)s client est prévenu et dira oui ou non au jour proposé.",
                "%(n)s clients sont prévenus et diront oui ou non au jour proposé.",
                moved,
            )
            % {"n": moved}
        )
    if stuck := len(closed.stuck):
        said.append(
            ngettext(
                "%(n)s commande reste promise ce jour-là : appelez le client.",
                "%(n)s commandes restent promises ce jour-là : appelez les clients.",
                stuck,
            )
            % {"n": stuck}
        )
    return " ".join(said)
