# SPDX-License-Identifier: AGPL-3.0-or-later
"""Breads and pastries."""

import math

from halles.demo.drawings.colours import darker, lighter, mix
from halles.demo.drawings.paint import Canvas
from halles.demo.drawings.registry import Options, motif
from halles.demo.drawings.shapes import Outline, ellipse, leaf, rect, smooth

CRUST = "#B9742E"
CRUMB = "#F1DEB4"


@motif("baguette", CRUST, (150, 620), flat=True, many=3)
def baguette(canvas: Canvas, options: Options) -> None:
    colour, half = options["colour"], 44 if options.get("thin") else 64
    body = smooth(
        [
            (0, -300),
            (half * 0.8, -235),
            (half, -120),
            (half * 0.96, 120),
            (half * 0.8, 235),
            (0, 300),
            (-half * 0.8, 235),
            (-half, 110),
            (-half * 0.97, -120),
            (-half * 0.8, -235),
        ]
    )
    body = canvas.tremble(body, 4)
    canvas.cast(body, 22)
    canvas.form(body, colour, 38, 0.2)
    canvas.brush(body, darker(colour, 0.14), 26, 60, 80, 7)
    for rank in range(5):
        y = -215 + rank * 108
        slash = leaf(-half * 0.62, y + 42, half * 2.05, half * 0.62, -52)
        canvas.fill([(x + 3, v + 5) for x, v in slash], darker(colour, 0.3))
        canvas.fill(slash, mix(CRUMB, colour, 0.28))
        canvas.brush(slash, CRUMB, 7, 26, -52, 6)
    if options.get("seeds"):
        canvas.dots(body, "#F4E3BE", 60, 5)
        canvas.dots(body, "#4A3626", 34, 4)
    else:
        canvas.dots(body, lighter(colour, 0.55), 20, 3)


@motif("loaf", CRUST, (460, 300), views="cut")
def loaf(canvas: Canvas, options: Options) -> None:
    colour = options["colour"]
    body = canvas.tremble(
        smooth(
            [
                (-215, -30),
                (-205, -130),
                (-140, -225),
                (0, -262),
                (140, -228),
                (208, -132),
                (214, -32),
                (150, 2),
                (0, 8),
                (-150, 2),
            ]
        ),
        5,
    )
    canvas.stand(10, 0, 440, 110)
    canvas.form(body, colour, 62, 0.22)
    canvas.brush(body, darker(colour, 0.13), 40, 60, -12, 9)
    canvas.brush(body, lighter(colour, 0.22), 20, 46, -12, 7)
    for x, bend in ((-105, -16), (-15, 0), (78, 16)):
        score = leaf(x - 32 + bend, -70, 150, 34, -74 + bend * 0.4)
        canvas.fill([(px + 5, py + 4) for px, py in score], darker(colour, 0.32))
        canvas.fill(score, mix(CRUMB, colour, 0.3))
    flour = mix("#FFF6E2", colour, 0.12)
    canvas.brush(body, flour, 34 if options.get("floured") else 15, 40, -14, 6)
    if options["view"] == "cut":
        _slices(canvas, options)


def _slices(canvas: Canvas, options: Options) -> None:
    """Two slices leaning in front of the loaf."""
    colour = options["colour"]
    crumb = mix(CRUMB, colour, 0.3 if colour != CRUST else 0.0)
    for x, y, turn in ((-120, 42, -7), (56, 56, 5)):
        with canvas.frame(x, y, 0.86, turn):
            outline = canvas.tremble(
                smooth(
                    [
                        (-118, -8),
                        (-128, -90),
                        (-88, -168),
                        (0, -190),
                        (88, -168),
                        (128, -90),
                        (118, -8),
                        (0, 4),
                    ]
                ),
                3,
            )
            canvas.stand(6, 0, 240, 50)
            canvas.form([(px + 12, py - 2) for px, py in outline], darker(colour, 0.2), 16, 0)
            canvas.form(outline, colour, 14, 0)
            inner = [(px * 0.88, (py + 90) * 0.88 - 90) for px, py in outline]
            canvas.form(inner, crumb, 26, 0.3)
            canvas.dots(inner, darker(crumb, 0.13), 26, 7)
            canvas.dots(inner, lighter(crumb, 0.5), 14, 6)
            if options.get("nuts"):
                canvas.dots(inner, "#7A4A26", 12, 11)


@motif("tinloaf", "#C68A3E", (540, 260), views="cut")
def tinloaf(canvas: Canvas, options: Options) -> None:
    colour = options["colour"]
    canvas.stand(10, 0, 430, 100)
    side = canvas.tremble(
        smooth(
            [
                (-205, 0),
                (-212, -120),
                (-196, -168),
                (-120, -196),
                (0, -190),
                (130, -198),
                (200, -166),
                (210, -110),
                (204, 0),
            ],
            pieces=5,
        ),
        3,
    )
    canvas.form(side, colour, 46, 0.3)
    canvas.brush(side, darker(colour, 0.12), 30, 60, 0, 8)
    canvas.brush([(x, y) for x, y in side if y < -120] or side, darker(colour, 0.25), 14, 50, 0, 9)
    for turn, x in ((0, -150), (-5, -235)) if options["view"] == "cut" else ((0, -150),):
        with canvas.frame(x, 8, 1, turn):
            face = canvas.tremble(
                smooth(
                    [
                        (-72, 0),
                        (-80, -130),
                        (-92, -176),
                        (-40, -212),
                        (40, -212),
                        (92, -176),
                        (80, -130),
                        (72, 0),
                    ],
                    pieces=5,
                ),
                3,
            )
            canvas.form(face, darker(colour, 0.1), 10, 0)
            inner = [(px * 0.86, (py + 100) * 0.88 - 100) for px, py in face]
            canvas.form(inner, "#F6E8C6", 20, 0.3)
            canvas.dots(inner, "#E6D2A4", 22, 5)


@motif("bun", "#D19A52", (250, 150), many=5)
def bun(canvas: Canvas, options: Options) -> None:
    body = canvas.tremble(
        smooth([(-120, -40), (-96, -104), (0, -132), (96, -104), (120, -40), (80, -2), (-80, -2)]), 4
    )
    canvas.stand(4, 0, 235, 50)
    canvas.form(body, options["colour"], 34, 0.35)
    canvas.brush(body, "#F6E6C6", 22, 34, -10, 7)
    canvas.brush(body, darker(options["colour"], 0.22), 9, 26, -10, 8)


@motif("croissant", "#C9832F", (480, 260), many=3)
def croissant(canvas: Canvas, options: Options) -> None:
    colour = options["colour"]
    canvas.stand(6, -6, 430, 70)
    # Segments from the tips to the middle, each one over its neighbour.
    places = [
        (-196, -22, 34, 40),
        (196, -22, 34, 40),
        (-156, -62, 52, 56),
        (156, -62, 52, 56),
        (-88, -96, 66, 78),
        (88, -96, 66, 78),
        (0, -108, 76, 96),
    ]
    for x, y, rx, ry in places:
        turn = -x * 0.16
        part = canvas.tremble(ellipse(x, y, rx, ry, 30, turn + (0 if x == 0 else (24 if x < 0 else -24))), 3)
        canvas.fill([(px * 1.0 + 5, py + 6) for px, py in part], darker(colour, 0.42))
        canvas.form(part, colour, 26, 0.4)
        canvas.brush(part, darker(colour, 0.2), 9, ry * 0.9, 90 - turn, 6)
        canvas.brush(part, lighter(colour, 0.35), 5, ry * 0.7, 90 - turn, 5)


@motif("chocolatine", "#C27F30", (420, 230), many=3)
def chocolatine(canvas: Canvas, options: Options) -> None:
    colour = options["colour"]
    canvas.stand(8, 0, 400, 80)
    body = canvas.tremble(
        smooth(
            [
                (-190, -40),
                (-176, -150),
                (-90, -186),
                (0, -180),
                (96, -188),
                (178, -150),
                (192, -40),
                (150, -2),
                (-150, -2),
            ]
        ),
        4,
    )
    canvas.form(body, colour, 46, 0.35)
    for x in (-118, -60, 0, 60, 118):
        crease = leaf(x, -4, 172, 15, -90 + x * 0.06, 6)
        canvas.fill(crease, darker(colour, 0.26))
    canvas.brush(body, darker(colour, 0.14), 24, 60, 88, 7)
    canvas.brush(body, lighter(colour, 0.35), 14, 50, 88, 6)
    for x in (-186, 174):
        canvas.form(ellipse(x + 6, -58, 13, 15, 14), "#3A2015", 6, 0.2)
        canvas.form(ellipse(x + 2, -94, 12, 14, 14), "#3A2015", 6, 0.2)


@motif("snail", "#C98A3A", (330, 330), flat=True, many=4)
def snail(canvas: Canvas, options: Options) -> None:
    colour = options["colour"]
    body = canvas.tremble(ellipse(0, 0, 155, 150, 44), 5)
    canvas.cast(body, 22)
    canvas.form(body, colour, 34, 0.3)
    spiral: Outline = []
    for step in range(70):
        angle, radius = step * 0.27, 140 - step * 1.95
        spiral.append((radius * math.cos(angle), radius * 0.97 * math.sin(angle)))
    canvas.line(spiral, darker(colour, 0.34), 9)
    canvas.line([(x - 4, y - 6) for x, y in spiral], lighter(colour, 0.35), 8)
    for x, y in canvas.scatter(body, 15):
        canvas.form(ellipse(x, y, 14, 10, 12, canvas.rng.uniform(0, 90)), "#4A2230", 5, 0.3)
    canvas.brush(body, "#FBEBC8", 10, 30, -20, 7)


@motif("braid", "#B8702A", (560, 240), views="cut")
def braid(canvas: Canvas, options: Options) -> None:
    colour = options["colour"]
    canvas.stand(0, 0, 520, 90)
    base = smooth([(-262, -34), (-200, -110), (0, -140), (200, -110), (262, -34), (190, 0), (-190, 0)])
    canvas.form(base, darker(colour, 0.25), 30, 0)
    for rank in range(6):
        x = -205 + rank * 82
        big = 1 - abs(rank - 2.5) * 0.09
        for side, lift in ((1, 0), (-1, 34)):
            strand = canvas.tremble(
                ellipse(x + side * 18, -64 * big - lift + 8, 62 * big, 38 * big, 26, side * 38), 3
            )
            canvas.fill([(px + 4, py + 6) for px, py in strand], darker(colour, 0.42))
            canvas.form(strand, colour, 22, 0.45)
            canvas.brush(strand, darker(colour, 0.18), 5, 40, side * 38, 5)
    canvas.dots(base, "#FFF8E8", 26, 6)
    if options["view"] == "cut":
        with canvas.frame(-150, 34, 1, -4):
            face = canvas.tremble(
                smooth([(-92, -6), (-98, -80), (-50, -128), (0, -118), (52, -130), (98, -78), (92, -6)]), 3
            )
            canvas.stand(0, 0, 200, 40)
            canvas.form(face, colour, 12, 0)
            inner = [(x * 0.86, (y + 62) * 0.86 - 62) for x, y in face]
            canvas.form(inner, "#F5DE9E", 22, 0.4)
            canvas.dots(inner, "#E2BF72", 20, 6)


@motif("turnover", "#CB8B37", (420, 220), many=3)
def turnover(canvas: Canvas, options: Options) -> None:
    colour = options["colour"]
    canvas.stand(0, 0, 390, 80)
    body = canvas.tremble(
        smooth([(-195, -14), (-150, -120), (-30, -180), (110, -150), (188, -70), (196, -10), (0, 4)]), 4
    )
    canvas.form(body, colour, 44, 0.35)
    ribs = [leaf(-150 + k * 56, -12, 150 - abs(k - 2) * 24, 14, -66 + k * 9, 8) for k in range(6)]
    canvas.fills(ribs, darker(colour, 0.24))
    canvas.brush(body, lighter(colour, 0.35), 16, 42, -40, 6)
    teeth = [ellipse(-190 + k * 35, -4, 20, 11, 12) for k in range(12)]
    canvas.fills(teeth, darker(colour, 0.12))


@motif("fougasse", "#C98E48", (420, 520), flat=True)
def fougasse(canvas: Canvas, options: Options) -> None:
    colour = options["colour"]
    body = canvas.tremble(
        smooth(
            [
                (0, -250),
                (110, -170),
                (185, -20),
                (160, 150),
                (70, 235),
                (-60, 240),
                (-165, 150),
                (-188, -30),
                (-110, -180),
            ]
        ),
        7,
    )
    canvas.cast(body, 20)
    canvas.form(body, colour, 36, 0.35)
    canvas.brush(body, darker(colour, 0.14), 40, 50, 60, 8)
    canvas.brush(body, "#F8E6C2", 22, 34, 60, 6)
    holes = [leaf(side * 26, 150 - k * 105, 118, 40, -90 + side * 52) for k in range(3) for side in (-1, 1)]
    holes.append(leaf(0, -130, 90, 30, -90))
    canvas.fills([[(x - 4, y - 6) for x, y in hole] for hole in holes], darker(colour, 0.35))
    canvas.fills(holes, canvas.ground)
    for x, y in canvas.scatter(body, 16):
        canvas.form(ellipse(x, y, 15, 13, 12), "#3D3344", 6, 0.35)
    canvas.dots(body, "#5F7A3A", 22, 5)


@motif("sandwich", "#C07C34", (560, 250), many=2)
def sandwich(canvas: Canvas, options: Options) -> None:
    colour = options["colour"]
    canvas.stand(0, 0, 540, 90)
    bottom = canvas.tremble(
        smooth([(-262, -30), (-250, -62), (0, -74), (250, -62), (262, -30), (230, 0), (-230, 0)]), 3
    )
    canvas.form(bottom, colour, 22, 0.2)
    canvas.fill(rect(-250, -74, 500, 20, 10), CRUMB)
    _filling(canvas, str(options.get("fill", "ham")))
    top = canvas.tremble(
        smooth(
            [
                (-268, -112),
                (-250, -168),
                (-120, -206),
                (60, -212),
                (210, -186),
                (268, -124),
                (250, -104),
                (-250, -98),
            ]
        ),
        4,
    )
    canvas.form(top, colour, 46, 0.3)
    canvas.brush(top, darker(colour, 0.13), 24, 60, -6, 8)
    for x in (-170, -50, 70, 175):
        slash = leaf(x - 30, -128, 104, 24, -48)
        canvas.fill([(px + 3, py + 4) for px, py in slash], darker(colour, 0.28))
        canvas.fill(slash, mix(CRUMB, colour, 0.3))


def _filling(canvas: Canvas, fill: str) -> None:
    leaves = smooth([(-258 + k * 40, -84 + (14 if k % 2 else -8)) for k in range(14)], closed=False, pieces=3)
    canvas.fill([*leaves, (262, -112), (-258, -112)], "#7FA045" if fill != "ham" else "#F4E2A0")
    slice_colour = {"ham": "#E3928C", "goat": "#F7F0DF", "egg": "#FBF5E4"}[fill]
    for rank in range(6):
        x = -205 + rank * 82
        canvas.form(
            canvas.tremble(ellipse(x, -96, 56, 22, 22, canvas.rng.uniform(-6, 6)), 2), slice_colour, 12, 0.3
        )
        if fill == "egg":
            canvas.form(ellipse(x, -95, 26, 11, 16), "#EDB23A", 6, 0.3)
            canvas.form(ellipse(x + 42, -88, 30, 13, 16), "#C8402B", 8, 0.3)
        elif fill == "goat":
            canvas.form(ellipse(x + 40, -86, 15, 10, 10), "#8A5A30", 5, 0.3)
    if fill == "ham":
        canvas.fills([ellipse(-150 + k * 100, -82, 26, 8, 14) for k in range(4)], "#6E8B3A")
