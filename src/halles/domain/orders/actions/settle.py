# SPDX-License-Identifier: AGPL-3.0-or-later
"""The shop settles an order line by line: less, missing, replaced; the customer has the last word."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Max, Sum
from django.utils import timezone

from halles.domain.catalogue.models import Variant
from halles.domain.catalogue.rules import vat_rate
from halles.domain.orders.actions import fees, prepare, times
from halles.domain.orders.actions.baskets import check_portions, check_quantity
from halles.domain.orders.actions.place import variant_name
from halles.domain.orders.models import OrderLine, ShopOrder
from halles.domain.orders.rules import IfMissing, LineState, State, Step, answer_before, next_state
from halles.domain.stock import actions as stock
from halles.kernel.actor import Actor
from halles.kernel.errors import Refused
from halles.kernel.numbers import line_total


@dataclass(frozen=True, slots=True)
class LineChange:
    """What the shop makes of a line: a smaller quantity (0: missing), or another good instead."""

    line_id: uuid.UUID
    quantity: Decimal
    instead: Variant | None = None


@transaction.atomic
def settle(shop_order: ShopOrder, changes: Sequence[LineChange], *, by: Actor) -> None:
    """Write the changes. What the customer asked for at checkout is done at once; anything else waits for his yes.

    :raises Refused: `orders.not_now`, `orders.nothing_left` (cancel instead), `orders.quantity_wrong`,
        `stock.not_enough` when the replacement is not there.
    """
    part = prepare.locked(shop_order.pk)
    lines = {line.id: line for line in part.lines.select_related("variant__product")}
    new = [change for change in changes if _says_something_new(lines[change.line_id], change)]
    if not new:
        return  # pressed twice
    next_state(part.state, Step.SETTLE)  # before anything is written: what was weighed stays as it is
    written = [_apply(part, lines[change.line_id], change) for change in new]
    keep(part, {change.line_id for change in new}, written)
    retotal(part)
    if not part.lines.filter(quantity__gt=0).exists():
        raise Refused("orders.nothing_left")
    stock.keep_longer(prepare.line_ids(part))
    prepare.take(part, Step.SETTLE, by=by)
    if to_ask := [line for line in written if not _foreseen(line)]:
        _ask(part, to_ask)
    else:
        prepare.take(part, Step.AGREE, by=by, foreseen=True)


def _ask(part: ShopOrder, lines: Sequence[OrderLine]) -> None:
    """The customer is asked about these lines. Who wants to be called is called: his silence says nothing."""
    for line in lines:
        line.asked = True
    OrderLine.objects.bulk_update(lines, ["asked"])
    must_call = any(line.if_missing == IfMissing.CALL for line in lines)
    part.answer_before = (
        None if must_call else answer_before(timezone.now(), part.collect_from, part.shop.preparation_minutes)
    )
    part.save(update_fields=["answer_before"])


@transaction.atomic
def change(
    shop_order: ShopOrder,
    quantities: Mapping[uuid.UUID, Decimal],
    *,
    portions: Mapping[uuid.UUID, Decimal] | None = None,
    by: Actor,
) -> None:
    """The customer changes quantities, or numbers of portions, from his link, until it is prepared; nothing left cancels.

    :raises Refused: `orders.not_now`, `orders.quantity_wrong`, `orders.portions_wrong`, `stock.not_enough`, and as
        `fees.follow`.
    """
    part = prepare.locked(shop_order.pk)
    if part.state not in {State.UNCONFIRMED, State.PLACED, State.ACCEPTED}:
        raise Refused("orders.not_now", state=part.state, step="change")
    changed, lines = [], list(part.lines.select_related("variant__product"))
    before = fees.Worth.of(lines)
    for line in lines:
        if line.state == LineState.REPLACED:
            continue
        if _asks_otherwise(line, quantities.get(line.id), (portions or {}).get(line.id)):
            _write(line, line.ordered, LineState.KEPT)
            changed.append(line)
    if not changed:
        return
    keep(part, {line.id for line in changed}, changed)
    fees.follow(part, before, fees.Worth.of(lines))
    retotal(part)
    if not part.lines.filter(quantity__gt=0).exists():
        prepare.cancel(part, by=by)
        return
    prepare.note_change(part, by=by)


def _asks_otherwise(line: OrderLine, quantity: Decimal | None, portions: Decimal | None) -> bool:
    """Whether the customer asks for another quantity than the one he would be served; then that is what is ordered."""
    if portions and line.portions:
        wanted, number = check_portions(portions, line.ordered / line.portions)
        if wanted == line.quantity:
            return False
        line.ordered, line.portions = wanted, number
        return True
    if portions == 0:
        quantity = Decimal(0)
    if quantity is None or quantity == line.quantity:
        return False
    if line.is_appointment and quantity > 1:
        raise Refused("orders.quantity_wrong", field="quantity", unit=line.unit)
    line.ordered, line.portion, line.portions = _check(quantity, line.unit), "", None
    return True


def retotal(part: ShopOrder) -> None:
    """The order's total follows its lines and its fee."""
    part.total = (part.lines.aggregate(total=Sum("total"))["total"] or Decimal(0)) + part.fee
    part.save(update_fields=["total", "fee"])


def _says_something_new(line: OrderLine, change: LineChange) -> bool:
    """Whether a change is not there already; what was replaced stays so."""
    if line.state == LineState.REPLACED:
        return False
    return change.instead is not None or change.quantity != line.quantity


def _apply(part: ShopOrder, line: OrderLine, change: LineChange) -> OrderLine:
    """Write one change; the line that the customer will now be served."""
    if change.instead is not None:
        _write(line, Decimal(0), LineState.REPLACED)
        return _substitute(part, line, change.instead, change.quantity)
    if change.quantity > line.ordered or (line.is_appointment and change.quantity % 1):
        raise Refused("orders.quantity_wrong", field="quantity", unit=line.unit)
    if change.quantity == line.ordered:  # found after all; portions need not be a step of the scale
        _write(line, line.ordered, LineState.KEPT)
        return line
    state = LineState.LESS if change.quantity else LineState.MISSING
    _write(line, _check(change.quantity, line.unit), state)
    return line


def _foreseen(line: OrderLine) -> bool:
    """Whether the customer said at checkout that this may be done without asking him again."""
    if line.replaces is None:
        return line.state == LineState.KEPT or line.if_missing == IfMissing.REMOVE
    dearer = line.total > line_total(line.replaces.unit_price, line.replaces.ordered)
    return line.if_missing == IfMissing.REPLACE and not dearer


def _substitute(part: ShopOrder, line: OrderLine, variant: Variant, quantity: Decimal) -> OrderLine:
    last = part.lines.aggregate(last=Max("position"))["last"] or 0
    return OrderLine.objects.create(
        shop_order=part,
        variant=variant,
        position=last + 1,
        name=variant_name(variant.product.name, variant.size, variant.colour),
        unit=variant.product.unit,
        unit_price=variant.price,
        vat_rate=vat_rate(part.shop, variant.product.vat_rate),
        ordered=_check(quantity, variant.product.unit),
        quantity=quantity,
        total=line_total(variant.price, quantity),
        note=line.note,
        if_missing=line.if_missing,
        replaces=line,
    )


def keep(
    part: ShopOrder, former: set[uuid.UUID], lines: Sequence[OrderLine], *, found_by: Actor | None = None
) -> None:
    """Stock and times follow: what was kept for the former lines goes back, what will be served is set aside.

    `found_by` as `stock.reserve`.
    """
    day = timezone.localtime(part.collect_from, ZoneInfo(part.shop.market.time_zone)).date()
    expires_at = part.confirm_before if part.state == State.UNCONFIRMED else None
    wanted = [
        stock.Wanted(line.variant, line.quantity, day, line.id, expires_at)
        for line in lines
        if line.variant and line.quantity
    ]
    stock.reserve(wanted, instead_of=former, found_by=found_by)
    times.follow(former, lines)


def _check(quantity: Decimal, unit: str) -> Decimal:
    """Nothing, or a quantity that can be asked for.

    :raises Refused: as `baskets.check_quantity`.
    """
    return check_quantity(quantity, unit) if quantity else quantity


def _write(line: OrderLine, quantity: Decimal, state: LineState) -> None:
    line.quantity, line.state = quantity, state
    line.total = line_total(line.unit_price, quantity)
    line.save(update_fields=["ordered", "portion", "portions", "quantity", "state", "total"])
