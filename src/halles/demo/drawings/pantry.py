# SPDX-License-Identifier: AGPL-3.0-or-later
"""Jars, bottles, tins and loose goods."""

from halles.demo.drawings.colours import darker, ink_on, lighter, mix
from halles.demo.drawings.letters import break_lines, fit, write
from halles.demo.drawings.paint import Canvas
from halles.demo.drawings.registry import Options, motif
from halles.demo.drawings.shapes import Outline, ellipse, lathe, leaf, moved, rect, smooth

PAPER = "#F7EEDB"


def label(
    canvas: Canvas,
    x: float,
    y: float,
    width: float,
    height: float,
    options: Options,
    paper: str = PAPER,
    ink: str | None = None,
) -> None:
    """A paper label with one or two lines, a rule above and below."""
    canvas.fill(canvas.tremble(rect(x - width / 2, y - height / 2, width, height, 5), 1.2), paper)
    ink = ink or darker(ink_on(paper), 0.1)
    title, second = str(options.get("label", "")), str(options.get("label2", ""))
    lines = break_lines(title, 2 if len(title) > 10 else 1)
    size = fit(lines, width * 0.8, height * (0.22 if second else 0.3))
    top = y - size * (len(lines) - 1) * 0.75 + (size * 0.1 if second else size * 0.5)
    for rank, line in enumerate(lines):
        write(canvas, line, x, top + rank * size * 1.6, size, ink, 0.15, serif=True)
    if second:
        small = fit([second], width * 0.66, height * 0.13)
        write(canvas, second, x, top + (len(lines) - 1) * size * 1.6 + height * 0.24, small, ink, 0.14)
    rules = [
        [(x - width * 0.36, y + side * height * 0.4), (x + width * 0.36, y + side * height * 0.4)]
        for side in (-1, 1)
    ]
    canvas.lines(rules, ink, 2.4)


def glass_gleam(canvas: Canvas, x: float, top: float, bottom: float, colour: str, width: float = 13) -> None:
    """The long reflection of the window on glass."""
    canvas.fill(rect(x, top, width, (bottom - top) * 0.56, width / 2), colour)
    canvas.fill(rect(x, top + (bottom - top) * 0.64, width, (bottom - top) * 0.16, width / 2), colour)


@motif("jar", "#6A2F3E", (260, 340), many=3)
def jar(canvas: Canvas, options: Options) -> None:
    colour = options["colour"]
    wide, tall = (142, 190) if options.get("wide") else (112, 262)
    canvas.stand(0, 0, wide * 2, 90)
    glass = lathe(
        [
            (wide * 0.78, -tall),
            (wide * 0.98, -tall * 0.86),
            (wide, -tall * 0.5),
            (wide, -26),
            (wide * 0.86, 0),
            (0, 2),
        ]
    )
    canvas.form(glass, colour, 40, 0.12)
    inside = [(x * 0.88, y * 0.94 - 6) for x, y in glass]
    canvas.dots(inside, darker(colour, 0.3), 16, 9)
    canvas.dots(inside, lighter(colour, 0.22), 14, 8)
    glass_gleam(canvas, -wide * 0.82, -tall * 0.8, -20, lighter(colour, 0.5))
    label(canvas, 4, -tall * 0.42, wide * 1.42, tall * 0.44, options)
    if options.get("cloth"):
        _cloth(canvas, wide, tall, str(options["cloth"]))
    else:
        lid = rect(-wide * 0.84, -tall - 34, wide * 1.68, 50, 8)
        canvas.form(lid, str(options.get("lid", "#C9A13B")), 18, 0.4)
        canvas.lines(
            [[(-wide * 0.8, -tall + k), (wide * 0.8, -tall + k)] for k in (-6, 4)],
            darker(str(options.get("lid", "#C9A13B")), 0.24),
            2.5,
        )


def _cloth(canvas: Canvas, wide: float, tall: float, colour: str) -> None:
    frill = [(-wide * 1.12 + k * wide * 0.28, -tall + (34 if k % 2 else 12)) for k in range(9)]
    skirt = smooth([(-wide * 0.78, -tall - 26), *frill, (wide * 0.78, -tall - 26)], pieces=4)
    canvas.form(skirt, colour, 20, 0.3)
    canvas.form(
        smooth(
            [
                (-wide * 0.8, -tall - 20),
                (-wide * 0.6, -tall - 52),
                (wide * 0.6, -tall - 52),
                (wide * 0.8, -tall - 20),
            ],
            pieces=5,
        ),
        colour,
        14,
        0.4,
    )
    canvas.dots(skirt, PAPER, 16, 5)
    canvas.line([(-wide * 0.8, -tall - 16), (0, -tall - 8), (wide * 0.8, -tall - 16)], "#8A5A34", 6)


@motif("honey", "#C9821F", (350, 320), many=3)
def honey(canvas: Canvas, options: Options) -> None:
    colour = options["colour"]
    canvas.stand(0, 0, 240, 90)
    glass = lathe([(88, -240), (116, -216), (124, -160), (124, -40), (106, 0), (0, 2)])
    canvas.form(glass, colour, 44, 0.45)
    canvas.fill(
        smooth([(-84, -232), (84, -232), (100, -216), (0, -206), (-100, -216)]), lighter(colour, 0.35)
    )
    glass_gleam(canvas, -100, -200, -20, lighter(colour, 0.6))
    label(canvas, 4, -102, 172, 116, options, "#FBF3DC")
    hexes = [ellipse(x, y, 13, 13, 6) for x, y in ((-62, -178), (-38, -178), (-50, -198), (60, -178))]
    canvas.fills(hexes, darker(colour, 0.22))
    canvas.form(rect(-100, -276, 200, 44, 7), "#E4C07A", 14, 0.4)
    with canvas.frame(158, 0, 0.94, 18):
        canvas.line([(0, -270), (0, -90)], "#B07A42", 13)
        for k in range(5):
            canvas.form(ellipse(0, -86 + k * 17, 30 - abs(k - 2) * 5, 10, 18), "#A86E36", 8, 0.3)
        canvas.fill(
            smooth([(-16, -14), (16, -14), (8, 30), (0, 44), (-8, 30)], pieces=4), lighter(colour, 0.1)
        )


SHAPES: dict[str, list[tuple[float, float]]] = {
    "oil": [(24, -420), (24, -330), (44, -290), (92, -250), (96, -200), (96, -20), (84, 0), (0, 2)],
    "tall": [(26, -450), (26, -330), (40, -290), (78, -236), (82, -180), (82, -18), (72, 0), (0, 2)],
    "milk": [(52, -360), (48, -300), (60, -262), (98, -206), (102, -150), (102, -20), (88, 0), (0, 2)],
    "swing": [(30, -430), (30, -350), (46, -300), (88, -228), (90, -170), (90, -18), (78, 0), (0, 2)],
    "can": [(60, -330), (124, -290), (128, -250), (128, -24), (112, 0), (0, 2)],
    "decanter": [(32, -370), (32, -280), (70, -248), (130, -190), (138, -90), (120, -14), (96, 0), (0, 2)],
}
STOPPERS = {
    "oil": "#2E2B29",
    "tall": "#8A5A34",
    "milk": "#C9A13B",
    "swing": "#B5432F",
    "can": "#F1E8D8",
    "decanter": "#6B452B",
}


@motif("bottle", "#B98A2E", (230, 470), many=3)
def bottle(canvas: Canvas, options: Options) -> None:
    colour, shape = options["colour"], str(options.get("shape", "tall"))
    profile = SHAPES[shape]
    wide, tall = max(x for x, _ in profile), -profile[0][1]
    canvas.stand(0, 0, wide * 2, 110)
    glass = lathe(profile)
    canvas.form(glass, mix(colour, "#C9D2BE", 0.35), 30, 0.3)
    level = -tall * (0.74 if shape != "can" else 0.94)
    content = [(x * 0.92, min(y, -8)) for x, y in glass if y > level]
    if shape != "can":
        canvas.form(content, colour, 26, 0.4)
    glass_gleam(canvas, -wide * 0.78, -tall * 0.56, -20, lighter(colour, 0.6))
    label(canvas, 3, -tall * 0.27, wide * 1.56, tall * 0.30, options, mix(PAPER, colour, 0.06))
    neck = profile[0][0]
    canvas.form(rect(-neck - 5, -tall - 26, neck * 2 + 10, 40, 7), STOPPERS[shape], 10, 0.35)
    if shape == "swing":
        canvas.lines(
            [
                [
                    (-neck - 6, -tall + 46),
                    (-neck - 14, -tall + 8),
                    (0, -tall - 40),
                    (neck + 14, -tall + 8),
                    (neck + 6, -tall + 46),
                ]
            ],
            "#8E9096",
            5,
        )
    if shape == "can":
        canvas.line(
            smooth([(70, -312), (150, -300), (156, -200), (128, -170)], closed=False),
            mix(colour, "#C9D2BE", 0.35),
            24,
        )
    if shape == "decanter":
        canvas.form(ellipse(0, -tall - 44, 44, 40, 24), STOPPERS[shape], 18, 0.4)


@motif("tin", "#2F3B45", (250, 310), many=3)
def tin(canvas: Canvas, options: Options) -> None:
    colour = options["colour"]
    canvas.stand(0, 0, 230, 90)
    canvas.form(lathe([(110, -236), (110, -20), (102, 0), (0, 8)], curved=False), colour, 44, 0.3)
    canvas.form(
        lathe([(114, -286), (116, -280), (116, -230), (0, -222)], curved=False),
        lighter(colour, 0.18),
        30,
        0.4,
    )
    canvas.form(ellipse(0, -286, 114, 20, 34), lighter(colour, 0.3), 10, 0.3)
    label(canvas, 0, -116, 168, 130, options)
    for side in (-1, 1):
        canvas.fills([leaf(side * 40, -66 + 0, 38, 14, -90 + side * 70)], "#7E9A5B")


@motif("chocolate", "#3B2117", (420, 480), flat=True, many=3)
def chocolate(canvas: Canvas, options: Options) -> None:
    colour = options["colour"]
    bar = rect(-150, -230, 300, 430, 8)
    canvas.cast(bar, 20)
    canvas.form(bar, colour, 14, 0.2)
    for row in range(6):
        for column in range(3):
            x, y = -140 + column * 95, -220 + row * 70
            canvas.form(rect(x, y, 88, 63, 6), lighter(colour, 0.06), 10, 0.25)
    foil = canvas.tremble(
        smooth([(-158, -40), (-90, -64), (-20, -34), (60, -62), (158, -30), (158, 40), (-158, 40)], pieces=4),
        2,
    )
    canvas.form(foil, "#D8D2C4", 14, 0.4)
    wrap = canvas.tremble(rect(-166, 0, 332, 216, 4), 2)
    canvas.cast(wrap, 8)
    canvas.form(wrap, "#B5432F", 20, 0.2)
    canvas.fill(rect(-110, 50, 220, 116, 4), PAPER)
    write(canvas, "NOIR", 0, 106, 34, "#3B2117", 0.16, serif=True)
    write(canvas, "70 %", 0, 148, 22, "#B5432F", 0.15)
    with canvas.frame(96, -250, 0.8, 20):
        canvas.cast(rect(0, 0, 90, 62, 6), 10)
        canvas.form(rect(0, 0, 90, 62, 6), lighter(colour, 0.08), 12, 0.3)


@motif("sardines", "#2E5E86", (440, 300), flat=True, many=3)
def sardines(canvas: Canvas, options: Options) -> None:
    colour = options["colour"]
    body = rect(-200, -130, 400, 260, 66)
    canvas.cast(body, 26)
    canvas.form(body, "#C9A65A", 18, 0.45)
    canvas.form(rect(-184, -114, 368, 228, 56), colour, 14, 0.25)
    canvas.lines([rect(-166, -96, 332, 192, 44)], "#EBC98A", 5)
    for k, y in enumerate((-40, 6, 52)):
        fish = smooth(
            [
                (-120, y),
                (-70, y - 20),
                (20, y - 20),
                (90, y - 4),
                (132, y - 20),
                (126, y + 4),
                (132, y + 26),
                (90, y + 8),
                (20, y + 18),
                (-70, y + 18),
            ],
            pieces=4,
        )
        canvas.form(moved(fish, 0, -6, 0.94 if k != 1 else 1), "#D9E0DE", 9, 0.4)
        canvas.fill(ellipse(-98, y - 8, 5, 5, 8), "#22303A")
        canvas.brush(fish, "#7F9AA8", 8, 40, 0, 4)
    write(canvas, "SARDINES", 0, -74, 22, "#F7EEDB", 0.16, serif=True)


@motif("soap", "#8C8F4E", (300, 270), many=3)
def soap(canvas: Canvas, options: Options) -> None:
    colour = options["colour"]
    canvas.stand(6, 0, 270, 80)
    canvas.form([(-130, -186), (70, -196), (70, 2), (-130, -4)], colour, 26, 0.25)
    canvas.fill([(70, -196), (132, -226), (130, -44), (70, 2)], darker(colour, 0.24))
    canvas.fill([(-130, -186), (-70, -222), (132, -226), (70, -196)], lighter(colour, 0.3))
    write(canvas, "SAVON", -30, -120, 30, darker(colour, 0.4), 0.16)
    write(canvas, "OLIVE", -30, -66, 30, darker(colour, 0.4), 0.16)
    write(canvas, "300 G", -30, -24, 18, darker(colour, 0.4), 0.16)


@motif("heap", "#6E7045", (420, 320), views="bag jar")
def heap(canvas: Canvas, options: Options) -> None:
    """Loose goods: in a bowl, in a paper bag or in a preserving jar."""
    if options["view"] == "bag":
        _bag(canvas, options)
    elif options["view"] == "jar":
        _preserve(canvas, options)
    else:
        _bowlful(canvas, options)


def _bowlful(canvas: Canvas, options: Options) -> None:
    canvas.stand(0, 0, 300, 110)
    mound = canvas.tremble(
        smooth([(-178, -150), (-120, -206), (-40, -246), (40, -250), (124, -204), (178, -150), (0, -120)]), 3
    )
    canvas.form(mound, options["colour"], 36, 0.2)
    _grains(canvas, mound, options, 90)
    bowl = lathe([(196, -160), (186, -110), (140, -40), (84, -8), (76, 4), (0, 6)])
    glaze = canvas.rng.choice(("#F2EADB", "#B7C4BE", "#C98B66", "#7F9AA0"))
    canvas.form(bowl, glaze, 50, 0.35)
    canvas.fill(smooth([(-196, -160), (0, -142), (196, -160), (0, -128)], pieces=6), lighter(glaze, 0.4))
    floor = ellipse(10, 30, 230, 24, 20)
    _grains(canvas, floor, options, 12)


def _bag(canvas: Canvas, options: Options) -> None:
    canvas.stand(0, 0, 280, 110)
    paper = "#C99E66"
    body = canvas.tremble(
        smooth([(-128, -250), (-140, -120), (-132, -8), (132, -4), (142, -120), (130, -254)], pieces=4), 2
    )
    mound = smooth([(-120, -236), (-70, -282), (0, -300), (76, -284), (122, -238), (0, -220)])
    canvas.form(mound, options["colour"], 24, 0.2)
    _grains(canvas, mound, options, 50)
    canvas.form(body, paper, 40, 0.2)
    canvas.brush(body, darker(paper, 0.12), 14, 120, 86, 5)
    cuff = canvas.tremble(
        smooth(
            [
                (-142, -262),
                (-60, -236),
                (40, -232),
                (140, -262),
                (144, -206),
                (40, -184),
                (-60, -186),
                (-146, -208),
            ],
            pieces=4,
        ),
        2,
    )
    canvas.form(cuff, lighter(paper, 0.3), 14, 0.2)
    window = ellipse(0, -92, 72, 62, 30)
    canvas.fill(ellipse(0, -92, 80, 70, 30), PAPER)
    canvas.form(window, options["colour"], 14, 0.1)
    _grains(canvas, window, options, 40)
    _grains(canvas, ellipse(120, 26, 150, 22, 20), options, 16)


def _preserve(canvas: Canvas, options: Options) -> None:
    canvas.stand(0, 0, 240, 90)
    glass = lathe([(84, -290), (112, -262), (118, -200), (118, -30), (100, 0), (0, 2)])
    canvas.form(glass, "#D5DED6", 30, 0.3)
    inside = [(x * 0.93, min(y, -9)) for x, y in glass if y > -232]
    canvas.form(inside, options["colour"], 34, 0.1)
    _grains(canvas, inside, options, 80)
    glass_gleam(canvas, -100, -220, -20, "#F3F4EA", 10)
    canvas.form(rect(-94, -330, 188, 40, 14), "#E3EAE2", 14, 0.4)
    canvas.fill(rect(-98, -292, 196, 12, 4), "#C4532F")
    canvas.line(smooth([(96, -300), (132, -270), (112, -230)], closed=False), "#8E9096", 6)


def _grains(canvas: Canvas, where: Outline, options: Options, count: int) -> None:
    colour, grain = options["colour"], str(options.get("grain", "lentil"))
    sizes = {
        "lentil": (9, 7),
        "bean": (17, 9),
        "pea": (12, 11),
        "rice": (10, 4),
        "flake": (17, 9),
        "penne": (30, 10),
        "flour": (16, 3),
    }
    long, short = sizes[grain]
    groups: dict[str, list[Outline]] = {
        darker(colour, 0.28): [],
        lighter(colour, 0.32): [],
        mix(colour, darker(colour, 0.28), 0.4): [],
    }
    tones = list(groups)
    for rank, (x, y) in enumerate(canvas.scatter(where, count if grain != "penne" else count // 2)):
        turn = canvas.rng.uniform(0, 180)
        shape = (
            rect(-long / 1, -short / 2, long * 2, short, 3)
            if grain == "penne"
            else ellipse(0, 0, long, short, 10)
        )
        groups[tones[rank % 3]].append(moved(shape, x, y, canvas.vary(1, 0.15), turn))
    for tone, shapes in groups.items():
        canvas.fills(shapes, tone)
