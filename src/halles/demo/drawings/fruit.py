# SPDX-License-Identifier: AGPL-3.0-or-later
"""Fruit, ripe."""

from halles.demo.drawings.colours import darker, lighter, mix
from halles.demo.drawings.garden import LEAF, strawberry_shape
from halles.demo.drawings.paint import Canvas
from halles.demo.drawings.registry import Options, motif
from halles.demo.drawings.shapes import ellipse, leaf, smooth


@motif("apple", "#C4562F", (250, 270), many=5)
def apple(canvas: Canvas, options: Options) -> None:
    colour = options["colour"]
    body = canvas.tremble(
        smooth(
            [
                (0, -196),
                (56, -222),
                (112, -178),
                (118, -100),
                (78, -14),
                (28, 2),
                (0, -8),
                (-28, 2),
                (-78, -14),
                (-118, -100),
                (-112, -178),
                (-56, -222),
            ]
        ),
        3,
    )
    canvas.stand(0, 0, 190, 56)
    canvas.form(body, colour, 50, 0.45)
    canvas.brush(body, mix(colour, "#E8C65A", 0.28), 14, 70, 84, 5)
    canvas.brush(body, darker(colour, 0.1), 9, 54, 96, 5)
    canvas.dots(body, lighter(colour, 0.5), 16, 2.2)
    canvas.fill(ellipse(2, -192, 30, 10, 18), darker(colour, 0.4))
    canvas.line([(2, -190), (8, -226), (20, -250)], "#5B4028", 8)
    if canvas.rng.random() < 0.6:
        canvas.form(leaf(14, -232, 92, 40, -22, 8), LEAF, 10, 0.3)


@motif("pear", "#B9B04A", (230, 340), many=3)
def pear(canvas: Canvas, options: Options) -> None:
    colour = options["colour"]
    body = canvas.tremble(
        smooth(
            [
                (0, -300),
                (40, -280),
                (54, -214),
                (86, -150),
                (108, -84),
                (78, -12),
                (0, 2),
                (-78, -12),
                (-108, -84),
                (-86, -150),
                (-54, -214),
                (-38, -280),
            ]
        ),
        3,
    )
    canvas.stand(0, 0, 180, 56)
    canvas.form(body, colour, 48, 0.45)
    canvas.brush(body, mix(colour, "#C9663A", 0.45), 14, 50, 75, 9)
    canvas.dots(body, darker(colour, 0.3), 30, 2.4)
    canvas.line([(0, -298), (6, -330), (22, -352)], "#5B4028", 9)


@motif("strawberry", "#CF3328", (190, 240), views="punnet", many=7)
def strawberry(canvas: Canvas, options: Options) -> None:
    if options["view"] == "punnet":
        _punnet(canvas, options)
        return
    canvas.stand(0, 0, 120, 40)
    berry = canvas.tremble(strawberry_shape(0, -92, 92, canvas.rng.uniform(-16, 16)), 3)
    canvas.form(berry, options["colour"], 32, 0.5)
    canvas.dots(berry, "#F4D07A", 22, 3.6)
    sepals = [leaf(0, -174, 54, 20, turn, 4) for turn in (-160, -115, -65, -20, 25, 155)]
    canvas.fills([[(x + 2, y + 5) for x, y in one] for one in sepals], "#7C1A16")
    canvas.fills(sepals, "#5F8A3C")
    canvas.line([(0, -176), (8, -206)], "#6E9A46", 6)


def _punnet(canvas: Canvas, options: Options) -> None:
    canvas.stand(0, 0, 230, 40)
    with canvas.frame(0, 0, 0.34):
        for row, count in ((2, 4), (1, 5), (0, 6)):
            for k in range(count):
                with canvas.frame(
                    (k - (count - 1) / 2) * 118,
                    -150 - row * 90 + canvas.rng.uniform(-12, 12),
                    1,
                    canvas.rng.uniform(-50, 50),
                ):
                    _bare(canvas, options)
    canvas.form(smooth([(-124, -90), (124, -90), (104, 0), (-104, 0)], pieces=1), "#D9B57C", 22, 0.3)
    canvas.fills(
        [
            [
                (-119 + k * 4, -66 + k * 28),
                (119 - k * 4, -66 + k * 28),
                (118 - k * 4, -60 + k * 28),
                (-118 + k * 4, -60 + k * 28),
            ]
            for k in range(3)
        ],
        "#A97F48",
    )


def _bare(canvas: Canvas, options: Options) -> None:
    berry = strawberry_shape(0, 0, 84, 0)
    canvas.fill([(x + 8, y + 10) for x, y in berry], darker(options["colour"], 0.45))
    canvas.form(berry, mix(options["colour"], "#E0503A", canvas.rng.random() * 0.5), 30, 0.5)
    canvas.dots(berry, "#F4D07A", 14, 4)
    canvas.fills([leaf(0, -84, 48, 20, turn) for turn in (-150, -90, -30, 20, 160)], "#5F8A3C")


@motif("melon", "#C9C08A", (380, 340), many=3)
def melon(canvas: Canvas, options: Options) -> None:
    colour = options["colour"]
    canvas.stand(0, 0, 300, 90)
    body = canvas.tremble(ellipse(0, -150, 164, 152, 48), 3)
    canvas.form(body, colour, 62, 0.4)
    ribs = [
        smooth([(x * 0.3, -298), (x, -150), (x * 0.3, -4)], closed=False)
        for x in (-140, -84, -28, 30, 86, 140)
    ]
    canvas.lines(ribs, "#6E8A58", 7)
    canvas.brush(body, lighter(colour, 0.35), 40, 22, 30, 4)
    canvas.brush(body, darker(colour, 0.16), 40, 22, -40, 4)
    canvas.form(smooth([(-16, -292), (-10, -330), (14, -334), (18, -292)], pieces=3), "#8C8A58", 8, 0.2)
    with canvas.frame(128, 34, 0.74):
        half = smooth([(-180, -110), (180, -120), (140, -20), (0, 22), (-140, -16)])
        canvas.stand(0, 10, 300, 50)
        canvas.form(half, "#9DA76E", 20, 0.2)
        face = ellipse(0, -114, 180, 62, 40, -2)
        canvas.form(face, "#E9954A", 18, 0.35)
        canvas.form(ellipse(0, -112, 92, 28, 30, -2), "#D87A34", 12, 0)
        canvas.dots(ellipse(0, -110, 80, 20, 26), "#F6E2A8", 22, 7)


@motif("grapes", "#7A9A3C", (320, 460), flat=True, many=2)
def grapes(canvas: Canvas, options: Options) -> None:
    colour = options["colour"]
    canvas.line([(0, -220), (6, -160), (0, -120)], "#6B5232", 12)
    canvas.form(
        smooth([(0, -180), (60, -236), (120, -210), (150, -140), (96, -110), (60, -130)], pieces=5),
        LEAF,
        16,
        0.3,
    )
    spots = []
    for row, count in enumerate((4, 5, 6, 5, 4, 3, 2, 1)):
        spots += [
            ((k - (count - 1) / 2) * 54 + canvas.rng.uniform(-8, 8), -112 + row * 44) for k in range(count)
        ]
    canvas.rng.shuffle(spots)
    canvas.cast(smooth([(-140, -80), (140, -80), (120, 60), (20, 240), (-20, 240), (-120, 60)]), 22)
    for x, y in spots:
        berry = ellipse(x, y, 33, 35, 20)
        canvas.fill([(px + 3, py + 5) for px, py in berry], darker(colour, 0.42))
        canvas.form(berry, mix(colour, lighter(colour, 0.3), canvas.rng.random()), 18, 0.65)


@motif("lemon", "#EBC63A", (270, 200), many=5)
def lemon(canvas: Canvas, options: Options) -> None:
    body = canvas.tremble(
        smooth(
            [
                (-128, -84),
                (-96, -136),
                (-20, -166),
                (64, -148),
                (108, -110),
                (132, -88),
                (108, -54),
                (56, -16),
                (-30, -2),
                (-98, -40),
            ]
        ),
        3,
    )
    canvas.stand(0, 0, 210, 50)
    canvas.form(body, options["colour"], 40, 0.6)
    canvas.dots(body, darker(options["colour"], 0.16), 34, 3)
    if canvas.rng.random() < 0.4:
        canvas.form(leaf(-110, -100, 110, 44, -130, 6), LEAF, 10, 0.3)


@motif("apricot", "#E8964A", (220, 210), many=5)
def apricot(canvas: Canvas, options: Options) -> None:
    colour = options["colour"]
    body = canvas.tremble(ellipse(0, -92, 98, 94, 36), 3)
    canvas.stand(0, 0, 160, 50)
    canvas.form(body, colour, 44, 0.5)
    blush = smooth([(30, -150), (72, -120), (78, -70), (50, -34), (24, -70), (20, -120)])
    canvas.fill(canvas.tremble(blush, 3), mix(colour, "#CF5838", 0.55))
    canvas.dots(body, mix(colour, "#CF5838", 0.5), 22, 3)
    canvas.line(smooth([(-4, -184), (-34, -110), (-12, -14)], closed=False), darker(colour, 0.26), 5)
    canvas.fill(ellipse(-4, -182, 15, 6, 12), "#7A4A2A")


@motif("walnut", "#B98A52", (210, 180), many=7)
def walnut(canvas: Canvas, options: Options) -> None:
    colour = options["colour"]
    body = canvas.tremble(
        smooth(
            [
                (-86, -84),
                (-70, -136),
                (-20, -164),
                (40, -158),
                (86, -120),
                (94, -80),
                (76, -28),
                (24, 0),
                (-36, -4),
                (-78, -40),
            ]
        ),
        3,
    )
    canvas.stand(0, 0, 160, 40)
    canvas.form(body, colour, 40, 0.45)
    for bend in (-58, -34, 32, 54):
        ridge = smooth(
            [
                (-70, -84 + bend * 0.5),
                (-34, -86 + bend),
                (4, -78 + bend * 0.9),
                (40, -88 + bend),
                (78, -82 + bend * 0.5),
            ],
            closed=False,
        )
        canvas.line(ridge, darker(colour, 0.24), 4)
    veins = [
        smooth([(x, y), (x + 10, y + 9), (x + 4, y + 20)], closed=False) for x, y in canvas.scatter(body, 14)
    ]
    canvas.lines(veins, darker(colour, 0.2), 3)
    seam = smooth([(-88, -82), (-40, -92), (0, -86), (44, -94), (95, -84)], closed=False)
    canvas.line([(x + 2, y + 5) for x, y in seam], darker(colour, 0.5), 9)
    canvas.line(seam, lighter(colour, 0.3), 6)
    canvas.fill(leaf(88, -84, 18, 12, 0), darker(colour, 0.3))
