# SPDX-License-Identifier: AGPL-3.0-or-later
"""What changes stock. Each is called inside the transaction of what it is for, or opens one."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import connection, transaction
from django.db.models import QuerySet
from django.db.transaction import TransactionManagementError
from django.utils import timezone

from halles.domain.catalogue.models import Availability, Variant
from halles.domain.journal import actions as journal
from halles.domain.stock import locks
from halles.domain.stock.models import Reservation, StockLevel, StockMove, StockPlace
from halles.kernel.actor import SYSTEM, Actor
from halles.kernel.errors import Refused
from halles.kernel.prepared import among, prepared


@dataclass(frozen=True, slots=True)
class Wanted:
    """A quantity of a variant to be kept for a reference; `day` is the day of collection, for goods made daily."""

    variant: Variant
    quantity: Decimal
    day: dt.date
    reference: uuid.UUID
    expires_at: dt.datetime | None = None


def reserve(
    wanted: Sequence[Wanted], *, instead_of: Iterable[uuid.UUID] = (), found_by: Actor | None = None
) -> None:
    """Keep all of these, or none; what was kept for `instead_of` is given back first, under the same locks.

    `found_by` holds them in his hands: they are there, whatever was counted, so what the ledger lacks is found first
    and nobody else's promise is touched.

    Goods that are not counted need no keeping. Call it once for all that one act wants: only then are all levels
    locked in one order, and two acts can never wait for each other. What is refused undoes the act's transaction.

    :raises TransactionManagementError: outside the transaction of what the goods are for.
    :raises Refused: `stock.not_enough` with, for every reference that falls short, what is left.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError("Goods are kept in the transaction of what they are for")
    counted = [(want, level_id) for want in wanted if (level_id := _level_for(want)) is not None]
    levels = _end(instead_of, Reservation.State.RELEASED, also=[level_id for _, level_id in counted]).levels
    short: dict[str, Decimal] = {}
    for want, level_id in counted:
        level = levels[level_id]
        left = level.on_hand - level.reserved
        if want.quantity > left and found_by:
            _find(level, want, want.quantity - left, by=found_by)
            level.reserved += want.quantity
        elif want.quantity > left:
            short[str(want.reference)] = max(left, Decimal(0))
        else:
            level.reserved += want.quantity
    if short:
        raise Refused("stock.not_enough", left=short)
    StockLevel.objects.bulk_update(levels.values(), ["reserved"])
    Reservation.objects.bulk_create(
        Reservation(
            level_id=level_id, quantity=want.quantity, reference=want.reference, expires_at=want.expires_at
        )
        for want, level_id in counted
    )


@transaction.atomic
def release(
    references: Iterable[uuid.UUID], *, state: Reservation.State = Reservation.State.RELEASED
) -> None:
    """Give back what is kept for these references. Repeating changes nothing."""
    _end(references, state)


@transaction.atomic
def hand_out(references: Iterable[uuid.UUID], *, by: Actor) -> None:
    """What was kept leaves the shop: sold. Repeating changes nothing."""
    ended = _end(references, Reservation.State.USED)
    for promise in ended.promises:
        level = ended.levels[promise.level_id]
        _move(level, -promise.quantity, StockMove.Reason.SOLD, by=by, reference=promise.reference)


@transaction.atomic
def keep_longer(references: Iterable[uuid.UUID]) -> None:
    """The promise stands: what is kept for these references no longer expires by itself."""
    Reservation.objects.filter(reference__in=list(references), state=Reservation.State.LIVE).update(
        expires_at=None
    )


@transaction.atomic
def count(variant: Variant, counted: Decimal, *, by: Actor) -> None:
    """What was really counted on the shelf becomes what is on hand.

    :raises Refused: `stock.promised` when more is promised than was counted, `stock.negative`.
    """
    if counted < 0:
        raise Refused("stock.negative", field="stock")
    level = locks.levels([_level(variant, None).pk]).popitem()[1]
    if counted < level.reserved:
        raise Refused("stock.promised", field="stock", promised=str(level.reserved))
    if counted != level.on_hand:
        _move(level, counted - level.on_hand, StockMove.Reason.CORRECTED, by=by)
        journal.record("stock.counted", variant, by=by, shop_id=variant.shop_id, counted=str(counted))


@transaction.atomic
def take_in(counted: Mapping[Variant, Decimal], *, by: Actor) -> None:
    """What is on hand of variants that nobody has counted before: new articles. Two writes, whatever their number."""
    if not counted:
        return
    shop_id = next(iter(counted)).shop_id
    place = StockPlace.objects.filter(shop_id=shop_id).first() or StockPlace.objects.create(shop_id=shop_id)
    levels = StockLevel.objects.bulk_create(
        StockLevel(variant=variant, place=place, on_hand=quantity) for variant, quantity in counted.items()
    )
    StockMove.objects.bulk_create(
        StockMove(
            level=level,
            quantity=level.on_hand,
            reason=StockMove.Reason.FOUND,
            actor_kind=by.kind,
            actor_reference=by.reference,
        )
        for level in levels
        if level.on_hand
    )


@transaction.atomic
def plan_day(variant: Variant, day: dt.date, quantity: Decimal, *, by: Actor) -> None:
    """So many of a daily good on one day, instead of the usual number.

    :raises Refused: `stock.promised` when more is promised already.
    """
    level = locks.levels([_level(variant, day).pk]).popitem()[1]
    if quantity < level.reserved:
        raise Refused("stock.promised", field="stock", promised=str(level.reserved))
    if quantity != level.on_hand:
        _move(level, quantity - level.on_hand, StockMove.Reason.MADE, by=by)
        journal.record(
            "stock.planned", variant, by=by, shop_id=variant.shop_id, day=str(day), quantity=str(quantity)
        )


def _level_for(want: Wanted) -> int | None:
    """The level a want draws on; None for goods that are not counted."""
    match want.variant.product.availability:
        case Availability.COUNTED:
            return _level(want.variant, None).pk
        case Availability.DAILY:
            return _level(want.variant, want.day).pk
        case _:
            return None


def _level(variant: Variant, day: dt.date | None) -> StockLevel:
    """The level of a variant, made at its first use: a day's with what is made that day, a unique piece's with one."""
    known = _standing(variant.id) if day is None else _standing_on(variant.id, day)
    if known:
        return known[0]
    place = StockPlace.objects.filter(shop_id=variant.shop_id).first()
    if place is None:
        place = StockPlace.objects.create(shop_id=variant.shop_id)
    level, made = StockLevel.objects.get_or_create(variant=variant, place=place, day=day)
    if made and day is not None and variant.product.daily_quantity:
        _move(level, variant.product.daily_quantity, StockMove.Reason.MADE, by=SYSTEM)
    if made and day is None and variant.product.is_unique:
        _move(level, Decimal(1), StockMove.Reason.FOUND, by=SYSTEM)
    return level


@prepared
def _standing(variant: uuid.UUID) -> QuerySet[StockLevel]:
    return StockLevel.objects.filter(variant=variant, day=None).order_by("pk")


@prepared
def _standing_on(variant: uuid.UUID, day: dt.date) -> QuerySet[StockLevel]:
    return StockLevel.objects.filter(variant=variant, day=day).order_by("pk")


@dataclass(frozen=True, slots=True)
class _Ended:
    promises: list[Reservation]
    levels: dict[int, StockLevel]


def _end(references: Iterable[uuid.UUID], state: Reservation.State, *, also: Sequence[int] = ()) -> _Ended:
    """Live promises for these references come to an end; their levels are lowered, and locked with `also`."""
    kept_for = list(references)
    levels = locks.levels([*_levels_of(kept_for), *also])
    promises = _promises(kept_for) if kept_for else []
    for promise in promises:
        levels[promise.level_id].reserved -= promise.quantity
        promise.state = state
    if promises:
        StockLevel.objects.bulk_update(levels.values(), ["reserved"])
        Reservation.objects.bulk_update(promises, ["state"])
    return _Ended(promises, levels)


@prepared
def _promises(references: Iterable[uuid.UUID]) -> QuerySet[Reservation]:
    """Those that are live."""
    live = Reservation.objects.filter(among("reference", references), state=Reservation.State.LIVE)
    return live.order_by("pk")


def _find(level: StockLevel, want: Wanted, lacking: Decimal, *, by: Actor) -> None:
    """More is there than was counted: the move names what it was found for, and the journal tells the shop."""
    _move(level, lacking, StockMove.Reason.FOUND, by=by, reference=want.reference)
    journal.record(
        "stock.found", want.variant, by=by, shop_id=want.variant.shop_id, quantity=str(lacking),
        unit=want.variant.product.unit, name=want.variant.product.name,
    )  # fmt: skip


def _levels_of(references: list[uuid.UUID]) -> list[int]:
    return [promise.level_id for promise in _promises(references)] if references else []


def _move(
    level: StockLevel,
    quantity: Decimal,
    reason: StockMove.Reason,
    *,
    by: Actor,
    reference: uuid.UUID | None = None,
) -> None:
    """Write one move and let the level follow. The level must be locked."""
    level.on_hand += quantity
    level.save(update_fields=["on_hand"])
    StockMove.objects.create(
        level=level,
        at=timezone.now(),
        quantity=quantity,
        reason=reason,
        actor_kind=by.kind,
        actor_reference=by.reference,
        reference=reference,
    )
