# SPDX-License-Identifier: AGPL-3.0-or-later
"""What changes what is known of goods."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from django.db import transaction

from halles.domain.journal import actions as journal
from halles.domain.shops import reads as shops
from halles.domain.tradeitems.models import TradeItem
from halles.domain.tradeitems.ports import Facts
from halles.kernel.actor import Actor

FIELDS = tuple(field.attname for field in TradeItem._meta.concrete_fields if not field.primary_key)


@dataclass(frozen=True, slots=True)
class Learned:
    """What became of the goods of a batch, or of a whole file."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0

    def __add__(self, other: "Learned") -> "Learned":
        return Learned(
            self.created + other.created, self.changed + other.changed, self.unchanged + other.unchanged
        )


@transaction.atomic
def learn(batch: Sequence[Facts], source: str) -> Learned:
    """Facts as `rules.kept` gives them, some hundred at once: one read, one write. What is known already changes nothing.

    Of a number that stands twice, the last word counts. Whoever calls says when the file is done (`learned`).
    """
    items = {facts.gtin: TradeItem(**asdict(facts), source=source) for facts in batch}
    standing = {gtin: values for gtin, *values in _standing(items)}
    new = [item for gtin, item in items.items() if gtin not in standing]
    others = [item for gtin, item in items.items() if gtin in standing and _values(item) != standing[gtin]]
    TradeItem.objects.bulk_create(
        [*new, *others], update_conflicts=True, unique_fields=["gtin"], update_fields=FIELDS
    )
    return Learned(len(new), len(others), len(batch) - len(new) - len(others))


def _standing(gtins: Iterable[str]) -> Iterable[tuple[object, ...]]:
    return TradeItem.objects.filter(gtin__in=list(gtins)).values_list("gtin", *FIELDS)


def _values(item: TradeItem) -> list[object]:
    return [getattr(item, name) for name in FIELDS]


@transaction.atomic
def learned(source: str, what: Learned, *, by: Actor) -> None:
    """A file was read, to its end or not: the market's team can see it."""
    if (market := shops.market()) and what.created + what.changed:
        journal.record("tradeitems.learned", market, by=by, source=source, **asdict(what))
