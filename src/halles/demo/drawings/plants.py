# SPDX-License-Identifier: AGPL-3.0-or-later
"""Plants in their pots, seeds, bulbs and the tool that prunes them."""

import math
from collections.abc import Callable

from halles.demo.drawings.colours import darker, lighter, luminance, mix
from halles.demo.drawings.flowers import BLOOMS, GREENS, daisy
from halles.demo.drawings.letters import break_lines, fit, write
from halles.demo.drawings.paint import Canvas
from halles.demo.drawings.registry import Options, motif
from halles.demo.drawings.shapes import (
    Outline,
    ellipse,
    lathe,
    leaf,
    rect,
    smooth,
)


@motif("potplant", "#C0582F", (400, 520), many=2)
def potplant(canvas: Canvas, options: Options) -> None:
    colour, plant = options["colour"], str(options.get("plant", "fern"))
    canvas.stand(0, 0, 240, 100)
    PLANTS[plant](canvas)
    body = lathe([(110, -160), (100, -80), (84, -6), (0, 6)])
    canvas.form(body, colour, 40, 0.3)
    canvas.form(rect(-122, -184, 244, 48, 8), colour, 14, 0.35)
    canvas.brush(body, lighter(colour, 0.2), 12, 40, 86, 6)


def _fan(
    canvas: Canvas,
    count: int,
    reach: float,
    width: float,
    tones: tuple[str, ...],
    spread: float = 80,
    foot: float = -170,
) -> list[Outline]:
    blades = []
    for k in range(count):
        turn = -90 + spread * (2 * k / (count - 1) - 1)
        blade = leaf(
            (k - count / 2) * 3, foot, canvas.vary(reach, 0.18), width, turn, canvas.rng.uniform(-26, 26)
        )
        canvas.form(blade, canvas.rng.choice(tones), 9, 0.25)
        blades.append(blade)
    return blades


def _fern(canvas: Canvas) -> None:
    for k in range(15):
        turn = -90 + 84 * (2 * k / 14 - 1)
        reach, bend = canvas.vary(270, 0.15), (k - 7) * 5
        spine = [
            (
                t * reach * math.cos(math.radians(turn)) + bend * t * t,
                -170 + t * reach * math.sin(math.radians(turn)) + 90 * t * t * abs(k - 7) / 7,
            )
            for t in (i / 10 for i in range(11))
        ]
        tone = canvas.rng.choice(GREENS)
        canvas.fills(
            [
                leaf(x, y, 36 - i * 2.4, 13, turn + side * 66)
                for i, (x, y) in enumerate(spine[2:])
                for side in (-1, 1)
            ],
            tone,
        )
        canvas.line(spine, darker(tone, 0.2), 3)


def _monstera(canvas: Canvas) -> None:
    leaves = (
        (-120, -290, 88, -148),
        (124, -300, 92, -32),
        (-70, -420, 100, -112),
        (76, -440, 104, -66),
        (0, -330, 92, -90),
    )
    for x, y, size, turn in leaves:
        canvas.line(smooth([(0, -170), (x * 0.5, (y - 170) / 2 - 20), (x, y)], closed=False), "#4F7A4A", 8)
        with canvas.frame(x, y, size / 100, turn + 90):
            tone = canvas.rng.choice(GREENS[:3])
            lobes = [(math.radians(a), 108 if k % 2 == 0 else 66) for k, a in enumerate(range(-150, 151, 25))]
            edge = [(r * 0.92 * math.sin(a), -40 - r * math.cos(a)) for a, r in lobes]
            canvas.form(smooth([*edge, (0, 14)], pieces=5), tone, 22, 0.25)
            canvas.lines(
                [
                    [(0, 16), (0, -130)],
                    *([(0, -40 + k * 18), (side * 62, -64 + k * 34)] for k in (-1, 0, 1) for side in (-1, 1)),
                ],
                lighter(tone, 0.35),
                3.4,
            )


def _olive(canvas: Canvas) -> None:
    canvas.lines(
        [
            smooth([(0, -170), (8, -270), (-6, -350)], closed=False),
            smooth([(4, -290), (60, -360)], closed=False),
            smooth([(2, -300), (-60, -380)], closed=False),
        ],
        "#8A7560",
        15,
    )
    crown = ellipse(0, -420, 150, 120, 30)
    for x, y in canvas.scatter(crown, 80):
        canvas.fill(
            leaf(x, y, 58, 15, canvas.rng.uniform(0, 360)),
            canvas.rng.choice(("#7E9275", "#A9B79A", "#5F7A62", "#93A585")),
        )
    canvas.fills([ellipse(x, y, 9, 11, 12) for x, y in canvas.scatter(crown, 9)], "#3F3A4A")


def _cactus(canvas: Canvas) -> None:
    for x, wide, tall in ((-66, 38, 150), (10, 46, 240), (76, 34, 120)):
        body = smooth(
            [
                (x - wide, -170),
                (x - wide, -170 - tall * 0.7),
                (x, -170 - tall),
                (x + wide, -170 - tall * 0.7),
                (x + wide, -170),
            ],
            pieces=6,
        )
        canvas.form(body, canvas.rng.choice(GREENS), 24, 0.3)
        canvas.lines(
            [[(x + d, -176), (x + d * 0.8, -160 - tall * 0.86)] for d in (-wide * 0.5, 0, wide * 0.5)],
            "#3F6350",
            4,
        )
        canvas.dots(body, "#F3E6CE", 20, 3)
    daisy(canvas, 10, -412, 30, "#E5748C")


def _geranium(canvas: Canvas) -> None:
    for x, y in (
        (-120, -230),
        (-60, -270),
        (0, -240),
        (60, -280),
        (124, -236),
        (-90, -190),
        (90, -196),
        (20, -300),
    ):
        frill = [
            (x + (52 + 6 * math.sin(8 * a)) * math.cos(a), y + (46 + 6 * math.sin(8 * a)) * math.sin(a))
            for a in (2 * math.pi * k / 40 for k in range(40))
        ]
        canvas.form(frill, canvas.rng.choice(GREENS), 14, 0.25)
        canvas.lines(
            [[(x, y), (x + 36 * math.cos(a), y + 32 * math.sin(a))] for a in (0.3, 1.4, 2.6, 3.8, 5)],
            "#A9C28A",
            2.4,
        )
    for x, y in ((-70, -380), (50, -420), (110, -340), (-10, -350)):
        canvas.line([(x * 0.5, -240), (x, y)], "#6E9A5B", 6)
        for k in range(9):
            a = 2 * math.pi * k / 9
            canvas.form(
                ellipse(x + (28 if k else 0) * math.cos(a), y + (24 if k else 0) * math.sin(a), 18, 17, 12),
                mix("#D9415F", "#EE7A8C", canvas.rng.random()),
                7,
                0.4,
            )


def _thyme(canvas: Canvas) -> None:
    for k in range(19):
        turn = -90 + 70 * (2 * k / 18 - 1)
        reach = canvas.vary(190, 0.2)
        tip = (reach * math.cos(math.radians(turn)), -170 + reach * math.sin(math.radians(turn)))
        canvas.line([(0, -170), tip], "#8A7560", 3)
        tone = canvas.rng.choice(("#8FAF6A", "#B5C25A", "#6E9A5B", "#D9D67A"))
        canvas.fills(
            [
                ellipse(tip[0] * t + side * 9, -170 + (tip[1] + 170) * t, 10, 6, 8, turn + side * 40)
                for t in (0.3, 0.42, 0.54, 0.66, 0.78, 0.9, 1)
                for side in (-1, 1)
            ],
            tone,
        )


def _lavender(canvas: Canvas) -> None:
    _fan(canvas, 17, 150, 16, ("#8FA58A", "#A9B79A", "#7E9275"), 60)
    for k in range(15):
        turn = -90 + 44 * (2 * k / 14 - 1)
        reach = canvas.vary(300, 0.12)
        cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))
        canvas.line([(0, -170), (reach * cos, -170 + reach * sin)], "#8FA58A", 4)
        canvas.fills(
            [
                ellipse(reach * t * cos + side * 8, -170 + reach * t * sin, 11, 9, 8)
                for t in (0.72, 0.78, 0.84, 0.9, 0.96, 1.02)
                for side in (-1, 1)
            ],
            canvas.rng.choice(("#7A68A8", "#9484BF", "#64548F")),
        )


PLANTS: dict[str, Callable[[Canvas], None]] = {
    "fern": _fern,
    "monstera": _monstera,
    "olive": _olive,
    "cactus": _cactus,
    "geranium": _geranium,
    "thyme": _thyme,
    "lavender": _lavender,
}


@motif("seedpacket", "#D98AA0", (330, 470), flat=True, many=2)
def seedpacket(canvas: Canvas, options: Options) -> None:
    colour = options["colour"]
    packet = canvas.tremble(rect(-150, -220, 300, 440, 4), 1.5)
    canvas.cast(packet, 20)
    canvas.form(packet, "#F5EAD2", 14, 0.1)
    canvas.fill([(-150, -220), (150, -220), (120, -176), (-120, -176)], "#E3D3B0")
    kind = str(options.get("flower", "daisy"))
    for x, y, size in ((-56, -30, 56), (60, -64, 62), (10, 66, 70)):
        canvas.line(smooth([(x, y), (x * 0.6, 110), (0, 190)], closed=False), "#6E9A5B", 7)
        BLOOMS[kind](
            canvas,
            x,
            y,
            size * (1 if kind == "daisy" else 0.72),
            mix(colour, lighter(colour, 0.4), canvas.rng.random() * 0.6),
        )
    canvas.fills([leaf(0, 170, 96, 30, -20), leaf(0, 180, 96, 30, 200)], "#5F8A4B")
    canvas.fill(rect(-130, 132, 260, 70, 3), "#F5EAD2")
    lines = break_lines(str(options.get("label", "")), 2)
    high = fit(lines, 216, 26)
    ink = darker(colour, 0.5) if luminance(colour) > 0.3 else colour
    for rank, line in enumerate(lines):
        write(
            canvas, line, 0, 172 + (rank - (len(lines) - 1) / 2) * high * 1.4 + 6, high, ink, 0.15, serif=True
        )
    write(canvas, "GRAINES", 0, -140, 17, ink, 0.14, 6)


@motif("bulbs", "#C99B5E", (560, 330))
def bulbs(canvas: Canvas, options: Options) -> None:
    colour = options["colour"]
    for row, count in ((0, 5), (1, 4), (2, 3)):
        for k in range(count):
            x = (k - (count - 1) / 2) * 104 + canvas.rng.uniform(-8, 8)
            y = -66.0 * row
            bulb = smooth(
                [
                    (x, y - 150),
                    (x + 12, y - 116),
                    (x + 48, y - 70),
                    (x + 50, y - 24),
                    (x + 16, y),
                    (x - 16, y),
                    (x - 50, y - 24),
                    (x - 48, y - 70),
                    (x - 12, y - 116),
                ]
            )
            if row == 0:
                canvas.stand(x, y, 90, 30)
            canvas.form(bulb, mix(colour, "#8A5A30", canvas.rng.random() * 0.5), 24, 0.4)
            canvas.lines(
                [
                    smooth([(x, y - 130), (x + d, y - 60), (x + d * 0.5, y - 6)], closed=False)
                    for d in (-28, 0, 28)
                ],
                darker(colour, 0.3),
                3,
            )
            canvas.lines([[(x + d, y), (x + d * 1.4, y + 12)] for d in (-10, 0, 10)], "#E3D3B0", 2.4)
            canvas.fill(leaf(x, y - 132, 38, 12, -90), "#9DB55E")


@motif("secateurs", "#C9A06A", (330, 560), flat=True)
def secateurs(canvas: Canvas, options: Options) -> None:
    wood = options["colour"]
    for side in (-1, 1):
        grip = smooth(
            [
                (side * 10, -20),
                (side * 34, 10),
                (side * 76, 120),
                (side * 84, 230),
                (side * 60, 264),
                (side * 38, 240),
                (side * 34, 130),
                (side * -4, 30),
            ],
            pieces=5,
        )
        canvas.cast(grip, 16)
        canvas.form(grip if side > 0 else grip[::-1], wood, 14, 0.35)
        canvas.brush(grip, darker(wood, 0.2), 10, 60, 80 if side > 0 else 100, 4)
    blade = smooth(
        [(-6, -10), (-44, -90), (-40, -190), (10, -260), (34, -180), (30, -80), (20, -10)], pieces=5
    )
    hook = smooth(
        [(10, -10), (54, -70), (84, -150), (70, -220), (50, -200), (52, -140), (24, -70), (-10, -20)],
        pieces=5,
    )
    for shape, tone in ((hook, "#7F868C"), (blade, "#B9C0C4")):
        canvas.cast(shape, 14)
        canvas.form(shape, tone, 12, 0.4)
    coil = [((14 if k % 2 else -14), 50 + k * 9) for k in range(9)]
    canvas.line(coil, "#5E666B", 5)
    canvas.form(ellipse(2, -24, 22, 22, 22), "#8E9499", 9, 0.5)
    canvas.line([(-10, -24), (14, -24)], "#3A3F44", 4)
