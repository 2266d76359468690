# SPDX-License-Identifier: AGPL-3.0-or-later
"""The painter's hand: flat opaque gouache, light from above left, edges that tremble a little."""

import math
import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import accumulate, pairwise

from halles.demo.drawings.colours import SHADE, darker, lighter, mix
from halles.demo.drawings.shapes import Outline, Point, box, ellipse, holds, svg

# Towards the shade: light comes from above left.
SHADEWARD = (0.6, 0.8)
CRISP = 'shape-rendering="crispEdges"'


class Canvas:
    """Collects SVG: shadows on the ground first, then the things, each in its own frame."""

    def __init__(self, seed: str, ground: str = "#F1E4CC") -> None:
        # The same product is drawn the same on every machine: sameness is wanted here, not secrecy.
        self.rng = random.Random(seed)  # noqa: S311
        self.ground = ground
        self.shadows: list[str] = []
        self.things: list[str] = []
        self._frames: list[str] = []
        self._turn = 0.0

    @contextmanager
    def frame(self, x: float = 0, y: float = 0, scale: float = 1, turn: float = 0) -> Iterator[None]:
        """Everything drawn inside is moved, turned and scaled together."""
        transform = f"translate({x:.1f} {y:.1f})"
        transform += f" rotate({turn:.1f})" if turn else ""
        transform += f" scale({scale:.3f})" if scale != 1 else ""
        self._frames.append(transform)
        self._turn += turn
        self.things.append(f'<g transform="{transform}">')
        yield
        self.things.append("</g>")
        self._frames.pop()
        self._turn -= turn

    def vary(self, around: float, share: float = 0.1) -> float:
        """A number near the given one."""
        return around * self.rng.uniform(1 - share, 1 + share)

    def tremble(self, points: Sequence[Point], amount: float) -> Outline:
        """The outline as a hand cuts it: slow, small swings."""
        a, b = self.rng.uniform(0, 6.3), self.rng.uniform(0, 6.3)
        swing = 2 * math.pi / max(len(points), 1)
        return [
            (x + amount * math.sin(3 * i * swing + a), y + amount * math.cos(4 * i * swing + b))
            for i, (x, y) in enumerate(points)
        ]

    def fill(self, points: Sequence[Point], colour: str, opacity: float = 1) -> None:
        veil = f' fill-opacity="{opacity}"' if opacity != 1 else ""
        self.things.append(f'<path d="{svg(points)}" fill="{colour}"{veil}/>')

    def wash(self, outlines: Sequence[Sequence[Point]], colour: str) -> None:
        """Marks barely darker than their ground: nobody sees the edge, and rough ones cost half."""
        joined = "".join(svg(points) for points in outlines)
        self.things.append(f'<path d="{joined}" fill="{colour}" {CRISP}/>')

    def fills(self, outlines: Sequence[Sequence[Point]], colour: str) -> None:
        """Many small shapes of one colour: one path is much cheaper to paint than many."""
        if outlines:
            joined = "".join(svg(points) for points in outlines)
            self.things.append(f'<path d="{joined}" fill="{colour}"/>')

    def line(self, points: Sequence[Point], colour: str, width: float, cap: str = "round") -> None:
        self.lines([points], colour, width, cap)

    def lines(self, lines: Sequence[Sequence[Point]], colour: str, width: float, cap: str = "round") -> None:
        joined = "".join(svg(points, closed=False) for points in lines)
        self.things.append(
            f'<path d="{joined}" fill="none" stroke="{colour}" stroke-width="{width:.1f}" '
            f'stroke-linecap="{cap}" stroke-linejoin="round"/>'
        )

    def form(self, points: Sequence[Point], colour: str, depth: float = 30, shine: float = 0.35) -> None:
        """A body with its two shades and its light, painted as flat crescents."""
        self.fill(points, colour)
        self._crescents(points, darker(colour, 0.16), depth, 0.0)
        self._crescents(points, darker(colour, 0.34), depth * 0.4, 0.25)
        if shine:
            self._gleam(points, lighter(colour, shine), depth)

    def _crescents(self, points: Sequence[Point], colour: str, depth: float, threshold: float) -> None:
        sx, sy = self._shadeward()
        facing = [max(0.0, f - threshold) for f in self._facing(points)]
        pieces: list[Outline] = []
        for run in _runs([f > 0.02 for f in facing]):
            outer = [points[i] for i in run]
            inner = []
            for i, room in zip(run, _room(outer), strict=True):
                # Near the ends of the shaded edge the crescent thins out, or it would stick out at a corner.
                reach = min(depth * min(1.0, facing[i] * 2.2) * (1 + 0.12 * math.sin(i * 1.7)), room)
                inner.append((points[i][0] - sx * reach, points[i][1] - sy * reach))
            if len(run) > 2:
                pieces.append(outer + inner[::-1])
        self.fills(pieces, colour)

    def _gleam(self, points: Sequence[Point], colour: str, depth: float) -> None:
        sx, sy = self._shadeward()
        facing = self._facing(points)
        pieces: list[Outline] = []
        for run in _runs([f < -0.45 for f in facing]):
            if len(run) < 4:
                continue
            start, stop = int(len(run) * 0.15), int(len(run) * 0.75)
            kept = [run[k] for k in range(start, stop)]
            outer, inner = [], []
            for rank, i in enumerate(kept):
                swell = math.sin(math.pi * (rank + 0.5) / len(kept))
                near, far = depth * 0.35, depth * (0.35 + 0.42 * swell)
                outer.append((points[i][0] + sx * near, points[i][1] + sy * near))
                inner.append((points[i][0] + sx * far, points[i][1] + sy * far))
            if len(outer) > 2:
                pieces.append(outer + inner[::-1])
        self.fills(pieces, colour)

    def _shadeward(self) -> Point:
        angle = math.radians(-self._turn)
        x, y = SHADEWARD
        return x * math.cos(angle) - y * math.sin(angle), x * math.sin(angle) + y * math.cos(angle)

    def _facing(self, points: Sequence[Point]) -> list[float]:
        """For each point, how much its edge looks towards the shade (-1 to 1)."""
        sx, sy = self._shadeward()
        last = len(points)
        area = sum(
            points[i][0] * points[(i + 1) % last][1] - points[(i + 1) % last][0] * points[i][1]
            for i in range(last)
        )
        way = 1 if area > 0 else -1
        facing = []
        for i in range(last):
            (ax, ay), (bx, by) = points[i - 1], points[(i + 1) % last]
            dx, dy = bx - ax, by - ay
            length = math.hypot(dx, dy) or 1
            facing.append(way * (dy * sx - dx * sy) / length)
        return facing

    def scatter(self, points: Sequence[Point], count: int) -> list[Point]:
        """Spots inside an outline."""
        left, top, right, bottom = box(points)
        found: list[Point] = []
        for _ in range(count * 3):
            x, y = self.rng.uniform(left, right), self.rng.uniform(top, bottom)
            if holds(points, x, y):
                found.append((x, y))
                if len(found) == count:
                    break
        return found

    def brush(
        self,
        points: Sequence[Point],
        colour: str,
        count: int,
        length: float,
        turn: float = -20,
        width: float = 5,
    ) -> None:
        """Dry-brush marks inside an outline."""
        marks = []
        for x, y in self.scatter(points, count):
            angle = math.radians(turn + self.rng.uniform(-8, 8))
            reach = self.vary(length, 0.45) / 2
            cos, sin = math.cos(angle) * reach, math.sin(angle) * reach
            if holds(points, x + cos, y + sin) and holds(points, x - cos, y - sin):
                half = self.vary(width, 0.4) / 2 / (reach or 1)
                marks.append(
                    [
                        (x - cos, y - sin),
                        (x - sin * half, y + cos * half),
                        (x + cos, y + sin),
                        (x + sin * half, y - cos * half),
                    ]
                )
        if marks:
            self.wash(marks, colour)

    def dots(self, points: Sequence[Point], colour: str, count: int, radius: float) -> None:
        """Seeds, crumbs, freckles inside an outline."""
        spots = [
            ellipse(x, y, self.vary(radius, 0.4), self.vary(radius, 0.4), 6)
            for x, y in self.scatter(points, count)
        ]
        self.fills(spots, colour)

    def stand(self, cx: float, cy: float, width: float, reach: float = 60) -> None:
        """The soft shadow of a thing that stands on the table."""
        for grow, opacity in ((1.0, 0.10), (0.72, 0.13), (0.45, 0.16)):
            half = width / 2
            shape = ellipse(
                cx + reach * grow * 0.55,
                cy + 4,
                half * (0.86 + 0.14 * grow) + reach * grow * 0.55,
                max(10.0, width * 0.085 + reach * 0.12) * (0.55 + 0.45 * grow),
            )
            self._shade(shape, opacity)

    def cast(self, points: Sequence[Point], height: float = 16) -> None:
        """The shadow of a flat thing lying on the table or hung on the wall."""
        sx, sy = self._shadeward()
        for grow, opacity in ((1.35, 0.09), (0.75, 0.14)):
            self._shade([(x + sx * height * grow, y + sy * height * grow) for x, y in points], opacity)

    def _shade(self, points: Sequence[Point], opacity: float) -> None:
        transform = " ".join(self._frames)
        paint = f'fill="{mix(SHADE, self.ground, 0.15)}" fill-opacity="{opacity}" {CRISP}'
        self.shadows.append(f'<path d="{svg(points)}" transform="{transform}" {paint}/>')


def _room(line: Sequence[Point]) -> list[float]:
    """For each point of an open line, how far along it the nearest end is."""
    steps = [0.0, *(math.hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(line))]
    walked = list(accumulate(steps))
    return [min(done, walked[-1] - done) for done in walked]


def _runs(flags: Sequence[bool]) -> list[list[int]]:
    """The stretches of consecutive true places around a closed outline."""
    count = len(flags)
    if all(flags):
        return [list(range(count))]
    start = next(i for i in range(count) if not flags[i])
    runs: list[list[int]] = []
    current: list[int] = []
    for step in range(1, count + 1):
        i = (start + step) % count
        if flags[i]:
            current.append(i)
        elif current:
            runs.append(current)
            current = []
    return runs
