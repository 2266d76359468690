# SPDX-License-Identifier: AGPL-3.0-or-later
"""Bouquets, pots, seeds."""

import math
from collections.abc import Callable

from halles.demo.drawings.colours import darker, lighter, mix
from halles.demo.drawings.paint import Canvas
from halles.demo.drawings.registry import Options, motif
from halles.demo.drawings.shapes import ellipse, lathe, leaf, rect, smooth

GREENS = ("#4F7A4A", "#6E9A5B", "#3F6350", "#8FAF7A")
PALETTES: dict[str, tuple[str, ...]] = {
    "garden": ("#D9536F", "#F0A23C", "#F7E3DC", "#8A4B8F", "#E8C94F"),
    "blush": ("#F0BFB5", "#E5989B", "#FBF0E4", "#C9727F"),
    "meadow": ("#F7F1E0", "#6F86C9", "#E8C23A", "#E07A4B", "#B56AA5"),
    "white": ("#FDF8EC", "#F3EBD8", "#EAF0DC"),
    "tulip": ("#E0503F", "#F0A63A", "#F3E0D0", "#C43A5E"),
    "ranunculus": ("#F0913A", "#E2596B", "#F7D9A8", "#FBEFE6", "#D94A3A"),
    "peony": ("#EFA9B4", "#E0748C", "#F9DFDD"),
    "dry": ("#D9B06A", "#C98A5B", "#A88AA0", "#E9DCC0", "#B5573A"),
}


def daisy(canvas: Canvas, x: float, y: float, size: float, colour: str) -> None:
    start = canvas.rng.uniform(0, 30)
    canvas.fills(
        [leaf(x, y, size, size * 0.42, start + angle) for angle in range(0, 360, 30)], darker(colour, 0.16)
    )
    canvas.fills(
        [leaf(x - 1, y - 2, size * 0.92, size * 0.36, start + angle) for angle in range(15, 375, 30)], colour
    )
    canvas.form(ellipse(x, y, size * 0.27, size * 0.25, 16), "#D9962B", size * 0.14, 0.4)


def ranunculus(canvas: Canvas, x: float, y: float, size: float, colour: str) -> None:
    for rank, share in enumerate((1.0, 0.82, 0.64, 0.46, 0.28)):
        tone = mix(colour, darker(colour, 0.24), 0.7 if rank % 2 else 0.1)
        dx = (rank * 0.9) * (1 if rank % 2 else -1)
        disc = [
            (
                x + dx + size * share * (1 + 0.06 * math.sin(5 * a + rank)) * math.cos(a),
                y - rank * 1.5 + size * share * 0.94 * (1 + 0.05 * math.cos(4 * a + rank)) * math.sin(a),
            )
            for a in (2 * math.pi * k / 26 for k in range(26))
        ]
        if rank == 0:
            canvas.form(disc, colour, size * 0.4, 0.3)
        else:
            canvas.fill(disc, tone)
    canvas.fill(ellipse(x, y - 6, size * 0.12, size * 0.11, 12), mix(colour, "#6E8B3A", 0.7))


def tulip(canvas: Canvas, x: float, y: float, size: float, colour: str) -> None:
    canvas.form(
        leaf(x - size * 0.25, y + size * 0.7, size * 1.75, size * 0.8, -104, 4), darker(colour, 0.16), 12, 0.1
    )
    canvas.form(
        leaf(x + size * 0.25, y + size * 0.7, size * 1.75, size * 0.8, -76, -4), darker(colour, 0.08), 12, 0.1
    )
    canvas.form(leaf(x, y + size * 0.8, size * 1.7, size * 0.95, -90), colour, size * 0.3, 0.4)


def peony(canvas: Canvas, x: float, y: float, size: float, colour: str) -> None:
    for ring, (reach, count) in enumerate(((1.0, 9), (0.7, 7), (0.4, 5))):
        tone = mix(colour, lighter(colour, 0.4), ring * 0.35)
        for k in range(count):
            a = 2 * math.pi * k / count + ring
            petal = ellipse(
                x + size * reach * 0.55 * math.cos(a),
                y + size * reach * 0.5 * math.sin(a),
                size * 0.46 * (1 - ring * 0.14),
                size * 0.4 * (1 - ring * 0.14),
                16,
                math.degrees(a),
            )
            canvas.fill([(px + 2, py + 3) for px, py in petal], darker(tone, 0.18))
            canvas.fill(petal, tone)
    canvas.dots(ellipse(x, y, size * 0.16, size * 0.14), "#E3B34A", 6, size * 0.05)


def umbel(canvas: Canvas, x: float, y: float, size: float, colour: str) -> None:
    spots = [
        (x + size * r * math.cos(a), y + size * 0.7 * r * math.sin(a))
        for r, n in ((0.3, 4), (0.62, 8), (0.95, 12))
        for a in (2 * math.pi * k / n for k in range(n))
    ]
    canvas.lines([[(x, y + size * 0.9), spot] for spot in spots[::3]], GREENS[1], 2)
    canvas.fills([ellipse(px, py, size * 0.15, size * 0.14, 8) for px, py in spots], colour)
    canvas.fills(
        [ellipse(px + 1, py + 2, size * 0.05, size * 0.05, 6) for px, py in spots], darker(colour, 0.3)
    )


def wheat(canvas: Canvas, x: float, y: float, size: float, colour: str) -> None:
    canvas.fills(
        [
            leaf(x, y + size * (0.5 - 0.3 * k), size * 0.5, size * 0.2, -90 + side * 32)
            for k in range(5)
            for side in (-1, 1)
        ],
        colour,
    )
    canvas.lines([[(x, y - size * 0.6), (x + d, y - size * 1.7)] for d in (-16, 0, 16)], colour, 2)


BLOOMS: dict[str, Callable[[Canvas, float, float, float, str], None]] = {
    "daisy": daisy,
    "ranunculus": ranunculus,
    "tulip": tulip,
    "peony": peony,
    "umbel": umbel,
    "wheat": wheat,
}


@motif("bouquet", "#D9536F", (470, 600), views="vase")
def bouquet(canvas: Canvas, options: Options) -> None:
    size = 0.8 if options.get("small") else 1.0
    vase = options["view"] == "vase"
    canvas.stand(0, 0, 190, 110)
    with canvas.frame(0, -190 * size if vase else -210 * size, size):
        _heads(canvas, options)
    if vase:
        glaze = canvas.rng.choice(("#7F9AA0", "#F2EADB", "#C98B66", "#2F4F57", "#B7C4BE"))
        body = lathe(
            [
                (60 * size, -260 * size),
                (52 * size, -225 * size),
                (92 * size, -150 * size),
                (96 * size, -60 * size),
                (66 * size, 0),
                (0, 6),
            ]
        )
        canvas.form(body, glaze, 40, 0.35)
        canvas.form(ellipse(0, -258 * size, 60 * size, 13, 30), darker(glaze, 0.3), 6, 0)
        return
    paper = canvas.rng.choice(("#D9B98A", "#F2E6D2", "#B9C4AE"))
    wrap = smooth(
        [
            (-150 * size, -250 * size),
            (-70 * size, -200 * size),
            (0, -222 * size),
            (80 * size, -196 * size),
            (152 * size, -256 * size),
            (44 * size, -70 * size),
            (70 * size, 0),
            (-70 * size, 0),
            (-44 * size, -70 * size),
        ],
        pieces=5,
    )
    canvas.form(canvas.tremble(wrap, 2), paper, 30, 0.25)
    canvas.lines(
        [
            [(-110 * size, -214 * size), (-26, -80 * size)],
            [(104 * size, -216 * size), (24, -80 * size)],
            [(0, -214 * size), (4, -84 * size)],
        ],
        darker(paper, 0.16),
        4,
    )
    canvas.form(
        rect(-48 * size, -88 * size, 96 * size, 24 * size, 6),
        "#B5432F" if options.get("palette") != "white" else "#7E9A6E",
        8,
        0.3,
    )
    canvas.fills(
        [leaf(10, -72 * size, 90 * size, 22 * size, 60), leaf(10, -72 * size, 84 * size, 22 * size, 100)],
        "#9A3A2A" if options.get("palette") != "white" else "#6B8A5E",
    )


def _heads(canvas: Canvas, options: Options) -> None:
    """Greenery, then flowers from the edge to the middle."""
    colours = PALETTES[str(options.get("palette", "garden"))]
    dry, only = options.get("dry"), options.get("flower")
    big = 1.2 if options.get("big") else 1.0
    greens = GREENS if not dry else ("#A8A06A", "#8F8A5A", "#C2B27A")
    for k in range(22):
        turn = -90 + canvas.rng.uniform(-88, 88)
        reach = canvas.rng.uniform(220, 330) * big
        sprig = leaf(0, 20, reach, canvas.rng.uniform(30, 52), turn, canvas.rng.uniform(-20, 20))
        canvas.fill(sprig, canvas.rng.choice(greens))
        if k % 2:
            canvas.line(sprig[:9:2], lighter(greens[1], 0.3), 2)
    rings = ((1.0, 9), (0.66, 7), (0.32, 4), (0.0, 1))
    kinds = (
        [only]
        if only
        else (["wheat", "umbel", "daisy"] if dry else ["ranunculus", "daisy", "peony", "umbel", "ranunculus"])
    )
    for share, count in rings:
        for k in range(count):
            angle = (
                math.pi * (1.0 + (k + 0.5) / count * 1.0) if share > 0.9 else 2 * math.pi * k / count + share
            )
            x = 178 * big * share * math.cos(angle) + canvas.rng.uniform(-12, 12)
            y = -120 + 150 * big * share * math.sin(angle) + canvas.rng.uniform(-10, 10)
            kind = str(canvas.rng.choice(kinds))
            size = {"daisy": 54, "ranunculus": 50, "peony": 72, "umbel": 50, "tulip": 50, "wheat": 56}[kind]
            BLOOMS[kind](canvas, x, y, canvas.vary(size, 0.16), canvas.rng.choice(colours))


@motif("stem", "#C2485A", (300, 700), flat=True)
def stem(canvas: Canvas, options: Options) -> None:
    colour = options["colour"]
    line = smooth([(-20, 320), (10, 120), (-12, -60), (6, -200)], closed=False)
    canvas.lines([[(x + 9, y + 12) for x, y in line]], darker(canvas.ground, 0.16), 12)
    canvas.line(line, "#5F7F4B" if options.get("flower") == "rose" else "#8A6F5A", 12)
    if options.get("flower") == "rose":
        for x, y, turn in ((4, 90, -30), (-4, 10, 205), (4, -60, -20)):
            blade = leaf(x, y, 120, 56, turn, 8)
            canvas.cast(blade, 8)
            canvas.form(blade, "#4F7A4A", 12, 0.25)
            canvas.line(blade[:9:2], "#8FAF7A", 3)
        canvas.fills([leaf(6, -196, 84, 24, turn) for turn in (-150, -120, -60, -30)], "#4F7A4A")
        ranunculus(canvas, 6, -236, 86, colour)
        canvas.fills(
            [
                leaf(6 + 76 * math.cos(a), -236 + 70 * math.sin(a), 46, 38, math.degrees(a) + 100)
                for a in (0.6, 1.6, 2.6)
            ],
            darker(colour, 0.14),
        )
        return
    for k in range(13):
        y = 250 - k * 44
        for side in (-1, 1):
            blade = ellipse(side * (62 - k * 2.4), y - 22, 52 - k * 2.2, 28 - k, 26, -side * 30)
            canvas.cast(blade, 6)
            canvas.form(blade, mix(colour, "#B9CBBE", canvas.rng.random()), 9, 0.3)


@motif("wreath", "#6E8F72", (560, 580), flat=True)
def wreath(canvas: Canvas, options: Options) -> None:
    colour = options["colour"]
    hoop = ellipse(0, 10, 190, 190, 70)
    canvas.lines([[(x + 14, y + 18) for x, y in [*hoop, hoop[0]]]], darker(canvas.ground, 0.12), 84)
    canvas.lines([[*hoop, hoop[0]]], "#7A5A3A", 20)
    for k in range(74):
        a = 2 * math.pi * k / 74
        radius = 190 + canvas.rng.uniform(-24, 24)
        blade = leaf(
            radius * math.cos(a),
            10 + radius * math.sin(a),
            canvas.rng.uniform(56, 96),
            32,
            math.degrees(a) + 90 + canvas.rng.uniform(-62, 62),
        )
        canvas.form(
            blade,
            mix(colour, canvas.rng.choice(("#3F6350", "#A9BFA5", "#8FAF7A")), canvas.rng.random() * 0.8),
            7,
            0.25,
        )
    for k in range(26):
        a = canvas.rng.uniform(0.4, 2.6) if k % 3 else canvas.rng.uniform(3.2, 5.6)
        radius = 190 + canvas.rng.uniform(-34, 34)
        canvas.form(ellipse(radius * math.cos(a), 10 + radius * math.sin(a), 13, 13, 14), "#A8302B", 7, 0.5)
    for turn, reach in ((64, 150), (112, 160)):
        canvas.form(leaf(0, 200, reach, 40, turn, 8), "#E3D3B0", 9, 0.2)
    for side in (-1, 1):
        canvas.form(ellipse(side * 52, 190, 56, 30, 26, side * 20), "#EADCBC", 12, 0.3)
    canvas.form(ellipse(0, 196, 20, 24, 18), "#D9C79C", 8, 0.3)
