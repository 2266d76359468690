# SPDX-License-Identifier: AGPL-3.0-or-later
"""The one place that knows in which order stock is locked: levels by ascending id, after any order's row.

PostgreSQL locks rows; SQLite has already taken the whole file by BEGIN IMMEDIATE.
"""

from collections.abc import Iterable

from halles.domain.stock.models import StockLevel


def levels(ids: Iterable[int]) -> dict[int, StockLevel]:
    """The levels of these ids, locked until the transaction ends."""
    rows = StockLevel.objects.select_for_update().filter(pk__in=set(ids)).order_by("pk")
    return {level.pk: level for level in rows}
