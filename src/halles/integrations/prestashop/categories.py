# SPDX-License-Identifier: AGPL-3.0-or-later
"""PrestaShop's tree of categories: what a product's list of numbers, names and paths means."""

from collections.abc import Iterable, Sequence
from itertools import islice

from halles.domain.imports.tables import Table
from halles.domain.imports.values.words import levels, several
from halles.kernel.identifiers import fold

MOST = 20_000  # categories that are kept in mind
DEEPEST = 20
ROOTS = frozenset(
    {"home", "root", "accueil", "racine", "inicio", "startseite", "hauptkategorie", "pagina iniziale"}
)
ROOT_NUMBERS = frozenset({"1", "2"})  # in every shop since 1.5


class Categories:
    """The tree as the tables have it; empty without any."""

    def __init__(self, tables: Iterable[Table]) -> None:
        self._names: dict[str, tuple[str, str]] = {}  # number or folded name → name, parent
        lines = (line for table in tables for line in table.lines() if line["name"] and not line.problem)
        for line in islice(lines, MOST):
            found = (line["name"], line["parent"])
            self._names.setdefault(fold(line["name"]), found)
            if line["id"]:
                self._names[line["id"]] = found

    def path(self, listed: str) -> tuple[tuple[str, ...] | None, str]:
        """The deepest category of a list, from the widest down; and a number that nobody knows, when it is all there is."""
        unknown = ""
        paths: list[tuple[str, ...]] = []
        for word in several(listed, ","):
            if word.isdigit() and word not in self._names:
                unknown = unknown or ("" if word in ROOT_NUMBERS else word)
            else:
                paths.append(self._path(word))
        deepest = max(paths, key=len, default=())
        return deepest or None, "" if deepest else unknown

    def _path(self, word: str) -> tuple[str, ...]:
        names: Sequence[str] = (word,)
        if word in self._names or fold(word) in self._names:
            names = self._upwards(word)
        elif "/" in word:
            names = levels(word, "/")
        return tuple(name for name in names if fold(name) not in ROOTS)

    def _upwards(self, word: str) -> list[str]:
        names: list[str] = []
        while word and len(names) < DEEPEST:
            found = self._names.get(word) or self._names.get(fold(word))
            if found is None:
                return names if word.isdigit() else [word, *names]
            name, word = found
            if name in names:
                break
            names.insert(0, name)
        return names
