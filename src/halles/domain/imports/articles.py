# SPDX-License-Identifier: AGPL-3.0-or-later
"""From the rows of a known export to one draft: what is the same whatever system wrote them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Self

from halles.domain.imports.drafts import Bad, Choices, DraftVariant, Warned, Where
from halles.domain.imports.sheets import DAMAGED
from halles.domain.imports.tables import Line
from halles.domain.imports.values.codes import gtin
from halles.domain.imports.values.numbers import Price, Stocked, quantity
from halles.domain.imports.values.texts import plain_text
from halles.kernel.errors import Refused
from halles.kernel.identifiers import fold
from halles.kernel.numbers import LARGEST, cents

SIZES = frozenset({
    "taille", "tailles", "size", "sizes", "pointure", "pointures", "contenance", "contenu", "format", "formats", "volume",
    "poids", "dimension", "dimensions", "capacity", "grosse", "talla", "taglia", "maat",
})  # fmt: skip
COLOURS = frozenset({
    "couleur", "couleurs", "color", "colors", "colour", "colours", "coloris", "teinte", "farbe", "colore", "kleur", "cor",
})  # fmt: skip
JOIN = " · "
Attributes = Mapping[str, str]  # what a size or colour is called → which one it is


@dataclass(slots=True)
class Notes:
    """What was let pass while an article was read."""

    warnings: list[Warned] = field(default_factory=list)

    @classmethod
    def of(cls, lines: Sequence[Line]) -> Self:
        """Begun with the rows in which letters were lost."""
        return cls([Warned(line.where, line.doubt) for line in lines if line.doubt == DAMAGED])

    def warn(self, where: Where, code: str, **params: object) -> None:
        """Somebody may want to look at this."""
        self.warnings.append(Warned(where, code, params))

    def gtin(self, where: Where, text: str) -> str | None:
        """The code, or None with a warning: an article is not refused for what a spreadsheet has eaten."""
        try:
            return gtin(text) or None
        except Refused as refused:
            self.warn(where, refused.code, **refused.details)
            return None

    def amount(self, where: Where, price: Price, choices: Choices, rate: Decimal | None) -> Decimal:
        """The price with tax, to the cent.

        :raises Refused: `imports.vat_needed`, `imports.price_too_high`.
        """
        excluded = choices.without_tax if price.tax_excluded is None else price.tax_excluded
        if not excluded:
            if price.was_rounded:
                self.warn(where, "imports.price_rounded", typed=str(price.exact))
            return price.amount
        return with_tax(price.exact, rate)

    def stock(self, where: Where, text: str, mark: str | None = None) -> Decimal | None:
        """How many there are; None when the file does not count.

        Systems that sell what they do not have go below zero: nothing is there then.

        :raises Refused: `imports.quantity_wrong`, `imports.number_ambiguous`.
        """
        if not text:
            return None
        try:
            count = quantity(text, mark)
        except Refused as refused:
            if refused.code != "imports.quantity_negative":
                raise
            self.warn(where, refused.code, **refused.details)
            return Decimal(0)
        return Decimal(0) if count is Stocked.GONE else None if isinstance(count, Stocked) else count


def with_tax(exact: Decimal, rate: Decimal | None) -> Decimal:
    """A price without tax, with it, half up to the cent.

    :raises Refused: `imports.vat_needed` when the rate is not known, `imports.price_too_high`.
    """
    if rate is None:
        raise Refused("imports.vat_needed")
    amount = cents(exact * (100 + rate) / 100)
    if amount > LARGEST:
        raise Refused("imports.price_too_high", typed=str(amount))
    return amount


def description(short: str, long: str) -> str | None:
    """Both as plain text, the short one first, unless the long one begins with it or has it. None when neither says anything."""
    first, then = plain_text(short), plain_text(long)
    said = " ".join(first.split()).rstrip(" .…")
    if not said or said in " ".join(then.split()):
        return then or None
    return plain_text(
        f"{short}\n\n{long}"
    )  # from the source: text that shows "<b>" would lose it the second time


def sizes_and_colours(variants: Sequence[Attributes]) -> list[tuple[str, str]]:
    """Size and colour of each variant of an article: by the names of what differs between them, else by their order."""
    names = list(dict.fromkeys(name for attributes in variants for name in attributes))
    if len(variants) > 1:
        names = [name for name in names if len({attributes.get(name, "") for attributes in variants}) > 1]
    size = next((name for name in names if fold(name) in SIZES), None)
    colour = next((name for name in names if fold(name) in COLOURS), None)
    rest = [name for name in names if name not in {size, colour}]
    if size is None and rest:
        size = rest.pop(0)
    if colour is None and rest:
        colour = rest.pop(0)
    in_size = [name for name in (size, *rest) if name is not None]
    return [
        (
            JOIN.join(value for name in in_size if (value := attributes.get(name, ""))),
            attributes.get(colour, "") if colour is not None else "",
        )
        for attributes in variants
    ]


def made(
    lines: Sequence[Line],
    make: Callable[[Line, str, str], DraftVariant],
    attributes: Callable[[Line], Attributes],
) -> tuple[list[DraftVariant], list[Bad]]:
    """A variant of each line; a line that cannot be one, or is one that was there already, is refused by itself."""
    whole = [line for line in lines if not line.problem]
    names = sizes_and_colours([attributes(line) for line in whole])
    called = dict(zip((line.where for line in whole), names, strict=True))
    variants: list[DraftVariant] = []
    bad: list[Bad] = []
    seen: dict[tuple[str, str], Where] = {}
    for line in lines:
        try:
            if line.problem:
                raise Refused(line.problem)
            size, colour = called[line.where]
            variant = make(line, size, colour)
            twin = seen.setdefault((fold(size), fold(colour)), line.where)
            if twin != line.where:
                raise Refused("imports.variant_twice", row=twin.number)
            variants.append(variant)
        except Refused as refused:
            bad.append(Bad(line.where, refused))
    return variants, bad


def key_within(article: str, size: str, colour: str) -> str:
    """What to call a size of an article when the system has no name for it; references need not be its own."""
    return f"{article} {size}/{colour}" if article else ""


def refuse(lines: Sequence[Line], refused: Refused) -> Iterator[Bad]:
    """The article's own row for what is wrong with it, the others because of it."""
    yield Bad(lines[0].where, refused)
    for line in lines[1:]:
        yield Bad(line.where, Refused("imports.parent_refused", row=lines[0].where.number))
