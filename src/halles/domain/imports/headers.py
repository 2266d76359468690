# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whether a table's first row names its columns. Names are words, unlike one another and unlike what stands below."""

import re
from collections.abc import Sequence

VALUE = re.compile(
    r"""
    \s* (?: [-+(€$£]* \s* \d [\d\s.,'’:/-]* (?:[eE][+-]?\d+)? \s* [)%€$£]? \s*    # a number, price, date, code
        | \d+ (?:[.,]\d+)? \s* (?:kg|g|cl|ml|l|eur|euros?)                      # a content, a price
        | https?://\S+ | [^@\s]+@[^@\s]+\.\w+ | \S+\.(?:jpe?g|png|webp|gif|avif)
        | true | false | vrai | faux | oui | non | yes | no | ['=].*
    ) \s*
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
LONGEST_NAME = 120
OURS = ("Identifiant", "Nom", "Marque ou auteur")  # how our own table begins, whatever stands in it


def is_header(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first of these rows is a header; of two equal answers, the one that loses no row."""
    first, others = rows[0], rows[1:]
    if tuple(first[: len(OURS)]) == OURS:
        return True
    names = [
        cell.strip() for cell in first if cell.strip() and not cell.startswith("#")
    ]  # "#NAME?" names nothing
    if not names or any(len(name) > LONGEST_NAME or VALUE.fullmatch(name) for name in names):
        return False
    if len(set(names)) * 2 < len(names):
        return False
    repeated = [
        other
        for other in others
        if other != first and any(a and a == b for a, b in zip(first, other, strict=False))
    ]
    return not repeated
