# SPDX-License-Identifier: AGPL-3.0-or-later
"""A time is taken, given back or moved, in the transaction of what it is for.

Who or what is wanted is locked first, all of it and by id, so that two acts never wait for each other; the grid's unique
constraint is what refuses.
"""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, connection, transaction
from django.db.transaction import TransactionManagementError
from django.utils import timezone

from halles.domain.appointments.models import Appointment, Resource, Service, Taken
from halles.domain.appointments.reads import length
from halles.domain.appointments.rules import cells
from halles.domain.shops.rules import Window
from halles.kernel.errors import Refused


@dataclass(frozen=True, slots=True)
class Wanted:
    """A time of a service that is wanted, and for what."""

    service: Service
    starts_at: dt.datetime
    reference: uuid.UUID


def book(wanted: Sequence[Wanted]) -> dict[uuid.UUID, Appointment]:
    """Take each time of the first who is free then, or none: what is refused undoes the transaction.

    Whether the shop is open then is not asked here: it may promise what it likes.

    :raises Refused: `appointments.taken` with the reference: somebody was quicker.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError("A time is taken in the transaction of what it is for")
    able = {want.reference: list(want.service.resources.all()) for want in wanted}
    lock(resource.id for those in able.values() for resource in those)
    return {want.reference: _book(want, able[want.reference]) for want in wanted}


def lock(resources: Iterable[uuid.UUID]) -> None:
    """Nobody else takes a time of these until the transaction ends."""
    list(Resource.objects.select_for_update(no_key=True).filter(pk__in=set(resources)).order_by("pk"))


def _book(want: Wanted, able: Sequence[Resource]) -> Appointment:
    of = length(want.service)
    window, takes = of.window(want.starts_at), of.takes(want.starts_at)
    for resource in able:
        held = hold(resource, window, takes.end, want.reference)
        if held:
            return held
    raise Refused("appointments.taken", reference=str(want.reference))


def hold(
    resource: Resource, window: Window, free_at: dt.datetime, reference: uuid.UUID | None
) -> Appointment | None:
    """A time of somebody is taken; None when any of it is taken already."""
    held = Appointment(
        resource=resource,
        starts_at=window.start,
        ends_at=window.end,
        free_at=free_at,
        reference=reference,
    )
    squares = [
        Taken(appointment=held, resource=resource, starts_at=cell)
        for cell in cells(Window(window.start, free_at))
    ]
    try:
        with transaction.atomic():
            held.save(force_insert=True)
            Taken.objects.bulk_create(squares)
    except IntegrityError:
        return None
    return held


@transaction.atomic
def remind_once(appointment: uuid.UUID) -> Appointment | None:
    """Whoever comes is reminded of it now; None when he was before, or comes no more."""
    held = Appointment.objects.select_for_update().filter(pk=appointment, reminded_at=None).first()
    if held:
        held.reminded_at = timezone.now()
        held.save(update_fields=["reminded_at"])
    return held


@transaction.atomic
def release(references: Iterable[uuid.UUID]) -> None:
    """Give back what is held for these. Repeating changes nothing."""
    Appointment.objects.filter(reference__in=list(references)).delete()


@transaction.atomic
def move(want: Wanted) -> Appointment:
    """Another time for what holds one already, or holds none yet.

    :raises Refused: as `book`; what it had it keeps.
    """
    lock(resource.id for resource in want.service.resources.all())
    release([want.reference])
    return book([want])[want.reference]
