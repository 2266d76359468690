# SPDX-License-Identifier: AGPL-3.0-or-later
"""What may become of an order. Pure: values in, values out."""

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from enum import StrEnum

from django.db import models

from halles.kernel.errors import Refused
from halles.kernel.numbers import line_total
from halles.kernel.points import Point, distance
from halles.kernel.units import Unit


class State(models.TextChoices):
    """Where a shop order stands."""

    UNCONFIRMED = "unconfirmed"  # held a short while, until its link is pressed or the shop says yes
    PLACED = "placed"
    TO_AGREE = "to_agree"  # the shop settled it otherwise; the customer says yes or no
    ACCEPTED = "accepted"
    READY = "ready"
    HANDED_OVER = "handed_over"
    NOT_COLLECTED = "not_collected"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


class IfMissing(models.TextChoices):
    """What the customer wants when a good is not there."""

    REPLACE = "replace"
    CALL = "call"
    REMOVE = "remove"


class LineState(models.TextChoices):
    """What the shop made of a line."""

    KEPT = "kept"
    LESS = "less"
    MISSING = "missing"
    REPLACED = "replaced"


class Step(StrEnum):
    """What somebody does to a shop order; the journal writes it as `orders.<step>`."""

    CONFIRM = "confirmed"
    ACCEPT = "accepted"
    SETTLE = "settled"
    POSTPONE = "postponed"
    AGREE = "agreed"
    READY = "ready"
    WEIGH_FAR = "weighed_far"
    WEIGH_AGAIN = "weighed_again"
    HAND_OVER = "handed_over"
    CANCEL = "cancelled"
    EXPIRE = "expired"
    GIVE_UP = "not_collected"


# The whole life of a shop order: what each step asks it to be, and what it makes of it. Nothing else can happen.
STEPS: dict[Step, tuple[frozenset[State], State]] = {
    Step.CONFIRM: (frozenset({State.UNCONFIRMED}), State.PLACED),
    Step.ACCEPT: (frozenset({State.UNCONFIRMED, State.PLACED}), State.ACCEPTED),
    Step.SETTLE: (frozenset({State.UNCONFIRMED, State.PLACED, State.ACCEPTED}), State.TO_AGREE),
    Step.POSTPONE: (
        frozenset({State.UNCONFIRMED, State.PLACED, State.TO_AGREE, State.ACCEPTED, State.READY}),
        State.TO_AGREE,
    ),
    Step.AGREE: (frozenset({State.TO_AGREE}), State.ACCEPTED),
    Step.READY: (frozenset({State.ACCEPTED}), State.READY),
    # Far from what was meant: nobody pays for that without a yes. The last weight is the one that counts.
    Step.WEIGH_FAR: (frozenset({State.ACCEPTED, State.TO_AGREE, State.READY}), State.TO_AGREE),
    Step.WEIGH_AGAIN: (frozenset({State.TO_AGREE, State.READY}), State.READY),
    Step.HAND_OVER: (frozenset({State.READY}), State.HANDED_OVER),
    Step.CANCEL: (
        frozenset({State.UNCONFIRMED, State.PLACED, State.TO_AGREE, State.ACCEPTED, State.READY}),
        State.CANCELLED,
    ),
    Step.EXPIRE: (frozenset({State.UNCONFIRMED}), State.EXPIRED),
    Step.GIVE_UP: (frozenset({State.READY}), State.NOT_COLLECTED),
}

LEAST_TO_ANSWER = dt.timedelta(minutes=30)
# A counter cuts a little more or less than one says: so much of it nobody minds, as over the counter (« un peu plus,
# je vous le mets ? »). No law names a share; ten percent of 300 g is a slice, and of 7,40 € less than a coin.
TOLERANCE = Decimal("0.10")
# So many times what was meant, or so small a part of it, is rather a slip of the finger than a weight.
DOUBTFUL = 3

# The shop said yes, and the customer does not have it yet.
AGREED = frozenset({State.ACCEPTED, State.READY})
# Its customer may come for it, and say so this long before his time: earlier he would only stand there.
MAY_ARRIVE = AGREED | {State.TO_AGREE}
ARRIVES_BEFORE = dt.timedelta(minutes=30)

# Promised for an hour, and not ready yet: when that hour has come, it is late.
MAY_BE_LATE = frozenset({State.PLACED, State.ACCEPTED})
# Its goods are in their bag: the shelves have nothing to do with it any more.
PACKED = frozenset({State.READY, State.HANDED_OVER})
# It fell through: whatever was taken from the shelf for it goes back.
FALLEN_THROUGH = frozenset({State.NOT_COLLECTED, State.CANCELLED, State.EXPIRED})
OPEN_STATES = frozenset({State.UNCONFIRMED, State.PLACED, State.TO_AGREE, State.ACCEPTED, State.READY})
TO_ACCEPT = frozenset({State.UNCONFIRMED, State.PLACED})  # the shop has not said anything yet
# Until it is prepared, the customer may cancel or change by himself.
CUSTOMER_MAY_CHANGE = frozenset({State.UNCONFIRMED, State.PLACED, State.TO_AGREE, State.ACCEPTED})


def next_state(state: str, step: Step) -> State:
    """What a shop order becomes by a step.

    :raises Refused: `orders.not_now` when the step cannot be taken from where it stands.
    """
    allowed, result = STEPS[step]
    if state not in allowed:
        raise Refused("orders.not_now", state=str(state), step=str(step))
    return result


def answer_before(now: dt.datetime, collect_from: dt.datetime, preparation_minutes: int) -> dt.datetime:
    """Until when a customer may answer what the shop proposes: when preparing must begin, half an hour at least."""
    return max(now + LEAST_TO_ANSWER, collect_from - dt.timedelta(minutes=preparation_minutes))


def by_weight(unit: str) -> bool:
    """Whether goods of this unit lie on the scale before one knows what they cost."""
    return unit == Unit.KILOGRAM


def is_estimate(unit: str, quantity: Decimal, served: Decimal | None, state: str) -> bool:
    """Whether a line's quantity and price are what one supposes until it is weighed."""
    return by_weight(unit) and quantity > 0 and served is None and state in CUSTOMER_MAY_CHANGE


def is_near(agreed: Decimal, served: Decimal) -> bool:
    """Whether a weight is near enough to what was meant to need no other yes."""
    return abs(served - agreed) <= agreed * TOLERANCE


def is_doubtful(agreed: Decimal, served: Decimal) -> bool:
    """Whether whoever wrote this weight should look at it once more."""
    return served > agreed * DOUBTFUL or served * DOUBTFUL < agreed


def to_pick(quantity: Decimal, picked: Decimal) -> Decimal:
    """How much of a line is still on the shelf."""
    return max(quantity - picked, Decimal(0))


def to_put_back(state: str, quantity: Decimal, picked: Decimal) -> Decimal:
    """How much was taken from the shelf for a line that does not want it any more.

    What is packed stays in its bag: from "ready" on nobody asks, unless the order falls through.
    """
    if state in PACKED:
        return Decimal(0)
    return picked if state in FALLEN_THROUGH else max(picked - quantity, Decimal(0))


def walking_order(start: Point, places: Sequence[Point | None]) -> list[int]:
    """In which order to walk to these places, always on to the nearest; those nobody located come last."""
    to_visit = [number for number, place in enumerate(places) if place is not None]
    lost = [number for number, place in enumerate(places) if place is None]
    here, walk = start, []
    while to_visit:
        nearest = min(to_visit, key=lambda number: distance(here, places[number] or start))
        to_visit.remove(nearest)
        walk.append(nearest)
        here = places[nearest] or start
    return walk + lost


def order_total(lines: Iterable[tuple[Decimal, Decimal]]) -> Decimal:
    """Due for lines of (unit price, quantity): each rounded once, then summed."""
    return sum((line_total(price, quantity) for price, quantity in lines), Decimal(0))
