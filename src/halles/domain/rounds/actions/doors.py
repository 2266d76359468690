# SPDX-License-Identifier: AGPL-3.0-or-later
"""What came of ringing at a door. Each is told once, however often a network repeats it.

Locks: the shop order first, as for every step of it, then the round, then its stops.
"""

import datetime as dt
import uuid
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from halles.domain.journal import actions as journal
from halles.domain.orders.actions import prepare
from halles.domain.orders.models import ShopOrder
from halles.domain.orders.rules import State
from halles.domain.rounds.actions import driving
from halles.domain.rounds.models import Round, Stop
from halles.domain.rounds.rules import done_at
from halles.kernel import outbox
from halles.kernel.actor import Actor
from halles.kernel.errors import Refused
from halles.kernel.identifiers import clean_spoken_code
from halles.kernel.text import one_line

NOTE = 140  # letters
WORTH_TELLING = dt.timedelta(
    minutes=2
)  # an act that took so long to reach us was done somewhere without network


@dataclass(frozen=True, slots=True)
class Told:
    """How an act reached us: `age` in seconds since it was done, by the telephone's own clock, where it says so."""

    by: Actor
    age: int | None = None


@transaction.atomic
def deliver(order: ShopOrder, told: Told, *, code: str = "", photo: uuid.UUID | None = None) -> None:
    """The customer has it, or it lies where it was agreed: `code` as he said it, `photo` as it was kept.

    :raises Refused: `rounds.code_wrong`, `rounds.ended`, and as `prepare.hand_over`.
    """
    part, stop = _locked(order)
    if stop.outcome == Stop.Outcome.DELIVERED:
        return
    _still_open(stop)
    if code and clean_spoken_code(code) != part.code:
        raise Refused("rounds.code_wrong", field="code")
    if part.state != State.HANDED_OVER:  # else somebody said so elsewhere
        _make_ready(part, told.by)
        prepare.hand_over(part, by=told.by)
    stop.proof = Stop.Proof.CODE if code else Stop.Proof.PHOTO if photo else Stop.Proof.WORD
    stop.photo = photo
    _end(part, stop, Stop.Outcome.DELIVERED, told, proof=str(stop.proof))


@transaction.atomic
def find_nobody(order: ShopOrder, told: Told, *, note: str = "") -> None:
    """Nobody opened: it stays ready, the customer is told, and the shop proposes another time (`later.postpone`).

    :raises Refused: `rounds.ended`, and as `prepare.ready`.
    """
    part, stop = _locked(order)
    if stop.outcome == Stop.Outcome.ABSENT and stop.promised_from == part.collect_from:
        return
    _still_open(stop)
    _make_ready(part, told.by)
    if part.state != State.READY:
        raise Refused("orders.not_now", state=part.state, step="absent")
    stop.note = one_line(note, NOTE)
    _end(part, stop, Stop.Outcome.ABSENT, told)
    outbox.publish("rounds.absent", stop_id=str(stop.id))


@transaction.atomic
def be_refused(order: ShopOrder, told: Told, *, reason: str) -> None:
    """He does not want it: it falls through, its goods go back, and the customer reads why.

    :raises Refused: `rounds.ended`, and as `prepare.cancel`.
    """
    part, stop = _locked(order)
    if stop.outcome == Stop.Outcome.REFUSED:
        return
    _still_open(stop)
    prepare.cancel(part, by=told.by, reason=reason)
    stop.note = one_line(reason, NOTE)
    _end(part, stop, Stop.Outcome.REFUSED, told)


@transaction.atomic
def go_back(order: ShopOrder, *, by: Actor) -> None:
    """Somebody opened after all: the stop is open again. What was handed over or refused is over."""
    part, stop = _locked(order)
    if stop.outcome == Stop.Outcome.OPEN:
        return
    if stop.outcome != Stop.Outcome.ABSENT:
        raise Refused("rounds.ended")
    stop.outcome, stop.ended_at, stop.done_at, stop.ended_by, stop.note = "", None, None, "", ""
    stop.save()
    journal.record("rounds.reopened", part, by=by, shop_id=part.shop_id)
    _retime(stop.round)


def _locked(order: ShopOrder) -> tuple[ShopOrder, Stop]:
    """The order and its stop in the round of its day, made where nobody asked for one."""
    part = prepare.locked(order.pk)
    day = part.collect_from.astimezone(ZoneInfo(part.shop.market.time_zone)).date()
    pk = Round.objects.get_or_create(place_id=part.place_id, day=day)[0].pk
    round_ = driving.locked(pk)
    last = round_.stops.order_by("-position").first()
    stop, _ = Stop.objects.select_for_update(of=("self",)).get_or_create(
        round=round_, shop_order=part, defaults={"position": last.position + 1 if last else 1}
    )
    stop.round, stop.shop_order = round_, part
    return part, stop


def _still_open(stop: Stop) -> None:
    """A stop that has come to something comes to nothing else; unless it was promised anew since."""
    again = stop.outcome == Stop.Outcome.ABSENT and stop.promised_from != stop.shop_order.collect_from
    if stop.outcome and not again:
        raise Refused("rounds.ended")


def _make_ready(part: ShopOrder, by: Actor) -> None:
    """Who stands at the door with it has prepared it."""
    if part.state == State.ACCEPTED:
        prepare.ready(part, by=by)
        part.refresh_from_db(fields=["state"])


def _end(part: ShopOrder, stop: Stop, outcome: Stop.Outcome, told: Told, **details: str) -> None:
    last = driving.last_door(stop.round)
    before = [moment for moment in (stop.round.started_at, last.was_at if last else None) if moment]
    stop.outcome, stop.ended_at, stop.ended_by = outcome, timezone.now(), told.by.label
    stop.done_at = done_at(
        stop.ended_at, told.age, least=WORTH_TELLING, not_before=max(before) if before else None
    )
    stop.promised_from = part.collect_from
    stop.save()
    journal.record(f"rounds.{outcome}", part, by=told.by, shop_id=part.shop_id, **details)
    _retime(stop.round)


def _retime(round_: Round) -> None:
    if round_.started_at:
        driving.retime(round_, driving.open_stops(round_))
