# SPDX-License-Identifier: AGPL-3.0-or-later
"""Letters of a drawing: which can be drawn, how wide words are, how they fit into their place.

A machine may have no fonts at all: all letters are those of Source Serif, which comes as a package of ours.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from PIL import ImageFont

FAMILY = "Source Serif Pro"
FACES = {400: "Regular", 600: "Semibold", 700: "Bold", 900: "Black"}  # by their weight
MEASURED_AT = 200  # pixels: widths at other sizes follow from these
LONGEST = 240  # characters of any one text that are looked at: no name of ours is longer
ELLIPSIS = "…"
SPACES = {"\u2009", "\u00a0", "\u202f"}  # drawn as they are, though they leave no ink


@cache
def font_files() -> list[str]:
    """Where the letters lie, for whoever draws them."""
    return [str(files("font_source_serif_pro") / "files" / f"SourceSerifPro-{n}.ttf") for n in FACES.values()]


@cache
def _face(weight: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(font_files()[list(FACES).index(weight)], MEASURED_AT)


def drawable(text: str) -> str:
    """The text without what these letters cannot say (emoji, other scripts, controls), one space between words."""
    kept = "".join(c if _is_known(c) else " " for c in text[:LONGEST])
    return " ".join(word for word in kept.split(" ") if word)


@lru_cache(maxsize=4096)
def _is_known(character: str) -> bool:
    if character == " " or character in SPACES:
        return True
    if not character.isprintable():
        return False
    face = _face(400)
    return bytes(face.getmask(character)) != bytes(face.getmask("\uffff"))  # what stands for an unknown one


def width(text: str, size: float, weight: int) -> float:
    """How wide a text is, in the units of `size`."""
    return _length(text, weight) * size / MEASURED_AT


@lru_cache(maxsize=8192)  # a text is tried in many sizes
def _length(text: str, weight: int) -> float:
    return _face(weight).getlength(text)


@dataclass(frozen=True, slots=True)
class Set:
    """A text set in lines, none wider than its place."""

    lines: tuple[str, ...]
    size: float
    weight: int

    @property
    def leading(self) -> float:
        """From one line to the next."""
        return self.size * 1.14

    @property
    def height(self) -> float:
        """From the top of the first line to the foot of the last."""
        return self.leading * len(self.lines)


def fit(text: str, wide: float, *, sizes: Sequence[float], lines: int, weight: int = 400) -> Set:
    """The text as large as it can be in so many lines; cut off with an ellipsis when even the smallest size is too large.

    `sizes`: the largest and the smallest.
    """
    words = drawable(text)
    largest, smallest = sizes
    # Not worth trying: what is wider than all lines together.
    size = min(largest, largest * lines * wide / max(1, width(words, largest, weight)))
    while size > smallest:
        found = _wrapped(words, wide, size, weight)
        if len(found) <= lines and not _is_broken(words, found):
            return Set(tuple(found), size, weight)
        size = max(smallest, size * 0.94)
    found = _wrapped(words, wide, smallest, weight)
    if len(found) > lines:
        found = [*found[: lines - 1], _cut(" ".join(found[lines - 1 :]), wide, smallest, weight)]
    return Set(tuple(found), smallest, weight)


def _wrapped(text: str, wide: float, size: float, weight: int) -> list[str]:
    """Lines broken between words, and inside a word only where it is wider than a line."""
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if width(longer, size, weight) <= wide:
            line = longer
            continue
        if line:
            lines.append(line)
        *full, line = _pieces(word, wide, size, weight)
        lines += full
    return [*lines, line] if line else lines


def _pieces(word: str, wide: float, size: float, weight: int) -> list[str]:
    pieces = [""]
    for character in word:
        if pieces[-1] and width(pieces[-1] + character, size, weight) > wide:
            pieces.append("")
        pieces[-1] += character
    return pieces


def _is_broken(text: str, lines: Sequence[str]) -> bool:
    """Whether a word was broken: smaller letters are better."""
    return " ".join(lines) != text


def _cut(text: str, wide: float, size: float, weight: int) -> str:
    while text and width(text.rstrip(" ,.;:") + ELLIPSIS, size, weight) > wide:
        text = text[:-1]
    return text.rstrip(" ,.;:") + ELLIPSIS
