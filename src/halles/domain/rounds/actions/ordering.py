# SPDX-License-Identifier: AGPL-3.0-or-later
"""A good order for a day's deliveries: asked for on a page, made by the worker, written when it is there."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from halles.domain.journal import actions as journal
from halles.domain.orders.models import Order, ShopOrder
from halles.domain.rounds import reads, where
from halles.domain.rounds.actions import driving
from halles.domain.rounds.models import Round, Stop
from halles.domain.rounds.planning import plan
from halles.domain.rounds.rules import Problem
from halles.domain.rounds.times import begins, set_times
from halles.domain.rounds.where import Located
from halles.domain.shops.models import Place
from halles.kernel import outbox
from halles.kernel.actor import Actor
from halles.kernel.errors import Refused

AFTER = dt.timedelta(hours=4)  # so long after the last promise a round may still be on the road
SOON = dt.timedelta(minutes=10)  # what was promised until then is late already, wherever it lies
SILENT_ROADS, SILENT_ADDRESSES = "rounds.roads_silent", "rounds.addresses_silent"


@transaction.atomic
def ask(place: Place, day: dt.date, *, by: Actor) -> Round:
    """The worker puts the day's open stops in order. Pressed twice, it does so once more."""
    round_, _ = Round.objects.get_or_create(place=place, day=day)
    round_.asked_at = timezone.now()
    round_.save(update_fields=["asked_at"])
    journal.record("rounds.asked", round_, by=by, shop_id=place.shop_id, day=day.isoformat())
    outbox.publish("rounds.asked", round_id=str(round_.id))
    return round_


@dataclass(frozen=True, slots=True)
class Made:
    """An order that is made and not yet written: stops in it, those that do not fit, those that nobody located."""

    fitting: Sequence[ShopOrder]
    dropped: Sequence[ShopOrder]
    lost: Sequence[ShopOrder]
    places: dict[Order, Located]
    numbers: dict[ShopOrder, int]
    seconds: list[list[int]]
    is_by_road: bool
    trouble: str


def make(round_id: str) -> None:
    """Where the doors lie, how long the ways are, and which order is good: seconds of work, done where nobody waits.

    Repeating makes it anew; an order that came meanwhile waits for the next time.
    """
    round_ = Round.objects.select_related("place__shop__market").filter(pk=round_id).first()
    if round_ is None or not round_.is_being_planned:
        return
    since = timezone.now()
    stops = {stop.shop_order_id: stop for stop in round_.stops.select_related("shop_order")}
    orders = [part for part in reads.due(round_.place, round_.day) if _is_open(stops.get(part.id), part)]
    made = _made(round_, orders, list(stops.values()), since)
    _write(round_, made, since)


def _is_open(stop: Stop | None, part: ShopOrder) -> bool:
    """Whether one still has to go there: nobody did, or it was promised anew since."""
    return stop is None or not stop.outcome or stop.promised_from != part.collect_from


def _made(round_: Round, orders: Sequence[ShopOrder], stops: Sequence[Stop], now: dt.datetime) -> Made:
    known = {
        stop.shop_order.order_id: stop.point for stop in stops if stop.known == Stop.Known.DOOR and stop.point
    }
    doors = {part.order: point for part in orders if (point := known.get(part.order_id))}
    places, silent = where.locate([part.order for part in orders], doors)
    found = [part for part in orders if places[part.order].point]
    lost = [part for part in orders if not places[part.order].point]
    last = driving.last_door(round_)
    home = where.shop_point(round_.place.shop)
    start = last.point if round_.started_at and last and last.point else home
    points = [start, *(point for part in found if (point := places[part.order].point)), home]
    unsure = frozenset(
        number for number, part in enumerate(found, start=1) if places[part.order].known == Stop.Known.COMMUNE
    )
    ways = where.ways(points, unsure)
    trouble = SILENT_ROADS if ways.was_silent else SILENT_ADDRESSES if silent else ""
    try:
        order, dropped = _planned(found, ways.seconds, now)
    except Refused as refused:
        order, dropped, trouble = range(1, len(found) + 1), (), refused.code
    return Made(
        [found[number - 1] for number in order],
        [found[number - 1] for number in dropped],
        lost,
        places,
        {part: number for number, part in enumerate(found, start=1)},
        ways.seconds,
        ways.is_by_road,
        trouble,
    )


def _planned(
    found: Sequence[ShopOrder], seconds: list[list[int]], now: dt.datetime
) -> tuple[Sequence[int], Sequence[int]]:
    """The stops by their numbers: those that fit, in order, and the others."""
    if not found:
        return (), ()
    base = begins([Stop(shop_order=part) for part in found], now)
    end = max([base, *(part.collect_until for part in found)]) + AFTER
    windows = [
        (0, _since(base, end))  # it is late, wherever it lies: as soon as can be
        if part.collect_until < base + SOON
        else (max(0, _since(base, part.collect_from)), _since(base, part.collect_until))
        for part in found
    ]
    made = plan(Problem(seconds, windows, 0, _since(base, end)))
    return [arrival.number for route in made.routes for arrival in route], made.dropped


def _since(base: dt.datetime, moment: dt.datetime) -> int:
    return round((moment - base).total_seconds())


@transaction.atomic
def _write(round_: Round, made: Made, since: dt.datetime) -> None:
    """The round has this order, unless something was done at a door meanwhile: that stays as it is."""
    locked = Round.objects.select_for_update().get(pk=round_.pk)
    former = {stop.shop_order_id: stop for stop in locked.stops.select_for_update()}
    stops = []
    for position, part in enumerate([*made.fitting, *made.dropped, *made.lost], start=1):
        stop = former.get(part.id) or Stop(round=locked, shop_order=part)
        if stop.outcome and stop.promised_from == part.collect_from:
            continue
        _place(stop, made.places[part.order], made.numbers.get(part))
        _reopen(stop)
        stop.shop_order, stop.position, stop.fits = part, position, part in made.fitting
        stops.append(stop)
    Stop.objects.filter(round=locked).exclude(outcome="").update(number=None)
    locked.seconds, locked.is_by_road, locked.trouble = made.seconds, made.is_by_road, made.trouble
    set_times(locked, stops, since)
    for stop in stops:
        stop.save()
    gone = [stop.id for pk, stop in former.items() if not stop.outcome and stop not in stops]
    Stop.objects.filter(pk__in=gone).delete()
    locked.planned_at = timezone.now()
    if locked.asked_at and locked.asked_at > since:
        locked.planned_at = since  # asked for once more: it will be made once more
    locked.save(update_fields=["seconds", "is_by_road", "trouble", "planned_at"])


def _place(stop: Stop, located: Located, number: int | None) -> None:
    stop.known, stop.number = located.known, number
    stop.latitude, stop.longitude = located.point or (None, None)
    stop.expected_at = None


def _reopen(stop: Stop) -> None:
    """What came of it when it had been promised for another time is over; the journal has it."""
    if stop.outcome:
        stop.outcome, stop.ended_at, stop.done_at, stop.ended_by, stop.note = "", None, None, "", ""
        stop.told_from = stop.told_until = stop.promised_from = None
