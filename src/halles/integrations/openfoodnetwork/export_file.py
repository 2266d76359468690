# SPDX-License-Identifier: AGPL-3.0-or-later
"""Open Food Network's product file. Rows of one producer with one name are one article in several sizes."""

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from halles.domain.catalogue.models import Availability
from halles.domain.imports.articles import JOIN, Notes, description, key_within, made, refuse
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
from halles.domain.imports.values.numbers import number, price, vat
from halles.domain.imports.values.words import levels, yes_no
from halles.kernel.errors import Refused
from halles.kernel.identifiers import fold
from halles.kernel.numbers import LARGEST, THOUSANDTH

FIELDS = (
    "producer", "sku", "name", "display_name", "category", "description", "units", "unit_type",
    "variant_unit_name", "price", "on_hand", "on_demand", "tax_category",
)  # fmt: skip
MEANINGS = {
    "producer": Meaning.MAKER,
    "sku": Meaning.REFERENCE,
    "name": Meaning.NAME,
    "display_name": Meaning.SIZE,
    "category": Meaning.CATEGORY,
    "description": Meaning.DESCRIPTION,
    "units": Meaning.CONTENT,
    "unit_type": Meaning.CONTENT,
    "variant_unit_name": Meaning.SIZE,
    "price": Meaning.PRICE,
    "on_hand": Meaning.STOCK,
    "on_demand": Meaning.AVAILABILITY,
    "tax_category": Meaning.VAT,
}
NEEDED = {"producer", "name", "units", "unit_type", "price", "on_hand"}
UNITS = {
    "g": ("g", "1"), "kg": ("kg", "1"), "t": ("kg", "1000"), "lb": ("g", "453.59237"), "oz": ("g", "28.349523125"),
    "ml": ("ml", "1"), "cl": ("cl", "1"), "dl": ("cl", "10"), "l": ("l", "1"), "kl": ("l", "1000"),
}  # fmt: skip


def _table(material: Material) -> Table | None:
    """One table with producers, units and what is on hand."""
    return only_table(material, {field: (field,) for field in FIELDS}, NEEDED)


def _key(line: Line) -> str:
    """A name and its producer; the network has no other word for an article."""
    return fold(f"{line['producer']} / {line['name']}") if line["name"] and not line.problem else ""


def _article(lines: list[Line], choices: Choices, mark: str | None) -> Iterator[Draft | Bad]:
    first = lines[0]
    if first.problem or not first["name"]:
        yield from refuse(lines, Refused(first.problem or "imports.name_missing"))
        return
    notes = Notes.of(lines)
    rate = _rate(first, choices)
    sizes = dict(zip((line.where for line in lines), _sizes(lines), strict=True))
    variants, bad = made(
        lines,
        lambda line, size, _: _variant(line, size, notes, choices, rate, mark),
        lambda line: {"size": sizes[line.where]},
    )
    yield from bad
    if variants:
        yield Draft(
            name=first["name"],
            variants=tuple(variants),
            key=_key(first),
            maker=first["producer"] or None,
            description=description("", first["description"]),
            category=tuple(levels(first["category"])) or None,
            vat_rate=rate,
            availability=_availability(lines, variants),
            warnings=tuple(notes.warnings),
        )


def _rate(first: Line, choices: Choices) -> Decimal | None:
    """Tax categories have names of their own; those that say a rate are understood."""
    try:
        return vat(first["tax_category"])
    except Refused:
        return choices.vat_rate


def _sizes(lines: Sequence[Line]) -> list[str]:
    """What each is called; by its content when it has no name, or the same as another."""
    names = Counter(fold(line["display_name"]) for line in lines)
    return [
        line["display_name"]
        if names[fold(line["display_name"])] == 1
        else JOIN.join(part for part in (line["display_name"], _measure(line)) if part)
        for line in lines
    ]


def _measure(line: Line) -> str:
    return " ".join(part for part in (line["units"], line["unit_type"] or line["variant_unit_name"]) if part)


def _variant(
    line: Line, size: str, notes: Notes, choices: Choices, rate: Decimal | None, mark: str | None
) -> DraftVariant:
    measure, unit = _content(line)
    return DraftVariant(
        where=line.where,
        key=key_within(_key(line), size, ""),
        reference=line["sku"] or None,
        size=size,
        price=notes.amount(line.where, price(line["price"], mark), choices, rate),
        content=measure,
        content_unit=unit,
        stock=None if _on_demand(line) else notes.stock(line.where, line["on_hand"], mark),
    )


def _content(line: Line) -> tuple[Decimal | None, str]:
    """What is in one; None for what is sold by the piece.

    :raises Refused: `imports.content_wrong`, `imports.number_ambiguous`.
    """
    unit, times = UNITS.get(line["unit_type"].lower(), ("", ""))
    if not unit:
        return None, ""
    units = number(line["units"], ".")  # "1,5" is one and a half too
    if units is None or not 0 < units * Decimal(times) <= LARGEST:
        raise Refused("imports.content_wrong", typed=_measure(line)[:40])
    return (units * Decimal(times)).quantize(THOUSANDTH, ROUND_HALF_UP), unit


def _on_demand(line: Line) -> bool:
    return bool(line["on_demand"]) and yes_no(line["on_demand"])


def _availability(lines: Sequence[Line], variants: Sequence[DraftVariant]) -> Availability | None:
    """Made on demand is always there; the rest is counted when somebody counted it."""
    good = {variant.where for variant in variants}
    if any(_on_demand(line) for line in lines if line.where in good):
        return Availability.AVAILABLE
    return Availability.COUNTED if any(variant.stock is not None for variant in variants) else None


READER = grouped_reader(
    "openfoodnetwork",
    "Open Food Network",
    table_of=_table,
    meanings=MEANINGS,
    keys=lambda: _key,
    article=_article,
)
