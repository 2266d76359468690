# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reading rounds, always within a shop or of an order whose secret somebody knows."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import TruncDate

from halles.domain.orders import day as days
from halles.domain.orders import reads as orders
from halles.domain.orders.models import ShopOrder
from halles.domain.orders.rules import AGREED, State
from halles.domain.rounds.models import Round, Stop
from halles.domain.shops.models import Place, Shop
from halles.kernel.prepared import among, prepared

OVER = (State.HANDED_OVER, State.CANCELLED)  # said on another page, perhaps


@dataclass(frozen=True, slots=True)
class Sheet:
    """A day of one way, as whoever drives it sees it."""

    place: Place
    day: dt.date
    round: Round | None
    to_do: Sequence[Stop]  # in order; those that nobody put in order come last
    done: Sequence[Stop]  # the last first

    @property
    def added(self) -> int:
        """How many came since the order was made."""
        return sum(stop.number is None and not stop.known and not stop.expected_at for stop in self.to_do)

    @property
    def late(self) -> list[Stop]:
        """Those that do not fit in the time that was promised."""
        return [stop for stop in self.to_do if stop.known and not stop.fits]


def due(place: Place, day: dt.date) -> list[ShopOrder]:
    """What is to be brought on a day, soonest first, with what the page shows of it. Two queries."""
    first, last = days.starts(place.shop, day), days.starts(place.shop, day + dt.timedelta(1))
    of_day = _open_of_day(place.shop, first, last).filter(place=place)
    found = of_day.select_related("order", "place").prefetch_related("lines")
    return list(found.order_by("collect_from", "created_at"))


def sheet(place: Place, day: dt.date) -> Sheet:
    """What there is to do on a day, in which order, and what has been done. Five queries."""
    round_ = Round.objects.filter(place=place, day=day).first()
    waiting = {part.id: part for part in due(place, day)}
    stops = _stops(round_) if round_ else []
    to_do, done = [], []
    for stop in stops:
        part = waiting.pop(stop.shop_order_id, None)
        if part and (not stop.outcome or stop.promised_from != part.collect_from):
            stop.shop_order = part
            to_do.append(stop)
        elif stop.outcome or stop.shop_order.state in OVER:
            done.append(stop)
    at_the_end = [Stop(shop_order=part, position=len(stops) + 1) for part in waiting.values()]
    for stop in [*to_do, *done, *at_the_end]:
        stop.shop_order.shop = place.shop
    done.sort(key=lambda stop: stop.ended_at or stop.created_at, reverse=True)
    return Sheet(place, day, round_, [*to_do, *at_the_end], done)


def _stops(round_: Round) -> list[Stop]:
    found = Stop.objects.filter(round=round_).select_related("shop_order__order", "shop_order__place")
    return list(found.prefetch_related("shop_order__lines"))


def ways(shop: Shop) -> list[Place]:
    """The ways by which a shop brings goods, the oldest first. One query."""
    found = _ways(shop.id)
    for place in found:
        place.shop = shop
    return found


@prepared
def _ways(shop: uuid.UUID) -> QuerySet[Place]:
    return Place.objects.filter(shop=shop, kind=Place.Kind.ROUND).order_by("created_at")


def ahead(shop: Shop, first: dt.date) -> dict[tuple[dt.date, uuid.UUID], int]:
    """How many orders are to be brought from a day on, by day and way. One query."""
    zone = ZoneInfo(shop.market.time_zone)
    found = ShopOrder.objects.filter(
        shop=shop,
        place__kind=Place.Kind.ROUND,
        state__in=AGREED,
        collect_from__gte=days.starts(shop, first),
    )
    rows = found.order_by().values_list(TruncDate("collect_from", tzinfo=zone), "place")
    return {(day, place): number for day, place, number in rows.annotate(number=Count("id"))}


def _open_of_day(shop: Shop, first: dt.datetime, last: dt.datetime) -> QuerySet[ShopOrder]:
    return ShopOrder.objects.filter(
        shop=shop, place__kind=Place.Kind.ROUND, state__in=AGREED,
        collect_from__gte=first, collect_from__lt=last,
    )  # fmt: skip


def to_revisit(shop: Shop) -> list[ShopOrder]:
    """What is ready and was not brought: nobody was there, or its day is over. Two queries."""
    nobody = Q(stops__outcome=Stop.Outcome.ABSENT, stops__promised_from=F("collect_from"))
    over = Q(collect_until__lt=days.starts(shop, days.today(shop)))
    found = orders.listed(shop).filter(nobody | over, state=State.READY, place__kind=Place.Kind.ROUND)
    return list(found.order_by("collect_from", "created_at").distinct())


def brought(shop: Shop, order_id: uuid.UUID) -> ShopOrder | None:
    """A shop's own order that it brings. One query."""
    found = ShopOrder.objects.filter(shop=shop, pk=order_id, place__kind=Place.Kind.ROUND)
    return found.select_related("order", "place").first()


def stop_of(shop: Shop, stop_id: uuid.UUID) -> Stop | None:
    """A stop of a shop's own rounds. One query."""
    found = Stop.objects.filter(pk=stop_id, round__place__shop=shop)
    return found.select_related("round", "shop_order").first()


def stop_by_id(stop_id: str) -> Stop | None:
    """The stop a letter tells of. One query."""
    return Stop.objects.select_related("round", "shop_order").filter(pk=stop_id).first()


def told_of(parts: Iterable[uuid.UUID]) -> dict[uuid.UUID, Stop]:
    """The last stop of each of these orders, once its round has left or somebody was at the door. One query."""
    ids = list(parts)
    return {stop.shop_order_id: stop for stop in _told(ids)} if ids else {}


@prepared
def _told(parts: Iterable[uuid.UUID]) -> QuerySet[Stop]:
    found = Stop.objects.filter(among("shop_order", parts)).exclude(round__started_at=None, outcome="")
    return found.select_related("round").order_by("created_at")
