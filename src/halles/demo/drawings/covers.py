# SPDX-License-Identifier: AGPL-3.0-or-later
"""Book covers of our own design: seven layouts, twenty emblems, our own letters."""

import math
from collections.abc import Callable

from halles.demo.drawings.colours import darker, ink_on, lighter, luminance, mix
from halles.demo.drawings.emblems import EMBLEMS
from halles.demo.drawings.letters import break_lines, fit, write
from halles.demo.drawings.paint import Canvas
from halles.demo.drawings.registry import Options
from halles.demo.drawings.shapes import ellipse, rect, smooth

# A cover is drawn around (0, 0); these are its halves.
WIDE, TALL = 150.0, 225.0


def cover(canvas: Canvas, options: Options) -> None:
    """The front of a book."""
    layout = LAYOUTS[str(options.get("layout", "band"))]
    canvas.fill(rect(-WIDE, -TALL, 2 * WIDE, 2 * TALL), options["colour"])
    layout(canvas, options, str(options.get("colour2", "#F3E6CE")))
    # The fold along the spine, and a little light along the edge.
    canvas.fill(rect(-WIDE + 9, -TALL, 4, 2 * TALL), darker(options["colour"], 0.28), 0.5)
    canvas.fill(rect(-WIDE, -TALL, 5, 2 * TALL), "#FFF3DA", 0.3)


def _title(
    canvas: Canvas,
    options: Options,
    y: float,
    ink: str,
    largest: float = 40,
    most: int = 3,
    width: float = 250,
    serif: bool = False,
    weight: float = 0.15,
    x: float = 0,
    align: str = "middle",
) -> float:
    """The title in lines from `y` down; returns where it ends."""
    lines = break_lines(str(options.get("title", "")), most)
    size = fit(lines, width, largest)
    for rank, line in enumerate(lines):
        write(canvas, line, x, y + size * (1 + rank * 1.5), size, ink, weight, serif=serif, align=align)
    return y + size * (1 + (len(lines) - 1) * 1.5)


def _author(
    canvas: Canvas,
    options: Options,
    y: float,
    ink: str,
    width: float = 220,
    x: float = 0,
    align: str = "middle",
) -> None:
    name = str(options.get("author", ""))
    write(canvas, name, x, y, fit([name], width, 15, 4.5), ink, 0.13, 4.5, align=align)


def _band(canvas: Canvas, options: Options, second: str) -> None:
    """A picture above, a band with the words below."""
    _emblem(canvas, options, 0, -70, 112, second)
    canvas.fill(rect(-WIDE, 62, 2 * WIDE, TALL - 62), second)
    ink = ink_on(second)
    end = _title(canvas, options, 84, ink, 34, 3, 250, serif=True)
    _author(canvas, options, max(end + 34, 196), ink)


def _window(canvas: Canvas, options: Options, second: str) -> None:
    """A cut-out arch with the picture in it."""
    ink = second if luminance(second) > luminance(options["colour"]) else ink_on(options["colour"])
    arch = [
        *[
            (104 * math.cos(a), -8 + 104 * math.sin(a))
            for a in (math.pi + math.pi * k / 20 for k in range(21))
        ],
        (104, 116),
        (-104, 116),
    ]
    canvas.fill([(x + 4, y + 5) for x, y in arch], darker(options["colour"], 0.35))
    canvas.fill(arch, second)
    _emblem(canvas, options, 0, 28, 74, options["colour"])
    _title(canvas, options, -202, ink, 30, 2, 262, serif=True)
    _author(canvas, options, 192, ink)


def _split(canvas: Canvas, options: Options, second: str) -> None:
    """Two colours cut on the slant."""
    canvas.fill([(-WIDE, -TALL), (WIDE, -TALL), (WIDE, -40), (-WIDE, 70)], second)
    _emblem(canvas, options, 18, -98, 84, options["colour"])
    ink = ink_on(options["colour"])
    end = _title(canvas, options, 88, ink, 34, 3, 250, x=-126, align="start", weight=0.17)
    _author(canvas, options, max(end + 36, 196), ink, x=-126, align="start")


def _disc(canvas: Canvas, options: Options, second: str) -> None:
    """A great disc."""
    canvas.fill(canvas.tremble(ellipse(0, 52, 112, 112, 60), 1.5), second)
    _emblem(canvas, options, 0, 52, 66, options["colour"])
    ink = ink_on(options["colour"])
    _title(canvas, options, -196, ink, 34, 2, 258, weight=0.16)
    _author(canvas, options, 200, ink)


def _stripes(canvas: Canvas, options: Options, second: str) -> None:
    """The awning's stripes and a label."""
    canvas.fills([rect(-WIDE + 25 + k * 50, -TALL, 25, 2 * TALL) for k in range(6)], second)
    canvas.fill(rect(-116, -112, 232, 200, 3), "#FAF3E2")
    frame = rect(-106, -102, 212, 180)
    canvas.lines([[*frame, frame[0]]], options["colour"], 2.5)
    lines_end = _title(
        canvas,
        options,
        -82,
        darker(options["colour"], 0.25) if luminance(options["colour"]) < 0.6 else "#2B2420",
        28,
        3,
        184,
        serif=True,
    )
    _author(canvas, options, max(lines_end + 34, 56), "#2B2420", 176)


def _type(canvas: Canvas, options: Options, second: str) -> None:
    """Nothing but letters, big."""
    lines = break_lines(str(options.get("title", "")), 4)
    size = min(fit(lines, 262, 74), 300 / (len(lines) * 1.35))
    for rank, line in enumerate(lines):
        write(canvas, line, -131, -192 + size * (1 + rank * 1.36), size, second, 0.2, 2.8, align="start")
    canvas.fill(rect(-131, 150, 60, 8), second)
    _author(
        canvas,
        options,
        198,
        second if abs(luminance(second) - luminance(options["colour"])) > 0.3 else ink_on(options["colour"]),
        x=-131,
        align="start",
    )


def _letter(canvas: Canvas, options: Options, second: str) -> None:
    """The initial, enormous, cut off by the edge."""
    longest = max(str(options.get("title") or "A").replace("'", " ").split(), key=len)
    write(canvas, longest[0], 24, 166, 210, mix(options["colour"], second, 0.5), 0.16)
    ink = ink_on(options["colour"])
    _title(canvas, options, -196, ink, 40, 3, 250, x=-126, align="start", serif=True)
    _author(canvas, options, 204, ink, x=-126, align="start")


def _scene(canvas: Canvas, options: Options, second: str) -> None:
    """A landscape that fills the cover; the words in the sky."""
    base = options["colour"]
    hills = ((40, mix(base, second, 0.25)), (96, mix(base, second, 0.5)), (158, mix(base, second, 0.75)))
    _emblem(canvas, options, 30, -2, 86, second)
    for y, tone in hills:
        ridge = smooth(
            [
                (-WIDE, y + canvas.rng.uniform(-14, 14)),
                (-60, y - canvas.rng.uniform(8, 34)),
                (30, y + canvas.rng.uniform(-4, 20)),
                (100, y - canvas.rng.uniform(0, 26)),
                (WIDE, y + canvas.rng.uniform(-12, 12)),
            ],
            closed=False,
        )
        inner = [(min(max(x, -WIDE), WIDE), py) for x, py in ridge]
        canvas.fill([*inner, (WIDE, TALL), (-WIDE, TALL)], tone)
    _title(canvas, options, -202, ink_on(base), 34, 3, 262, serif=canvas.rng.random() < 0.5)
    _author(canvas, options, 204, ink_on(hills[-1][1]))


LAYOUTS: dict[str, Callable[[Canvas, Options, str], None]] = {
    "band": _band,
    "window": _window,
    "split": _split,
    "disc": _disc,
    "stripes": _stripes,
    "type": _type,
    "letter": _letter,
    "scene": _scene,
}


def _emblem(canvas: Canvas, options: Options, x: float, y: float, size: float, colour: str) -> None:
    name = str(options.get("emblem", "sun"))
    second = mix(colour, options["colour"] if luminance(colour) > 0.5 else "#F6E7C8", 0.45)
    with canvas.frame(x, y, size / 100):
        EMBLEMS[name](canvas, colour, second)


def lines_of_text(canvas: Canvas, x: float, y: float, width: float, count: int) -> None:
    """A page that is read, not deciphered."""
    rows = [[(x, y + k * 15), (x + width * (0.62 if k % 6 == 5 else 1), y + k * 15)] for k in range(count)]
    canvas.lines(rows, lighter("#8F8472", 0.25), 3.4, "butt")
