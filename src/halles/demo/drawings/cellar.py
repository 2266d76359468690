# SPDX-License-Identifier: AGPL-3.0-or-later
"""Wine, beer, and what opens them."""

from halles.demo.drawings.colours import darker, ink_on, lighter, mix
from halles.demo.drawings.letters import break_lines, fit, write
from halles.demo.drawings.paint import Canvas
from halles.demo.drawings.pantry import glass_gleam, label
from halles.demo.drawings.registry import Options, motif
from halles.demo.drawings.shapes import ellipse, lathe, leaf, rect, smooth

BOTTLES: dict[str, list[tuple[float, float]]] = {
    "bordeaux": [(24, -560), (25, -420), (34, -388), (72, -352), (78, -310), (78, -16), (66, 0), (0, 3)],
    "bourgogne": [(24, -560), (26, -450), (38, -390), (74, -300), (86, -230), (86, -16), (72, 0), (0, 3)],
    "flute": [(21, -600), (24, -470), (40, -380), (64, -290), (70, -220), (70, -14), (60, 0), (0, 3)],
    "champagne": [(27, -560), (28, -460), (40, -396), (80, -306), (92, -230), (92, -18), (78, 0), (0, 3)],
}


@motif("wine", "#2F3B2A", (200, 600), views="glass flutes", many=2)
def wine(canvas: Canvas, options: Options) -> None:
    view = options["view"]
    with canvas.frame(-96 if view != "one" else 0, 0):
        _bottle(canvas, options)
    if view == "glass":
        with canvas.frame(112, 26):
            _glass(canvas, str(options.get("wine", "#5A1626")))
    elif view == "flutes":
        for x, y in ((62, 6), (158, 30)):
            with canvas.frame(x, y):
                _flute(canvas, str(options.get("wine", "#EBD58A")))


def _bottle(canvas: Canvas, options: Options) -> None:
    shape, glass = str(options.get("shape", "bordeaux")), str(options.get("glass", "#2F3B2A"))
    profile = BOTTLES[shape]
    wide, tall = max(x for x, _ in profile), -profile[0][1]
    canvas.stand(0, 0, wide * 2.1, 120)
    canvas.form(lathe(profile), glass, 36, 0.3)
    glass_gleam(canvas, -wide * 0.74, -tall * 0.56, -24, lighter(glass, 0.4), 11)
    capsule = canvas.rng.choice(("#7A1E2E", "#22304F", "#2F4A3C", "#B5822E", "#3A2A2E"))
    neck = profile[0][0]
    if shape == "champagne":
        foil = lathe([(neck + 3, -tall - 4), (neck + 7, -tall + 60), (42, -tall + 170), (0, -tall + 186)])
        canvas.form(foil, "#C9A54E", 14, 0.45)
        canvas.brush(foil, "#A8843A", 12, 34, 60, 5)
        canvas.form(ellipse(0, -tall - 2, neck + 10, 16, 20), "#D8B865", 8, 0.4)
    else:
        canvas.form(rect(-neck - 3, -tall - 6, neck * 2 + 6, 118, 5), capsule, 12, 0.3)
        canvas.fill(rect(-neck - 5, -tall + 14, neck * 2 + 10, 9, 3), darker(capsule, 0.3))
    _label(canvas, options, wide)


def _label(canvas: Canvas, options: Options, wide: float) -> None:
    paper, style = options["colour"], str(options.get("style", "plain"))
    width, height, middle = wide * 1.72, 176.0, -130.0
    canvas.fill(canvas.tremble(rect(-width / 2, middle - height / 2, width, height, 4), 1), paper)
    ink = ink_on(paper)
    accent = "#B5432F" if ink != "#FBF3E2" else "#E3B85A"
    _emblem(canvas, style, width, middle - 38, accent, paper)
    words = break_lines(str(options.get("label", "")), 2 if len(str(options.get("label", ""))) > 11 else 1)
    size = fit(words, width * 0.82, 27)
    for rank, word in enumerate(words):
        write(
            canvas, word, 0, middle + 32 + (rank - (len(words) - 1)) * size * 1.5, size, ink, 0.15, serif=True
        )
    second = str(options.get("label2", ""))
    if second:
        write(canvas, second, 0, middle + 62, fit([second], width * 0.66, 14), ink, 0.14)
    canvas.lines([[(-width * 0.36, middle + 74), (width * 0.36, middle + 74)]], accent, 3)


def _emblem(canvas: Canvas, style: str, width: float, y: float, accent: str, paper: str) -> None:
    if style == "arch":
        canvas.fill([*ellipse(0, y + 4, 36, 36, 30)[15:], (36, y + 30), (-36, y + 30)], accent)
        canvas.fill([*ellipse(0, y + 8, 20, 20, 24)[12:], (20, y + 30), (-20, y + 30)], paper)
    elif style == "disc":
        canvas.fill(ellipse(0, y, 32, 32, 30), mix(accent, paper, 0.1))
    elif style == "sun":
        canvas.fills([leaf(0, y, 44, 9, turn) for turn in range(0, 360, 30)], accent)
        canvas.fill(ellipse(0, y, 20, 20, 24), accent)
    elif style == "waves":
        canvas.lines(
            [
                smooth(
                    [
                        (-width * 0.34 + k * width * 0.085, y + row * 15 + (5 if k % 2 else -5))
                        for k in range(9)
                    ],
                    closed=False,
                )
                for row in (-1, 0, 1)
            ],
            accent,
            4,
        )
    elif style == "leaf":
        canvas.fills(
            [leaf(0, y + 26, 54, 20, -90 + turn) for turn in (-44, 0, 44)], mix(accent, "#5F7A3A", 0.75)
        )
    elif style == "mountain":
        canvas.fill(
            [(-width * 0.36, y + 28), (-12, y - 30), (10, y + 2), (26, y - 14), (width * 0.36, y + 28)],
            accent,
        )
    elif style == "house":
        canvas.fill(
            [
                (-40, y + 28),
                (-40, y - 6),
                (-18, y - 26),
                (2, y - 6),
                (2, y - 16),
                (24, y - 16),
                (24, y - 36),
                (38, y - 36),
                (38, y + 28),
            ],
            accent,
        )
    elif style == "stripes":
        canvas.fills(
            [rect(-width * 0.4 + k * width * 0.13, y - 36, width * 0.06, 68) for k in range(7)], accent
        )
    elif style == "band":
        canvas.fill(rect(-width / 2, y - 16, width, 32), accent)
    else:
        canvas.lines([ellipse(0, y, 30, 22, 26)], accent, 4)
        canvas.fills([leaf(0, y + 12, 30, 12, -90 + t) for t in (-30, 0, 30)], accent)


def _glass(canvas: Canvas, content: str) -> None:
    canvas.stand(0, 0, 130, 60)
    clear = mix(canvas.ground, "#FFFFFF", 0.45)
    bowl = lathe([(62, -320), (82, -250), (78, -190), (40, -138), (7, -120), (0, -118)])
    canvas.fill(bowl, clear, 0.75)
    inside = [(x * 0.92, y) for x, y in bowl if y > -252]
    canvas.form(inside, content, 24, 0.25)
    canvas.fill(ellipse(0, -252, 75, 12, 28), lighter(content, 0.28))
    canvas.fill(rect(-5, -126, 10, 118, 4), clear)
    canvas.form(ellipse(0, -4, 62, 12, 28), clear, 6, 0.3)
    canvas.fill(rect(-58, -290, 9, 100, 5), "#FFFDF6", 0.8)


def _flute(canvas: Canvas, content: str) -> None:
    canvas.stand(0, 0, 90, 50)
    clear = mix(canvas.ground, "#FFFFFF", 0.45)
    bowl = lathe([(34, -350), (36, -260), (26, -170), (6, -140), (0, -138)])
    canvas.fill(bowl, clear, 0.75)
    inside = [(x * 0.88, y) for x, y in bowl if y > -300]
    canvas.form(inside, content, 14, 0.4)
    canvas.dots(inside, lighter(content, 0.7), 16, 3)
    canvas.fill(rect(-4, -146, 8, 140, 3), clear)
    canvas.form(ellipse(0, -4, 46, 9, 24), clear, 5, 0.3)


@motif("beer", "#E2B044", (190, 460), views="glass", many=2)
def beer(canvas: Canvas, options: Options) -> None:
    with canvas.frame(-90 if options["view"] == "glass" else 0, 0):
        canvas.stand(0, 0, 160, 100)
        canvas.form(
            lathe([(26, -420), (28, -340), (40, -290), (76, -236), (80, -190), (80, -16), (68, 0), (0, 3)]),
            "#5A3318",
            34,
            0.35,
        )
        glass_gleam(canvas, -60, -230, -20, "#9A6234", 10)
        canvas.form(rect(-32, -440, 64, 26, 6), options["colour"], 8, 0.4)
        label(canvas, 2, -122, 138, 132, options, options["colour"])
    if options["view"] == "glass":
        with canvas.frame(110, 28):
            canvas.stand(0, 0, 130, 60)
            content = str(options.get("beer", "#E3A93A"))
            glass = lathe([(72, -260), (66, -140), (56, -10), (0, 0)], curved=False)
            canvas.form(glass, content, 30, 0.45)
            canvas.dots(glass, lighter(content, 0.5), 22, 4)
            for x in (-50, -18, 18, 50, 0):
                canvas.form(ellipse(x, -266 - abs(x) * -0.1, 32, 27, 20), "#FBF3E0", 12, 0.1)


@motif("corkscrew", "#2F5F8A", (330, 430), flat=True)
def corkscrew(canvas: Canvas, options: Options) -> None:
    handle = smooth(
        [(-170, -120), (-60, -158), (90, -150), (172, -110), (168, -74), (60, -92), (-70, -98), (-166, -70)]
    )
    twist = smooth([((24 if k % 2 else -24), -90 + k * 30) for k in range(11)] + [(0, 226)], closed=False)
    canvas.cast([(x, y) for x, y in twist], 12)
    canvas.line(twist, "#8E9499", 13)
    canvas.line([(x - 3, y - 4) for x, y in twist], "#DDE2E4", 4)
    canvas.cast(handle, 20)
    canvas.form(handle, options["colour"], 22, 0.35)
    canvas.form([(130, -116), (168, -106), (120, 70), (96, 60)], "#A7ADB2", 8, 0.4)
    canvas.fills(
        [ellipse(-120, -108, 9, 9, 12), ellipse(0, -124, 9, 9, 12), ellipse(116, -112, 9, 9, 12)], "#D9B45A"
    )
    cork = rect(-150, 120, 74, 120, 12)
    canvas.cast(cork, 14)
    canvas.form(cork, "#C99B66", 16, 0.3)
    canvas.dots(cork, "#8A5F38", 18, 4)


@motif("winebox", "#C9A06A", (480, 540))
def winebox(canvas: Canvas, options: Options) -> None:
    canvas.stand(0, 0, 440, 110)
    wood = options["colour"]
    canvas.form(rect(-215, -470, 430, 470, 4), darker(wood, 0.42), 20, 0)
    sets = (
        ("bourgogne", "#8FA37A", "#E9EFE0"),
        ("bordeaux", "#E9A79A", "#FBEFE6"),
        ("bordeaux", "#2F3B2A", "#B5432F"),
    )
    for rank, (shape, glass, paper) in enumerate(sets):
        with canvas.frame(-132 + rank * 132, -10, 0.74):
            profile = BOTTLES[shape]
            canvas.form(lathe(profile), glass, 30, 0.3)
            canvas.form(rect(-27, -566, 54, 110, 5), darker(paper, 0.5), 10, 0.3)
            canvas.fill(rect(-66, -210, 132, 150, 4), paper)
            canvas.fill(ellipse(0, -150, 26, 26, 24), mix(paper, "#B5432F", 0.7))
    for x in (-222, -75, 66, 206):
        canvas.form(rect(x, -476, 17, 482, 2), wood, 5, 0.2)
    front = canvas.tremble(rect(-222, -120, 444, 126, 3), 1)
    canvas.form(front, wood, 14, 0.3)
    canvas.brush(front, darker(wood, 0.16), 16, 130, 0, 5)
    write(canvas, "LOIRE", 0, -36, 42, darker(wood, 0.5), 0.16, serif=True)
