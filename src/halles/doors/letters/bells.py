# SPDX-License-Identifier: AGPL-3.0-or-later
"""The bell's messages: what a device shows, and the letter for whom none rings. Each in the language of who reads it."""

import hashlib
from collections.abc import Mapping
from types import MappingProxyType

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from halles.domain.bells import actions
from halles.domain.bells import reads as bells
from halles.domain.bells.models import Call, Device
from halles.domain.bells.ports import Message
from halles.domain.bells.rules import Kind
from halles.domain.orders import reads as orders
from halles.domain.orders.models import ShopOrder
from halles.domain.orders.rules import State
from halles.domain.people.models import Account
from halles.domain.shops import reads as shops
from halles.domain.shops.reads import Right
from halles.doors.letters import questions
from halles.doors.letters.post import post
from halles.doors.ui.bells import headline, tell

LETTERS: Mapping[str, str] = MappingProxyType(
    {
        "orders.placed": "merchant/placed",
        "orders.agreed": "merchant/agreed",
        "orders.changed": "merchant/changed",
        "orders.cancelled": "merchant/cancelled",
    }
)
# An order that nobody saw in a day rings nobody who comes back later: the list says it.
A_DAY, A_MOMENT = 24 * 3600, 60


def ring(call_id: str, device_id: str, turn: str, again: bool) -> None:
    """Ring one device for one round of a call."""
    actions.ring(call_id, device_id, turn, _call, again=again)


def tried(device_id: str) -> None:
    """Ring a device because its owner wants to hear it."""
    actions.ring_to_try(device_id, _trial)


def mail(call_id: str, account_id: str, again: bool) -> None:
    """The letter of a call, once to each. What somebody has seen meanwhile is not written about again."""
    call = bells.call_by_id(call_id)
    if call is None or (again and call.seen_at):
        return
    team = shops.who_may(call.shop, Right.ORDERS)
    account = next((member for member in team if str(member.pk) == account_id), None)
    if account is None:
        return
    if call.kind == Kind.QUESTIONS:
        questions.waits(call.subject, account)
    elif part := orders.part_by_id(call.subject):
        _write_of_order(call, part, account)


def _write_of_order(call: Call, part: ShopOrder, account: Account) -> None:
    context = {
        "order": part.order,
        "part": part,
        "shop": part.shop,
        "unconfirmed": part.state == State.UNCONFIRMED,
    }
    post(
        LETTERS[call.act],
        context,
        to=account.email,
        language=account.language,
        key=call.occasion,
        reply_to=part.order.email,
    )


def _call(call: Call, account: Account) -> Message:
    """What a device shows: this call, or how many of its kind wait with it."""
    topic = hashlib.sha256(f"{call.shop_id} {call.kind}".encode()).hexdigest()[:32]
    with translation.override(account.language), timezone.override(call.shop.market.time_zone):
        told = tell(bells.unseen_of(call.shop, Kind(call.kind)))
        body = next((one.summary for one in told if one.call.id == call.id), "")
        said = {"title": headline(told), "body": body, "tag": topic}
        said["open"] = _("Ouvrir")
    said["url"] = reverse("backoffice:ring", args=[call.id])
    return Message(said, topic, A_DAY)


def _trial(device: Device) -> Message:
    with translation.override(device.account.language):
        said = {"title": _("La sonnette fonctionne"), "body": _("C'était un essai."), "tag": "essai"}
        said["open"] = _("Ouvrir")
    said |= {"url": reverse("backoffice:bell"), "trial": str(device.id)}
    return Message(said, f"essai{device.id.hex}"[:32], A_MOMENT)
