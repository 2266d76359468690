# SPDX-License-Identifier: AGPL-3.0-or-later
"""Drafts of what WooCommerce says."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from halles.domain.imports.drafts import Bad, Draft, Drafts, DraftVariant, Warned
from halles.domain.imports.values.texts import plain_text
from halles.domain.imports.values.words import addresses, levels, several
from halles.integrations.woocommerce.choices import (
    CONTENTS,
    MAKERS,
    content_in,
    left_open,
    sizes_and_colours,
    unit_of,
    value_of,
)
from halles.integrations.woocommerce.entries import Entry
from halles.integrations.woocommerce.goods import Reading, check, is_online, key_of, variant_of
from halles.integrations.woocommerce.stocks import (
    SHARED,
    Stock,
    availability,
    leaves_orders,
    settle,
    stock_of,
)
from halles.integrations.woocommerce.taxes import is_unknown, rate_of, spelled
from halles.kernel.errors import Refused
from halles.kernel.identifiers import fold

NO_CATEGORY = frozenset({"uncategorized", "uncategorised", "non classe", "non categorise"})
# What page builders leave in a text.
SHORTCODE = re.compile(r"\[/?(?:vc_|et_pb_|fusion_|gallery|caption|embed|playlist|video|audio)[^\[\]]*\]")
LONGEST = 6000  # characters of a description


def orphan(entry: Entry) -> Bad:
    """A variation whose article is nowhere."""
    return Bad(entry.where, Refused(entry.problem or "imports.parent_missing", parent=entry.text("parent")))


def drafts_of(reading: Reading, entry: Entry, variations: Sequence[Entry]) -> Drafts:
    """The draft, if there is one, then the rows that could not be used."""
    article = _Article(reading, entry, variations)
    try:
        yield article.draft()
    except Refused as refused:
        yield Bad(entry.where, refused)
        yield from article.left_behind()
    yield from article.bad


class _Article:
    """One article with its variations, on its way to a draft."""

    def __init__(self, reading: Reading, entry: Entry, variations: Sequence[Entry]) -> None:
        self.bad: list[Bad] = []
        self._reading = reading
        self._entry = entry
        self._variations = sorted(variations, key=_order)
        self._warnings: list[Warned] = []
        self._stocks: list[Stock] = []

    def draft(self) -> Draft:
        """What it is.

        :raises Refused: when its own row cannot be used, or none of its variations.
        """
        entry = self._entry
        check(entry, self._warn)
        name = " ".join(plain_text(entry.text("name"), 1000).split())
        if not name:
            raise Refused("imports.name_missing")
        rate = self._rate()
        online = is_online(entry)
        variants = self._several(rate, online) if self._variations else self._one(rate)
        if leaves_orders(self._stocks):
            self._warn(entry, "imports.backorders_left")
        return Draft(
            name=name,
            variants=tuple(variants),
            key=key_of(entry),
            maker=_maker(entry),
            description=_description(entry),
            category=_category(entry.text("categories")),
            vat_rate=rate,
            unit=unit_of(entry),
            availability=availability(self._stocks),
            online=online,
            pictures=tuple(_pictures([entry, *self._variations])),
            warnings=tuple(self._warnings),
        )

    def left_behind(self) -> Iterator[Bad]:
        """Variations that would have been good enough, had their article been."""
        told = {bad.where for bad in self.bad}
        for variation in self._variations:
            if variation.where not in told:
                yield Bad(variation.where, Refused("imports.parent_refused", row=self._entry.where.number))

    def _warn(self, entry: Entry, code: str, **params: object) -> None:
        self._warnings.append(Warned(entry.where, code, params))

    def _rate(self) -> Decimal | None:
        rate = rate_of(self._entry)
        if rate is not None:
            return rate
        if is_unknown(self._entry):
            self._warn(self._entry, "imports.tax_class_unknown", typed=self._entry.text("tax_class"))
        return self._reading.choices.vat_rate

    def _one(self, rate: Decimal | None) -> list[DraftVariant]:
        if "variable" in self._entry.types:
            raise Refused("imports.variants_missing")
        variant = variant_of(self._reading, self._entry, rate, self._warn)
        self._stocks.append(self._stock(self._entry))
        amount, unit = content_in(value_of(self._entry, CONTENTS))
        return settle([replace(variant, content=amount, content_unit=unit)], self._stocks)

    def _several(self, rate: Decimal | None, online: bool | None) -> list[DraftVariant]:
        self._warn_of_what_is_shared()
        usable = [variation for variation in self._variations if self._is_usable(variation, rate)]
        variants: dict[tuple[str, str], DraftVariant] = {}
        hidden = set()
        for variation, choice in zip(usable, sizes_and_colours(usable), strict=True):
            try:
                if choice in variants:
                    raise Refused("imports.variant_twice", row=variants[choice].where.number)
                stock = self._stock(variation)
                is_hidden = bool(online and is_online(variation) is False)
                variants[choice] = self._choice(variation, choice, rate)
            except Refused as refused:
                self.bad.append(Bad(variation.where, refused))
                continue
            self._stocks.append(stock)
            if is_hidden:
                hidden.add(variation.where)
                self._warn(variation, "imports.variant_hidden")
        if not variants:
            raise Refused("imports.variants_missing")
        settled = settle(list(variants.values()), self._stocks)
        return [replace(each, sold_out=True) if each.where in hidden else each for each in settled]

    def _choice(self, variation: Entry, choice: tuple[str, str], rate: Decimal | None) -> DraftVariant:
        size, colour = choice
        amount, unit = content_in(size)
        if amount is None:
            amount, unit = content_in(value_of(self._entry, CONTENTS))
        variant = variant_of(self._reading, variation, rate, self._warn)
        return replace(variant, size=size, colour=colour, content=amount, content_unit=unit)

    def _stock(self, entry: Entry) -> Stock:
        if entry.text("stock").startswith("-"):
            self._warn(entry, "imports.quantity_negative", typed=entry.text("stock"))
        return stock_of(entry, self._reading.mark)

    def _warn_of_what_is_shared(self) -> None:
        for name in left_open(self._entry, self._variations):
            self._warn(self._entry, "imports.choice_open", attribute=name)
        if any(variation.text("stock").lower() == SHARED for variation in self._variations):
            self._warn(self._entry, "imports.stock_shared")

    def _is_usable(self, variation: Entry, rate: Decimal | None) -> bool:
        try:
            check(variation, self._warn)
            own = spelled(variation)
            if own is not None and own != rate:
                raise Refused("imports.vat_differs")
        except Refused as refused:
            self.bad.append(Bad(variation.where, refused))
            return False
        return True


def _order(entry: Entry) -> tuple[int, int]:
    position = entry.text("position")
    return int(position) if position.isdecimal() else 0, entry.where.number


def _maker(entry: Entry) -> str | None:
    brands = several(entry.text("brands"), ",")
    return (levels(brands[0])[-1] if brands and levels(brands[0]) else value_of(entry, MAKERS)) or None


def _description(entry: Entry) -> str | None:
    """The short text, then the long one, unless one says what the other does."""
    short, long = (SHORTCODE.sub("", entry.text(name)) for name in ("short", "description"))
    if not short and not long:
        return None
    first, then = plain_text(short, LONGEST), plain_text(long, LONGEST)
    if not first or first in then:
        return then or None
    if not then or then in first:
        return first
    whole = f"{first}\n\n{then}"
    return whole if len(whole) <= LONGEST else plain_text(f"{short}\n\n{long}", LONGEST)


def _category(text: str) -> tuple[str, ...] | None:
    """The deepest of those under the first: a product stands in "Vêtements" and in "Vêtements > Hauts" alike."""
    paths = [tuple(levels(plain_text(path))) for path in several(text, ",")]
    paths = [path for path in paths if path and fold(path[0]) not in NO_CATEGORY]
    if not paths:
        return None
    return max((path for path in paths if path[0] == paths[0][0]), key=len)


def _pictures(entries: Sequence[Entry]) -> list[str]:
    found = (address for entry in entries for address in addresses(entry.text("images")))
    return list(dict.fromkeys(address.replace("\\,", ",") for address in found))
