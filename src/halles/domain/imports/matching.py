# SPDX-License-Identifier: AGPL-3.0-or-later
"""Drafts held against a shop's articles: what is new, what changes, what stays. Reads only; some six queries a batch."""

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from halles.domain.catalogue import shelf
from halles.domain.catalogue.actions import ProductFacts, Snapshot, taken
from halles.domain.catalogue.models import Category, Product, Variant
from halles.domain.imports import rules
from halles.domain.imports.drafts import Draft, Warned
from halles.domain.imports.leaving import with_levels
from halles.domain.imports.models import KnownAs
from halles.domain.shops.models import Shop
from halles.kernel.errors import Refused
from halles.kernel.identifiers import fold


class Outcome(StrEnum):
    """What becomes of a draft."""

    CREATED = "created"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(slots=True)
class Planned:
    """A draft with what becomes of it."""

    draft: Draft  # of a known article only what the file says anew
    outcome: Outcome
    key: str = ""
    said: Mapping[str, str] = field(default_factory=dict)
    product: Product | None = None
    places: Sequence[int | None] = ()  # which of the product's variants each of the draft's is
    facts: ProductFacts | None = None
    before: Snapshot | None = None
    refused: Refused | None = None
    warnings: tuple[Warned, ...] = ()


class Matcher:
    """Holds drafts of one system against the articles of one shop."""

    def __init__(self, shop: Shop, system: str) -> None:
        self.shop, self.system = shop, system
        categories = shelf.categories(shop.market)
        self.categories = {fold(category.name): category for category in categories}
        self.paths = {_path(levels): category for category, levels in with_levels(categories)}

    def plan(self, drafts: Sequence[Draft]) -> list[Planned]:
        """What becomes of these."""
        keys = [rules.key_of(draft) for draft in drafts]
        names = {*keys, *(rules.variant_key(draft, v) for draft in drafts for v in draft.variants)}
        known = {
            row.key: row for row in KnownAs.objects.filter(shop=self.shop, system=self.system, key__in=names)
        }
        told = [rules.said(draft) for draft in drafts]
        new_here = [
            d for d, key, said in zip(drafts, keys, told, strict=True) if not _same(known.get(key), said)
        ]
        standing = self._standing([d for d in new_here if rules.key_of(d) not in known])
        ids = {known[key].product_id for key in keys if key in known} | set(standing.values())
        products = self._products(ids) if new_here else {}
        planned: list[Planned] = []
        seen: dict[str, Draft] = {}
        meant: dict[uuid.UUID, Draft] = {}  # which of these leads to an article first
        for draft, key, said in zip(drafts, keys, told, strict=True):
            row = known.get(key)
            if first := seen.get(key):
                twice = Refused("imports.twice", row=first.variants[0].where.number)
                planned.append(Planned(draft, Outcome.REFUSED, refused=twice))
                continue
            seen[key] = draft
            if _same(row, said):
                planned.append(Planned(draft, Outcome.UNCHANGED, key, said))
                continue
            product = products.get(row.product_id if row else standing.get(id(draft), uuid.UUID(int=0)))
            one = self._changed(draft, product, row, known) if product else self._new(draft)
            if product and (other := meant.setdefault(product.id, draft)) is not draft:
                twice = Refused("imports.twice", row=other.variants[0].where.number)
                one = Planned(draft, Outcome.REFUSED, refused=twice)
            one.key, one.said = key, said
            planned.append(one)
        return planned

    def _new(self, draft: Draft) -> Planned:
        category, warnings = self._category(draft)
        try:
            facts = rules.new_facts(draft, category)
        except Refused as refused:
            return Planned(draft, Outcome.REFUSED, refused=refused)
        return Planned(draft, Outcome.CREATED, facts=facts, warnings=(*draft.warnings, *warnings))

    def _changed(
        self, draft: Draft, product: Product, row: KnownAs | None, known: Mapping[str, KnownAs]
    ) -> Planned:
        before, fresh = taken(product), rules.only_new(draft, row.said if row else {})
        category, warnings = self._category(fresh)
        places = [
            self._place(product, draft, variant_number, known)
            for variant_number in range(len(draft.variants))
        ]
        facts = rules.changed_facts(before.facts, fresh, category, places)
        changes = facts != before.facts or _says_more(fresh, product)
        return Planned(
            fresh,
            Outcome.CHANGED if changes else Outcome.UNCHANGED,
            product=product,
            places=places,
            facts=facts,
            before=before,
            warnings=(*draft.warnings, *warnings),
        )

    def _category(self, draft: Draft) -> tuple[Category | None, list[Warned]]:
        """The « rayon » of the market that stands there, else the narrowest that is named so: the market's tree is not a
        shop's to grow.
        """
        if category := self.paths.get(_path(draft.category or ())):
            return category, []
        for name in reversed(draft.category or ()):
            if category := self.categories.get(fold(name)):
                return category, []
        if not draft.category:
            return None, []
        return None, [
            Warned(draft.variants[0].where, "imports.category_unknown", {"name": draft.category[-1]})
        ]

    def _place(self, product: Product, draft: Draft, number: int, known: Mapping[str, KnownAs]) -> int | None:
        """Which of a product's variants one of a draft's is."""
        said = draft.variants[number]
        row = known.get(rules.variant_key(draft, said))
        tests: list[Callable[[Variant], bool]] = [
            lambda v: row is not None and v.id == row.variant_id,
            lambda v: bool(said.reference) and v.reference == said.reference,
            lambda v: bool(said.gtin) and v.gtin == said.gtin,
            lambda v: (v.size, v.colour) == (said.size, said.colour),
        ]
        for test in tests:
            for place, variant in enumerate(product.choices):
                if test(variant):
                    return place
        return 0 if len(product.choices) == len(draft.variants) == 1 else None

    def _standing(self, drafts: Sequence[Draft]) -> dict[int, uuid.UUID]:
        """The articles that stand already under a draft's reference or code, else under its name, by the draft's `id`."""
        references = self._by(drafts, "reference")
        codes = self._by(drafts, "gtin")
        nameless = [d for d in drafts if not any(v.reference or v.gtin for v in d.variants) and not d.key]
        found_names = Product.objects.filter(shop=self.shop, name__in=[d.name for d in nameless]).exclude(
            status=Product.Status.DELETED
        )
        names = dict(found_names.values_list("name", "id")) if nameless else {}
        found = {}
        for draft in drafts:
            ids = [references.get(v.reference or "") for v in draft.variants]
            ids += [codes.get(v.gtin or "") for v in draft.variants]
            ids += [names.get(draft.name)] if draft in nameless else []
            if product_id := next((one for one in ids if one), None):
                found[id(draft)] = product_id
        return self._not_known_otherwise(drafts, found)

    def _not_known_otherwise(
        self, drafts: Sequence[Draft], found: Mapping[int, uuid.UUID]
    ) -> dict[int, uuid.UUID]:
        """Without those that the same system calls otherwise: two names of its own are two articles, though they may share a
        reference.
        """
        named = {id(draft) for draft in drafts if draft.key} & set(found)
        rows = KnownAs.objects.filter(
            shop=self.shop, system=self.system, product__in={found[one] for one in named}, variant=None
        )
        others = set(rows.values_list("product_id", flat=True)) if named else set()
        return {one: pk for one, pk in found.items() if one not in named or pk not in others}

    def _by(self, drafts: Iterable[Draft], name: str) -> dict[str, uuid.UUID]:
        """Products by the reference or code of one of their variants; one that two products share says nothing."""
        wanted = {value for draft in drafts for v in draft.variants if (value := getattr(v, name))}
        if not wanted:
            return {}
        rows = Variant.objects.filter(shop=self.shop, archived=False, **{f"{name}__in": wanted}).exclude(
            product__status=Product.Status.DELETED
        )
        found: dict[str, set[uuid.UUID]] = {}
        for value, product_id in rows.values_list(name, "product_id"):
            found.setdefault(value, set()).add(product_id)
        return {value: ids.pop() for value, ids in found.items() if len(ids) == 1}

    def _products(self, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Product]:
        found = shelf.with_choices(Product.objects.filter(shop=self.shop, pk__in=list(ids)))
        return {product.id: product for product in found}


def _path(levels: Sequence[str]) -> tuple[str, ...]:
    """As it is compared; a level that is named like one above it says nothing more."""
    return tuple(dict.fromkeys(fold(part) for level in levels for part in level.split(">") if part.strip()))


def _same(row: KnownAs | None, said: Mapping[str, str]) -> bool:
    return row is not None and row.said == said


def _says_more(fresh: Draft, product: Product) -> bool:
    """Whether something is said anew that facts do not hold: stock, sold out, online, pictures."""
    return (
        rules.next_status(fresh, product.status) != product.status
        or bool(fresh.pictures)
        or any(v.stock is not None or v.sold_out is not None for v in fresh.variants)
    )
