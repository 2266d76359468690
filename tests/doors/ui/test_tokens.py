# SPDX-License-Identifier: AGPL-3.0-or-later
"""The tokens hold WCAG 2.2 AA in both schemes, and the sheets keep to tokens and to their budget."""

import gzip
import re
from pathlib import Path

import pytest

from halles.doors.ui import colours

STATIC = Path(colours.__file__).parent / "static" / "ui"
TEXT, DRAWING = 4.5, 3.0

# What is written or drawn on what.
PAIRS = [
    *[
        (text, ground, TEXT)
        for text in ("ink", "soft", "press", "trouble", "now")
        for ground in ("paper", "card", "well")
    ],
    *[(text, f"{text}-pale", TEXT) for text in ("press", "trouble", "now")],
    *[("ink", ground, TEXT) for ground in ("press-pale", "trouble-pale", "now-pale")],
    ("on-press", "press", TEXT),
    ("on-press", "press-deep", TEXT),
    ("on-trouble", "trouble", TEXT),
    ("on-now", "now-mark", TEXT),
    ("chalk", "slate", TEXT),
    *[("edge", ground, DRAWING) for ground in ("paper", "card", "well")],
]


def schemes() -> dict[str, dict[str, str]]:
    """The colour tokens of the light scheme, and of the dark one laid over it."""
    sheet = (STATIC / "halles.css").read_text()
    tokens = sheet[sheet.index("@layer tokens {") : sheet.index("@layer base {")]
    light, dark = tokens.split("@media (prefers-color-scheme: dark)")
    found = [dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", part)) for part in (light, dark)]
    return {"light": found[0], "dark": found[0] | found[1]}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("above", "below", "least"), PAIRS)
def test_contrast(scheme: str, above: str, below: str, least: float) -> None:
    tokens = schemes()[scheme]
    assert colours.contrast(tokens[above], tokens[below]) >= least


def test_components_take_no_literal_colours() -> None:
    sheet = (STATIC / "halles.css").read_text()
    rules = sheet[sheet.index("@layer components {") :] + (STATIC / "gestion.css").read_text()
    assert re.findall(r"#[0-9a-f]{6}\b", rules.replace("#3d301a1f", "")) == []


def test_every_token_used_is_defined() -> None:
    sheets = "".join(path.read_text() for path in STATIC.glob("*.css"))
    assert set(re.findall(r"var\(--([\w-]+)\)", sheets)) - set(re.findall(r"--([\w-]+):", sheets)) == set()


def test_the_storefront_leaves_room_for_its_pages() -> None:
    assert len(gzip.compress((STATIC / "halles.css").read_bytes(), 6)) <= 9 * 1024


@pytest.mark.parametrize(
    "colour", ["#ffffff", "#000000", "#8f2f1f", "#ffe14d", "#2f5d46", "red", "", '"><script>']
)
def test_an_awning_always_shows_its_stripes(colour: str) -> None:
    dark, pale = colours.awning_tones(colour)
    assert colours.contrast(dark, pale) >= colours.STRIPES_APART
    assert all(colours.HEX.match(tone) for tone in (dark, pale))


def test_a_shop_may_choose_two_tones_too_close_to_each_other() -> None:
    dark, pale = colours.awning_tones("#777777", "#787878")
    assert colours.contrast(dark, pale) >= colours.STRIPES_APART
