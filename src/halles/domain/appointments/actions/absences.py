# SPDX-License-Identifier: AGPL-3.0-or-later
"""A time in which somebody of the shop takes nobody, and its end."""

import datetime as dt
import uuid

from django.db import transaction
from django.utils import timezone

from halles.domain.appointments.actions.book import hold, lock
from halles.domain.appointments.models import Appointment, Resource
from halles.domain.appointments.rules import CELL
from halles.domain.journal import actions as journal
from halles.domain.shops.models import Shop
from halles.domain.shops.rules import Window
from halles.kernel.actor import Actor
from halles.kernel.errors import Refused

LONGEST = dt.timedelta(hours=25)  # a day, also the long one


@transaction.atomic
def absent(resource: Resource, window: Window, *, by: Actor) -> Appointment:
    """Nobody is taken in this time. Who comes then already is not sent away: he is asked first. Repeating changes nothing.

    :raises Refused: `appointments.absence_wrong` when it does not end after it begins, within the day and in the future,
        `appointments.somebody_comes` with the time of the first who does.
    """
    spent = window.end.astimezone(dt.UTC) - window.start.astimezone(dt.UTC)
    if not CELL <= spent <= LONGEST or window.end <= timezone.now():
        raise Refused("appointments.absence_wrong", field="until")
    lock([resource.id])
    there = Appointment.objects.filter(resource=resource, starts_at__lt=window.end, free_at__gt=window.start)
    same = there.filter(reference=None, starts_at=window.start, ends_at=window.end).first()
    if same:
        return same
    held = hold(resource, window, window.end, None)
    if held is None:
        first = there.first()
        raise Refused(
            "appointments.somebody_comes", field="since", at=first.starts_at if first else window.start
        )
    journal.record("appointments.absent", held, by=by, shop_id=resource.shop_id, at=window.start.isoformat())
    return held


@transaction.atomic
def back(shop: Shop, absence: uuid.UUID, *, by: Actor) -> None:
    """Somebody takes people again in a time that was kept free. Repeating changes nothing."""
    found = Appointment.objects.filter(pk=absence, reference=None, resource__shop=shop).first()
    if found is None:
        return
    at = found.starts_at.isoformat()
    journal.record("appointments.back", found, by=by, shop_id=shop.id, at=at)
    found.delete()
