# SPDX-License-Identifier: AGPL-3.0-or-later
"""Attributes of variations, made the two choices a customer has here: size and colour."""

import re
from collections.abc import Sequence
from contextlib import suppress
from decimal import Decimal
from functools import lru_cache

from halles.domain.imports.articles import COLOURS
from halles.domain.imports.values.contents import content
from halles.integrations.woocommerce.entries import Entry
from halles.kernel import identifiers
from halles.kernel.errors import Refused
from halles.kernel.units import Unit

CONTENTS = frozenset({"contenance", "poids net", "volume", "net weight", "volume net", "content"})
MAKERS = frozenset(
    {"marque", "brand", "fabricant", "producteur", "productrice", "auteur", "autrice", "editeur"}
)
UNITS = frozenset({"vendu au", "vendu a", "unite de vente", "sold by"})
UNIT_NAMES = {
    Unit.KILOGRAM: "kg", Unit.LITRE: "litre", Unit.BUNCH: "botte", Unit.METRE: "mètre", Unit.HOUR: "heure",
}  # fmt: skip
UNIT_OF = {identifiers.fold(name): unit for unit, name in UNIT_NAMES.items()}


@lru_cache(maxsize=256)
def fold(name: str) -> str:
    """As `identifiers.fold`: the same few names stand in every row."""
    return identifiers.fold(name)


def is_colour(name: str) -> bool:
    """Whether an attribute of this name is a colour."""
    return fold(name) in COLOURS


def value_of(entry: Entry, names: frozenset[str]) -> str:
    """What the first attribute of one of these names says; "" for nothing."""
    return next((_one(value) for name, value in entry.attributes if fold(name) in names and value), "")


def _one(value: str) -> str:
    return value.replace("\\,", ",").strip()


def left_open(parent: Entry, variations: Sequence[Entry]) -> list[str]:
    """Attributes of which a variation stands for any value, so that the customer chooses without our knowing."""
    offered = [name for name, value in parent.attributes if re.search(r"(?<!\\),", value)]
    said = [{fold(name) for name, value in variation.attributes if value} for variation in variations]
    used = {fold(name) for variation in variations for name, _ in variation.attributes}
    return [name for name in offered if fold(name) in used and any(fold(name) not in names for names in said)]


def chosen(variation: Entry) -> dict[str, str]:
    """What a variation's attributes are called, and what they are."""
    return {name: _one(value) for name, value in variation.attributes}


def unit_of(entry: Entry) -> Unit | None:
    """What a price is the price of, if the shop told its customers among the attributes."""
    return UNIT_OF.get(fold(value_of(entry, UNITS)))


def content_in(text: str) -> tuple[Decimal | None, str]:
    """The content that a size names, as "500 g"; a size "L" is no litre."""
    if any(sign.isdigit() for sign in text):
        with suppress(Refused):
            return content(text, ".")
    return None, ""
