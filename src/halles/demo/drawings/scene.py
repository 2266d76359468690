# SPDX-License-Identifier: AGPL-3.0-or-later
"""Composition: a motif, a view and a ground become one picture."""

import hashlib
from typing import Any

import resvg_py

from halles.demo.drawings import grounds
from halles.demo.drawings.colours import darker, lighter
from halles.demo.drawings.grounds import HORIZON
from halles.demo.drawings.paint import Canvas
from halles.demo.drawings.registry import MOTIFS, Motif, Options
from halles.demo.drawings.shapes import ellipse, rect

# Where things stand when there are several: x, depth (0 at the back, 1 in front).
PLACES = {
    2: ((-0.42, 0.0), (0.36, 0.9)),
    3: ((-0.62, 0.15), (0.60, 0.0), (0.0, 1.0)),
    4: ((-0.75, 0.2), (0.2, 0.0), (0.85, 0.35), (-0.15, 1.0)),
    5: ((-0.55, 0.0), (0.5, 0.0), (-1.0, 0.6), (0.95, 0.6), (0.0, 1.0)),
    6: ((-0.8, 0.0), (0.0, 0.0), (0.8, 0.0), (-0.45, 0.8), (0.45, 0.75), (1.2, 0.7)),
    7: ((-0.95, 0.0), (0.0, 0.0), (0.95, 0.0), (-1.3, 0.6), (-0.45, 0.7), (0.5, 0.65), (0.05, 1.25)),
}
# Views that bring company need more room.
WIDER_VIEWS = {
    "board": 0.8,
    "glass": 1.0,
    "flutes": 1.0,
    "slice": 0.86,
    "small": 0.86,
    "scene": 0.78,
    "box": 0.9,
    "bag": 0.86,
}
FLAT_PLACES = {
    2: ((-0.3, -0.2), (0.32, 0.22)),
    3: ((-0.36, -0.26), (0.36, -0.12), (0.0, 0.36)),
    4: ((-0.34, -0.3), (0.34, -0.26), (-0.3, 0.34), (0.36, 0.32)),
    5: ((-0.4, -0.34), (0.36, -0.36), (0.0, 0.02), (-0.36, 0.38), (0.4, 0.36)),
    6: ((-0.42, -0.28), (0.0, -0.34), (0.42, -0.28), (-0.4, 0.3), (0.02, 0.26), (0.43, 0.32)),
    7: ((-0.42, -0.34), (0.04, -0.4), (0.44, -0.26), (-0.2, 0.02), (0.26, 0.1), (-0.42, 0.4), (0.2, 0.46)),
}


def picture(drawing: Options) -> str:
    """The SVG of a drawing."""
    known = MOTIFS[drawing["kind"]]
    options: dict[str, Any] = {"view": "one", **drawing}
    options.setdefault("colour", known.colour)
    seed = str(drawing.get("seed", "")) + repr(sorted((k, str(v)) for k, v in drawing.items()))
    canvas = Canvas(hashlib.sha256(seed.encode()).hexdigest())
    colours = [str(options[part]) for part in ("colour", "glass", "rind") if part in options]
    if known.flat:
        palette = grounds.choose_flat(canvas, colours)
        cover = options.get("ground") or canvas.rng.choice(("paper", "paper", "planks", "cloth"))
        ground = grounds.top_view(canvas, palette, cover)
    else:
        palette = grounds.choose(canvas, colours)
        backdrop = options.get("ground") or canvas.rng.choice(("window", "window", "arch", "sun", "plain"))
        ground = grounds.room(canvas, palette, backdrop, HORIZON - _lift(known, options))
    canvas.ground = palette.table
    options["accent"] = options.get("accent") or palette.accent
    _place(canvas, known, options)
    body = "".join([*ground, *canvas.shadows, *canvas.things])
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 800">{body}</svg>'


def render(drawing: Options, size: int = 800) -> bytes:
    """A drawing as a square PNG."""
    return bytes(
        resvg_py.svg_to_bytes(svg_string=picture(drawing), width=size, height=size, skip_system_fonts=True)
    )


def _place(canvas: Canvas, known: Motif, options: dict[str, Any]) -> None:
    view, single = options["view"], {**options, "view": "one"}
    if view in known.views or view == "one":
        _alone(canvas, known, options)
    elif view == "crate":
        _crate(canvas, known, single)
    elif view == "close":
        _near(canvas, known, single)
    elif known.flat:
        _lay(canvas, known, single, _count(known, options))
    else:
        _stand(canvas, known, single, _count(known, options), _lift(known, options))


def _lift(known: Motif, options: Options) -> float:
    """Low things are seen from higher up: the table rises with them, or one would see mostly wall."""
    if options["view"] == "close":
        return 0.0
    several = options["view"] in ("pair", "group")
    tall = known.height * (_group_scale(known, options) if several else _scale(known, options))
    return max(0.0, (340 if several else 420) - tall) * 0.5


def _count(known: Motif, options: Options) -> int:
    return 2 if options["view"] == "pair" else min(max(options.get("quantity", known.many), 2), 7)


def _group_scale(known: Motif, options: Options) -> float:
    wide = {2: 1.75, 3: 1.95, 4: 2.1, 5: 2.35, 6: 2.5, 7: 2.7}[_count(known, options)]
    return min(700 / (known.width * wide), 500 / known.height, 1.7)


def _scale(known: Motif, options: Options) -> float:
    scale = min(
        (640 if not known.flat else 690) / known.width, (590 if not known.flat else 690) / known.height, 2.1
    )
    return scale * WIDER_VIEWS.get(options["view"], 1.0)


def _alone(canvas: Canvas, known: Motif, options: Options) -> None:
    scale = _scale(known, options)
    if known.flat:
        with canvas.frame(400, 405, scale, canvas.rng.uniform(-5, 5)):
            known.paint(canvas, options)
    else:
        with canvas.frame(400 - 14 * scale, 690 - _lift(known, options), scale):
            known.paint(canvas, options)


def _near(canvas: Canvas, known: Motif, options: Options) -> None:
    scale = min(560 / known.width, 520 / known.height, 1.9) * 1.75
    if known.flat:
        with canvas.frame(430, 440, scale, canvas.rng.choice((-18, -12, 14, 20))):
            known.paint(canvas, options)
    else:
        with canvas.frame(455, 640 + known.height * scale * 0.16, scale):
            known.paint(canvas, options)


def _stand(canvas: Canvas, known: Motif, options: Options, count: int, lift: float) -> None:
    scale = _group_scale(known, {**options, "view": "pair" if count == 2 else "group", "quantity": count})
    step = known.width * scale * (1.05 if count == 2 else 0.78)
    front = min(715.0, HORIZON + 175 + known.height * scale * 0.2) - lift
    for x, depth in sorted(PLACES[count], key=lambda place: place[1]):
        size = scale * (0.94 + 0.06 * depth) * canvas.rng.uniform(0.96, 1.04)
        with canvas.frame(395 + x * step, front - (1 - depth) * (70 + lift * 0.35), size):
            known.paint(canvas, options)


def _lay(canvas: Canvas, known: Motif, options: Options, count: int) -> None:
    if known.height > known.width * 1.7:
        _bundle(canvas, known, options, count)
        return
    places = FLAT_PLACES[count]
    share = {2: 0.66, 3: 0.58, 4: 0.5, 5: 0.44, 6: 0.42, 7: 0.38}[len(places)]
    scale = min(660 / known.width, 660 / known.height) * share
    for x, y in places:
        with canvas.frame(400 + x * 640, 405 + y * 640, scale, canvas.rng.uniform(-16, 16)):
            known.paint(canvas, options)


def _crate(canvas: Canvas, known: Motif, options: Options) -> None:
    """A market crate, filled; the slats come last and hide the feet."""
    wood = "#C99E66"
    canvas.stand(400, 690, 560, 110)
    canvas.fill([(136, 470), (664, 470), (690, 560), (110, 560)], darker(wood, 0.4))
    scale = min(150 / known.width, 190 / known.height) if not known.flat else 330 / known.height
    rows = ((455, 4, 0.92), (520, 5, 1.0), (580, 5, 1.06)) if not known.flat else ((430, 7, 1.0),)
    for y, count, size in rows:
        for place in range(count):
            x = 400 + (place - (count - 1) / 2) * 500 / count + canvas.rng.uniform(-10, 10)
            turn = canvas.rng.uniform(-14, 14)
            with canvas.frame(x, y + canvas.rng.uniform(-8, 8), scale * size * 1.12, turn):
                known.paint(canvas, options)
    canvas.shadows = canvas.shadows[:3]
    for top, height in ((560, 54), (626, 54)):
        slat = canvas.tremble(rect(112, top, 576, height, 4), 2)
        canvas.form(slat, wood, 12, 0.3)
        canvas.brush(slat, darker(wood, 0.14), 14, 130, 0, 5)
    for x in (124, 640):
        canvas.form(rect(x, 500, 36, 192, 3), lighter(wood, 0.12), 10, 0.3)
        canvas.fills([ellipse(x + 18, y, 4, 4, 8) for y in (578, 600, 642, 664)], darker(wood, 0.5))


def _bundle(canvas: Canvas, known: Motif, options: Options, count: int) -> None:
    """Long things lie side by side, a little askew."""
    scale = min(620 / known.height, 700 / (known.width * 0.72 * count))
    for rank in range(count):
        x = 400 + (rank - (count - 1) / 2) * known.width * scale * 0.7
        with canvas.frame(x, 405 + canvas.rng.uniform(-16, 16), scale, canvas.rng.uniform(-9, 9)):
            known.paint(canvas, options)
