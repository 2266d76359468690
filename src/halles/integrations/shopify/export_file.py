# SPDX-License-Identifier: AGPL-3.0-or-later
"""Shopify's product CSV. Rows of one handle are one article: the first has its facts, others more variants and pictures.

Names of columns are English in every language of the interface; since 2024 there are new ones beside the former.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from halles.domain.catalogue.models import Availability
from halles.domain.imports.articles import Attributes, Notes, description, key_within, made, refuse
from halles.domain.imports.drafts import (
    Bad,
    Choices,
    Draft,
    DraftVariant,
    Material,
    Meaning,
)
from halles.domain.imports.grouped import grouped_reader
from halles.domain.imports.tables import Line, Table, only_table
from halles.domain.imports.values.contents import content
from halles.domain.imports.values.numbers import number, price
from halles.domain.imports.values.words import levels, yes_no
from halles.kernel.errors import Refused

POINT = "."  # whatever the shop's language, Shopify writes numbers so
NAMES = {
    "handle": ("handle", "url handle"),
    "name": ("title",),
    "description": ("body (html)", "body html", "description"),
    "maker": ("vendor",),
    "type": ("type", "custom product type"),
    "category": ("product category", "standard product type", "standardized product type"),
    "published": ("published", "published on online store"),
    "status": ("status",),
    "gift_card": ("gift card",),
    "option1": ("option1 name",), "value1": ("option1 value",),
    "option2": ("option2 name",), "value2": ("option2 value",),
    "option3": ("option3 name",), "value3": ("option3 value",),
    "reference": ("variant sku", "sku"),
    "gtin": ("variant barcode", "barcode"),
    "price": ("variant price", "price"),
    "price_before": ("variant compare at price", "compare-at price", "compare at price"),
    "tracker": ("variant inventory tracker", "inventory tracker"),
    "stock": ("variant inventory qty", "inventory quantity"),
    "beyond": ("variant inventory policy", "continue selling when out of stock"),
    "content": ("unit price total measure",),
    "content_unit": ("unit price total measure unit",),
    "picture": ("image src", "product image url"),
    "picture_place": ("image position",),
    "variant_picture": ("variant image", "variant image url"),
}  # fmt: skip
MEANINGS = {
    "handle": Meaning.KEY,
    "name": Meaning.NAME,
    "description": Meaning.DESCRIPTION,
    "maker": Meaning.MAKER,
    "type": Meaning.CATEGORY,
    "category": Meaning.CATEGORY,
    "published": Meaning.ONLINE,
    "status": Meaning.ONLINE,
    "value1": Meaning.SIZE,
    "value2": Meaning.COLOUR,
    "value3": Meaning.SIZE,
    "reference": Meaning.REFERENCE,
    "gtin": Meaning.GTIN,
    "price": Meaning.PRICE,
    "stock": Meaning.STOCK,
    "beyond": Meaning.AVAILABILITY,
    "content": Meaning.CONTENT,
    "content_unit": Meaning.CONTENT,
    "picture": Meaning.PICTURES,
    "variant_picture": Meaning.PICTURES,
}
NEEDED = {"handle", "name", "price", "value1"}
NO_CHOICE = "default title"
OF_VARIANTS = ("value1", "value2", "value3", "price", "reference")
BEYOND = ("continue", "true")  # orders when nothing is left
ONLINE = ("active", "unlisted")  # of draft and archived


def _table(material: Material) -> Table | None:
    """One table with handles, options and prices."""
    return only_table(material, NAMES, NEEDED)


def _handle(line: Line) -> str:
    return line["handle"]


def _article(lines: list[Line], choices: Choices, _mark: str | None) -> Iterator[Draft | Bad]:
    first = lines[0]
    try:
        _check(first)
        online = _online(first)
    except Refused as refused:
        yield from refuse(lines, refused)
        return
    notes = Notes.of(lines)
    options = [first["option1"], first["option2"], first["option3"]]
    rows = [line for line in lines if line.problem or any(line[field] for field in OF_VARIANTS)] or [first]
    variants, bad = made(
        rows,
        lambda line, size, colour: _variant(line, size, colour, notes, choices),
        lambda line: _attributes(line, options),
    )
    yield from bad
    if variants:
        yield Draft(
            name=first["name"],
            variants=tuple(variants),
            key=first["handle"],
            maker=first["maker"] or None,
            description=description("", first["description"]),
            category=_category(first),
            vat_rate=choices.vat_rate,
            availability=_availability(rows),
            online=online,
            pictures=_pictures(lines),
            warnings=tuple(notes.warnings),
        )


def _check(first: Line) -> None:
    if first.problem:
        raise Refused(first.problem)
    if not first["name"]:
        raise Refused("imports.name_missing")
    if first["gift_card"] and yes_no(first["gift_card"]):
        raise Refused("imports.type_not_sold", type="Gift Card")


def _online(first: Line) -> bool | None:
    said = [yes_no(first["published"])] if first["published"] else []
    if first["status"]:
        said.append(first["status"].lower() in ONLINE)
    return all(said) if said else None


def _category(first: Line) -> tuple[str, ...] | None:
    """The shop's own word before Shopify's tree."""
    return tuple([first["type"]] if first["type"] else levels(first["category"])) or None


def _attributes(line: Line, options: Sequence[str]) -> Attributes:
    values = (line["value1"], line["value2"], line["value3"])
    return {
        option or str(place): value
        for place, (option, value) in enumerate(zip(options, values, strict=True))
        if value and value.lower() != NO_CHOICE
    }


def _variant(line: Line, size: str, colour: str, notes: Notes, choices: Choices) -> DraftVariant:
    read = price(line["price"], choices.decimal_mark or POINT)
    before = number(line["price_before"], choices.decimal_mark or POINT)
    if before is not None and before > read.exact:
        notes.warn(line.where, "imports.price_before_left", typed=line["price_before"])
    if _counts(line) and line["beyond"].lower() in BEYOND:
        notes.warn(line.where, "imports.backorders_left")
    measure, unit = _content(line)
    return DraftVariant(
        where=line.where,
        key=key_within(line["handle"], size, colour),
        reference=line["reference"].removeprefix("'") or None,
        gtin=notes.gtin(line.where, line["gtin"]),
        size=size,
        colour=colour,
        price=notes.amount(line.where, read, choices, choices.vat_rate),
        content=measure,
        content_unit=unit,
        stock=notes.stock(line.where, line["stock"], POINT) if _counts(line) else None,
    )


def _content(line: Line) -> tuple[Decimal | None, str]:
    """What is in one, for the price of a kilogram or litre; measures that the law does not ask for are left out."""
    if not (line["content"] and line["content_unit"]):
        return None, ""
    try:
        return content(f"{line['content']} {line['content_unit']}", POINT)
    except Refused:
        return None, ""


def _counts(line: Line) -> bool:
    return bool(line["tracker"]) or "tracker" not in line.table.places


def _availability(rows: Sequence[Line]) -> Availability | None:
    """What a shop counts is counted; the rest is simply there."""
    if "stock" not in rows[0].table.places:
        return None
    counted = any(_counts(line) and line["stock"] for line in rows)
    return Availability.COUNTED if counted else Availability.AVAILABLE


def _pictures(lines: Sequence[Line]) -> tuple[str, ...]:
    """In the shop's order, then those of variants, each once."""
    shown = [line for line in lines if line["picture"] and not line.problem]
    shown.sort(key=lambda line: number(line["picture_place"], POINT) or Decimal(len(lines)))
    addresses = [line["picture"] for line in shown]
    addresses += [line["variant_picture"] for line in lines if not line.problem]
    return tuple(address for address in dict.fromkeys(addresses) if address)


READER = grouped_reader(
    "shopify",
    "Shopify",
    table_of=_table,
    meanings=MEANINGS,
    keys=lambda: _handle,
    article=_article,
)
