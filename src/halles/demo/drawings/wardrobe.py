# SPDX-License-Identifier: AGPL-3.0-or-later
"""Dresses, trousers, coats, and what one adds to them."""

from halles.demo.drawings.clothes import BONE, buttons, cloth
from halles.demo.drawings.colours import darker, lighter
from halles.demo.drawings.paint import Canvas
from halles.demo.drawings.registry import Options, motif
from halles.demo.drawings.shapes import densify, ellipse, leaf, rect, smooth


@motif("dress", "#93A585", (460, 640), flat=True)
def dress(canvas: Canvas, options: Options) -> None:
    colour, cut = options["colour"], str(options.get("cut", "flare"))
    hem = {"flare": 210, "shirt": 156, "straight": 128}[cut]
    arm = densify([(86, -268), (120, -244), (168, -130), (116, -110), (92, -180)], 22)
    for sleeve in (arm, [(-x, y) for x, y in arm]):
        cloth(canvas, sleeve, colour, options, 14)
    body = densify(
        [
            (-50, -290),
            (50, -290),
            (98, -262),
            (92, -170),
            (80, -70),
            (hem * 0.7, 110),
            (hem, 290),
            (-hem, 290),
            (-hem * 0.7, 110),
            (-80, -70),
            (-92, -170),
            (-98, -262),
        ],
        24,
    )
    cloth(canvas, canvas.tremble(body, 2), colour, options)
    folds = [leaf(x * 0.4, -50, 330, 16, 90 - x * 0.16) for x in (-150, -70, 60, 150)]
    if cut != "straight":
        canvas.fills(folds, darker(colour, 0.16))
    canvas.fill(smooth([(-48, -292), (0, -232), (48, -292), (0, -276)], pieces=5), darker(colour, 0.45))
    if cut == "shirt":
        canvas.lines([[(-12, -238), (-12, 284)], [(12, -238), (12, 284)]], darker(colour, 0.2), 2.6)
        buttons(canvas, 0, -216, 250, 9, BONE, 6)
        for side in (-1, 1):
            collar = [(side * 4, -238), (side * 54, -298), (side * 78, -248), (side * 34, -214)]
            canvas.form(collar if side > 0 else collar[::-1], lighter(colour, 0.12), 7, 0.1)
        canvas.form(rect(-86, -84, 172, 26, 4), darker(colour, 0.2), 8, 0.2)
        canvas.form(
            smooth([(-14, -70), (-46, 60), (-22, 66), (4, -62)], pieces=4), darker(colour, 0.24), 6, 0.2
        )


@motif("skirt", "#B88450", (480, 520), flat=True)
def skirt(canvas: Canvas, options: Options) -> None:
    colour = options["colour"]
    pleated = options.get("pattern") == "pleats"
    hem = 220 if pleated else 160
    body = densify(
        [(-104, -210), (104, -210), (hem * 0.82, 40), (hem, 226), (-hem, 226), (-hem * 0.82, 40)], 24
    )
    cloth(canvas, canvas.tremble(body, 2), colour, {**options, "pattern": "plain"})
    if pleated:
        for k in range(-5, 6):
            canvas.fill(
                [(k * 18, -180), (k * 18 + 8, -180), (k * 40 + 15, 224), (k * 40, 224)], darker(colour, 0.22)
            )
            canvas.fill(
                [(k * 18 - 5, -180), (k * 18, -180), (k * 40, 224), (k * 40 - 8, 224)], lighter(colour, 0.16)
            )
    else:
        canvas.lines(
            [
                [(0, -180), (0, 224)],
                [(-96, -176), (-60, -110), (-104, -90)],
                [(96, -176), (60, -110), (104, -90)],
            ],
            "#C9A15B",
            3,
        )
        buttons(canvas, 10, -160, 180, 7, "#C9A15B", 8)
    canvas.form(rect(-108, -232, 216, 40, 5), darker(colour, 0.1), 8, 0.2)


@motif("trousers", "#41597A", (380, 660), flat=True)
def trousers(canvas: Canvas, options: Options) -> None:
    colour = options["colour"]
    pattern = str(options.get("pattern", "plain"))
    body = densify(
        [
            (-118, -300),
            (118, -300),
            (140, -150),
            (150, 300),
            (36, 304),
            (6, -80),
            (-6, -80),
            (-36, 304),
            (-150, 300),
            (-140, -150),
        ],
        24,
    )
    cloth(
        canvas,
        canvas.tremble(body, 2),
        colour,
        {**options, "pattern": pattern if pattern == "cord" else "plain"},
    )
    seam = "#D09A4B" if pattern == "jean" else darker(colour, 0.26)
    canvas.lines(
        [
            [(0, -262), (0, -90)],
            [(-112, -256), (-78, -196), (-128, -176)],
            [(112, -256), (78, -196), (128, -176)],
        ],
        seam,
        3,
    )
    if pattern != "jean":
        canvas.lines([[(-92, -160), (-94, 296)], [(92, -160), (94, 296)]], darker(colour, 0.14), 3)
    canvas.form(rect(-122, -318, 244, 46, 5), darker(colour, 0.12), 10, 0.2)
    canvas.fills([rect(x, -322, 13, 54, 2) for x in (-90, -30, 22, 78)], darker(colour, 0.28))
    if pattern == "plain":
        canvas.lines(
            [
                smooth([(0, -290), (-22, -220), (-14, -170)], closed=False),
                smooth([(4, -290), (26, -226), (14, -164)], closed=False),
            ],
            "#F3E6CE",
            6,
        )
    else:
        canvas.fill(ellipse(0, -295, 10, 10, 16), "#C9A15B" if pattern == "jean" else BONE)


@motif("coat", "#22304F", (600, 640), flat=True)
def coat(canvas: Canvas, options: Options) -> None:
    colour, cut = options["colour"], str(options.get("cut", "work"))
    foot = 300 if cut == "long" else 210
    arm = densify([(134, -240), (184, -206), (236, 110), (166, 128), (126, -70)], 24)
    for sleeve in (arm, [(-x, y) for x, y in arm]):
        cloth(canvas, sleeve, colour, options, 22)
    flare = 186 if cut == "long" else 162
    body = densify(
        [
            (-60, -270),
            (60, -270),
            (156, -226),
            (148, -60),
            (flare, foot),
            (-flare, foot),
            (-148, -60),
            (-156, -226),
        ],
        24,
    )
    cloth(canvas, canvas.tremble(body, 2), colour, options, 30)
    canvas.fill([(-46, -272), (46, -272), (6, -110)], darker(colour, 0.5))
    canvas.fill([(-34, -272), (34, -272), (4, -150)], "#C9866B" if cut == "long" else darker(colour, 0.3))
    for side in (-1, 1):
        wide = 74 if cut != "work" else 44
        lapel = [
            (side * 10, -100),
            (side * 50, -290),
            (side * (50 + wide), -246),
            (side * (44 + wide), -196),
            (side * (26 + wide * 0.5), -184),
        ]
        canvas.cast(lapel, 6)
        canvas.form(lapel if side > 0 else lapel[::-1], lighter(colour, 0.1), 9, 0.15)
        pocket = rect(side * 92 - 44, 66, 88, 84 if cut == "work" else 26, 5)
        canvas.form(pocket, lighter(colour, 0.06), 7, 0.2)
    canvas.line([(6, -104), (6, foot - 4)], darker(colour, 0.36), 4)
    if cut == "work":
        canvas.form(rect(48, -110, 76, 74, 5), lighter(colour, 0.06), 7, 0.2)
        buttons(canvas, -8, -84, foot - 50, 5, "#D9A441", 8)
    elif cut == "caban":
        for x in (-48, 52):
            buttons(canvas, x, -76, 110, 4, "#2A2A30", 12)
    else:
        canvas.form(rect(-158, -30, 316, 36, 4), darker(colour, 0.22), 10, 0.2)
        canvas.form(
            smooth([(20, -12), (46, 120), (76, 116), (44, -10)], pieces=4), darker(colour, 0.26), 7, 0.2
        )
        canvas.lines([rect(0, -38, 44, 50, 6)], BONE, 7)
