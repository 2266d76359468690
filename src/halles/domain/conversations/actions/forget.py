# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is old goes: a conversation, its photographs, and whoever is known by nothing else."""

import datetime as dt
import uuid
from functools import partial

from django.db import transaction
from django.utils import timezone

from halles.domain.catalogue import pictures
from halles.domain.conversations.models import Conversation, Photo
from halles.domain.customers import actions as customers
from halles.domain.customers.models import Customer

FORGOTTEN_AFTER = dt.timedelta(days=3 * 365)
BATCH = 500


def forget_old() -> None:
    """Three years after its last message (CNIL reference for customers), all of a conversation is thrown away."""
    limit = timezone.now() - FORGOTTEN_AFTER
    old = Conversation.objects.filter(last_at__lt=limit).order_by("last_at")
    for pk in list(old.values_list("pk", flat=True)[:BATCH]):
        _forget(pk, limit)


@transaction.atomic
def _forget(pk: uuid.UUID, limit: dt.datetime) -> None:
    conversation = Conversation.objects.select_for_update().filter(pk=pk, last_at__lt=limit).first()
    if conversation is None:
        return
    for photo in Photo.objects.filter(message__conversation=conversation).values_list("pk", flat=True):
        transaction.on_commit(partial(pictures.throw_away, photo))
    conversation.delete()
    known = Customer.objects.filter(pk=conversation.customer_id, erased_at=None)
    for customer in known.filter(orders=None, conversations=None):
        customers.erase(customer)
