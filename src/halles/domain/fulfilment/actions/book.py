# SPDX-License-Identifier: AGPL-3.0-or-later
"""A place in a slot is taken, given back or moved, in the transaction of what it is for.

A slot's row is locked by the statement that counts: the database itself refuses one more than there is room for. Who
needs several slots takes them by method and time: two acts never wait for each other.
"""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Case, F, IntegerField, Q, When
from django.db.transaction import TransactionManagementError

from halles.domain.fulfilment.models import Booking, Method, Slot
from halles.domain.journal import actions as journal
from halles.domain.shops.rules import Window
from halles.kernel.actor import Actor
from halles.kernel.errors import Refused

ROOM = Q(is_full=False) & (Q(capacity=None) | Q(taken__lt=F("capacity")))
ROOM_MADE = {
    "taken": F("taken") + 1,
    "capacity": Case(
        When(capacity__lte=F("taken"), then=F("taken") + 1),
        default=F("capacity"),
        output_field=IntegerField(),
    ),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A slot that is wanted, and for what."""

    method: Method
    window: Window
    reference: uuid.UUID


def book(wanted: Sequence[Wanted], *, also_when_full: bool = False) -> None:
    """Take a place in each slot, or in none: what is refused undoes the transaction.

    `also_when_full` is the shop's own word: it makes room.

    :raises Refused: `fulfilment.slot_full` with the reference: the last place went to somebody else.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError("A slot is taken in the transaction of what it is for")
    for want in sorted(wanted, key=lambda want: (want.method.pk, want.window.start)):
        slot = _take(want, also_when_full=also_when_full)
        if slot is None:
            raise Refused("fulfilment.slot_full", reference=str(want.reference))
        Booking.objects.create(slot_id=slot, reference=want.reference)


def _take(want: Wanted, *, also_when_full: bool) -> int | None:
    """One more in this slot; its row, or None when it is full. A row that is not there yet is made and tried again."""
    here = Slot.objects.filter(method=want.method, starts_at=want.window.start)
    for row_is_new in (False, True):
        if row_is_new:
            row = Slot(
                method=want.method,
                starts_at=want.window.start,
                ends_at=want.window.end,
                capacity=want.method.capacity,
            )
            Slot.objects.bulk_create([row], ignore_conflicts=True)
        if here.update(**ROOM_MADE) if also_when_full else here.filter(ROOM).update(taken=F("taken") + 1):
            return here.values_list("pk", flat=True).get()
    return None


@transaction.atomic
def release(references: Iterable[uuid.UUID]) -> None:
    """Give back the places held for these. Repeating changes nothing."""
    held = Booking.objects.filter(reference__in=list(references)).order_by(
        "slot__method_id", "slot__starts_at"
    )
    for pk, slot in held.values_list("pk", "slot_id"):
        if Booking.objects.filter(pk=pk).delete()[0]:
            Slot.objects.filter(pk=slot).update(taken=F("taken") - 1)


@transaction.atomic
def move(want: Wanted, *, also_when_full: bool = False) -> None:
    """Another slot for what holds a place already, or holds none yet.

    :raises Refused: as `book`; what it had it keeps.
    """
    held = Booking.objects.filter(reference=want.reference).select_related("slot").first()
    if held and held.slot.method_id == want.method.pk and held.slot.starts_at == want.window.start:
        return
    release([want.reference])
    book([want], also_when_full=also_when_full)


@transaction.atomic
def set_full(method: Method, windows: Sequence[Window], *, is_full: bool, by: Actor) -> None:
    """The shop takes nobody more in these slots, or does again. What is booked stays booked."""
    rows = [
        Slot(
            method=method,
            starts_at=window.start,
            ends_at=window.end,
            capacity=method.capacity,
            is_full=is_full,
        )
        for window in windows
    ]
    Slot.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["method", "starts_at"], update_fields=["is_full"]
    )
    if rows:
        journal.record(
            "fulfilment.slots_full" if is_full else "fulfilment.slots_open",
            method,
            by=by,
            shop_id=method.place.shop_id,
            first=min(windows).start.isoformat(),
            number=len(rows),
        )
