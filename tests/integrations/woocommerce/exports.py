# SPDX-License-Identifier: AGPL-3.0-or-later
"""Files as WooCommerce writes them: its columns in some language, its rows with what is usual in them."""

import csv
from pathlib import Path

from halles.domain.imports.drafts import Draft, Material
from halles.domain.imports.sheets import open_sheet

# The exporter's columns in its order; in French as its translation has them.
NAMES = {
    "id": ("ID", "ID"),
    "type": ("Type", "Type"),
    "sku": ("SKU", "UGS"),
    "gtin": ("GTIN, UPC, EAN, or ISBN", "GTIN, UPC, EAN ou ISBN"),
    "name": ("Name", "Nom"),
    "published": ("Published", "Publié"),
    "featured": ("Is featured?", "Mis en avant ?"),
    "visibility": ("Visibility in catalog", "Visibilité dans le catalogue"),
    "short": ("Short description", "Description courte"),
    "description": ("Description", "Description"),
    "starts": ("Date sale price starts", "Date de début de promo"),
    "ends": ("Date sale price ends", "Date de fin de promo"),
    "tax_status": ("Tax status", "État de la TVA"),
    "tax_class": ("Tax class", "Classe de TVA"),
    "in_stock": ("In stock?", "En stock ?"),
    "stock": ("Stock", "Stock"),
    "low": ("Low stock amount", "Montant de stock faible"),
    "backorders": ("Backorders allowed?", "Autoriser les commandes de produits en rupture ?"),
    "alone": ("Sold individually?", "Vendre individuellement ?"),
    "weight": ("Weight (kg)", "Poids (kg)"),
    "length": ("Length (cm)", "Longueur (cm)"),
    "width": ("Width (cm)", "Largeur (cm)"),
    "height": ("Height (cm)", "Hauteur (cm)"),
    "reviews": ("Allow customer reviews?", "Autoriser les avis clients ?"),
    "note": ("Purchase note", "Note de commande"),
    "sale": ("Sale price", "Tarif promo"),
    "price": ("Regular price", "Tarif régulier"),
    "categories": ("Categories", "Catégories"),
    "tags": ("Tags", "Étiquettes"),
    "shipping": ("Shipping class", "Classe d’expédition"),
    "images": ("Images", "Images"),
    "limit": ("Download limit", "Limite de téléchargement"),
    "expiry": ("Download expiry days", "Jours d’expiration du téléchargement"),
    "parent": ("Parent", "Parent"),
    "grouped": ("Grouped products", "Groupes de produits"),
    "upsells": ("Upsells", "Produits suggérés"),
    "cross": ("Cross-sells", "Ventes croisées"),
    "url": ("External URL", "URL externe"),
    "button": ("Button text", "Libellé du bouton"),
    "position": ("Position", "Position"),
    "brands": ("Brands", "Marques"),
    "name1": ("Attribute 1 name", "Nom de l’attribut 1"),
    "value1": ("Attribute 1 value(s)", "Valeur(s) de l’attribut 1"),
    "visible1": ("Attribute 1 visible", "Attribut 1 visible"),
    "global1": ("Attribute 1 global", "Attribut 1 global"),
    "name2": ("Attribute 2 name", "Nom de l’attribut 2"),
    "value2": ("Attribute 2 value(s)", "Valeur(s) de l’attribut 2"),
    "visible2": ("Attribute 2 visible", "Attribut 2 visible"),
    "global2": ("Attribute 2 global", "Attribut 2 global"),
    "meta": ("Meta: _alg_ean", "Méta : _alg_ean"),
}
ENGLISH = {key: names[0] for key, names in NAMES.items()}
FRENCH = {key: names[1] for key, names in NAMES.items()}
# A language nobody has taught us: only units in brackets and numbers of attributes are recognisable.
UNKNOWN = {
    key: f"Sarake {key[-1]} {key[:-1]}"
    if key[-1].isdigit()
    else "Mitta (cm)"
    if "(" in names[0]
    else f"X{place}"
    for place, (key, names) in enumerate(NAMES.items())
}
USUAL = {
    "type": "simple",
    "name": "Pull",
    "published": "1",
    "featured": "0",
    "visibility": "visible",
    "tax_status": "taxable",
    "in_stock": "1",
    "backorders": "0",
    "price": "20",
}
VARIATION = {"type": "variation", "published": "1", "name1": "Taille", "global1": "1"}


def written(path: Path, rows: list[dict[str, str]], names: dict[str, str], without: set[str]) -> Material:
    keys = [key for key in names if key not in without]
    with path.open("w", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow([names[key] for key in keys])
        writer.writerows(
            [({**USUAL, **row} if row.get("type") != "variation" else row).get(key, "") for key in keys]
            for row in rows
        )
    return Material({"": open_sheet(path)})


def sizes(draft: Draft) -> dict[str, int]:
    """Each size with its row."""
    return {variant.size: variant.where.number for variant in draft.variants}


def codes(draft: Draft) -> list[str]:
    return [warned.code for warned in draft.warnings]
