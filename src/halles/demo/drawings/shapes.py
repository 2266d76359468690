# SPDX-License-Identifier: AGPL-3.0-or-later
"""Outlines as lists of points: what scissors would cut."""

import math
from collections.abc import Sequence
from itertools import pairwise

Point = tuple[float, float]
Outline = list[Point]


def ellipse(cx: float, cy: float, rx: float, ry: float, count: int = 36, turn: float = 0) -> Outline:
    cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    points: Outline = []
    for step in range(count):
        angle = 2 * math.pi * step / count
        x, y = rx * math.cos(angle), ry * math.sin(angle)
        points.append((cx + x * cos - y * sin, cy + x * sin + y * cos))
    return points


def rect(x: float, y: float, width: float, height: float, radius: float = 0) -> Outline:
    """A rectangle, with round corners when a radius is given."""
    if not radius:
        return densify([(x, y), (x + width, y), (x + width, y + height), (x, y + height)], 24)
    points: Outline = []
    corners = (
        (x + width - radius, y + radius, -90),
        (x + width - radius, y + height - radius, 0),
        (x + radius, y + height - radius, 90),
        (x + radius, y + radius, 180),
    )
    for cx, cy, start in corners:
        for step in range(5):
            angle = math.radians(start + step * 22.5)
            points.append((cx + radius * math.cos(angle), cy + radius * math.sin(angle)))
    return densify(points, 60)


def densify(corners: Sequence[Point], gap: float) -> Outline:
    """The same polygon with a point at least every `gap`."""
    points: Outline = []
    for index, (x0, y0) in enumerate(corners):
        x1, y1 = corners[(index + 1) % len(corners)]
        pieces = max(1, int(math.hypot(x1 - x0, y1 - y0) / gap))
        points += [(x0 + (x1 - x0) * k / pieces, y0 + (y1 - y0) * k / pieces) for k in range(pieces)]
    return points


def smooth(anchors: Sequence[Point], closed: bool = True, pieces: int = 6) -> Outline:
    """A soft curve through the anchors (Catmull-Rom)."""
    count = len(anchors)
    points: Outline = []
    for index in range(count if closed else count - 1):
        if closed:
            p0, p1, p2, p3 = (anchors[(index + k - 1) % count] for k in range(4))
        else:
            p0, p1, p2, p3 = (anchors[min(max(index + k - 1, 0), count - 1)] for k in range(4))
        points += [_catmull(p0, p1, p2, p3, step / pieces) for step in range(pieces)]
    if not closed:
        points.append(anchors[-1])
    return points


def _catmull(p0: Point, p1: Point, p2: Point, p3: Point, t: float) -> Point:
    def axis(a: float, b: float, c: float, d: float) -> float:
        return 0.5 * (
            2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t**3
        )

    return axis(p0[0], p1[0], p2[0], p3[0]), axis(p0[1], p1[1], p2[1], p3[1])


def lathe(profile: Sequence[Point], curved: bool = True) -> Outline:
    """A turned body (bottle, vase) from its right profile, given as (radius, y) from top to bottom."""
    right = smooth(profile, closed=False, pieces=5) if curved else densify_open(profile, 24)
    return right + [(-x, y) for x, y in reversed(right)]


def densify_open(points: Sequence[Point], gap: float) -> Outline:
    return [*densify([*points, *reversed(points[1:-1])], gap)[: _count(points, gap)], points[-1]]


def _count(points: Sequence[Point], gap: float) -> int:
    pairs = pairwise(points)
    return sum(max(1, int(math.hypot(b[0] - a[0], b[1] - a[1]) / gap)) for a, b in pairs)


def band(points: Sequence[Point], widths: Sequence[float]) -> Outline:
    """A ribbon along an open line, as wide at each point as told."""
    left: Outline = []
    right: Outline = []
    last = len(points) - 1
    for index, (x, y) in enumerate(points):
        ax, ay = points[max(index - 1, 0)]
        bx, by = points[min(index + 1, last)]
        length = math.hypot(bx - ax, by - ay) or 1
        nx, ny = -(by - ay) / length, (bx - ax) / length
        half = widths[min(index * len(widths) // (last + 1), len(widths) - 1)] / 2
        left.append((x + nx * half, y + ny * half))
        right.append((x - nx * half, y - ny * half))
    return left + right[::-1]


def leaf(x: float, y: float, length: float, width: float, turn: float, bend: float = 0.0) -> Outline:
    """A leaf from its foot, pointing where `turn` says (degrees, 0 to the right)."""
    cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    points: Outline = []
    for side in (1, -1):
        for step in range(9):
            t = step / 8 if side == 1 else 1 - step / 8
            across = side * width / 2 * math.sin(math.pi * t**0.8) + bend * math.sin(math.pi * t)
            points.append((x + length * t * cos - across * sin, y + length * t * sin + across * cos))
    return points


def moved(
    points: Sequence[Point], dx: float = 0, dy: float = 0, scale: float = 1, turn: float = 0
) -> Outline:
    cos, sin = math.cos(math.radians(turn)) * scale, math.sin(math.radians(turn)) * scale
    return [(x * cos - y * sin + dx, x * sin + y * cos + dy) for x, y in points]


def box(points: Sequence[Point]) -> tuple[float, float, float, float]:
    """Left, top, right, bottom."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def holds(points: Sequence[Point], x: float, y: float) -> bool:
    """Whether a point lies inside (ray casting)."""
    inside = False
    x0, y0 = points[-1]
    for x1, y1 in points:
        if (y1 > y) != (y0 > y) and x < (x0 - x1) * (y - y1) / (y0 - y1) + x1:
            inside = not inside
        x0, y0 = x1, y1
    return inside


def spans(outline: Sequence[Point], level: float, across: bool) -> list[tuple[float, float]]:
    """Where a straight line enters and leaves the outline."""
    cuts = []
    (ax, ay) = outline[-1]
    for bx, by in outline:
        first, second = (ay, by) if across else (ax, bx)
        if (first > level) != (second > level):
            share = (level - first) / (second - first)
            cuts.append(ax + (bx - ax) * share if across else ay + (by - ay) * share)
        ax, ay = bx, by
    cuts.sort()
    return list(zip(cuts[::2], cuts[1::2], strict=False))


def svg(points: Sequence[Point], closed: bool = True) -> str:
    """The `d` of an SVG path."""
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + ("Z" if closed else "")
