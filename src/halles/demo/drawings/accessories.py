# SPDX-License-Identifier: AGPL-3.0-or-later
"""Scarves, hats, socks, bags: what one adds to a garment."""

import math

from halles.demo.drawings.clothes import cloth
from halles.demo.drawings.colours import darker, lighter, mix
from halles.demo.drawings.paint import Canvas
from halles.demo.drawings.prints import BEASTS
from halles.demo.drawings.registry import Options, motif
from halles.demo.drawings.shapes import (
    densify,
    ellipse,
    leaf,
    moved,
    rect,
    smooth,
)


@motif("scarf", "#D0A030", (470, 580), flat=True)
def scarf(canvas: Canvas, options: Options) -> None:
    colour = options["colour"]
    if options.get("square"):
        shape = densify([(-220, -200), (210, -226), (232, 210), (-206, 224)], 30)
        cloth(canvas, canvas.tremble(shape, 3), colour, options)
        canvas.lines([[*moved(shape, 0, 0, 0.9), (-198, -180)]], lighter(colour, 0.5), 7)
        canvas.form([(232, 210), (80, 217), (150, 90)], lighter(colour, 0.35), 10, 0.2)
        return
    for x, low, turn in ((-74, 210, 5), (70, 236, -6)):
        with canvas.frame(x, 0, 1, turn):
            cloth(canvas, canvas.tremble(rect(-62, -190, 124, low + 170, 5), 3), colour, options, 22)
            canvas.lines(
                [[(k, low - 22), (k + canvas.rng.uniform(-5, 5), low + 32)] for k in range(-56, 60, 11)],
                mix(colour, lighter(colour, 0.3), 0.5),
                4.5,
            )
    loop = smooth(
        [(-190, -150), (-120, -250), (0, -276), (124, -250), (190, -150), (130, -70), (0, -50), (-130, -70)]
    )
    cloth(canvas, canvas.tremble(loop, 3), colour, options, 34)
    canvas.fill(
        smooth([(-96, -176), (0, -216), (96, -176), (60, -136), (0, -124), (-60, -136)]), darker(colour, 0.5)
    )
    canvas.lines(
        [
            smooth([(-150, -120), (-40, -84), (110, -96)], closed=False),
            smooth([(-160, -190), (-60, -246), (60, -250)], closed=False),
        ],
        darker(colour, 0.22),
        5,
    )


@motif("beanie", "#C98A2B", (420, 430), flat=True)
def beanie(canvas: Canvas, options: Options) -> None:
    colour = options["colour"]
    dome = smooth(
        [(-172, 90), (-176, -30), (-120, -150), (0, -190), (120, -150), (176, -30), (172, 90), (0, 100)]
    )
    cloth(canvas, dome, colour, {"pattern": "plain"}, 44)
    canvas.lines(
        [smooth([(x * 0.28, -176), (x * 0.9, -60), (x, 90)], closed=False) for x in range(-150, 160, 25)],
        darker(colour, 0.22),
        4,
    )
    brim = canvas.tremble(rect(-188, 66, 376, 108, 30), 3)
    canvas.cast(brim, 10)
    canvas.form(brim, lighter(colour, 0.1), 26, 0.2)
    canvas.lines([[(x, 76), (x, 166)] for x in range(-168, 176, 21)], darker(colour, 0.2), 5)
    for angle in range(0, 360, 24):
        canvas.fill(leaf(0, -196, 62, 26, angle), mix(colour, "#F3E6CE", 0.55 if angle % 48 else 0.35))


@motif("socks", "#A8482F", (420, 560), flat=True)
def socks(canvas: Canvas, options: Options) -> None:
    colour = options["colour"]
    shape = smooth(
        [
            (-52, -240),
            (52, -240),
            (50, -60),
            (54, 60),
            (120, 150),
            (150, 200),
            (110, 246),
            (40, 226),
            (-50, 150),
            (-66, 70),
            (-54, -60),
        ]
    )
    for x, turn in ((-66, -6), (62, 5)):
        with canvas.frame(x, 0, 1, turn):
            cloth(canvas, shape, colour, {**options, "colour2": mix(colour, "#F3E6CE", 0.6)}, 22)
            canvas.form(
                smooth([(108, 130), (150, 196), (112, 246), (66, 236), (70, 180)], pieces=5),
                mix(colour, "#F3E6CE", 0.6),
                12,
                0.2,
            )
            canvas.form(
                smooth([(-62, 50), (-10, 90), (-16, 170), (-52, 146)], pieces=5),
                mix(colour, "#F3E6CE", 0.6),
                10,
                0.2,
            )
            canvas.form(rect(-56, -254, 112, 58, 8), darker(colour, 0.1), 10, 0.2)
            canvas.lines([[(k, -248), (k, -202)] for k in range(-46, 52, 13)], darker(colour, 0.3), 3.4)


@motif("mittens", "#6B2030", (480, 480), flat=True)
def mittens(canvas: Canvas, options: Options) -> None:
    colour = options["colour"]
    palm = smooth(
        [
            (-70, 130),
            (-82, 20),
            (-88, -90),
            (-56, -182),
            (0, -206),
            (58, -180),
            (84, -90),
            (84, 10),
            (70, 130),
        ]
    )
    thumb = smooth([(62, 70), (72, -10), (120, -66), (150, -50), (144, 4), (110, 80), (66, 110)])
    for x, turn, flip in ((-112, -10, -1), (104, 9, 1)):
        with canvas.frame(x, 6, 1, turn):
            side = [(px * flip, py) for px, py in thumb]
            cloth(canvas, side, colour, {"pattern": "plain"}, 16)
            cloth(canvas, palm, colour, {"pattern": "plain"}, 30)
            canvas.form(rect(-84, 110, 168, 74, 16), mix(colour, "#F3E6CE", 0.7), 14, 0.2)
            canvas.lines([[(k, 118), (k, 176)] for k in range(-66, 72, 17)], darker(colour, 0.1), 4)
            star = [leaf(0, -50, 62, 20, angle) for angle in range(0, 360, 45)]
            canvas.fills(star, mix(colour, "#F3E6CE", 0.75))


@motif("hat", "#B88450", (560, 400), flat=True)
def hat(canvas: Canvas, options: Options) -> None:
    colour = options["colour"]
    brim = canvas.tremble(
        smooth([(-270, 90), (-190, 40), (0, 26), (190, 40), (270, 90), (200, 150), (0, 176), (-200, 150)]), 3
    )
    canvas.cast(brim, 30)
    canvas.form(brim, colour, 26, 0.3)
    crown = smooth(
        [
            (-160, 92),
            (-152, -60),
            (-110, -146),
            (-40, -130),
            (0, -112),
            (44, -132),
            (112, -144),
            (152, -60),
            (160, 92),
            (0, 122),
        ]
    )
    canvas.form(canvas.tremble(crown, 2), colour, 50, 0.3)
    canvas.brush(crown, lighter(colour, 0.14), 26, 50, 80, 6)
    ribbon = smooth([(-163, 50), (0, 84), (163, 50), (165, 98), (0, 132), (-165, 98)], pieces=5)
    canvas.form(ribbon, "#3A2A2A" if colour != "#3F4349" else "#8A2B3B", 12, 0.2)
    canvas.form(smooth([(-150, 50), (-106, 66), (-110, 112), (-152, 100)], pieces=3), "#2A1E22", 8, 0.3)


@motif("cap", "#6E6B45", (560, 380), flat=True)
def cap(canvas: Canvas, options: Options) -> None:
    colour = options["colour"]
    peak = smooth([(60, 60), (180, 40), (272, 90), (240, 136), (120, 130), (40, 122)])
    canvas.cast(peak, 18)
    canvas.form(peak, darker(colour, 0.1), 16, 0.25)
    dome = canvas.tremble(
        smooth(
            [
                (-230, 60),
                (-210, -50),
                (-110, -134),
                (40, -146),
                (170, -90),
                (226, 30),
                (180, 84),
                (0, 104),
                (-160, 110),
            ]
        ),
        3,
    )
    cloth(canvas, dome, colour, {"pattern": "check", "colour2": mix(colour, "#C98A5B", 0.5)}, 44)
    canvas.lines(
        [
            smooth([(0, -146), (-60, -40), (-70, 104)], closed=False),
            smooth([(0, -146), (80, -60), (120, 84)], closed=False),
        ],
        darker(colour, 0.3),
        4,
    )
    canvas.form(ellipse(0, -144, 16, 12, 16), darker(colour, 0.15), 6, 0.4)


@motif("totebag", "#22304F", (440, 600), flat=True)
def totebag(canvas: Canvas, options: Options) -> None:
    colour = options["colour"]
    strap = "#8A5430" if options.get("leather") else darker(colour, 0.12)
    handles = [
        smooth([(-90 + d, -90), (-80 + d, -260), (0, -300 + d), (80 - d, -260), (90 - d, -90)], closed=False)
        for d in (0, 26)
    ]
    canvas.lines([[(x + 9, y + 11) for x, y in handles[0]]], darker(canvas.ground, 0.2), 18)
    canvas.lines(handles, strap, 18)
    canvas.lines([[(x - 3, y - 3) for x, y in one] for one in handles], lighter(strap, 0.3), 3)
    body = canvas.tremble(densify([(-184, -110), (184, -110), (200, 250), (-200, 250)], 30), 4)
    cloth(canvas, body, colour, {"pattern": "plain"}, 34)
    if options.get("leather"):
        canvas.form(densify([(-198, 150), (198, 150), (200, 250), (-200, 250)], 30), strap, 16, 0.2)
        canvas.lines([[(-190, 160), (190, 160)]], "#E3C08A", 3)
    if options.get("print"):
        ink = str(options["print"])
        with canvas.frame(0, 60, 1.2):
            BEASTS[0](canvas, ink)
        canvas.fills([ellipse(-84, 8, 6, 6, 10), ellipse(-60, 8, 6, 6, 10)], colour)
        canvas.line(smooth([(-88, 30), (-72, 38), (-56, 30)], closed=False), colour, 5)
    for side in (-1, 1):
        canvas.fills([ellipse(side * 88, -84 + k * 22, 5, 5, 10) for k in (0, 1)], "#D9B45A")


@motif("belt", "#B88450", (520, 470), flat=True)
def belt(canvas: Canvas, options: Options) -> None:
    colour = options["colour"]
    coil = [
        ((210 - k * 1.35) * math.cos(k * 0.16), 10 + (176 - k * 1.12) * math.sin(k * 0.16)) for k in range(98)
    ]
    canvas.lines([[(x + 12, y + 16) for x, y in coil]], darker(canvas.ground, 0.2), 34)
    canvas.line(coil, darker(colour, 0.3), 38)
    canvas.line(coil, colour, 31)
    canvas.line([(x - 5, y - 6) for x, y in coil], lighter(colour, 0.3), 3)
    canvas.fills([ellipse(x, y, 4, 4, 8) for x, y in coil[60:96:6]], "#2A1826")
    with canvas.frame(coil[0][0], coil[0][1] + 4, 1, 4):
        frame = rect(-36, -44, 84, 88, 14)
        canvas.lines([[*frame, frame[0]]], "#A8823A", 17)
        canvas.lines([[*frame, frame[0]]], "#D9B45A", 10)
        canvas.line([(-30, 0), (56, 0)], "#C9A14A", 9)
