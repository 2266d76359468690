# SPDX-License-Identifier: AGPL-3.0-or-later
"""PrestaShop's CSV set: products, and when they are there their combinations (as differences) and the tree of categories.

Prices are without tax. A tax rule is a number whose meaning only the shop knows; "0" is no tax.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from decimal import Decimal

from halles.domain.catalogue.models import Availability
from halles.domain.imports.articles import Attributes, Notes, description, key_within, made, refuse, with_tax
from halles.domain.imports.drafts import (
    Bad,
    Choices,
    Column,
    Draft,
    Drafts,
    DraftVariant,
    Material,
    Meaning,
)
from halles.domain.imports.ports import Reader
from halles.domain.imports.shelves import Shelf
from halles.domain.imports.tables import Line, Table
from halles.domain.imports.values.numbers import RATES, number, price
from halles.domain.imports.values.words import addresses, several, yes_no
from halles.integrations.prestashop import shapes
from halles.integrations.prestashop.categories import Categories
from halles.kernel.errors import Refused
from halles.kernel.identifiers import fold
from halles.kernel.numbers import CENT, cents

ACTIVE = {"enabled": True, "active": True, "disabled": False, "desactive": False}
NOT_SHOWN = frozenset({"none", "nulle part", "aucun", "aucune"})
ALLOWED = "1"  # orders when nothing is left
POSITION = re.compile(r":\s*\d+\s*$")


def _opened(material: Material) -> shapes.Tables:
    tables = shapes.tables_of(material)
    if tables is None:
        raise ValueError("Not an export of PrestaShop")
    return tables


def recognises(material: Material) -> bool:
    """Some table has PrestaShop's products."""
    return shapes.tables_of(material) is not None


def columns(material: Material, choices: Choices) -> Sequence[Column]:
    """What each column of each table means."""
    tables = _opened(material)
    kinds: tuple[tuple[Sequence[Table], Mapping[str, Meaning]], ...] = (
        (tables.products, shapes.PRODUCT_MEANINGS),
        (tables.combinations, shapes.COMBINATION_MEANINGS),
        (tables.categories, shapes.CATEGORY_MEANINGS),
        (tables.others, {}),
    )
    return [
        column for kind, meanings in kinds for table in kind for column in table.columns(meanings, choices)
    ]


def drafts(material: Material, choices: Choices) -> Drafts:
    """One draft a product, with the combinations that name it; then those that name none."""
    tables = _opened(material)
    tree = Categories(tables.categories)
    with ExitStack() as stack:
        combinations = [stack.enter_context(Shelf(table, _parent)) for table in tables.combinations]
        for table in tables.products:
            products = stack.enter_context(Shelf(table, _key))
            for group in products.groups():
                if isinstance(group, Bad):
                    yield group
                else:
                    yield from _product(group, combinations, tree, choices)
        for shelf in combinations:
            for line in shelf.left():
                yield Bad(line.where, _orphan(line))


def _orphan(line: Line) -> Refused:
    if line.problem:
        return Refused(line.problem)
    return Refused("imports.parent_missing", parent=line["product"] or line["product_reference"])


def _parent(line: Line) -> str:
    if line.problem:
        return ""
    return line["product"] or f"reference {line['product_reference']}"


def _key(line: Line) -> str:
    if line.problem or not (line["id"] or line["reference"]):
        return ""
    return line["id"] or f"reference {line['reference']}"


def _product(
    group: list[Line], combinations: Sequence[Shelf], tree: Categories, choices: Choices
) -> Iterator[Draft | Bad]:
    line = group[0]
    for twin in group[1:]:
        yield Bad(twin.where, Refused("imports.row_twice", row=line.where.number))
    sizes = _sizes(line, combinations)
    notes = Notes.of([line, *sizes])
    try:
        facts = _facts(line, choices)
    except Refused as refused:
        yield from refuse([line, *sizes], refused)
        return
    variants, bad = made(
        sizes or [line],
        lambda row, size, colour: _variant(row, size, colour, facts, notes),
        _attributes,
    )
    yield from bad
    if not variants:
        return
    _note_discount(line, notes)
    counted = any(variant.stock is not None for variant in variants)
    yield Draft(
        name=line["name"],
        variants=tuple(variants),
        key=facts.key,
        maker=line["maker"] or None,
        description=description(line["summary"], line["description"]),
        category=_category(line, tree, notes),
        vat_rate=facts.rate,
        availability=_availability(line, notes, counted=counted),
        online=facts.online,
        pictures=tuple(dict.fromkeys(picture for row in (line, *sizes) for picture in _pictures(row))),
        warnings=tuple(notes.warnings),
    )


def _own_key(line: Line) -> str:
    return line["id"] or line["reference"]


def _sizes(line: Line, combinations: Sequence[Shelf]) -> list[Line]:
    """The combinations that name this product, in their order."""
    keys = {line["id"], f"reference {line['reference']}"} - {"", "reference "}
    found = [size for shelf in combinations for key in keys for size in shelf.take(key)]
    return sorted(found, key=lambda size: (size.where.table, size.where.number))


def _category(line: Line, tree: Categories, notes: Notes) -> tuple[str, ...] | None:
    path, unknown = tree.path(line["categories"])
    if unknown:
        notes.warn(line.where, "imports.category_number_unknown", category=unknown)
    return path


@dataclass(frozen=True, slots=True)
class Facts:
    """What a product costs without tax, with tax, or both, and its rate when it is known; and what its sizes share."""

    without: Decimal | None
    including: Decimal | None
    rate: Decimal | None
    key: str
    online: bool | None
    sold_out: bool | None

    def amount(self, impact: Decimal) -> Decimal:
        """The price with tax of a combination that costs so much more, or less, without tax.

        :raises Refused: `imports.vat_needed`, `imports.price_negative`.
        """
        if self.including is not None and (not impact or self.without is None):
            amount = cents(self.including) + (with_tax(impact, self.rate) if impact else 0)
        else:
            amount = with_tax((self.without or Decimal(0)) + impact, self.rate)
        if amount < 0:
            raise Refused("imports.price_negative", typed=str(amount))
        return amount


def _facts(line: Line, choices: Choices) -> Facts:
    """:raises Refused: what is wrong with the product itself."""
    if line.problem:
        raise Refused(line.problem)
    if not line["name"]:
        raise Refused("imports.name_missing")
    without = _price(line["price"], choices) if line["price"] else None
    including = _price(line["price_with_tax"], choices) if line["price_with_tax"] else None
    if without is None and including is None:
        raise Refused("imports.cell_empty", field="price")
    rate = _rate(without, including)
    if rate is None:
        rate = Decimal(0) if line["tax_rules"] == "0" else choices.vat_rate
    if choices.without_tax is False and including is None:  # somebody knows better: no tax is to be added
        without, including = None, without
    return Facts(without, including, rate, _own_key(line), _online(line), _sold_out(line))


def _price(text: str, choices: Choices) -> Decimal:
    return price(text, choices.decimal_mark or _mark(text)).exact


def _mark(text: str) -> str:
    """To PrestaShop comma and point are the same; there are no thousands."""
    return "," if "," in text else "."


def _rate(without: Decimal | None, including: Decimal | None) -> Decimal | None:
    """The only French rate that leads from one price to the other, each of which may be rounded."""
    if not without or including is None:
        return None
    fitting = [rate for rate in RATES if abs(with_tax(without, rate) - cents(including)) <= CENT]
    return fitting[0] if len(fitting) == 1 else None


def _online(line: Line) -> bool | None:
    if fold(line["visibility"]) in NOT_SHOWN:
        return False
    said = line["active"] or line["status"]
    if not said:
        return None
    known = ACTIVE.get(fold(said))
    return yes_no(said) if known is None else known


def _sold_out(line: Line) -> bool | None:
    return True if line["orderable"] and not yes_no(line["orderable"]) else None


def _attributes(line: Line) -> Attributes:
    """What a combination is made of: "Color:color:0, Size:select:1" with "Blue:0, M:1", or in 1.4 "Color:Blue, Size:M"."""
    parts = several(line["attributes"], ",")
    if "values" not in line.table.places:
        return {name.strip(): value.strip() for name, _, value in (part.partition(":") for part in parts)}
    names = [part.split(":")[0].strip() for part in parts]
    values = [POSITION.sub("", part) for part in several(line["values"], ",")]
    return dict(zip(names, values, strict=True)) if len(names) == len(values) else {}


def _variant(line: Line, size: str, colour: str, facts: Facts, notes: Notes) -> DraftVariant:
    if line["attributes"] and not _attributes(line):
        raise Refused("imports.attributes_wrong", typed=line["values"][:40])
    impact = number(line["impact"], _mark(line["impact"])) if line["impact"] else Decimal(0)
    if impact is None:
        raise Refused("imports.price_wrong", typed=line["impact"][:40])
    return DraftVariant(
        where=line.where,
        key=key_within(facts.key, size, colour),
        reference=line["reference"] or None,
        gtin=notes.gtin(line.where, line["gtin"] or line["isbn"] or line["upc"]),
        size=size,
        colour=colour,
        price=facts.amount(impact),
        stock=notes.stock(line.where, line["stock"], _mark(line["stock"])),
        sold_out=facts.sold_out,
    )


def _note_discount(line: Line, notes: Notes) -> None:
    for field in ("discount", "discount_percent"):
        if number(line[field], _mark(line[field])):
            notes.warn(line.where, "imports.sale_price_left", typed=f"− {line[field]}")
            return


def _availability(line: Line, notes: Notes, *, counted: bool) -> Availability | None:
    beyond = line["beyond"] == ALLOWED
    if counted and beyond:
        notes.warn(line.where, "imports.backorders_left")
    return Availability.COUNTED if counted else Availability.AVAILABLE if beyond else None


def _pictures(line: Line) -> list[str]:
    if line.problem:
        return []
    text = line["pictures"]
    return addresses(text) if "://" in text else several(text, ",")


READER = Reader("prestashop", "PrestaShop", recognises, columns, drafts)
