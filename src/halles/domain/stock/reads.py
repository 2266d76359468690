# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reading stock, for many variants at once."""

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet, Sum
from django.utils.translation import gettext as _

from halles.domain.stock.models import Reservation, StockLevel, StockMove
from halles.kernel.prepared import among, prepared

Levels = dict[tuple[uuid.UUID, dt.date | None], StockLevel]


def available(
    variant_ids: Iterable[uuid.UUID], days: Iterable[dt.date] = ()
) -> dict[tuple[uuid.UUID, dt.date | None], Decimal]:
    """What can still be promised, by variant and, for goods made daily, by day. One query.

    A pair that is missing has never been counted: nothing there for counted goods, the usual number for a day.
    """
    found: dict[tuple[uuid.UUID, dt.date | None], Decimal] = {}
    for variant_id, day, on_hand, reserved in _levels(list(variant_ids), list(days)):
        found[variant_id, day] = found.get((variant_id, day), Decimal(0)) + on_hand - reserved
    return found


@prepared
def _levels(variants: Iterable[uuid.UUID], days: Iterable[dt.date]) -> QuerySet[StockLevel, tuple[Any, ...]]:
    return StockLevel.objects.filter(
        Q(day=None) | among("day", days), among("variant", variants)
    ).values_list("variant_id", "day", "on_hand", "reserved")


def levels(variant_ids: Iterable[uuid.UUID], days: Iterable[dt.date] = ()) -> Levels:
    """What stands, by variant and, for goods made daily, by day. One query; what was never counted is missing."""
    rows = StockLevel.objects.filter(Q(day=None) | Q(day__in=list(days)), variant_id__in=list(variant_ids))
    return {(level.variant_id, level.day): level for level in rows}


def on_hand(product_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Decimal]:
    """What is there of the variants of some products, promised or not. One query; what was never counted is missing."""
    rows = StockLevel.objects.filter(day=None, variant__product__in=list(product_ids))
    return dict(rows.values_list("variant_id").annotate(Sum("on_hand")).order_by())


def broken_levels() -> list[int]:
    """The levels that do not agree with their moves or promises (invariant 1), by id. Empty in a sound house."""
    wrong: set[int] = set()
    moved = dict(StockMove.objects.values_list("level_id").annotate(total=Sum("quantity")).order_by())
    live = Reservation.objects.filter(state=Reservation.State.LIVE)
    promised = dict(live.values_list("level_id").annotate(total=Sum("quantity")).order_by())
    for level in StockLevel.objects.all().only("pk", "on_hand", "reserved").iterator():
        if level.on_hand != moved.get(level.pk, 0) or level.reserved != promised.get(level.pk, 0):
            wrong.add(level.pk)
    return sorted(wrong)


def examine() -> Iterator[str]:
    """What `doctor` finds."""
    if wrong := broken_levels():
        yield _("%(count)d niveaux de stock ne suivent pas leurs mouvements, d’abord le n° %(first)s") % {
            "count": len(wrong),
            "first": wrong[0],
        }
