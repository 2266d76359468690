# SPDX-License-Identifier: AGPL-3.0-or-later
"""What each column of WooCommerce's CSV is, in any language of its back office.

English and French columns are known by name. In other languages the exporter's order is the same, and types, visibility
and tax status are never translated: from where these stand, the others' places follow.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from halles.domain.imports.drafts import Meaning
from halles.domain.imports.sheets import Sheet
from halles.kernel.identifiers import fold

SAMPLE = 50  # rows
TYPES = frozenset({"simple", "variable", "variation", "grouped", "external", "virtual", "downloadable"})
VISIBILITIES = frozenset({"visible", "catalog", "search", "hidden"})
TAX_STATUSES = frozenset({"taxable", "shipping", "none"})

# Folded names, English then French (several versions), and what the column means.
FIELDS: Mapping[str, tuple[str, Meaning]] = {
    "id": ("id", Meaning.KEY),
    "type": ("type", Meaning.IGNORED),
    "sku": ("sku|ugs", Meaning.REFERENCE),
    "gtin": ("gtin, upc, ean, or isbn|gtin, upc, ean ou isbn|gtin, upc, ean, ou isbn", Meaning.GTIN),
    "name": ("name|nom", Meaning.NAME),
    "published": ("published|publie", Meaning.ONLINE),
    "visibility": ("visibility in catalog|visibilite dans le catalogue", Meaning.ONLINE),
    "short": ("short description|description courte", Meaning.DESCRIPTION),
    "description": ("description", Meaning.DESCRIPTION),
    "sale_ends": ("date sale price ends|date de fin de promo", Meaning.IGNORED),
    "tax_status": ("tax status|etat de la tva|etat de la taxe|statut fiscal", Meaning.VAT),
    "tax_class": ("tax class|classe de tva|classe tva|classe de taxe", Meaning.VAT),
    "in_stock": ("in stock?|en stock ?|en stock?|en inventaire?", Meaning.AVAILABILITY),
    "stock": ("stock|inventaire", Meaning.STOCK),
    "backorders": (
        "backorders allowed?|autoriser les commandes de produits en rupture ?",
        Meaning.AVAILABILITY,
    ),
    "sale_price": ("sale price|tarif promo|prix de vente", Meaning.IGNORED),
    "regular_price": ("regular price|tarif regulier|prix de base", Meaning.PRICE),
    "categories": ("categories", Meaning.CATEGORY),
    "images": ("images", Meaning.PICTURES),
    "parent": ("parent", Meaning.PARENT),
    "position": ("position", Meaning.IGNORED),
    "brands": ("brands|marques|brand|marque", Meaning.MAKER),
}
NAMED = {name: key for key, (names, _) in FIELDS.items() for name in names.split("|")}
# Words that other systems do not use for their columns.
DISTINCTIVE = frozenset({"visibility", "in_stock", "tax_status", "backorders", "regular_price", "published"})

# Places counted from the visibility's column, and from the weight's.
FROM_VISIBILITY = {
    "name": -3, "published": -2, "visibility": 0, "short": 1, "description": 2, "sale_ends": 4, "tax_status": 5,
    "tax_class": 6, "in_stock": 7, "stock": 8,
}  # fmt: skip
FROM_WEIGHT = {
    "backorders": -2, "sale_price": 6, "regular_price": 7, "categories": 8, "images": 11, "parent": 14, "position": 20,
}  # fmt: skip
MEASURE = re.compile(r".+\(.+\)\s*")  # "Poids (kg)"

ATTRIBUTE = (
    (re.compile(r"attribute (\d+) name"), re.compile(r"attribute (\d+) value\(s\)")),
    (re.compile(r"nom de l'attribut (\d+)"), re.compile(r"valeur\(s\) de l'attribut (\d+)")),
)
ONE_NUMBER = re.compile(r"\D*(\d+)\D*")
META = re.compile(r"[^:]{1,20}?\s?:\s*(\S+)")  # "Meta: _ean"
# Where usual extensions keep the article number, WooCommerce's own place first.
CODES = (
    "_global_unique_id", "_gtin", "gtin", "_ean", "ean", "_ean13", "ean13", "_alg_ean", "_alg_wc_ean", "_barcode",
    "barcode", "_wpm_gtin_code", "hwp_product_gtin", "_ts_gtin", "_upc", "upc", "_isbn", "isbn", "code-barres",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Layout:
    """Which column is which, by place from 0."""

    fields: Mapping[str, int]
    attributes: Sequence[tuple[int, int]] = field(default_factory=list)  # (name, value)
    codes: Sequence[int] = field(default_factory=list)


def layout_of(sheet: Sheet) -> Layout | None:
    """The columns of a table that WooCommerce exported; None when it did not."""
    if sheet.header is None:
        return None
    header = [fold(name) for name in sheet.header]
    rows = [row.cells for row in islice(sheet.rows(), SAMPLE) if not row.problem]
    named = {NAMED[name]: place for place, name in reversed(list(enumerate(header))) if name in NAMED}
    shaped = _by_shape(header, rows)
    if not shaped and not ({"type", "name"} <= named.keys() and len(DISTINCTIVE & named.keys()) >= 2):
        return None
    fields = {**shaped, **named}
    if not _are_types(row[fields["type"]] for row in rows):
        return None
    return Layout(fields, _attributes(header), _codes(header, fields))


def _are_types(cells: Iterable[str]) -> bool:
    """Whether some of them are types of WooCommerce's own; extensions add others."""
    words = [cell.split(",")[0].strip().lower() for cell in cells if cell.strip()]
    return not words or any(word in TYPES for word in words)


def _by_shape(header: Sequence[str], rows: Sequence[Sequence[str]]) -> dict[str, int]:
    """Places in a whole export, whatever its columns are called; {} when it is none."""
    for kind in range(min(3, len(header))):
        for visibility in (kind + 5, kind + 6):  # with and without the column of article numbers
            weight = _weight(header, visibility)
            if (
                weight
                and _all_in(rows, kind, TYPES)
                and _all_in(rows, visibility, VISIBILITIES)
                and _all_in(rows, visibility + 5, TAX_STATUSES)
            ):
                places = {name: visibility + step for name, step in FROM_VISIBILITY.items()}
                places |= {name: weight + step for name, step in FROM_WEIGHT.items()}
                places |= {"type": kind, "sku": kind + 1}
                places |= {"id": kind - 1} if kind else {}
                return places | ({"gtin": kind + 2} if visibility - kind == 6 else {})
    return {}


def _weight(header: Sequence[str], visibility: int) -> int:
    """The first of four columns with a unit in brackets; older versions have no low stock before them. 0 for none."""
    for place in (visibility + 12, visibility + 11):
        measures = header[place : place + 4]
        if len(header) > place + 20 and all(MEASURE.fullmatch(name) for name in measures):
            return place
    return 0


def _all_in(rows: Sequence[Sequence[str]], place: int, words: frozenset[str]) -> bool:
    said = {word.strip().lower() for row in rows for word in row[place].split(",") if word.strip()}
    return bool(said) and said <= words


def _attributes(header: Sequence[str]) -> list[tuple[int, int]]:
    """Columns of attributes' names with those of their values."""
    found: list[tuple[int, int]] = []
    for name, value in ATTRIBUTE:
        names = {said[1]: place for place, cell in enumerate(header) if (said := name.fullmatch(cell))}
        values = {said[1]: place for place, cell in enumerate(header) if (said := value.fullmatch(cell))}
        found += [(names[number], values[number]) for number in names if number in values]
    return found or _attributes_by_shape(header)


def _attributes_by_shape(header: Sequence[str]) -> list[tuple[int, int]]:
    """Four columns or more with the same number, one after the other; downloads have three."""
    found = []
    numbers = [said[1] if (said := ONE_NUMBER.fullmatch(name)) else "" for name in header]
    for place, number in enumerate(numbers):
        begins = number and (not place or numbers[place - 1] != number)
        if begins and numbers[place : place + 4] == [number] * 4:
            found.append((place, place + 1))
    return found


def _codes(header: Sequence[str], fields: Mapping[str, int]) -> list[int]:
    """Columns of article numbers, WooCommerce's own first."""
    own = [fields["gtin"]] if "gtin" in fields else []
    others = [
        place
        for place, name in enumerate(header)
        if name in CODES or ((said := META.fullmatch(name)) and said[1] in CODES)
    ]
    return list(dict.fromkeys(own + others))
