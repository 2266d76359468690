# SPDX-License-Identifier: AGPL-3.0-or-later
"""Rows of somebody's own table made one article with its sizes and colours."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from typing import Any

from halles.domain.catalogue.models import Availability, Kind
from halles.domain.imports.articles import description
from halles.domain.imports.drafts import Bad, Draft, Drafts, DraftVariant, Meaning, Warned
from halles.domain.imports.sheets import DAMAGED
from halles.domain.imports.spreadsheet.lines import (
    NO_CONTENT,
    Line,
    Reading,
    code_of,
    content_of,
    one_line,
    price_of,
    rate_of,
    stock_of,
)
from halles.domain.imports.values import goods
from halles.domain.imports.values.numbers import Stocked, quantity
from halles.domain.imports.values.texts import plain_text
from halles.domain.imports.values.words import addresses, is_withdrawn, levels, yes_no
from halles.kernel.errors import Refused
from halles.kernel.identifiers import fold
from halles.kernel.units import Unit

LONGEST = 6000  # characters of a description
LONGEST_PATH = 1000  # of a category with all it belongs to
SHOWS = " : "  # between a picture and what it shows, in our own table


def drafts_of(reading: Reading, head: Line | None, lines: Sequence[Line]) -> Drafts:
    """The draft, if there is one, then the rows that could not be used. `head` is the article's own row if it has one."""
    article = _Article(reading, head, lines)
    first = article.first.where
    try:
        if draft := article.draft():
            yield draft
    except Refused as refused:
        yield Bad(first, refused)
        told = {bad.where for bad in article.bad} | {first}
        left = Refused("imports.parent_refused", row=first.number)
        yield from (Bad(line.where, left) for line in lines if line.where not in told)
        article.bad = [bad for bad in article.bad if bad.where != first]
    yield from article.bad


@lru_cache(maxsize=512)  # a shop has few
def _levels(cells: tuple[tuple[str, str], ...]) -> tuple[str, ...] | None:
    """The names from the widest to the narrowest, once each; cells with what may divide the levels in them."""
    names = [one_line(name) for text, sign in cells for name in levels(text, sign if sign in text else ">")]
    return tuple(dict.fromkeys(names)) or None


class _Article:
    """One article on its way to a draft."""

    def __init__(self, reading: Reading, head: Line | None, lines: Sequence[Line]) -> None:
        self.first = head or lines[0]
        self.bad: list[Bad] = []
        self._reading = reading
        self._head = head
        self._lines = lines
        self._warnings: list[Warned] = []
        self._stocked: set[Stocked] = set()
        self._unit: Unit | None = None

    def draft(self) -> Draft | None:
        """What it is; None when not one of its rows can be used, which `bad` then says.

        :raises Refused: when what holds for the article as a whole cannot be used.
        """
        cells = self.first.cells
        name = self._name()
        rate = self._rate()
        self._unit = goods.unit(cells[Meaning.UNIT]) if Meaning.UNIT in cells else None
        facts: dict[str, Any] = {
            field: read(cells[meaning]) for meaning, field, read in PLAIN if meaning in cells
        }
        facts |= {
            field: read(self, cells[meaning]) for meaning, field, read in LESS_PLAIN if meaning in cells
        }
        said = self._availability()
        variants = self._variants()
        if not variants:
            if self._head:
                raise Refused("imports.variants_missing")
            return None
        return Draft(
            name=name,
            variants=tuple(variants),
            key=self._key(name, variants[0]),
            description=self._description(),
            category=self._category(),
            vat_rate=self._reading.choices.vat_rate if rate is None else rate,
            unit=self._unit,
            availability=said or self._availability_of_stock(variants),
            **self._portion(),
            **self._pictures(),
            warnings=tuple(self._warnings),
            **facts,
        )

    def _warn(self, line: Line, code: str, **params: object) -> None:
        self._warnings.append(Warned(line.where, code, params))

    def _name(self) -> str:
        """ "" where no column holds names: then only what stands already can be changed."""
        text = self.first.get(Meaning.NAME)
        if not text and Meaning.NAME in self._reading.layout.columns:
            raise Refused("imports.name_missing")
        if "<" in text or "&" in text:
            text = text if self._reading.layout.is_ours else plain_text(text, 1000)
        return self._line(text)

    def _rate(self) -> Decimal | None:
        """An unreadable rate is said; it refuses a row only if it is needed to reckon the price."""
        try:
            return rate_of(self.first)
        except Refused as refused:
            self._warn(self.first, refused.code, **refused.details)
            return None

    def _line(self, text: str) -> str:
        """On one line; what we wrote ourselves stays as it is."""
        return text if self._reading.layout.is_ours else one_line(text)

    def _text(self, text: str) -> str | None:
        return (text if self._reading.layout.is_ours else plain_text(text, LONGEST)) or None

    def _description(self) -> str | None:
        texts = [text for _, text in self.first.all.get(Meaning.DESCRIPTION, ())]
        if len(texts) == 2:
            return description(*texts)
        return self._text("\n\n".join(texts)) if texts else None

    def _category(self) -> tuple[str, ...] | None:
        columns = self.first.all.get(Meaning.CATEGORY)
        return (
            _levels(tuple((text[:LONGEST_PATH], place.named.between) for place, text in columns))
            if columns
            else None
        )

    def _kind(self, text: str) -> Kind | None:
        try:
            return goods.kind(text)
        except Refused as refused:
            self._warn(self.first, refused.code, **refused.details)
            return None

    def _portion(self) -> dict[str, Any]:
        """What cannot be read is left out, and said: an article is not refused for it."""
        if not (text := self.first.get(Meaning.PORTION)):
            return {}
        try:
            portion, weight = goods.portion(text)
        except Refused as refused:
            self._warn(self.first, refused.code, **refused.details)
            return {}
        return {"portion": portion, "portion_weight": weight}

    def _daily(self, text: str) -> Decimal:
        many = quantity(text, self._reading.mark(Meaning.DAILY))
        if isinstance(many, Stocked):
            raise Refused("imports.quantity_wrong", typed=text[:40])
        return many

    def _allergens(self, text: str) -> tuple[str, ...]:
        known, unknown = goods.allergens(text)
        for word in unknown:
            self._warn(self.first, "imports.allergen_unknown", typed=word)
        return known

    def _pictures(self) -> dict[str, Any]:
        """Addresses or names; in our own table each may be followed by what it shows."""
        rows = [self._head, *self._lines] if self._head else self._lines
        cells = [text for line in rows for _, text in line.all.get(Meaning.PICTURES, ())]
        if not self._reading.layout.is_ours:
            return {"pictures": tuple(dict.fromkeys(one for text in cells for one in addresses(text)))}
        told = [line.partition(SHOWS) for text in cells for line in text.split("\n")]
        views = tuple(view for _, _, view in told) if any(view for _, _, view in told) else ()
        return {"pictures": tuple(address for address, _, _ in told), "views": views}

    def _availability(self) -> Availability | None:
        """What its column says in our words; what it says in those of stocks is read with them."""
        return goods.AVAILABILITIES.get(fold(self.first.get(Meaning.AVAILABILITY)[:60]))

    def _availability_of_stock(self, variants: Sequence[DraftVariant]) -> Availability | None:
        if Stocked.TO_ORDER in self._stocked:
            return Availability.TO_ORDER
        if self._stocked and all(variant.stock is None for variant in variants):
            return Availability.AVAILABLE
        return None

    def _variants(self) -> list[DraftVariant]:
        variants: dict[tuple[str, str], DraftVariant] = {}
        is_ours = self._reading.layout.is_ours
        references = [line.get(Meaning.REFERENCE) for line in self._lines]
        is_shared = len(set(references)) < len(references)
        keys = {line.get(Meaning.KEY) for line in self._lines}
        for line in self._lines:
            warned = len(self._warnings)
            try:
                choice = self._line(line.get(Meaning.SIZE)), self._line(line.get(Meaning.COLOUR))
                same = choice if is_ours else (fold(choice[0]), fold(choice[1]))
                if same in variants:
                    raise Refused("imports.variant_twice", row=variants[same].where.number)
                variant = self._variant(line, choice)
            except Refused as refused:
                del self._warnings[warned:]
                self.bad.append(Bad(line.where, refused))
                continue
            if is_ours:
                variant = replace(variant, key=self._variant_key(choice))
            elif (len(keys) > 1 or self._head) and (own := line.get(Meaning.KEY)):
                variant = replace(variant, key=f"variant:{own}")
            elif is_shared and variant.reference:
                variant = replace(variant, key=f"ref:{variant.reference} {'/'.join(choice)}")
            variants[same] = variant
        return list(variants.values())

    def _variant_key(self, choice: tuple[str, str]) -> str:
        """References need not be one article's alone, ids are."""
        own = self.first.get(Meaning.KEY)
        return f"variant:{own} {choice[0]}\t{choice[1]}" if own and len(self._lines) > 1 else ""

    def _variant(self, line: Line, choice: tuple[str, str]) -> DraftVariant:
        """One size and colour.

        :raises Refused: what is wrong with its price or stock, `imports.vat_differs`, `imports.twice`.
        """
        if line.is_damaged:
            self._warn(line, DAMAGED)
        own_rate = line.get(Meaning.VAT)
        if own_rate and own_rate != self.first.get(Meaning.VAT) and rate_of(line) != rate_of(self.first):
            raise Refused("imports.vat_differs")
        amount, per = price_of(self._reading, line, self._rate_needed, self._warn)
        if amount is None and self._head:
            amount, per = price_of(self._reading, self._head, self._rate_needed, self._warn)
        stock = stock_of(self._reading, line, self._warn)
        sold_out = yes_no(text) if (text := line.get(Meaning.SOLD_OUT)) else None
        code = code_of(line, self._warn)
        reference = self._line(line.get(Meaning.REFERENCE)) or None
        self._check_twice(line, reference, code)
        self._unit = per or self._unit
        count, unit = NO_CONTENT
        if self._reading.layout.is_ours or self._unit in {None, Unit.PIECE, Unit.BUNCH}:
            count, unit = content_of(self._reading, line, self._warn)
        if isinstance(stock, Stocked):
            self._stocked.add(stock)
        return DraftVariant(
            where=line.where,
            reference=reference,
            gtin=code,
            size=choice[0],
            colour=choice[1],
            price=amount,
            content=count,
            content_unit=unit,
            stock=None if isinstance(stock, Stocked) else stock,
            sold_out=stock == Stocked.GONE if sold_out is None and isinstance(stock, Stocked) else sold_out,
        )

    def _rate_needed(self) -> Decimal | None:
        rate = rate_of(self.first)
        return self._reading.choices.vat_rate if rate is None else rate

    def _check_twice(self, line: Line, reference: str | None, code: str | None) -> None:
        """One reference may stand on all rows of an article; else what stands twice is one article too many."""
        number = line.where.number
        for kind, value, since in (("gtin", code, number), ("ref", reference, self.first.where.number)):
            if value and (kind == "gtin" or not self._reading.layout.is_ours):
                first = self._reading.firsts.first(kind, value, number)
                if first < since:
                    raise Refused("imports.twice", row=first)

    def _key(self, name: str, variant: DraftVariant) -> str:
        """Its own key, that of what its sizes belong to, or "" where reference, code or name must do.

        :raises Refused: `imports.twice` when it stood further up.
        """
        own = self.first.get(Meaning.KEY)
        parent = self._lines[0].get(Meaning.PARENT)
        key = f"id:{own}" if own and (self._head or not parent) else f"parent:{parent}" if parent else ""
        if not key and not variant.reference and not variant.gtin:
            same = (name, self.first.get(Meaning.MAKER), self.first.get(Meaning.CONTENT))
            key = f"name:{fold(' '.join(same))}"
        number = self.first.where.number
        if key and (first := self._reading.firsts.first("key", key, number)) < number:
            raise Refused("imports.twice", row=first)
        return key


Read = Callable[[str], object]
# What a cell of the article's own row says, under the name it has in a draft.
PLAIN: Sequence[tuple[Meaning, str, Read]] = (
    (Meaning.ONLINE, "is_withdrawn", is_withdrawn),
    (Meaning.ONLINE, "online", yes_no),
    (Meaning.UNIQUE, "is_unique", yes_no),
    (Meaning.ALCOHOL, "is_alcohol", goods.is_alcohol),
    (Meaning.DELAY, "delay_days", goods.days),
)
LESS_PLAIN: Sequence[tuple[Meaning, str, Callable[[_Article, str], object]]] = (
    (Meaning.MAKER, "maker", _Article._line),
    (Meaning.ORIGIN, "origin", _Article._line),
    (Meaning.KIND, "kind", _Article._kind),
    (Meaning.DAILY, "daily_quantity", _Article._daily),
    (Meaning.INGREDIENTS, "ingredients", _Article._text),
    (Meaning.ALLERGENS, "allergens", _Article._allergens),
)
