# SPDX-License-Identifier: AGPL-3.0-or-later
"""Prints, posters and postcards: pictures within the picture."""

import math
from collections.abc import Callable

from halles.demo.drawings.colours import darker, lighter, mix
from halles.demo.drawings.letters import write
from halles.demo.drawings.paint import Canvas
from halles.demo.drawings.registry import Options, motif
from halles.demo.drawings.shapes import Outline, densify, ellipse, leaf, moved, rect, smooth

# A picture is drawn in a box 240 wide and 300 high around (0, 0).
W, H = 120.0, 150.0


def round_arch(x: float, foot: float, half: float, spring: float) -> Outline:
    """A round-headed opening."""
    return [
        (x - half, foot),
        *(
            (x - half * math.cos(a), spring - half * math.sin(a))
            for a in (math.pi * k / 12 for k in range(13))
        ),
        (x + half, foot),
    ]


def _facade(canvas: Canvas, first: str, second: str) -> None:
    canvas.fill(rect(-W, -H, 2 * W, 2 * H), mix(second, "#F3E6CE", 0.35))
    canvas.fill(ellipse(62, -96, 26, 26, 26), "#F3E0B0")
    stone = first
    canvas.fill([(-74, 120), (-74, -30), (0, -92), (74, -30), (74, 120)], stone)
    for x in (-92, 92):
        canvas.fill(rect(x - 18, -44, 36, 164), darker(stone, 0.12))
        canvas.fill([(x - 22, -44), (x, -118), (x + 22, -44)], lighter(stone, 0.2))
        scales = [ellipse(x - 10 + c * 10, -56 - r * 14, 4, 5, 8) for r in range(3) for c in range(3 - r)]
        canvas.fills(scales, darker(stone, 0.3))
    canvas.fills([round_arch(x, 120, 18, 78) for x in (-46, 46)], darker(stone, 0.3))
    canvas.fill(round_arch(0, 120, 24, 66), darker(second, 0.3))
    canvas.fills([round_arch(-58 + k * 17, 40, 6, 22) for k in range(8)], darker(stone, 0.32))
    canvas.fills([round_arch(-58 + k * 17, 4, 6, -14) for k in range(8)], darker(stone, 0.32))
    canvas.fill(ellipse(0, -50, 14, 18, 24), darker(stone, 0.35))
    canvas.fill(rect(-W, 120, 2 * W, 30), darker(second, 0.15))


def _arches(canvas: Canvas, first: str, second: str) -> None:
    canvas.fill(rect(-W, -H, 2 * W, 2 * H), second)
    for rank, share in enumerate((1.0, 0.76, 0.55, 0.36, 0.2)):
        tone = mix(first, second, 0.1 + 0.18 * rank)
        canvas.fill(
            round_arch(0, H, 108 * share, -30 + rank * 22),
            tone if rank % 2 == 0 else mix(second, first, 0.25),
        )
    canvas.fill(round_arch(0, H, 14, 84), "#F6E7C0")
    canvas.brush(rect(-W, -H, 2 * W, 2 * H), darker(first, 0.3), 34, 40, 60, 2)


def _river(canvas: Canvas, first: str, second: str) -> None:
    canvas.fill(rect(-W, -H, 2 * W, 2 * H), second)
    canvas.fill(ellipse(-50, -92, 24, 24, 24), mix(first, second, 0.5))
    canvas.fill([(-W, -50), (-40, -74), (40, -44), (W, -70), (W, -8), (-W, -8)], mix(first, second, 0.45))
    canvas.fill(rect(-W, -14, 2 * W, H + 14), first)
    canvas.fills(
        [rect(-W, -40, 2 * W, 22), *(rect(-98 + k * 62, -20, 16, 44) for k in range(4))], darker(second, 0.3)
    )
    waves = [
        smooth([(-W + k * 24 + 2, 40 + r * 22 + (5 if (k + r) % 2 else -5)) for k in range(11)], closed=False)
        for r in range(5)
    ]
    canvas.lines([[(min(max(x, -W), W), y) for x, y in one] for one in waves], mix(second, first, 0.3), 4)


def _roofs(canvas: Canvas, first: str, second: str) -> None:
    canvas.fill(rect(-W, -H, 2 * W, 2 * H), mix(first, "#F3E6CE", 0.65))
    for rank, (x, y, half) in enumerate(
        (
            (-70, -60, 50),
            (20, -84, 44),
            (84, -40, 40),
            (-90, 10, 46),
            (-10, -6, 58),
            (78, 30, 56),
            (-56, 70, 66),
            (50, 92, 74),
        )
    ):
        roof = second if rank % 3 == 1 else mix(first, second, 0.12 * (rank % 2))
        left, right = max(x - half, -W), min(x + half, W)
        canvas.fill(
            [(left, y + 30), (left + 14, y), (right - 14, y), (right, y + 30)], darker(roof, 0.05 * rank / 3)
        )
        canvas.fill(
            [
                (left + 6, y + 30),
                (right - 6, y + 30),
                (right - 6, min(y + 80, H)),
                (left + 6, min(y + 80, H)),
            ],
            mix("#F3E6CE", first, 0.1 + rank * 0.03),
        )
        canvas.fills(
            [rect(left + 18 + k * 24, y + 42, 9, 15) for k in range(int((right - left - 30) / 24))],
            darker(first, 0.3),
        )
        canvas.fill(rect(x + 6, y - 20, 11, 24), second)


def _map(canvas: Canvas, first: str, second: str) -> None:
    canvas.fill(rect(-W, -H, 2 * W, 2 * H), second)
    canvas.line(
        smooth([(-70, -H), (-96, -60), (-64, 20), (-90, 90), (-30, H)], closed=False),
        mix("#5E8FA0", second, 0.3),
        14,
    )
    canvas.line(
        smooth([(96, -H), (70, -70), (104, 10), (60, 90), (-20, 140)], closed=False),
        mix("#5E8FA0", second, 0.3),
        17,
    )
    wall = smooth([(-44, -104), (40, -110), (72, -20), (40, 84), (-30, 98), (-56, 10)])
    canvas.lines([[*wall, wall[0]]], first, 5)
    streets: list[Outline] = [
        smooth([(-40, -90), (0, 0), (30, 80)], closed=False),
        [(-52, 0), (66, -20)],
        [(-30, -50), (60, 40)],
        [(40, -96), (-36, 70)],
    ]
    canvas.lines(streets, mix(first, second, 0.35), 4)
    canvas.fills([rect(x, y, 10, 8) for x, y in canvas.scatter(wall, 34)], mix(first, second, 0.2))
    canvas.fills([leaf(82, -112, 24, 9, angle) for angle in (0, 90, 180, 270)], "#A8402F")
    canvas.lines([rect(-W + 7, -H + 7, 2 * W - 14, 2 * H - 14)], first, 2.5)


def _garden(canvas: Canvas, first: str, second: str) -> None:
    canvas.fill(rect(-W, -H, 2 * W, 2 * H), second)
    canvas.fill(rect(-W, -H, 2 * W, 100), mix(second, "#D9A97A", 0.5))
    canvas.fills([round_arch(-96 + k * 48, -54, 17, -96) for k in range(5)], darker("#B98A66", 0.2))
    for x, y in ((-66, 10), (54, 10), (-70, 92), (58, 92)):
        canvas.fill(canvas.tremble(rect(x - 46, y - 32, 92, 62, 8), 3), first)
        canvas.dots(rect(x - 40, y - 28, 80, 54), canvas.rng.choice(("#F3E6CE", "#D98A8A", "#EBC46A")), 16, 4)
        canvas.dots(rect(x - 40, y - 28, 80, 54), darker(first, 0.3), 12, 4)
    canvas.fill(ellipse(-6, 50, 26, 20, 26), "#C9BFA8")
    canvas.fill(ellipse(-6, 48, 17, 12, 22), "#4A6B7A")


def _market(canvas: Canvas, first: str, second: str) -> None:
    canvas.fill(rect(-W, -H, 2 * W, 2 * H), second)
    canvas.fill(ellipse(60, -98, 30, 30, 28), lighter(second, 0.5))
    for rank, (x, y) in enumerate(((-100, -30), (0, -58), (-70, 40))):
        tone = (first, "#3F6B5E", "#33466B")[rank]
        wide = min(112, W - x - 4)
        stripes = [
            [
                (x + k * wide / 8, y),
                (x + (k + 1) * wide / 8, y),
                (x + (k + 1) * wide / 8 + 3, y + 38),
                (x + k * wide / 8 - 3, y + 38),
            ]
            for k in range(8)
        ]
        canvas.fills(stripes[::2], tone)
        canvas.fills(stripes[1::2], "#F8EFDC")
        canvas.fills(
            [ellipse(x + (k + 0.5) * wide / 8, y + 38, wide / 16, 8, 12) for k in range(0, 8, 2)], tone
        )
        canvas.lines(
            [[(x + 8, y + 40), (x + 8, y + 98)], [(x + wide - 8, y + 40), (x + wide - 8, y + 98)]],
            darker(tone, 0.3),
            4,
        )
        canvas.fill(rect(x + 2, y + 72, wide - 4, 24), "#C99E66")
        canvas.fills(
            [ellipse(x + 16 + k * 14, y + 68, 8, 8, 12) for k in range(int(wide / 14) - 1)],
            ("#B5432F", "#D9A441", "#6E8B3A")[rank],
        )
    canvas.fill(rect(-W, 132, 2 * W, 18), darker(second, 0.2))


def _bestiary(canvas: Canvas, first: str, second: str) -> None:
    canvas.fill(rect(-W, -H, 2 * W, 2 * H), first)
    for row in range(4):
        for column in range(3):
            x, y = -76 + column * 76, -108 + row * 72
            canvas.fill(rect(x - 33, y - 31, 66, 62, 3), mix(first, second, 0.14))
            with canvas.frame(x, y, 0.28):
                BEASTS[(row * 3 + column) % 3](canvas, second if (row + column) % 2 else lighter(second, 0.4))


def _lion(canvas: Canvas, tone: str) -> None:
    canvas.fill(
        smooth(
            [
                (-90, 10),
                (-60, -30),
                (40, -24),
                (76, 10),
                (80, 90),
                (50, 90),
                (44, 40),
                (-40, 44),
                (-46, 90),
                (-76, 90),
            ]
        ),
        tone,
    )
    canvas.fills([leaf(-62, -40, 54, 24, angle) for angle in range(0, 360, 40)], tone)
    canvas.line(smooth([(70, 20), (112, -20), (84, -76)], closed=False), tone, 13)


def _siren(canvas: Canvas, tone: str) -> None:
    canvas.fill(ellipse(0, -76, 25, 27, 20), tone)
    canvas.fill(smooth([(-28, -46), (28, -46), (26, 20), (0, 44), (-26, 20)]), tone)
    for side in (-1, 1):
        canvas.line(
            smooth([(side * 12, 24), (side * 64, 70), (side * 92, 0), (side * 78, -60)], closed=False),
            tone,
            25,
        )
        canvas.fills([leaf(side * 78, -54, 50, 22, -90 + d) for d in (-34, 34)], tone)


def _bird(canvas: Canvas, tone: str) -> None:
    canvas.fill(
        smooth(
            [(-6, -84), (30, -74), (36, -40), (60, 20), (96, 84), (20, 60), (-20, 86), (-60, 40), (-40, -20)]
        ),
        tone,
    )
    canvas.fill([(26, -72), (66, -58), (30, -48)], tone)
    canvas.lines([[(-4, 76), (-8, 108)], [(20, 70), (24, 108)]], tone, 9)


BEASTS: tuple[Callable[[Canvas, str], None], ...] = (_lion, _siren, _bird)


def _vault(canvas: Canvas, first: str, second: str) -> None:
    canvas.fill(rect(-W, -H, 2 * W, 2 * H), lighter(first, 0.3))
    for rank in range(4):
        y = -H + rank * 75
        canvas.fill(rect(-W, y, 2 * W, 12), mix("#8A3B2A", first, 0.2))
        canvas.fills(
            [
                [(-W + k * 24, y + 12), (-W + 12 + k * 24, y + 20), (-W + 24 + k * 24, y + 12)]
                for k in range(10)
            ],
            second,
        )
        for k in range(4):
            x = -90 + k * 60
            tone = (second, "#A8502F", "#D9A84B", mix(second, "#2A1826", 0.3))[(k + rank) % 4]
            canvas.fill(
                smooth(
                    [(x - 13, y + 72), (x - 15, y + 44), (x, y + 34), (x + 15, y + 44), (x + 13, y + 72)],
                    pieces=4,
                ),
                tone,
            )
            canvas.fill(ellipse(x, y + 28, 8, 9, 14), "#EBCFA8")
            halo = ellipse(x, y + 27, 12, 12, 18)
            canvas.lines([[*halo, halo[0]]], "#E3B34A", 2.5)


ART: dict[str, Callable[[Canvas, str, str], None]] = {
    "facade": _facade,
    "arches": _arches,
    "river": _river,
    "roofs": _roofs,
    "map": _map,
    "garden": _garden,
    "market": _market,
    "bestiary": _bestiary,
    "vault": _vault,
}


def sheet(canvas: Canvas, options: Options, margin: float = 34, paper: str = "#FBF5E6") -> None:
    """A sheet of good paper with the picture in its margins."""
    page = canvas.tremble(
        rect(-W - margin, -H - margin, 2 * (W + margin), 2 * (H + margin) + margin * 0.7), 1
    )
    canvas.cast(page, 14)
    canvas.fill(page, paper)
    ART[str(options.get("art", "facade"))](canvas, options["colour"], str(options.get("colour2", "#2F3F5A")))
    foot = H + margin * 0.62
    canvas.line([(-W + 4, foot), (-W + 34, foot - 3)], "#8F8472", 2)
    canvas.line(
        smooth([(W - 50, foot), (W - 40, foot - 8), (W - 28, foot + 2), (W - 8, foot - 6)], closed=False),
        "#6B6154",
        2,
    )


@motif("print", "#C98A4B", (340, 420), flat=True, views="framed")
def print_(canvas: Canvas, options: Options) -> None:
    if options["view"] == "framed":
        wood = canvas.rng.choice(("#A97C4B", "#3A2E2A", "#C9A06A"))
        outer = rect(-W - 74, -H - 74, 2 * W + 148, 2 * H + 164)
        canvas.cast(outer, 26)
        canvas.form(outer, wood, 9, 0.35)
        canvas.fill(rect(-W - 56, -H - 56, 2 * W + 112, 2 * H + 128), darker(wood, 0.4))
        canvas.fill(rect(-W - 52, -H - 52, 2 * W + 104, 2 * H + 120), "#FBF5E6")
        ART[str(options.get("art", "facade"))](
            canvas, options["colour"], str(options.get("colour2", "#2F3F5A"))
        )
        canvas.fill([(-W - 52, -H - 52), (-20, -H - 52), (-W - 52, 120)], "#FFFFFF", 0.12)
        return
    sheet(canvas, options)


@motif("postcard", "#C98A4B", (440, 300), flat=True, views="fan")
def postcard(canvas: Canvas, options: Options) -> None:
    if options["view"] == "fan":
        for turn, art in ((-16, "river"), (14, "roofs")):
            with canvas.frame(0, 20, 0.9, turn):
                _card(canvas, {**options, "art": art})
        with canvas.frame(0, 10, 0.95, -2):
            _card(canvas, options)
        return
    with canvas.frame(60, -20, 0.86, 9):
        _back(canvas)
    with canvas.frame(-30, 14, 0.95, -6):
        _card(canvas, options)


def _card(canvas: Canvas, options: Options) -> None:
    card = rect(-W - 12, -H - 12, 2 * W + 24, 2 * H + 24, 3)
    canvas.cast(card, 12)
    canvas.fill(card, "#FBF5E6")
    ART[str(options.get("art", "facade"))](canvas, options["colour"], str(options.get("colour2", "#2F3F5A")))


def _back(canvas: Canvas) -> None:
    card = rect(-W - 12, -H - 12, 2 * W + 24, 2 * H + 24, 3)
    canvas.cast(card, 12)
    canvas.fill(card, "#F7EEDB")
    canvas.lines([[(20, y), (112, y)] for y in (0, 34, 68, 102)], "#B9AD98", 2.4)
    canvas.line([(0, -120), (0, 130)], "#B9AD98", 2.4)
    stamp = rect(58, -140, 60, 72, 2)
    canvas.fill(stamp, "#B5432F")
    write(canvas, "1,80", 88, -92, 16, "#F7EEDB", 0.15)
    loops = [
        smooth([(-106 + k * 18, y + (6 if k % 2 else -4)) for k in range(6)], closed=False)
        for y in (-90, -56, -22, 12, 46)
    ]
    canvas.lines(loops, "#33466B", 3)


@motif("tile", "#A8502F", (360, 360), flat=True, many=4)
def tile(canvas: Canvas, options: Options) -> None:
    colour, slip = options["colour"], str(options.get("colour2", "#EBCF95"))
    square = canvas.tremble(rect(-165, -165, 330, 330, 6), 3)
    canvas.cast(square, 20)
    canvas.form(square, colour, 14, 0.25)
    quarter = [ellipse(x, y, 92, 92, 40) for x in (-165, 165) for y in (-165, 165)]
    clipped = [[(min(max(px, -158), 158), min(max(py, -158), 158)) for px, py in one] for one in quarter]
    canvas.lines([[p for p in one if abs(p[0]) < 158 and abs(p[1]) < 158] for one in clipped], slip, 13)
    petal = [leaf(0, 0, 96, 44, angle) for angle in (-90, 0, 90, 180)]
    canvas.fills(petal, slip)
    canvas.fills([leaf(0, 0, 62, 22, angle) for angle in (-45, 45, 135, 225)], slip)
    canvas.fills([ellipse(x, y, 22, 22, 20) for x in (-118, 118) for y in (-118, 118)], slip)
    canvas.fill(ellipse(0, 0, 14, 14, 16), colour)
    canvas.brush(square, darker(colour, 0.2), 26, 26, 30, 4)


@motif("puzzle", "#B5432F", (420, 440), flat=True)
def puzzle(canvas: Canvas, options: Options) -> None:
    tones = ("#B5302B", "#2F4A8A", "#E8A92F", "#3F7F4B", "#6B4A8F", "#D9652B", "#3A8F8F")
    board = rect(-190, -200, 380, 400, 6)
    canvas.cast(board, 20)
    canvas.form(board, "#C99E66", 12, 0.3)
    for row in range(6):
        for column in range(6):
            x, y = -165 + column * 55, -175 + row * 58
            if (row, column) in ((4, 5), (5, 4), (5, 5)):
                continue
            tone = tones[(row * 2 + column * 3 + (row * column) % 3) % 7]
            canvas.form(rect(x, y, 53, 56, 5), tone, 6, 0.25)
            canvas.fill(ellipse(x + 53, y + 28, 9, 9, 12), tone)
    rose = ellipse(-27, -30, 92, 92, 40)
    canvas.lines(
        [
            [*rose, rose[0]],
            *(
                [(-27, -30), (-27 + 90 * math.cos(a), -30 + 90 * math.sin(a))]
                for a in (k * math.pi / 4 for k in range(8))
            ),
        ],
        "#2A2226",
        7,
    )
    for x, y, turn, tone in ((120, 130, 24, "#2F4A8A"), (190, 180, -30, "#E8A92F"), (96, 214, 12, "#B5302B")):
        piece = moved(densify(rect(-26, -28, 52, 56, 5), 12), x, y, 1, turn)
        canvas.cast(piece, 14)
        canvas.form(piece, tone, 7, 0.3)
