# SPDX-License-Identifier: AGPL-3.0-or-later
"""What changes the catalogue: `products` one at a time, `many` new and `changes` of standing ones at once.

`facts` is what is said of a product, `snapshots` keep it, `back` puts it back. Pictures have their own room, `pictures.py`.
"""

from halles.domain.catalogue.actions.addresses import RESERVED_SLUGS
from halles.domain.catalogue.actions.back import put_back
from halles.domain.catalogue.actions.changes import Change, change_many
from halles.domain.catalogue.actions.facts import PLAIN, ProductFacts, VariantFacts, facts_of
from halles.domain.catalogue.actions.many import New, create_many
from halles.domain.catalogue.actions.products import (
    add_category,
    change,
    create,
    duplicate,
    set_price,
    set_sold_out,
    set_status,
)
from halles.domain.catalogue.actions.snapshots import Snapshot, taken

__all__ = [
    "PLAIN",
    "RESERVED_SLUGS",
    "Change",
    "New",
    "ProductFacts",
    "Snapshot",
    "VariantFacts",
    "add_category",
    "change",
    "change_many",
    "create",
    "create_many",
    "duplicate",
    "facts_of",
    "put_back",
    "set_price",
    "set_sold_out",
    "set_status",
    "taken",
]
