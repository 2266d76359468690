# SPDX-License-Identifier: AGPL-3.0-or-later
"""Shops choose their own colour; these functions keep it readable (WCAG 2.2, contrast)."""

import re

HEX = re.compile(r"#[0-9a-fA-F]{6}\Z")
MARKET_GREEN = "#1f5c40"
CANVAS = "#fffaf0"  # the cloth between two stripes
STRIPES_APART = 3.0  # what WCAG asks between two parts of a drawing


def valid(colour: str, otherwise: str = MARKET_GREEN) -> str:
    """The colour if it is one (`#rrggbb`), else a safe one: it goes into a page's attributes."""
    return colour.lower() if HEX.match(colour or "") else otherwise


def channels(colour: str) -> tuple[int, int, int]:
    """Red, green, blue of "#rrggbb"."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def luminance(colour: str) -> float:
    """Relative luminance as WCAG defines it."""
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in (n / 255 for n in channels(colour))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black on white)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def mix(colour: str, other: str, share: float) -> str:
    """`colour` with a share (0 to 1) of `other` in it."""
    pairs = zip(channels(colour), channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def awning_tones(colour: str, light: str = "") -> tuple[str, str]:
    """The two tones of a shop's awning, darkened and lightened until the stripes can be told apart."""
    dark, pale = valid(colour), valid(light, mix(valid(colour), CANVAS, 0.88))
    if luminance(dark) > luminance(pale):
        dark, pale = pale, dark
    for _ in range(12):
        if contrast(dark, pale) >= STRIPES_APART:
            break
        dark, pale = mix(dark, "#000000", 0.12), mix(pale, "#ffffff", 0.2)
    return dark, pale
