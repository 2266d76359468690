# SPDX-License-Identifier: AGPL-3.0-or-later
"""Handing a file over; being told what would happen; saying yes."""

import datetime as dt
from collections.abc import Iterator
from itertools import islice
from typing import IO, Any

from django.db import transaction
from django.utils import timezone

from halles.domain.catalogue.actions import ProductFacts
from halles.domain.imports import material
from halles.domain.imports.drafts import Bad, Choices, Draft
from halles.domain.imports.matching import Matcher, Outcome, Planned
from halles.domain.imports.models import Import
from halles.domain.imports.rules import STEPS, State
from halles.domain.imports.trouble import Trouble, clear
from halles.domain.journal import actions as journal
from halles.domain.shops.models import Shop
from halles.kernel import outbox
from halles.kernel.actor import Actor
from halles.kernel.errors import Refused
from halles.kernel.text import one_line

BATCH = 100  # drafts read, compared and written together: a tenth of a second for whoever waits to write
EXAMPLES = 5
KEPT_DAYS = 60


def hand_over(
    shop: Shop,
    file: IO[bytes],
    name: str,
    choices: Choices,
    *,
    language: str = "fr",
    alone: bool = False,
    by: Actor,
) -> Import:
    """Keep a file of articles and ask for the look at it; not when whoever calls does the work `alone`.

    :raises OSError: when the disk is full.
    """
    import_ = Import(
        shop=shop,
        file_name=one_line(name, 200) or "articles",
        choices=material.as_json(choices),
        language=language,
    )
    import_.actor = by
    try:
        material.keep(import_, file)
    except OSError:
        material.forget(import_)
        raise
    with transaction.atomic():
        import_.save()
        if not alone:
            outbox.publish("imports.handed_over", import_id=str(import_.id))
    return import_


@transaction.atomic
def look_again(import_: Import, choices: Choices) -> None:
    """The merchant said more of the file, or what stood in the way is gone.

    :raises Refused: `imports.not_now`.
    """
    move(import_, State.LOOKING)
    import_.choices, import_.reader, import_.problem = material.as_json(choices), "", ""
    import_.save()
    outbox.publish("imports.handed_over", import_id=str(import_.id))


def look(import_: Import) -> None:
    """Say what would happen: columns, how many of each outcome, examples. Writes nothing but that."""
    if import_.state != State.LOOKING:
        return
    counts = dict.fromkeys(Outcome, 0)
    examples: dict[str, list[Any]] = {outcome: [] for outcome in Outcome}
    total = warned = 0
    try:
        with material.opened(import_) as (reader, handed), Trouble(import_, fresh=True) as trouble:
            choices = material.choices_of(import_)
            columns = reader.columns(handed, choices)
            matcher = Matcher(import_.shop, reader.name)
            for batch in batches(reader.drafts(handed, choices)):
                total += len(batch)
                for planned in decided(matcher, batch, trouble):
                    counts[planned.outcome] += 1
                    warned += len(planned.warnings)
                    if len(examples[planned.outcome]) < EXAMPLES:
                        examples[planned.outcome].append(_example(planned))
            counts[Outcome.REFUSED] = trouble.refused
            rows = sum(1 for sheet in handed.tables.values() for _row in sheet.rows()) or total
    except Refused as refused:
        fail(import_, refused)
        return
    import_.reader, import_.total, import_.rows, import_.warned = reader.name, total, rows, warned
    import_.found = {
        "columns": [[c.name, str(c.meaning), c.example[:80], c.table] for c in columns],
        "counts": {str(outcome): number for outcome, number in counts.items()},
        "examples": examples,
    }
    _looked(import_)


@transaction.atomic
def _looked(import_: Import) -> None:
    """The answer stands, unless another worker gave it already and somebody said yes."""
    if Import.objects.select_for_update().get(pk=import_.pk).state == State.LOOKING:
        move(import_, State.LOOKED)
        import_.save()


def decided(matcher: Matcher, batch: list[Draft | Bad], trouble: Trouble) -> list[Planned]:
    """What becomes of a batch; what is refused is written down with its reason."""
    drafts = [one for one in batch if isinstance(one, Draft)]
    for one in batch:
        if isinstance(one, Bad):
            trouble.refuse(one.where, one.refused)
    planned = matcher.plan(drafts)
    for found in planned:
        if found.refused:
            trouble.refuse_draft(found.draft, found.refused)
        for warned in found.warnings:
            trouble.warn(warned)
    return [found for found in planned if not found.refused]


def batches(drafts: Iterator[Draft | Bad]) -> Iterator[list[Draft | Bad]]:
    """So many at a time."""
    while batch := list(islice(drafts, BATCH)):
        yield batch


def _example(planned: Planned) -> list[str]:
    """Its name and, where it changes, what: as a page shows it."""
    name = planned.facts.name if planned.facts else planned.draft.name
    price, former = _price(planned.facts), _price(planned.before.facts if planned.before else None)
    return [name, price, former if former != price else ""]


def _price(facts: ProductFacts | None) -> str:
    """Of its first size and colour."""
    if facts is None:
        return ""
    first = facts.variants[0].price if facts.variants else None
    return str(facts.price if first is None else first)


@transaction.atomic
def start(import_: Import, *, alone: bool = False, by: Actor) -> None:
    """Yes, do it; `alone` as in `hand_over`.

    :raises Refused: `imports.not_now` when it was not looked at, or is running already.
    """
    locked = Import.objects.select_for_update().get(pk=import_.pk)
    move(locked, State.RUNNING)
    locked.warned = 0  # they are counted again as they are written
    clear(locked)
    locked.save()
    import_.state, import_.warned = locked.state, 0
    journal.record("imports.started", locked, by=by, shop_id=locked.shop_id, file=locked.file_name)
    if not alone:
        outbox.publish("imports.started", import_id=str(locked.id))


def move(import_: Import, state: State) -> None:
    """One step of the table.

    :raises Refused: `imports.not_now`.
    """
    if state not in STEPS[import_.state]:
        raise Refused("imports.not_now", state=import_.state)
    import_.state = state


def fail(import_: Import, refused: Refused) -> None:
    """It cannot be read; the reason stays."""
    move(import_, State.FAILED)
    import_.problem, import_.problem_params = refused.code, {k: str(v) for k, v in refused.details.items()}
    import_.ended_at = timezone.now()
    import_.save()


def forget_old() -> None:
    """Files are kept for two months: long enough to undo, to fetch what was refused, to look again."""
    ended = Import.objects.filter(created_at__lt=timezone.now() - dt.timedelta(days=KEPT_DAYS))
    for import_ in ended.iterator():
        material.forget(import_)
