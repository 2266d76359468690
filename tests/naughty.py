# SPDX-License-Identifier: AGPL-3.0-or-later
"""Words that break software, typed into forms: many at once, since each page costs its time."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path


def naughty(real_input: Path) -> list[str]:
    """The Big List of Naughty Strings."""
    words: list[str] = json.loads((real_input / "bad-input" / "blns.json").read_text(encoding="utf-8"))
    return words


def typed(words: Sequence[str], *fields: str) -> Iterator[dict[str, str]]:
    """What to send so that each word is typed once, and each field has another one."""
    for at in range(0, len(words), len(fields)):
        yield dict(zip(fields, words[at : at + len(fields)], strict=False))
