# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a reader makes of a small table written in a test."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from halles.domain.imports.drafts import Bad, Choices, Draft, Material
from halles.domain.imports.ports import Reader
from halles.domain.imports.sheets import open_sheet


@dataclass(frozen=True, slots=True)
class Outcome:
    """Everything a reader said of what it was given."""

    drafts: list[Draft]
    bad: dict[tuple[str, int], str]  # table and row → code

    @property
    def only(self) -> Draft:
        (draft,) = self.drafts
        return draft

    @property
    def rows(self) -> dict[int, str]:
        """What is bad in an only table."""
        return {number: code for (_, number), code in self.bad.items()}

    @property
    def warnings(self) -> list[tuple[int, str]]:
        return [(warned.where.number, warned.code) for draft in self.drafts for warned in draft.warnings]


def material(folder: Path, **tables: str) -> Material:
    """Tables by name; one alone is under the name ""."""
    for name, text in tables.items():
        (folder / name).write_text(text, encoding="utf-8")
    named = {"" if len(tables) == 1 else name: open_sheet(folder / name) for name in tables}
    return Material(named)


def read(reader: Reader, given: Material, **choices: Any) -> Outcome:
    """What is in there; twice the same, since readers can be asked again."""
    assert reader.recognises(given)
    outcomes = list(reader.drafts(given, Choices(**choices)))
    assert list(map(str, reader.drafts(given, Choices(**choices)))) == list(map(str, outcomes))
    bad = {
        (each.where.table, each.where.number): each.refused.code for each in outcomes if isinstance(each, Bad)
    }
    drafts = [each for each in outcomes if isinstance(each, Draft)]
    assert len(bad) + len(drafts) == len(outcomes)  # no row is refused twice
    return Outcome(drafts, bad)


def meanings(reader: Reader, given: Material, **choices: Any) -> dict[str, str]:
    """Columns that mean something."""
    return {
        column.name: column.meaning.value
        for column in reader.columns(given, Choices(**choices))
        if column.meaning
    }


def choices_of(draft: Draft) -> Sequence[tuple[str, str]]:
    """Size and colour of each variant."""
    return [(variant.size, variant.colour) for variant in draft.variants]
