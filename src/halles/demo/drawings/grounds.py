# SPDX-License-Identifier: AGPL-3.0-or-later
"""What things stand or lie on: tinted walls and tables, a cloth, planks, and the light of a window."""

from dataclasses import dataclass

from halles.demo.drawings.colours import darker, distance, lighter, luminance, mix
from halles.demo.drawings.paint import Canvas
from halles.demo.drawings.shapes import Outline, densify, ellipse

HORIZON = 500.0


@dataclass(frozen=True)
class Palette:
    """A wall, a table, and the colour that answers them."""

    wall: str
    table: str
    accent: str


PALETTES = (
    Palette("#F3E6CE", "#E5CFA6", "#D98E5A"),
    Palette("#DDE3D0", "#C2CDAE", "#E8B864"),
    Palette("#C4D6D9", "#EADDC2", "#CC6E4E"),
    Palette("#F2CFB4", "#E2AC86", "#7A8F72"),
    Palette("#EBCBBE", "#F4E6D3", "#9A5F5B"),
    Palette("#EFDCA2", "#DDBC74", "#5E7F86"),
    Palette("#DAD3E0", "#C5BACB", "#E3B65E"),
    Palette("#BCCCAB", "#E9DDBB", "#B5573A"),
    Palette("#A9C3C4", "#7FA3A6", "#F0D9A8"),
    Palette("#E5B25F", "#CF9442", "#3F5F66"),
    Palette("#D9866B", "#EBD2B4", "#2F4F57"),
    Palette("#34514F", "#233B3B", "#D9A35A"),
    Palette("#4B3140", "#392430", "#D9A08A"),
    Palette("#2E3F5C", "#223048", "#E0B070"),
)
LIGHT_GROUNDS = ("#F5EBD8", "#E6E9DA", "#DCE6E6", "#F3DCCB", "#EFD9D0", "#F2E4B9", "#E2DCE6", "#CFDBC4")


def choose(canvas: Canvas, colours: list[str]) -> Palette:
    """A palette on which these colours stand out; among the best ones, the seed decides."""

    def contrast(palette: Palette) -> float:
        return min(min(distance(colour, palette.wall), distance(colour, palette.table)) for colour in colours)

    ranked = sorted(PALETTES, key=contrast, reverse=True)
    # Dark rooms are the salt of the shelf, not its bread.
    bright = [palette for palette in ranked if luminance(palette.wall) > 0.45]
    dark = [palette for palette in ranked if luminance(palette.wall) <= 0.45]
    pool = bright[:6] + (dark[:1] if contrast(dark[0]) > 0.7 else [])
    return canvas.rng.choice(pool)


def choose_flat(canvas: Canvas, colours: list[str]) -> Palette:
    """The same for what is seen from above: one plain ground."""
    palette = choose(canvas, colours)
    return Palette(palette.wall, palette.wall, palette.accent)


def room(canvas: Canvas, palette: Palette, backdrop: str, horizon: float = HORIZON) -> list[str]:
    """A wall, a table, and behind the thing an arch, a sun or the light of the window."""
    parts = Canvas("room")
    parts.rng = canvas.rng
    parts.wash([[(0, 0), (800, 0), (800, 800), (0, 800)]], palette.wall)
    _sweeps(parts, palette.wall, 40, horizon - 40, 7)
    if backdrop == "window":
        _window(parts, palette.wall, horizon)
    elif backdrop == "arch":
        _arch(parts, palette, horizon)
    elif backdrop == "sun":
        x = parts.rng.choice((250, 400, 540))
        parts.fill(
            parts.tremble(ellipse(x, horizon - 170, 235, 235, 48), 3), mix(palette.wall, palette.accent, 0.42)
        )
    edge = [(0, horizon + 4), (270, horizon - 3), (520, horizon + 3), (800, horizon - 4)]
    parts.fill([*edge, (800, 800), (0, 800)], palette.table)
    parts.fill([*edge, *((x, y + 9) for x, y in reversed(edge))], lighter(palette.table, 0.35))
    if backdrop == "window":
        parts.wash(
            [[(90, 800), (330, horizon + 12), (560, horizon + 12), (470, 800)]], lighter(palette.table, 0.22)
        )
    _sweeps(parts, palette.table, horizon + 40, 790, 8)
    return parts.things


def _window(parts: Canvas, wall: str, horizon: float) -> None:
    """A patch of sun on the wall, cut by the glazing bars."""
    glow = lighter(wall, 0.42)
    panes = []
    for row in range(2):
        for column in range(2):
            x, y = 300 + column * 150 + row * 34, horizon - 464 + row * 236 + column * 16
            panes.append(
                parts.tremble(
                    densify([(x, y), (x + 132, y + 14), (x + 164, y + 230), (x + 32, y + 216)], 60), 2
                )
            )
    parts.fills(panes, glow)


def _arch(parts: Canvas, palette: Palette, horizon: float) -> None:
    x = parts.rng.choice((230, 400, 560))
    top = [
        (x + 205 * a, horizon - 200 - 225 * b)
        for a, b in (
            (-1, 0),
            (-0.96, 0.28),
            (-0.85, 0.53),
            (-0.6, 0.8),
            (-0.3, 0.95),
            (0, 1),
            (0.3, 0.95),
            (0.6, 0.8),
            (0.85, 0.53),
            (0.96, 0.28),
            (1, 0),
        )
    ]
    shape: Outline = [*top, (x + 205, horizon + 10), (x - 205, horizon + 10)]
    parts.fill([(px + 14, py + 10) for px, py in shape], darker(palette.wall, 0.08))
    parts.fill(parts.tremble(shape, 2), mix(palette.wall, palette.accent, 0.5))


def _sweeps(parts: Canvas, colour: str, top: float, bottom: float, count: int) -> None:
    """Wide, pale traces of the brush."""
    light: list[Outline] = []
    dark: list[Outline] = []
    for rank in range(count):
        x, y = parts.rng.uniform(-80, 720), parts.rng.uniform(top, bottom)
        length, height = parts.rng.uniform(120, 330), parts.rng.uniform(4, 11)
        stroke = [
            (x, y),
            (x + length * 0.5, y - height),
            (x + length, y - height * 0.3),
            (x + length * 0.6, y + height),
        ]
        (light if rank % 2 else dark).append(stroke)
    parts.wash(light, lighter(colour, 0.10))
    parts.wash(dark, darker(colour, 0.035))


def top_view(canvas: Canvas, palette: Palette, cover: str) -> list[str]:
    """A table seen from above: bare paper, planks, or a striped cloth."""
    parts = Canvas("top")
    parts.rng = canvas.rng
    parts.wash([[(0, 0), (800, 0), (800, 800), (0, 800)]], palette.wall)
    if cover == "planks":
        _planks(parts, palette.wall)
    else:
        parts.wash([[(-20, 820), (250, -20), (640, -20), (330, 820)]], lighter(palette.wall, 0.22))
        _sweeps(parts, palette.wall, 20, 780, 12)
    if cover == "cloth":
        _cloth(parts, palette)
    return parts.things


def _planks(parts: Canvas, colour: str) -> None:
    for rank in range(5):
        y = rank * 165 - 10
        parts.fill(
            [(0, y), (800, y + 3), (800, y + 160), (0, y + 158)],
            mix(colour, darker(colour, 0.10) if rank % 2 else lighter(colour, 0.10), 0.6),
        )
        grain = [
            [(x, gy), (x + 90, gy - 3), (x + parts.rng.uniform(150, 300), gy), (x + 90, gy + 3)]
            for x, gy in ((parts.rng.uniform(-60, 700), y + parts.rng.uniform(15, 145)) for _ in range(5))
        ]
        parts.wash(grain, darker(colour, 0.09))
        parts.fill([(0, y + 157), (800, y + 159), (800, y + 164), (0, y + 163)], darker(colour, 0.22))


def _cloth(parts: Canvas, palette: Palette) -> None:
    """A folded tea towel with the awning's stripes."""
    cream = "#F8F0DF"
    corners = [(110, 150), (830, 40), (860, 700), (190, 770)]
    parts.wash([[(x + 16, y + 20) for x, y in corners]], darker(palette.wall, 0.14))
    parts.fill(parts.tremble(densify(corners, 90), 4), cream)
    stripes = []
    for start, wide in ((0.06, 0.03), (0.11, 0.06), (0.19, 0.03)):
        a, b = start, start + wide
        stripes.append(
            [
                _between(corners[0], corners[1], a),
                _between(corners[0], corners[1], b),
                _between(corners[3], corners[2], b),
                _between(corners[3], corners[2], a),
            ]
        )
    parts.fills(stripes, mix(palette.accent, cream, 0.15))
    parts.fill(
        [
            _between(corners[0], corners[1], 0.5),
            _between(corners[0], corners[1], 0.515),
            _between(corners[3], corners[2], 0.505),
            _between(corners[3], corners[2], 0.49),
        ],
        "#E9DEC6",
    )


def _between(a: tuple[float, float], b: tuple[float, float], share: float) -> tuple[float, float]:
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share
