# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reading bulk edits, always within a shop or by their id."""

import uuid
from collections.abc import Iterable

from django.db.models import Count, QuerySet

from halles.domain.bulkedits.models import BulkEdit, EditedProduct
from halles.domain.bulkedits.rules import Asked, from_json
from halles.domain.catalogue import shelf
from halles.domain.catalogue.models import Before, Category, Product
from halles.domain.shops.models import Shop

Outcome = EditedProduct.Outcome
BEGUN = [BulkEdit.State.RUNNING, BulkEdit.State.DONE, BulkEdit.State.UNDOING, BulkEdit.State.UNDONE]


def by_id(pk: uuid.UUID | str) -> BulkEdit | None:
    """A bulk edit with its shop, for those who work on it. One query."""
    return BulkEdit.objects.select_related("shop__market").filter(pk=pk).first()


def in_shop(shop: Shop, pk: uuid.UUID) -> BulkEdit | None:
    """A bulk edit of this shop. One query."""
    return BulkEdit.objects.select_related("shop__market").filter(shop=shop, pk=pk).first()


def asked_of(edit: BulkEdit) -> tuple[Asked, Category | None]:
    """What was asked, and the « rayon » it names, unless that is gone. One query at most."""
    asked = from_json(edit.asked)
    found = Category.objects.filter(market=edit.shop.market_id, pk=asked.category) if asked.category else None
    return asked, found.first() if found is not None else None


def begun(shop: Shop) -> QuerySet[BulkEdit]:
    """Those a shop said yes to, the newest first."""
    return BulkEdit.objects.filter(shop=shop, state__in=BEGUN)


def counts(edits: Iterable[BulkEdit]) -> dict[uuid.UUID, dict[str, int]]:
    """How many articles of each outcome, for each of these; together they are all that were found. One query."""
    ids = [edit.id for edit in edits]
    found: dict[uuid.UUID, dict[str, int]] = {pk: dict.fromkeys(Outcome.values, 0) for pk in ids}
    rows = EditedProduct.objects.filter(of__in=ids).values_list("of", "outcome").annotate(number=Count("pk"))
    for of, outcome, number in rows.order_by():
        found[of][outcome] = number
    return found


def some(edit: BulkEdit, outcome: str, number: int) -> list[tuple[EditedProduct, Product]]:
    """The first articles of an outcome, with their choices. Four queries."""
    rows = list(edit.products.filter(outcome=outcome).order_by("pk")[:number])
    found = shelf.by_ids(edit.shop, [row.product_id for row in rows])
    return [(row, found[row.product_id]) for row in rows]


def kept_of(edit: BulkEdit) -> QuerySet[EditedProduct]:
    """What an undoing left as it is, since somebody touched it, with the articles. One query."""
    return edit.products.filter(back=Before.Back.KEPT).select_related("product").order_by("product__name")
