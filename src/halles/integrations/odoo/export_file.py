# SPDX-License-Identifier: AGPL-3.0-or-later
"""Odoo's articles, as `product.template` (an article a row, its sizes as lists) or `product.product` (a size a row).

A row without a name goes on with the one above it: Odoo writes what an article has several of so.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice, product

from halles.domain.catalogue.models import Availability, Kind
from halles.domain.imports.articles import (
    Attributes,
    Notes,
    description,
    key_within,
    made,
    refuse,
    sizes_and_colours,
)
from halles.domain.imports.drafts import (
    Bad,
    Choices,
    Draft,
    DraftVariant,
)
from halles.domain.imports.grouped import grouped_reader
from halles.domain.imports.shelves import MOST_LINES
from halles.domain.imports.tables import Line
from halles.domain.imports.values.numbers import price, vat
from halles.domain.imports.values.words import levels, several, yes_no
from halles.integrations.odoo.shapes import GOODS, MEANINGS, SERVICES, table_of
from halles.kernel.errors import Refused
from halles.kernel.identifiers import fold
from halles.kernel.units import Unit

NOT_A_CATEGORY = frozenset({
    "all", "tous", "toutes", "alle", "todos", "tutti",
    "saleable", "sellable", "vendable", "vendables", "verkaufbar", "vendible", "vendibile",
})  # fmt: skip
NOT_COUNTED = GOODS - {
    "product", "storable product", "storable", "stockable", "article stockable", "produit stockable",
    "lagerfahiges produkt", "almacenable", "producto almacenable",
}  # fmt: skip
UNITS: Mapping[str, Unit] = {
    **dict.fromkeys(
        ("unit", "units", "unit(s)", "unite", "unites", "unite(s)", "piece", "pieces", "pce"), Unit.PIECE
    ),
    **dict.fromkeys(("kg", "kilogram", "kilogramme"), Unit.KILOGRAM),
    **dict.fromkeys(("l", "liter", "litre", "liter(s)", "litre(s)", "litres"), Unit.LITRE),
    **dict.fromkeys(("m", "meter", "metre", "metres"), Unit.METRE),
    **dict.fromkeys(("h", "hour", "hours", "hour(s)", "heure", "heures", "heure(s)"), Unit.HOUR),
}
RATE = re.compile(r"([0-9]+(?:[.,][0-9]+)?)\s*%")
WITH_TAX = re.compile(r"\b(?:ttc|incl|included|inclus|inclue)\b", re.IGNORECASE)
WITHOUT_TAX = re.compile(r"\b(?:ht|excl|excluded)\b", re.IGNORECASE)


def _keys() -> Callable[[Line], str]:
    """The template's number, else the name of what comes in several sizes, else the article's own; of the row above."""
    above = ""

    def key(line: Line) -> str:
        nonlocal above
        if line["name"] or line.problem or not (_values(line) or line["attribute_values"]):
            above = _key(line)
        return above

    return key


def _key(line: Line) -> str:
    if line.problem or not line["name"]:
        return f"row {line.where.number}"
    if line["template"]:
        return f"template {line['template']}"
    if line["values"]:
        return f"name {fold(line['name'])}"
    return line["id"] or line["number"] or f"row {line.where.number}"


@dataclass(frozen=True, slots=True)
class Facts:
    """What all sizes of an article share."""

    kind: Kind | None
    online: bool | None
    rate: Decimal | None
    choices: Choices
    mark: str | None
    counts: bool


def _article(lines: list[Line], choices: Choices, mark: str | None) -> Iterator[Draft | Bad]:
    first = lines[0]
    try:
        facts = _facts(first, choices, mark)
    except Refused as refused:
        yield from refuse(lines, refused)
        return
    notes = Notes.of(lines)
    unit = _unit(first, notes)
    rows, further = _rows(lines)
    variants, bad = made(
        rows,
        lambda line, size, colour: _variant(line, size, colour, facts, notes),
        lambda line: _attributes([line, *further.get(line.where.number, [])]),
    )
    yield from bad
    if not variants:
        return
    whole = not first["template"] and not first["values"]
    if whole:
        variants = _of_lists(variants[0], _own_key(first), lines)
    counted = any(variant.stock is not None for variant in variants)
    yield Draft(
        name=first["name"],
        variants=tuple(variants),
        key=first["template"] or (_own_key(first) if whole else ""),
        description=description(first["summary"], first["description"]),
        category=_category(first),
        kind=facts.kind,
        vat_rate=facts.rate,
        unit=unit,
        availability=Availability.COUNTED if counted else None,
        online=facts.online,
        warnings=tuple(notes.warnings),
    )


def _rows(lines: Sequence[Line]) -> tuple[list[Line], dict[int, list[Line]]]:
    """The rows that are sizes, and by the number of each the rows that only go on with it."""
    rows: list[Line] = []
    further: dict[int, list[Line]] = {}
    for line in lines:
        if line["name"] or line.problem or not rows:
            rows.append(line)
        else:
            further.setdefault(rows[-1].where.number, []).append(line)
    return rows, further


def _facts(first: Line, choices: Choices, mark: str | None) -> Facts:
    """:raises Refused: what is wrong with the article itself."""
    if first.problem:
        raise Refused(first.problem)
    if not first["name"]:
        raise Refused("imports.name_missing")
    sort = fold(first["type"])
    taxes = first["taxes"]
    said = [field for field in ("active", "sold", "published") if first[field]]
    if choices.without_tax is None and (WITH_TAX.search(taxes) or WITHOUT_TAX.search(taxes)):
        choices = Choices(without_tax=not WITH_TAX.search(taxes), vat_rate=choices.vat_rate)
    return Facts(
        kind=Kind.SERVICE if sort in SERVICES else None,
        online=all(yes_no(first[field]) for field in said) if said else None,
        rate=_rate(taxes, choices),
        choices=choices,
        mark=mark,
        counts=yes_no(first["counted"]) if first["counted"] else sort not in SERVICES | NOT_COUNTED,
    )


def _rate(taxes: str, choices: Choices) -> Decimal | None:
    """A tax is called "20% G", "TVA 5,5 % (vente)"…; several rates at once say nothing."""
    rates = set(RATE.findall(taxes))
    try:
        return vat(f"{rates.pop()} %") if len(rates) == 1 else choices.vat_rate
    except Refused:
        return choices.vat_rate


def _unit(first: Line, notes: Notes) -> Unit | None:
    """What the price is the price of; a dozen or a day is no unit here."""
    if not first["unit"]:
        return None
    unit = UNITS.get(fold(first["unit"]))
    if unit is None:
        notes.warn(first.where, "imports.unit_unknown", unit=first["unit"][:40])
    return unit


def _category(first: Line) -> tuple[str, ...] | None:
    names = levels(first["category"], " / ")
    return tuple(name for name in names if fold(name) not in NOT_A_CATEGORY) or None


def _values(line: Line) -> list[str]:
    return several(line["values"], ",")


def _attributes(lines: Sequence[Line]) -> Attributes:
    """ "Color: Black, Size: M", in one cell or one below the other; a value without a name counts by its place."""
    found: dict[str, str] = {}
    for place, value in enumerate(value for line in lines for value in _values(line)):
        name, colon, rest = value.partition(":")
        found[name.strip() if colon else str(place)] = rest.strip() if colon else value
    return found


def _own_key(line: Line) -> str:
    return line["id"] or line["number"]


def _variant(line: Line, size: str, colour: str, facts: Facts, notes: Notes) -> DraftVariant:
    read, own = price(line["price"], facts.mark), _own_key(line)
    return DraftVariant(
        where=line.where,
        key=own if line["template"] or line["values"] else key_within(own, size, colour),
        reference=line["reference"] or None,
        gtin=notes.gtin(line.where, line["gtin"]),
        size=size,
        colour=colour,
        price=notes.amount(line.where, read, facts.choices, facts.rate),
        stock=notes.stock(line.where, line["stock"], facts.mark or ".") if facts.counts else None,
    )


def _of_lists(variant: DraftVariant, article: str, lines: Sequence[Line]) -> list[DraftVariant]:
    """An article whose attributes are lists has every combination of them, at one price. Only one of them is its reference."""
    lists = [
        [(line["attribute"], value) for value in several(line["attribute_values"], ",")]
        for line in lines
        if line["attribute"] and line["attribute_values"]
    ]
    combinations = [dict(combination) for combination in islice(product(*lists), MOST_LINES)] if lists else []
    if len(combinations) < 2:
        return [variant]
    return [
        DraftVariant(
            where=variant.where,
            key=key_within(article, size, colour),
            size=size,
            colour=colour,
            price=variant.price,
        )
        for size, colour in sizes_and_colours(combinations)
    ]


READER = grouped_reader("odoo", "Odoo", table_of=table_of, meanings=MEANINGS, keys=_keys, article=_article)
