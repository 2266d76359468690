# SPDX-License-Identifier: AGPL-3.0-or-later
"""An order is brought to its depot, handed over there, or taken back.

Telephones repeat and both sides may press: each act looks at where the order stands, and done again changes nothing.
"""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from halles.domain.depots.models import Deposit
from halles.domain.depots.reads import standing_of
from halles.domain.depots.rules import Standing
from halles.domain.journal import actions as journal
from halles.domain.orders.actions import prepare
from halles.domain.orders.models import ShopOrder
from halles.domain.orders.rules import State
from halles.kernel import outbox
from halles.kernel.actor import Actor, Kind
from halles.kernel.errors import Refused


@transaction.atomic
def arrive(shop_order: ShopOrder, *, by: Actor) -> None:
    """It is at the depot; its customer is told. What comes late is kept as long as what came in time.

    :raises Refused: `depots.not_packed` as long as its shop has not said that it is ready, or does not any more.
    """
    part = _locked(shop_order)
    if part.state == State.HANDED_OVER or _deposit(part):
        return
    _arrive(part, by)


def _arrive(part: ShopOrder, by: Actor) -> Deposit:
    if part.state != State.READY:
        raise Refused("depots.not_packed", order=part.code)
    now = timezone.now()
    who = Deposit.By.KEEPER if by.kind == Kind.KEEPER else Deposit.By.SHOP
    deposit = Deposit.objects.create(shop_order=part, arrived_at=now, arrived_by=who)
    if now > part.collect_until:
        prepare.hold_from(part, now)
    _tell("depots.arrived", part, by)
    return deposit


@transaction.atomic
def arrive_all(shop_orders: Iterable[ShopOrder], *, by: Actor) -> None:
    """All of these that are packed are at the depot."""
    for part in sorted(shop_orders, key=lambda part: part.pk):
        if _locked(part).state == State.READY:
            arrive(part, by=by)


@transaction.atomic
def not_there(shop_order: ShopOrder, *, by: Actor) -> None:
    """It was ticked by mistake: it is not at the depot yet."""
    part = _locked(shop_order)
    deposit = _deposit(part)
    if deposit and not deposit.returned_at and part.state == State.READY:
        deposit.delete()
        _tell("depots.not_there", part, by)


@transaction.atomic
def hand_over(shop_order: ShopOrder, *, by: Actor) -> None:
    """The customer has it from the depot, ticked there or not: who hands it over has it in his hands.

    :raises Refused: as `prepare.hand_over`.
    """
    part = _locked(shop_order)
    if part.state == State.HANDED_OVER:
        return
    if part.state == State.READY and not _deposit(part):
        _arrive(part, by)
    prepare.hand_over(part, by=by)


@transaction.atomic
def take_back(shop_order: ShopOrder, *, by: Actor) -> None:
    """Nobody came for it and the shop has it again: only now are its goods back on sale.

    :raises Refused: `depots.still_kept` with until when, `depots.not_here` when it never was.
    """
    part = _locked(shop_order)
    deposit = _deposit(part)
    if deposit is None:
        raise Refused("depots.not_here", order=part.code)
    if deposit.returned_at:
        return
    if standing_of(part, deposit) != Standing.TO_RETURN:
        raise Refused("depots.still_kept", order=part.code, until=part.hold_until.isoformat())
    deposit.returned_at = timezone.now()
    deposit.save(update_fields=["returned_at"])
    _tell("depots.returned", part, by)
    if part.state == State.READY:
        prepare.give_up(part, by=by)


def _locked(shop_order: ShopOrder) -> ShopOrder:
    """The order of a depot, locked: whoever else acts on it waits."""
    part = prepare.locked(shop_order.pk)
    if not part.is_at_depot:
        raise Refused("depots.not_here", order=part.code)
    return part


def _deposit(part: ShopOrder) -> Deposit | None:
    return Deposit.objects.filter(shop_order=part).first()


def _tell(act: str, part: ShopOrder, by: Actor) -> None:
    journal.record(act, part, by=by, shop_id=part.shop_id, name=part.place.name)
    outbox.publish(act, shop_order_id=str(part.id), by=str(by.kind))
