# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the page of an import shows: counts with examples, columns, what was left out, pictures."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Any

from django.urls import reverse

from halles.domain.imports import ports, reads, spreadsheet, trouble
from halles.domain.imports.columns import shown
from halles.domain.imports.drafts import Where
from halles.domain.imports.models import Import
from halles.doors.backoffice.kept import kept
from halles.doors.ui import formats
from halles.doors.ui.imports import STATES, counted, counts, meaning, place, summary, why

State = Import.State
SHOWN = 20  # sentences on the page; the rest is in the file
WRITTEN = ("created", "changed")
UNDER_WAY = {State.LOOKING, State.RUNNING, State.UNDOING}


@dataclass(frozen=True, slots=True)
class Former:
    """An import in the list."""

    href: str
    of: Import
    state: str
    words: str


@dataclass(frozen=True, slots=True)
class Example:
    """An article as it would be, with the price it has now where that changes."""

    name: str
    price: str
    former: str


@dataclass(frozen=True, slots=True)
class Group:
    """So many articles of which the same becomes; `holds` says how many as the title of a fold."""

    outcome: str
    words: str
    examples: Sequence[Example]


@dataclass(frozen=True, slots=True)
class Said:
    """Where something stands in the file, and what is to be said of it."""

    place: str
    sentence: str


def address(import_: Import) -> str:
    """Its page."""
    return reverse("backoffice:import", args=[import_.id])


def told(import_: Import) -> Former:
    """An import for the list."""
    return Former(address(import_), import_, str(STATES[import_.state]), _summary(import_))


def _summary(import_: Import) -> str:
    """ "12 nouveaux articles · 3 changés", of what was done."""
    if import_.state not in {State.RUNNING, State.DONE, State.UNDOING, State.UNDONE}:
        return ""
    return summary(counts(import_))


def context(import_: Import) -> dict[str, Any]:
    """All that the page needs in the state the import is in."""
    said: dict[str, Any] = {
        "import": import_,
        "under_way": import_.state in UNDER_WAY,
        "is_over": import_.state == State.DONE,
        "system": _system(import_),
    }
    match import_.state:
        case State.LOOKED:
            return said | _findings(import_) | {"columns": _columns(import_)}
        case State.DONE:
            return said | _findings(import_) | _pictures(import_)
        case State.FAILED:
            return said | {
                "problem": why(import_.problem, import_.problem_params),
                "summary": _done_before(import_),
                "can_match": import_.problem == "imports.not_recognised" and bool(shown(import_)),
            }
        case State.UNDOING:
            return said | dict(zip(("back", "back_all"), reads.undone_so_far(import_), strict=True))
        case State.UNDONE:
            return said | {"kept": kept(reads.kept_of(import_))}
        case _:
            return said


def is_plain_table(import_: Import) -> bool:
    """Whether its columns can be matched by hand: it is no known system's export."""
    return import_.reader in {"", spreadsheet.READER.name}


def _system(import_: Import) -> str:
    """The system whose export it is; nothing for one's own table."""
    return "" if is_plain_table(import_) else ports.reader_named(import_.reader).label


def _done_before(import_: Import) -> str:
    """What is in although reading stopped half-way."""
    return summary({name: number for name, number in counts(import_).items() if name in WRITTEN})


def _findings(import_: Import) -> dict[str, Any]:
    of_each, examples = counts(import_), import_.found.get("examples", {})
    groups = [
        Group(name, counted(name, number), [_example(*one) for one in examples.get(name, [])])
        for name, number in of_each.items()
        if number and name != "refused"
    ]
    return {
        "groups": groups,
        "to_write": sum(of_each[name] for name in WRITTEN),
        "refused_words": counted("refused", of_each["refused"]) if of_each["refused"] else "",
        "refused": _sentences(import_, "refused"),
        "more_refused": of_each["refused"] > SHOWN,
        "warned": _sentences(import_, "warned"),
        "more_warned": max(import_.warned - SHOWN, 0),
    }


def _example(name: str, price: str, former: str) -> Example:
    return Example(name, _money(price), _money(former))


def _money(price: str) -> str:
    return formats.money(Decimal(price)) if price else ""


def _sentences(import_: Import, what: str) -> list[Said]:
    return [
        _said(where, why(code, params)) for where, code, params in islice(trouble.told(import_, what), SHOWN)
    ]


def _said(where: Where, sentence: str) -> Said:
    words = place(where)
    return Said(words[:1].upper() + words[1:], sentence)


def _columns(import_: Import) -> list[dict[str, str]]:
    return [
        {
            "name": name,
            "meaning": meaning(what),
            "ignored": "" if what else "1",
            "example": example,
            "table": table,
        }
        for name, what, example, table in import_.found["columns"]
    ]


def _pictures(import_: Import) -> dict[str, Any]:
    left = reads.pictures_left(import_)
    missing = [
        Said(f"{wish.product.name} : {wish.address}", why(wish.problem, {}))
        for wish in reads.pictures_missing(import_)[:SHOWN]
    ]
    return {"pictures": left, "pictures_all": sum(left.values()), "pictures_missing": missing}
