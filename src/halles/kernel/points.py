# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where something lies: whole numbers in the database, about a metre apart."""

from math import cos, hypot, radians

DEGREE = 100_000  # parts of a degree
KILOMETRES = 111.195  # of one degree on a great circle, for a globe of 6,371 km

Point = tuple[int, int]  # latitude and longitude in 1/100,000 of a degree


def distance(one: Point, other: Point) -> float:
    """Kilometres between two points as the crow flies; exact enough (a thousandth) within a few hundred."""
    north = one[0] - other[0]
    east = (one[1] - other[1]) * cos(radians((one[0] + other[0]) / 2 / DEGREE))
    return hypot(north, east) / DEGREE * KILOMETRES
