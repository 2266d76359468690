# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the potter throws and the joiner makes."""

from halles.demo.drawings.cheese import egg_shape
from halles.demo.drawings.colours import darker, lighter, mix
from halles.demo.drawings.paint import Canvas
from halles.demo.drawings.registry import Options, motif
from halles.demo.drawings.shapes import Outline, ellipse, lathe, leaf, rect, smooth, spans

CLAY = "#B98A66"


def throwing(canvas: Canvas, outline: Outline, colour: str, count: int = 6) -> None:
    """The rings the fingers leave on the wheel."""
    top = min(y for _, y in outline)
    marks = []
    for k in range(count):
        y = top * (0.2 + 0.68 * k / max(count - 1, 1))
        for left, right in spans(outline, y, True):
            wide = right - left
            marks.append(
                smooth(
                    [(left + wide * 0.12, y), (left + wide * 0.5, y + wide * 0.03), (right - wide * 0.2, y)],
                    closed=False,
                )
            )
    canvas.lines(marks, mix(colour, darker(colour, 0.2), 0.55), 2.6)


@motif("bowl", "#9DB8A4", (420, 250), many=3)
def bowl(canvas: Canvas, options: Options) -> None:
    colour = options["colour"]
    wide, deep = (130, 160) if options.get("small") else (200, 190)
    canvas.stand(0, 0, wide * 1.3, 90)
    outside = CLAY if options.get("raw") else colour
    body = lathe(
        [
            (wide, -deep),
            (wide * 0.96, -deep * 0.66),
            (wide * 0.7, -deep * 0.24),
            (wide * 0.4, -14),
            (wide * 0.4, 4),
            (0, 8),
        ]
    )
    canvas.form(canvas.tremble(body, 2), outside, 54, 0.35)
    if options.get("wood"):
        canvas.lines(
            [
                smooth([(-wide * 0.9, -deep * s), (0, -deep * s + 26), (wide * 0.8, -deep * s)], closed=False)
                for s in (0.8, 0.62, 0.46)
            ],
            darker(colour, 0.2),
            4,
        )
    else:
        throwing(canvas, body, outside)
        canvas.dots(body, darker(outside, 0.3), 26, 3)
        foot = lathe([(wide * 0.42, -16), (wide * 0.42, 5), (0, 9)])
        canvas.form(foot, CLAY, 10, 0.2)
    rim = ellipse(0, -deep, wide, wide * 0.17, 44)
    canvas.form(rim, lighter(colour, 0.3), 8, 0)
    canvas.form(
        ellipse(0, -deep + 3, wide * 0.94, wide * 0.14, 44),
        darker(colour, 0.12 if options.get("raw") else 0.24),
        12,
        0,
    )
    canvas.fill(
        smooth(
            [
                (-wide * 0.2, -deep + wide * 0.1),
                (wide * 0.4, -deep + wide * 0.04),
                (wide * 0.7, -deep + 6),
                (wide * 0.3, -deep + wide * 0.12),
            ]
        ),
        lighter(colour, 0.2),
    )


@motif("mug", "#D8CBB2", (300, 300), many=3)
def mug(canvas: Canvas, options: Options) -> None:
    colour = options["colour"]
    wide, tall = (84, 150) if options.get("small") else (102, 220)
    canvas.stand(0, 0, wide * 2, 90)
    ear = smooth(
        [
            (wide - 10, -tall * 0.82),
            (wide + 62, -tall * 0.78),
            (wide + 72, -tall * 0.42),
            (wide - 4, -tall * 0.22),
        ],
        closed=False,
    )
    canvas.line([(x + 3, y + 5) for x, y in ear], darker(colour, 0.35), 22)
    canvas.line(ear, colour, 20)
    canvas.line([(x - 3, y - 4) for x, y in ear], lighter(colour, 0.35), 5)
    body = lathe([(wide, -tall), (wide * 1.02, -tall * 0.5), (wide * 0.96, -20), (wide * 0.82, 0), (0, 8)])
    canvas.form(canvas.tremble(body, 1.5), colour, 40, 0.35)
    if options.get("dip"):
        dip = [(x, max(y, -tall * 0.56 + 9 * ((i % 9) / 9))) for i, (x, y) in enumerate(body)]
        canvas.form(dip, str(options["dip"]), 36, 0.35)
    throwing(canvas, body, colour, 5)
    canvas.dots(body, darker(colour, 0.4), 22, 2.4)
    canvas.form(ellipse(0, -tall, wide, wide * 0.2, 40), lighter(colour, 0.3), 6, 0)
    inside = str(options.get("tint", "#3A2015")) if options.get("filled") else darker(colour, 0.3)
    canvas.form(
        ellipse(0, -tall + 3, wide * 0.92, wide * 0.165, 38), inside, 8, 0.3 if options.get("filled") else 0
    )
    if options.get("filled"):
        steam = [
            smooth(
                [(x, -tall - 26), (x + 20, -tall - 70), (x - 8, -tall - 112), (x + 12, -tall - 156)],
                closed=False,
            )
            for x in (-26, 22)
        ]
        canvas.lines(steam, lighter(canvas.ground, 0.6), 9)


@motif("plate", "#EFE8D8", (520, 520), flat=True, many=3)
def plate(canvas: Canvas, options: Options) -> None:
    colour = options["colour"]
    rim = ellipse(0, 0, 245, 245, 72)
    if options.get("fluted"):
        import math

        rim = [
            (
                x * (1 + 0.022 * math.cos(i * 2 * math.pi * 24 / 192)),
                y * (1 + 0.022 * math.cos(i * 2 * math.pi * 24 / 192)),
            )
            for i, (x, y) in enumerate(ellipse(0, 0, 242, 242, 192))
        ]
    canvas.cast(rim, 28)
    canvas.form(canvas.tremble(rim, 2), colour, 20, 0.35)
    well = ellipse(0, 0, 176 if options.get("deep") else 168, 176 if options.get("deep") else 168, 60)
    canvas.fill([(x - 5, y - 6) for x, y in well], darker(colour, 0.24))
    canvas.fill([(x + 4, y + 5) for x, y in well], lighter(colour, 0.3))
    canvas.fill(well, mix(colour, darker(colour, 0.14), 0.8 if options.get("deep") else 0.3))
    rings = [ellipse(0, 0, r, r, 50) for r in (138, 96, 52)]
    canvas.lines([[*ring, ring[0]] for ring in rings], darker(colour, 0.13), 2.4)
    if options.get("speckled"):
        canvas.dots(rim, "#6B4A34", 90, 3.2)
    canvas.lines([[*rim, rim[0]]], CLAY if not options.get("fluted") else darker(colour, 0.25), 5)


@motif("pitcher", "#8FAFA0", (330, 430))
def pitcher(canvas: Canvas, options: Options) -> None:
    colour = options["colour"]
    canvas.stand(0, 0, 240, 110)
    ear = smooth([(66, -330), (168, -330), (182, -180), (104, -100)], closed=False)
    canvas.line([(x + 3, y + 5) for x, y in ear], darker(colour, 0.35), 27)
    canvas.line(ear, colour, 25)
    canvas.line([(x - 4, y - 5) for x, y in ear], lighter(colour, 0.35), 6)
    body = smooth(
        [
            (-118, -392),
            (-60, -372),
            (74, -376),
            (66, -300),
            (112, -190),
            (126, -90),
            (92, -6),
            (0, 6),
            (-92, -6),
            (-126, -90),
            (-108, -190),
            (-70, -300),
            (-84, -350),
        ]
    )
    canvas.form(canvas.tremble(body, 2), colour, 56, 0.4)
    throwing(canvas, body, colour, 7)
    canvas.fill(smooth([(-112, -388), (-50, -382), (70, -380), (20, -362), (-50, -360)]), darker(colour, 0.4))
    canvas.form(lathe([(96, -22), (90, 2), (0, 8)]), CLAY, 8, 0.2)


@motif("teapot", "#3F4A4E", (480, 400), views="scene")
def teapot(canvas: Canvas, options: Options) -> None:
    colour = options["colour"]
    canvas.stand(0, 0, 300, 120)
    canvas.line(
        smooth([(-110, -200), (-130, -330), (0, -392), (130, -330), (110, -200)], closed=False), "#7A4E2A", 19
    )
    canvas.line(smooth([(-114, -204), (-134, -332), (-4, -398), (120, -340)], closed=False), "#C99B66", 6)
    spout = smooth(
        [(-120, -160), (-190, -190), (-236, -262), (-208, -268), (-168, -226), (-96, -214)], pieces=5
    )
    canvas.form(spout, colour, 18, 0.3)
    body = lathe([(70, -226), (140, -190), (166, -110), (136, -26), (90, 2), (0, 8)])
    canvas.form(canvas.tremble(body, 2), colour, 60, 0.4)
    throwing(canvas, body, colour, 6)
    canvas.dots(body, lighter(colour, 0.35), 26, 2.6)
    canvas.form(smooth([(-84, -216), (-50, -254), (50, -254), (84, -216), (0, -200)]), colour, 16, 0.4)
    canvas.form(ellipse(0, -268, 24, 20, 20), colour, 10, 0.5)
    if options["view"] == "scene":
        for x, y in ((150, 36), (-190, 44)):
            with canvas.frame(x, y, 0.56):
                bowl(canvas, {"colour": "#C9BFA8", "small": True})


@motif("butterdish", "#C9D2D6", (300, 290))
def butterdish(canvas: Canvas, options: Options) -> None:
    colour = options["colour"]
    canvas.stand(0, 0, 220, 90)
    body = lathe([(112, -130), (116, -60), (96, -4), (0, 6)])
    canvas.form(body, colour, 40, 0.35)
    throwing(canvas, body, colour, 4)
    lid = smooth([(-124, -128), (-116, -168), (-60, -196), (60, -196), (116, -168), (124, -128), (0, -112)])
    canvas.form(lid, colour, 26, 0.4)
    canvas.form(lathe([(26, -240), (40, -222), (26, -194), (0, -188)]), colour, 12, 0.4)
    canvas.lines(
        [
            smooth(
                [(-96, -90), (-60, -100), (-30, -84), (0, -98), (30, -84), (60, -100), (96, -90)],
                closed=False,
            )
        ],
        "#33466B",
        6,
    )


@motif("eggcup", "#DCCFB5", (200, 280), many=2)
def eggcup(canvas: Canvas, options: Options) -> None:
    colour = options["colour"]
    canvas.stand(0, 0, 140, 60)
    canvas.form(egg_shape(0, -168, 64, 0), "#D9A77C", 28, 0.5)
    cup = lathe([(74, -150), (66, -96), (24, -60), (22, -40), (62, -6), (60, 4), (0, 8)])
    canvas.form(cup, colour, 28, 0.35)
    canvas.dots(cup, "#6B4A34", 18, 2.6)


VASES: dict[str, list[tuple[float, float]]] = {
    "bottle": [(30, -400), (24, -370), (24, -280), (50, -232), (116, -160), (122, -80), (86, -6), (0, 6)],
    "ball": [(44, -290), (40, -268), (100, -240), (156, -150), (130, -50), (66, 0), (0, 6)],
    "cylinder": [(88, -340), (92, -300), (92, -40), (82, 0), (0, 6)],
    "amphora": [(62, -420), (44, -396), (42, -350), (110, -280), (136, -190), (92, -70), (50, 0), (0, 6)],
}


@motif("vase", "#2E3133", (330, 430), views="scene")
def vase(canvas: Canvas, options: Options) -> None:
    colour, shape = options["colour"], str(options.get("shape", "bottle"))
    profile = VASES[shape]
    mouth, top = profile[0]
    if options["view"] == "scene":
        _branch(canvas, 0, top)
    canvas.stand(0, 0, profile[-2][0] * 2.4, 120)
    if shape == "amphora":
        for side in (-1, 1):
            ear = smooth(
                [(side * 44, -384), (side * 118, -380), (side * 122, -310), (side * 98, -276)], closed=False
            )
            canvas.line(ear, darker(colour, 0.2), 20)
            canvas.line([(x - 3, y - 4) for x, y in ear], lighter(colour, 0.15), 8)
    body = lathe(profile)
    canvas.form(canvas.tremble(body, 1.5), colour, 50, 0.35)
    throwing(canvas, body, colour, 7)
    if shape == "ball":
        canvas.lines(
            [
                smooth([(x, y), (x + 30, y + 22), (x + 22, y + 56)], closed=False)
                for x, y in canvas.scatter(body, 14)
            ],
            darker(colour, 0.22),
            2,
        )
    if options.get("combed"):
        waves = [
            smooth([(-84 + k * 24, y + (9 if k % 2 else -9)) for k in range(8)], closed=False)
            for y in (-250, -226, -202, -140, -116)
        ]
        canvas.lines(waves, "#EBDCC0", 7)
    canvas.form(ellipse(0, top, mouth, mouth * 0.26, 30), darker(colour, 0.35), 5, 0)


def _branch(canvas: Canvas, x: float, y: float) -> None:
    """One flowering branch."""
    stem = smooth([(x, y + 30), (x + 10, y - 60), (x - 30, y - 150), (x + 30, y - 230)], closed=False)
    canvas.lines(
        [
            stem,
            smooth([(x - 8, y - 100), (x + 70, y - 150), (x + 110, y - 200)], closed=False),
            smooth([(x - 26, y - 140), (x - 90, y - 170)], closed=False),
        ],
        "#6B4A34",
        8,
    )
    for px, py in (
        (x + 30, y - 230),
        (x + 110, y - 200),
        (x + 66, y - 148),
        (x - 90, y - 172),
        (x - 36, y - 156),
        (x + 12, y - 70),
        (x + 90, y - 176),
    ):
        canvas.fills(
            [leaf(px, py, 25, 21, angle) for angle in range(18, 378, 72)],
            canvas.rng.choice(("#F7E3DC", "#F0C3BC", "#FFF6EA")),
        )
        canvas.fill(ellipse(px, py, 6, 6, 10), "#D98A4B")


@motif("planter", "#C98B66", (330, 300))
def planter(canvas: Canvas, options: Options) -> None:
    colour = options["colour"]
    canvas.stand(0, 0, 270, 90)
    canvas.form(ellipse(0, -4, 150, 26, 36), darker(colour, 0.08), 10, 0.3)
    for k in range(11):
        canvas.form(
            leaf(-80 + k * 16, -200, canvas.vary(150, 0.3), 44, -90 + (k - 5) * 14, (k - 5) * 3),
            mix("#5F8A4B", "#8FB46E", canvas.rng.random()),
            10,
            0.25,
        )
    body = lathe([(140, -212), (132, -120), (108, -10), (0, 2)])
    canvas.form(body, colour, 46, 0.3)
    canvas.form(rect(-148, -226, 296, 44, 12), colour, 14, 0.35)
    canvas.lines(
        [smooth([(-118 + k * 26, -96 + (8 if k % 2 else -8)) for k in range(10)], closed=False)], "#F0E2C8", 8
    )


@motif("candlestick", "#55666B", (260, 400), many=2)
def candlestick(canvas: Canvas, options: Options) -> None:
    colour = options["colour"]
    canvas.stand(0, 0, 230, 80)
    canvas.line(smooth([(96, -24), (150, -40), (146, -80), (96, -66)], closed=False), darker(colour, 0.1), 16)
    canvas.form(smooth([(-120, -40), (0, -24), (120, -40), (92, 0), (0, 10), (-92, 0)]), colour, 20, 0.35)
    canvas.form(ellipse(0, -42, 120, 24, 36), lighter(colour, 0.12), 10, 0.2)
    canvas.form(rect(-26, -300, 52, 240, 8), "#F3E6CE", 20, 0.3)
    canvas.form(lathe([(42, -110), (44, -60), (54, -40), (0, -34)]), colour, 16, 0.35)
    canvas.line([(0, -298), (2, -322)], "#3A2A2A", 5)
    canvas.fill(smooth([(0, -390), (20, -346), (12, -318), (0, -312), (-12, -318), (-18, -346)]), "#F0A93C")
    canvas.fill(smooth([(0, -360), (9, -336), (0, -318), (-9, -336)]), "#FFF0B8")
