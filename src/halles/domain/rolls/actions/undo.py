# SPDX-License-Identifier: AGPL-3.0-or-later
"""Taking a roll back as a whole; and forgetting what nobody came back for."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from halles.domain.catalogue import pictures
from halles.domain.catalogue.models import Product
from halles.domain.journal import actions as journal
from halles.domain.rolls import kept
from halles.domain.rolls.actions.take import move
from halles.domain.rolls.models import Roll, Shot
from halles.domain.rolls.rules import State
from halles.kernel.actor import Actor
from halles.kernel.errors import Refused

KEPT_DAYS = 30


@transaction.atomic
def undo(roll: Roll, *, by: Actor) -> int:
    """Every photograph it added and that is still there goes; how many these were.

    :raises Refused: `rolls.not_now`.
    """
    locked = Roll.objects.select_for_update().get(pk=roll.pk)
    move(locked, State.UNDONE)
    roll.state = locked.state
    added = locked.shots.filter(state=Shot.State.ADDED, picture__isnull=False)
    removed = 0
    for product in list(Product.objects.filter(pictures__in=added.values("picture")).distinct()):
        ids = list(added.filter(picture__product=product).values_list("picture", flat=True))
        pictures.remove_all(product, ids, by=by)
        removed += len(ids)
    journal.record("rolls.undone", locked, by=by, shop_id=locked.shop_id, removed=removed)
    transaction.on_commit(lambda: kept.forget(locked))
    return removed


def forget_old() -> None:
    """Files wait a month for somebody to say which articles they show; what was never sent to its end is forgotten whole."""
    old = Roll.objects.filter(created_at__lt=timezone.now() - dt.timedelta(days=KEPT_DAYS))
    gone = Refused("rolls.gone")
    waiting = [Shot.State.WAITING, Shot.State.MATCHED, Shot.State.RECEIVED]
    for roll in old.iterator():
        kept.forget(roll)
        roll.shots.filter(state__in=waiting).update(state=Shot.State.BAD, problem=gone.code)
        if roll.state == State.RECEIVING:
            roll.delete()
