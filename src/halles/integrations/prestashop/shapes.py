# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which of PrestaShop's tables is which, and where its fields stand: the import format of 1.4 to 8, and the list of products.

The signs "(0/1)", "(x,y,z…)" and "(Name:Type:Position)" stand in headers of every language; where the names of columns are not
known, their order is.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from halles.domain.imports.drafts import Material, Meaning
from halles.domain.imports.sheets import Sheet
from halles.domain.imports.tables import Table, places_of

CODES = {"gtin": ("ean13", "ean-13", "ean", "code ean13", "code ean-13"), "isbn": ("isbn",), "upc": ("upc",)}
PICTURES = (
    "image urls (x,y,z...)",
    "url des images (x,y,z...)",
    "urls des images (x,y,z...)",
    "image url",
    "url de l'image",
)
PRODUCTS = {
    "id": ("id", "product id", "product id (id)", "id produit", "id du produit", "identifiant produit"),
    "active": ("active (0/1)", "actif (0/1)"),
    "status": ("status", "etat", "statut", "enabled", "active"),
    "name": ("name", "nom", "nom du produit"),
    "categories": ("categories (x,y,z...)", "category", "categorie"),
    "price": (
        "price tax excl.", "price tax excluded", "price (tax excl.)", "price tax excluded or price tax included",
        "price tax excl. or price tax excl", "base price", "prix ht", "prix (ht)", "prix hors taxes", "prix hors taxe",
        "prix h.t.", "prix de base", "prix ht ou prix ttc",
    ),
    "price_with_tax": (
        "price tax incl.", "price tax included", "price (tax incl.)", "final price", "prix ttc", "prix (ttc)",
        "prix toutes taxes comprises", "prix t.t.c.", "prix final",
    ),
    "tax_rules": (
        "tax rules id", "id regle de taxes", "id regles de taxes", "id de regle de taxe", "id de regles de taxe",
        "id regle de taxe", "id de la regle de taxe",
    ),
    "discount": ("discount amount", "montant de la remise", "montant de la reduction", "valeur de la remise"),
    "discount_percent": ("discount percent", "pourcentage de la remise", "pourcentage de la reduction", "pourcentage de remise"),
    "reference": ("reference", "reference n°", "reference no"),
    "maker": ("manufacturer", "brand", "marque", "fabricant"),
    **CODES,
    "stock": ("quantity", "quantite"),
    "visibility": ("visibility", "visibilite"),
    "summary": ("summary", "short description", "resume", "recapitulatif", "description courte"),
    "description": ("description",),
    "orderable": (
        "available for order (0 = no, 1 = yes)", "available for order", "disponible a la vente (0 = non, 1 = oui)",
        "disponible a la commande (0 = non, 1 = oui)", "disponible pour commande (0 = non, 1 = oui)",
    ),
    "pictures": PICTURES,
    "beyond": ("out of stock action", "out of stock", "action en cas de rupture de stock", "action si rupture de stock"),
}  # fmt: skip
COMBINATIONS = {
    "product": ("product id", "id produit", "id du produit", "identifiant produit", "id"),
    "product_reference": ("product reference", "reference produit", "reference du produit"),
    "attributes": ("attribute (name:type:position)", "attribut (nom:type:position)", "options (group:value)"),
    "values": ("value (value:position)", "valeur (valeur:position)"),
    "reference": ("reference",),
    **CODES,
    "impact": ("impact on price", "impact sur le prix", "price", "prix"),
    "stock": ("quantity", "quantite"),
    "pictures": PICTURES,
}
CATEGORIES = {
    "id": ("category id", "id", "id categorie", "id de la categorie", "identifiant categorie"),
    "name": ("name", "nom"),
    "parent": ("parent category", "categorie parente", "categorie mere", "categorie parent"),
}

CODE_MEANINGS = dict.fromkeys(CODES, Meaning.GTIN)
PRODUCT_MEANINGS = {
    "id": Meaning.KEY,
    "active": Meaning.ONLINE,
    "status": Meaning.ONLINE,
    "visibility": Meaning.ONLINE,
    "name": Meaning.NAME,
    "categories": Meaning.CATEGORY,
    "price": Meaning.PRICE_WITHOUT_TAX,
    "price_with_tax": Meaning.PRICE,
    "tax_rules": Meaning.VAT,
    "reference": Meaning.REFERENCE,
    "maker": Meaning.MAKER,
    **CODE_MEANINGS,
    "stock": Meaning.STOCK,
    "summary": Meaning.DESCRIPTION,
    "description": Meaning.DESCRIPTION,
    "orderable": Meaning.AVAILABILITY,
    "beyond": Meaning.AVAILABILITY,
    "pictures": Meaning.PICTURES,
}
COMBINATION_MEANINGS = {
    "product": Meaning.PARENT,
    "product_reference": Meaning.PARENT,
    "attributes": Meaning.SIZE,
    "values": Meaning.SIZE,
    "reference": Meaning.REFERENCE,
    **CODE_MEANINGS,
    "impact": Meaning.PRICE_WITHOUT_TAX,
    "stock": Meaning.STOCK,
    "pictures": Meaning.PICTURES,
}
CATEGORY_MEANINGS = dict.fromkeys(CATEGORIES, Meaning.CATEGORY)

YES_NO = "(0/1)"
LIST = "(x,y,z...)"
LISTS = re.compile(r"\(\s*x\s*,\s*y\s*,\s*z[^)]*\)", re.IGNORECASE)  # written in several ways
ATTRIBUTES = re.compile(r"\([^():]+:[^():]+(?::[^():]+)?\)")
# Where fields stand in every version up to the codes; from the column of tags back for what moves.
FIRST_COLUMNS = ("id", "active", "name", "categories", "price", "tax_rules")
LATER_COLUMNS = {"discount": 8, "discount_percent": 9, "reference": 12, "maker": 15, "gtin": 16, "upc": 17}
STOCK_BY_TAGS = {23: 20, 31: 23, 35: 25, 36: 26}  # 1.4, 1.5 and 1.6, 1.7, 1.7.7 and 8
# The list of products as the back office writes it out.
LIST_COLUMNS = ("id", "", "name", "reference", "categories", "price", "price_with_tax", "stock", "status")
THUMBNAIL = re.compile(r"[-_](?:small|home|cart|medium)(?:_default)?[./]|/img/(?:tmp|p)/|product_mini_")


@dataclass(frozen=True, slots=True)
class Tables:
    """What there is of a shop; `others` are tables that say nothing of articles (customers, addresses…)."""

    products: Sequence[Table]
    combinations: Sequence[Table]
    categories: Sequence[Table]
    others: Sequence[Table]


def tables_of(material: Material) -> Tables | None:
    """PrestaShop's tables among these; None when none of them has products."""
    found: dict[str, list[Table]] = {"products": [], "combinations": [], "categories": [], "others": []}
    for name, sheet in material.tables.items():
        kind, places = _kind(sheet)
        found[kind].append(Table(sheet, places, name))
    return Tables(**found) if found["products"] else None


def _kind(sheet: Sheet) -> tuple[str, Mapping[str, int]]:
    header = [LISTS.sub("(x,y,z...)", name) for name in sheet.header or []]
    if places := _combinations(header):
        return "combinations", places
    if places := _products(header) or _list(sheet):
        return "products", places
    if places := _categories(header):
        return "categories", places
    return "others", {}


def _combinations(header: Sequence[str]) -> dict[str, int]:
    place = next((place for place, name in enumerate(header[:4]) if ATTRIBUTES.search(name)), None)
    if not place:
        return {}
    places = places_of(header, COMBINATIONS)
    places.setdefault("product", 0)
    places["attributes"] = place
    if header[place].count(":") > 1:
        places["values"] = place + 1
    return places


def _products(header: Sequence[str]) -> dict[str, int]:
    lists = [place for place, name in enumerate(header) if LIST in name]
    if not lists or lists[0] > 5 or not any(YES_NO in name for name in header):
        return {}
    places = places_of(header, PRODUCTS)
    places.pop("status", None)
    if {"name", "categories"} <= places.keys() and places.keys() & {"price", "price_with_tax"}:
        return places
    if lists[0] == 3 and len(lists) > 1 and YES_NO in header[1]:
        return _by_order(lists)
    return {}


def _by_order(lists: Sequence[int]) -> dict[str, int]:
    """In a language we do not know: lists are categories, tags, pictures."""
    tags = lists[1]
    places = {field: place for place, field in enumerate(FIRST_COLUMNS)} | LATER_COLUMNS
    places |= {"summary": tags - 2, "description": tags - 1}
    if tags in STOCK_BY_TAGS:
        places["stock"] = STOCK_BY_TAGS[tags]
    if len(lists) > 2:
        places["pictures"] = lists[2]
    return places


def _list(sheet: Sheet) -> dict[str, int]:
    """The list of products: by its names, or by its order and its thumbnails. Its pictures are too small to be shown.

    The list of 1.7 has a position at its end, and something else than the status under that name.
    """
    header = sheet.header or []
    if sheet.separator != ";" or not 8 <= len(header) <= 10:
        return {}
    places = {field: place for field, place in places_of(header, PRODUCTS).items() if field in LIST_COLUMNS}
    named = {"id", "name", "reference", "categories", "price", "stock"} <= places.keys()
    if not (named and places["id"] == 0 and places["name"] == 2):
        if not _has_thumbnails(sheet):
            return {}
        without = ("price_with_tax",) if len(header) == 8 else ()
        columns = [field for field in LIST_COLUMNS if field not in without]
        places = {field: place for place, field in enumerate(columns) if field}
    if len(header) == 10:
        places.pop("status", None)
    return places


def _has_thumbnails(sheet: Sheet) -> bool:
    rows = [cells for cells in Table(sheet, {}).sample() if any(cells)]
    return bool(rows) and all(cells[0].isdigit() and THUMBNAIL.search(cells[1]) for cells in rows)


def _categories(header: Sequence[str]) -> dict[str, int]:
    if len(header) < 4 or YES_NO not in header[1]:
        return {}
    places = places_of(header, CATEGORIES)
    if len(places) == len(CATEGORIES):
        return places
    return {"id": 0, "name": 2, "parent": 3} if YES_NO in "".join(header[2:6]) and len(header) < 14 else {}
