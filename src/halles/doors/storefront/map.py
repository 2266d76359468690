# SPDX-License-Identifier: AGPL-3.0-or-later
"""The map of the directory: drawn by us from the shops' coordinates, so that nobody else learns who looks at it."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from halles.domain.shops.models import Place, Shop
from halles.doors.ui.colours import awning_tones

WIDTH, HEIGHT = 400, 380
EDGE = 56
PIN = 44  # how near two pins may stand; nearer when there are many
LEAST_DEGREES = 0.004  # a town of one street still has a map

Point = tuple[float, float]


@dataclass(slots=True)
class Pin:
    """A shop on the map: an awning on a pole, with its number in the list."""

    shop: Shop
    number: int
    x: float
    y: float
    dark: str
    pale: str


@dataclass(frozen=True, slots=True)
class Town:
    """The name of a commune where it lies."""

    name: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Map:
    """What the template draws."""

    pins: Sequence[Pin]
    towns: Sequence[Town]
    width: int = WIDTH
    height: int = HEIGHT


def draw(counters: Sequence[tuple[Shop, Place]], numbers: Mapping[object, int]) -> Map | None:
    """The map of shops that said where they are; None when none did."""
    placed = [
        (shop, place)
        for shop, place in counters
        if place.latitude is not None and place.longitude is not None
    ]
    if not placed:
        return None
    points = [_degrees(place) for _shop, place in placed]
    projection = _projection(points)
    pins = [
        _pin(shop, numbers[shop.id], projection(point))
        for (shop, _), point in zip(placed, points, strict=True)
    ]
    _spread(pins)
    towns: dict[str, list[Point]] = {}
    for (_shop, place), pin in zip(placed, pins, strict=True):
        if place.city:
            towns.setdefault(place.city, []).append((pin.x, pin.y))
    named = [
        Town(name, sum(x for x, _ in here) / len(here), min(HEIGHT - 8, max(y for _, y in here) + 22))
        for name, here in towns.items()
    ]
    return Map(sorted(pins, key=lambda pin: pin.y), named)


def _degrees(place: Place) -> Point:
    assert place.latitude is not None and place.longitude is not None
    return place.longitude / 100_000, place.latitude / 100_000


def _pin(shop: Shop, number: int, point: Point) -> Pin:
    dark, pale = awning_tones(shop.colour, shop.colour_light)
    return Pin(shop, number, point[0], point[1], dark, pale)


def _projection(points: Sequence[Point]) -> Callable[[Point], Point]:
    """Longitudes narrowed as they are at this latitude, the whole fitted into the sheet."""
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    narrow = math.cos(math.radians((south + north) / 2))
    wide, high = max((east - west) * narrow, LEAST_DEGREES), max(north - south, LEAST_DEGREES)
    scale = min((WIDTH - 2 * EDGE) / wide, (HEIGHT - 2 * EDGE) / high)
    middle = ((west + east) / 2, (south + north) / 2)

    def project(point: Point) -> Point:
        return (
            WIDTH / 2 + (point[0] - middle[0]) * narrow * scale,
            HEIGHT / 2 - (point[1] - middle[1]) * scale,
        )

    return project


def _spread(pins: Sequence[Pin]) -> None:
    """Pins that stand on one another step aside until each can be pressed."""
    least = min(PIN, math.sqrt(WIDTH * HEIGHT / len(pins)) * 0.6)
    for _round in range(40):
        moved = False
        for index, pin in enumerate(pins):
            for other in pins[index + 1 :]:
                dx, dy = other.x - pin.x, other.y - pin.y
                apart = math.hypot(dx, dy)
                if apart < least:
                    angle = math.atan2(dy, dx) if apart else index
                    step = (least - apart) / 2 + 0.5
                    pin.x, pin.y = pin.x - step * math.cos(angle), pin.y - step * math.sin(angle)
                    other.x, other.y = other.x + step * math.cos(angle), other.y + step * math.sin(angle)
                    moved = True
        for pin in pins:
            pin.x, pin.y = min(max(pin.x, 24), WIDTH - 24), min(max(pin.y, 60), HEIGHT - 30)
        if not moved:
            return
