# SPDX-License-Identifier: AGPL-3.0-or-later
"""One product or variation as WooCommerce says it, whichever of its exports it comes from; and how they find together."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from halles.domain.imports.drafts import Where
from halles.kernel.errors import Refused


@dataclass(slots=True)
class Entry:
    """`texts` has the cells under the names of `columns.FIELDS`, as the CSV would have them.

    `codes` are candidates for the article number, best first; `problem` the code of what is wrong with the row itself;
    `words` what an article's variations mean by short names.
    """

    where: Where
    texts: dict[str, str]
    attributes: list[tuple[str, str]] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    problem: str = ""
    words: dict[str, str] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """A cell; "" when the file has no such column."""
        return self.texts.get(name, "")

    @property
    def types(self) -> list[str]:
        """As "simple", "virtual"; a row that does not say is simple."""
        return [word.strip().lower() for word in self.text("type").split(",") if word.strip()] or ["simple"]

    @property
    def is_variation(self) -> bool:
        """Whether it is a size or colour of another."""
        return "variation" in self.types

    @property
    def parent(self) -> str:
        """How it calls its article: "id:12" or a reference."""
        return self.text("parent").casefold()

    @property
    def names(self) -> list[str]:
        """What variations may call it by."""
        by_id = f"id:{self.text('id')}" if self.text("id") else ""
        return [name for name in (by_id, self.text("sku").casefold()) if name]

    def pack(self) -> str:
        """For setting it aside."""
        where = (self.where.number, self.where.table)
        return json.dumps((where, self.texts, self.attributes, self.codes, self.problem))

    @classmethod
    def unpack(cls, packed: str) -> "Entry":
        """What was packed."""
        parts: Any = json.loads(packed)
        where, texts, attributes, codes, problem = parts
        return cls(Where(*where), texts, [(name, value) for name, value in attributes], codes, problem)


Family = tuple[Entry | None, list[Entry]]


def families(entries: Iterable[Entry]) -> Iterator[Family]:
    """Articles with the variations that follow them; a variation that follows another's article comes alone, under None.

    What was complete before a file broke is given before the refusal.
    """
    parent: Entry | None = None
    followers: list[Entry] = []
    try:
        for entry in entries:
            if not entry.is_variation:
                if parent is not None:
                    yield parent, followers
                parent, followers = entry, []
            elif parent is not None and entry.parent in parent.names:
                followers.append(entry)
            else:
                yield None, [entry]
    except Refused:
        if parent is not None:
            yield parent, followers
        raise
    if parent is not None:
        yield parent, followers
