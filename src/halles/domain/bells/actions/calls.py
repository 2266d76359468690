# SPDX-License-Identifier: AGPL-3.0-or-later
"""Calls: made, gone on with as time passes, answered. Time looks at their state, so it may come twice or late."""

import datetime as dt
import uuid

from django.db import transaction
from django.utils import timezone

from halles.domain.bells import reads, rules
from halles.domain.bells.models import Call, Device
from halles.domain.bells.rules import Kind, Progress
from halles.domain.journal import actions as journal
from halles.domain.shops import reads as shops
from halles.domain.shops.models import Shop, Staff
from halles.kernel import outbox
from halles.kernel.actor import Actor

BATCH = 500
KEPT = dt.timedelta(days=60)


@transaction.atomic
def call(shop: Shop, kind: Kind, subject: uuid.UUID, *, act: str, occasion: str) -> None:
    """Something waits for the shop's eyes: its first round is rung at once. The same occasion calls once.

    What was seen before calls again for a new occasion; what nobody has seen yet begins anew.
    """
    now = timezone.now()
    new = {"act": act, "occasion": occasion, "made_at": now, "step_at": now}
    locked = Call.objects.select_for_update(of=("self",)).select_related("shop__market")
    row, made = locked.get_or_create(kind=kind, subject=subject, defaults={"shop": shop, **new})
    if not made:
        if row.occasion == occasion:
            return
        for name, value in {**new, "seen_at": None, "steps": 0, "stepped_at": None}.items():
            setattr(row, name, value)
    _go_on(row, now)


def ring_due() -> None:
    """Every call whose time has come goes on, in one worker."""
    due = Call.objects.filter(seen_at=None, next_at__lte=timezone.now()).order_by("next_at")
    for pk in due.values_list("pk", flat=True)[:BATCH]:
        with transaction.atomic():
            locked = Call.objects.select_for_update(of=("self",)).select_related("shop__market")
            row = locked.filter(pk=pk, seen_at=None, next_at__lte=timezone.now()).first()
            if row:
                _go_on(row, timezone.now())


def _go_on(row: Call, now: dt.datetime) -> None:
    """One round of a locked call: its news leaves with the commit."""
    kind, again = Kind(row.kind), row.steps > 0
    was = Progress(row.steps, row.step_at, row.stepped_at, row.next_at)
    hours = shops.opening_hours_of([row.shop])[row.shop_id]
    plan = rules.go_on(kind, was, reads.ears(row.shop, kind), now=now, hours=hours)
    after = plan.after
    row.steps, row.step_at, row.stepped_at, row.next_at = (
        after.steps,
        after.step_at,
        after.stepped_at,
        after.next_at,
    )
    row.save()
    told = {"call_id": str(row.id), "again": again}
    turn = str(int(now.timestamp() * 1000))
    for device in Device.objects.filter(account__in=plan.ring).values_list("pk", flat=True):
        outbox.publish("bells.ring", device_id=str(device), turn=turn, **told)
    for account in sorted(plan.mail):
        outbox.publish("bells.mail", account_id=str(account), **told)


@transaction.atomic
def answer(subject: uuid.UUID, *, by: Actor) -> None:
    """Somebody of the shop looks at it: it is silent. Repeating changes nothing."""
    for row in hush(subject):
        journal.record("bells.seen", row, by=by, shop_id=row.shop_id)


def hush(subject: uuid.UUID) -> list[Call]:
    """What was done to it says itself that it needs nobody's eyes any more: it is silent. The calls that rang."""
    rang = list(Call.objects.select_for_update().filter(subject=subject, seen_at=None))
    for row in rang:
        row.seen_at, row.next_at = timezone.now(), None
        row.save(update_fields=["seen_at", "next_at"])
    return rang


def forget_old() -> None:
    """Calls of two months ago, and the devices of those who work nowhere any more."""
    Call.objects.filter(made_at__lt=timezone.now() - KEPT).delete()
    Device.objects.exclude(account__in=Staff.objects.values("account")).delete()
