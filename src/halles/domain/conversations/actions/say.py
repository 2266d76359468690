# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is said in a conversation. Whatever a network repeats, each message stands there once.

A question leaves no entry in the journal: the conversation tells by itself who said what and when, and can be forgotten,
which the journal cannot.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from halles.domain.bells import actions as bells
from halles.domain.catalogue import pictures
from halles.domain.catalogue.models import Product, Variant
from halles.domain.catalogue.pictures import Prepared
from halles.domain.conversations import reads
from halles.domain.conversations.models import MOST_SIGNS, Conversation, Message, Photo
from halles.domain.customers import actions as customers
from halles.domain.journal import actions as journal
from halles.domain.orders.actions.note import NotedLine, note
from halles.domain.orders.actions.place import Contact, Terms
from halles.domain.orders.models import ShopOrder
from halles.domain.shops.models import Shop
from halles.kernel import outbox
from halles.kernel.actor import Actor, Kind
from halles.kernel.contact import clean_email, clean_phone
from halles.kernel.errors import Refused
from halles.kernel.identifiers import uuid7
from halles.kernel.text import paragraphs

State = Conversation.State
KEPT_HOURS = 24


@dataclass(frozen=True, slots=True)
class Said:
    """What the shop says or shows in one message."""

    text: str = ""
    photo: Prepared | None = None
    variant: Variant | None = None


def nothing_more(conversation: Conversation) -> None:
    """Whoever asks has nothing to say about it."""


@transaction.atomic
def ask(
    shop: Shop,
    contact: Contact,
    text: str,
    *,
    product: Product | None = None,
    key: str,
    last: Callable[[Conversation], None] = nothing_more,
) -> Conversation:
    """A question, once: a repeated call with the same key gives the same conversation.

    `last` looks at it in the same transaction: when it raises, nothing was asked.

    :raises Refused: `conversations.not_taken` when the shop takes no questions, `conversations.blocked` when it takes
        none of hers, `conversations.text_missing`, `conversations.text_too_long`, and what `customers.know` refuses.
    """
    said = clean(text)
    new = uuid7()
    request = [str(shop.id), contact.name, contact.email, contact.phone, said]
    if done := journal.claim("conversations.ask", key, request, {"conversation": str(new)}):
        return Conversation.objects.get(pk=done["conversation"])
    if not (shop.takes_questions and shop.standing == Shop.Standing.ONLINE):
        raise Refused("conversations.not_taken")
    customer = customers.know(
        shop.market, name=contact.name, email=contact.email, phone=contact.phone, language=contact.language
    )
    if reads.is_blocked(shop.id, customer.id):
        raise Refused("conversations.blocked")
    conversation = Conversation.objects.create(
        id=new,
        shop=shop,
        product=product,
        customer=customer,
        name=customer.name,
        email=clean_email(contact.email),
        phone=clean_phone(contact.phone),
        language=contact.language,
    )
    _write(uuid7(), conversation, text=said, by=Actor(Kind.CUSTOMER, str(customer.id)))
    _tell("asked", conversation)
    last(conversation)
    return conversation


@transaction.atomic
def reply(
    conversation: Conversation, text: str, *, key: str, last: Callable[[Conversation], None] = nothing_more
) -> Message:
    """She writes back; it is the shop's turn again. Repeating gives the same message.

    :raises Refused: `conversations.closed`, `conversations.text_missing`, `conversations.text_too_long`.
    """
    said, new = clean(text), uuid7()
    if done := _once("reply", conversation, key, [said], new):
        return done
    conversation = locked(conversation)
    message = _write(new, conversation, text=said, by=Actor(Kind.CUSTOMER, str(conversation.customer_id)))
    _becomes(conversation, State.OPEN, message)
    _tell("replied", conversation)
    last(conversation)
    return message


@transaction.atomic
def answer(
    conversation: Conversation,
    said: Said,
    *,
    key: str,
    by: Actor,
    more_follows: bool = False,
    keeps: Terms | None = None,
) -> Message:
    """The shop answers; the customer is told. Repeating gives the same message.

    It stays the shop's turn when `more_follows`: « je regarde et je vous réponds ». « Je vous le garde »: with the terms
    in `keeps`, one of what is shown becomes an order of hers, kept a day longer than the next opening.

    :raises Refused: `conversations.closed`, `conversations.text_too_long`, `conversations.text_missing` when nothing is
        said and nothing shown; `conversations.nothing_left` when what is to be kept is gone, and what `note` refuses.
    """
    text = clean(said.text) if said.text.strip() or not (said.photo or said.variant) else ""
    request = [text, said.photo.digest if said.photo else "", str(said.variant.id) if said.variant else ""]
    request += ["kept"] if keeps else []
    new = uuid7()
    if done := _once("answer", conversation, key, request, new):
        if said.photo:  # the same, sent again
            pictures.discard(said.photo)
        return done
    conversation = locked(conversation)
    kept = _keep(conversation, said.variant, keeps, key, by) if keeps and said.variant else None
    message = _write(new, conversation, text=text, variant=said.variant, kept=kept, by=by)
    if said.photo:
        _hang(message, said.photo)
    bells.hush(conversation.id)
    _becomes(conversation, State.OPEN if more_follows else State.ANSWERED, message)
    _tell("answered", conversation)
    return message


def clean(typed: str) -> str:
    """What is said, as it may stand on a page.

    :raises Refused: `conversations.text_missing`, `conversations.text_too_long`.
    """
    if len(typed) > 2 * MOST_SIGNS + len("\r\n"):  # a line end counts twice as a browser sends it
        raise Refused("conversations.text_too_long", field="text", most=MOST_SIGNS)
    text = paragraphs(typed)
    if not text:
        raise Refused("conversations.text_missing", field="text")
    if len(text) > MOST_SIGNS:
        raise Refused("conversations.text_too_long", field="text", most=MOST_SIGNS)
    return text


def locked(conversation: Conversation) -> Conversation:
    """The conversation as it stands, and nobody else changes it until the transaction ends.

    :raises Refused: `conversations.closed`.
    """
    now = (
        Conversation.objects.select_for_update(of=("self",))
        .select_related("shop__market")
        .get(pk=conversation.pk)
    )
    if now.is_closed:
        raise Refused("conversations.closed")
    return now


def _once(
    act: str, conversation: Conversation, key: str, request: list[str], new: uuid.UUID
) -> Message | None:
    """None the first time, when the message becomes `new`; else what it became then."""
    done = journal.claim(f"conversations.{act}", key, [str(conversation.pk), *request], {"message": str(new)})
    return Message.objects.get(pk=done["message"]) if done else None


def _write(
    new: uuid.UUID,
    conversation: Conversation,
    *,
    text: str,
    by: Actor,
    variant: Variant | None = None,
    kept: ShopOrder | None = None,
) -> Message:
    message = Message(id=new, conversation=conversation, text=text, variant=variant, kept=kept)
    message.actor = by
    message.save(force_insert=True)
    return message


def _keep(conversation: Conversation, variant: Variant, terms: Terms, key: str, by: Actor) -> ShopOrder:
    """One of it, set aside for her under the contact she left."""
    contact = Contact(conversation.name, conversation.email, conversation.phone, conversation.language)
    line = NotedLine(Decimal(1), variant=variant)
    try:
        return note(conversation.shop, [line], contact, terms=terms, by=by, key=key, hold_hours=KEPT_HOURS)
    except Refused as refused:
        if refused.code == "orders.not_enough":
            raise Refused("conversations.nothing_left") from refused
        raise


def _hang(message: Message, photo: Prepared) -> None:
    Photo.objects.create(
        id=photo.id,
        message=message,
        width=photo.width,
        height=photo.height,
        colour=photo.colour,
        widths=list(photo.widths),
    )


def _becomes(conversation: Conversation, state: Conversation.State, message: Message) -> None:
    conversation.state, conversation.last_at = state, message.created_at
    conversation.save(update_fields=["state", "last_at"])


def _tell(what: str, conversation: Conversation) -> None:
    outbox.publish(
        f"conversations.{what}", conversation_id=str(conversation.id), shop_id=str(conversation.shop_id)
    )
