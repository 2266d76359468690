# SPDX-License-Identifier: AGPL-3.0-or-later
"""The little pictures on book covers: twenty of them, each in two colours."""

import math
from collections.abc import Callable

from halles.demo.drawings.paint import Canvas
from halles.demo.drawings.shapes import (
    Outline,
    ellipse,
    leaf,
    rect,
    smooth,
)


def _wavy(y: float, amplitude: float, half: float = 112) -> Outline:
    return smooth(
        [(-half + k * half / 5, y + (amplitude if k % 2 else -amplitude)) for k in range(11)],
        closed=False,
        pieces=4,
    )


def _sun(canvas: Canvas, colour: str, second: str) -> None:
    canvas.fills([leaf(0, 0, 112, 18, turn) for turn in range(0, 360, 24)], second)
    canvas.fill(ellipse(0, 0, 58, 58, 40), colour)


def _waves(canvas: Canvas, colour: str, second: str) -> None:
    canvas.fill(ellipse(40, -54, 34, 34, 30), second)
    canvas.lines([_wavy(y, 9) for y in (0, 30, 60, 90)], colour, 11)


def _moon(canvas: Canvas, colour: str, second: str) -> None:
    outer = [(78 * math.cos(a), 78 * math.sin(a)) for a in (0.9 + 4.5 * k / 30 for k in range(31))]
    inner = [(26 + 62 * math.cos(a), -18 + 62 * math.sin(a)) for a in (5.2 - 4.2 * k / 24 for k in range(25))]
    canvas.fill(outer + inner, colour)
    canvas.fills([_star_at(px, py, 9) for px, py in ((70, -70), (92, 10), (-96, -80))], second)


def _star_at(x: float, y: float, size: float) -> Outline:
    return [
        (
            x + (size if k % 2 == 0 else size * 0.42) * math.sin(math.pi * k / 5),
            y - (size if k % 2 == 0 else size * 0.42) * math.cos(math.pi * k / 5),
        )
        for k in range(10)
    ]


def _star(canvas: Canvas, colour: str, second: str) -> None:
    canvas.fill(_star_at(0, -6, 74), colour)
    canvas.fills(
        [
            _star_at(x, y, r)
            for x, y, r in ((-92, -70, 15), (88, -84, 20), (98, 50, 12), (-84, 74, 17), (10, 104, 10))
        ],
        second,
    )


def _tree(canvas: Canvas, colour: str, second: str) -> None:
    canvas.fill(
        smooth([(-12, 104), (-8, 30), (-40, -20), (0, 10), (36, -34), (10, 34), (16, 104)], pieces=4), second
    )
    for x, y, r in ((0, -48, 56), (-48, -14, 40), (50, -20, 42)):
        canvas.fill(canvas.tremble(ellipse(x, y, r, r * 0.92, 30), 4), colour)


def _house(canvas: Canvas, colour: str, second: str) -> None:
    canvas.fill([(-74, 92), (-74, -4), (0, -74), (74, -4), (74, 92)], colour)
    canvas.fill([(-92, 0), (0, -90), (92, 0), (78, 12), (0, -62), (-78, 12)], second)
    canvas.fill(rect(38, -92, 18, 48), second)
    canvas.fills([rect(-46, 12, 26, 32), rect(20, 12, 26, 32), rect(-14, 46, 28, 46)], second)


def _flower(canvas: Canvas, colour: str, second: str) -> None:
    canvas.line(smooth([(0, 10), (8, 60), (-4, 112)], closed=False), second, 8)
    canvas.fills([leaf(2, 80, 62, 24, -30), leaf(0, 92, 56, 22, 205)], second)
    canvas.fills([leaf(0, -22, 78, 44, turn) for turn in range(0, 360, 45)], colour)
    canvas.fill(ellipse(0, -22, 22, 22, 24), second)


def _ship(canvas: Canvas, colour: str, second: str) -> None:
    canvas.fill([(-92, 34), (96, 34), (64, 74), (-66, 74)], colour)
    canvas.fill(rect(-4, -92, 8, 128), colour)
    canvas.fill(smooth([(10, -84), (72, -30), (66, 22), (10, 22)], pieces=4), second)
    canvas.fill(smooth([(-10, -66), (-66, -16), (-60, 22), (-10, 22)], pieces=4), second)
    canvas.lines([_wavy(90, 6)], second, 8)


def _leaf(canvas: Canvas, colour: str, second: str) -> None:
    canvas.fills(
        [leaf(0, 96 - k * 34, 92 - k * 8, 34, -90 + side * 52) for k in range(5) for side in (-1, 1)], colour
    )
    canvas.line([(0, 112), (0, -84)], second, 6)
    canvas.fill(leaf(0, -60, 50, 24, -90), colour)


def _circles(canvas: Canvas, colour: str, second: str) -> None:
    for rank, radius in enumerate((94, 74, 54, 34, 15)):
        canvas.fill(ellipse(0, 0, radius, radius, 44), second if rank % 2 else colour)


def _mountain(canvas: Canvas, colour: str, second: str) -> None:
    canvas.fill(ellipse(46, -56, 28, 28, 28), second)
    canvas.fill([(-110, 84), (-22, -78), (18, -14), (44, -44), (112, 84)], colour)
    canvas.fill([(-22, -78), (-48, -30), (-26, -42), (-10, -22), (2, -40)], second)


def _rose(canvas: Canvas, colour: str, second: str) -> None:
    canvas.line(smooth([(0, 20), (-6, 70), (4, 114)], closed=False), second, 8)
    canvas.fills([leaf(-2, 80, 58, 26, -24), leaf(0, 66, 54, 24, 204)], second)
    canvas.fill(canvas.tremble(ellipse(0, -22, 64, 60, 36), 3), colour)
    spiral = [
        ((56 - k * 1.15) * math.cos(k * 0.42), -22 + (52 - k * 1.1) * math.sin(k * 0.42)) for k in range(44)
    ]
    canvas.line(spiral, second, 5)


def _stripe_emblem(canvas: Canvas, colour: str, second: str) -> None:
    canvas.fills([rect(-92 + k * 40, -90, 20, 180) for k in range(5)], colour)
    canvas.fill(ellipse(0, 0, 40, 40, 34), second)


def _bird(canvas: Canvas, colour: str, second: str) -> None:
    canvas.fill(
        smooth(
            [
                (-104, 20),
                (-50, -10),
                (-14, -44),
                (26, -52),
                (54, -36),
                (84, -28),
                (54, -18),
                (40, 18),
                (-6, 44),
                (-58, 34),
            ]
        ),
        colour,
    )
    canvas.fill(smooth([(-34, 0), (-70, -74), (-10, -88), (24, -6)], pieces=5), second)
    canvas.fill(ellipse(38, -36, 5, 5, 10), second)


def _city(canvas: Canvas, colour: str, second: str) -> None:
    blocks = ((-104, 4, 44), (-62, -52, 40), (-24, -16, 46), (20, -84, 38), (56, -30, 48))
    for x, y, width in blocks:
        canvas.fill([(x, 94), (x, y), (x + width / 2, y - 22), (x + width, y), (x + width, 94)], colour)
    canvas.fills(
        [
            rect(x + 8 + c * 15, y + 12 + r * 26, 8, 12)
            for x, y, w in blocks
            for c in range(2)
            for r in range(3)
            if y + 12 + r * 26 < 80
        ],
        second,
    )


def _glass(canvas: Canvas, colour: str, second: str) -> None:
    canvas.fill(
        smooth(
            [
                (-54, -92),
                (54, -92),
                (46, -24),
                (8, 12),
                (8, 80),
                (44, 96),
                (-44, 96),
                (-8, 80),
                (-8, 12),
                (-46, -24),
            ],
            pieces=4,
        ),
        colour,
    )
    canvas.fill(smooth([(-47, -52), (47, -52), (40, -24), (0, 4), (-40, -24)], pieces=4), second)


def _balloon(canvas: Canvas, colour: str, second: str) -> None:
    canvas.fill(
        smooth([(0, -112), (60, -88), (74, -24), (20, 48), (-20, 48), (-74, -24), (-60, -88)]), colour
    )
    canvas.fill(smooth([(0, -112), (22, -60), (10, 48), (-10, 48), (-22, -60)]), second)
    canvas.lines([[(-16, 50), (-12, 80)], [(16, 50), (12, 80)]], colour, 3)
    canvas.fill(rect(-18, 78, 36, 26, 5), colour)


def _door(canvas: Canvas, colour: str, second: str) -> None:
    canvas.fill(rect(-56, -100, 112, 200), colour)
    canvas.fill([(-40, -84), (22, -96), (22, 110), (-40, 96)], second)
    canvas.fill(ellipse(8, 8, 6, 6, 12), colour)


def _eye(canvas: Canvas, colour: str, second: str) -> None:
    canvas.fill(
        smooth([(-104, 0), (-50, -52), (0, -64), (50, -52), (104, 0), (50, 52), (0, 64), (-50, 52)]), colour
    )
    canvas.fill(ellipse(0, 0, 46, 46, 34), second)
    canvas.fill(ellipse(0, 0, 20, 20, 24), colour)


EMBLEMS: dict[str, Callable[[Canvas, str, str], None]] = {
    "sun": _sun,
    "waves": _waves,
    "moon": _moon,
    "star": _star,
    "tree": _tree,
    "house": _house,
    "flower": _flower,
    "ship": _ship,
    "leaf": _leaf,
    "circles": _circles,
    "letter": _circles,
    "mountain": _mountain,
    "rose": _rose,
    "stripes": _stripe_emblem,
    "bird": _bird,
    "city": _city,
    "glass": _glass,
    "balloon": _balloon,
    "door": _door,
    "eye": _eye,
}
