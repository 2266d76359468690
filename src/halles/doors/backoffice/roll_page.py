# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the page of a roll shows: how far it is, which photographs found their article, which wait, which are no good."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.urls import reverse

from halles.domain.rolls import reads
from halles.domain.rolls.models import Roll, Shot
from halles.doors.ui.imports import why
from halles.doors.ui.rolls import STATES, counted, summary

A_PAGE = 20
SHOWN = 40  # of those that need nothing from anybody
UNDER_WAY = {Roll.State.LOOKING, Roll.State.RUNNING}
State = Shot.State


@dataclass(frozen=True, slots=True)
class Former:
    """A roll in the list."""

    href: str
    of: Roll
    state: str
    words: str


@dataclass(frozen=True, slots=True)
class Said:
    """A photograph, and what is to be said of it."""

    shot: Shot
    sentence: str


def address(roll: Roll) -> str:
    """Its page."""
    return reverse("backoffice:roll", args=[roll.id])


def told(rolls: list[Roll]) -> list[Former]:
    """Rolls for the list. One query."""
    counts = reads.counts_of(rolls)
    return [Former(address(roll), roll, str(STATES[roll.state]), summary(counts[roll.id])) for roll in rolls]


def context(roll: Roll, page: str | None) -> dict[str, Any]:
    """All that the page needs in the state the roll is in."""
    counts = reads.counts(roll)
    said: dict[str, Any] = {
        "roll": roll,
        "counts": counts,
        "total": sum(counts.values()),
        "under_way": roll.state in UNDER_WAY,
    }
    match roll.state:
        case Roll.State.RECEIVING:
            return said | {"sent": reads.sent(roll), "received": counted(State.RECEIVED, said["total"])}
        case Roll.State.LOOKING:
            return said | {"examined": reads.examined(roll)}
        case Roll.State.RUNNING:
            return said | {"to_add": counts[State.MATCHED] + counts[State.ADDED]}
        case Roll.State.UNDONE:
            return said
    return said | _findings(roll, counts, page)


def _findings(roll: Roll, counts: dict[str, int], page: str | None) -> dict[str, Any]:
    waiting = Paginator(reads.shots(roll, State.WAITING), A_PAGE).get_page(page)
    return {
        "words": {state: counted(state, number) for state, number in counts.items()},
        "matched": reads.shots(roll, State.MATCHED)[:SHOWN],
        "more_matched": max(counts[State.MATCHED] - SHOWN, 0),
        "shown": waiting,
        "waiting": [_said(shot) for shot in waiting],
        "bad": [_said(shot) for shot in reads.shots(roll, State.BAD)[:SHOWN]],
        "more_bad": max(counts[State.BAD] - SHOWN, 0),
    }


def _said(shot: Shot) -> Said:
    return Said(shot, why(shot.problem, shot.problem_params))
