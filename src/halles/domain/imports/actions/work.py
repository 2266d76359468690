# SPDX-License-Identifier: AGPL-3.0-or-later
"""Writing an import, batch by batch: each is one short transaction that also says how far we are.

Killed half-way, what is in is whole, and going on begins where the last batch ended.
"""

import time
from collections.abc import Sequence
from decimal import Decimal
from itertools import islice, zip_longest
from typing import Any

from django.db import transaction
from django.utils import timezone

from halles.domain.catalogue import actions as catalogue
from halles.domain.catalogue.actions import Change, taken
from halles.domain.catalogue.actions.snapshots import as_json
from halles.domain.catalogue.models import Variant
from halles.domain.imports import material, rules
from halles.domain.imports.actions.ask import BATCH, decided, fail, move
from halles.domain.imports.drafts import Draft, DraftVariant, Warned
from halles.domain.imports.matching import Matcher, Outcome, Planned
from halles.domain.imports.models import Import, ImportedProduct, KnownAs, PictureWish
from halles.domain.imports.rules import State
from halles.domain.imports.trouble import Trouble
from halles.domain.journal import actions as journal
from halles.domain.stock import actions as stock
from halles.kernel import outbox
from halles.kernel.actor import Actor
from halles.kernel.errors import Refused

AT_ONCE = 5.0  # seconds; letters have their turn then


def go_on(import_: Import, *, seconds: float = AT_ONCE) -> bool:
    """Write on for a while, from where it stands; whether there is more to do. Repeating is harmless."""
    if import_.state != State.RUNNING:
        return False
    until = time.monotonic() + seconds
    try:
        with (
            material.opened(import_) as (reader, handed),
            Trouble(import_) as trouble,
        ):
            matcher, choices = Matcher(import_.shop, reader.name), material.choices_of(import_)
            drafts = islice(reader.drafts(handed, choices), import_.position, None)
            while batch := list(islice(drafts, BATCH)):
                _write(import_, matcher, batch, trouble, online=choices.online)
                if time.monotonic() > until:
                    return True
    except Refused as refused:
        fail(import_, refused)
        return False
    except _Overtaken:
        return False
    _end(import_)
    return False


class _Overtaken(Exception):
    """Somebody else works on this import."""


@transaction.atomic
def _end(import_: Import) -> None:
    move(import_, State.DONE)
    import_.ended_at = timezone.now()
    import_.save()
    done = {name: getattr(import_, name) for name in ("created", "changed", "unchanged", "refused")}
    journal.record("imports.done", import_, by=import_.actor, shop_id=import_.shop_id, **done)
    if import_.wishes.exists():
        outbox.publish("imports.done", import_id=str(import_.id))


@transaction.atomic
def _write(import_: Import, matcher: Matcher, batch: list[Any], trouble: Trouble, *, online: bool) -> None:
    """One batch; whoever else works on this import has to stop."""
    locked = Import.objects.select_for_update().get(pk=import_.pk)
    if (locked.state, locked.position) != (import_.state, import_.position):
        raise _Overtaken
    refused_before, warned_before = trouble.refused, trouble.warned
    planned = decided(matcher, batch, trouble)
    _create(import_, [one for one in planned if one.outcome == Outcome.CREATED], trouble, online=online)
    _change(import_, [one for one in planned if one.outcome == Outcome.CHANGED], trouble)
    _remember(import_, [one for one in planned if one.product])
    for one in planned:
        if one.outcome != Outcome.REFUSED:
            setattr(import_, one.outcome, getattr(import_, one.outcome) + 1)
    import_.position += len(batch)
    import_.refused += trouble.refused - refused_before
    import_.warned += trouble.warned - warned_before
    import_.save()
    if any(one.outcome in {Outcome.CREATED, Outcome.CHANGED} for one in planned):
        journal.record("imports.went_on", import_, by=import_.actor, shop_id=import_.shop_id)
    trouble.flush()


def _create(import_: Import, planned: Sequence[Planned], trouble: Trouble, *, online: bool) -> None:
    statuses = [rules.first_status(one.draft, online=online) for one in planned]
    facts = [one.facts for one in planned if one.facts]
    news = catalogue.create_many(import_.shop, facts, statuses=statuses)
    counted: dict[Variant, Decimal] = {}
    gone: list[Variant] = []
    for one, new in zip(planned, news, strict=True):
        if new.refused or new.product is None:
            assert new.refused is not None
            one.outcome = Outcome.REFUSED
            trouble.refuse_draft(one.draft, new.refused)
            continue
        new.product.choices = list(new.variants)
        one.product, one.places = new.product, range(len(new.variants))
        for variant, said in zip(new.variants, one.draft.variants, strict=True):
            if said.stock is not None:
                counted[variant] = said.stock
            if said.sold_out:
                gone.append(variant)
    stock.take_in(counted, by=import_.actor)
    catalogue.set_sold_out(gone, True, by=import_.actor)


def _change(import_: Import, planned: Sequence[Planned], trouble: Trouble) -> None:
    """Articles that stand. What cannot be is refused, the others go on."""
    by, changes = import_.actor, []
    for one in planned:
        assert one.product and one.before
        facts = one.facts if one.facts != one.before.facts else None
        changes.append(Change(one.product, facts, rules.next_status(one.draft, one.product.status)))
    for one, refused in zip(planned, catalogue.change_many(import_.shop, changes), strict=True):
        if refused:
            one.outcome, one.product = Outcome.REFUSED, None
            trouble.refuse_draft(one.draft, refused)
            continue
        for said, variant in zip(one.draft.variants, _variants(one), strict=True):
            _set_stock(said, variant, trouble, by=by)


def _variants(one: Planned) -> list[Variant]:
    """The product's variants in the order of the draft's, after it was changed: new ones stand last."""
    assert one.product is not None
    standing = one.product.choices
    fresh = iter(standing[len(standing) - sum(place is None for place in one.places) :])
    return [next(fresh) if place is None else standing[place] for place in one.places]


def _set_stock(said: DraftVariant, variant: Variant, trouble: Trouble, *, by: Actor) -> None:
    if said.sold_out is not None:
        catalogue.set_sold_out([variant], said.sold_out, by=by)
    if said.stock is None:
        return
    try:
        stock.count(variant, said.stock, by=by)
    except Refused as refused:
        trouble.warn(Warned(said.where, "imports.stock_promised", refused.details))


def _remember(import_: Import, planned: Sequence[Planned]) -> None:
    """Under which names the file knows the articles, what it said, what was done: for the next time and for undoing."""
    rows, done, wishes = [], [], []
    for one in planned:
        assert one.product is not None
        rows += _names(import_, one)
        if one.outcome != Outcome.UNCHANGED:
            before = as_json(one.before) if one.before else None
            after = taken(one.product).digest
            done.append(ImportedProduct(of=import_, product=one.product, before=before, after=after))
            wishes += [
                PictureWish(
                    of=import_, product=one.product, address=address[:1000], view=view[:80], position=place
                )
                for place, (address, view) in enumerate(
                    zip_longest(one.draft.pictures, one.draft.views, fillvalue="")
                )
            ]
    KnownAs.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["shop", "system", "key"],
        update_fields=["product", "variant", "said"],
    )
    ImportedProduct.objects.bulk_create(  # what another batch changed already is undone to before that
        done, update_conflicts=True, unique_fields=["of", "product"], update_fields=["after"]
    )
    PictureWish.objects.bulk_create(wishes)


def _names(import_: Import, one: Planned) -> list[KnownAs]:
    whole = KnownAs(
        shop_id=import_.shop_id, system=import_.reader, key=one.key, product=one.product, said=dict(one.said)
    )
    draft: Draft = one.draft
    if len(draft.variants) == 1 and not draft.variants[0].key:
        return [whole]
    keys = [rules.variant_key(draft, said) for said in draft.variants]
    return [
        whole,
        *(
            KnownAs(
                shop_id=import_.shop_id, system=import_.reader, key=key, product=one.product, variant=variant
            )
            for key, variant in zip(keys, _variants(one), strict=True)
            if key != one.key
        ),
    ]
