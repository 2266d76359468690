# SPDX-License-Identifier: AGPL-3.0-or-later
"""The shop settles an order line by line: less, missing, replaced; the customer has the last word."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Max, Sum
from django.utils import timezone

from halles.domain.catalogue.models import Variant
from halles.domain.orders.actions import prepare
from halles.domain.orders.actions.place import variant_name
from halles.domain.orders.models import OrderLine, ShopOrder
from halles.domain.orders.rules import IfMissing, LineState, State, Step
from halles.domain.stock import actions as stock
from halles.kernel.actor import Actor
from halles.kernel.errors import Refused
from halles.kernel.numbers import line_total
from halles.kernel.units import Unit, is_step


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
    foreseen = all([_apply(part, lines[change.line_id], change) for change in changes])
    retotal(part)
    if not part.lines.filter(quantity__gt=0).exists():
        raise Refused("orders.nothing_left")
    stock.keep_longer(lines)
    prepare.take(part, Step.SETTLE, by=by)
    if foreseen:
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
    for line in part.lines.select_related("variant__product"):
        wanted = quantities.get(line.id)
        if wanted is not None and line.state != LineState.REPLACED and wanted != line.quantity:
            _reserve_anew(part, line, wanted)
            line.ordered = wanted
            _write(line, wanted, LineState.KEPT)
    retotal(part)
    if not part.lines.filter(quantity__gt=0).exists():
        prepare.cancel(part, by=by)
        return
    prepare.note_change(part, by=by)


def retotal(part: ShopOrder) -> None:
    """The order's total follows its lines."""
    part.total = part.lines.aggregate(total=Sum("total"))["total"] or Decimal(0)
    part.save(update_fields=["total"])


def _apply(part: ShopOrder, line: OrderLine, change: LineChange) -> bool:
    """Write one change; whether it is what the customer asked for when he ordered."""
    if change.instead is not None:
        stock.release([line.id])
        substitute = _substitute(part, line, change.instead, change.quantity)
        _write(line, Decimal(0), LineState.REPLACED)
        return line.if_missing == IfMissing.REPLACE and substitute.total <= line_total(line.unit_price, line.ordered)
    if change.quantity > line.ordered:
        raise Refused("orders.quantity_wrong", field="quantity", unit=line.unit)
    _reserve_anew(part, line, change.quantity)
    _write(line, change.quantity, LineState.MISSING if change.quantity == 0 else LineState.LESS)
    return line.if_missing == IfMissing.REMOVE


def _substitute(part: ShopOrder, line: OrderLine, variant: Variant, quantity: Decimal) -> OrderLine:
    last = part.lines.aggregate(last=Max("position"))["last"] or 0
    substitute = OrderLine(
        shop_order=part,
        variant=variant,
        position=last + 1,
        name=variant_name(variant.product.name, variant.size, variant.colour),
        unit=variant.product.unit,
        unit_price=variant.price,
        vat_rate=variant.product.vat_rate,
        ordered=quantity,
        quantity=quantity,
        total=line_total(variant.price, quantity),
        note=line.note,
        if_missing=line.if_missing,
        replaces=line,
    )
    if not is_step(quantity, Unit(variant.product.unit)):
        raise Refused("orders.quantity_wrong", field="quantity", unit=variant.product.unit)
    substitute.save()
    stock.reserve([stock.Wanted(variant, quantity, _day(part), substitute.id)])
    return substitute


def _reserve_anew(part: ShopOrder, line: OrderLine, quantity: Decimal) -> None:
    if quantity and not is_step(quantity, Unit(line.unit)):
        raise Refused("orders.quantity_wrong", field="quantity", unit=line.unit)
    stock.release([line.id])
    if quantity:
        wanted = stock.Wanted(line.variant, quantity, _day(part), line.id)
        stock.reserve([wanted], expires_at=part.confirm_before if part.state == State.UNCONFIRMED else None)


def _day(part: ShopOrder) -> dt.date:
    return timezone.localtime(part.collect_from, ZoneInfo(part.shop.market.time_zone)).date()


def _write(line: OrderLine, quantity: Decimal, state: LineState) -> None:
    line.quantity, line.state = quantity, state
    line.total = line_total(line.unit_price, quantity)
    line.save(update_fields=["ordered", "quantity", "state", "total"])
