# SPDX-License-Identifier: AGPL-3.0-or-later
"""Leaves and bunches: lettuce, cabbage, radishes, asparagus, herbs."""

import math

from halles.demo.drawings.colours import darker, lighter, mix
from halles.demo.drawings.garden import LEAF
from halles.demo.drawings.paint import Canvas
from halles.demo.drawings.registry import Options, motif
from halles.demo.drawings.shapes import (
    ellipse,
    leaf,
    smooth,
)


@motif("lettuce", "#8DB04A", (440, 340), many=3)
def lettuce(canvas: Canvas, options: Options) -> None:
    colour = options["colour"]
    canvas.stand(0, 0, 380, 80)
    for ring, (reach, count) in enumerate(((200, 9), (150, 7), (96, 5))):
        for k in range(count):
            angle = math.pi * (1.06 + 0.88 * k / (count - 1) * 1.0)
            x, y = reach * 0.72 * math.cos(angle), -70 + reach * 0.86 * math.sin(angle) - ring * 8
            frill = [
                (
                    x + (reach * 0.46 + 11 * math.sin(7 * a)) * math.cos(a),
                    y + (reach * 0.44 + 11 * math.sin(9 * a)) * math.sin(a),
                )
                for a in (2 * math.pi * s / 48 for s in range(48))
            ]
            shade = mix(colour, ("#4E7A2E", "#8DB04A", "#D5DF8A")[ring], 0.7)
            canvas.fill([(px + 6, py + 8) for px, py in frill], darker(shade, 0.3))
            canvas.fill(frill, mix(shade, darker(shade, 0.2), canvas.rng.random() * 0.6))
            canvas.line([(x * 0.3, -20), (x * 0.7, y * 0.6), (x, y - reach * 0.2)], lighter(shade, 0.5), 5)


@motif("cabbage", "#7E9F5A", (420, 370), many=3)
def cabbage(canvas: Canvas, options: Options) -> None:
    colour = options["colour"]
    canvas.stand(0, 0, 350, 100)
    for x, turn in ((-120, -30), (120, 30), (-60, -10), (70, 14)):
        outer = [
            (px + 8 * math.sin(k * 1.9), py + 8 * math.cos(k * 2.1))
            for k, (px, py) in enumerate(ellipse(x, -150, 128, 156, 44, turn))
        ]
        canvas.form(outer, darker(colour, 0.22), 26, 0.2)
        canvas.lines(
            [smooth([(x * 0.5, -10), (x, -140), (x * 1.3 + d, -230)], closed=False) for d in (-40, 0, 40)],
            lighter(colour, 0.3),
            4,
        )
    heart = [
        (px + 5 * math.sin(k * 1.7), py + 5 * math.cos(k * 2.3))
        for k, (px, py) in enumerate(ellipse(0, -156, 142, 142, 44))
    ]
    canvas.form(heart, lighter(colour, 0.15), 44, 0.35)
    canvas.lines(
        [smooth([(0, -20), (x * 0.7, -140), (x, -262)], closed=False) for x in (-90, -45, 0, 45, 90)],
        lighter(colour, 0.55),
        5,
    )
    canvas.lines(
        [smooth([(a, b), (a + 50, b - 26)], closed=False) for a, b in canvas.scatter(heart, 18)],
        lighter(colour, 0.4),
        3,
    )


@motif("radish", "#C9284F", (500, 520), flat=True, many=2)
def radish(canvas: Canvas, options: Options) -> None:
    """A bunch: roots below, tops above, a raffia tie."""
    for k in range(9):
        blade = leaf((k - 4) * 16, -30, canvas.vary(250, 0.12), 82, -90 + (k - 4) * 12, (k - 4) * 3)
        canvas.cast(blade, 8)
        canvas.form(blade, mix(LEAF, "#8DB055", canvas.rng.random()), 14, 0.2)
        canvas.line(blade[:9:2], "#C5D69A", 3)
    for x, y in (
        (-150, 70),
        (148, 74),
        (-78, 110),
        (78, 104),
        (-112, 160),
        (104, 168),
        (0, 134),
        (-38, 196),
        (42, 200),
    ):
        canvas.line([(x * 0.25, -20), (x * 0.8, y - 40)], "#A9C270", 9)
        root = canvas.tremble(
            smooth(
                [
                    (x, y - 44),
                    (x + 42, y - 20),
                    (x + 38, y + 26),
                    (x + 8, y + 50),
                    (x + 2, y + 92),
                    (x - 2, y + 92),
                    (x - 10, y + 50),
                    (x - 40, y + 24),
                    (x - 40, y - 22),
                ]
            ),
            2,
        )
        canvas.cast(root, 10)
        canvas.form(root, options["colour"], 20, 0.5)
        canvas.fill(smooth([(x - 9, y + 48), (x + 9, y + 48), (x + 1, y + 92)], pieces=4), "#F3E3DC")
    canvas.form(ellipse(0, -26, 66, 22, 20), "#D8B877", 10, 0.2)


@motif("asparagus", "#7A9A4C", (320, 600), flat=True, many=2)
def asparagus(canvas: Canvas, options: Options) -> None:
    colour = options["colour"]
    for k in (-4, 4, -3, 3, -2, 2, -1, 1, 0):
        x, top = k * 30, -262 + abs(k) * 10 + canvas.rng.uniform(-16, 16)
        spear = smooth(
            [
                (x - 14, 250),
                (x - 17, -120),
                (x - 18, top + 80),
                (x, top),
                (x + 18, top + 80),
                (x + 17, -120),
                (x + 14, 250),
            ]
        )
        canvas.cast(spear, 10)
        canvas.form(spear, mix(colour, "#9DB55E", canvas.rng.random() * 0.6), 14, 0.3)
        canvas.fills(
            [
                leaf(x + side * 7, top + 60 + s * 34, 36, 15, -90 + side * 16)
                for s in range(3)
                for side in (-1, 1)
            ],
            "#6A5A78",
        )
        canvas.fills([leaf(x, 190 - s * 120, 26, 14, -90) for s in range(3)], darker(colour, 0.25))
    canvas.form(smooth([(-146, 40), (146, 30), (148, 84), (-146, 92)], pieces=3), "#B5432F", 10, 0.2)


@motif("herbs", "#5E8F43", (380, 560), flat=True, many=2)
def herbs(canvas: Canvas, options: Options) -> None:
    rounded = options.get("leaf") == "round"
    stems = [
        smooth(
            [((k - 5) * 5, 260), ((k - 5) * 8, 60), ((k - 5) * 26, -120 - (5 - abs(k - 5)) * 20)],
            closed=False,
        )
        for k in range(11)
    ]
    canvas.lines(stems, "#86A862", 7)
    for stem in stems:
        for t in (0.55, 0.7, 0.85, 1.0):
            x, y = stem[min(int(t * len(stem)), len(stem) - 1)]
            for side in (-1, 1, 0):
                turn = -90 + side * 55 + canvas.rng.uniform(-20, 20)
                shade = mix(
                    options["colour"], canvas.rng.choice(("#3C6A34", "#8FB45C")), canvas.rng.random() * 0.7
                )
                if rounded:
                    blade = leaf(x, y, canvas.vary(76, 0.2), 50, turn, 5)
                    canvas.form(blade, shade, 9, 0.3)
                    canvas.line(blade[:9:2], lighter(shade, 0.35), 2)
                else:
                    canvas.fills(
                        [leaf(x, y, canvas.vary(52, 0.2), 20, turn + d) for d in (-38, 0, 38)], shade
                    )
    canvas.form(smooth([(-34, 120), (34, 116), (36, 146), (-36, 150)], pieces=3), "#D8B877", 8, 0.2)
