# SPDX-License-Identifier: AGPL-3.0-or-later
"""Mixing of paint: every tone of a drawing comes from a few colours, so that it stays one family."""

import math

# Shade turns to violet-brown and light to cream, as gouache does; black and white would look printed.
SHADE = "#2A1826"
LIGHT = "#FFF3DA"


def channels(colour: str) -> tuple[int, int, int]:
    """The red, green and blue of a `#rrggbb` colour."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mix(first: str, second: str, share: float) -> str:
    """`share` of the second colour in the first one."""
    pairs = zip(channels(first), channels(second), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def darker(colour: str, share: float) -> str:
    return mix(colour, SHADE, share)


def lighter(colour: str, share: float) -> str:
    return mix(colour, LIGHT, share)


def luminance(colour: str) -> float:
    """Perceived lightness from 0 to 1."""
    red, green, blue = channels(colour)
    return (0.299 * red + 0.587 * green + 0.114 * blue) / 255


def distance(first: str, second: str) -> float:
    """How different two colours look, lightness counting most."""
    a, b = channels(first), channels(second)
    hue = math.dist(a, b) / 441
    return hue + 1.5 * abs(luminance(first) - luminance(second))


def ink_on(colour: str, dark: str = "#2B2420", light: str = "#FBF3E2") -> str:
    """The ink that reads best on this colour."""
    return dark if luminance(colour) > 0.55 else light
