# SPDX-License-Identifier: AGPL-3.0-or-later
"""Vegetables and herbs of the season."""

from halles.demo.drawings.colours import darker, lighter, mix
from halles.demo.drawings.paint import Canvas
from halles.demo.drawings.registry import Options, motif
from halles.demo.drawings.shapes import Outline, ellipse, leaf, moved, smooth

LEAF = "#5F8A3C"


def strawberry_shape(x: float, y: float, size: float, turn: float) -> Outline:
    shape = smooth(
        [
            (0, -1.05),
            (0.62, -0.75),
            (0.86, -0.1),
            (0.4, 0.8),
            (0, 1.2),
            (-0.4, 0.8),
            (-0.86, -0.1),
            (-0.62, -0.75),
        ],
        pieces=3,
    )
    return moved(shape, x, y, size, turn)


def tuft(
    canvas: Canvas, x: float, y: float, length: float, count: int, colour: str, spread: float = 70
) -> None:
    """Leaves that spring from a crown."""
    for k in range(count):
        turn = -90 + spread * (k / max(count - 1, 1) - 0.5) * 2 + canvas.rng.uniform(-6, 6)
        blade = leaf(x, y, canvas.vary(length, 0.2), length * 0.24, turn, canvas.rng.uniform(-12, 12))
        canvas.fill(blade, mix(colour, darker(colour, 0.3), canvas.rng.random() * 0.8))
        canvas.line(blade[:9:2], lighter(colour, 0.3), 2)


@motif("carrot", "#E07B2C", (230, 600), flat=True, many=5)
def carrot(canvas: Canvas, options: Options) -> None:
    colour = options["colour"]
    body = canvas.tremble(
        smooth(
            [
                (-52, -110),
                (0, -126),
                (52, -110),
                (58, -60),
                (36, 90),
                (10, 250),
                (0, 290),
                (-10, 250),
                (-34, 90),
                (-58, -60),
            ]
        ),
        4,
    )
    tuft(canvas, 0, -112, 200, 9, LEAF, 34)
    canvas.cast(body, 18)
    canvas.form(body, colour, 28, 0.35)
    rings = [
        leaf(-44 + 12 * (k % 2) + k * 4, -70 + k * 48, 44 - k * 4, 7, canvas.rng.uniform(-8, 8))
        for k in range(7)
    ]
    canvas.fills(rings, darker(colour, 0.26))
    canvas.fill(ellipse(0, -116, 22, 9, 14), darker(LEAF, 0.2))


@motif("potato", "#D9B36C", (240, 190), many=7)
def potato(canvas: Canvas, options: Options) -> None:
    body = canvas.tremble(
        ellipse(0, -72, canvas.vary(112, 0.1), canvas.vary(74, 0.08), 34, canvas.rng.uniform(-16, 16)), 7
    )
    canvas.stand(0, 0, 200, 40)
    canvas.form(body, options["colour"], 34, 0.4)
    canvas.brush(body, darker(options["colour"], 0.14), 14, 24, 10, 8)
    canvas.dots(body, darker(options["colour"], 0.34), 9, 4)


@motif("tomato", "#C93A26", (260, 220), many=5)
def tomato(canvas: Canvas, options: Options) -> None:
    colour = options["colour"]
    if options.get("heirloom"):
        colour = canvas.rng.choice(("#C93A26", "#E39A2E", "#6B2A33", "#D65A6A", "#8A9A3A"))
    wide = canvas.vary(122, 0.08)
    body = smooth(
        [
            (0, -180),
            (wide * 0.5, -198),
            (wide * 0.94, -150),
            (wide, -84),
            (wide * 0.7, -14),
            (0, 2),
            (-wide * 0.7, -14),
            (-wide, -84),
            (-wide * 0.94, -150),
            (-wide * 0.5, -198),
        ]
    )
    canvas.stand(0, 0, wide * 1.8, 60)
    canvas.form(canvas.tremble(body, 3), colour, 50, 0.45)
    if options.get("heirloom"):
        canvas.fills(
            [leaf(x * 0.3, -174, 130 - abs(x), 12, 90 - x * 0.7, x * 0.2) for x in (-56, 0, 56)],
            darker(colour, 0.2),
        )
    star = [leaf(0, -176, 62, 20, turn, 4) for turn in (-168, -120, -60, -12, 35, 145)]
    canvas.fills([[(x + 3, y + 6) for x, y in one] for one in star], darker(colour, 0.4))
    canvas.fills(star, "#5E7F34")
    canvas.line([(0, -176), (6, -206)], "#4B6A2C", 9)


@motif("leek", "#F0EFDC", (210, 700), flat=True, many=3)
def leek(canvas: Canvas, options: Options) -> None:
    for k, turn in enumerate((-112, -104, -96, -88, -80, -70)):
        blade = leaf(0, 20, 350 - abs(k - 2.5) * 26, 74, turn, (k - 2.5) * 8)
        canvas.cast(blade, 10)
        canvas.form(blade, mix("#3F6B3C", "#86A860", k / 5), 16, 0.25)
        canvas.line(blade[1:8], "#A9C28A", 2.5)
    shaft = canvas.tremble(
        smooth([(-40, -90), (40, -90), (38, 120), (48, 236), (30, 268), (-30, 268), (-48, 236), (-38, 120)]),
        2,
    )
    canvas.cast(shaft, 18)
    canvas.form(shaft, options["colour"], 26, 0.1)
    canvas.brush([p for p in shaft if p[1] < 40] or shaft, "#B5CB8A", 16, 110, 90, 7)
    canvas.brush(shaft, "#D9DDBD", 14, 110, 90, 5)
    canvas.lines(
        [[(x, 262), (x * 1.5 + canvas.rng.uniform(-8, 8), 312)] for x in range(-24, 28, 6)], "#CDBE94", 3
    )


@motif("onion", "#D39A45", (230, 270), many=5)
def onion(canvas: Canvas, options: Options) -> None:
    colour = options["colour"]
    body = canvas.tremble(
        smooth(
            [
                (0, -250),
                (14, -206),
                (70, -176),
                (108, -100),
                (84, -26),
                (0, 2),
                (-84, -26),
                (-108, -100),
                (-70, -176),
                (-14, -206),
            ]
        ),
        3,
    )
    canvas.stand(0, 0, 190, 46)
    canvas.form(body, colour, 40, 0.45)
    ribs = [smooth([(0, -216), (x, -104), (x * 0.4, -6)], closed=False) for x in (-84, -48, 0, 44, 80)]
    canvas.lines(ribs, darker(colour, 0.22), 3)
    canvas.lines([[(x, 0), (x * 1.4, 12)] for x in (-14, -7, 0, 7, 14)], "#C8B48A", 3)


@motif("garlic", "#F2EBDD", (240, 270), many=3)
def garlic(canvas: Canvas, options: Options) -> None:
    canvas.stand(0, 0, 210, 50)
    for x, rx in ((-70, 52), (70, 52), (-34, 58), (36, 58), (0, 60)):
        clove = smooth(
            [
                (x * 0.12, -230),
                (x * 0.5 + rx * 0.3, -176),
                (x + rx * 0.9, -90),
                (x + rx * 0.3, -6),
                (x, 0),
                (x - rx * 0.5, -8),
                (x - rx * 0.8, -90),
                (x * 0.4 - rx * 0.2, -176),
            ]
        )
        canvas.form(clove, options["colour"], 26, 0.2)
        canvas.brush(clove, "#D8A9AE", 7, 90, -90 + x * 0.2, 7)
    canvas.form(smooth([(-14, -196), (-8, -268), (10, -268), (16, -196)], pieces=4), "#E3D6BC", 8, 0)


@motif("courgette", "#4F7A3A", (620, 170), many=3)
def courgette(canvas: Canvas, options: Options) -> None:
    colour = options["colour"]
    canvas.stand(0, 0, 560, 60)
    body = canvas.tremble(
        smooth(
            [
                (-262, -40),
                (-240, -96),
                (-60, -110),
                (130, -104),
                (270, -118),
                (290, -64),
                (270, -16),
                (80, -6),
                (-120, -4),
                (-240, -10),
            ]
        ),
        3,
    )
    canvas.form(body, colour, 40, 0.25)
    canvas.brush(body, "#8FB163", 30, 80, -1, 5)
    canvas.dots(body, "#A9C77F", 50, 3)
    canvas.form(smooth([(276, -112), (340, -110), (338, -70), (280, -40)], pieces=3), "#7E8F4E", 12, 0.2)


@motif("pumpkin", "#D9622A", (440, 420), many=3)
def pumpkin(canvas: Canvas, options: Options) -> None:
    colour = options["colour"]
    canvas.stand(0, 0, 400, 110)
    for x, rx in ((-120, 84), (120, 84), (-66, 92), (66, 92), (0, 92)):
        rib = smooth(
            [
                (x * 0.25, -350),
                (x + rx * 0.6, -270),
                (x + rx, -150),
                (x + rx * 0.62, -28),
                (x, 0),
                (x - rx * 0.62, -28),
                (x - rx, -150),
                (x - rx * 0.6, -270),
            ]
        )
        canvas.form(canvas.tremble(rib, 2), colour, 40, 0.3)
        canvas.brush(rib, lighter(colour, 0.25), 7, 70, 90, 6)
        canvas.brush(rib, darker(colour, 0.16), 8, 70, 90, 6)
    canvas.form(
        smooth([(-30, -330), (-18, -380), (-40, -430), (0, -440), (22, -384), (34, -330), (0, -318)]),
        "#8C7A45",
        16,
        0.3,
    )


@motif("mushroom", "#E2CFAE", (240, 250), many=5)
def mushroom(canvas: Canvas, options: Options) -> None:
    colour = options["colour"]
    canvas.stand(0, 0, 130, 60)
    canvas.form(
        canvas.tremble(smooth([(-42, -110), (42, -110), (46, -14), (0, 2), (-46, -14)]), 3),
        "#F4EAD6",
        26,
        0.1,
    )
    canvas.fill(ellipse(0, -108, 92, 26, 26), "#8F7358")
    cap = canvas.tremble(
        smooth(
            [
                (-116, -104),
                (-104, -180),
                (-50, -228),
                (10, -236),
                (70, -222),
                (110, -172),
                (116, -104),
                (60, -124),
                (-60, -124),
            ]
        ),
        3,
    )
    canvas.form(cap, colour, 44, 0.4)
    canvas.brush(cap, darker(colour, 0.12), 12, 30, -14, 7)


@motif("beet", "#6B1F3F", (250, 470), many=3)
def beet(canvas: Canvas, options: Options) -> None:
    canvas.stand(0, 0, 170, 50)
    stems = [smooth([(0, -200), (x * 0.5, -300), (x, -400)], closed=False) for x in (-80, -30, 20, 78)]
    canvas.lines(stems, "#A8355E", 12)
    for x in (-80, -30, 20, 78):
        canvas.form(leaf(x * 0.7, -330, 170, 74, -90 + x * 0.4), LEAF, 16, 0.25)
        canvas.line([(x * 0.7, -332), (x * 0.7 + x * 0.9, -470)], "#A8355E", 4)
    body = canvas.tremble(
        smooth(
            [
                (0, -214),
                (70, -196),
                (112, -130),
                (84, -50),
                (20, -6),
                (6, 40),
                (-4, 40),
                (-20, -6),
                (-84, -50),
                (-112, -130),
                (-70, -196),
            ]
        ),
        3,
    )
    canvas.form(body, options["colour"], 46, 0.3)
    canvas.brush(body, "#8A3A5A", 12, 40, 0, 5)
