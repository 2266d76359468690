# SPDX-License-Identifier: AGPL-3.0-or-later
"""Saying what would happen: which photographs can be read, which article each belongs to, which are there already."""

import time
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db import transaction

from halles.domain.catalogue import pictures
from halles.domain.catalogue.models import Picture
from halles.domain.rolls import kept
from halles.domain.rolls.actions.take import move, set_aside
from halles.domain.rolls.finding import Finder, finder
from halles.domain.rolls.models import Roll, Shot
from halles.domain.rolls.rules import State
from halles.kernel.errors import Refused

AT_ONCE = 5.0  # seconds; letters have their turn then
TOGETHER = 50  # shots whose outcome is written in one go
MOST_ASKED = 500  # articles whose photographs are asked for in one query
LOOKED_AT = ["digest", "state", "problem", "problem_params"]
MATCHED = ["state", "problem", "problem_params", "product", "view", "place"]


def look(roll: Roll, *, seconds: float = AT_ONCE) -> bool:
    """Look for a while; whether there is more to look at. Writes nothing but what was seen; repeating is harmless."""
    if roll.state != State.LOOKING:
        return False
    until = time.monotonic() + seconds
    with kept.opened(roll) as open_shot:
        while some := list(roll.shots.filter(state=Shot.State.RECEIVED, digest="")[:TOGETHER]):
            for shot in some:
                _examine(shot, open_shot)
            Shot.objects.bulk_update(some, LOOKED_AT)
            if time.monotonic() > until:
                return True
    _match(roll)
    return False


def _examine(shot: Shot, open_shot: kept.Open) -> None:
    try:
        with open_shot(shot) as file:
            shot.digest = pictures.digest_of(file)
            pictures.examine(file)
    except Refused as refused:
        set_aside(shot, Shot.State.BAD, refused)


@transaction.atomic
def _match(roll: Roll) -> None:
    """Each finds its article, or waits; unless another worker was quicker."""
    locked = Roll.objects.select_for_update().get(pk=roll.pk)
    if locked.state == State.LOOKING:
        shots = list(locked.shots.filter(state=Shot.State.RECEIVED))
        _find(shots, finder(locked.shop))
        _number(shots)
        Shot.objects.bulk_update(shots, MATCHED, batch_size=200)
        move(locked, State.LOOKED)
    roll.state = locked.state


def _find(shots: Iterable[Shot], articles: Finder) -> None:
    """One article, and the shot is its own; else it waits for somebody who knows."""
    for shot in shots:
        found = articles.find(shot.name)
        shot.view, shot.place = found.told.view[:80], found.told.number
        if len(found.products) == 1:
            shot.state, shot.product_id = Shot.State.MATCHED, found.products[0]
        elif found.products:
            named = [str(product) for product in found.products]
            unsure = Refused("rolls.unsure", names=articles.names_of(found), articles=named)
            set_aside(shot, Shot.State.WAITING, unsure)
        else:
            set_aside(shot, Shot.State.WAITING, Refused("rolls.unknown"))


def _number(shots: Sequence[Shot]) -> None:
    """Their places among their articles' photographs, in the order of the numbers in their names; none twice, none too many."""
    matched = [shot for shot in shots if shot.state == Shot.State.MATCHED]
    standing = _standing({shot.product_id for shot in matched})
    coming: defaultdict[uuid.UUID | None, list[str]] = defaultdict(list)
    for shot in sorted(matched, key=lambda shot: (shot.place, shot.position)):
        there, new = standing[shot.product_id], coming[shot.product_id]
        if shot.digest in new or any(pictures.is_made_of(one, shot.digest, shot.size) for one in there):
            shot.state = Shot.State.THERE
        elif len(there) + len(new) >= pictures.MOST_PICTURES:
            set_aside(shot, Shot.State.WAITING, Refused("picture.too_many", most=pictures.MOST_PICTURES))
        else:
            new.append(shot.digest)
            shot.place = len(there) + len(new)


def _standing(products: Iterable[uuid.UUID | None]) -> defaultdict[uuid.UUID | None, list[Picture]]:
    """The photographs that these articles have. A query for every five hundred articles."""
    found: defaultdict[uuid.UUID | None, list[Picture]] = defaultdict(list)
    ids = list(products)
    for start in range(0, len(ids), MOST_ASKED):
        some = Picture.objects.filter(product__in=ids[start : start + MOST_ASKED])
        for picture in some.only("id", "product_id", "digest"):
            found[picture.product_id].append(picture)
    return found
