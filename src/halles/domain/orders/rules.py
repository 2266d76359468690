# SPDX-License-Identifier: AGPL-3.0-or-later
"""What may become of an order. Pure: values in, values out."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from enum import StrEnum

from django.db import models

from halles.kernel.errors import Refused
from halles.kernel.numbers import line_total
from halles.kernel.points import Point, distance


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
    AGREE = "agreed"
    READY = "ready"
    HAND_OVER = "handed_over"
    CANCEL = "cancelled"
    EXPIRE = "expired"
    GIVE_UP = "not_collected"


# The whole life of a shop order: what each step asks it to be, and what it makes of it. Nothing else can happen.
STEPS: dict[Step, tuple[frozenset[State], State]] = {
    Step.CONFIRM: (frozenset({State.UNCONFIRMED}), State.PLACED),
    Step.ACCEPT: (frozenset({State.UNCONFIRMED, State.PLACED}), State.ACCEPTED),
    Step.SETTLE: (frozenset({State.UNCONFIRMED, State.PLACED, State.ACCEPTED}), State.TO_AGREE),
    Step.AGREE: (frozenset({State.TO_AGREE}), State.ACCEPTED),
    Step.READY: (frozenset({State.ACCEPTED}), State.READY),
    Step.HAND_OVER: (frozenset({State.READY}), State.HANDED_OVER),
    Step.CANCEL: (
        frozenset({State.UNCONFIRMED, State.PLACED, State.TO_AGREE, State.ACCEPTED, State.READY}),
        State.CANCELLED,
    ),
    Step.EXPIRE: (frozenset({State.UNCONFIRMED}), State.EXPIRED),
    Step.GIVE_UP: (frozenset({State.READY}), State.NOT_COLLECTED),
}

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
