# SPDX-License-Identifier: AGPL-3.0-or-later
"""Jewels, on their own or in their box."""

import math

from halles.demo.drawings.colours import darker, lighter, mix
from halles.demo.drawings.paint import Canvas
from halles.demo.drawings.registry import Options, motif
from halles.demo.drawings.shapes import Outline, ellipse, leaf, rect, smooth


def _ring(canvas: Canvas, outline: Outline, colour: str, width: float) -> None:
    """A metal wire with its dark and light edges."""
    closed = [*outline, outline[0]]
    canvas.lines([closed], darker(colour, 0.4), width)
    canvas.lines([[(x - width * 0.07, y - width * 0.09) for x, y in closed]], colour, width * 0.74)
    canvas.lines(
        [
            [
                (x - width * 0.2, y - width * 0.24)
                for x, y in outline[len(outline) // 2 : len(outline) * 4 // 5]
            ]
        ],
        lighter(colour, 0.7),
        width * 0.2,
    )


def _velvet(canvas: Canvas, half: float = 230) -> None:
    """An open case lined with velvet."""
    case = rect(-half, -half * 0.86, 2 * half, 2 * half * 0.86, 26)
    canvas.cast(case, 26)
    canvas.form(case, "#4A2A36", 16, 0.25)
    pad = rect(-half + 26, -half * 0.86 + 26, 2 * half - 52, 2 * half * 0.86 - 52, 16)
    canvas.form(pad, "#2F3F5C", 18, 0.12)
    canvas.brush(pad, "#3D5072", 34, 40, -30, 7)


@motif("ring", "#D9AE4A", (420, 420), flat=True, views="box")
def ring(canvas: Canvas, options: Options) -> None:
    colour = options["colour"]
    if options["view"] == "box":
        _velvet(canvas)
    size = 0.72 if options["view"] == "box" else 1.0
    with canvas.frame(0, 20, size, -8):
        hoop = ellipse(0, 20, 128, 124, 60)
        canvas.cast([*hoop], 22)
        canvas.fill(ellipse(0, 20, 112, 108, 50), canvas.ground if options["view"] != "box" else "#2F3F5C")
        _ring(canvas, hoop, colour, 30)
        if options.get("stone"):
            stone = str(options["stone"])
            canvas.form(ellipse(0, -112, 64, 60, 36), darker(colour, 0.1), 16, 0.5)
            canvas.form(ellipse(0, -114, 48, 45, 32), stone, 24, 0.4)
            facets = [
                [(0, -114), (44 * math.cos(a), -114 + 41 * math.sin(a))]
                for a in (k * math.pi / 3 for k in range(6))
            ]
            canvas.lines(facets, lighter(stone, 0.25), 2.4)
            canvas.fill(leaf(-30, -120, 34, 15, -48), lighter(stone, 0.8))
        else:
            for turn in (-24, 24):
                loop = ellipse(0, -104, 70, 30, 34, turn)
                _ring(canvas, loop, colour, 18)


@motif("necklace", "#C9CCD0", (460, 520), flat=True, views="box")
def necklace(canvas: Canvas, options: Options) -> None:
    colour = options["colour"]
    if options["view"] == "box":
        _velvet(canvas, 250)
    chain = smooth(
        [
            (-150, -220),
            (-190, -90),
            (-120, 60),
            (0, 120),
            (120, 60),
            (190, -90),
            (150, -220),
            (40, -262),
            (-60, -256),
        ],
        pieces=12,
    )
    size = 0.78 if options["view"] == "box" else 1.0
    with canvas.frame(0, 8 if size == 1 else -6, size):
        if options.get("motif") == "beads":
            _beads(canvas, chain, colour)
            return
        canvas.lines([[(x + 5, y + 7) for x, y in [*chain, chain[0]]]], darker(canvas.ground, 0.3), 5)
        canvas.lines([[*chain, chain[0]]], darker(colour, 0.35), 6)
        canvas.fills([ellipse(x, y, 4.4, 4.4, 8) for x, y in chain[::2]], lighter(colour, 0.3))
        _rosette(canvas, 0, 176, 72, colour)
        loop = ellipse(0, 110, 11, 14, 16)
        canvas.lines([[*loop, loop[0]]], colour, 6)


def _beads(canvas: Canvas, chain: Outline, colour: str) -> None:
    canvas.lines([[(x + 7, y + 10) for x, y in [*chain, chain[0]]]], darker(canvas.ground, 0.2), 22)
    tones = (colour, "#3F6F8A", "#8FBF9A", "#2F5F5A", "#B9D0B0")
    for rank, (x, y) in enumerate(chain[::3]):
        radius = 17 + 11 * max(0.0, (y + 60) / 180)
        tone = tones[rank % 5]
        canvas.form(ellipse(x, y, radius, radius * 0.94, 20), tone, radius * 0.6, 0.6)
        canvas.fill(
            ellipse(x + radius * 0.3, y + radius * 0.3, radius * 0.25, radius * 0.2, 10), lighter(tone, 0.4)
        )


def _rosette(canvas: Canvas, x: float, y: float, size: float, colour: str) -> None:
    disc = ellipse(x, y, size, size, 44)
    canvas.cast(disc, 14)
    canvas.form(disc, colour, 14, 0.5)
    canvas.fill(ellipse(x, y, size * 0.84, size * 0.84, 40), darker(colour, 0.4))
    canvas.fills([leaf(x, y, size * 0.84, size * 0.36, angle) for angle in range(0, 360, 45)], colour)
    canvas.lines(
        [
            [(x, y), (x + size * 0.7 * math.cos(math.radians(a)), y + size * 0.7 * math.sin(math.radians(a)))]
            for a in range(0, 360, 45)
        ],
        lighter(colour, 0.5),
        3,
    )
    canvas.form(ellipse(x, y, size * 0.2, size * 0.2, 20), lighter(colour, 0.1), 7, 0.6)


@motif("earrings", "#D6A740", (380, 420), flat=True, views="box")
def earrings(canvas: Canvas, options: Options) -> None:
    colour = options["colour"]
    drop = options.get("motif") == "drop"
    if options["view"] == "box":
        _velvet(canvas)
    metal = "#C9CCD0" if drop else colour
    size = 0.7 if options["view"] == "box" else 1.0
    for x in (-86, 86):
        with canvas.frame(x * size, 0, size, x * 0.05):
            hook = smooth([(-4, -70), (6, -150), (34, -176), (54, -140), (46, -84)], closed=False)
            canvas.line([(px + 6, py + 8) for px, py in hook], darker(canvas.ground, 0.25), 6)
            canvas.line(hook, darker(metal, 0.2), 7)
            canvas.line([(px - 1, py - 2) for px, py in hook], lighter(metal, 0.5), 2.6)
            if drop:
                bead = smooth([(0, -70), (40, 20), (54, 84), (0, 140), (-54, 84), (-40, 20)])
                canvas.cast(bead, 16)
                canvas.form(bead, colour, 30, 0.6)
                canvas.fill(smooth([(10, 50), (30, 80), (6, 112), (-14, 90)]), lighter(colour, 0.3))
                canvas.dots(bead, darker(colour, 0.4), 7, 4)
            else:
                canvas.cast(leaf(0, -66, 220, 110, 90), 14)
                for k in range(4):
                    for side in (-1, 1):
                        canvas.form(leaf(0, 100 - k * 42, 84 - k * 10, 34, -90 + side * 44), colour, 8, 0.5)
                canvas.form(leaf(0, 140, 120, 40, -90), colour, 10, 0.5)
                canvas.line([(0, 140), (0, -70)], darker(colour, 0.4), 4)


@motif("brooch", "#2F5F8A", (420, 380), flat=True)
def brooch(canvas: Canvas, options: Options) -> None:
    colour = options["colour"]
    body = smooth(
        [
            (0, -130),
            (34, -112),
            (40, -70),
            (120, -30),
            (176, 60),
            (120, 84),
            (60, 60),
            (24, 110),
            (0, 92),
            (-24, 110),
            (-60, 60),
            (-120, 84),
            (-176, 60),
            (-120, -30),
            (-40, -70),
            (-34, -112),
        ]
    )
    canvas.cast(body, 20)
    canvas.form([(x * 1.07, y * 1.07) for x, y in body], "#C9A14A", 14, 0.5)
    canvas.form(body, colour, 24, 0.4)
    for side in (-1, 1):
        canvas.fills(
            [
                leaf(side * 50, -10, 96 - k * 14, 20, (26 if side > 0 else 154) + side * k * 18)
                for k in range(4)
            ],
            mix(colour, "#1E1A24", 0.6),
        )
        canvas.fills([ellipse(side * (60 + k * 26), 40 - k * 3, 7, 7, 12) for k in range(4)], "#E9D9A8")
    canvas.fills([ellipse(-14, -100, 7, 7, 12), ellipse(14, -100, 7, 7, 12)], "#F3E6CE")
    canvas.fill([(-9, -88), (9, -88), (0, -66)], "#E3A63B")
    canvas.lines(
        [
            smooth([(-20, -60), (0, -40), (20, -60)], closed=False),
            smooth([(-24, -34), (0, -14), (24, -34)], closed=False),
        ],
        "#E9D9A8",
        5,
    )


@motif("medal", "#A8753A", (360, 360), flat=True, many=2)
def medal(canvas: Canvas, options: Options) -> None:
    colour = options["colour"]
    disc = ellipse(0, 0, 160, 160, 60)
    canvas.cast(disc, 22)
    canvas.form(disc, colour, 20, 0.5)
    canvas.fill(ellipse(0, 0, 138, 138, 54), darker(colour, 0.16))
    canvas.fills(
        [
            ellipse(148 * math.cos(a), 148 * math.sin(a), 4.4, 4.4, 8)
            for a in (k * math.pi / 22 for k in range(44))
        ],
        lighter(colour, 0.35),
    )
    light, shade = lighter(colour, 0.3), darker(colour, 0.42)
    front = [(-60, 84), (-60, -20), (0, -70), (60, -20), (60, 84)]
    canvas.fill([(x + 5, y + 6) for x, y in front], shade)
    canvas.form(front, light, 14, 0.3)
    for x in (-78, 78):
        tower = [(x - 15, 84), (x - 15, -26), (x, -82), (x + 15, -26), (x + 15, 84)]
        canvas.fill([(px + 4, py + 5) for px, py in tower], shade)
        canvas.form(tower, light, 8, 0.3)
    doors = [
        [(x - h, 84), (x - h, 84 - 2.2 * h), (x, 84 - 3.2 * h), (x + h, 84 - 2.2 * h), (x + h, 84)]
        for x, h in ((0, 17), (-38, 12), (38, 12))
    ]
    canvas.fills([*doors, ellipse(0, -26, 11, 14, 18)], shade)
    canvas.line([(-104, 90), (104, 90)], light, 6)
