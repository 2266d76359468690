# SPDX-License-Identifier: AGPL-3.0-or-later
"""The one place that knows in which order stock is locked: levels by ascending id, after any order's row.

PostgreSQL locks rows; SQLite has already taken the whole file by BEGIN IMMEDIATE.
"""

from collections.abc import Iterable

from django.db.models import QuerySet

from halles.domain.stock.models import StockLevel
from halles.kernel.prepared import among, prepared


def levels(ids: Iterable[int]) -> dict[int, StockLevel]:
    """The levels of these ids, locked until the transaction ends."""
    wanted = sorted(set(ids))
    return {level.pk: level for level in _locked(wanted)} if wanted else {}


@prepared
def _locked(ids: Iterable[int]) -> QuerySet[StockLevel]:
    return StockLevel.objects.select_for_update().filter(among("pk", ids)).order_by("pk")
