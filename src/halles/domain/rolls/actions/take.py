# SPDX-License-Identifier: AGPL-3.0-or-later
"""Receiving a roll, all at once or file by file: what has come is kept, whatever happens to the rest."""

import zipfile
from collections.abc import Sequence
from typing import IO

from django.db import transaction
from django.db.models import Max

from halles.domain.catalogue import pictures
from halles.domain.imports.bundles import is_litter
from halles.domain.imports.sources import open_zip
from halles.domain.rolls import kept
from halles.domain.rolls.models import Roll, Shot
from halles.domain.rolls.rules import STEPS, State
from halles.domain.shops.models import Shop
from halles.kernel import outbox
from halles.kernel.actor import Actor
from halles.kernel.errors import Refused
from halles.kernel.text import one_line

MOST_SHOTS = 5000


def begin(shop: Shop, *, by: Actor) -> Roll:
    """A new roll, to which files may be handed over."""
    roll = Roll(shop=shop)
    roll.actor = by
    roll.save()
    return roll


def take(roll: Roll, file: IO[bytes], name: str) -> None:
    """One more file: a photograph, or a ZIP of photographs. One that is none of these, or too large, is named with the reason.

    :raises Refused: `rolls.not_now` when no more are taken, `rolls.too_many_shots`.
    :raises OSError: when the disk is full.
    """
    if zipfile.is_zipfile(file):
        _take_zip(roll, file, name)
        return
    size = file.seek(0, 2)
    try:
        pictures.check_size(file)
    except Refused as refused:
        _add(roll, [_bad(name, size, refused)])
        return
    shot = Shot(name=_shown(name), size=size, file=kept.keep(roll, file))
    _add_or_drop(roll, [shot])


def _take_zip(roll: Roll, file: IO[bytes], name: str) -> None:
    """Its photographs stay in it; nothing is unpacked."""
    size = file.seek(0, 2)
    try:
        with open_zip(file) as opened:
            members = [
                (number, member.filename, member.file_size)
                for number, member in enumerate(opened.infolist())
                if not member.is_dir() and not is_litter(member.filename)
            ]
    except Refused as refused:
        _add(roll, [_bad(name, size, refused)])
        return
    if not members:
        _add(roll, [_bad(name, size, Refused("imports.empty"))])
        return
    key = kept.keep(roll, file)
    _add_or_drop(
        roll,
        [
            Shot(name=_shown(called), size=weight, file=key, member=number)
            for number, called, weight in members
        ],
    )


def _bad(name: str, size: int, refused: Refused) -> Shot:
    """Of which nothing is kept but why."""
    shot = Shot(name=_shown(name), size=size)
    shot.file = shot.id
    set_aside(shot, Shot.State.BAD, refused)
    return shot


def set_aside(shot: Shot, state: Shot.State, refused: Refused) -> None:
    """It is not added, and why; not saved yet."""
    shot.state, shot.problem = state, refused.code
    shot.problem_params = {name: value for name, value in refused.details.items() if name != "field"}


def _shown(name: str) -> str:
    """The name alone, fit to stand on a page; how the file came to us is nobody's path here."""
    return one_line(name.replace("\\", "/").rsplit("/", 1)[-1], 200) or "?"


def _add_or_drop(roll: Roll, shots: Sequence[Shot]) -> None:
    try:
        _add(roll, shots)
    except BaseException:
        for key in {shot.file for shot in shots}:
            kept.drop(roll, key)
        raise


@transaction.atomic
def _add(roll: Roll, shots: Sequence[Shot]) -> None:
    locked = Roll.objects.select_for_update().get(pk=roll.pk)
    if locked.state != State.RECEIVING:
        raise Refused("rolls.not_now", state=locked.state)
    last = locked.shots.aggregate(last=Max("position"))["last"] or 0
    if last + len(shots) > MOST_SHOTS:
        raise Refused("rolls.too_many_shots", most=MOST_SHOTS)
    for position, shot in enumerate(shots, start=last + 1):
        shot.roll, shot.position = locked, position
    Shot.objects.bulk_create(shots)


@transaction.atomic
def close(roll: Roll, *, alone: bool = False) -> None:
    """That is all of it; ask for the look, unless whoever calls does the work `alone`. Asking twice is asking once.

    :raises Refused: `rolls.empty`.
    """
    locked = Roll.objects.select_for_update().get(pk=roll.pk)
    roll.state = locked.state
    if locked.state != State.RECEIVING:
        return
    if not locked.shots.exists():
        raise Refused("rolls.empty")
    move(locked, State.LOOKING)
    roll.state = locked.state
    if not alone:
        outbox.publish("rolls.received", roll_id=str(roll.id))


@transaction.atomic
def abandon(roll: Roll) -> None:
    """It never came whole, and whoever sent it has it still: nothing of it is kept.

    :raises Refused: `rolls.not_now` when photographs of it were added.
    """
    locked = Roll.objects.select_for_update().get(pk=roll.pk)
    if locked.state not in {State.RECEIVING, State.LOOKING, State.LOOKED}:
        raise Refused("rolls.not_now", state=locked.state)
    locked.delete()
    transaction.on_commit(lambda: kept.forget(roll))


def move(roll: Roll, state: State) -> None:
    """One step of the table, written down.

    :raises Refused: `rolls.not_now`.
    """
    if state not in STEPS[roll.state]:
        raise Refused("rolls.not_now", state=roll.state)
    roll.state = state
    roll.save(update_fields=["state"])
