# SPDX-License-Identifier: AGPL-3.0-or-later
"""Some articles of a bulk edit, as they are and as they would be, or as they were and became."""

from collections.abc import Iterator
from dataclasses import dataclass

from halles.domain.bulkedits import reads, rules
from halles.domain.bulkedits.models import BulkEdit, EditedProduct
from halles.domain.bulkedits.rules import State
from halles.domain.catalogue.actions import Snapshot, taken
from halles.domain.catalogue.actions.snapshots import from_json
from halles.kernel.errors import Refused

Outcome = EditedProduct.Outcome


@dataclass(frozen=True, slots=True)
class Example:
    """One article before and after."""

    name: str
    before: Snapshot
    after: Snapshot


def examples(edit: BulkEdit, number: int) -> Iterator[Example]:
    """The first that change; one that is no longer as the look showed it is left out. At most six queries."""
    asked, category = reads.asked_of(edit)
    rows = reads.some(edit, Outcome.READY if edit.state == State.LOOKED else Outcome.CHANGED, number)
    before = iter(from_json([row.before for row, _product in rows if row.before]))
    for row, product in rows:
        now = next(before) if row.before else taken(product, sold_out=asked.is_about_sold_out)
        if not row.before and now.digest != row.seen:
            continue
        ids = [variant.id for variant in product.choices]
        try:
            after = rules.wanted(asked, now, shop=edit.shop, category=category, variants=ids)
        except Refused:  # the « rayon » is gone since
            continue
        yield Example(product.name, now, after)
