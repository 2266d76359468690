# SPDX-License-Identifier: AGPL-3.0-or-later
"""How what a file says becomes what an article is. Pure: values in, values out."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from halles.domain.catalogue.actions import ProductFacts, VariantFacts
from halles.domain.catalogue.models import Availability, Category, Product
from halles.domain.imports.drafts import Draft, DraftVariant
from halles.domain.imports.models import Import
from halles.kernel.errors import Refused
from halles.kernel.identifiers import digest, fold

State = Import.State
STEPS: Mapping[str, frozenset[str]] = {
    State.LOOKING: frozenset({State.LOOKED, State.FAILED}),
    State.LOOKED: frozenset({State.LOOKING, State.RUNNING}),
    State.RUNNING: frozenset({State.DONE, State.FAILED}),
    State.DONE: frozenset({State.UNDOING}),
    State.FAILED: frozenset({State.LOOKING}),
    State.UNDOING: frozenset({State.UNDONE}),
    State.UNDONE: frozenset(),
}
LONGEST_KEY = 120
# Said of the article as a whole, under the same name in a draft and in facts.
SAME = (
    "maker", "description", "kind", "vat_rate", "unit", "portion", "portion_weight", "delay_days", "daily_quantity",
    "is_unique", "is_alcohol", "ingredients", "allergens", "origin",
)  # fmt: skip
LENGTHS = {"maker": 120, "description": 6000, "ingredients": 4000, "origin": 120}


def key_of(draft: Draft) -> str:
    """By what an article is recognised when the same file comes again: its own id, reference, code, or name."""
    first = draft.variants[0]
    found = (
        draft.key
        or (first.reference and f"ref:{first.reference}")
        or (first.gtin and f"gtin:{first.gtin}")
        or f"name:{fold(draft.name)}"
    )
    return _short(found)


def variant_key(draft: Draft, variant: DraftVariant) -> str:
    """The same for one size and colour; within its article."""
    return _short(
        variant.key
        or (variant.reference and f"ref:{variant.reference}")
        or f"{key_of(draft)} {variant.size}/{variant.colour}"
    )


def _short(key: str) -> str:
    return key if len(key) <= LONGEST_KEY else f"{key[:80]} {digest(key)}"


def said(draft: Draft) -> dict[str, str]:
    """A digest of each thing a draft says, to see next time what is new in the file."""
    told = {
        field.name: digest(repr(value))
        for field in fields(draft)
        if field.name not in {"variants", "warnings", "key"}
        and (value := getattr(draft, field.name)) not in (None, ())
    }
    for variant in draft.variants:
        for name in ("reference", "gtin", "size", "colour", "price", "content", "stock", "sold_out"):
            if (value := getattr(variant, name)) not in (None, ""):
                told[f"{variant_key(draft, variant)} {name}"] = digest(str(value))
    return told


def only_new(draft: Draft, before: Mapping[str, str]) -> Draft:
    """The draft without what the file said last time already: what the merchant changed here since then stays."""
    now = said(draft)
    fresh = {name for name, told in now.items() if before.get(name) != told}
    whole: dict[str, Any] = {
        field.name: None
        for field in fields(draft)
        if field.name in {*SAME, "category", "availability", "online", "is_withdrawn"}
        and field.name not in fresh
    }
    variants = tuple(_only_new(draft, variant, fresh) for variant in draft.variants)
    name = draft.name if "name" in fresh else ""
    pictures, views = (draft.pictures, draft.views) if "pictures" in fresh else ((), ())
    return replace(draft, name=name, variants=variants, pictures=pictures, views=views, **whole)


def _only_new(draft: Draft, variant: DraftVariant, fresh: set[str]) -> DraftVariant:
    known: dict[str, Any] = {
        name: None
        for name in ("reference", "gtin", "price", "content", "stock", "sold_out")
        if f"{variant_key(draft, variant)} {name}" not in fresh
    }
    return replace(variant, **known)


def new_facts(draft: Draft, category: Category | None) -> ProductFacts:
    """A new article, as the file says; what it does not say is proposed by `catalogue`.

    :raises Refused: `imports.price_missing` when not one size has a price.
    """
    prices = [variant.price for variant in draft.variants if variant.price is not None]
    if not prices:
        raise Refused("imports.price_missing")
    return ProductFacts(
        name=draft.name,
        price=prices[0],
        category=category,
        availability=_availability(draft) or Availability.AVAILABLE,
        variants=[_new_variant(variant) for variant in draft.variants],
        **_told(draft),
    )


def _told(draft: Draft) -> dict[str, Any]:
    told = {name: value for name in SAME if (value := getattr(draft, name)) is not None}
    return {name: value[: LENGTHS[name]] if name in LENGTHS else value for name, value in told.items()}


def _availability(draft: Draft) -> Availability | None:
    """A file that counts makes an article that is counted."""
    if draft.availability is not None:
        return draft.availability
    return Availability.COUNTED if any(v.stock is not None for v in draft.variants) else None


def first_status(draft: Draft, *, online: bool) -> Product.Status:
    """Whether customers see a new article; `online` where the file does not say."""
    if draft.is_withdrawn:
        return Product.Status.WITHDRAWN
    shown = online if draft.online is None else draft.online
    return Product.Status.ONLINE if shown else Product.Status.DRAFT


def next_status(draft: Draft, now: str) -> Product.Status:
    """Whether customers see an article that stands. A draft of ours that the file does not show either stays a draft."""
    if draft.is_withdrawn:
        return Product.Status.WITHDRAWN
    if draft.online:
        return Product.Status.ONLINE
    hides = draft.online is False and now == Product.Status.ONLINE
    return Product.Status.WITHDRAWN if hides else Product.Status(now)


def _new_variant(said: DraftVariant) -> VariantFacts:
    return VariantFacts(
        size=said.size,
        colour=said.colour,
        price=said.price,
        gtin=said.gtin or "",
        reference=said.reference or "",
        content=said.content,
        content_unit=said.content_unit,
    )


def changed_facts(
    now: ProductFacts, draft: Draft, category: Category | None, places: Sequence[int | None]
) -> ProductFacts:
    """An article as it stands, with what a draft says anew; `places` tells for each of its variants which one of `now` it
    is, or None for one that is new.
    """
    variants = list(now.variants)
    for said_, place in zip(draft.variants, places, strict=True):
        if place is None:
            variants.append(_new_variant(said_))
        else:
            variants[place] = _changed_variant(variants[place], said_)
    facts = replace(now, variants=variants, **_told(draft))
    if draft.name:
        facts = replace(facts, name=draft.name)
    if category is not None:
        facts = replace(facts, category=category)
    if (availability := _availability(draft)) is not None:
        facts = replace(facts, availability=availability)
    return facts


def _changed_variant(now: VariantFacts, said_: DraftVariant) -> VariantFacts:
    told = {
        name: value for name in ("price", "gtin", "reference") if (value := getattr(said_, name)) is not None
    }
    if said_.content is not None:
        told |= {"content": said_.content, "content_unit": said_.content_unit}
    if said_.size or said_.colour:
        told |= {"size": said_.size, "colour": said_.colour}
    return replace(now, **told)
