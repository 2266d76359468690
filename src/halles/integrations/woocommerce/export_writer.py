# SPDX-License-Identifier: AGPL-3.0-or-later
"""Articles as the CSV that WooCommerce's own importer takes ("Produits > Importer"), under its English column names.

What WooCommerce has no word for (a price for the kilogram, what is made every day) is told where its customers read it,
among the attributes, or stays here.
"""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from html import escape
from uuid import UUID

from halles.domain.catalogue.models import Availability, Product, Variant
from halles.domain.imports.leaving import Articles, Pieces, Written, table_pieces
from halles.domain.imports.ports import Writer
from halles.domain.imports.values.texts import escape_lines
from halles.integrations.woocommerce.choices import UNIT_NAMES
from halles.integrations.woocommerce.taxes import tax_class
from halles.kernel.gtin import show_gtin
from halles.kernel.units import Unit

SIZE, COLOUR, CONTENT, SOLD_BY = "Taille", "Couleur", "Contenance", "Vendu au"
ATTRIBUTES = 4
HEADER = [
    "Type",
    "SKU",
    "GTIN, UPC, EAN, or ISBN",
    "Name",
    "Published",
    "Visibility in catalog",
    "Description",
    "Tax status",
    "Tax class",
    "In stock?",
    "Stock",
    "Backorders allowed?",
    "Regular price",
    "Categories",
    "Images",
    "Parent",
    "Position",
    "Brands",
    *(
        f"Attribute {number} {part}"
        for number in range(1, ATTRIBUTES + 1)
        for part in ("name", "value(s)", "visible", "global")
    ),
]
RUNS = tuple("=+-@\t\r")  # what a spreadsheet would run
NUMBERS = frozenset({"Published", "Stock"})

Stock = Mapping[UUID, Decimal | None]
Cells = dict[str, str]


def rows(products: Iterable[Product], origin: str, stock: Stock) -> Iterator[list[str]]:
    """The header, then one row an article without choices; else one for it and one for each of its variants.

    `products` have `choices`, `photos` and `category` (with what it belongs to) read already; `stock` says how many of a
    variant are there, None or nothing where nobody counts; `origin` begins the addresses of pictures.
    """
    yield HEADER
    for product in products:
        for cells in _rows(product, origin, stock):
            yield [_neutral(name, cells.get(name, "")) for name in HEADER]


def _rows(product: Product, origin: str, stock: Stock) -> Iterator[Cells]:
    variants = product.choices
    article = _article(product, origin)
    if len(variants) == 1 and not variants[0].size and not variants[0].colour:
        attributes = [(CONTENT, _content(variants[0])), (SOLD_BY, _sold_by(product))]
        yield {**article, "Type": "simple", **_good(product, variants[0], stock), **_attributes(attributes)}
        return
    name = str(product.id)  # variants point at it, and it stays when everything else changes
    contents = {_content(variant) for variant in variants}
    attributes = [
        (SIZE, _listed(variant.size for variant in variants)),
        (COLOUR, _listed(variant.colour for variant in variants)),
        (CONTENT, contents.pop() if len(contents) == 1 else ""),
        (SOLD_BY, _sold_by(product)),
    ]
    yield {**article, "Type": "variable", "SKU": name, **_attributes(attributes)}
    for position, variant in enumerate(variants, start=1):
        chosen = [(SIZE, _escaped(variant.size)), (COLOUR, _escaped(variant.colour))]
        yield {
            "Type": "variation",
            "Name": product.name,
            "Published": "1",
            "Tax status": article["Tax status"],
            "Tax class": "parent",
            "Parent": name,
            "Position": str(position),
            **_good(product, variant, stock),
            **_attributes(chosen),
        }


def _article(product: Product, origin: str) -> Cells:
    status, tax = tax_class(product.vat_rate)
    return {
        "Name": product.name,
        "Published": "1" if product.status == Product.Status.ONLINE else "-1",
        "Visibility in catalog": "visible",
        "Description": escape_lines(escape(product.description, quote=False)),
        "Tax status": status,
        "Tax class": tax,
        "Categories": _category(product),
        "Images": _listed(f"{origin}{photo.fallback}" for photo in product.photos if photo.fallback),
        "Position": "0",
        "Brands": _escaped(product.maker),
    }


def _good(product: Product, variant: Variant, stock: Stock) -> Cells:
    count = stock.get(variant.id) if product.availability == Availability.COUNTED else None
    is_there = not variant.sold_out and (count is None or count > 0)
    is_to_order = product.availability == Availability.TO_ORDER and not variant.sold_out
    return {
        "SKU": variant.reference,
        "GTIN, UPC, EAN, or ISBN": show_gtin(variant.gtin) if variant.gtin else "",
        "In stock?": "backorder" if is_to_order else str(int(is_there)),
        "Stock": "" if count is None else _number(count),
        "Backorders allowed?": "0",
        "Regular price": f"{variant.price:.2f}",
    }


def _category(product: Product) -> str:
    names: list[str] = []
    category = product.category
    while category is not None:
        names.insert(0, category.name)
        category = category.parent
    return _escaped(" > ".join(names))


def _content(variant: Variant) -> str:
    return f"{_number(variant.content)} {variant.content_unit}" if variant.content else ""


def _sold_by(product: Product) -> str:
    return UNIT_NAMES.get(Unit(product.unit), "")


def _attributes(attributes: Iterable[tuple[str, str]]) -> Cells:
    """Those that have a value, one after the other."""
    cells: Cells = {}
    for number, (name, value) in enumerate(((name, value) for name, value in attributes if value), start=1):
        cells |= {f"Attribute {number} name": name, f"Attribute {number} value(s)": value}
        cells |= {f"Attribute {number} visible": "1", f"Attribute {number} global": "0"}
    return cells


def _listed(values: Iterable[str]) -> str:
    """A list in one cell, each value once."""
    return ", ".join(dict.fromkeys(_escaped(value) for value in values if value))


def _escaped(value: str) -> str:
    return value.replace(",", "\\,")


def _number(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _neutral(name: str, cell: str) -> str:
    """As WooCommerce itself writes it, and takes it back; its own numbers stay numbers."""
    return f"'{cell}" if cell.startswith(RUNS) and name not in NUMBERS else cell


def _write(articles: Articles, origin: str) -> Pieces:
    return Written((yield from table_pieces(rows(articles, origin, articles.stock), ",")) - 1)


WRITER = Writer("woocommerce", "WooCommerce", "csv", _write)
