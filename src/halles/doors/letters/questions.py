# SPDX-License-Identifier: AGPL-3.0-or-later
"""Letters about questions: to the shop that one waits, to her that the shop answered.

To somebody who asked, nothing leaves before the shop has answered: whoever types a stranger's address makes us write
to nobody.
"""

import datetime as dt
import uuid
from collections.abc import Iterable

from django.utils import timezone

from halles.domain.bells import reads as bells
from halles.domain.bells.rules import Kind, is_told_by_letter
from halles.domain.conversations import reads
from halles.domain.conversations.models import Conversation, Side
from halles.domain.people.models import Account
from halles.domain.shops import reads as shops
from halles.domain.shops.models import Shop
from halles.domain.shops.reads import Right
from halles.doors.letters.post import occurrence, post
from halles.doors.ui import threads

WINDOW = 600  # seconds: within so long a shop gets one letter at once, and one more for what came after it
SHOWN = 10  # questions in one letter


def waits(conversation_id: uuid.UUID, account: Account) -> None:
    """« Une question », to somebody whom no device rings; what else waits stands in the same letter."""
    conversation = reads.by_id(conversation_id)
    if conversation and conversation.state == Conversation.State.OPEN:
        _write(conversation.shop, [account], f"{_window(conversation.last_at)}")


def tell_the_rest() -> None:
    """Those of a busy shop that came after the letter of their ten minutes, to those whom only letters tell at once."""
    end = _window(timezone.now())
    start = end - dt.timedelta(seconds=WINDOW)
    for shop_id in reads.shops_asked_often(start, end):
        shop = shops.by_id(shop_id)
        if shop:
            ears = {one.account for one in bells.ears(shop, Kind.QUESTIONS) if is_told_by_letter(one)}
            team = shops.who_may(shop, Right.ORDERS)
            _write(shop, [account for account in team if account.pk in ears], f"{start} rest")


def _window(moment: dt.datetime) -> dt.datetime:
    """When the ten minutes began in which something happened."""
    return dt.datetime.fromtimestamp(moment.timestamp() // WINDOW * WINDOW, dt.UTC)


def _write(shop: Shop, accounts: Iterable[Account], when: str) -> None:
    found = reads.waiting(shop)
    context = {"shop": shop, "questions": list(found[:SHOWN]), "number": found.count()}
    for account in accounts:
        post("merchant/asked", context, to=account.email, language=account.language, key=f"{shop.id} {when}")


def answered(conversation_id: str, shop_id: str) -> None:
    """What the shop has said since she last wrote. Who no longer wants to know is left in peace."""
    conversation = reads.by_id(conversation_id)
    if conversation is None or conversation.closed_by in {Side.CUSTOMER, Side.MARKET}:
        return
    said = reads.since_she_wrote(reads.thread(conversation))
    if not said:
        return
    context = {
        "question": conversation,
        "shop": conversation.shop,
        "bubbles": threads.bubbles(conversation, said, Side.CUSTOMER),  # in her language, as the letter
    }
    post(
        "customer/answered",
        context,
        to=conversation.email,
        language=conversation.language,
        key=str(said[-1].id),
        reply_to=conversation.shop.email,
    )


def reported(conversation_id: str) -> None:
    """To the market's team, as long as nobody has looked at it."""
    conversation = reads.by_id(conversation_id)
    if conversation is None or conversation.reported_at is None:
        return
    key = occurrence("conversations.reported", conversation.id)
    for operator in shops.operators(conversation.shop.market):
        account = operator.account
        context = {"shop": conversation.shop}
        post("shop/reported", context, to=account.email, language=account.language, key=key)
