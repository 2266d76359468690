# SPDX-License-Identifier: AGPL-3.0-or-later
"""Boards, spoons, stools: wood and its grain."""

from halles.demo.drawings.colours import darker, lighter, mix
from halles.demo.drawings.paint import Canvas
from halles.demo.drawings.registry import Options, motif
from halles.demo.drawings.shapes import Outline, ellipse, holds, lathe, leaf, rect, smooth


def grain(canvas: Canvas, outline: Outline, colour: str, turn: float = 0, count: int = 16) -> None:
    canvas.brush(outline, darker(colour, 0.17), count, 150, turn, 5)
    canvas.brush(outline, lighter(colour, 0.16), count // 2, 110, turn, 4)


@motif("board", "#6B452B", (420, 640), flat=True, views="scene")
def board(canvas: Canvas, options: Options) -> None:
    colour = options["colour"]
    if options.get("round"):
        outline = smooth(
            [
                (-36, -310),
                (36, -310),
                (44, -232),
                (150, -150),
                (190, 20),
                (140, 190),
                (0, 250),
                (-140, 190),
                (-190, 20),
                (-150, -150),
                (-44, -232),
            ]
        )
    else:
        outline = smooth(
            [
                (-38, -310),
                (38, -310),
                (44, -236),
                (150, -208),
                (168, -160),
                (170, 200),
                (140, 250),
                (-140, 250),
                (-170, 200),
                (-168, -160),
                (-150, -208),
                (-44, -236),
            ]
        )
    outline = canvas.tremble(outline, 2)
    canvas.cast(outline, 24)
    canvas.form(outline, colour, 20, 0.25)
    grain(canvas, outline, colour, 88, 34)
    rings = [ellipse(30, 60, 20 + k * 16, 34 + k * 26, 30, 4) for k in range(3)]
    canvas.lines([[*ring, ring[0]] for ring in rings], darker(colour, 0.2), 3)
    canvas.fill(ellipse(0, -272, 15, 15, 20), canvas.ground)
    if options["view"] == "scene":
        _on_board(canvas)


def _on_board(canvas: Canvas) -> None:
    """Half a loaf's worth of slices and a knife."""
    for x, y, turn in ((-50, -70, -12), (10, 0, 4), (-20, 84, -6)):
        with canvas.frame(x, y, 0.9, turn):
            crust = smooth(
                [(-104, 40), (-110, -30), (-60, -74), (0, -62), (60, -76), (110, -30), (104, 40), (0, 52)]
            )
            canvas.cast(crust, 12)
            canvas.form(crust, "#A8672B", 10, 0.2)
            crumb = [(px * 0.86, py * 0.84) for px, py in crust]
            canvas.form(crumb, "#F1DEB4", 16, 0.3)
            canvas.dots(crumb, "#D9C08A", 18, 6)
    with canvas.frame(210, 20, 1, 8):
        canvas.cast(rect(-16, -230, 32, 440, 6), 14)
        canvas.form([(-14, -230), (10, -200), (18, 60), (-14, 60)], "#C9CED2", 8, 0.4)
        canvas.form(rect(-17, 56, 34, 160, 10), "#3A2A22", 8, 0.3)


@motif("spoon", "#B07A4A", (170, 620), flat=True, many=3)
def spoon(canvas: Canvas, options: Options) -> None:
    kind = canvas.rng.choice(("spoon", "flat", "slant")) if options.get("mixed") else "spoon"
    colour = options["colour"]
    head = {
        "spoon": [(-62, -170), (-56, -250), (0, -296), (56, -250), (62, -170), (24, -90)],
        "flat": [(-54, -120), (-58, -270), (-40, -290), (40, -290), (58, -270), (54, -120)],
        "slant": [(-44, -110), (-62, -280), (-40, -296), (64, -230), (54, -120)],
    }[kind]
    outline = smooth(
        [
            *head,
            (18, -60),
            (15, 120),
            (20, 260),
            (0, 284),
            (-20, 260),
            (-15, 120),
            (-18, -60),
            *([(-24, -90)] if kind == "spoon" else []),
        ],
        pieces=5,
    )
    canvas.cast(outline, 20)
    canvas.form(outline, colour, 14, 0.35)
    grain(canvas, outline, colour, 90, 20)
    if kind == "spoon":
        canvas.form(ellipse(0, -196, 42, 62, 30), darker(colour, 0.2), 10, 0)
    canvas.fill(ellipse(0, 256, 6, 6, 12), canvas.ground)


@motif("stool", "#C9A06A", (380, 440), many=2)
def stool(canvas: Canvas, options: Options) -> None:
    colour = options["colour"]
    tall = 430.0 if options.get("tall") else 320.0
    canvas.stand(0, 0, 320, 110)
    legs = [((-80, -tall), (-150, -4), 0.2), ((86, -tall), (158, -8), 0.28), ((6, -tall), (22, 30), 0.06)]
    if options.get("tall"):
        canvas.line([(-118, -150), (128, -152)], darker(colour, 0.25), 17)
        canvas.line([(-120, -154), (126, -156)], lighter(colour, 0.1), 6)
    for (x0, y0), (x1, y1), shade in legs:
        leg = [(x0 - 20, y0), (x0 + 20, y0), (x1 + 13, y1), (x1 - 13, y1)]
        canvas.form(leg, darker(colour, shade), 10, 0.25)
    seat = smooth(
        [
            (-172, -tall - 14),
            (-120, -tall - 44),
            (0, -tall - 54),
            (120, -tall - 44),
            (172, -tall - 14),
            (166, -tall + 18),
            (0, -tall + 46),
            (-166, -tall + 18),
        ]
    )
    canvas.form(canvas.tremble(seat, 2), darker(colour, 0.14), 14, 0)
    top = ellipse(0, -tall - 12, 172, 42, 46)
    canvas.form(top, colour, 16, 0.35)
    grain(canvas, top, colour, 2, 22)
    canvas.fill(ellipse(8, -tall - 6, 112, 22, 36), mix(colour, darker(colour, 0.16), 0.6))
    pegs = [ellipse(x, -tall - 14, 11, 6, 14) for x in (-80, 84, 8)]
    canvas.fills(pegs, lighter(colour, 0.4))


@motif("bench", "#A97C4B", (640, 330))
def bench(canvas: Canvas, options: Options) -> None:
    colour = options["colour"]
    canvas.stand(0, 0, 600, 110)
    for x in (-236, 236):
        canvas.form(
            [(x - 34, -190), (x + 34, -190), (x + 44, 0), (x + 12, 0), (x, -90), (x - 14, 0), (x - 44, 0)],
            darker(colour, 0.2),
            12,
            0.2,
        )
    canvas.form(rect(-226, -110, 452, 30, 4), darker(colour, 0.3), 8, 0.2)
    top: Outline = [(-296, -232), (290, -238), (310, -196), (-312, -190)]
    canvas.form(top, colour, 10, 0.35)
    grain(canvas, top, colour, 0, 30)
    canvas.form([(-312, -192), (310, -198), (310, -168), (-312, -162)], darker(colour, 0.18), 6, 0.2)
    for x in (-130, -64):
        boot = smooth(
            [(x - 26, -150 + 60), (x + 20, -92), (x + 22, -34), (x + 66, -18), (x + 66, 2), (x - 26, 2)],
            pieces=3,
        )
        canvas.form(boot, "#6B3B2A", 10, 0.3)


@motif("woodbox", "#A05A3A", (320, 270), views="open")
def woodbox(canvas: Canvas, options: Options) -> None:
    colour = options["colour"]
    canvas.stand(0, 0, 270, 90)
    body = lathe([(122, -150), (130, -90), (112, -4), (0, 8)])
    canvas.form(body, colour, 40, 0.35)
    canvas.lines(
        [smooth([(-118, y), (0, y + 16), (116, y)], closed=False) for y in (-118, -88, -56, -28)],
        darker(colour, 0.18),
        4,
    )
    if options["view"] == "open":
        canvas.form(ellipse(0, -150, 122, 26, 40), lighter(colour, 0.25), 8, 0)
        canvas.form(ellipse(0, -147, 108, 20, 38), darker(colour, 0.4), 8, 0)
        with canvas.frame(150, 34, 1, 0):
            canvas.stand(0, -10, 200, 40)
            canvas.form(ellipse(0, -26, 118, 34, 40), darker(colour, 0.1), 10, 0.2)
            canvas.form(ellipse(0, -36, 118, 32, 40), lighter(colour, 0.12), 12, 0.3)
            canvas.form(lathe([(16, -80), (22, -62), (12, -40), (0, -36)]), colour, 8, 0.4)
        return
    canvas.form(
        smooth([(-134, -146), (-112, -186), (0, -206), (112, -186), (134, -146), (0, -124)]),
        lighter(colour, 0.08),
        26,
        0.35,
    )
    canvas.form(lathe([(18, -252), (28, -234), (14, -204), (0, -198)]), colour, 10, 0.4)


@motif("tray", "#C89B63", (600, 400), flat=True, views="scene")
def tray(canvas: Canvas, options: Options) -> None:
    colour = options["colour"]
    outline = rect(-280, -180, 560, 360, 60)
    canvas.cast(outline, 24)
    canvas.form(outline, darker(colour, 0.12), 16, 0.35)
    inner = rect(-256, -156, 512, 312, 44)
    canvas.fill([(x - 4, y - 5) for x, y in inner], darker(colour, 0.4))
    canvas.form(inner, colour, 14, 0.1)
    grain(canvas, inner, colour, 0, 34)
    for x in (-270, 254):
        canvas.fill(rect(x, -44, 16, 88, 8), darker(colour, 0.5))
    if options["view"] == "scene":
        for x, y, tone in ((-110, -20, "#EDE6D8"), (30, 40, "#5A3A26")):
            cup = ellipse(x, y, 70, 70, 40)
            canvas.cast(cup, 18)
            canvas.form(cup, tone, 16, 0.35)
            canvas.fill(ellipse(x, y, 54, 54, 34), "#7A4A26" if tone == "#EDE6D8" else "#B7A94C")
            canvas.fill(leaf(x - 34, y - 16, 44, 14, -40), "#D9B48A")
        cloth = smooth([(140, -110), (230, -90), (226, 90), (150, 110)], pieces=2)
        canvas.form(cloth, "#F5EBD8", 12, 0.1)
        canvas.lines([[(160, -92), (168, 92)], [(178, -90), (184, 92)]], "#B5432F", 6)


@motif("napkinring", "#B98452", (220, 190), many=4)
def napkinring(canvas: Canvas, options: Options) -> None:
    colour = canvas.rng.choice(
        (options["colour"], darker(options["colour"], 0.25), lighter(options["colour"], 0.2))
    )
    canvas.stand(0, 0, 170, 60)
    body = smooth([(-86, -140), (-92, -70), (-84, -6), (0, 12), (84, -6), (92, -70), (86, -140), (0, -120)])
    canvas.form(body, colour, 34, 0.35)
    canvas.form(ellipse(0, -140, 88, 24, 36), lighter(colour, 0.3), 8, 0)
    canvas.fill(ellipse(0, -138, 70, 17, 34), darker(colour, 0.5))
    marks = [leaf(-40 + k * 18, -56, 26, 10, -90 + (20 if k % 2 else -20)) for k in range(5)]
    canvas.fills([mark for mark in marks if holds(body, *mark[0])], darker(colour, 0.4))
