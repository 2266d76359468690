# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a customer is told of the round that comes to his door, when he left an address."""

from halles.domain.orders import reads as orders
from halles.domain.orders.rules import AGREED
from halles.domain.rounds import reads as rounds
from halles.domain.rounds.models import Stop
from halles.doors.letters.post import post


def coming(stop_id: str) -> None:
    """It has left: when about it comes, unless it has come meanwhile."""
    stop = rounds.stop_by_id(stop_id)
    if stop and not stop.outcome and stop.told_from:
        _tell("customer/coming", stop, key=f"{stop.id} {stop.round.started_at}")


def absent(stop_id: str) -> None:
    """Somebody came and nobody opened, unless he did after all."""
    stop = rounds.stop_by_id(stop_id)
    if stop and stop.outcome == Stop.Outcome.ABSENT:
        _tell("customer/came", stop, key=f"{stop.id} {stop.ended_at}")


def _tell(template: str, stop: Stop, *, key: str) -> None:
    part = orders.part_by_id(stop.shop_order_id)
    if part is None or part.state not in AGREED:
        return
    order = part.order
    context = {"order": order, "part": part, "stop": stop}
    post(template, context, to=order.email, language=order.language, key=key, reply_to=part.shop.email)
