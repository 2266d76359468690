# SPDX-License-Identifier: AGPL-3.0-or-later
"""Yes and no, and lists within a cell."""

import re
from collections.abc import Iterable

from halles.kernel.errors import Refused
from halles.kernel.identifiers import fold

YES = frozenset({
    "oui", "o", "yes", "y", "vrai", "true", "t", "1", "1.0", "1,0", "x", "✓", "✔", "on", "publish",
    "published", "publie", "publiee", "visible", "actif", "active", "en ligne",
})  # fmt: skip
NO = frozenset({
    "non", "n", "no", "faux", "false", "f", "0", "0.0", "0,0", "-1", "off", "draft", "private", "pending",
    "brouillon", "prive", "privee", "hidden", "cache", "cachee", "masque", "masquee", "archived",
    "inactif", "inactive", "hors ligne", "retire", "retiree", "withdrawn",
})  # fmt: skip
WITHDRAWN = frozenset({"retire", "retiree", "withdrawn"})
LONGEST = 20
MOST = 20_000  # characters of a list that are looked at
# A comma ends an address when a space or another address comes next.
ADDRESS = re.compile(r"[;|\n]|,(?=\s|https?://)|\s(?=https?://)", re.IGNORECASE)


def yes_no(text: str) -> bool:
    """A word of consent or refusal, French or English, or of a shop system ("publish", "draft").

    :raises Refused: `imports.cell_empty`, `imports.yes_no_wrong`.
    """
    word = fold(text.strip().removeprefix("'")[: LONGEST + 1])
    if not word:
        raise Refused("imports.cell_empty")
    if word in YES:
        return True
    if word in NO:
        return False
    raise Refused("imports.yes_no_wrong", typed=text.strip()[:40])


def is_withdrawn(text: str) -> bool:
    """Whether a word for "not online" says that it once was."""
    return fold(text[: LONGEST + 1]) in WITHDRAWN


def several(text: str, between: str = ",|;\n") -> list[str]:
    r"""The parts of a list, once each, in order: any of the signs `between` divides; "\," is a comma inside a part."""
    signs = re.escape(between)
    raw = re.findall(rf"(?:\\.|[^{signs}])+", text[:MOST], re.DOTALL)
    return _once(re.sub(rf"\\([{signs}])", r"\1", part) for part in raw)


def levels(text: str, between: str = ">") -> list[str]:
    """The names from the widest category to the narrowest: "Vêtements > Hauts" (WooCommerce), "All / Saleable" (Odoo)."""
    return [name for raw in text.split(between) if (name := raw.strip())]


def addresses(text: str) -> list[str]:
    """Addresses or file names of pictures, once each; a comma inside an address stays."""
    return _once(part.strip(",;|") for part in ADDRESS.split(text[:MOST]))


def _once(parts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(stripped for part in parts if (stripped := part.strip())))
