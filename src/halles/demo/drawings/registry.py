# SPDX-License-Identifier: AGPL-3.0-or-later
"""The motifs we know how to paint, by name, and how each likes to be shown."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from halles.demo.drawings.paint import Canvas

Options = Mapping[str, Any]
Paint = Callable[[Canvas, Options], None]


@dataclass(frozen=True)
class Motif:
    """A thing to paint: its usual colour and size, whether it stands or lies flat, its own views."""

    paint: Paint
    colour: str
    width: float
    height: float
    flat: bool
    views: frozenset[str]
    many: int


MOTIFS: dict[str, Motif] = {}


def motif(
    name: str, colour: str, size: tuple[float, float], *, flat: bool = False, views: str = "", many: int = 3
) -> Callable[[Paint], Paint]:
    """Register a painter: it draws around (0, 0), the foot of what stands, the middle of what lies."""

    def register(paint: Paint) -> Paint:
        MOTIFS[name] = Motif(paint, colour, size[0], size[1], flat, frozenset(views.split()), many)
        return paint

    return register
