# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tarts, cakes and biscuits."""

import math

from halles.demo.drawings.colours import darker, lighter, mix
from halles.demo.drawings.garden import strawberry_shape
from halles.demo.drawings.paint import Canvas
from halles.demo.drawings.registry import Options, motif
from halles.demo.drawings.shapes import Outline, ellipse, leaf, rect, smooth

PASTRY = "#D9A354"
TOPPINGS = {
    "strawberry": "#F4DFA8",
    "apple": "#EBC873",
    "lemon": "#F4D75E",
    "raspberry": "#F2D9A4",
    "quiche": "#F0CF7C",
}


@motif("tart", PASTRY, (460, 460), flat=True, views="slice small", many=3)
def tart(canvas: Canvas, options: Options) -> None:
    fruit = str(options.get("fruit", "apple"))
    if options["view"] == "slice":
        _slice(canvas, fruit)
        return
    rim = _scallops(220, 26)
    if options["view"] == "small" or options.get("small"):
        plate = ellipse(0, 0, 280, 280, 48)
        canvas.cast(plate, 22)
        canvas.form(plate, "#F3EEE2", 22, 0.2)
        canvas.fill(ellipse(0, 0, 236, 236, 48), "#E9E2D2")
        rim = _scallops(186, 22)
    canvas.cast(rim, 26)
    canvas.form(rim, PASTRY, 30, 0.35)
    size = 190 if len(rim) > 200 else 158
    canvas.form(ellipse(0, 0, size, size, 44), TOPPINGS[fruit], 20, 0.3)
    _top(canvas, fruit, size)


def _scallops(radius: float, waves: int) -> Outline:
    count = waves * 8
    return [
        ((radius + 5 * math.cos(waves * a)) * math.cos(a), (radius + 5 * math.cos(waves * a)) * math.sin(a))
        for a in (2 * math.pi * k / count for k in range(count))
    ]


def _top(canvas: Canvas, fruit: str, size: float) -> None:
    rings = (
        ((0.80, 15), (0.52, 10), (0.24, 5))
        if fruit != "raspberry"
        else ((0.84, 18), (0.6, 13), (0.36, 8), (0.12, 3))
    )
    if fruit == "lemon":
        _meringue(canvas, size)
        return
    if fruit == "quiche":
        _quiche(canvas, size)
        return
    for share, count in rings:
        for k in range(count):
            angle = 360 * k / count + share * 40
            x, y = size * share * math.cos(math.radians(angle)), size * share * math.sin(math.radians(angle))
            if fruit == "apple":
                piece = leaf(x * 0.78, y * 0.78, size * 0.36, size * 0.24, angle, 12)
                canvas.fill([(px + 3, py + 4) for px, py in piece], darker("#C98A3A", 0.25))
                canvas.fill(piece, mix("#F3D88C", "#E2A94E", canvas.rng.random()))
                canvas.line(piece[:9], "#B5573A", 3.4)
            elif fruit == "strawberry":
                berry = strawberry_shape(x, y, size * 0.185, angle + 90)
                canvas.fill([(px + 4, py + 5) for px, py in berry], "#8A2320")
                canvas.form(berry, "#D6392F", 12, 0.45)
                canvas.dots(berry, "#F3C96B", 7, 2)
            else:
                berry = ellipse(x, y, size * 0.115, size * 0.115, 16)
                canvas.form(berry, mix("#C93052", "#A82244", canvas.rng.random()), 10, 0.4)
                canvas.dots(berry, "#E36C85", 5, 3)


def _meringue(canvas: Canvas, size: float) -> None:
    for share, count in ((0.8, 16), (0.5, 10), (0.2, 4)):
        for k in range(count):
            angle = 2 * math.pi * k / count + share
            x, y = size * share * math.cos(angle), size * share * math.sin(angle)
            peak = canvas.tremble(ellipse(x, y, size * 0.16, size * 0.16, 18), 3)
            canvas.form(peak, "#FBF3DF", 14, 0.2)
            canvas.fill(leaf(x - 9, y + 6, 24, 14, -50), "#C98F48")


def _quiche(canvas: Canvas, size: float) -> None:
    disc = ellipse(0, 0, size, size, 40)
    canvas.brush(disc, "#C98A3A", 22, 44, 20, 16)
    for x, y in canvas.scatter(ellipse(0, 0, size * 0.86, size * 0.86, 30), 18):
        ring = ellipse(x, y, 21, 19, 18)
        canvas.fill(ring, "#7E9A4B")
        canvas.fill(ellipse(x, y, 14, 12, 14), "#D7DBA0")
        canvas.fill(ellipse(x, y, 7, 6, 10), "#A8B866")


def _slice(canvas: Canvas, fruit: str) -> None:
    """One part on a plate, seen from above."""
    plate = ellipse(0, 20, 285, 285, 50)
    canvas.cast(plate, 24)
    canvas.form(plate, "#F5F0E4", 22, 0.2)
    canvas.fill(ellipse(0, 20, 225, 225, 46), "#EAE3D4")
    angle = math.radians(21)
    arc = [
        (370 * math.sin(a) * 1.0, 210 - 370 * math.cos(a)) for a in (angle * (k - 6) / 6 for k in range(13))
    ]
    part = [(0, 210), *arc]
    canvas.cast(part, 20)
    canvas.form([(x * 1.06, (y - 30) * 1.05 + 30) for x, y in part], PASTRY, 22, 0.3)
    inner = [(x * 0.93, (y - 30) * 0.93 + 40) for x, y in part]
    canvas.form(inner, TOPPINGS[fruit], 12, 0.3)
    for row in range(4):
        y = 100 - row * 66
        wide = (210 - y) * 0.30
        for k in range(-row, row + 1):
            x = k * 2 * wide / (2 * row + 1.2)
            with canvas.frame(x, y + abs(k) * 3, 1, k * 9):
                _piece(canvas, fruit, 30)


def _piece(canvas: Canvas, fruit: str, size: float) -> None:
    if fruit == "strawberry":
        berry = strawberry_shape(0, 0, size, 180)
        canvas.form(berry, "#D6392F", 12, 0.45)
        canvas.dots(berry, "#F3C96B", 8, 2.2)
    elif fruit == "apple":
        piece = leaf(-44, 6, 88, 44, 0, -10)
        canvas.form(piece, "#EFCB78", 12, 0.4)
        canvas.line(piece[:9], "#B5573A", 4)
    elif fruit == "quiche":
        canvas.fill(ellipse(0, 0, 26, 22, 18), "#7E9A4B")
        canvas.fill(ellipse(0, 0, 17, 14, 16), "#D7DBA0")
    else:
        canvas.form(
            ellipse(0, 0, size * 0.9, size * 0.9, 18), "#FBF3DF" if fruit == "lemon" else "#C93052", 12, 0.3
        )


@motif("eclair", "#3E2317", (500, 190), many=4)
def eclair(canvas: Canvas, options: Options) -> None:
    canvas.stand(0, 0, 460, 70)
    shell = canvas.tremble(
        smooth([(-225, -50), (-200, -118), (0, -132), (200, -118), (226, -50), (190, -2), (-190, -2)]), 4
    )
    canvas.form(shell, "#C88A3C", 40, 0.2)
    canvas.brush(shell, "#A86B28", 14, 60, 0, 8)
    glaze = canvas.tremble(
        smooth(
            [
                (-206, -84),
                (-196, -130),
                (-60, -152),
                (80, -150),
                (200, -128),
                (208, -84),
                (150, -74),
                (90, -86),
                (20, -70),
                (-60, -84),
                (-140, -72),
            ]
        ),
        2,
    )
    canvas.form(glaze, options["colour"], 22, 0.28)
    canvas.fill(leaf(-170, -124, 230, 16, -3), lighter(options["colour"], 0.5))


@motif("galette", "#D8A04C", (460, 460), flat=True, views="broken", many=2)
def galette(canvas: Canvas, options: Options) -> None:
    """The broyé: a great buttery disc, ruled with a fork."""
    colour = options["colour"]
    disc = _scallops(222, 40)
    pieces = [disc]
    if options["view"] == "broken":
        pieces = _shards(disc)
    for rank, piece in enumerate(pieces):
        shift = (0.0, 0.0) if len(pieces) == 1 else (((46, 40), (-44, 52), (-52, -40), (42, -46))[rank])
        with canvas.frame(shift[0], shift[1], 1, 0 if len(pieces) == 1 else (rank - 1.5) * 3):
            canvas.cast(piece, 20)
            canvas.form(piece, colour, 22, 0.35)
            canvas.brush(piece, darker(colour, 0.1), 26, 50, 25, 9)
            _ruled(canvas, piece, darker(colour, 0.3))
    canvas.dots(ellipse(0, 0, 280, 280), lighter(colour, 0.4), 18, 4)


def _ruled(canvas: Canvas, piece: Outline, colour: str) -> None:
    lines = []
    for turn in (28, -34):
        cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))
        for offset in range(-170, 180, 68):
            run = [(t * cos - offset * sin, t * sin + offset * cos) for t in range(-200, 201, 20)]
            inside = [(x, y) for x, y in run if x * x + y * y < 195**2]
            lines.append(inside[1:-1])
    xs = [x for x, _ in piece]
    ys = [y for _, y in piece]
    kept = [[(x, y) for x, y in line if min(xs) < x < max(xs) and min(ys) < y < max(ys)] for line in lines]
    canvas.lines([line for line in kept if len(line) > 1], colour, 5)


def _shards(disc: Outline) -> list[Outline]:
    count = len(disc)
    cuts = [0, count // 4 + 9, count // 2 - 6, 3 * count // 4 + 4, count]
    jags = [(14, -10), (-6, 18), (10, 12), (-14, -4)]
    return [
        [
            *disc[cuts[k] : cuts[k + 1]],
            (disc[cuts[k + 1] % count][0] * 0.5 + 16, disc[cuts[k + 1] % count][1] * 0.5 - 12),
            jags[k],
            (disc[cuts[k]][0] * 0.5 + 16, disc[cuts[k]][1] * 0.5 - 12),
        ]
        for k in range(4)
    ]


@motif("tourteau", "#2B2224", (400, 300), views="cut")
def tourteau(canvas: Canvas, options: Options) -> None:
    canvas.stand(0, 0, 330, 90)
    base = smooth([(-170, -110), (170, -110), (128, -10), (60, 0), (-60, 0), (-128, -10)])
    canvas.form(base, "#D3A055", 40, 0.3)
    canvas.brush(base, "#B57E34", 16, 40, 80, 7)
    dome = canvas.tremble(
        smooth(
            [
                (-186, -112),
                (-176, -190),
                (-90, -252),
                (10, -266),
                (108, -246),
                (178, -186),
                (186, -112),
                (90, -94),
                (-90, -94),
            ]
        ),
        4,
    )
    canvas.form(dome, options["colour"], 50, 0.22)
    canvas.brush(dome, "#54443F", 26, 54, -18, 7)
    if options["view"] == "cut":
        with canvas.frame(110, 46):
            canvas.stand(0, 0, 210, 50)
            wedge = smooth([(-100, -6), (-104, -80), (0, -128), (104, -80), (100, -6)], pieces=5)
            canvas.form(wedge, "#2B2224", 10, 0)
            crumb = [(x * 0.9, (y + 40) * 0.84 - 32) for x, y in wedge]
            canvas.form(crumb, "#FAF0D2", 18, 0.3)
            canvas.dots(crumb, "#E6D5A4", 26, 5)
            canvas.fill([(-92, -18), (92, -18), (80, 0), (-80, 0)], "#D3A055")


@motif("macaroon", "#E2B873", (220, 150), many=5)
def macaroon(canvas: Canvas, options: Options) -> None:
    """Piped in a crown, still on its paper."""
    colour = options["colour"]
    canvas.stand(0, 0, 200, 40)
    canvas.form(
        smooth([(-112, -24), (0, -6), (112, -24), (104, 2), (0, 14), (-104, 2)], pieces=4), "#F7F0E0", 8, 0.1
    )
    spots = [(2 * math.pi * k / 9, k) for k in range(9)]
    for angle, k in sorted(spots, key=lambda spot: math.sin(spot[0])):
        x, y = 70 * math.cos(angle), -58 + 30 * math.sin(angle)
        ridge = [
            (
                x + (29 + 4 * math.sin(5 * a + k)) * math.cos(a),
                y + (27 + 4 * math.sin(5 * a + k)) * math.sin(a),
            )
            for a in (2 * math.pi * s / 30 for s in range(30))
        ]
        canvas.fill([(px + 3, py + 5) for px, py in ridge], darker(colour, 0.4))
        canvas.form(ridge, mix(colour, "#C98F48", canvas.rng.random() * 0.35), 13, 0.5)
        canvas.fill(leaf(x - 12, y + 10, 26, 8, -50), lighter(colour, 0.4))
    canvas.fill(ellipse(0, -62, 26, 10, 18), darker(colour, 0.45))


@motif("cookie", "#D9A75C", (320, 320), flat=True, many=6)
def cookie(canvas: Canvas, options: Options) -> None:
    colour = "#B87F45" if options.get("chips") else options["colour"]
    disc = canvas.tremble(ellipse(0, 0, 146, 143, 44), 6) if options.get("chips") else _scallops(140, 22)
    canvas.cast(disc, 20)
    canvas.form(disc, colour, 26, 0.35)
    canvas.brush(disc, darker(colour, 0.12), 22, 40, 15, 9)
    canvas.dots(disc, lighter(colour, 0.4), 20, 4)
    if options.get("chips"):
        for x, y in canvas.scatter(ellipse(0, 0, 120, 118), 11):
            canvas.form(
                canvas.tremble(ellipse(x, y, 20, 16, 12, canvas.rng.uniform(0, 90)), 3), "#3B2117", 8, 0.3
            )
        for x, y in canvas.scatter(ellipse(0, 0, 112, 110), 5):
            canvas.form(leaf(x, y, 34, 20, canvas.rng.uniform(0, 180)), "#E0BC84", 6, 0.4)
    else:
        canvas.lines([[(-70, k * 34), (70, k * 34)] for k in (-1, 0, 1)], darker(colour, 0.2), 5)


@motif("flan", "#F0C95E", (400, 300), many=2)
def flan(canvas: Canvas, options: Options) -> None:
    canvas.stand(0, 0, 360, 80)
    canvas.form([(-190, 0), (-198, -192), (156, -208), (180, 0)], "#C98B3C", 16, 0.2)
    canvas.form([(-176, -20), (-186, -184), (142, -200), (164, -20)], options["colour"], 30, 0.4)
    top = canvas.tremble(
        smooth([(-198, -190), (-150, -246), (40, -262), (206, -240), (152, -210), (0, -200)]), 3
    )
    canvas.form(top, "#B5691F", 20, 0.3)
    canvas.brush(top, "#7A3F14", 18, 44, -6, 12)
    canvas.brush([(-176, -30), (-180, -176), (136, -190), (156, -30)], "#F7DC8A", 16, 60, 0, 6)
    canvas.dots([(-176, -30), (-180, -176), (136, -190), (156, -30)], "#4A3320", 22, 2)


@motif("madeleine", "#DDA54A", (250, 340), flat=True, many=6)
def madeleine(canvas: Canvas, options: Options) -> None:
    colour = options["colour"]
    shell = smooth(
        [
            (0, -150),
            (64, -120),
            (104, -30),
            (92, 70),
            (44, 140),
            (0, 150),
            (-44, 140),
            (-92, 70),
            (-104, -30),
            (-64, -120),
        ]
    )
    canvas.cast(shell, 20)
    canvas.form(shell, colour, 26, 0.35)
    canvas.fills(
        [leaf(0, 138, 262 - abs(k) * 34, 16, -90 + k * 10) for k in (-3, -2, -1, 0, 1, 2, 3)],
        darker(colour, 0.2),
    )
    canvas.brush(shell, lighter(colour, 0.45), 16, 40, 90, 6)


@motif("cake", "#3B2016", (440, 380), views="slice")
def cake(canvas: Canvas, options: Options) -> None:
    canvas.stand(0, 0, 420, 110)
    canvas.form(ellipse(0, -10, 226, 36, 40), "#EFE7D6", 16, 0.2)
    body = [
        *smooth([(-178, -200), (-178, -30)], closed=False),
        *smooth([(-178, -30), (0, 4), (178, -30)], closed=False),
        *smooth([(178, -30), (178, -200)], closed=False),
    ]
    canvas.form(body, options["colour"], 50, 0.2)
    canvas.brush(body, "#5A3524", 18, 60, 88, 8)
    canvas.form(ellipse(0, -200, 180, 46, 40), "#4A2A1C", 16, 0.3)
    drips = smooth(
        [
            (-178, -196),
            (-170, -150),
            (-140, -170),
            (-110, -120),
            (-80, -158),
            (-40, -110),
            (0, -150),
            (44, -104),
            (84, -154),
            (120, -118),
            (150, -164),
            (178, -196),
            (0, -150),
        ],
        pieces=4,
    )
    canvas.form(drips, "#2A150D", 10, 0.3)
    for k in range(9):
        angle = 2 * math.pi * k / 9
        canvas.form(
            ellipse(128 * math.cos(angle), -208 + 32 * math.sin(angle), 24, 22, 18), "#C4314A", 9, 0.5
        )
    canvas.fills([rect(-50 + k * 48, -310, 9, 104, 3) for k in range(3)], "#F6E7C4")
    canvas.fills([leaf(-46 + k * 48, -312, 34, 17, -90) for k in range(3)], "#F0B03C")
    if options["view"] == "slice":
        with canvas.frame(150, 40, 0.9):
            canvas.stand(0, 0, 220, 50)
            canvas.form([(-105, 0), (-105, -130), (110, -146), (110, -6)], "#4A2A1C", 18, 0.2)
            canvas.fills(
                [[(-105, y), (110, y - 10), (110, y + 4), (-105, y + 14)] for y in (-98, -54)], "#E9CFA0"
            )
            canvas.form([(-110, -130), (-10, -170), (120, -146), (112, -130)], "#2A150D", 8, 0.3)
