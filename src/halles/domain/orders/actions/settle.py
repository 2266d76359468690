# SPDX-License-Identifier: AGPL-3.0-or-later
"""The shop settles an order line by line: less, missing, replaced; the customer has the last word."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Max, Sum
from django.utils import timezone

from halles.domain.catalogue.models import Variant
from halles.domain.catalogue.rules import vat_rate
from halles.domain.orders.actions import prepare
from halles.domain.orders.actions.baskets import check_quantity
from halles.domain.orders.actions.place import variant_name
from halles.domain.orders.models import OrderLine, ShopOrder
from halles.domain.orders.rules import IfMissing, LineState, State, Step
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
    written = [_apply(part, lines[change.line_id], change) for change in new]
    _keep(part, {change.line_id for change in new}, written)
    retotal(part)
    if not part.lines.filter(quantity__gt=0).exists():
        raise Refused("orders.nothing_left")
    stock.keep_longer(prepare.line_ids(part))
    prepare.take(part, Step.SETTLE, by=by)
    if all(_foreseen(line) for line in written):
        prepare.take(part, Step.AGREE, by=by, foreseen=True)


@transaction.atomic
def agree(shop_order: ShopOrder, *, by: Actor) -> None:
    """The customer says yes to what the shop made of his order."""
    prepare.take(prepare.locked(shop_order.pk), Step.AGREE, by=by)


@transaction.atomic
def change(shop_order: ShopOrder, quantities: dict[uuid.UUID, Decimal], *, by: Actor) -> None:
    """The customer changes quantities from his link, until it is prepared; nothing left cancels.

    :raises Refused: `orders.not_now`, `orders.quantity_wrong`, `stock.not_enough`.
    """
    part = prepare.locked(shop_order.pk)
    if part.state not in {State.UNCONFIRMED, State.PLACED, State.ACCEPTED}:
        raise Refused("orders.not_now", state=part.state, step="change")
    changed = []
    for line in part.lines.select_related("variant__product"):
        wanted = quantities.get(line.id)
        if wanted is not None and line.state != LineState.REPLACED and wanted != line.quantity:
            line.ordered = _check(wanted, line.unit)
            _write(line, wanted, LineState.KEPT)
            changed.append(line)
    if not changed:
        return
    _keep(part, {line.id for line in changed}, changed)
    retotal(part)
    if not part.lines.filter(quantity__gt=0).exists():
        prepare.cancel(part, by=by)
        return
    prepare.note_change(part, by=by)


def retotal(part: ShopOrder) -> None:
    """The order's total follows its lines."""
    part.total = part.lines.aggregate(total=Sum("total"))["total"] or Decimal(0)
    part.save(update_fields=["total"])


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
    if change.quantity > line.ordered:
        raise Refused("orders.quantity_wrong", field="quantity", unit=line.unit)
    state = LineState.LESS if change.quantity else LineState.MISSING
    if change.quantity == line.ordered:  # found after all
        state = LineState.KEPT
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


def _keep(part: ShopOrder, former: set[uuid.UUID], lines: Sequence[OrderLine]) -> None:
    """Stock follows: what was kept for the former lines goes back, what will be served is set aside."""
    day = timezone.localtime(part.collect_from, ZoneInfo(part.shop.market.time_zone)).date()
    expires_at = part.confirm_before if part.state == State.UNCONFIRMED else None
    wanted = [
        stock.Wanted(line.variant, line.quantity, day, line.id, expires_at)
        for line in lines
        if line.variant and line.quantity
    ]
    stock.reserve(wanted, instead_of=former)


def _check(quantity: Decimal, unit: str) -> Decimal:
    """Nothing, or a quantity that can be asked for.

    :raises Refused: as `baskets.check_quantity`.
    """
    return check_quantity(quantity, unit) if quantity else quantity


def _write(line: OrderLine, quantity: Decimal, state: LineState) -> None:
    line.quantity, line.state = quantity, state
    line.total = line_total(line.unit_price, quantity)
    line.save(update_fields=["ordered", "quantity", "state", "total"])
