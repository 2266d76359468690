# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where an order for a depot stands. Pure: values in, values out."""

from enum import StrEnum

from halles.domain.orders.rules import FALLEN_THROUGH, State


class Standing(StrEnum):
    """What its shop and the depot's keeper have to do with it."""

    AWAITED = "awaited"  # the shop prepares it
    PACKED = "packed"  # to be brought, or under way
    HERE = "here"  # at the depot, for its customer
    HANDED_OVER = "handed_over"
    TO_RETURN = "to_return"  # nobody came, or it was called off: the shop takes it back
    RETURNED = "returned"


def standing(state: str, *, has_arrived: bool, is_returned: bool, is_over: bool) -> Standing | None:
    """Where it stands; None for what no depot has to know of. `is_over` when it need not be kept any longer."""
    if is_returned:
        return Standing.RETURNED
    if state == State.HANDED_OVER:
        return Standing.HANDED_OVER
    if has_arrived:
        wanted = state not in FALLEN_THROUGH and not (state == State.READY and is_over)
        return Standing.HERE if wanted else Standing.TO_RETURN
    return {State.ACCEPTED: Standing.AWAITED, State.READY: Standing.PACKED}.get(State(state))
