# SPDX-License-Identifier: AGPL-3.0-or-later
"""Attributes of variations, made the two choices a customer has here: size and colour."""

import re
from collections.abc import Sequence
from contextlib import suppress
from decimal import Decimal

from halles.domain.imports.values.contents import content
from halles.integrations.woocommerce.entries import Entry
from halles.kernel.errors import Refused
from halles.kernel.identifiers import fold
from halles.kernel.units import Unit

SIZES = frozenset({
    "taille", "tailles", "size", "pointure", "contenance", "format", "dimension", "dimensions", "longueur", "poids",
    "volume", "capacite", "conditionnement", "quantite", "weight", "shoe size", "age",
})  # fmt: skip
COLOURS = frozenset({"couleur", "couleurs", "color", "colour", "coloris", "teinte", "farbe"})
CONTENTS = frozenset({"contenance", "poids net", "volume", "net weight", "volume net", "content"})
MAKERS = frozenset(
    {"marque", "brand", "fabricant", "producteur", "productrice", "auteur", "autrice", "editeur"}
)
UNITS = frozenset({"vendu au", "vendu a", "unite de vente", "sold by"})
UNIT_NAMES = {
    Unit.KILOGRAM: "kg", Unit.LITRE: "litre", Unit.BUNCH: "botte", Unit.METRE: "mètre", Unit.HOUR: "heure",
}  # fmt: skip
UNIT_OF = {fold(name): unit for unit, name in UNIT_NAMES.items()}


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


def sizes_and_colours(variations: Sequence[Entry]) -> list[tuple[str, str]]:
    """Size and colour of each, made of the attributes in which they differ.

    Which is which is told by the names; what is neither takes what is free, the size first; further ones join the size.
    """
    table = [{fold(name): _one(value) for name, value in variation.attributes} for variation in variations]
    names = list(dict.fromkeys(name for values in table for name in values))
    said = {name: {values.get(name, "") for values in table} for name in names}
    differ = [name for name in names if len(said[name]) > 1]
    if not differ:  # one variation, or the same one again
        differ = [name for name in names if said[name] != {""}]
    sizes, colour = _roles(differ)
    return [
        (
            " · ".join(value for name in sizes if (value := values.get(name, ""))),
            values.get(colour, ""),
        )
        for values in table
    ]


def _roles(names: Sequence[str]) -> tuple[list[str], str]:
    """The attributes that make the size, and the one that is the colour ("" for none)."""
    colour = next((name for name in names if name in COLOURS), "")
    size = next((name for name in names if name in SIZES), "")
    others = [name for name in names if name not in {colour, size}]
    if not size and others:
        size = others.pop(0)
    if not colour and others:
        colour = others.pop(0)
    return [name for name in (size, *others) if name], colour


def unit_of(entry: Entry) -> Unit | None:
    """What a price is the price of, if the shop told its customers among the attributes."""
    return UNIT_OF.get(fold(value_of(entry, UNITS)))


def content_in(text: str) -> tuple[Decimal | None, str]:
    """The content that a size names, as "500 g"; a size "L" is no litre."""
    if any(sign.isdigit() for sign in text):
        with suppress(Refused):
            return content(text, ".")
    return None, ""
