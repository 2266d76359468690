# SPDX-License-Identifier: AGPL-3.0-or-later
"""Articles as our own table, one row a variant: what an empty shop reads back without a difference."""

import csv
import io
import tempfile
from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.conf import settings

from halles.domain.catalogue.models import Availability, Kind, Product, Variant
from halles.domain.imports.drafts import Meaning
from halles.domain.imports.leaving import Articles, Pieces, Written, levels_of, table_pieces
from halles.domain.imports.packing import Pack
from halles.domain.imports.ports import Writer
from halles.domain.imports.spreadsheet.articles import SHOWS
from halles.domain.imports.spreadsheet.headers import OUR_COLUMNS, OUR_MARK
from halles.domain.imports.spreadsheet.photos import Photo, Photos
from halles.domain.imports.values import goods
from halles.domain.imports.values.formulas import neutral
from halles.kernel.gtin import show_gtin
from halles.kernel.units import Unit

HEADER = [name for name, _ in OUR_COLUMNS]
MEANINGS = [meaning for _, meaning in OUR_COLUMNS]
BETWEEN = ";"
TABLE = "articles.csv"
STATUSES = {Product.Status.ONLINE: "oui", Product.Status.DRAFT: "non", Product.Status.WITHDRAWN: "retiré"}

Cells = dict[Meaning, str]


def write_table(articles: Articles, _origin: str) -> Pieces:
    """The table alone."""
    return Written((yield from table_pieces(_rows(articles), BETWEEN)) - 1)


def write_bundle(articles: Articles, _origin: str) -> Pieces:
    """A ZIP of the photographs and of the table, which calls them by their names there: it grows on the disk meanwhile."""
    pack = Pack()
    photos = Photos(pack)
    with tempfile.TemporaryFile(dir=settings.DATA) as file:
        text = io.TextIOWrapper(file, "utf-8-sig", newline="")
        table = csv.writer(text, delimiter=BETWEEN)
        table.writerow(HEADER)
        rows = 0
        for product in articles:
            named = yield from photos.take(product)
            for row in _rows_of(product, articles, named):
                table.writerow(row)
                rows += 1
        text.detach()
        file.seek(0)
        yield from pack.put(TABLE, file, pressed=True)
    yield pack.end()
    return Written(rows, photos.count)


def _rows(articles: Articles) -> Iterator[Sequence[str]]:
    yield HEADER
    for product in articles:
        yield from _rows_of(product, articles, ())


def _rows_of(product: Product, articles: Articles, photos: Sequence[Photo]) -> Iterator[Sequence[str]]:
    article: Cells = _article(product, photos)
    for variant in product.choices:
        cells = article | _variant(product, variant, articles.stock.get(variant.id))
        yield [neutral(cells.get(meaning, "")) for meaning in MEANINGS]
        article = {}  # said once


def _article(product: Product, photos: Sequence[Photo]) -> Cells:
    """What holds for all its sizes and colours, for the first row of it."""
    return {
        Meaning.MAKER: product.maker,
        Meaning.DESCRIPTION: product.description,
        Meaning.CATEGORY: " > ".join(levels_of(product.category)),
        Meaning.KIND: goods.our_word(goods.KIND_WORDS, Kind(product.kind)),
        Meaning.VAT: _number(product.vat_rate),
        Meaning.UNIT: goods.our_word(goods.UNIT_WORDS, Unit(product.unit)),
        Meaning.AVAILABILITY: goods.our_word(goods.AVAILABILITY_WORDS, Availability(product.availability)),
        Meaning.DAILY: _number(product.daily_quantity) if product.daily_quantity else "",
        Meaning.DELAY: str(product.delay_days) if product.delay_days else "",
        Meaning.ONLINE: STATUSES[Product.Status(product.status)],
        Meaning.UNIQUE: _yes_no(product.is_unique),
        Meaning.ALCOHOL: _yes_no(product.is_alcohol),
        Meaning.INGREDIENTS: product.ingredients,
        Meaning.ALLERGENS: ", ".join(
            goods.our_word(goods.ALLERGEN_WORDS, allergen) for allergen in product.allergens
        ),
        Meaning.ORIGIN: product.origin,
        Meaning.PORTION: _portion(product),
        Meaning.PICTURES: "\n".join(
            f"{photo.name}{SHOWS}{photo.view}" if photo.view else photo.name for photo in photos
        ),
    }


def _variant(product: Product, variant: Variant, stock: Decimal | None) -> Cells:
    return {
        Meaning.KEY: str(product.id),
        Meaning.NAME: product.name,
        Meaning.REFERENCE: variant.reference,
        Meaning.GTIN: show_gtin(variant.gtin) if variant.gtin else "",
        Meaning.SIZE: variant.size,
        Meaning.COLOUR: variant.colour,
        Meaning.CONTENT: f"{_number(variant.content)} {variant.content_unit}" if variant.content else "",
        Meaning.PRICE: f"{variant.price:.2f}".replace(".", OUR_MARK),
        Meaning.STOCK: "" if stock is None else _number(stock),
        Meaning.SOLD_OUT: _yes_no(variant.sold_out),
    }


def _number(value: Decimal) -> str:
    return f"{value.normalize():f}".replace(".", OUR_MARK)


def _portion(product: Product) -> str:
    """ "part 300 g"; a merchant reads grams."""
    if not product.portion:
        return ""
    return (
        f"{goods.our_word(goods.PORTION_WORDS, product.portion)} {_number(product.portion_weight * 1000)} g"
    )


def _yes_no(value: bool) -> str:
    return "oui" if value else "non"


TABLE_WRITER = Writer("halles", "Halles", "csv", write_table)
WRITER = Writer("halles", "Halles", "zip", write_bundle, without_photos=TABLE_WRITER)
