# SPDX-License-Identifier: AGPL-3.0-or-later
"""How communes are written and sought, and what a row of an open file says of one. Pure: values in, values out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from halles.kernel.contact import clean_postal_code
from halles.kernel.errors import Refused
from halles.kernel.identifiers import fold
from halles.kernel.points import DEGREE, Point
from halles.kernel.text import one_line

LONGEST_NAME = 80
INSEE = re.compile(r"(?:\d\d|2[AB])\d{3}", re.ASCII)
ARRONDISSEMENT = re.compile(
    r"(paris|lyon|marseille) (?:\d\d|\d+er? arrondissement)", re.IGNORECASE | re.ASCII
)
# What La Poste writes short, and the little words INSEE writes small inside a name (Code officiel géographique).
# An accent that a table in capitals has lost is not guessed; of a word that always has it, it is no guess.
IN_FULL = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}
SMALL = frozenset([
    "a", "au", "aux", "d", "da", "dans", "de", "dels", "derriere", "des", "devant", "di", "du", "en", "entre", "es", "et", "ez",
    "l", "la", "las", "le", "les", "lez", "ou", "pres", "sous", "sur",
])  # fmt: skip
ACCENTED = {"a": "à", "derriere": "derrière", "pres": "près"}
ARTICLES = frozenset(["la", "le", "les"])
ELIDED = frozenset(["d", "l"])
NOT_WORDS = re.compile(r"[^a-z0-9]+")
NUMBER = r"[-+]?\d{1,3}(?:[.,]\d{1,20})?"
PAIR = re.compile(rf"({NUMBER})\s*[,;\s]\s*({NUMBER})", re.ASCII)
# Between which latitudes and longitudes metropolitan France lies, in degrees; the rest of it is all over the globe.
METROPOLIS = ((41, 52), (-6, 10))
GLOBE = ((-90, 90), (-180, 180))


@dataclass(frozen=True, slots=True)
class Facts:
    """What a row says: a commune by its INSEE code, the postal codes it is reached by, where it lies.

    `spelled` when the name came with small letters, so with its accents; `locality` is a former commune, or a place of it,
    that letters are still addressed to.
    """

    insee: str
    name: str
    codes: tuple[str, ...]
    spelled: bool = False
    locality: str = ""
    point: Point | None = None


def facts(*, insee: str, name: str, codes: str, locality: str = "", point: str = "") -> Facts:
    """A row of a file. `codes` is one postal code or several; `point` a latitude and a longitude in degrees, or nothing.

    :raises Refused: `communes.insee_wrong`, `communes.name_missing`, `communes.name_damaged`, `contact.postal_code_wrong`,
        `communes.point_wrong`.
    """
    code = insee.strip().upper()
    if not INSEE.fullmatch(code):
        raise Refused("communes.insee_wrong", field="insee", typed=insee[:20])
    shown = _readable(name)
    if not shown:
        raise Refused("communes.name_missing", field="name")
    postal_codes = [clean_postal_code(typed) for typed in re.split(r"[\s,|/]+", codes.strip())]
    return Facts(
        insee=code,
        name=written(shown),
        codes=tuple(dict.fromkeys(postal_codes)),
        spelled=shown != shown.upper(),
        locality=written(_readable(locality)) if locality else "",
        point=_point(point, GLOBE if code > "96" else METROPOLIS),
    )


def _readable(name: str) -> str:
    if "\N{REPLACEMENT CHARACTER}" in name:
        raise Refused("communes.name_damaged", field="name", typed=name[:40])
    return one_line(name, LONGEST_NAME)


def _point(typed: str, within: tuple[tuple[int, int], tuple[int, int]]) -> Point | None:
    typed = typed.strip().strip("[]()").strip(" ,;")
    if not typed:
        return None
    pair = PAIR.fullmatch(typed)
    degrees = [float(number.replace(",", ".")) for number in pair.groups()] if pair else []
    if not pair or not all(least <= d <= most for d, (least, most) in zip(degrees, within, strict=True)):
        raise Refused("communes.point_wrong", field="point", typed=typed[:40])
    return round(degrees[0] * DEGREE), round(degrees[1] * DEGREE)


def written(name: str) -> str:
    """A name as INSEE writes it: "HAUTEVILLE SUR MER" is Hauteville-sur-Mer, "L HAY LES ROSES" L'Hay-les-Roses.

    A name that has small letters stands as it is, but for the arrondissements of Paris, Lyon and Marseille: to whoever
    writes to them, they are their town.
    """
    if town := ARRONDISSEMENT.fullmatch(name):
        return town[1].capitalize()
    if name != name.upper():
        return name
    words = [word for word in re.split(r"[\s'’-]+", name.lower()) if word]
    shown = ""
    for place, word in enumerate(words):
        small = 0 < place < len(words) - 1 and word in SMALL
        said = ACCENTED.get(word, word) if small else IN_FULL.get(word, word).capitalize()
        breton = word == "h" and place > 0  # Guilligomarc'h
        shown += "'h" if breton else _joint(words[:place]) + said
    return shown


def _joint(before: Sequence[str]) -> str:
    """What stands between these words and the next one."""
    if not before:
        return ""
    if before[-1] in ELIDED:
        return "'"
    return " " if len(before) == 1 and before[0] in ARTICLES else "-"


def sought(words: str) -> str:
    """A name as it is looked for: no accents, no hyphens, Saint in full, no article before it. "" when nothing is left."""
    found = [IN_FULL.get(word, word) for word in NOT_WORDS.split(fold(words)) if word]
    if len(found) > 1 and found[0] in ARTICLES | {"l"}:
        del found[0]
    return " ".join(found)


class Named(Protocol):
    """Whatever has a commune's name."""

    name: str


N = TypeVar("N", bound=Named)


def meant(among: Sequence[N], city: str) -> N | None:
    """Which of the communes of a postal code somebody means: the one he named, or the only one there is."""
    if len(among) == 1:
        return among[0]
    name = sought(city)
    return next((commune for commune in among if sought(commune.name) == name), None)
