# SPDX-License-Identifier: AGPL-3.0-or-later
"""Names of files held against the articles of one shop: read once, in two queries."""

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from halles.domain.catalogue.models import Product, Variant
from halles.domain.rolls import rules
from halles.domain.rolls.rules import Told
from halles.domain.shops.models import Shop

MOST_NAMED = 5  # of several articles a name may mean

Article = tuple[uuid.UUID, str]  # and its name
Choice = tuple[uuid.UUID, str, str, str, str]  # of an article: reference, code, size, colour


@dataclass(frozen=True, slots=True)
class Found:
    """The articles that a name may mean: one, none, or several between which only a person can choose."""

    products: tuple[uuid.UUID, ...]
    told: Told


class Finder:
    """The articles of a shop by reference, code and name; from rows of what is known of each and of its sizes and colours."""

    def __init__(self, articles: Iterable[Article], variants: Iterable[Choice]) -> None:
        self.references: dict[str, set[uuid.UUID]] = defaultdict(set)
        self.codes: dict[str, set[uuid.UUID]] = defaultdict(set)
        self.names: dict[str, set[uuid.UUID]] = defaultdict(set)
        self.own: dict[uuid.UUID, dict[str, str]] = defaultdict(dict)
        self.called = dict(articles)
        for product, name in self.called.items():
            self.names[rules.key_of(name)].add(product)
        for product, reference, gtin, size, colour in variants:
            if product in self.called:
                self.references[rules.key_of(reference)].add(product)
                self.codes[gtin].add(product)
                self.own[product] |= {rules.key_of(word): word for word in (size, colour) if word}
        for known in (self.references, self.codes, self.names):
            known.pop("", None)

    def find(self, name: str) -> Found:
        """By reference and code; by the article's name where neither says anything."""
        words = rules.words_of(name)
        hits = dict(self._read(words, rules.code_readings, self.codes, any_words=True))
        hits = dict(self._read(words, rules.readings, self.references)) | hits
        hits = hits or dict(self._read(words, rules.readings, self.names))
        return Found(tuple(hits), next(iter(hits.values()), Told()))

    def names_of(self, found: Found) -> list[str]:
        """What some of these articles are called."""
        return [self.called[product] for product in found.products[:MOST_NAMED]]

    def _read(
        self,
        words: list[str],
        readings: Callable[[list[str]], Iterator[tuple[str, list[str]]]],
        known: Mapping[str, set[uuid.UUID]],
        *,
        any_words: bool = False,
    ) -> Iterator[tuple[uuid.UUID, Told]]:
        seen: set[uuid.UUID] = set()
        for key, left in readings(words):
            for product in sorted(known.get(key, set()) - seen):
                said = rules.told(left, self.own.get(product, {}), any_words=any_words)
                if said is not None:
                    seen.add(product)
                    yield product, said


def finder(shop: Shop) -> Finder:
    """Of all its articles but deleted ones."""
    kept = Product.objects.filter(shop=shop).exclude(status=Product.Status.DELETED).order_by()
    said = Variant.objects.filter(shop=shop, archived=False).order_by()
    return Finder(
        kept.values_list("id", "name"),
        said.values_list("product", "reference", "gtin", "size", "colour"),
    )
