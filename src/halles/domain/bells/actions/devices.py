# SPDX-License-Identifier: AGPL-3.0-or-later
"""The devices that ring: let in, rung, dropped when they are gone."""

import datetime as dt
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from halles.domain.bells import ports, reads, rules
from halles.domain.bells.models import Call, Device
from halles.domain.bells.ports import Answer, Message
from halles.domain.bells.rules import Kind, When
from halles.domain.journal import actions as journal
from halles.domain.journal import reads as acts
from halles.domain.people.models import Account
from halles.kernel import outbox
from halles.kernel.actor import SYSTEM, Actor

MOST_DEVICES = 10  # of one person; the one added first makes room
MOST_FAILURES = 10  # in a row: a service that never answers is no service
# A device that has just rung is not rung again by the next round of another call: one ring tells of all.
REST = dt.timedelta(seconds=90)
RUNG = "bells.rung"

Compose = Callable[[Call, Account], Message]


@dataclass(frozen=True, slots=True)
class NewDevice:
    """What a browser says of itself when it lets us ring it."""

    sort: Device.Sort
    endpoint: str
    p256dh: str
    auth: str


@transaction.atomic
def add_device(account: Account, said: NewDevice, *, by: Actor, formerly: str = "") -> Device:
    """A browser rings for somebody from now on; `formerly` is the endpoint that it had until today.

    A browser known already is one device, and rings for who signed in last.

    :raises Refused: `bells.device_wrong`.
    """
    rules.check_device(said.endpoint, said.p256dh, said.auth)
    facts = {
        "account": account,
        "sort": said.sort,
        "endpoint": said.endpoint,
        "p256dh": said.p256dh,
        "auth": said.auth,
        "failures": 0,
    }
    device, made = Device.objects.update_or_create(digest=_digest(said.endpoint), defaults=facts)
    Device.objects.filter(account=account, digest=_digest(formerly)).exclude(pk=device.pk).delete()
    newest = Device.objects.filter(account=account).order_by("-created_at").values_list("pk", flat=True)
    Device.objects.filter(account=account).exclude(pk__in=list(newest[:MOST_DEVICES])).delete()
    if made:
        journal.record("bells.device_added", device, by=by, sort=said.sort)
    return device


@transaction.atomic
def remove_device(device: Device, *, by: Actor) -> None:
    """It rings no more."""
    journal.record("bells.device_removed", device, by=by, sort=device.sort)
    device.delete()


@transaction.atomic
def try_out(device: Device) -> None:
    """Ring a device to try it, by the way that every ring takes."""
    outbox.publish("bells.tried", device_id=str(device.id))


def ring(call_id: str, device_id: str, turn: str, compose: Compose, *, again: bool) -> None:
    """Ring one device for one round of a call, once. A first ring that does not leave becomes a letter.

    There is no ring when somebody has seen it, she left the team, wants to hear nothing of it or not now, or has just been
    rung.
    """
    call, device = reads.call_by_id(call_id), reads.device_by_id(device_id)
    if call is None or device is None or call.seen_at or not _listens(call, device):
        return
    if again and device.last_rung_at and device.last_rung_at > timezone.now() - REST:
        return
    key = f"{call.id.hex}{device.id.hex}{turn}"
    if acts.is_claimed(RUNG, key):
        return
    answer = _push(device, compose(call, device.account))
    with transaction.atomic():
        journal.claim(RUNG, key, "")
        if answer != Answer.ACCEPTED and not again:
            told = {"call_id": call_id, "account_id": str(device.account_id), "again": again}
            outbox.publish("bells.mail", **told)


def _listens(call: Call, device: Device) -> bool:
    ears = reads.ears(call.shop, Kind(call.kind))
    ear = next((ear for ear in ears if ear.account == device.account_id), None)
    if ear is None or ear.when == When.NEVER:
        return False
    zone = ZoneInfo(call.shop.market.time_zone)
    return not (ear.quiet and ear.quiet.covers(timezone.now(), zone))


def ring_to_try(device_id: str, compose: Callable[[Device], Message]) -> None:
    """Ring a device because its owner asked for it."""
    device = reads.device_by_id(device_id)
    if device:
        _push(device, compose(device))


def _push(device: Device, message: Message) -> Answer:
    """Carry a message, outside any transaction; what became of it is noted at the device."""
    answer = ports.pusher().push(device, message)
    row = Device.objects.filter(pk=device.pk)
    match answer:
        case Answer.ACCEPTED:
            row.update(last_rung_at=timezone.now(), failures=0)
        case Answer.LATER if device.failures + 1 < MOST_FAILURES:
            row.update(failures=F("failures") + 1)
        case _:
            remove_device(device, by=SYSTEM)
    return answer


def _digest(endpoint: str) -> str:
    return hashlib.sha256(endpoint.encode("utf-8", "surrogatepass")).hexdigest()
