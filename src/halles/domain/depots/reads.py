# SPDX-License-Identifier: AGPL-3.0-or-later
"""What waits at a depot: as a shop sees its own baskets there, as the keeper sees everybody's."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Prefetch, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from halles.domain.depots.models import Deposit, KeeperLink
from halles.domain.depots.rules import Standing, standing
from halles.domain.orders.models import OrderLine, ShopOrder
from halles.domain.orders.rules import AGREED, FALLEN_THROUGH, State
from halles.domain.shops.models import Depot, Place, Shop
from halles.kernel.identifiers import clean_spoken_code
from halles.kernel.prepared import among, prepared

SHOWN = (State.ACCEPTED, State.READY, State.HANDED_OVER)  # of a day that is not over
AHEAD = 21  # days one may look ahead


@dataclass(frozen=True, slots=True)
class Parcel:
    """An order for a depot, with where it stands."""

    part: ShopOrder
    standing: Standing

    @property
    def number(self) -> int:
        """How many goods are in it."""
        return sum(1 for line in self.part.lines.all() if line.quantity)


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose baskets: those of one shop's place, or of all shops at a depot."""

    among: Q
    zone: ZoneInfo

    @classmethod
    def of_place(cls, place: Place) -> "Scope":
        """What a shop may see of a depot: its own."""
        return cls(Q(place=place), ZoneInfo(place.shop.market.time_zone))

    @classmethod
    def of_keeper(cls, link: KeeperLink) -> "Scope":
        """What whoever keeps the depot sees: every shop's."""
        return cls(Q(place__depot=link.depot_id), ZoneInfo(link.shop.market.time_zone))

    @property
    def today(self) -> dt.date:
        """The day it is there."""
        return timezone.localdate(timezone=self.zone)

    def _midnight(self, day: dt.date) -> dt.datetime:
        return dt.datetime.combine(day, dt.time.min, self.zone)

    def days(self) -> dict[dt.date, int]:
        """How many baskets there are for which day, from today on. One query."""
        first, last = self._midnight(self.today), self._midnight(self.today + dt.timedelta(AHEAD))
        found = ShopOrder.objects.filter(
            self.among, state__in=SHOWN, collect_from__gte=first, collect_from__lt=last
        )
        by_day = found.order_by().values_list(TruncDate("collect_from", tzinfo=self.zone))
        return dict(sorted(by_day.annotate(number=Count("id"))))

    def on(self, day: dt.date) -> list[Parcel]:
        """The baskets of a day, by shop and name, what is done with too. Two queries."""
        first = self._midnight(day)
        of_day = Q(collect_from__gte=first, collect_from__lt=self._midnight(day + dt.timedelta(1)))
        states = Q(state__in=SHOWN) | Q(deposit__isnull=False)
        return _parcels(self.among & of_day & states)

    def left(self) -> list[Parcel]:
        """The baskets of days gone by that are still there, the oldest first. Two queries."""
        waits = Q(deposit__returned_at=None, state__in=[State.READY, *sorted(FALLEN_THROUGH)])
        former = Q(deposit__isnull=False, collect_from__lt=self._midnight(self.today))
        return sorted(_parcels(self.among & former & waits), key=lambda one: one.part.collect_from)

    def by_code(self, typed: str) -> list[Parcel]:
        """The baskets that are not over and bear a code as it was typed; codes are a shop's own, so two may. Two queries."""
        code = Q(code=clean_spoken_code(typed))
        found = _parcels(self.among & code & Q(state__in=SHOWN))
        return [one for one in found if one.standing != Standing.HANDED_OVER]

    def by_id(self, pk: uuid.UUID) -> Parcel | None:
        """One of them. Two queries."""
        return next(iter(_parcels(self.among & Q(pk=pk))), None)


def _parcels(condition: Q) -> list[Parcel]:
    lines = Prefetch(
        "lines", OrderLine.objects.only("shop_order", "name", "unit", "quantity", "served", "is_priced")
    )
    found = ShopOrder.objects.filter(condition).select_related("order", "shop__market", "place", "deposit")
    told = (
        (part, standing_of(part, deposit_of(part)))
        for part in found.order_by("shop__name", "shop", "order__name", "created_at").prefetch_related(lines)
    )
    return [Parcel(part, stands) for part, stands in told if stands]


def deposit_of(part: ShopOrder) -> Deposit | None:
    """The deposit of an order, read with it or not."""
    try:
        return part.deposit
    except Deposit.DoesNotExist:
        return None


def standing_of(part: ShopOrder, deposit: Deposit | None) -> Standing | None:
    """Where an order for a depot stands now."""
    return standing(
        part.state,
        has_arrived=deposit is not None,
        is_returned=bool(deposit and deposit.returned_at),
        is_over=part.hold_until <= timezone.now(),
    )


def standings(parts: Iterable[ShopOrder]) -> dict[uuid.UUID, Standing | None]:
    """Where those of these orders stand that go to a depot. One query when there are any."""
    there = [part for part in parts if part.is_at_depot]
    deposits = {one.shop_order_id: one for one in _deposits([part.id for part in there])} if there else {}
    return {part.id: standing_of(part, deposits.get(part.id)) for part in there}


@prepared
def _deposits(parts: Iterable[uuid.UUID]) -> QuerySet[Deposit]:
    return Deposit.objects.filter(among("shop_order", parts))


def today(shop: Shop) -> list[tuple[uuid.UUID, str, int]]:
    """The depots for which a shop has something to do today: the place, its name, how many baskets. One query."""
    zone = ZoneInfo(shop.market.time_zone)
    tomorrow = timezone.localdate(timezone=zone) + dt.timedelta(1)
    to_do = ShopOrder.objects.filter(
        shop=shop,
        state__in=AGREED,
        place__kind=Place.Kind.DEPOT,
        collect_from__lt=dt.datetime.combine(tomorrow, dt.time.min, zone),
    )
    by_place = to_do.order_by("place__name").values_list("place_id", "place__name")
    return list(by_place.annotate(number=Count("id")))


def go_there(shop: Shop, orders: Iterable[uuid.UUID]) -> bool:
    """Whether one of these orders of a shop is for a depot. One query."""
    there = ShopOrder.objects.filter(shop=shop, place__kind=Place.Kind.DEPOT, pk__in=list(orders))
    return there.exists()


def keeper(secret: str) -> KeeperLink | None:
    """The link of a depot's keeper, while it serves. One query."""
    live = KeeperLink.objects.filter(secret=secret, expires_at__gt=timezone.now(), shop=F("depot__host"))
    return live.select_related("depot", "shop__market").first()


def link_of(depot: Depot) -> KeeperLink | None:
    """The link that the keeper of a depot has, while it serves. One query."""
    live = KeeperLink.objects.filter(depot=depot, expires_at__gt=timezone.now(), shop=depot.host_id)
    return live.first()


def place_of(shop: Shop, pk: uuid.UUID) -> Place | None:
    """A depot at which a shop hands over, whether it still offers it or not. One query."""
    found = Place.objects.filter(shop=shop, kind=Place.Kind.DEPOT, pk=pk).select_related("depot")
    place = found.first()
    if place:
        place.shop = shop
    return place
