# SPDX-License-Identifier: AGPL-3.0-or-later
"""A shop's day: what is to be done, the most urgent first, and how much of it there is.

Each read looks at open orders alone, which one index finds however many were handed over before.
"""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from halles.domain.orders import reads
from halles.domain.orders.models import ShopOrder
from halles.domain.orders.rules import AGREED, MAY_BE_LATE, OPEN_STATES, State
from halles.domain.shops.models import Place, Shop

URGENCY = (State.UNCONFIRMED, State.PLACED, State.TO_AGREE, State.ACCEPTED, State.READY)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of a shop's orders ask for what. One that is late is also to accept or to prepare."""

    to_accept: int
    late: int
    to_agree: int
    to_call: int  # of those to agree: whose silence says nothing
    to_prepare: int  # today, or for a day gone by
    visits: int  # accepted services of today: somebody comes, nothing is prepared
    to_hand_over: int
    tomorrow: int
    after: int
    to_bring: int  # by today's round; of those to prepare and to hand over
    to_deposit: int  # of the same, what goes to depots

    @property
    def now(self) -> int:
        """All that does not wait for its day."""
        return self.to_accept + self.to_agree + self.to_prepare + self.visits + self.to_hand_over


def today(shop: Shop) -> dt.date:
    """The day it is in the shop's town."""
    return timezone.localdate(timezone=ZoneInfo(shop.market.time_zone))


def starts(shop: Shop, day: dt.date) -> dt.datetime:
    """The midnight with which a day begins in the shop's town."""
    return dt.datetime.combine(day, dt.time.min, ZoneInfo(shop.market.time_zone))


def counts(shop: Shop) -> Counts:
    """What there is to do, counted. One query."""
    tomorrow, after = (starts(shop, today(shop) + dt.timedelta(days)) for days in (1, 2))
    accepted = Q(state=State.ACCEPTED)
    to_go = Q(state__in=AGREED, collect_from__lt=tomorrow)
    today_on = Q(collect_from__gte=starts(shop, today(shop)))
    said = {
        "to_accept": Q(state__in=[State.UNCONFIRMED, State.PLACED]),
        "late": late(),
        "to_agree": Q(state=State.TO_AGREE),
        "to_call": Q(state=State.TO_AGREE, answer_before=None),
        "to_prepare": accepted & Q(collect_from__lt=tomorrow, is_visit=False),
        "visits": accepted & Q(collect_from__lt=tomorrow, is_visit=True),
        "to_hand_over": Q(state=State.READY),
        "tomorrow": accepted & Q(collect_from__gte=tomorrow, collect_from__lt=after),
        "after": accepted & Q(collect_from__gte=after),
        "to_bring": to_go & today_on & Q(place__kind=Place.Kind.ROUND),
        "to_deposit": to_go & Q(place__kind=Place.Kind.DEPOT),
    }
    counted = {name: Count("id", filter=condition) for name, condition in said.items()}
    return Counts(
        **ShopOrder.objects.filter(shop=shop, state__in=OPEN_STATES).order_by().aggregate(**counted)
    )


def late() -> Q:
    """The agreed hour has come, and it is not ready. Who was accepted for a service alone comes himself."""
    come = Q(state=State.ACCEPTED, is_visit=True)
    return Q(state__in=MAY_BE_LATE, collect_from__lt=timezone.now()) & ~come


def to_do(shop: Shop, most: int) -> list[ShopOrder]:
    """The orders that want something now, the most urgent first: who waits outside; held for minutes; late; to accept; waiting for a yes;
    to prepare; to hand over. Two queries.
    """
    urgency = Case(
        When(arrived_at__isnull=False, then=Value(-3)),
        When(state=State.UNCONFIRMED, then=Value(-2)),
        When(late(), then=Value(-1)),
        *(When(state=state, then=Value(rank)) for rank, state in enumerate(URGENCY)),
        output_field=IntegerField(),
    )
    until = Case(
        When(state=State.UNCONFIRMED, then=Coalesce("confirm_before", "collect_from")),
        default=F("collect_from"),
    )
    tomorrow = starts(shop, today(shop) + dt.timedelta(1))
    now = _with_lines(shop).exclude(state=State.ACCEPTED, collect_from__gte=tomorrow)
    return list(now.order_by(urgency, until, "created_at")[:most])


def on(shop: Shop, day: dt.date, most: int) -> list[ShopOrder]:
    """The accepted orders of a day that has not come yet. Two queries."""
    first, last = starts(shop, day), starts(shop, day + dt.timedelta(1))
    found = _with_lines(shop).filter(state=State.ACCEPTED, collect_from__gte=first, collect_from__lt=last)
    return list(found.order_by("collect_from", "created_at")[:most])


def days(shop: Shop) -> dict[dt.date, int]:
    """How many accepted orders are for which day; those of days gone by count for today. One query."""
    accepted = ShopOrder.objects.filter(shop=shop, state=State.ACCEPTED).order_by()
    zone = ZoneInfo(shop.market.time_zone)
    rows = accepted.values_list(TruncDate("collect_from", tzinfo=zone)).annotate(number=Count("id"))
    found: dict[dt.date, int] = {}
    for day, number in rows:
        shown = max(day, today(shop))
        found[shown] = found.get(shown, 0) + number
    return dict(sorted(found.items()))


def _with_lines(shop: Shop) -> QuerySet[ShopOrder]:
    """Open orders with what a card shows of them."""
    return reads.listed(shop).filter(state__in=OPEN_STATES)
