# SPDX-License-Identifier: AGPL-3.0-or-later
"""How Odoo calls the fields of `product.template` and `product.product`: technical names, and those of its interface.

An export has the columns that somebody chose, in any order. English and French are known whole; of other languages the names
without which nothing can be read.
"""

import re
from collections.abc import Sequence

from halles.domain.imports.drafts import Material, Meaning
from halles.domain.imports.tables import Table, only_table
from halles.kernel.identifiers import fold

NAMES = {
    "id": ("id", "external id", "id externe", "identifiant externe", "externe id", "id externo", "id esterno"),
    "number": (".id", "database id", "id de la base de donnees", "identifiant de la base de donnees"),
    "template": (
        "product_tmpl_id/id", "product_tmpl_id/.id", "product template/external id", "product template/id",
        "modele d'article/id externe", "modele de produit/id externe", "modele d'article/identifiant externe",
        "product_tmpl_id", "product template", "modele d'article", "modele de produit",
    ),
    "name": ("name", "nom", "product name", "nom du produit", "bezeichnung", "nombre", "nome", "naam"),
    "type": (
        "detailed_type", "type", "product type", "type de produit", "type d'article", "type d'articles", "type de produits",
        "produktart", "tipo de producto", "tipologia prodotto", "producttype", "tipo de produto",
    ),
    "reference": (
        "default_code", "internal reference", "reference interne", "interne referenz", "referencia interna",
        "riferimento interno", "interne referentie",
    ),
    "gtin": ("barcode", "code-barres", "code barres", "code barre", "codigo de barras", "codice a barre", "ean13"),
    "price": (
        "list_price", "lst_price", "sales price", "sale price", "public price", "prix de vente", "prix public",
        "verkaufspreis", "precio de venta", "prezzo di vendita", "verkoopprijs", "preco de venda",
    ),
    "taxes": (
        "taxes_id", "taxes_id/name", "taxes_id/display_name", "customer taxes", "sales taxes", "taxes a la vente",
        "taxes client", "taxes de vente",
    ),
    "category": (
        "categ_id/complete_name", "categ_id/display_name", "categ_id", "categ_id/name", "product category",
        "product category/complete name", "product category/display name", "internal category", "category",
        "categorie d'articles", "categorie d'article", "categorie de produits", "categorie de produit", "categorie interne",
        "categorie", "categorie d'articles/nom complet", "categorie de produits/nom complet", "produktkategorie",
        "categoria de producto", "categoria prodotto", "productcategorie", "categoria de produto",
    ),
    "summary": (
        "description_sale", "sales description", "sale description", "description de vente", "description des ventes",
        "description de ventes", "description pour les ventes", "description (vente)",
    ),
    "description": (
        "description_ecommerce", "website_description", "description", "ecommerce description",
        "description for the website", "description pour le site web", "description ecommerce",
    ),
    "stock": (
        "qty_available", "quantity on hand", "quantite en stock", "quantite disponible", "quantite en main",
        "quantite physique",
    ),
    "counted": ("is_storable", "track inventory", "suivi d'inventaire", "suivre l'inventaire", "suivi de stock"),
    "unit": (
        "uom_id", "uom_id/name", "uom_id/display_name", "unit of measure", "unit", "unite de mesure", "unite",
    ),
    "sold": ("sale_ok", "can be sold", "peut etre vendu", "sales", "ventes"),
    "active": ("active", "actif"),
    "published": ("is_published", "website_published", "is published", "published", "est publie", "publie"),
    "values": (
        "product_template_attribute_value_ids", "product_template_attribute_value_ids/display_name",
        "product_template_attribute_value_ids/name", "product_template_variant_value_ids",
        "product_template_variant_value_ids/display_name", "attribute_value_ids", "attribute_value_ids/display_name",
        "attribute_value_ids/name", "variant values", "attribute values", "valeurs de variante", "valeurs de la variante",
        "valeurs des variantes", "valeurs d'attribut", "valeurs d'attributs", "valeurs de l'attribut",
    ),
    "attribute": (
        "attribute_line_ids/attribute_id", "attribute_line_ids/attribute_id/name",
        "attribute_line_ids/attribute_id/display_name", "product attributes/attribute", "attributs de l'article/attribut",
        "attributs du produit/attribut", "attributs de produit/attribut",
    ),
    "attribute_values": (
        "attribute_line_ids/value_ids", "attribute_line_ids/value_ids/name", "attribute_line_ids/value_ids/display_name",
        "product attributes/values", "product attributes/attribute values", "attributs de l'article/valeurs",
        "attributs du produit/valeurs", "attributs de produit/valeurs",
    ),
}  # fmt: skip
MEANINGS = {
    "id": Meaning.KEY,
    "number": Meaning.KEY,
    "template": Meaning.PARENT,
    "name": Meaning.NAME,
    "type": Meaning.KIND,
    "reference": Meaning.REFERENCE,
    "gtin": Meaning.GTIN,
    "price": Meaning.PRICE,
    "taxes": Meaning.VAT,
    "category": Meaning.CATEGORY,
    "summary": Meaning.DESCRIPTION,
    "description": Meaning.DESCRIPTION,
    "stock": Meaning.STOCK,
    "counted": Meaning.AVAILABILITY,
    "unit": Meaning.UNIT,
    "sold": Meaning.ONLINE,
    "active": Meaning.ONLINE,
    "published": Meaning.ONLINE,
    "values": Meaning.SIZE,
    "attribute": Meaning.SIZE,
    "attribute_values": Meaning.SIZE,
}
TECHNICAL = {
    "default_code",
    "list_price",
    "lst_price",
    "categ_id",
    "detailed_type",
    "product_tmpl_id",
    "taxes_id",
}
EXTERNAL_ID = re.compile(r"(?:\w+\.)?product_(?:template|product)(?:_\w+)?")
SERVICES = frozenset({"service", "services", "dienstleistung", "servicio", "servizio", "dienst", "servico"})
GOODS = frozenset({
    "consu", "consumable", "consommable", "product", "storable product", "storable", "stockable", "article stockable",
    "produit stockable", "goods", "biens", "combo", "verbrauchsmaterial", "lagerfahiges produkt", "consumible",
    "almacenable", "producto almacenable",
})  # fmt: skip
TREES = re.compile(r"(?:all|tous|toutes|alle|todos|tutti)(?: /.*)?")  # where Odoo's categories begin


def table_of(material: Material) -> Table | None:
    """The only table, when it has names and prices in Odoo's words, and something that only Odoo writes."""
    table = only_table(material, NAMES, {"name", "price"})
    if table is None:
        return None
    technical = {column.split("/")[0] for column in table.sheet.header or []}
    return table if len(TECHNICAL & technical) >= 2 or _has_its_values(table) else None


def _has_its_values(table: Table) -> bool:
    """External ids of products, or sorts of article or a tree of categories as Odoo names them beside its reference."""
    rows = table.sample()
    ids, types, categories = (_column(table, rows, field) for field in ("id", "type", "category"))
    if any(EXTERNAL_ID.fullmatch(cell) for cell in ids):
        return True
    if "reference" not in table.places:
        return False
    named = types and all(fold(cell) in SERVICES | GOODS for cell in types)
    rooted = categories and all(TREES.fullmatch(fold(cell)) for cell in categories)
    return bool(named or rooted)


def _column(table: Table, rows: Sequence[Sequence[str]], field: str) -> list[str]:
    place = table.places.get(field)
    return [] if place is None else [cell for row in rows if (cell := row[place].strip())]
