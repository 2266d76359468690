# SPDX-License-Identifier: AGPL-3.0-or-later
"""Products put back as they were before something changed them, unless somebody touched them since (ADR-0012)."""

import uuid
from collections.abc import Callable, Collection, Sequence

from django.db import transaction
from django.db.models import QuerySet

from halles.domain.catalogue import shelf
from halles.domain.catalogue.actions.changes import Change, change_many
from halles.domain.catalogue.actions.snapshots import from_json, taken
from halles.domain.catalogue.models import Before, Product
from halles.domain.shops.models import Shop

BATCH = 100  # put back together: a tenth of a second for whoever waits to write

InUse = Callable[[Sequence[uuid.UUID]], Collection[uuid.UUID]]


@transaction.atomic
def put_back(shop: Shop, waiting: QuerySet[Before], *, in_use: InUse = lambda ids: ()) -> int:
    """Put the first of these back; how many were looked at, none when nothing waits. Whoever calls writes the journal.

    New products are deleted (which keeps their record), changed ones are as they were; stock stays. Those that are not
    as they were left, or that `in_use` names, stay as they are.
    """
    rows = list(waiting.filter(back=Before.Back.WAITING).order_by("pk")[:BATCH])
    if not rows:
        return 0
    products = shelf.locked(shop, [row.product_id for row in rows])
    used = in_use(list(products))
    untouched = [
        row for row in rows if row.product_id not in used and _is_as_left(row, products[row.product_id])
    ]
    refused = change_many(shop, _changes(untouched, products))
    back = [row.pk for row, no in zip(untouched, refused, strict=True) if not no]
    waiting.filter(pk__in=[row.pk for row in rows]).update(back=Before.Back.KEPT)
    waiting.filter(pk__in=back).update(back=Before.Back.BACK)
    return len(rows)


def _changes(rows: Sequence[Before], products: dict[uuid.UUID, Product]) -> list[Change]:
    before = iter(from_json([row.before for row in rows if row.before is not None]))
    changes = []
    for row in rows:
        product = products[row.product_id]
        if row.before is None:
            changes.append(Change(product, status=Product.Status.DELETED))
        else:
            was = next(before)
            changes.append(Change(product, was.facts, was.status, was.sold_out))
    return changes


def _is_as_left(row: Before, product: Product) -> bool:
    """Where « épuisé » was none of the change's business, it is none here."""
    sold_out = row.before is not None and "sold_out" in row.before
    return taken(product, sold_out=sold_out).digest == row.after
