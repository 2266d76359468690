# SPDX-License-Identifier: AGPL-3.0-or-later
"""An alphabet of our own, drawn in strokes: no font needs to be installed for a cover to have its title."""

import unicodedata
from collections.abc import Sequence

from halles.demo.drawings.paint import Canvas
from halles.demo.drawings.shapes import Outline, Point

# Each letter: its width, then strokes on a grid 14 high; M starts one, L goes straight, Q bends.
GLYPHS: dict[str, tuple[float, str]] = {
    "A": (10, "M0 14L5 0L10 14M1.9 9.2L8.1 9.2"),
    "B": (8.5, "M0 14L0 0L4 0Q7.6 0 7.6 3.4Q7.6 6.6 4 6.6L0 6.6M4 6.6Q8.5 6.6 8.5 10.3Q8.5 14 4 14L0 14"),
    "C": (9.5, "M9.5 2.6Q8 0 5 0Q0 0 0 7Q0 14 5 14Q8 14 9.5 11.4"),
    "D": (9.5, "M0 0L3.6 0Q9.5 0 9.5 7Q9.5 14 3.6 14L0 14L0 0"),
    "E": (7.5, "M7.5 0L0 0L0 14L7.5 14M0 6.8L6.2 6.8"),
    "F": (7.2, "M7.2 0L0 0L0 14M0 6.8L6 6.8"),
    "G": (10, "M9.6 2.6Q8 0 5 0Q0 0 0 7Q0 14 5.2 14Q10 14 10 7.6L6 7.6"),
    "H": (9, "M0 0L0 14M9 0L9 14M0 6.8L9 6.8"),
    "I": (0.6, "M0.3 0L0.3 14"),
    "J": (6, "M6 0L6 10Q6 14 3 14Q0.6 14 0 11.6"),
    "K": (8.6, "M0 0L0 14M8.2 0L0 8.6M2.8 6L8.6 14"),
    "L": (7, "M0 0L0 14L7 14"),
    "M": (11.6, "M0 14L1 0L5.8 10L10.6 0L11.6 14"),
    "N": (9.2, "M0 14L0 0L9.2 14L9.2 0"),
    "O": (10.6, "M5.3 0Q0 0 0 7Q0 14 5.3 14Q10.6 14 10.6 7Q10.6 0 5.3 0"),
    "P": (8, "M0 14L0 0L4 0Q8 0 8 3.8Q8 7.6 4 7.6L0 7.6"),
    "Q": (10.6, "M5.3 0Q0 0 0 7Q0 14 5.3 14Q10.6 14 10.6 7Q10.6 0 5.3 0M6.4 10.4L10.4 15"),
    "R": (8.6, "M0 14L0 0L4 0Q8 0 8 3.6Q8 7.2 4 7.2L0 7.2M4.4 7.2L8.6 14"),
    "S": (8, "M7.6 2.3Q6.4 0 4 0Q0.4 0 0.4 3.5Q0.4 6 4 6.8Q8 7.7 8 10.5Q8 14 4 14Q1 14 0 11.3"),
    "T": (8.6, "M0 0L8.6 0M4.3 0L4.3 14"),
    "U": (9, "M0 0L0 9Q0 14 4.5 14Q9 14 9 9L9 0"),
    "V": (10, "M0 0L5 14L10 0"),
    "W": (14, "M0 0L3.4 14L7 2.4L10.6 14L14 0"),
    "X": (9, "M0 0L9 14M9 0L0 14"),
    "Y": (9, "M0 0L4.5 7L9 0M4.5 7L4.5 14"),
    "Z": (8.4, "M0 0L8.4 0L0 14L8.4 14"),
    "0": (9, "M4.5 0Q0 0 0 7Q0 14 4.5 14Q9 14 9 7Q9 0 4.5 0"),
    "1": (4, "M0 3L4 0L4 14"),
    "2": (8, "M0.2 3.4Q0.6 0 4.2 0Q7.6 0 7.6 3.6Q7.6 6 4.6 9L0 14L8 14"),
    "3": (8, "M0.4 1.8Q1.8 0 4 0Q7.4 0 7.4 3.4Q7.4 6.6 3.4 6.6Q8 6.6 8 10.3Q8 14 4 14Q1 14 0 11.6"),
    "4": (9, "M6.4 14L6.4 0L0 9.8L9 9.8"),
    "5": (8, "M7.2 0L1.4 0L0.8 6.2Q2.2 5.2 4 5.2Q8 5.2 8 9.5Q8 14 4 14Q1 14 0 11.8"),
    "6": (8.6, "M7.6 1.4Q6.4 0 4.8 0Q0 0 0 8.6Q0 14 4.3 14Q8.6 14 8.6 9.8Q8.6 6 4.6 6Q1.4 6 0 9"),
    "7": (8, "M0 0L8 0L2.6 14"),
    "8": (
        8.4,
        "M4.2 6.6Q0.6 6.6 0.6 3.3Q0.6 0 4.2 0Q7.8 0 7.8 3.3Q7.8 6.6 4.2 6.6Q0 6.6 0 10.3Q0 14 4.2 14"
        "Q8.4 14 8.4 10.3Q8.4 6.6 4.2 6.6",
    ),
    "9": (8.6, "M1 12.6Q2.2 14 3.8 14Q8.6 14 8.6 5.4Q8.6 0 4.3 0Q0 0 0 4.2Q0 8 4 8Q7.2 8 8.6 5"),
    " ": (4.5, ""),
    "-": (4, "M0 7.4L4 7.4"),
    "'": (0.8, "M0.6 0L0 3.4"),
    ".": (0.6, "M0.3 13.8L0.3 14"),
    ",": (1, "M0.8 13.4L0 16"),
    ":": (0.6, "M0.3 4.6L0.3 4.8M0.3 13.6L0.3 13.8"),
    "%": (
        10,
        "M9 0L1 14M2.2 0Q0 0 0 2.4Q0 4.8 2.2 4.8Q4.4 4.8 4.4 2.4Q4.4 0 2.2 0"
        "M7.8 9.2Q5.6 9.2 5.6 11.6Q5.6 14 7.8 14Q10 14 10 11.6Q10 9.2 7.8 9.2",
    ),
    "&": (10, "M10 14L2.6 4.4Q1.6 0 4.4 0Q7.2 0 6.6 3Q6 5.4 2.4 7Q0 8.4 0 10.6Q0 14 3.8 14Q8 14 9.6 8.4"),
    "/": (6, "M6 0L0 14"),
}
# Marks above or below, centred on the letter; the hook of the cedilla hangs from the foot.
MARKS: dict[str, str] = {
    "\u0301": "M-1.2 -1.8L1.6 -4.2",
    "\u0300": "M1.2 -1.8L-1.6 -4.2",
    "\u0302": "M-2.4 -1.8L0 -4.2L2.4 -1.8",
    "\u0308": "M-2 -2.8L-1.9 -2.8M1.9 -2.8L2 -2.8",
    "\u0327": "M0.4 14L0 15.6Q2.2 16 1.2 17.6L-1 17.8",
}


def _strokes(source: str) -> list[Outline]:
    strokes: list[Outline] = []
    for piece in source.replace("M", " M").replace("L", " L").replace("Q", " Q").split(" M")[0:]:
        words = piece.replace("L", " L ").replace("Q", " Q ").replace("M", "").split()
        if words:
            strokes.append(_follow(words))
    return strokes


def _follow(words: list[str]) -> Outline:
    points: Outline = [(float(words[0]), float(words[1]))]
    at = 2
    while at < len(words):
        if words[at] == "L":
            points.append((float(words[at + 1]), float(words[at + 2])))
            at += 3
        else:
            x0, y0 = points[-1]
            x1, y1, x2, y2 = (float(word) for word in words[at + 1 : at + 5])
            for step in range(1, 7):
                t = step / 6
                points.append(
                    (
                        (1 - t) ** 2 * x0 + 2 * t * (1 - t) * x1 + t * t * x2,
                        (1 - t) ** 2 * y0 + 2 * t * (1 - t) * y1 + t * t * y2,
                    )
                )
            at += 5
    return points


_LETTERS = {letter: (width, _strokes(source)) for letter, (width, source) in GLYPHS.items()}
_MARKS = {mark: _strokes(source) for mark, source in MARKS.items()}


def spell(text: str) -> list[tuple[str, str]]:
    """Capital letters with the marks they carry: « Œuvre » gives O, E, U, V, R, E."""
    text = text.upper().replace("Œ", "OE").replace("Æ", "AE").replace("’", "'").replace("\u00a0", " ")
    letters: list[tuple[str, str]] = []
    for sign in unicodedata.normalize("NFD", text):
        if sign in _MARKS and letters:
            letters[-1] = (letters[-1][0], letters[-1][1] + sign)
        elif sign in _LETTERS:
            letters.append((sign, ""))
    return letters


def width_of(text: str, size: float, tracking: float = 3.2) -> float:
    """How wide the text is when capitals are `size` high."""
    letters = spell(text)
    return (sum(_LETTERS[sign][0] for sign, _ in letters) + tracking * max(0, len(letters) - 1)) * size / 14


def break_lines(text: str, most: int) -> list[str]:
    """The text in at most `most` lines, as even as its words allow."""
    words = text.split()
    for count in range(1, most + 1):
        target = len(text) / count + 2
        lines = [""]
        for word in words:
            if lines[-1] and len(lines[-1]) + len(word) > target:
                lines.append("")
            lines[-1] = f"{lines[-1]} {word}".strip()
        if count == most or max(map(len, lines)) <= 11:
            return lines
    return [text]


def fit(lines: Sequence[str], width: float, largest: float, tracking: float = 3.2) -> float:
    """The largest size at which every line holds in the width."""
    widest = max((width_of(line, 1, tracking) for line in lines), default=1) or 1
    return min(largest, width / widest)


def write(
    canvas: Canvas,
    text: str,
    x: float,
    y: float,
    size: float,
    colour: str,
    weight: float = 0.13,
    tracking: float = 3.2,
    serif: bool = False,
    align: str = "middle",
) -> None:
    """Letters `size` high with their feet at `y`; `weight` is the stroke's share of the size."""
    unit = size / 14
    total = width_of(text, size, tracking)
    left = x - {"start": 0, "middle": total / 2, "end": total}[align]
    strokes: list[Outline] = []
    for sign, marks in spell(text):
        wide, shapes = _LETTERS[sign]
        strokes += [[(left + px * unit, y + (py - 14) * unit) for px, py in shape] for shape in shapes]
        for mark in marks:
            middle = left + wide * unit / 2
            strokes += [
                [(middle + px * unit, y + (py - 14) * unit) for px, py in shape] for shape in _MARKS[mark]
            ]
        if serif:
            strokes += [_tick(point, unit, left, y) for shape in shapes for point in _feet(shape)]
        left += (wide + tracking) * unit
    if strokes:
        canvas.lines(strokes, colour, max(size * weight, 1.2), "butt" if serif else "round")


def _feet(shape: Outline) -> list[Point]:
    """Where a stroke ends upright at the top or at the bottom of the line: a serif belongs there."""
    feet = []
    for end, before in ((shape[0], shape[1]), (shape[-1], shape[-2])):
        if (
            end[1] in (0, 14)
            and abs(end[1] - before[1]) > abs(end[0] - before[0]) * 1.2
            and abs(end[1] - before[1]) > 3
        ):
            feet.append(end)
    return feet


def _tick(point: Point, unit: float, left: float, y: float) -> Outline:
    x, height = left + point[0] * unit, y + (point[1] - 14) * unit
    return [(x - 1.7 * unit, height), (x + 1.7 * unit, height)]
