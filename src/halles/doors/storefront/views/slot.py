# SPDX-License-Identifier: AGPL-3.0-or-later
"""Another time for one part of an order, chosen by whoever holds its link."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from halles.domain.orders.actions import slot as slots
from halles.domain.orders.models import Order
from halles.domain.shops.rules import Window
from halles.doors.storefront import common, ways
from halles.doors.storefront.views.order import back, of_holder, part_of
from halles.doors.ui.formats import day
from halles.doors.ui.refusals import say
from halles.kernel.errors import Refused


@of_holder("GET", "HEAD", "POST")
def slot(request: HttpRequest, mine: Order) -> HttpResponse:
    """The times that are free, by day; the one that is chosen."""
    part = part_of(mine, request.POST.get("part", "") or request.GET.get("chez", ""))
    said = ""
    if request.method == "POST" and (starts_at := ways.read_moment(request.POST.get("creneau", ""))):
        try:
            slots.choose(part, starts_at, by=common.customer(mine))
            return back(mine)
        except Refused as refused:
            said = say(refused)
    free = slots.free(part)
    days = [
        (day(those[0].start), ways.moments(those))
        for those in (list(group) for _day, group in groupby(free, _local_day))
    ]
    now = ways.coming(Window(part.collect_from, part.collect_until), brought=part.is_brought)
    context = {"order": mine, "part": part, "days": days, "now": now, "said": said}
    return common.page(request, "storefront/slot.html", context, market=mine.market)


def _local_day(window: Window) -> object:
    return timezone.localtime(window.start).date()
