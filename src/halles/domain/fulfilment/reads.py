# SPDX-License-Identifier: AGPL-3.0-or-later
"""How shops hand over, whom they reach and what is free: many shops at once."""

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from halles.domain.fulfilment.models import Method, Slot, Zone
from halles.domain.fulfilment.rules import DAYS, MOST, Calendar, Terms, Why, slots
from halles.domain.shops import reads as shops
from halles.domain.shops.models import Market, Place, Shop
from halles.domain.shops.rules import HORIZON, Hours, Window, ready_at
from halles.kernel.prepared import among, prepared


@dataclass(frozen=True, slots=True)
class Address:
    """Where a neighbour lives, as far as it matters who comes there: a postal code, and the commune where it has several."""

    postal_code: str
    insee: str = ""


@dataclass(frozen=True, slots=True)
class State:
    """What is booked in a slot."""

    taken: int
    capacity: int | None
    is_full: bool

    @property
    def left(self) -> int | None:
        """How many more it takes; None when as many as come."""
        if self.is_full:
            return 0
        return None if self.capacity is None else self.capacity - self.taken


@dataclass(frozen=True, slots=True)
class Offered:
    """One way a shop hands over: where, when, for whom, and what is taken of it."""

    place: Place
    hours: Hours
    method: Method
    zones: Sequence[Zone] = ()
    states: Mapping[dt.datetime, State] = field(default_factory=dict)

    @property
    def comes_to_you(self) -> bool:
        """Whether the shop comes to the customer's door."""
        return self.place.kind == Place.Kind.ROUND

    @property
    def calendar(self) -> Calendar:
        """When it hands over."""
        method, at_will = self.method, self.place.kind in Place.STANDS
        clips = at_will and method.minutes is None and method.capacity is None
        return Calendar(self.hours, method.minutes, method.cutoff_days, method.cutoff_time, clips)

    @property
    def books(self) -> bool:
        """Whether an order takes a place in a slot; where people come and go all day nobody counts."""
        return not self.calendar.clips

    def left(self, window: Window) -> int | None:
        """How many more orders a slot takes; None when as many as come."""
        state = self.states.get(window.start.astimezone(dt.UTC)) if self.states else None
        return state.left if state else self.method.capacity

    def terms(self, to: Address | None) -> Terms | None:
        """At what price an address is reached; None when it is not."""
        usual = Terms(self.method.fee, self.method.free_from, self.method.least)
        if not self.comes_to_you:
            return usual
        zone = self._zone(to) if to else None
        if zone is None:
            return None
        return usual if zone.fee is None else Terms(zone.fee, zone.free_from, zone.least or Decimal(0))

    def _zone(self, to: Address) -> Zone | None:
        """The nearest: a commune goes before its postal code."""
        here = {zone.insee: zone for zone in self.zones if zone.postal_code == to.postal_code}
        return (here.get(to.insee) if to.insee else None) or here.get("")

    def may_reach(self, to: Address | None) -> bool:
        """Whether it may come to where one lives, as far as that is known."""
        return to is None or not self.comes_to_you or self.why_not(to, MOST) != Why.OUTSIDE

    def why_not(self, to: Address | None, goods: Decimal) -> Why | None:
        """Why these goods cannot be had in this way, when at all; None when they can."""
        if not self.method.is_on:
            return Why.OFF
        if self.comes_to_you and to is None:
            return Why.UNKNOWN_ADDRESS
        terms = self.terms(to)
        if terms is None:  # of a code's communes, some may be reached: nobody said in which one it is
            return Why.UNKNOWN_ADDRESS if self.zones and to and not to.insee else Why.OUTSIDE
        return Why.TOO_LITTLE if goods < terms.least else None

    def coming(
        self, *, ready: dt.datetime, now: dt.datetime, after: dt.datetime | None = None, days: int = DAYS
    ) -> Iterator[tuple[Window, int | None]]:
        """The slots that can still be had, with what is left in each; full ones are not told."""
        for window in slots(self.calendar, ready=ready, now=now, after=after, days=days):
            left = self.left(window)
            if left is None or left > 0:
                yield window, left

    def nearest(self, *, ready: dt.datetime, now: dt.datetime, after: dt.datetime | None) -> Window | None:
        """The slot nearest after a wish, the soonest without one."""
        found = self.coming(ready=ready, now=now, after=after, days=HORIZON)
        return next((window for window, _left in found), None)


def offered(shops_: Iterable[Shop], to: Address | None = None) -> dict[uuid.UUID, list[Offered]]:
    """All ways of many shops, the counter first, those that are off too. Three queries whatever their number; one more
    where something is counted, one more for who comes to the door."""
    by_id = {shop.id: shop for shop in shops_}
    places = _places(list(by_id))
    methods = {place.id: _method(place) for place in places}
    counted = [method.id for method in methods.values() if not method._state.adding]
    states = _states(counted) if counted else {}
    rounds = [methods[place.id].id for place in places if place.kind == Place.Kind.ROUND]
    zones = _zones(rounds, to) if rounds and to else {}
    found = shops.hours_at(by_id, places)
    return {
        shop_id: [
            Offered(
                place,
                hours,
                methods[place.id],
                zones.get(methods[place.id].id, ()),
                states.get(methods[place.id].id, {}),
            )
            for place, hours in of_shop
        ]
        for shop_id, of_shop in found.items()
    }


def ready(ways: Iterable[Offered], shop: Shop, now: dt.datetime, *, days: int = 0) -> dt.datetime | None:
    """When goods asked for now are ready: one works where the shop stands, while it is open there, or for so many days.

    None when the shop is not open as far as one looks.
    """
    if days:
        return now + dt.timedelta(days=days)
    hours = next((way.hours for way in ways if way.place.kind in Place.STANDS and way.hours.periods), None)
    return ready_at(hours, now, shop.preparation_minutes) if hours else None


def curbsides(places: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Where one stops to be brought one's goods, at those of these places where somebody comes out. One query."""
    return dict(_curbsides(list(places)))


@prepared
def _curbsides(places: Iterable[uuid.UUID]) -> QuerySet[Method, tuple[uuid.UUID, str]]:
    coming_out = Method.objects.filter(among("place", places)).exclude(curbside="").order_by()
    return coming_out.values_list("place_id", "curbside")


def is_delivered(market: Market) -> bool:
    """Whether any shop of a market comes to people's doors. One query."""
    return bool(_first_round(market.id))


@prepared
def _first_round(market: uuid.UUID) -> QuerySet[Method, uuid.UUID]:
    rounds = Method.objects.filter(
        is_on=True,
        place__kind=Place.Kind.ROUND,
        place__shop__market=market,
        place__shop__standing=Shop.Standing.ONLINE,
    )
    return rounds.order_by().values_list("pk", flat=True)[:1]


def reaching(market: Market, to: Address, *, first: int, most: int) -> list[Shop]:
    """The shops of a market that come to an address, by name. One query, which reads no further than it has to."""
    found = list(_reaching(market.id, to.postal_code, ["", to.insee])[first : first + most])
    for shop in found:
        shop.market = market
    return found


def _reaching(market: uuid.UUID, postal_code: str, insee: list[str]) -> QuerySet[Shop]:
    here = Zone.objects.filter(
        postal_code=postal_code, insee__in=insee, method__is_on=True, method__place__shop=OuterRef("pk")
    )
    selling = Shop.objects.filter(market=market, standing=Shop.Standing.ONLINE, takes_orders=True)
    return selling.exclude(doors=Shop.Doors.CLOSED).filter(Exists(here)).order_by("name", "pk")


def _method(place: Place) -> Method:
    """How a place hands over; a counter that was told nothing does, another place does not."""
    try:
        return place.method
    except Method.DoesNotExist:
        return Method(place=place, is_on=place.kind == Place.Kind.COUNTER)


@prepared
def _places(of: Iterable[uuid.UUID]) -> QuerySet[Place]:
    return Place.objects.filter(among("shop", of)).select_related("method")


def _states(methods: list[uuid.UUID]) -> dict[uuid.UUID, dict[dt.datetime, State]]:
    found: dict[uuid.UUID, dict[dt.datetime, State]] = {}
    for method, starts_at, *state in _slots(methods, timezone.now()):
        found.setdefault(method, {})[starts_at.astimezone(dt.UTC)] = State(*state)
    return found


@prepared
def _slots(methods: Iterable[uuid.UUID], now: dt.datetime) -> QuerySet[Slot, tuple[Any, ...]]:
    rows = Slot.objects.filter(among("method", methods), starts_at__gte=now).order_by()
    return rows.values_list("method_id", "starts_at", "taken", "capacity", "is_full")


def _zones(methods: list[uuid.UUID], to: Address) -> dict[uuid.UUID, list[Zone]]:
    found: dict[uuid.UUID, list[Zone]] = {}
    for zone in _at(methods, to.postal_code):
        found.setdefault(zone.method_id, []).append(zone)
    return found


@prepared
def _at(methods: Iterable[uuid.UUID], postal_code: str) -> QuerySet[Zone]:
    return Zone.objects.filter(among("method", methods), postal_code=postal_code).order_by()


def zones_of(methods: Iterable[Method]) -> dict[uuid.UUID, list[Zone]]:
    """Everybody whom some ways reach, by postal code: what their shop reads of them. One query."""
    found: dict[uuid.UUID, list[Zone]] = {}
    for zone in Zone.objects.filter(method__in=[method.id for method in methods]):
        found.setdefault(zone.method_id, []).append(zone)
    return found


def examine() -> Iterator[str]:
    """What `doctor` finds: slots that count otherwise than their bookings."""
    counted = Slot.objects.annotate(held=Count("bookings")).exclude(taken=F("held"))
    if wrong := list(counted.order_by("pk")[:1]):
        yield _(
            "%(count)d créneaux comptent autrement que leurs réservations, d’abord celui du %(first)s"
        ) % {
            "count": counted.count(),
            "first": wrong[0].starts_at.isoformat(),
        }
