# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reading who is told of what, and what still waits for somebody's eyes."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone

from halles.domain.bells import ports
from halles.domain.bells.models import Call, Device, QuietHours, Wish
from halles.domain.bells.rules import ASKED_AS, NIGHT, Ear, Kind, Quiet, When, usual
from halles.domain.people.models import Account
from halles.domain.shops import reads as shops
from halles.domain.shops.models import Shop, Staff
from halles.domain.shops.reads import RIGHTS, Right, can
from halles.kernel.prepared import among, prepared

SERVING = [role for role, rights in RIGHTS.items() if Right.ORDERS in rights]


@dataclass(frozen=True, slots=True)
class Listener:
    """Somebody of the team, and when she is told of each kind."""

    staff: Staff
    ears: dict[Kind, Ear]


def listeners(shop: Shop) -> list[Listener]:
    """Who serves in a shop today, and when each is told of what. Four queries."""
    team = [staff for staff in shops.team(shop) if can(staff, Right.ORDERS)]
    accounts = [staff.account_id for staff in team]
    rings = set(_ringing(accounts))
    quiet = {row.account_id: _quiet(row) for row in _quiet_hours(accounts)}
    said = {(wish.staff_id, wish.kind): When(wish.when) for wish in _wishes([staff.id for staff in team])}
    return [
        Listener(
            staff,
            {
                kind: Ear(
                    staff.account_id,
                    said.get((staff.id, ASKED_AS.get(kind, kind))) or _usual(staff, rings),
                    staff.account_id in rings,
                    quiet.get(staff.account_id, NIGHT),
                )
                for kind in Kind
            },
        )
        for staff in team
    ]


@prepared
def _ringing(accounts: Sequence[uuid.UUID]) -> QuerySet[Device, uuid.UUID]:
    return Device.objects.filter(among("account", accounts)).order_by().values_list("account_id", flat=True)


@prepared
def _quiet_hours(accounts: Sequence[uuid.UUID]) -> QuerySet[QuietHours]:
    return QuietHours.objects.filter(among("account", accounts))


@prepared
def _wishes(staff: Sequence[uuid.UUID]) -> QuerySet[Wish]:
    return Wish.objects.filter(among("staff", staff))


def _usual(staff: Staff, rings: set[uuid.UUID]) -> When:
    owner = staff.role == Staff.Role.OWNER
    return usual(owner=owner, rings=staff.account_id in rings, somebody_rings=bool(rings))


def ears(shop: Shop, kind: Kind) -> list[Ear]:
    """Who may be told of one kind of thing in a shop. Four queries."""
    return [listener.ears[kind] for listener in listeners(shop)]


def quiet_of(account: Account) -> Quiet | None:
    """When somebody's devices do not ring. One query."""
    row = QuietHours.objects.filter(account=account).first()
    return _quiet(row) if row else NIGHT


def _quiet(row: QuietHours) -> Quiet | None:
    return Quiet(row.starts, row.ends) if row.starts and row.ends else None


def devices_of(account: Account) -> list[Device]:
    """Somebody's devices, the longest first. One query."""
    return list(Device.objects.filter(account=account))


def device_by_id(pk: uuid.UUID | str) -> Device | None:
    """A device with whose it is. One query."""
    return Device.objects.select_related("account").filter(pk=pk).first()


def call_by_id(pk: uuid.UUID | str) -> Call | None:
    """A call with its shop. One query."""
    return next(iter(_call(uuid.UUID(str(pk)))), None)


@prepared
def _call(pk: uuid.UUID) -> QuerySet[Call]:
    return Call.objects.select_related("shop__market").filter(pk=pk)


def unseen_of(shop: Shop, kind: Kind) -> list[Call]:
    """What of a kind waits for somebody's eyes in a shop, the oldest first. One query."""
    return list(Call.objects.filter(shop=shop, kind=kind, seen_at=None))


def about(subjects: Iterable[uuid.UUID]) -> list[Call]:
    """What rang, or rings, about some things. One query."""
    return _about(list(subjects))


@prepared
def _about(subjects: Sequence[uuid.UUID]) -> QuerySet[Call]:
    return Call.objects.filter(among("subject", subjects))


def heard_by(account: Account) -> QuerySet[Call]:
    """The calls somebody may answer, in every shop she serves in today, whether seen or not."""
    today = Q(until=None) | Q(until__gt=timezone.now())
    serves = Staff.objects.filter(today, account=account, role__in=SERVING)
    return Call.objects.select_related("shop__market").filter(shop__in=serves.values("shop"))


def ringing(account: Account) -> list[Call]:
    """What rings on somebody's screen now, the oldest first. One query."""
    never = Wish.objects.filter(staff__account=account, when=When.NEVER)
    unwanted = Q()
    for kind in Kind:
        unwanted |= Q(kind=kind, shop__in=never.filter(kind=ASKED_AS.get(kind, kind)).values("staff__shop"))
    return list(heard_by(account).filter(seen_at=None).exclude(unwanted))


def public_key() -> str:
    """What a browser must be told before it can be rung."""
    return ports.pusher().public_key
