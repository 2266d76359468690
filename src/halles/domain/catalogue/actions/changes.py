# SPDX-License-Identifier: AGPL-3.0-or-later
"""What standing products become, many at once, in a number of queries that does not grow with them.

One product is many of one: whatever it becomes, its facts change here.
"""

import uuid
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import models, transaction

from halles.domain.catalogue import search
from halles.domain.catalogue.actions import addresses
from halles.domain.catalogue.actions.codes import Codes
from halles.domain.catalogue.actions.facts import (
    PLAIN,
    ProductFacts,
    check_online,
    write_product,
    write_variants,
)
from halles.domain.catalogue.models import Price, Product, Variant
from halles.domain.shops.models import Shop
from halles.kernel.errors import Refused

# What a change may write of the records; an address only where one moves, since others look at it while they order.
OF_PRODUCT = (
    "name", "kind", "vat_rate", "allergens", "words", "status",
    *("category_id" if name == "category" else name for name in PLAIN),
)  # fmt: skip
OF_VARIANT = (
    "position", "size", "colour", "reference", "gtin", "price", "content", "content_unit", "sold_out",
)  # fmt: skip
# What the search has to know.
SEARCHED = ("name", "words", "status", "category_id")
SEARCHED_OF_VARIANT = ("size", "colour", "reference", "gtin")


@dataclass(frozen=True, slots=True)
class Change:
    """What is to become of a standing product; what is None stays as it is."""

    product: Product
    facts: ProductFacts | None = None
    status: Product.Status | None = None
    sold_out: Collection[uuid.UUID] | None = None  # the variants that are; all others are not


@transaction.atomic
def change_many(shop: Shop, changes: Sequence[Change]) -> list[Refused | None]:
    """Each product, named once, as it is to be; for each why it stays as it was, or None. Whoever calls writes the journal.

    Variants are matched by size and colour, the missing ones archived. What is on hand stays.
    Refusals as of `create` and `set_status`.
    """
    works = _works(changes)
    for work in works:
        _try(work, _write)
    codes = Codes(shop, (variant for work in works for variant in work.variants))
    for work in works:
        _try(work, partial(_take, codes))
    _save(shop, [work for work in works if not work.refused])
    return [work.refused for work in works]


Values = Mapping[str, Any]


@dataclass(slots=True)
class _Work:
    """One product on its way from what it was to what it is to be."""

    change: Change
    standing: Sequence[Variant]
    was: Values
    were: Mapping[uuid.UUID, Values]  # the standing variants
    variants: Sequence[Variant]  # as they are to be
    refused: Refused | None = None

    @property
    def product(self) -> Product:
        """Whose work it is."""
        return self.change.product

    @property
    def new(self) -> list[Variant]:
        """Variants that are not in the database yet."""
        return [variant for variant in self.variants if variant.id not in self.were]

    @property
    def gone(self) -> list[Variant]:
        """Variants that nobody names any more."""
        named = {variant.id for variant in self.variants}
        return [variant for variant in self.standing if variant.id not in named]

    def changed(self, *names: str) -> list[Variant]:
        """Variants that stay, of which one of these, or anything, is another now."""
        stay = [variant for variant in self.variants if variant.id in self.were]
        return [variant for variant in stay if _differs(variant, self.were[variant.id], names)]

    @property
    def is_renamed(self) -> bool:
        """A draft's address follows its name."""
        return self.was["status"] == Product.Status.DRAFT and _differs(self.product, self.was, ["name"])

    @property
    def is_found_otherwise(self) -> bool:
        """Whether the search has to know."""
        others = self.new or self.gone or self.changed(*SEARCHED_OF_VARIANT)
        return bool(others) or _differs(self.product, self.was, SEARCHED)


def _works(changes: Sequence[Change]) -> list[_Work]:
    """The variants are read and locked here: what is written is compared with what is in the database."""
    of = {change.product.id: change.product for change in changes}
    locked = Variant.objects.select_for_update(no_key=True).filter(product__in=list(of), archived=False)
    standing: dict[uuid.UUID, list[Variant]] = {pk: [] for pk in of}
    for variant in sorted(locked.order_by("pk"), key=lambda v: (v.position, v.created_at)):
        variant.product = of[variant.product_id]
        standing[variant.product_id].append(variant)
    return [
        _Work(
            change,
            variants := standing[change.product.id],
            _values(change.product, OF_PRODUCT),
            {variant.id: _values(variant, OF_VARIANT) for variant in variants},
            variants,
        )
        for change in changes
    ]


def _values(record: models.Model, names: Iterable[str]) -> Values:
    return {name: getattr(record, name) for name in names}


def _differs(record: models.Model, was: Values, names: Iterable[str] = ()) -> bool:
    return any(getattr(record, name) != was[name] for name in names or was)


def _try(work: _Work, step: Callable[[_Work], None]) -> None:
    """What is refused is as it was, in memory too."""
    if work.refused:
        return
    try:
        step(work)
    except Refused as refused:
        work.refused = refused
        for name, value in work.was.items():
            setattr(work.product, name, value)


def _write(work: _Work) -> None:
    """What is asked becomes the records', which are not saved yet. No query."""
    change, product = work.change, work.product
    if change.facts:
        write_product(product, change.facts)
        work.variants = write_variants(product, change.facts, work.standing)
    if change.status:
        check_online(change.status, work.variants)
        product.status = change.status
    if change.sold_out is not None:
        for variant in work.variants:
            variant.sold_out = variant.id in change.sold_out


def _take(codes: Codes, work: _Work) -> None:
    codes.take(work.product, work.variants, former=[was["gtin"] for was in work.were.values()])


def _save(shop: Shop, works: Sequence[_Work]) -> None:
    renamed = [work.product for work in works if work.is_renamed]
    if renamed:
        addresses.follow(shop, renamed)
    changed = [work.product for work in works if _differs(work.product, work.was)]
    _overwrite(changed, (*OF_PRODUCT, "slug") if renamed else OF_PRODUCT)
    _save_variants(works)
    for work in works:  # the records were read with their variants: they are others now
        work.product.choices = list(work.variants)
        work.product.__dict__.get("_prefetched_objects_cache", {}).pop("variants", None)
    search.index([work.product for work in works if work.is_found_otherwise])


def _save_variants(works: Sequence[_Work]) -> None:
    """Archived first, and codes that move let go, so that another variant can take them."""
    if gone := [variant.id for work in works for variant in work.gone]:
        Variant.objects.filter(pk__in=gone).update(archived=True)
    changed = [variant for work in works for variant in work.changed()]
    if moving := [v.id for work in works for v in work.changed("gtin") if work.were[v.id]["gtin"]]:
        Variant.objects.filter(pk__in=moving).update(gtin="")
    _overwrite(changed, OF_VARIANT)
    new = [variant for work in works for variant in work.new]
    Variant.objects.bulk_create(new)
    priced = [*new, *(variant for work in works for variant in work.changed("price"))]
    Price.objects.bulk_create(Price(variant=variant, amount=variant.price) for variant in priced)


def _overwrite(records: Sequence[models.Model], fields: Iterable[str]) -> None:
    """Save many records that stand. An upsert takes many in one statement; an UPDATE with a case for each takes seconds."""
    if records:
        type(records[0])._default_manager.bulk_create(
            records, update_conflicts=True, unique_fields=["id"], update_fields=list(fields)
        )
