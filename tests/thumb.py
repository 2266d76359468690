# SPDX-License-Identifier: AGPL-3.0-or-later
"""How long somebody with one thumb takes: what is tapped and typed, at the pace of a person; and what the docs say of it."""

from pathlib import Path

from playwright.sync_api import Locator, Page

A_TAP, A_KEY, A_LOOK = 0.4, 0.15, 1.0  # seconds: a tap, a key, finding where to go on
DOCS = Path(__file__).resolve().parent.parent / "docs" / "speed.md"


class Thumb:
    """Taps and types, and reckons how long a person would take."""

    def __init__(self, page: Page) -> None:
        self.page, self.seconds, self.taps, self.fields = page, 0.0, 0, 0

    def tap(self, what: Locator) -> None:
        """Look where it is, and tap."""
        what.tap()
        self.taps += 1
        self.seconds += A_LOOK + A_TAP

    def type(self, where: Locator, words: str) -> None:
        """Into a field, unless it is ready already."""
        if not where.evaluate("e => document.activeElement === e"):
            self.tap(where)
        where.press_sequentially(words)
        self.fields += 1
        self.seconds += A_KEY * len(words)

    def enter(self) -> None:
        """The key at the keyboard's corner."""
        self.page.keyboard.press("Enter")
        self.seconds += A_KEY

    @property
    def counted(self) -> tuple[int, int, int]:
        """Taps, fields, seconds as a person would say them."""
        return self.taps, self.fields, round(self.seconds)


def in_the_docs(name: str) -> tuple[int, int, int]:
    """Taps, fields and seconds of a way, as `docs/speed.md` has them."""
    row = next(line for line in DOCS.read_text().splitlines() if line.startswith(f"| `{name}` |"))
    taps, fields, seconds = row.split("|")[3:6]
    return int(taps), int(fields), int(seconds)
