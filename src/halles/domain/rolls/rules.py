# SPDX-License-Identifier: AGPL-3.0-or-later
"""How the name of a photograph's file is read. Pure: values in, values out.

Cameras, people and systems write "REF-12_2.jpg", "REF-12 (3).JPG", "3760123456789-dos.png", "miel de lavande.jpeg". Such a name
is words between signs that mean nothing; the first of them name the article, what is left may number the photograph or
say what it shows. Which words are the article's is never guessed: all readings are tried, and those that lead to different
articles leave it open.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from halles.domain.imports.values import codes
from halles.domain.rolls.models import Roll
from halles.kernel.errors import Refused
from halles.kernel.identifiers import fold

State = Roll.State
STEPS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        State.RECEIVING: frozenset({State.LOOKING}),
        State.LOOKING: frozenset({State.LOOKED}),
        State.LOOKED: frozenset({State.RUNNING}),
        State.RUNNING: frozenset({State.DONE}),
        State.DONE: frozenset(
            {State.RUNNING, State.UNDONE}
        ),  # running again: one was put on its article by hand
        State.UNDONE: frozenset(),
    }
)
ENDING = re.compile(r"(\.(jpe?g|jpe|png|webp|avif|hei[cf]|gif|tiff?|bmp))+$", re.IGNORECASE)
WORD = re.compile(r"[^\W_]+")
NUMBER = re.compile(r"[0-9]{1,2}")  # three digits are more likely a part of something
DIGITS = re.compile(r"[0-9]{1,20}x?")  # the ten signs of an old ISBN may end with an X
MOST_PRINTED = 6  # groups in which a code is printed
MOST_AFTER = 4  # words after an article's name
COPIES = frozenset({"copie", "copy"})  # what systems add to the name of a second one
VIEWS: Mapping[str, str] = MappingProxyType(
    {
        "face": "face", "devant": "face", "avant": "face", "recto": "face", "front": "face",
        "dos": "dos", "arriere": "dos", "verso": "dos", "back": "dos",
        "cote": "côté", "profil": "côté", "side": "côté", "gauche": "gauche", "droite": "droite",
        "haut": "haut", "dessus": "dessus", "top": "dessus", "bas": "bas", "dessous": "dessous", "bottom": "dessous",
        "detail": "détail", "details": "détail", "zoom": "détail", "gros-plan": "détail",
        "interieur": "intérieur", "inside": "intérieur", "ouvert": "ouvert", "ferme": "fermé",
        "etiquette": "étiquette", "label": "étiquette", "ambiance": "ambiance", "porte": "porté",
        "emballage": "emballage", "boite": "boîte", "couverture": "couverture", "photo": "", "image": "", "img": "",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """What a name says beside the article: the photograph's number (0 for none), and what it shows."""

    number: int = 0
    view: str = ""


def key_of(text: str) -> str:
    """By what references and names are compared: the words alone, as one searches them. "REF_12/b" → "ref-12-b"."""
    return "-".join(WORD.findall(fold(text)))


def words_of(name: str) -> list[str]:
    """The words of a file's name, without its folders and its ending."""
    alone = name.replace("\\", "/").rsplit("/", 1)[-1].strip()
    return WORD.findall(fold(ENDING.sub("", alone)))


def readings(words: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Every way to read them as an article's name or reference and what is left, the longest name first."""
    for end in range(len(words), max(0, len(words) - MOST_AFTER - 1), -1):
        yield "-".join(words[:end]), words[end:]


def code_readings(words: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Every way to read the first of them as a code, as fourteen digits, and what is left: printed codes have spaces."""
    digits = ""
    for end, word in enumerate(words[:MOST_PRINTED], start=1):
        digits += word
        if not DIGITS.fullmatch(digits):
            return
        try:
            yield codes.gtin(digits, restore_zeros=True), words[end:]
        except Refused:
            continue


def told(left: list[str], own: Mapping[str, str], *, any_words: bool = False) -> Told | None:
    """What the words after an article's name say; None when they are more than that, and so perhaps another article's.

    `own` are the article's sizes and colours by their keys. After a code, which no other article has, `any_words` will do.
    """
    numbers = [word for word in left if NUMBER.fullmatch(word)]
    others = "-".join(word for word in left if word not in numbers and word not in COPIES)
    view = VIEWS.get(others, own.get(others)) if others else ""
    if len(numbers) > 1 or view is None:
        return Told(view=others.replace("-", " ")) if any_words else None
    return Told(int(numbers[0]) if numbers else 0, view)
