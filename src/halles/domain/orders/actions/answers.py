# SPDX-License-Identifier: AGPL-3.0-or-later
"""What becomes of what the shop proposed: the customer's yes, his no to one good, his silence."""

import uuid
from decimal import Decimal

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from halles.domain.appointments import actions as appointments
from halles.domain.journal import actions as journal
from halles.domain.orders.actions import prepare
from halles.domain.orders.actions.settle import retotal
from halles.domain.orders.models import OrderLine, ShopOrder
from halles.domain.orders.rules import IfMissing, State, Step
from halles.domain.stock import actions as stock
from halles.kernel.actor import SYSTEM, Actor
from halles.kernel.errors import Refused


@transaction.atomic
def agree(shop_order: ShopOrder, *, by: Actor, seen: Decimal | None = None) -> None:
    """The customer says yes to what the shop made of his order; what was weighed already is ready by that.

    `seen` is the total he was shown.

    :raises Refused: `orders.not_now`, as everywhere here; `orders.other_total` when the shop has weighed again since.
    """
    part = prepare.locked(shop_order.pk)
    if part.state == State.TO_AGREE and seen is not None and seen != part.total:
        raise Refused("orders.other_total")
    _agree(part, by=by)


@transaction.atomic
def decline(shop_order: ShopOrder, line_id: uuid.UUID, *, by: Actor) -> None:
    """The customer does not want one of the goods proposed: it goes back on the shelf, the rest stands.

    With the last question answered the order is agreed; with nothing left it is cancelled. Repeating changes nothing.
    """
    part = prepare.locked(shop_order.pk)
    line = part.lines.filter(pk=line_id).first()
    if line is None or part.state != State.TO_AGREE:
        raise Refused("orders.not_now", state=part.state, step="decline")
    if line.asked:
        journal.record("orders.declined", part, by=by, shop_id=part.shop_id, name=line.name)
        _leave_out(part, [line])
        _go_on(part, by=by)


def follow_silence() -> None:
    """The time to answer is over: what the customer said at checkout is done."""
    due = Q(state=State.TO_AGREE, answer_before__lte=timezone.now())
    for pk in prepare.due(due):
        with transaction.atomic():
            part = prepare.locked(pk)
            if part.state == State.TO_AGREE and part.answer_before and part.answer_before <= timezone.now():
                _leave_out(part, list(part.lines.filter(asked=True, if_missing=IfMissing.REMOVE)))
                part.lines.update(asked=False)
                _go_on(part, by=SYSTEM)


def _leave_out(part: ShopOrder, lines: list[OrderLine]) -> None:
    """None of these will be served."""
    for line in lines:
        line.ordered = line.quantity = line.total = Decimal(0)
        line.asked = False
    OrderLine.objects.bulk_update(lines, ["ordered", "quantity", "total", "asked"])
    stock.release([line.id for line in lines])
    appointments.release([line.id for line in lines])
    retotal(part)


def _go_on(part: ShopOrder, *, by: Actor) -> None:
    """Agreed when nothing is asked any more, cancelled when nothing is left."""
    if not part.lines.filter(quantity__gt=0).exists():
        prepare.cancel(part, by=by)
    elif part.former_from is None and not part.lines.filter(asked=True, quantity__gt=0).exists():
        _agree(part, by=by)


def _agree(part: ShopOrder, *, by: Actor) -> None:
    prepare.take(part, Step.AGREE, by=by)
    part.lines.filter(asked=True).update(asked=False)
    part.answer_before = part.former_from = None
    part.save(update_fields=["answer_before", "former_from"])
    if part.lines.filter(served__isnull=False).update(agreed=F("served")):
        prepare.take(part, Step.READY, by=by)
