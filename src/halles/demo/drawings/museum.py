# SPDX-License-Identifier: AGPL-3.0-or-later
"""Casts and sculptures: stone, plaster, bronze."""

from halles.demo.drawings.colours import darker, lighter, mix
from halles.demo.drawings.paint import Canvas
from halles.demo.drawings.registry import Options, motif
from halles.demo.drawings.shapes import ellipse, lathe, leaf, rect, smooth


def plinth(canvas: Canvas, half: float, colour: str = "#4A4540", high: float = 46) -> None:
    canvas.stand(0, 0, half * 2, 110)
    canvas.form(rect(-half, -high, half * 2, high, 3), colour, 14, 0.25)
    canvas.fill(
        [(-half, -high), (half, -high), (half - 10, -high - 10), (-half + 10, -high - 10)],
        lighter(colour, 0.25),
    )


def chiselled(canvas: Canvas, outline: list[tuple[float, float]], colour: str, count: int = 26) -> None:
    canvas.brush(outline, darker(colour, 0.14), count, 26, 60, 4)
    canvas.brush(outline, lighter(colour, 0.3), count // 2, 22, 60, 4)


@motif("capital", "#D9CDB4", (440, 430), views="side")
def capital(canvas: Canvas, options: Options) -> None:
    colour = options["colour"]
    turned = options["view"] == "side"
    canvas.stand(0, 0, 280, 120)
    basket = smooth(
        [(-108, -10), (108, -10), (124, -120), (190, -290), (0, -300), (-190, -290), (-124, -120)], pieces=5
    )
    canvas.form(basket, darker(colour, 0.16), 60, 0.1)
    for row, (foot, tall, count, spread) in enumerate(((-20, 160, 5, 210), (-110, 180, 4, 240))):
        for k in range(count):
            x = (k - (count - 1) / 2) * spread / count + (14 if turned else 0)
            with canvas.frame(x, foot, 1, x * 0.1):
                blade = smooth(
                    [
                        (-34, 0),
                        (-46, -tall * 0.5),
                        (-30, -tall * 0.86),
                        (0, -tall),
                        (30, -tall * 0.86),
                        (46, -tall * 0.5),
                        (34, 0),
                    ]
                )
                canvas.fill([(px + 6, py + 5) for px, py in blade], darker(colour, 0.4))
                canvas.form(blade, mix(colour, lighter(colour, 0.2), row * 0.5), 20, 0.35)
                canvas.lines(
                    [
                        [(0, -6), (0, -tall * 0.8)],
                        *(
                            [(0, -tall * s), (side * 28, -tall * (s + 0.2))]
                            for s in (0.2, 0.42)
                            for side in (-1, 1)
                        ),
                    ],
                    darker(colour, 0.28),
                    5,
                )
                canvas.form(ellipse(0, -tall + 8, 24, 17, 20), lighter(colour, 0.15), 8, 0.4)
    for side in (-1, 1):
        spiral = ellipse(side * 166, -292, 40, 40, 30)
        canvas.form(spiral, colour, 18, 0.4)
        canvas.lines(
            [[*ellipse(side * 166, -292, 24, 24, 22)[3:]], [*ellipse(side * 166, -292, 10, 10, 14)[2:]]],
            darker(colour, 0.35),
            5,
        )
    if not turned:
        _face(canvas, 0, -306, 46, colour)
    canvas.form(
        smooth([(-216, -390), (216, -390), (206, -330), (0, -344), (-206, -330)], pieces=3), colour, 16, 0.35
    )
    canvas.form(lathe([(120, -18), (124, 0), (0, 8)]), colour, 10, 0.3)
    canvas.dots(basket, darker(colour, 0.3), 26, 3)


def _face(canvas: Canvas, x: float, y: float, size: float, colour: str) -> None:
    with canvas.frame(x, y, size / 100):
        canvas.form(
            smooth([(0, -100), (66, -70), (72, 10), (40, 84), (0, 104), (-40, 84), (-72, 10), (-66, -70)]),
            colour,
            34,
            0.3,
        )
        _features(canvas, colour)


def _features(canvas: Canvas, colour: str) -> None:
    """Almond eyes, a straight nose, a shut mouth: a Romanesque calm."""
    shade = darker(colour, 0.36)
    canvas.fills([leaf(-50, -16, 40, 20, 0), leaf(12, -16, 40, 20, 0)], shade)
    canvas.fills([leaf(-44, -14, 30, 11, 0), leaf(17, -14, 30, 11, 0)], lighter(colour, 0.25))
    canvas.fills([ellipse(-28, -13, 6, 6, 10), ellipse(33, -13, 6, 6, 10)], shade)
    canvas.fill([(-3, -24), (6, -24), (20, 34), (-4, 38)], darker(colour, 0.2))
    canvas.lines(
        [
            smooth([(-54, -32), (-28, -44), (-6, -30)], closed=False),
            smooth([(8, -30), (32, -44), (56, -30)], closed=False),
        ],
        shade,
        6,
    )
    canvas.fill(leaf(-22, 60, 46, 15, 0), shade)


@motif("bust", "#CFC2A8", (330, 500), views="side")
def bust(canvas: Canvas, options: Options) -> None:
    colour, turned = options["colour"], options["view"] == "side"
    plinth(canvas, 84, high=52)
    chest = smooth(
        [
            (-40, -230),
            (40, -230),
            (66, -206),
            (150, -176),
            (158, -120),
            (104, -72),
            (60, -52),
            (-60, -52),
            (-104, -72),
            (-158, -120),
            (-150, -176),
            (-66, -206),
        ]
    )
    canvas.form(chest, colour, 44, 0.3)
    chiselled(canvas, chest, colour)
    folds = [
        smooth(
            [(-140 + k * 50, -176 + abs(k - 3) * 6), (-70 + k * 34, -116), (-24 + k * 16, -62)], closed=False
        )
        for k in range(6)
    ]
    canvas.lines(folds, darker(colour, 0.24), 7)
    canvas.lines([[(x - 6, y) for x, y in fold] for fold in folds], lighter(colour, 0.3), 4)
    canvas.form([(-38, -300), (40, -300), (48, -214), (-46, -214)], darker(colour, 0.2), 16, 0)
    if not options.get("crown"):
        canvas.form(ellipse(82 if turned else 70, -404, 50, 46, 28), darker(colour, 0.14), 22, 0.3)
    with canvas.frame(8 if turned else 0, -352, 0.98, 5 if turned else -2):
        (_king if options.get("crown") else _maiden)(canvas, colour)


def _maiden(canvas: Canvas, colour: str) -> None:
    """Hair parted in the middle and drawn back."""
    hair = darker(colour, 0.18)
    canvas.form(
        smooth(
            [
                (-84, 40),
                (-98, -40),
                (-64, -112),
                (0, -130),
                (66, -110),
                (98, -40),
                (86, 40),
                (60, 70),
                (-60, 70),
            ]
        ),
        hair,
        26,
        0.3,
    )
    canvas.form(
        smooth([(0, -86), (56, -58), (68, 8), (44, 76), (0, 104), (-44, 76), (-68, 8), (-56, -58)]),
        colour,
        34,
        0.3,
    )
    _features(canvas, colour)
    for side in (-1, 1):
        lock = smooth(
            [
                (0, -118),
                (side * 62, -90),
                (side * 92, -20),
                (side * 84, 44),
                (side * 64, 10),
                (side * 52, -52),
            ]
        )
        canvas.form(lock if side > 0 else lock[::-1], mix(colour, hair, 0.7), 14, 0.3)
        waves = [
            smooth(
                [
                    (side * 6, -112 + k * 12),
                    (side * (52 + k * 3), -78 + k * 14),
                    (side * (78 - k * 4), -10 + k * 16),
                ],
                closed=False,
            )
            for k in range(3)
        ]
        canvas.lines(waves, darker(colour, 0.34), 5)


def _king(canvas: Canvas, colour: str) -> None:
    """A curled beard and a crown."""
    gold = mix(colour, "#B98A4A", 0.4)
    canvas.form(
        smooth([(-76, 40), (-92, -30), (-80, -90), (80, -90), (92, -30), (76, 40)]),
        darker(colour, 0.2),
        20,
        0.2,
    )
    canvas.form(
        smooth([(0, -100), (62, -70), (70, 10), (44, 84), (0, 104), (-44, 84), (-70, 10), (-62, -70)]),
        colour,
        36,
        0.3,
    )
    _features(canvas, colour)
    for row, count in ((0, 7), (1, 5), (2, 3)):
        for k in range(count):
            x = (k - (count - 1) / 2) * 21
            canvas.form(
                ellipse(x, 92 + row * 25 - abs(x) * 0.32, 14, 17, 16),
                mix(colour, darker(colour, 0.2), 0.4 + 0.3 * (k % 2)),
                8,
                0.35,
            )
    canvas.form(
        [
            (-84, -66),
            (-94, -136),
            (-58, -102),
            (-34, -150),
            (0, -108),
            (34, -150),
            (58, -102),
            (94, -136),
            (84, -66),
        ],
        gold,
        14,
        0.35,
    )
    canvas.form(rect(-88, -84, 176, 30, 6), lighter(gold, 0.1), 9, 0.3)
    canvas.fills([ellipse(-60 + k * 40, -69, 8, 8, 12) for k in range(4)], darker(colour, 0.4))


@motif("lion", "#B9AA8C", (480, 380))
def lion(canvas: Canvas, options: Options) -> None:
    colour = options["colour"]
    plinth(canvas, 210, darker(colour, 0.2), 36)
    canvas.line(
        smooth([(160, -90), (226, -140), (196, -230), (150, -210)], closed=False), darker(colour, 0.16), 20
    )
    canvas.form(ellipse(150, -214, 24, 18, 18), darker(colour, 0.1), 8, 0.3)
    body = smooth(
        [
            (-150, -150),
            (-60, -218),
            (90, -210),
            (170, -150),
            (180, -40),
            (120, -38),
            (104, -104),
            (-70, -100),
            (-84, -38),
            (-150, -38),
        ]
    )
    canvas.form(body, colour, 50, 0.3)
    for x in (-118, 146):
        canvas.form(rect(x - 32, -62, 72, 28, 12), colour, 10, 0.3)
        canvas.lines(
            [[(x - 12 + k * 18, -58), (x - 12 + k * 18, -38)] for k in range(3)], darker(colour, 0.35), 4
        )
    for k in range(14):
        turn = 360 * k / 14
        canvas.form(
            leaf(-126, -214, 112, 44, turn, 10),
            mix(colour, darker(colour, 0.2), 0.3 + 0.4 * (k % 2)),
            10,
            0.3,
        )
    _face(canvas, -130, -214, 74, lighter(colour, 0.1))
    canvas.fill(leaf(-138, -156, 30, 22, 80), "#A8604A")
    chiselled(canvas, body, colour, 30)


@motif("relief", "#E3D8C0", (400, 500), flat=True)
def relief(canvas: Canvas, options: Options) -> None:
    colour = options["colour"]
    knot = options.get("motif") == "knot"
    half = 200 if knot else 240
    slab = canvas.tremble(rect(-190, -half, 380, 2 * half, 6), 4)
    canvas.cast(slab, 24)
    canvas.form(slab, colour, 16, 0.35)
    hollow = rect(-164, -half + 26, 328, 2 * half - 52, 4)
    canvas.fill([(x - 4, y - 5) for x, y in hollow], darker(colour, 0.32))
    canvas.fill(hollow, darker(colour, 0.12))
    (_knotwork if knot else _figure)(canvas, colour)
    chiselled(canvas, hollow, darker(colour, 0.12), 18)


def _knotwork(canvas: Canvas, colour: str) -> None:
    rings = [ellipse(x, y, 88, 88, 60) for x in (-56, 56) for y in (-56, 56)]
    rings.append(ellipse(0, 0, 134, 134, 80))
    closed = [[*ring, ring[0]] for ring in rings]
    canvas.lines([[(x + 6, y + 8) for x, y in ring] for ring in closed], darker(colour, 0.42), 26)
    for ring in closed:
        canvas.lines([ring], darker(colour, 0.05), 25)
        canvas.lines([ring], darker(colour, 0.25), 5)
    canvas.lines([[(x - 5, y - 7) for x, y in ring[24:50]] for ring in closed], lighter(colour, 0.4), 5)


def _figure(canvas: Canvas, colour: str) -> None:
    halo = ellipse(0, -138, 82, 82, 40)
    canvas.form(halo, darker(colour, 0.02), 14, 0.3)
    cloak = smooth([(-40, -110), (-118, -20), (-130, 200), (130, 200), (118, -20), (40, -110)], pieces=5)
    canvas.fill([(x + 9, y + 10) for x, y in cloak], darker(colour, 0.4))
    canvas.form(cloak, colour, 34, 0.35)
    folds = [
        smooth([(x * 0.4, -60), (x, 60), (x * 1.1, 196)], closed=False) for x in (-96, -60, -24, 18, 54, 92)
    ]
    canvas.lines(folds, darker(colour, 0.26), 8)
    canvas.lines([[(px - 8, py) for px, py in one] for one in folds], lighter(colour, 0.4), 5)
    _face(canvas, 0, -136, 58, colour)
    for side in (-1, 1):
        canvas.form(
            leaf(side * 84, 30, 100, 44, 180 if side > 0 else 0, side * 10), lighter(colour, 0.12), 10, 0.3
        )


@motif("hand", "#D6CCB8", (260, 440))
def hand(canvas: Canvas, options: Options) -> None:
    colour = options["colour"]
    plinth(canvas, 92)
    canvas.form(
        smooth([(-58, -56), (-64, -140), (-76, -220), (70, -226), (62, -140), (60, -56)], pieces=5),
        colour,
        34,
        0.3,
    )
    for x, top, lean in ((-58, -390, -9), (-18, -424, -3), (24, -410, 4), (60, -360, 11)):
        with canvas.frame(x * 0.9, -200, 1, lean):
            finger = smooth(
                [
                    (-19, 0),
                    (-20, top + 240),
                    (-13, top + 204),
                    (0, top + 196),
                    (13, top + 204),
                    (20, top + 240),
                    (19, 0),
                ],
                pieces=4,
            )
            canvas.form(finger, colour, 16, 0.35)
            canvas.lines([[(-14, (top + 200) * 0.55), (14, (top + 200) * 0.55)]], darker(colour, 0.26), 4)
            canvas.fill(ellipse(-3, top + 214, 8, 11, 14), lighter(colour, 0.3))
    thumb = smooth([(54, -130), (110, -190), (128, -262), (106, -276), (84, -230), (46, -200)], pieces=5)
    canvas.form(thumb, colour, 16, 0.35)
    canvas.lines([smooth([(-40, -170), (0, -156), (44, -168)], closed=False)], darker(colour, 0.22), 5)
    canvas.form(
        smooth([(-70, -90), (0, -74), (70, -90), (72, -56), (-72, -56)], pieces=3),
        darker(colour, 0.1),
        10,
        0.3,
    )


@motif("horse", "#4A6B5C", (460, 460), views="side")
def horse(canvas: Canvas, options: Options) -> None:
    colour = options["colour"]
    plinth(canvas, 190, "#3A322C", 40)
    tail = smooth([(150, -250), (214, -220), (210, -120), (176, -80), (186, -170), (144, -216)], pieces=5)
    canvas.form(tail, darker(colour, 0.2), 14, 0.2)
    lifted = options["view"] != "side"
    for x0, x1, shade in ((-84, -110, 0.25), (96, 90, 0.25), (-44, -64, 0.0), (138, 148, 0.0)):
        if lifted and x0 == -84:
            leg = smooth(
                [(-110, -200), (-70, -190), (-108, -130), (-60, -92), (-78, -76), (-140, -124)], pieces=4
            )
        else:
            leg = smooth(
                [
                    (x0 - 27, -200),
                    (x0 + 27, -200),
                    (x1 + 13, -120),
                    (x1 + 17, -44),
                    (x1 - 17, -44),
                    (x1 - 11, -120),
                ],
                pieces=4,
            )
        canvas.form(leg, darker(colour, shade), 12, 0.25)
    body = smooth(
        [
            (-130, -260),
            (-40, -286),
            (90, -284),
            (164, -250),
            (168, -190),
            (100, -164),
            (-60, -160),
            (-124, -196),
        ]
    )
    canvas.form(body, colour, 40, 0.35)
    neck = smooth(
        [
            (-70, -276),
            (-110, -380),
            (-140, -420),
            (-178, -412),
            (-214, -350),
            (-200, -332),
            (-160, -346),
            (-146, -300),
            (-120, -220),
            (-60, -226),
        ],
        pieces=5,
    )
    canvas.form(neck, colour, 26, 0.35)
    canvas.fills([leaf(-134, -408, 34, 16, -70), leaf(-152, -414, 30, 14, -100)], darker(colour, 0.1))
    mane = [leaf(-128 + k * 11, -404 + k * 27, 52, 17, 20 + k * 4) for k in range(6)]
    canvas.fills(mane, darker(colour, 0.34))
    canvas.fill(ellipse(-168, -380, 6, 6, 10), "#1E1A18")
    canvas.brush(body, "#7FA58F", 16, 34, 10, 6)
    canvas.brush(body, "#B5834A", 10, 26, 10, 5)
