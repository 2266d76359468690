# SPDX-License-Identifier: AGPL-3.0-or-later
"""A basket as a round through the town: at each shop what one takes there, how and when, and what it costs."""

import datetime as dt
import hashlib
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from django.db.models import QuerySet
from django.utils import timezone

from halles.domain.appointments import reads as appointments
from halles.domain.catalogue import reads as catalogue
from halles.domain.catalogue.models import Kind
from halles.domain.fulfilment import reads as fulfilment
from halles.domain.fulfilment.reads import Address, Offered
from halles.domain.fulfilment.rules import Why
from halles.domain.offers import rules as offer_rules
from halles.domain.offers.reads import Wish, offers
from halles.domain.orders.models import Basket, BasketLine, BasketStop
from halles.domain.orders.rules import walking_order
from halles.domain.orders.wanted import Coming, Wanted
from halles.domain.shops.models import Market, Place, Shop
from halles.domain.shops.rules import Window
from halles.kernel.numbers import line_total
from halles.kernel.points import Point
from halles.kernel.prepared import prepared


@dataclass(frozen=True, slots=True)
class Chosen:
    """One of a shop's ways, and the slot in it."""

    way: Offered | None = None
    window: Window | None = None
    why: Why | None = None  # it cannot be had so, and why
    is_another: bool = False  # the slot that was asked for is gone: this is the nearest to it


@dataclass(frozen=True, slots=True)
class Errand:
    """One stop of the round: a shop, in which of its ways and when, what one takes there."""

    shop: Shop
    lines: Sequence[Wanted]
    ways: Sequence[Offered]  # all that are on, also those that are not for this basket
    to: Address | None
    # When all of it can be ready; None when the shop is not open as far as one looks.
    ready: dt.datetime | None
    chosen: Chosen

    @property
    def way(self) -> Offered | None:
        """How it is had: as was chosen, or as usual."""
        return self.chosen.way

    @property
    def window(self) -> Window | None:
        """When; None when it cannot be had in this way."""
        return self.chosen.window

    @property
    def place(self) -> Place | None:
        """Where."""
        return self.way.place if self.way else None

    @property
    def is_estimate(self) -> bool:
        """Whether something is weighed here before one knows what it costs."""
        return any(wanted.is_estimate for wanted in self.lines)

    @property
    def is_visit(self) -> bool:
        """Whether one comes for services alone: their time is all there is to agree upon."""
        return all(wanted.is_service for wanted in self.lines)

    @property
    def goods(self) -> Decimal:
        """What is to be carried costs: the goods without the services."""
        return sum((wanted.total for wanted in self.lines if not wanted.is_service), Decimal(0))

    def fee_of(self, way: Offered) -> Decimal | None:
        """What bringing them would cost in one of the ways; None where that cannot be told."""
        terms = way.terms(self.to)
        if terms is None:
            return None
        books = (w.total for w in self.lines if w.line.variant.product.kind == Kind.BOOK)
        return terms.fee_for(self.goods, sum(books, Decimal(0)), at_home=way.comes_to_you)

    def why_not(self, way: Offered) -> Why | None:
        """Why these goods cannot be had in one of the ways; None when they can."""
        return way.why_not(self.to, self.goods)

    def coming(self, way: Offered, *, now: dt.datetime, after: dt.datetime | None = None) -> Iterator[Window]:
        """The slots of a way that can be had, soonest first."""
        if self.ready is not None:
            for window, _left in way.coming(ready=self.ready, now=now, after=after):
                yield window

    @property
    def fee(self) -> Decimal:
        """What bringing them costs."""
        return (self.fee_of(self.way) if self.way else None) or Decimal(0)

    @property
    def total(self) -> Decimal:
        """Due at this shop."""
        return sum((wanted.total for wanted in self.lines), self.fee)


@dataclass(frozen=True, slots=True)
class Errands:
    """A basket as a round through the town."""

    stops: Sequence[Errand]

    @property
    def is_estimate(self) -> bool:
        """Whether something is weighed before one knows what it costs."""
        return any(stop.is_estimate for stop in self.stops)

    @property
    def total(self) -> Decimal:
        """Due altogether."""
        return sum((stop.total for stop in self.stops), Decimal(0))

    @property
    def are_possible(self) -> bool:
        """Whether all of it can be ordered as it is."""
        return not self.problems and all(stop.chosen.why is None for stop in self.stops)

    @property
    def are_reachable(self) -> bool:
        """Whether there is a time for each of its stops."""
        return all(stop.window is not None for stop in self.stops)

    @property
    def is_paid_elsewhere(self) -> bool:
        """Whether somebody else than the shops at their own stands takes money: at a door, at a depot."""
        return any(stop.place and stop.place.kind not in Place.STANDS for stop in self.stops)

    @property
    def comes_to_you(self) -> bool:
        """Whether a shop needs to know the customer's door."""
        return any(stop.way and stop.way.comes_to_you for stop in self.stops)

    @property
    def problems(self) -> list[Wanted]:
        """The lines that cannot be ordered as they are."""
        return [wanted for stop in self.stops for wanted in stop.lines if not wanted.possible]

    @property
    def fingerprint(self) -> str:
        """What the customer was shown, in short: prices, quantities, times. Another one means: tell him first."""
        shown = [
            (
                str(w.line.id),
                str(w.line.quantity),
                str(w.offer.price),
                stop.window and stop.window.start.isoformat(),
                str(stop.place and stop.place.id),
                str(stop.fee),
                w.at and w.at.start.isoformat(),
            )
            for stop in self.stops
            for w in stop.lines
        ]
        return hashlib.sha256(repr(sorted(shown)).encode()).hexdigest()[:32]


def errands_of(basket: Basket, *, shown: bool = True) -> Errands:
    """A basket as a round through the town: by shop, in the order in which one walks.

    Seven queries, whatever its size, and one each where slots are counted and where somebody comes to the door; five
    where there are services; one less when it is not `shown`, which needs no photographs.
    """
    by_shop: dict[Shop, list[BasketLine]] = {}
    for line in _basket_lines(basket.id):
        line.variant.product.shop.market = basket.market
        by_shop.setdefault(line.variant.product.shop, []).append(line)
    if shown:
        catalogue.bring_photos([line.variant.product for lines in by_shop.values() for line in lines])
    asker = Asker.of(basket)
    ways, stops = fulfilment.offered(by_shop, asker.to), {stop.shop_id: stop for stop in _stops(basket.id)}
    times = _times([line for lines in by_shop.values() for line in lines], ways, asker.now)
    parts = [
        (shop, lines, *asker.choose(shop, lines, ways[shop.id], stops.get(shop.id), times))
        for shop, lines in by_shop.items()
    ]
    windows = {shop.id: window for shop, _lines, _ready, _chosen, window in parts}
    found = offers([line.variant for lines in by_shop.values() for line in lines], windows=windows)
    return Errands(
        _round(
            basket.market,
            [
                Errand(
                    shop,
                    [
                        Wanted(line, found[line.variant_id], line.id in times, times.get(line.id))
                        for line in lines
                    ],
                    [way for way in ways[shop.id] if way.method.is_on],
                    asker.to,
                    ready,
                    chosen,
                )
                for shop, lines, ready, chosen, _window in parts
            ],
        )
    )


# Of the lines that are services: the time that was chosen, as long as it is free.
Times = Mapping[uuid.UUID, Coming | None]


def _times(
    lines: Sequence[BasketLine], ways: Mapping[uuid.UUID, Sequence[Offered]], now: dt.datetime
) -> Times:
    services = appointments.services(line.variant.product for line in lines)
    booked = [line for line in lines if line.variant.product_id in services]
    if not booked:
        return {}
    busy = appointments.busy(services.values(), since=now)
    found: dict[uuid.UUID, Coming | None] = {}
    for line in booked:
        hours = _counter(ways[line.variant.shop_id]).hours
        service = services[line.variant.product_id]
        window = appointments.Asked(service, hours, busy, now).at(line.starts_at) if line.starts_at else None
        until = window and window.start - dt.timedelta(hours=service.cancel_hours)
        found[line.id] = Coming(window, until) if window and until else None
    return found


def _counter(ways: Sequence[Offered]) -> Offered:
    """Every shop has one."""
    return next(way for way in ways if way.place.kind == Place.Kind.COUNTER)


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks: where he lives, when he would come by, and now."""

    to: Address | None
    wish: Wish | None
    now: dt.datetime

    @classmethod
    def of(cls, basket: Basket) -> "Asker":
        """What a basket says of it."""
        to = Address(basket.postal_code, basket.insee) if basket.postal_code else None
        return cls(to, Wish(basket.wish_day, basket.wish_time) if basket.wish_day else None, timezone.now())

    def choose(
        self,
        shop: Shop,
        lines: Sequence[BasketLine],
        ways: Sequence[Offered],
        stop: BasketStop | None,
        times: Times,
    ) -> tuple[dt.datetime | None, Chosen, Window | None]:
        """When all can be ready, how it is had, and a time for which to ask whether goods are there, had so or not.

        Who comes for a service takes the goods along, unless another time was chosen for them.
        """
        coming = sorted(time.window for line in lines if (time := times.get(line.id)))
        lines = [line for line in lines if line.id not in times]
        if not lines:
            return self._visit(shop, ways, coming)
        moments = [fulfilment.ready(ways, shop, self.now, days=days) for days in set(map(_delay, lines))]
        ready = None if None in moments else max(moment for moment in moments if moment)
        on = [way for way in ways if way.method.is_on and shop.doors != Shop.Doors.CLOSED]
        if ready is None or not on:
            return ready, Chosen(why=Why.OFF), None
        goods = sum((line_total(line.variant.price, line.quantity) for line in lines), Decimal(0))
        asked = next((way for way in on if stop and way.place.id == stop.place_id), None)
        wish = coming[0].start if coming else None
        candidates = (self._had(way, goods, ready, stop if way is asked else None, wish) for way in on)
        possible = next((chosen for chosen in candidates if chosen.why is None), None)
        chosen = (
            self._had(asked, goods, ready, stop, wish)
            if asked
            else possible or self._had(on[0], goods, ready, None, wish)
        )
        return ready, chosen, chosen.window or (possible.window if possible else None)

    def _visit(
        self, shop: Shop, ways: Sequence[Offered], coming: Sequence[Window]
    ) -> tuple[dt.datetime | None, Chosen, Window | None]:
        """Somebody comes to the shop for services alone, when they are."""
        counter = _counter(ways)
        if shop.doors == Shop.Doors.CLOSED:
            return None, Chosen(counter, why=Why.OFF), None
        if not coming:  # each line says so
            return None, Chosen(counter), Window(self.now, self.now)
        window = Window(coming[0].start, max(time.end for time in coming))
        return coming[0].start, Chosen(counter, window), window

    def _had(
        self,
        way: Offered,
        goods: Decimal,
        ready: dt.datetime,
        stop: BasketStop | None,
        visit: dt.datetime | None,
    ) -> Chosen:
        if why := way.why_not(self.to, goods):
            return Chosen(way, why=why)
        at = stop.starts_at if stop else None
        wish = at or visit or (self.wish.moment(way.hours.zone) if self.wish else None)
        window = way.nearest(ready=ready, now=self.now, after=wish)
        if window is None:
            return Chosen(way, why=Why.NO_SLOT)
        return Chosen(way, window, is_another=at is not None and window.start != at)


def _delay(line: BasketLine) -> int:
    product = line.variant.product
    return offer_rules.delay(product.availability, product.delay_days)


@prepared
def _stops(basket: uuid.UUID) -> QuerySet[BasketStop]:
    return BasketStop.objects.filter(basket=basket)


@prepared
def _basket_lines(basket: uuid.UUID) -> QuerySet[BasketLine]:
    return BasketLine.objects.filter(basket=basket).select_related("variant__product__shop")


def _round(market: Market, stops: list[Errand]) -> list[Errand]:
    """The earliest stop first; those that can be made at the same time in walking order; the impossible last."""
    here, walk = (market.latitude, market.longitude), []
    by_time = sorted(
        stops, key=lambda stop: (stop.window is None, stop.window and stop.window.start, stop.shop.name)
    )
    for _start, together in groupby(by_time, key=lambda stop: stop.window and stop.window.start):
        group = list(together)
        where = [_point(stop.place) for stop in group]
        for number in walking_order(here, where):
            walk.append(group[number])
            here = where[number] or here
    return walk


def _point(place: Place | None) -> Point | None:
    return (place.latitude, place.longitude) if place and place.latitude and place.longitude else None
