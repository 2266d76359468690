# SPDX-License-Identifier: AGPL-3.0-or-later
"""The three tables that PrestaShop's importer takes, in the order in which it expects columns (1.7 and 8).

Numbers are left out: PrestaShop would overwrite what it has under them. Combinations find their product by its reference, and
categories by their path. So are tax rules, whose numbers differ from shop to shop: prices are given without tax, and with it
in a last column that the importer leaves aside unless somebody chooses it.
"""

import csv
import io
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from decimal import Decimal
from html import escape
from uuid import UUID

from django.conf import settings

from halles.domain.catalogue.models import Availability, Category, Picture, Product, Variant
from halles.domain.imports.leaving import Articles, Pieces, Written
from halles.domain.imports.packing import Pack
from halles.domain.imports.ports import Writer
from halles.domain.imports.values.formulas import neutral

CATEGORIES, PRODUCTS, COMBINATIONS = "categories.csv", "products.csv", "combinations.csv"
Row = tuple[str, Sequence[str]]  # in which table, and its cells; written with ";" between them

HEADERS: Mapping[str, Sequence[str]] = {
    CATEGORIES: (
        "Category ID", "Active (0/1)", "Name *", "Parent category", "Root category (0/1)", "Description", "Meta title",
        "Meta keywords", "Meta description", "URL rewritten", "Image URL",
    ),
    PRODUCTS: (
        "Product ID", "Active (0/1)", "Name *", "Categories (x,y,z...)", "Price tax excluded", "Tax rules ID",
        "Wholesale price", "On sale (0/1)", "Discount amount", "Discount percent", "Discount from (yyyy-mm-dd)",
        "Discount to (yyyy-mm-dd)", "Reference #", "Supplier reference #", "Supplier", "Manufacturer", "EAN13", "UPC", "MPN",
        "Ecotax", "Width", "Height", "Depth", "Weight", "Delivery time of in-stock products",
        "Delivery time of out-of-stock products with allowed orders", "Quantity", "Minimal quantity", "Low stock level",
        "Send me an email when the quantity is under this level", "Visibility", "Additional shipping cost", "Unity",
        "Unit price", "Summary", "Description", "Tags (x,y,z...)", "Meta title", "Meta keywords", "Meta description",
        "URL rewritten", "Text when in stock", "Text when backorder allowed", "Available for order (0 = No, 1 = Yes)",
        "Product available date", "Product creation date", "Show price (0 = No, 1 = Yes)", "Image URLs (x,y,z...)",
        "Image alt texts (x,y,z...)", "Delete existing images (0 = No, 1 = Yes)", "Feature(Name:Value:Position)",
        "Available online only (0 = No, 1 = Yes)", "Condition", "Customizable (0 = No, 1 = Yes)",
        "Uploadable files (0 = No, 1 = Yes)", "Text fields (0 = No, 1 = Yes)", "Out of stock action", "Virtual product",
        "File URL", "Number of allowed downloads", "Expiration date", "Number of days", "ID / Name of shop",
        "Advanced stock management", "Depends On Stock", "Warehouse", "Acessories  (x,y,z...)", "Price tax included",
    ),
    COMBINATIONS: (
        "Product ID*", "Product reference", "Attribute (Name:Type:Position)*", "Value (Value:Position)*",
        "Supplier reference", "Reference", "EAN13", "UPC", "MPN", "Cost price", "Impact on price", "Ecotax", "Quantity",
        "Minimal quantity", "Low stock level", "Send me an email when the quantity is under this level", "Impact on weight",
        "Default (0 = No, 1 = Yes)",
    ),
}  # fmt: skip
# Signs that PrestaShop refuses in a name, and what reads the same; commas and slashes divide lists and paths there.
IN_NAMES = str.maketrans({"<": "‹", ">": "›", ";": ",", "=": "-", "#": "n°", "{": "(", "}": ")"})
IN_LISTS = IN_NAMES | str.maketrans({",": " ·", ";": " ·", "/": "·", ":": " "})
DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d)")
MILLIONTH = Decimal("0.000001")
NO_VALUE = "–"
Stock = Mapping[UUID, Decimal | None]


def tables(products: Iterable[Product], stock: Stock, origin: str) -> Iterator[Row]:
    """Every row of the three tables, headers first and a category before what stands in it.

    Products come with `choices`, `photos` and `category` up to its root; `stock` says how many there are of a variant, None
    for what nobody counts; `origin` is the public address under which pictures are found.
    """
    yield from HEADERS.items()
    paths: dict[UUID, str] = {}
    for product in products:
        if not product.choices:
            continue
        yield from _categories(product, paths)
        path = paths[product.category_id] if product.category_id else ""
        yield PRODUCTS, _filled(PRODUCTS, _product(product, path, stock, origin.rstrip("/")))
        if len(product.choices) > 1:
            yield from _combinations(product, stock)


def _filled(table: str, cells: Mapping[str, str]) -> list[str]:
    return [neutral(cells.get(name, "")) for name in HEADERS[table]]


def _categories(product: Product, paths: dict[UUID, str]) -> Iterator[Row]:
    """The product's category and what is above it, those that were not written yet; `paths` learns them."""
    new: list[Category] = []
    category = product.category if product.category_id not in paths else None
    while category is not None and category.id not in paths:
        new.insert(0, category)
        category = category.parent
    for each in new:
        above = paths[each.parent_id] if each.parent_id else ""
        name = _in_list(each.name)
        paths[each.id] = f"{above}/{name}" if above else name
        cells = {
            "Active (0/1)": "1",
            "Name *": name,
            "Parent category": above.rsplit("/", 1)[-1],
            "Root category (0/1)": "0",
        }
        yield CATEGORIES, _filled(CATEGORIES, cells)


def _product(product: Product, path: str, stock: Stock, origin: str) -> dict[str, str]:
    first = product.choices[0]
    single = len(product.choices) == 1
    counted = product.availability == Availability.COUNTED
    shown: list[Picture] = [photo for photo in product.photos if photo.fallback]
    return {
        "Active (0/1)": _bit(product.status == Product.Status.ONLINE),
        "Name *": product.name.translate(IN_NAMES),
        "Categories (x,y,z...)": path,
        "Price tax excluded": str(_without_tax(first.price, product)),
        "Price tax included": str(first.price),
        "Reference #": _reference(product),
        "Manufacturer": product.maker.translate(IN_NAMES),
        "EAN13": _ean(first) if single else "",
        "Quantity": _quantity(stock.get(first.id)) if single and counted else "",
        "Description": _html(product.description),
        "Available for order (0 = No, 1 = Yes)": _bit(not all(each.sold_out for each in product.choices)),
        "Show price (0 = No, 1 = Yes)": "1",
        "Image URLs (x,y,z...)": ", ".join(f"{origin}{photo.fallback}" for photo in shown),
        "Image alt texts (x,y,z...)": ", ".join(_alt(product, photo) for photo in shown),
        "Condition": "new",
        "Out of stock action": "0" if counted else "1",
    }


def _combinations(product: Product, stock: Stock) -> Iterator[Row]:
    first = product.choices[0]
    base = _without_tax(first.price, product)
    attributes = [
        (name, field)
        for name, field in (("Taille", "size"), ("Couleur", "colour"))
        if any(getattr(variant, field) for variant in product.choices)
    ]
    named = ", ".join(f"{name}:select:{place}" for place, (name, _) in enumerate(attributes))
    for variant in product.choices:
        values = [_in_list(getattr(variant, field)) or NO_VALUE for _, field in attributes]
        counted = product.availability == Availability.COUNTED
        cells = {
            "Product reference": _reference(product),
            "Attribute (Name:Type:Position)*": named,
            "Value (Value:Position)*": ", ".join(f"{value}:{place}" for place, value in enumerate(values)),
            "Reference": variant.reference.translate(IN_NAMES),
            "EAN13": _ean(variant),
            "Impact on price": str(_without_tax(variant.price, product) - base),
            "Quantity": _quantity(stock.get(variant.id)) if counted else "",
            "Default (0 = No, 1 = Yes)": _bit(variant is first),
        }
        yield COMBINATIONS, _filled(COMBINATIONS, cells)


def _reference(product: Product) -> str:
    """Of an article with sizes, one that only it can have: each size has its own."""
    if len(product.choices) == 1 and product.choices[0].reference:
        return product.choices[0].reference.translate(IN_NAMES)
    return product.id.hex


def _without_tax(price: Decimal, product: Product) -> Decimal:
    share: Decimal = 100 / (100 + product.vat_rate)
    return (price * share).quantize(MILLIONTH)


def _ean(variant: Variant) -> str:
    """Thirteen digits; PrestaShop knows no others."""
    return variant.gtin[1:] if variant.gtin.startswith("0") else ""


def _quantity(count: Decimal | None) -> str:
    """Whole pieces: PrestaShop counts no others."""
    return "" if count is None else str(int(count))


def _bit(value: bool) -> str:
    return "1" if value else "0"


def _in_list(name: str) -> str:
    return " ".join(DECIMAL_COMMA.sub(".", name).translate(IN_LISTS).split())


def _alt(product: Product, photo: Picture) -> str:
    return _in_list(f"{product.name} {photo.view}")


def _html(text: str) -> str:
    return "".join(
        f"<p>{escape(part, quote=False).replace(chr(10), '<br>')}</p>" for part in text.split("\n\n") if part
    )


def _write(articles: Articles, origin: str) -> Pieces:
    """A ZIP of the three tables, which fill up beside one another on the disk."""
    count, pack = 0, Pack()
    with ExitStack() as open_files:
        files = {
            name: open_files.enter_context(tempfile.TemporaryFile(dir=settings.DATA)) for name in HEADERS
        }
        texts = {name: io.TextIOWrapper(file, "utf-8-sig", newline="") for name, file in files.items()}
        writers = {name: csv.writer(text, delimiter=";") for name, text in texts.items()}
        for name, cells in tables(articles, articles.stock, origin):
            writers[name].writerow(cells)
            count += 1
        for name, text in texts.items():
            file = text.detach()
            file.seek(0)
            yield from pack.put(name, file, pressed=True)
    yield pack.end()
    return Written(count - len(HEADERS))


WRITER = Writer("prestashop", "PrestaShop", "zip", _write)
