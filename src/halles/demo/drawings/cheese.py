# SPDX-License-Identifier: AGPL-3.0-or-later
"""Cheese, butter, eggs."""

from halles.demo.drawings.colours import darker, lighter, mix
from halles.demo.drawings.letters import fit, write
from halles.demo.drawings.paint import Canvas
from halles.demo.drawings.pantry import PAPER, label
from halles.demo.drawings.registry import Options, motif
from halles.demo.drawings.shapes import Outline, ellipse, lathe, leaf, moved, smooth


def plank(canvas: Canvas, width: float, colour: str = "#A9743F") -> None:
    """A wooden board seen from the front, a little from above."""
    canvas.stand(0, 26, width, 80)
    canvas.form(
        smooth([(-width * 0.5, -24), (width * 0.5, -30), (width * 0.53, 18), (-width * 0.53, 22)], pieces=2),
        colour,
        10,
        0.3,
    )
    canvas.fill(
        [(-width * 0.53, 20), (width * 0.53, 16), (width * 0.53, 36), (-width * 0.53, 40)],
        darker(colour, 0.3),
    )
    canvas.lines(
        [[(-width * 0.48, -12 + k * 12), (width * 0.2 + k * 30, -14 + k * 12)] for k in range(3)],
        darker(colour, 0.14),
        3,
    )


def _grapes(canvas: Canvas, x: float, y: float) -> None:
    for dx, dy in ((0, 0), (36, -4), (-34, -2), (18, -34), (-18, -32), (2, -62), (54, -30)):
        canvas.form(ellipse(x + dx, y + dy - 20, 23, 24, 18), "#5B2A4A", 14, 0.55)


@motif("wedge", "#E7C36B", (400, 300), views="board")
def wedge(canvas: Canvas, options: Options) -> None:
    """A wedge lying on its side: the cut face to us, the rind behind."""
    colour, rind = options["colour"], str(options.get("rind", "#8E7F6A"))
    if options["view"] == "board":
        plank(canvas, 600)
        _grapes(canvas, 230, 6)
    canvas.stand(0, 0, 380, 100)
    top = [(-190, -132), (96, -214), (196, -148)]
    canvas.form(canvas.tremble([(-190, -132), (196, -148), (188, -6), (-184, 2)], 2), colour, 40, 0.25)
    canvas.fill([(*top[0],), (*top[1],), (*top[2],)], lighter(colour, 0.4))
    canvas.form(
        smooth(
            [
                (96, -214),
                (150, -198),
                (196, -148),
                (188, -6),
                (202, -20),
                (216, -140),
                (170, -206),
                (110, -226),
            ],
            pieces=3,
        ),
        rind,
        10,
        0.2,
    )
    face: Outline = [(-178, -122), (186, -138), (178, -16), (-172, -8)]
    if options.get("blue"):
        for x, y in canvas.scatter(face, 26):
            canvas.fill(
                canvas.tremble(
                    ellipse(x, y, canvas.vary(13, 0.5), canvas.vary(8, 0.4), 12, canvas.rng.uniform(0, 180)),
                    2.5,
                ),
                mix("#4F6F86", colour, canvas.rng.random() * 0.3),
            )
        canvas.dots([(-120, -144), (96, -206), (170, -150)], "#5F7C90", 9, 7)
    elif options.get("line"):
        canvas.line([(-184, -66), (60, -74), (190, -76)], str(options["line"]), 7)
        canvas.dots(face, darker(colour, 0.2), 7, 7)
    else:
        for x, y in canvas.scatter(face, 9):
            canvas.fill(ellipse(x, y, canvas.vary(11, 0.5), canvas.vary(8, 0.4), 14), darker(colour, 0.2))
    canvas.brush(face, lighter(colour, 0.35), 14, 70, -2, 5)
    canvas.fill([(-190, -132), (-184, 2), (-196, -4), (-204, -126)], rind)


@motif("wheel", "#E9C980", (460, 300), views="cut")
def wheel(canvas: Canvas, options: Options) -> None:
    colour, rind = options["colour"], str(options.get("rind", "#9A6A36"))
    small = 0.62 if options.get("small") else 1.0
    canvas.stand(0, 0, 440, 110)
    high = 150 * small if not options.get("round") else 250
    foot = ellipse(0, -14, 216, 54, 46)
    side: Outline = [
        (-216, -high * 0.92),
        (-221, -high * 0.5),
        *reversed(foot[:24]),
        (221, -high * 0.5),
        (216, -high * 0.92),
    ]
    canvas.form(canvas.tremble(side, 3), rind, 50, 0.25)
    canvas.brush(side, darker(rind, 0.16), 30, 60, 2, 7)
    top = ellipse(0, -high * 0.92, 216, 70, 46)
    canvas.form(top, lighter(rind, 0.16), 24, 0.3)
    canvas.brush(top, lighter(rind, 0.4), 18, 60, 0, 5)
    if options["view"] == "cut" or not options.get("small"):
        centre = (0.0, -high * 0.92)
        left, right = (-60, -high * 0.92 + 67), (118, -high * 0.92 + 58)
        canvas.fill([centre, right, (118, -4 + 10), (0, -high * 0.1)], lighter(colour, 0.2))
        canvas.fill([centre, left, (-60, 16), (0, -high * 0.1)], darker(colour, 0.12))
        canvas.dots([centre, right, (110, 0), (8, -high * 0.2)], darker(colour, 0.22), 5, 7)
        canvas.fill(
            [(-60, 16), (0, -high * 0.1), (118, 6), (60, 26), (0, 30)], mix(canvas.ground, "#2A1826", 0.22)
        )


GOAT = "#F1E9D6"


@motif("goat", GOAT, (400, 270), views="cut board", many=5)
def goat(canvas: Canvas, options: Options) -> None:
    """The goat cheeses of Poitou, each in its shape."""
    if options["view"] == "board":
        plank(canvas, 500)
        _grapes(canvas, 196, 4)
    shape, rind = str(options.get("shape", "disc")), options["colour"]
    if options.get("leaf"):
        for turn in (200, 168, -24, 10):
            blade = leaf(-10 if turn > 90 else 10, 4, 190, 96, turn)
            canvas.form(blade, "#A8733A", 14, 0.3)
            canvas.line(blade[:9:2], "#7A4E26", 4)
    canvas.stand(0, 0, 240, 70)
    outline = _goat_outline(shape)
    canvas.form(canvas.tremble(outline, 3), rind, 40, 0.25)
    canvas.brush(outline, darker(rind, 0.14), 26, 22, 20, 6)
    canvas.brush(outline, lighter(rind, 0.5), 20, 20, -30, 6)
    if shape in ("disc", "bonde", "crottin"):
        top = {"disc": (-84, 138, 36), "bonde": (-206, 86, 24), "crottin": (-128, 92, 26)}[shape]
        canvas.form(ellipse(0, top[0], top[1], top[2], 36), lighter(rind, 0.35), 16, 0.2)
        canvas.dots(ellipse(0, top[0], top[1], top[2]), darker(rind, 0.1), 18, 5)
    if shape == "log":
        canvas.form(ellipse(-160, -76, 60, 74, 34), "#FAF4E4", 18, 0.2)
        canvas.fill(ellipse(-160, -76, 7, 7, 10), "#D0A85A")
    if shape == "pyramid":
        canvas.fill([(-62, -206), (58, -208), (84, -190), (-86, -188)], lighter(rind, 0.3))
    if options.get("herbs"):
        canvas.brush(outline, "#5F8A3C", 46, 22, 0, 7)
    if options["view"] == "cut":
        _goat_slice(canvas, rind, shape)


def _goat_outline(shape: str) -> Outline:
    if shape == "bonde":
        return lathe([(86, -206), (98, -120), (110, -20), (96, 2), (0, 12)])
    if shape == "crottin":
        return lathe([(92, -128), (108, -70), (98, -8), (0, 8)])
    if shape == "log":
        return smooth([(-160, -150), (0, -156), (170, -152), (198, -80), (170, -4), (0, 2), (-160, -2)])
    if shape == "pyramid":
        return smooth([(-86, -190), (84, -190), (140, -6), (0, 10), (-140, -4)], pieces=2)
    if shape == "heart":
        return smooth(
            [
                (0, -158),
                (56, -208),
                (124, -176),
                (134, -104),
                (70, -30),
                (0, 4),
                (-70, -30),
                (-134, -104),
                (-124, -176),
                (-56, -208),
            ]
        )
    return lathe([(136, -84), (150, -48), (136, -6), (0, 22)])


def _goat_slice(canvas: Canvas, rind: str, shape: str) -> None:
    with canvas.frame(130, 40, 0.8):
        canvas.stand(0, 0, 190, 40)
        if shape == "log":
            canvas.form(ellipse(0, -70, 86, 76, 34), darker(rind, 0.1), 8, 0)
            canvas.form(ellipse(-4, -70, 74, 66, 34), "#FBF6E8", 18, 0.2)
        else:
            canvas.form(
                smooth([(-92, -6), (-86, -118), (10, -146), (96, -104), (92, -2)], pieces=3), rind, 10, 0
            )
            canvas.form(
                smooth([(-78, -14), (-74, -106), (8, -128), (80, -92), (78, -12)], pieces=3),
                "#FBF6E8",
                18,
                0.2,
            )


@motif("boxed", "#B5432F", (430, 430), flat=True)
def boxed(canvas: Canvas, options: Options) -> None:
    """A soft cheese in its poplar box, the lid aside."""
    lid = ellipse(70, -60, 190, 190, 48)
    canvas.cast(lid, 20)
    canvas.form(lid, "#D9B57C", 16, 0.3)
    canvas.fill(ellipse(70, -60, 168, 168, 46), options["colour"])
    canvas.fill(ellipse(70, -60, 148, 148, 46), PAPER)
    word = str(options.get("label", ""))
    write(canvas, word, 74, -118, fit([word], 196, 34), options["colour"], 0.16, serif=True)
    canvas.lines([[(-4, -168), (150, -168)], [(-4, -98), (150, -98)]], options["colour"], 4)
    cheese = ellipse(-64, 84, 152, 152, 48)
    canvas.cast(ellipse(-64, 84, 168, 168, 48), 24)
    canvas.form(ellipse(-64, 84, 168, 168, 48), "#C99E62", 14, 0.3)
    canvas.form(canvas.tremble(cheese, 3), "#F4EBD6" if word != "Époisses" else "#D98B45", 24, 0.2)
    canvas.brush(cheese, "#E2CFA0", 30, 40, 10, 6)
    canvas.fill([(-64, 84), (44, 190), (-14, 226)], "#F0D88E")
    canvas.fill([(-64, 84), (44, 190), (50, 180), (-60, 76)], "#D9B765")


@motif("butter", "#F0D678", (420, 240), views="cut")
def butter(canvas: Canvas, options: Options) -> None:
    colour = options["colour"]
    canvas.stand(0, 10, 440, 90)
    paper = smooth([(-220, 10), (-190, -34), (200, -44), (236, 8), (120, 26), (-140, 30)], pieces=5)
    canvas.form(paper, "#F3EEE0", 12, 0.2)
    canvas.form([(-160, -120), (130, -128), (132, 0), (-160, 6)], colour, 34, 0.35)
    canvas.fill([(130, -128), (190, -156), (190, -34), (132, 0)], darker(colour, 0.2))
    canvas.fill([(-160, -120), (-96, -152), (190, -156), (130, -128)], lighter(colour, 0.45))
    canvas.lines(
        [
            smooth([(-140 + k * 36, -104), (-128 + k * 36, -66), (-140 + k * 36, -16)], closed=False)
            for k in range(7)
        ],
        darker(colour, 0.1),
        5,
    )
    if options.get("salt", True):
        canvas.dots([(-150, -110), (120, -118), (122, -8), (-150, 0)], "#FFFCF2", 24, 4)
    if options["view"] == "cut":
        with canvas.frame(-196, 34, 1, -12):
            canvas.form([(-30, -96), (30, -100), (34, 0), (-30, 4)], lighter(colour, 0.25), 14, 0.3)
        canvas.form([(-20, 44), (300, -24), (306, -10), (-10, 64)], "#C9CED2", 8, 0.4)


@motif("pot", "#FBF7EC", (230, 260), many=3)
def pot(canvas: Canvas, options: Options) -> None:
    canvas.stand(0, 0, 190, 70)
    glass = lathe([(88, -200), (84, -168), (98, -120), (92, -20), (78, 0), (0, 2)])
    canvas.form(glass, options["colour"], 34, 0.1)
    label(canvas, 2, -86, 150, 84, options, "#EFE3C6")
    lid = smooth([(-96, -194), (-84, -226), (0, -236), (84, -226), (96, -194), (0, -182)])
    canvas.form(lid, "#7F9AA8", 14, 0.4)


@motif("faisselle", "#FAF6EA", (320, 240), many=2)
def faisselle(canvas: Canvas, options: Options) -> None:
    canvas.stand(0, 0, 250, 80)
    bowl = lathe([(140, -150), (128, -80), (104, -10), (0, 4)])
    canvas.form(
        smooth([(-128, -146), (-90, -196), (0, -214), (92, -194), (128, -146), (0, -128)]),
        options["colour"],
        26,
        0.1,
    )
    canvas.form(bowl, "#E2D9C8", 40, 0.3)
    holes = [
        ellipse(x, y, 7, 8, 10) for y in (-116, -80, -44) for x in range(-100 + (y // 4 % 2) * 18, 110, 36)
    ]
    canvas.fills(holes, "#A89B84")
    canvas.fills(
        [leaf(-40, -190, 64, 8, -30), leaf(-20, -186, 58, 8, 10), leaf(10, -200, 50, 8, -60)], "#5F8A3C"
    )


def egg_shape(x: float, y: float, size: float, turn: float) -> Outline:
    return moved(
        smooth(
            [
                (0, -1.22),
                (0.62, -0.82),
                (0.92, 0.1),
                (0.6, 0.82),
                (0, 1),
                (-0.6, 0.82),
                (-0.92, 0.1),
                (-0.62, -0.82),
            ],
            pieces=5,
        ),
        x,
        y,
        size,
        turn,
    )


@motif("eggs", "#D9A77C", (480, 300), views="box bowl")
def eggs(canvas: Canvas, options: Options) -> None:
    canvas.stand(0, 0, 420, 110)
    tones = ("#D9A77C", "#E6C4A0", "#C48F64", "#F0DDC2")
    boxy = options["view"] == "box"
    for row, count in ((1, 3), (0, 3)) if boxy else ((2, 3), (1, 4), (0, 5)):
        for k in range(count):
            x = (k - (count - 1) / 2) * (128 if boxy else 84) + row * (18 if boxy else 0)
            egg = egg_shape(
                x,
                -(120 if boxy else 118) - row * 52,
                66 if boxy else 54,
                canvas.rng.uniform(-8, 8) if boxy else canvas.rng.uniform(-50, 50),
            )
            canvas.form(egg, canvas.rng.choice(tones), 30, 0.55)
            if options.get("speckled"):
                canvas.dots(egg, "#5E4634", 16, 5)
    if boxy:
        cups = smooth(
            [(-206, -110)]
            + [(-206 + 69 * k, -84 if k % 2 else -122) for k in range(1, 6)]
            + [(206, -110), (190, 0), (-190, 4)],
            pieces=4,
        )
        canvas.form(canvas.tremble(cups, 2), "#A7A79A", 30, 0.25)
        canvas.brush(cups, "#8C8C80", 26, 20, 10, 5)
    else:
        bowl = lathe([(212, -120), (190, -60), (120, -6), (0, 4)])
        canvas.form(bowl, "#5F7F86", 46, 0.3)
        canvas.brush(bowl, "#7E9CA2", 16, 80, 0, 5)


@motif("platter", "#8A5A30", (560, 560), flat=True)
def platter(canvas: Canvas, options: Options) -> None:
    board = canvas.tremble(ellipse(0, 0, 272, 268, 60), 3)
    canvas.cast(board, 26)
    canvas.form(board, options["colour"], 20, 0.25)
    canvas.brush(board, darker(options["colour"], 0.18), 30, 120, 4, 6)
    _parts = (("#E7C36B", -110, -90, 0), ("#EFE4C4", 120, -80, 100), ("#DE8A2E", -120, 110, 200))
    for colour, x, y, turn in _parts:
        with canvas.frame(x, y, 1, turn):
            part = smooth([(-90, 40), (70, -64), (84, 56)], pieces=2)
            canvas.cast(part, 14)
            canvas.form(part, colour, 18, 0.4)
            canvas.dots(part, "#5F7C90" if colour == "#EFE4C4" else darker(colour, 0.2), 7, 8)
    for x, y, radius, tone in ((96, 96, 74, "#F1E9D6"), (4, 8, 52, "#75726C")):
        disc = canvas.tremble(ellipse(x, y, radius, radius, 34), 2)
        canvas.cast(disc, 14)
        canvas.form(disc, tone, 22, 0.3)
        canvas.brush(disc, lighter(tone, 0.4), 12, 24, 20, 5)
    for x, y in ((-8, -150), (26, -164), (10, -190), (44, -196), (-22, -182)):
        canvas.form(ellipse(x, y, 21, 21, 16), "#5B2A4A", 12, 0.5)
    for x, y in ((-14, 172), (20, 190), (-196, 6)):
        canvas.form(ellipse(x, y, 22, 19, 14), "#B98A52", 10, 0.4)
