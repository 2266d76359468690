# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the house holds on a person: each noun answers for itself, with the reason and for how long (GDPR art. 15)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """How a person is recognised: by the address or the telephone that was left. Either may be empty."""

    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Holding:
    """One kind of row about a person. `kept` says why and for how long, with the law where there is one."""

    what: str
    kept: str
    rows: Sequence[Mapping[str, str]]


PersonalData = Callable[[Person], Sequence[Holding]]

_nouns: dict[str, PersonalData] = {}


def holds(noun: str, personal_data: PersonalData) -> None:
    """Register what a noun holds, in `AppConfig.ready()`."""
    _nouns[noun] = personal_data


def nouns() -> frozenset[str]:
    """The nouns that answer."""
    return frozenset(_nouns)


def personal_data(person: Person) -> dict[str, Sequence[Holding]]:
    """Everything the house holds on a person, by noun."""
    return {noun: answer(person) for noun, answer in _nouns.items()}
