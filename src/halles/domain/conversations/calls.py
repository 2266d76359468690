# SPDX-License-Identifier: AGPL-3.0-or-later
"""When a question calls the shop: it was asked, or its customer wrote back. Each bears being called twice."""

from django.db import transaction

from halles.domain.bells import actions as bells
from halles.domain.bells.rules import Kind
from halles.domain.conversations.models import Conversation


@transaction.atomic
def waits(conversation_id: str, shop_id: str) -> None:
    """It waits for the shop's answer, unless one was given before the worker came: it is locked, as for every answer."""
    found = Conversation.objects.select_for_update(of=("self",)).select_related("shop__market")
    conversation = found.filter(pk=conversation_id, state=Conversation.State.OPEN).first()
    if conversation:
        occasion = conversation.last_at.isoformat()
        bells.call(
            conversation.shop, Kind.QUESTIONS, conversation.id, act="conversations.asked", occasion=occasion
        )
