# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reading conversations: those of a shop, the one behind a link, those that the market's team is asked to look at."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence

from django.db.models import Count, OuterRef, QuerySet, Subquery

from halles.domain.catalogue import reads as catalogue
from halles.domain.conversations.models import Block, Conversation, Message
from halles.domain.shops.models import Market, Shop

State = Conversation.State


def waiting(shop: Shop) -> QuerySet[Conversation]:
    """What waits for the shop's answer, the longest first. One query; counted, one too."""
    return of_shop(shop, State.OPEN).order_by("last_at")


def of_shop(shop: Shop, *states: State) -> QuerySet[Conversation]:
    """A shop's conversations in these states, the latest first, each with the words it shows in a list. One query."""
    found = Conversation.objects.filter(shop=shop, state__in=states).select_related("product")
    return found.annotate(words=Subquery(LATEST)).order_by("-last_at")


LATEST = Message.objects.filter(conversation=OuterRef("pk")).order_by("-created_at", "-id").values("text")[:1]


def in_shop(shop: Shop, pk: uuid.UUID) -> Conversation | None:
    """One of a shop's conversations, with the article it is about. Three queries at most."""
    return _whole(Conversation.objects.filter(shop=shop, pk=pk))


def by_secret(secret: str) -> Conversation | None:
    """The conversation behind a link, with the article it is about. Three queries at most."""
    return _whole(Conversation.objects.filter(secret=secret))


def by_id(pk: uuid.UUID | str) -> Conversation | None:
    """The conversation a letter tells of, with the article it is about. Three queries at most."""
    return _whole(Conversation.objects.filter(pk=pk))


def _whole(found: QuerySet[Conversation]) -> Conversation | None:
    conversation = found.select_related("shop__market", "product").first()
    if conversation and conversation.product:
        conversation.product.shop = conversation.shop
        catalogue.bring_photos([conversation.product])
    return conversation


def reported(market: Market) -> QuerySet[Conversation]:
    """What the market's team is asked to look at, the longest first. One query."""
    found = Conversation.objects.filter(reported_at__isnull=False, shop__market=market)
    return found.select_related("shop", "product").order_by("reported_at")


def thread(conversation: Conversation) -> list[Message]:
    """What was said, in its order, with what was shown. Two queries."""
    shown = Message.objects.select_related("photo", "variant__product__shop", "kept__order", "kept__place")
    messages = list(shown.filter(conversation=conversation).order_by("created_at", "id"))
    catalogue.bring_photos([message.variant.product for message in messages if message.variant])
    return messages


def since_she_wrote(messages: Sequence[Message]) -> list[Message]:
    """What the shop has said since the customer's last message. No query."""
    said: list[Message] = []
    for message in messages:
        said = [*said, message] if message.from_shop else []
    return said


def shops_asked_often(start: dt.datetime, end: dt.datetime) -> list[uuid.UUID]:
    """The shops for which several questions wait that came within this time. One query."""
    found = Conversation.objects.filter(state=State.OPEN, last_at__gte=start, last_at__lt=end)
    counted = found.order_by().values_list("shop").annotate(number=Count("id"))
    return [shop for shop, number in counted if number > 1]


def subjects(conversations: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """What questions are about: the article's name, or nothing. One query."""
    found = Conversation.objects.filter(pk__in=list(conversations)).order_by()
    return {pk: name or "" for pk, name in found.values_list("id", "product__name")}


def is_blocked(shop: uuid.UUID, customer: uuid.UUID) -> bool:
    """Whether a shop takes no messages from somebody. One query."""
    return Block.objects.filter(shop=shop, customer=customer).exists()
