# SPDX-License-Identifier: AGPL-3.0-or-later
"""Going through the articles of a bulk edit, batch by batch: to look, to change, to put back.

Each batch is one short transaction that also says how far we are: killed half-way, what is done is whole, and going on
begins where the last batch ended.
"""

import time
from collections.abc import Callable, Mapping, Sequence

from django.db import transaction
from django.utils import timezone

from halles.domain.bulkedits import reads, rules
from halles.domain.bulkedits.models import BulkEdit, EditedProduct
from halles.domain.bulkedits.rules import STEPS, Asked, State
from halles.domain.catalogue import actions as catalogue
from halles.domain.catalogue import shelf
from halles.domain.catalogue.actions import Change, Snapshot, taken
from halles.domain.catalogue.actions.snapshots import as_json
from halles.domain.catalogue.models import Category, Product
from halles.domain.journal import actions as journal
from halles.kernel.errors import Refused

BATCH = 100  # articles: a tenth of a second for whoever waits to write
AT_ONCE = 5.0  # seconds; letters have their turn then
Outcome = EditedProduct.Outcome


def go_on(edit: BulkEdit, *, seconds: float = AT_ONCE) -> bool:
    """Go on for a while, from where it stands; whether there is more to do. Repeating is harmless."""
    until = time.monotonic() + seconds
    while _next(edit):
        if time.monotonic() > until:
            return True
    return False


@transaction.atomic
def _next(edit: BulkEdit) -> bool:
    """One batch, for whoever comes first: the row is locked, and says where to begin."""
    locked = BulkEdit.objects.select_for_update(of=("self",)).select_related("shop__market").get(pk=edit.pk)
    return step(locked)


def step(edit: BulkEdit) -> bool:
    """One batch of an edit that is locked; whether it went on. At the end it moves to its next state."""
    if edit.state not in BATCHES:
        return False
    rows = list(edit.products.order_by("pk")[edit.position : edit.position + BATCH])
    if rows:
        BATCHES[edit.state](edit, rows)
        edit.position += len(rows)
    else:
        _end(edit)
    edit.save()
    return bool(rows)


def _end(edit: BulkEdit) -> None:
    if edit.state != State.LOOKING:
        act, by = f"bulkedits.{ENDS[edit.state]}", edit.actor
        journal.record(act, edit, by=by, shop_id=edit.shop_id, asked=edit.asked, articles=edit.total)
    (edit.state,) = STEPS[edit.state]
    edit.position, edit.ended_at = 0, timezone.now()


def _look(edit: BulkEdit, rows: Sequence[EditedProduct]) -> None:
    """What would become of these."""
    asked, category = reads.asked_of(edit)
    products = shelf.by_ids(edit.shop, [row.product_id for row in rows])
    for row in rows:
        now = taken(products[row.product_id], sold_out=asked.is_about_sold_out)
        row.seen = now.digest
        _plan(edit, row, asked, category, now, products[row.product_id])
    _save(rows, "seen", "outcome", "problem")


def _plan(
    edit: BulkEdit,
    row: EditedProduct,
    asked: Asked,
    category: Category | None,
    now: Snapshot,
    product: Product,
) -> Snapshot:
    """The article as it is to be, with its outcome; as it is when it cannot be."""
    ids = [variant.id for variant in product.choices]
    try:
        new = rules.wanted(asked, now, shop=edit.shop, category=category, variants=ids)
    except Refused as refused:
        row.outcome, row.problem = Outcome.REFUSED, refused.code
        return now
    row.outcome = Outcome.UNCHANGED if new == now else Outcome.READY
    return new


def _change(edit: BulkEdit, rows: Sequence[EditedProduct]) -> None:
    """These as the look showed them; what is no longer as it was shown stays as it is."""
    asked, category = reads.asked_of(edit)
    ready = [row for row in rows if row.outcome == Outcome.READY]
    products = shelf.locked(edit.shop, [row.product_id for row in ready])
    changing, changes = [], []
    for row in ready:
        product = products[row.product_id]
        now = taken(product, sold_out=asked.is_about_sold_out)
        if now.digest != row.seen:
            row.outcome = Outcome.OVERTAKEN
            continue
        new = _plan(edit, row, asked, category, now, product)
        if row.outcome != Outcome.READY:  # the world around it is another now
            continue
        row.before = as_json(now)
        changing.append(row)
        changes.append(Change(product, new.facts, new.status, new.sold_out))
    refused = catalogue.change_many(edit.shop, changes)
    for row, change, no in zip(changing, changes, refused, strict=True):
        row.outcome, row.problem = (Outcome.REFUSED, no.code) if no else (Outcome.CHANGED, "")
        row.after = taken(change.product, sold_out=asked.is_about_sold_out).digest
    _save(ready, "outcome", "problem", "before", "after")
    _note(edit, len(changes))


def _put_back(edit: BulkEdit, rows: Sequence[EditedProduct]) -> None:
    """These as they were; what somebody touched since stays as it is."""
    changed = edit.products.filter(pk__in=[row.pk for row in rows], outcome=Outcome.CHANGED)
    _note(edit, catalogue.put_back(edit.shop, changed))


BATCHES: Mapping[str, Callable[[BulkEdit, Sequence[EditedProduct]], None]] = {
    State.LOOKING: _look,
    State.RUNNING: _change,
    State.UNDOING: _put_back,
}
ENDS: Mapping[str, str] = {State.RUNNING: "done", State.UNDOING: "undone"}


def _save(rows: Sequence[EditedProduct], *names: str) -> None:
    EditedProduct.objects.bulk_create(rows, update_conflicts=True, unique_fields=["id"], update_fields=names)


def _note(edit: BulkEdit, articles: int) -> None:
    """In the transaction of the batch: what is kept of pages is older now."""
    if articles:
        journal.record(
            "bulkedits.went_on",
            edit,
            by=edit.actor,
            shop_id=edit.shop_id,
            articles=articles,
            state=edit.state,
        )
