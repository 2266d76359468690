# SPDX-License-Identifier: AGPL-3.0-or-later
"""The times of services that orders hold: taken with the order, moved by whoever comes, given back with the line."""

import datetime as dt
import uuid
from collections.abc import Collection, Iterable, Sequence

from django.db import transaction
from django.utils import timezone

from halles.domain.appointments import actions as appointments
from halles.domain.appointments import reads
from halles.domain.appointments.models import Appointment, Service
from halles.domain.journal import actions as journal
from halles.domain.orders import visits
from halles.domain.orders.actions import prepare
from halles.domain.orders.models import OrderLine, ShopOrder
from halles.domain.orders.rules import CUSTOMER_MAY_CHANGE, State
from halles.kernel import outbox
from halles.kernel.actor import SYSTEM, Actor
from halles.kernel.errors import Refused

DAY_BEFORE = dt.timedelta(days=1)
CAME_JUST_NOW = dt.timedelta(hours=2)  # who booked so shortly before that knows it
REMINDED = frozenset({State.PLACED, State.ACCEPTED, State.READY})


def take(lines: Sequence[OrderLine]) -> None:
    """Each of these lines that is a service holds its time, or none does.

    :raises Refused: `orders.time_taken` with the service whose time somebody else took first.
    """
    booked = {line.id: line for line in lines if line.is_appointment}
    if not booked:
        return
    services = _services(booked.values())
    try:
        held = appointments.book([_wanted(line, services[line.id]) for line in booked.values()])
    except Refused as refused:
        name = booked[uuid.UUID(refused.details["reference"])].name
        raise Refused("orders.time_taken", name=name) from refused
    for pk, line in booked.items():
        _write(line, held[pk], services[pk])


def _services(lines: Iterable[OrderLine]) -> dict[uuid.UUID, Service]:
    """What each of these lines is booked of.

    :raises Refused: `orders.not_sold` when it is no service any more.
    """
    of = {line.id: line.variant.product for line in lines if line.variant}
    services = reads.services(of.values())
    for product in of.values():
        if product.id not in services:
            raise Refused("orders.not_sold", name=product.name)
    return {pk: services[product.id] for pk, product in of.items()}


def _wanted(line: OrderLine, service: Service) -> appointments.Wanted:
    assert line.starts_at is not None
    return appointments.Wanted(service, line.starts_at, line.id)


def _write(line: OrderLine, held: Appointment, service: Service) -> None:
    """The line says what was agreed, also when the service is another one later."""
    line.starts_at, line.ends_at, line.held_by = held.starts_at, held.ends_at, held.resource.name
    line.change_before = held.starts_at - dt.timedelta(hours=service.cancel_hours)
    line.save(update_fields=["starts_at", "ends_at", "held_by", "change_before"])


def follow(former: Collection[uuid.UUID], lines: Sequence[OrderLine]) -> None:
    """What of these lines is not served any more gives its time back; what is served again takes it anew.

    :raises Refused: as `take`.
    """
    kept = [line for line in lines if line.is_appointment and line.quantity]
    appointments.release(set(former) - {line.id for line in kept})
    if kept:
        held = reads.by_reference(line.id for line in kept)
        take([line for line in kept if line.id not in held])


@transaction.atomic
def choose(shop_order: ShopOrder, line_id: uuid.UUID, starts_at: dt.datetime, *, by: Actor) -> None:
    """The customer comes at another time, which is free; the shop is told. Repeating changes nothing.

    :raises Refused: `orders.not_now`, `orders.too_late_to_move`, `orders.slot_gone`.
    """
    part = prepare.locked(shop_order.pk)
    line = part.lines.select_related("variant__product").filter(pk=line_id, quantity__gt=0).first()
    if line is None or not line.is_appointment or part.state not in CUSTOMER_MAY_CHANGE - {State.TO_AGREE}:
        raise Refused("orders.not_now", state=part.state, step="move")
    if line.starts_at == starts_at:
        return
    if visits.is_too_late(part, line):
        raise Refused("orders.too_late_to_move")
    before = line.starts_at
    wanted = starts_at.astimezone(dt.UTC)
    if wanted not in {window.start.astimezone(dt.UTC) for window in visits.free(part, line)}:
        raise Refused("orders.slot_gone")
    shift(part, line, starts_at)
    assert before is not None and line.starts_at is not None
    prepare.note_change(part, by=by, before=before.isoformat(), now=line.starts_at.isoformat())


def shift(part: ShopOrder, line: OrderLine, starts_at: dt.datetime) -> None:
    """A line of a locked order is for another time; an order of services alone is for then too.

    :raises Refused: `orders.slot_gone` when it is taken.
    """
    service = _services([line])[line.id]
    try:
        held = appointments.move(appointments.Wanted(service, starts_at, line.id))
    except Refused as refused:
        raise Refused("orders.slot_gone") from refused
    _write(line, held, service)
    stand(part)


def stand(part: ShopOrder) -> None:
    """An order is for the times of its services; goods keep the time at which they are collected."""
    coming = part.lines.filter(starts_at__isnull=False, quantity__gt=0)
    times = [
        (start, end)
        for start, end in coming.values_list("starts_at", "ends_at")
        if start is not None and end is not None
    ]
    if not times:
        return
    last = max(end for _start, end in times)
    if part.is_visit:
        first = min(start for start, _end in times)
        part.collect_from, part.collect_until, part.reminded_at = first, last, None
    part.hold_until = max(part.collect_until, last) + dt.timedelta(hours=part.shop.hold_hours)
    part.save(update_fields=["collect_from", "collect_until", "hold_until", "reminded_at"])


def remind() -> None:
    """Somebody comes tomorrow: one letter, once for each time that was agreed; none to who has just booked it."""
    now = timezone.now()
    near = Appointment.objects.filter(
        reference__isnull=False, reminded_at=None, starts_at__gt=now, starts_at__lte=now + DAY_BEFORE
    )
    for pk, reference in near.order_by("pk").values_list("pk", "reference")[: prepare.BATCH]:
        line = OrderLine.objects.filter(pk=reference).first() if reference else None
        with transaction.atomic():
            part = prepare.locked(line.shop_order_id) if line else None
            held = appointments.remind_once(pk)
            if part is None or held is None:
                continue
            if part.state in REMINDED and held.starts_at - held.created_at > DAY_BEFORE + CAME_JUST_NOW:
                journal.record("orders.time_near", part, by=SYSTEM, shop_id=part.shop_id)
                outbox.publish("orders.time_near", shop_order_id=str(part.id), by=str(SYSTEM.kind))
