# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the scale says: weights, the price that follows from them, and an order ready by it.

Near what was meant, the order is ready; far from it, the customer says yes first (`rules.TOLERANCE`). Until it is handed
over the shop may weigh again: somebody mistyped, or cut a slice off.
"""

import uuid
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal

from django.db import transaction

from halles.domain.orders.actions import prepare, settle
from halles.domain.orders.actions.baskets import MOST_OF_ONE
from halles.domain.orders.models import OrderLine, ShopOrder
from halles.domain.orders.rules import STEPS, State, Step, by_weight, is_doubtful, is_near
from halles.kernel.actor import Actor
from halles.kernel.errors import Refused
from halles.kernel.identifiers import digest
from halles.kernel.numbers import THOUSANDTH, line_total

Weights = Mapping[uuid.UUID, Decimal]  # kilograms, by line
CAN_BE_WEIGHED = STEPS[Step.WEIGH_FAR][0]


@transaction.atomic
def weigh(
    shop_order: ShopOrder, weights: Weights, *, seen: str, sure: Collection[uuid.UUID] = (), by: Actor
) -> None:
    """Write the weight of each line that goes over the scale; the order is ready, or asks its customer.

    `seen` is what whoever weighed had before him (`as_seen`); `sure` are the lines whose weight he was asked about and
    confirmed. Repeating changes nothing.

    :raises Refused: `orders.not_now`; `orders.weighed_meanwhile` when the order is not as it was seen;
        `orders.weights_wrong` with, by line, the code of what is wrong with its weight.
    """
    part = prepare.locked(shop_order.pk)
    lines = on_the_scale(part, part.lines.select_related("variant__product"))
    if not lines or part.state not in CAN_BE_WEIGHED:
        raise Refused("orders.not_now", state=part.state, step=str(Step.READY))
    if all(line.served is not None and line.served == weights.get(line.id) for line in lines):
        return  # pressed twice
    if seen != as_seen(part, lines):
        raise Refused("orders.weighed_meanwhile")
    if wrong := _wrong(lines, weights, sure):
        raise Refused("orders.weights_wrong", wrong=wrong)
    _serve(part, lines, weights, by=by)
    prepare.take(part, _step(part, lines), by=by, total=str(part.total))


def on_the_scale(part: ShopOrder, lines: Iterable[OrderLine]) -> list[OrderLine]:
    """The lines of an order that are weighed now, or may be weighed again; an agreement on other things comes first."""
    found = [line for line in lines if by_weight(line.unit) and line.quantity]
    waits = part.state == State.TO_AGREE and (part.former_from or all(line.served is None for line in found))
    return [] if waits else found


def as_seen(part: ShopOrder, lines: Iterable[OrderLine]) -> str:
    """What whoever weighs has before him, in short: another one means that somebody did something meanwhile."""
    shown = [(str(line.id), _plain(line.quantity), _plain(line.served)) for line in lines]
    return digest(repr((part.state, sorted(shown))))


def _plain(quantity: Decimal | None) -> str:
    return "" if quantity is None else f"{quantity:.3f}"


def meant(line: OrderLine) -> Decimal:
    """What the weight is held against: what both meant before the first one, or said yes to since."""
    agreed: Decimal | None = line.agreed
    return line.quantity if agreed is None else agreed


def _wrong(lines: Iterable[OrderLine], weights: Weights, sure: Collection[uuid.UUID]) -> dict[str, str]:
    """What is wrong with weights, by line: not written, none that a scale says, or rather a slip of the finger."""
    wrong = {}
    for line in lines:
        weight = weights.get(line.id)
        if not weight:
            wrong[str(line.id)] = "orders.weight_missing"
        elif not weight.is_finite() or not 0 < weight <= MOST_OF_ONE or weight % THOUSANDTH:
            wrong[str(line.id)] = "orders.weight_wrong"
        elif is_doubtful(meant(line), weight) and line.id not in sure:
            wrong[str(line.id)] = "orders.weight_doubtful"
    return wrong


def _serve(part: ShopOrder, lines: list[OrderLine], weights: Weights, *, by: Actor) -> None:
    """What is paid and set aside is what lies on the scale, whatever was counted."""
    for line in lines:
        line.agreed = meant(line)
        line.served = line.quantity = weights[line.id]
        line.total = line_total(line.unit_price, line.quantity)
        line.save(update_fields=["agreed", "served", "quantity", "total"])
    settle.keep(part, {line.id for line in lines}, lines, found_by=by)
    settle.retotal(part)


def _step(part: ShopOrder, lines: Iterable[OrderLine]) -> Step:
    """What the weights make of the order."""
    if not all(is_near(meant(line), line.quantity) for line in lines):
        return Step.WEIGH_FAR
    return Step.READY if part.state == State.ACCEPTED else Step.WEIGH_AGAIN
