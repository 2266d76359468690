# SPDX-License-Identifier: AGPL-3.0-or-later
"""Adding a roll's photographs to their articles, and putting one on its article by hand."""

import time

from django.db import transaction

from halles.domain.catalogue import pictures
from halles.domain.catalogue.models import Product
from halles.domain.journal import actions as journal
from halles.domain.rolls import kept
from halles.domain.rolls.actions.take import move, set_aside
from halles.domain.rolls.models import Roll, Shot
from halles.domain.rolls.rules import State
from halles.kernel import outbox
from halles.kernel.actor import Actor
from halles.kernel.errors import Refused

AT_ONCE = 5.0  # seconds; letters have their turn then
OUTCOME = ["state", "problem", "problem_params"]
# What a person has to see to, rather than a photograph that is no good.
FOR_A_PERSON = {"picture.too_many", "rolls.article_gone"}


@transaction.atomic
def start(roll: Roll, *, alone: bool = False, by: Actor) -> None:
    """Yes, add them; `alone` when whoever calls does the work.

    :raises Refused: `rolls.not_now` when it was not looked at, or is running already.
    """
    locked = Roll.objects.select_for_update().get(pk=roll.pk)
    move(locked, State.RUNNING)
    roll.state = locked.state
    journal.record("rolls.started", locked, by=by, shop_id=locked.shop_id)
    if not alone:
        outbox.publish("rolls.started", roll_id=str(roll.id))


def go_on(roll: Roll, *, seconds: float = AT_ONCE) -> bool:
    """Add for a while; whether there is more to add. Repeating is harmless."""
    if roll.state != State.RUNNING:
        return False
    until = time.monotonic() + seconds
    matched = roll.shots.filter(state=Shot.State.MATCHED).order_by("place", "position")
    with kept.opened(roll) as open_shot:
        for shot in matched.select_related("product__shop"):
            _add(roll, shot, open_shot)
            if time.monotonic() > until:
                return True
    return not _end(roll)


def _add(roll: Roll, shot: Shot, open_shot: kept.Open) -> None:
    """One photograph: prepared while nothing is held, then written down, unless another worker was quicker."""
    try:
        product = _its_article(shot)
        if any(pictures.is_made_of(one, shot.digest, shot.size) for one in product.pictures.all()):
            Shot.objects.filter(pk=shot.pk, state=Shot.State.MATCHED).update(state=Shot.State.THERE)
            return
        with open_shot(shot) as file:
            prepared = pictures.prepare(file)
        with transaction.atomic():
            if Shot.objects.filter(pk=shot.pk, state=Shot.State.MATCHED).update(state=Shot.State.ADDED):
                picture = pictures.attach(product, prepared, view=shot.view, by=roll.actor)
                Shot.objects.filter(pk=shot.pk).update(picture=picture)
            else:
                pictures.discard(prepared)
    except Refused as refused:
        is_persons = refused.code in FOR_A_PERSON
        set_aside(shot, Shot.State.WAITING if is_persons else Shot.State.BAD, refused)
        shot.save(update_fields=OUTCOME)


def _its_article(shot: Shot) -> Product:
    """The article it belongs to, if that still is one."""
    if shot.product is None or shot.product.status == Product.Status.DELETED:
        raise Refused("rolls.article_gone")
    return shot.product


@transaction.atomic
def _end(roll: Roll) -> bool:
    """Whether that was all: meanwhile somebody may have put one more on its article."""
    locked = Roll.objects.select_for_update().get(pk=roll.pk)
    roll.state = locked.state
    if locked.state != State.RUNNING:
        return True
    if locked.shots.filter(state=Shot.State.MATCHED).exists():
        return False
    move(locked, State.DONE)
    roll.state = locked.state
    added = locked.shots.filter(state=Shot.State.ADDED).count()
    journal.record("rolls.done", locked, by=roll.actor, shop_id=locked.shop_id, added=added)
    waiting = set(locked.shots.filter(state=Shot.State.WAITING).values_list("file", flat=True))
    transaction.on_commit(lambda: kept.keep_only(locked, waiting))
    return True


@transaction.atomic
def put(shot: Shot, product: Product, *, by: Actor) -> None:
    """This photograph shows this article: it is added with the others, or at once when they are in.

    :raises Refused: `rolls.not_now`, `picture.too_many`, `rolls.there` when the article has it already.
    """
    roll = Roll.objects.select_for_update().get(pk=shot.roll_id)
    shot.refresh_from_db()
    if roll.state not in {State.LOOKED, State.RUNNING, State.DONE} or shot.state != Shot.State.WAITING:
        raise Refused("rolls.not_now", state=roll.state)
    there = list(product.pictures.all())
    coming = roll.shots.filter(product=product, state=Shot.State.MATCHED)
    if coming.filter(digest=shot.digest).exists() or any(
        pictures.is_made_of(one, shot.digest, shot.size) for one in there
    ):
        raise Refused("rolls.there")
    if len(there) + coming.count() >= pictures.MOST_PICTURES:
        raise Refused("picture.too_many", most=pictures.MOST_PICTURES)
    shot.state, shot.product, shot.place = Shot.State.MATCHED, product, len(there) + coming.count() + 1
    shot.problem, shot.problem_params = "", {}
    shot.save()
    if roll.state == State.DONE:
        move(roll, State.RUNNING)
        outbox.publish("rolls.started", roll_id=str(roll.id))
