# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reading rolls, always within a shop or by their id."""

import uuid

from django.db.models import Count, QuerySet

from halles.domain.rolls.models import Roll, Shot
from halles.domain.shops.models import Shop
from halles.kernel.actor import Kind


def by_id(pk: uuid.UUID | str) -> Roll | None:
    """A roll with its shop, for those who work on it. One query."""
    return Roll.objects.select_related("shop__market").filter(pk=pk).first()


def of_shop(shop: Shop) -> QuerySet[Roll]:
    """A shop's rolls, the newest first."""
    return Roll.objects.filter(shop=shop)


def in_shop(shop: Shop, pk: uuid.UUID) -> Roll | None:
    """A roll of this shop. One query."""
    return of_shop(shop).filter(pk=pk).first()


def shot_in(roll: Roll, pk: uuid.UUID) -> Shot | None:
    """A shot of this roll. One query."""
    return roll.shots.filter(pk=pk).first()


def counts(roll: Roll) -> dict[str, int]:
    """How many of its shots became what. One query."""
    return counts_of([roll])[roll.id]


def counts_of(rolls: list[Roll]) -> dict[uuid.UUID, dict[str, int]]:
    """The same of several. One query."""
    found = {roll.id: dict.fromkeys(Shot.State.values, 0) for roll in rolls}
    rows = Shot.objects.filter(roll__in=rolls).order_by().values_list("roll", "state").annotate(Count("pk"))
    for roll_id, state, number in rows:
        found[roll_id][state] = number
    return found


def examined(roll: Roll) -> int:
    """How many of its shots were looked at. One query."""
    return roll.shots.exclude(state=Shot.State.RECEIVED, digest="").count()


def shots(roll: Roll, state: Shot.State) -> QuerySet[Shot]:
    """Those that became this, with their articles, in the order in which they came."""
    return roll.shots.filter(state=state).select_related("product")


def sent(roll: Roll) -> list[tuple[str, int]]:
    """What has come so far, by name and size, so that nobody sends it again. One query."""
    return list(roll.shots.filter(member=None).values_list("name", "size"))


def left_running(shop: Shop) -> QuerySet[Roll]:
    """Rolls that a command was stopped in: nobody works on them any more. One query."""
    return Roll.objects.filter(shop=shop, actor_kind=Kind.SYSTEM, state=Roll.State.RUNNING)
