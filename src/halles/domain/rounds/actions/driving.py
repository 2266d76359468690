# SPDX-License-Identifier: AGPL-3.0-or-later
"""On the road: the order changed by hand, and leaving."""

import uuid

from django.db import transaction
from django.utils import timezone

from halles.domain.journal import actions as journal
from halles.domain.rounds.models import Round, Stop
from halles.domain.rounds.times import TIMES, set_times
from halles.kernel import outbox
from halles.kernel.actor import Actor
from halles.kernel.errors import Refused


def locked(pk: uuid.UUID) -> Round:
    """The round with its row locked: after shop orders, before its stops."""
    return Round.objects.select_for_update(of=("self",)).select_related("place__shop__market").get(pk=pk)


def open_stops(round_: Round) -> list[Stop]:
    """Where one still has to go, in order, with their orders. One query."""
    return [stop for stop in _with_orders(round_) if not stop.outcome]


def last_door(round_: Round) -> Stop | None:
    """Where one rang last. One query."""
    ended = Stop.objects.filter(round=round_).exclude(outcome="").order_by("-ended_at")
    return ended.first()


def _with_orders(round_: Round) -> list[Stop]:
    return list(Stop.objects.filter(round=round_).select_related("shop_order__order"))


def retime(round_: Round, stops: list[Stop]) -> None:
    """Write when one is where from now on; one query to read, one to write."""
    set_times(round_, stops, timezone.now(), last=last_door(round_) if round_.started_at else None)
    Stop.objects.bulk_update(stops, TIMES)


@transaction.atomic
def move(stop: Stop, *, earlier: bool, key: str, by: Actor) -> None:
    """One place earlier or later in the order, by hand: whoever does so knows better. Once for a key."""
    if journal.claim("rounds.move", key, [str(stop.id), earlier]) is not None:
        return
    round_ = locked(stop.round_id)
    stops = open_stops(round_)
    here = next((place for place, one in enumerate(stops) if one.id == stop.id), None)
    if here is None:
        raise Refused("rounds.ended")
    there = here + (-1 if earlier else 1)
    if not 0 <= there < len(stops):
        return
    stops[here].fits = stops[here].number is not None
    stops[here], stops[there] = stops[there], stops[here]
    for position, one in enumerate(stops, start=1):
        one.position = position
    retime(round_, stops)
    journal.record("rounds.moved", round_, by=by, shop_id=round_.place.shop_id)


@transaction.atomic
def start(round_: Round, *, by: Actor) -> None:
    """« Je pars »: each customer is told when about. Repeating changes nothing.

    :raises Refused: `rounds.not_planned` as long as it has no order.
    """
    now = locked(round_.pk)
    if now.started_at:
        return
    if now.planned_at is None:
        raise Refused("rounds.not_planned")
    now.started_at = timezone.now()
    now.save(update_fields=["started_at"])
    stops = open_stops(now)
    retime(now, stops)
    journal.record("rounds.started", now, by=by, shop_id=now.place.shop_id, day=now.day.isoformat())
    for stop in stops:
        if stop.told_from:
            outbox.publish("rounds.coming", stop_id=str(stop.id))
