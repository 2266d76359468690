# SPDX-License-Identifier: AGPL-3.0-or-later
"""Articles of the shop found by a few letters, the best match first."""

from halles.domain.catalogue import shelf
from halles.domain.catalogue.models import Variant
from halles.domain.orders.actions.place import variant_name
from halles.domain.shops.models import Shop
from halles.kernel.identifiers import fold

LOOKED_AT, SUGGESTED = 60, 12


def named(shop: Shop, typed: str) -> list[Variant]:
    """What bears the words, each with its `title`: name, size and colour. One query."""
    found = titled(shelf.variants_named(shop, typed, most=LOOKED_AT))
    return sorted(found, key=lambda variant: _distance(variant.title, typed))[:SUGGESTED]  # type: ignore[attr-defined]


def titled(variants: list[Variant]) -> list[Variant]:
    """The same, each with its `title`."""
    for variant in variants:
        variant.title = variant_name(variant.product.name, variant.size, variant.colour)  # type: ignore[attr-defined]
    return variants


def _distance(title: str, typed: str) -> tuple[bool, int]:
    """How far a name is from what was typed: begins with it, then how many of its words it does not bear."""
    name, words = fold(title), fold(typed).split()
    return not name.startswith(" ".join(words)), sum(f" {word}" not in f" {name}" for word in words)
