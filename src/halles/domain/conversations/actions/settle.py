# SPDX-License-Identifier: AGPL-3.0-or-later
"""How a conversation ends: closed, reported to the market's team, or with a shop that takes no more of somebody's messages."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from halles.domain.bells import actions as bells
from halles.domain.conversations.models import Block, Conversation, Side
from halles.domain.journal import actions as journal
from halles.kernel import outbox
from halles.kernel.actor import Actor

State = Conversation.State


@transaction.atomic
def close(conversation: Conversation, side: Side, *, by: Actor) -> None:
    """Nothing more is said. Repeating changes nothing."""
    now = _locked(conversation)
    if not now.is_closed:
        _close(now, side, by=by)


@transaction.atomic
def reopen(conversation: Conversation, *, by: Actor) -> None:
    """The shop takes back that it closed it; what others closed, and what it blocked, stays closed."""
    now = _locked(conversation)
    if now.closed_by != Side.SHOP or _blocks(now).exists():
        return
    answered = now.messages.order_by("created_at", "id").last()
    now.state = State.ANSWERED if answered and answered.from_shop else State.OPEN
    now.closed_by = ""
    now.save(update_fields=["state", "closed_by"])
    _record("reopened", now, by=by)


@transaction.atomic
def report(conversation: Conversation, side: Side, *, by: Actor) -> None:
    """The market's team is asked to look at it. Repeating changes nothing."""
    now = _locked(conversation)
    if now.reported_at is None:
        now.reported_at, now.reported_by = timezone.now(), side
        now.save(update_fields=["reported_at", "reported_by"])
        _record("reported", now, by=by)
        outbox.publish("conversations.reported", conversation_id=str(now.id))


@transaction.atomic
def judge(conversation: Conversation, *, closes: bool, by: Actor) -> None:
    """The market's team has looked at what was reported, and closes it or leaves it. Repeating changes nothing."""
    now = _locked(conversation)
    if now.reported_at is None:
        return
    now.reported_at, now.reported_by = None, ""
    now.save(update_fields=["reported_at", "reported_by"])
    if closes and not now.is_closed:
        _close(now, Side.MARKET, by=by, act="stopped")
    else:
        _record("left", now, by=by)


@transaction.atomic
def block(conversation: Conversation, *, by: Actor) -> None:
    """The shop takes no more messages from her: all she asked there is closed. Repeating changes nothing."""
    now = _locked(conversation)
    Block.objects.get_or_create(shop=now.shop, customer=now.customer)
    hers = Conversation.objects.filter(shop=now.shop, customer=now.customer).exclude(state=State.CLOSED)
    for pk in list(hers.select_for_update().order_by("pk").values_list("pk", flat=True)):
        bells.hush(pk)
    hers.update(state=State.CLOSED, closed_by=Side.SHOP)
    _record("blocked", now, by=by)


@transaction.atomic
def unblock(conversation: Conversation, *, by: Actor) -> None:
    """It takes them again; what was closed stays closed."""
    now = _locked(conversation)
    if _blocks(now).delete()[0]:
        _record("unblocked", now, by=by)


def _locked(conversation: Conversation) -> Conversation:
    return Conversation.objects.select_for_update().get(pk=conversation.pk)


def _blocks(conversation: Conversation) -> QuerySet[Block]:
    return Block.objects.filter(shop=conversation.shop_id, customer=conversation.customer_id)


def _close(conversation: Conversation, side: Side, *, by: Actor, act: str = "closed") -> None:
    bells.hush(conversation.id)
    conversation.state, conversation.closed_by = State.CLOSED, side
    conversation.save(update_fields=["state", "closed_by"])
    _record(act, conversation, by=by)


def _record(act: str, conversation: Conversation, *, by: Actor) -> None:
    journal.record(f"conversations.{act}", conversation, by=by, shop_id=conversation.shop_id)
