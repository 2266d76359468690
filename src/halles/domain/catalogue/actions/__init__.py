# SPDX-License-Identifier: AGPL-3.0-or-later
"""What changes the catalogue: `products` one at a time, `many` at once. Pictures have their own room, `pictures.py`."""

from halles.domain.catalogue.actions.many import New, create_many
from halles.domain.catalogue.actions.products import (
    PLAIN,
    RESERVED_SLUGS,
    ProductFacts,
    VariantFacts,
    add_category,
    change,
    create,
    duplicate,
    facts_of,
    set_price,
    set_sold_out,
    set_status,
)

__all__ = [
    "PLAIN",
    "RESERVED_SLUGS",
    "New",
    "ProductFacts",
    "VariantFacts",
    "add_category",
    "change",
    "create",
    "create_many",
    "duplicate",
    "facts_of",
    "set_price",
    "set_sold_out",
    "set_status",
]
