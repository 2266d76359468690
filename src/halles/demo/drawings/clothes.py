# SPDX-License-Identifier: AGPL-3.0-or-later
"""Garments laid flat, as one lays them on the counter."""

import math

from halles.demo.drawings.colours import darker, lighter, luminance, mix
from halles.demo.drawings.paint import Canvas
from halles.demo.drawings.registry import Options, motif
from halles.demo.drawings.shapes import (
    Outline,
    box,
    densify,
    ellipse,
    holds,
    leaf,
    moved,
    rect,
    smooth,
    spans,
)

BONE = "#EFE3C8"


def cloth(canvas: Canvas, outline: Outline, colour: str, options: Options, depth: float = 26) -> None:
    """A piece of cloth with its pattern and its folds."""
    canvas.cast(outline, 18)
    canvas.form(outline, colour, depth, 0.14)
    pattern = str(options.get("pattern", "plain"))
    tone = str(
        options.get("colour2", darker(colour, 0.22) if luminance(colour) > 0.4 else lighter(colour, 0.35))
    )
    if pattern in ("stripes", "check"):
        _rows(canvas, outline, tone, 34 if pattern == "stripes" else 56, 12)
    if pattern == "stripes":
        return
    if pattern == "check":
        _columns(canvas, outline, mix(colour, tone, 0.7), 56, 12)
    elif pattern in ("cord", "pleats"):
        _columns(canvas, outline, mix(colour, tone, 0.55), 22 if pattern == "cord" else 44, 4)
    elif pattern in ("cable", "knit"):
        _stitches(canvas, outline, mix(colour, tone, 0.5))
    elif pattern == "flowers":
        _flowers(canvas, outline)
    elif pattern == "leaves":
        canvas.fills(
            [
                leaf(x, y, 54, 20, canvas.rng.uniform(0, 360))
                for x, y in canvas.scatter(moved(outline, 0, 0, 0.86), 40)
            ],
            tone,
        )
    else:
        canvas.brush(outline, mix(colour, tone, 0.22), 26, 60, 84, 5)


def _rows(canvas: Canvas, outline: Outline, colour: str, gap: float, height: float) -> None:
    _left, top, _right, bottom = box(outline)
    bands = []
    y = top + gap
    while y < bottom - height:
        bands += [
            [
                (a, y),
                ((a + b) / 2, y + 3),
                (b, y),
                (b, y + height),
                ((a + b) / 2, y + height + 3),
                (a, y + height),
            ]
            for a, b in spans(outline, y + height / 2, True)
        ]
        y += gap
    canvas.fills(bands, colour)


def _columns(canvas: Canvas, outline: Outline, colour: str, gap: float, width: float) -> None:
    left, _top, right, _bottom = box(outline)
    bands = []
    x = left + gap
    while x < right - width:
        bands += [
            [(x, a + 4), (x + width, a + 4), (x + width, b - 4), (x, b - 4)]
            for a, b in spans(outline, x + width / 2, False)
        ]
        x += gap
    canvas.fills(bands, colour)


def _stitches(canvas: Canvas, outline: Outline, colour: str) -> None:
    left, top, right, bottom = box(outline)
    marks = []
    x = left + 14
    while x < right:
        y = top + 14
        while y < bottom:
            if holds(outline, x - 12, y) and holds(outline, x + 12, y) and holds(outline, x, y + 18):
                marks.append([(x - 7, y), (x, y + 14)])
                marks.append([(x + 7, y), (x, y + 14)])
            y += 24
        x += 26
    canvas.lines(marks, colour, 3.4)


def _flowers(canvas: Canvas, outline: Outline) -> None:
    for x, y in canvas.scatter(outline, 34):
        tone = canvas.rng.choice(("#F3E6CE", "#E8A98F", "#E3B85A"))
        canvas.fills(
            [ellipse(x + 9 * math.cos(a), y + 9 * math.sin(a), 7, 7, 8) for a in (0, 1.26, 2.51, 3.77, 5.03)],
            tone,
        )
        canvas.fill(ellipse(x, y, 4, 4, 8), "#6B2A33")


def buttons(
    canvas: Canvas, x: float, top: float, bottom: float, count: int, colour: str = BONE, radius: float = 8
) -> None:
    step = (bottom - top) / max(count - 1, 1)
    spots = [(x, top + k * step) for k in range(count)]
    canvas.fills([ellipse(px + 2, py + 3, radius, radius, 14) for px, py in spots], "#2A1826")
    canvas.fills([ellipse(px, py, radius, radius, 14) for px, py in spots], colour)
    canvas.fills([ellipse(px + d, py, 1.7, 1.7, 6) for px, py in spots for d in (-3, 3)], darker(colour, 0.5))


def _torso(
    half: float, top: float, bottom: float, sleeve: float, cuff: float
) -> tuple[Outline, list[Outline]]:
    """A body and its two sleeves; `sleeve` is how far down the cuffs reach."""
    side = [
        (half - 20, top + 22),
        (half + 2, top + 64),
        (half - 8, top + 180),
        (half, bottom - 40),
        (half - 4, bottom),
    ]
    right = [(60.0, top), *side]
    body = densify([*right, *((-x, y) for x, y in reversed(right))], 20)
    reach = half + 40 + (sleeve - top) * 0.16
    outer = smooth(
        [(half - 40, top + 16), (half + 8, top + 40), (half + 44, top + 120), (reach, sleeve)],
        closed=False,
        pieces=4,
    )
    inner = smooth(
        [(reach - cuff, sleeve + 14), (half + 8, top + 196), (half - 26, top + 130)], closed=False, pieces=4
    )
    arm = densify([*outer, *inner], 26)
    return body, [arm, [(-x, y) for x, y in arm]]


def _neck(canvas: Canvas, top: float, depth: float, colour: str, rib: float = 12) -> None:
    canvas.fill(
        smooth(
            [
                (-58, top - 4),
                (-34, top + depth * 0.8),
                (0, top + depth),
                (34, top + depth * 0.8),
                (58, top - 4),
                (0, top + 8),
            ],
            pieces=5,
        ),
        darker(colour, 0.45),
    )
    canvas.line(
        smooth(
            [
                (-58, top - 2),
                (-36, top + depth * 0.8),
                (0, top + depth),
                (36, top + depth * 0.8),
                (58, top - 2),
            ],
            closed=False,
        ),
        darker(colour, 0.14),
        rib,
    )


def _rib(canvas: Canvas, x: float, y: float, width: float, colour: str) -> None:
    hem = rect(x, y, width, 30, 5)
    canvas.form(hem, darker(colour, 0.08), 6, 0.1)
    canvas.lines(
        [[(x + k, y + 4), (x + k, y + 27)] for k in range(8, int(width) - 4, 12)], darker(colour, 0.26), 2.6
    )


@motif("jumper", "#22304F", (560, 520), flat=True, views="folded")
def jumper(canvas: Canvas, options: Options) -> None:
    colour = options["colour"]
    if options["view"] == "folded":
        folded(canvas, options)
        return
    body, arms = _torso(150, -230, 220, 150, 62)
    for arm in arms:
        cloth(canvas, canvas.tremble(arm, 2), colour, options, 20)
    cloth(canvas, canvas.tremble(body, 2), colour, options)
    if options.get("pattern") == "cable":
        for x in (-74, 0, 74):
            twist = [
                ellipse(x + (7 if k % 2 else -7), -150 + k * 24, 15, 19, 16, 24 if k % 2 else -24)
                for k in range(14)
            ]
            canvas.fills(twist, lighter(colour, 0.22))
            canvas.lines([[*one, one[0]] for one in twist], darker(colour, 0.22), 2.4)
    _neck(canvas, -230, 40, colour, 18)
    _rib(canvas, -150, 206, 300, colour)
    for side in (-1, 1):
        with canvas.frame(side * 217, 148, 1, side * -9):
            _rib(canvas, -34, -8, 68, colour)


def folded(canvas: Canvas, options: Options) -> None:
    """Folded in a square, a second one beneath."""
    colour = options["colour"]
    under = canvas.tremble(rect(-172, -190, 360, 420, 22), 2)
    canvas.cast(under, 20)
    canvas.form(under, mix(colour, "#EBDFC6", 0.55), 18, 0.2)
    cloth(canvas, canvas.tremble(rect(-186, -206, 358, 408, 22), 2), colour, options, 24)
    _neck(canvas, -198, 58, colour, 16)
    canvas.fill(rect(-24, -176, 48, 28, 3), BONE)
    canvas.lines([[(-14, -162), (14, -162)]], "#8A2B3B", 3)
    canvas.line([(-150, 150), (130, 158)], darker(colour, 0.2), 4)


@motif("cardigan", "#D0A030", (560, 540), flat=True, views="folded")
def cardigan(canvas: Canvas, options: Options) -> None:
    colour = options["colour"]
    body, arms = _torso(156, -230, 230, 160, 62)
    knit = {**options, "pattern": "knit"}
    if not options.get("sleeveless"):
        for arm in arms:
            cloth(canvas, canvas.tremble(arm, 2), colour, knit, 20)
    cloth(canvas, canvas.tremble(body, 2), colour, knit)
    canvas.fill([(-54, -232), (54, -232), (4, 10), (-4, 10)], darker(colour, 0.45))
    for side in (-1, 1):
        canvas.line([(side * 56, -230), (side * 9, 8), (side * 9, 226)], darker(colour, 0.12), 17)
        pocket = rect(side * 84 - 42, 100, 84, 84, 6)
        canvas.form(pocket, darker(colour, 0.05), 8, 0.2)
        canvas.line([(side * 84 - 42, 106), (side * 84 + 42, 106)], darker(colour, 0.26), 8)
    buttons(canvas, -8, 30, 180, 3, BONE, 12)


@motif("shirt", "#F5F1E6", (560, 540), flat=True, views="folded")
def shirt(canvas: Canvas, options: Options) -> None:
    colour = options["colour"]
    body, arms = _torso(146, -236, 230, 160, 54)
    for arm in arms:
        cloth(canvas, canvas.tremble(arm, 2), colour, options, 18)
    cloth(canvas, canvas.tremble(body, 2), colour, options)
    canvas.fill(rect(-16, -214, 32, 438), lighter(colour, 0.2))
    canvas.lines([[(-16, -206), (-16, 222)], [(16, -206), (16, 222)]], darker(colour, 0.16), 2.4)
    for side in (-1, 1):
        collar = [(side * 4, -208), (side * 62, -246), (side * 84, -196), (side * 34, -160)]
        canvas.cast(collar, 5)
        canvas.form(collar if side > 0 else collar[::-1], lighter(colour, 0.15), 7, 0.1)
    canvas.fill(smooth([(-44, -238), (0, -216), (44, -238), (0, -252)], pieces=5), darker(colour, 0.35))
    canvas.lines([rect(38, -110, 76, 84, 4)], darker(colour, 0.2), 3)
    buttons(canvas, 0, -150, 190, 6, "#FBF7EC" if luminance(colour) < 0.8 else "#CDBB98", 6)


@motif("tee", "#F5F1E6", (560, 520), flat=True, views="folded")
def tee(canvas: Canvas, options: Options) -> None:
    colour = options["colour"]
    if options["view"] == "folded":
        folded(canvas, options)
        return
    body, arms = _torso(
        150, -226, 214, 150 if options.get("long") else -20, 60 if options.get("long") else 92
    )
    for arm in arms:
        cloth(canvas, canvas.tremble(arm, 2), colour, options, 18)
    cloth(canvas, canvas.tremble(body, 2), colour, options)
    _neck(canvas, -226, 46, colour, 11)
    canvas.line([(-146, 202), (146, 202)], darker(colour, 0.16), 3)
    if options.get("blouse"):
        canvas.line([(0, -180), (0, -60)], darker(colour, 0.35), 4)
        buttons(canvas, 0, -166, -76, 3, BONE, 7)
        canvas.lines(
            [[(x, -150), (x * 1.1, -20)] for x in (-110, -88, -66, 66, 88, 110)], darker(colour, 0.14), 3
        )
