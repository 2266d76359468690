# SPDX-License-Identifier: AGPL-3.0-or-later
"""What WooCommerce knows of stock, made what a merchant says here.

There each variation is counted or not, and may be ordered beyond its stock; here that is one answer for the article.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from halles.domain.catalogue.models import Availability
from halles.domain.imports.drafts import DraftVariant
from halles.domain.imports.values.numbers import Stocked, quantity
from halles.integrations.woocommerce.entries import Entry
from halles.kernel.identifiers import fold

SHARED = "parent"  # the article's count stands for all its variations
ON_BACKORDER = frozenset({"1", "yes", "notify", "oui"})
NONE = Decimal(0)


@dataclass(frozen=True, slots=True)
class Stock:
    """`count` None: not counted; `word` None: not said; `beyond`: may be ordered when there is none left."""

    count: Decimal | None
    word: Stocked | None
    beyond: bool

    @property
    def is_to_order(self) -> bool:
        """None is there, and it can be ordered all the same."""
        return self.word == Stocked.TO_ORDER or (self.beyond and self.count == NONE)

    @property
    def is_gone(self) -> bool:
        """Nobody counts, and there is none."""
        return self.count is None and self.word == Stocked.GONE


def stock_of(entry: Entry, mark: str | None) -> Stock:
    """What is said of one row; fewer than none is none.

    :raises Refused: as `quantity`.
    """
    count = _number(entry.text("stock"), mark)
    said = quantity(entry.text("in_stock"), mark) if entry.text("in_stock") else None
    if isinstance(said, Decimal):
        said = Stocked.HERE if said else Stocked.GONE
    return Stock(count, said, fold(entry.text("backorders")) in ON_BACKORDER)


def _number(text: str, mark: str | None) -> Decimal | None:
    if not text or text.lower() == SHARED:
        return None
    if text.startswith("-"):  # ordered beyond the stock
        text = text[1:]
        return NONE if quantity(text, mark) is not None else None
    count = quantity(text, mark)
    return count if isinstance(count, Decimal) else None


def settle(variants: Sequence[DraftVariant], stocks: Sequence[Stock]) -> list[DraftVariant]:
    """The variants with their stock, as far as `availability` lets one say it."""
    how = availability(stocks)
    return [_settled(variant, stock, how) for variant, stock in zip(variants, stocks, strict=True)]


def _settled(variant: DraftVariant, stock: Stock, how: Availability | None) -> DraftVariant:
    if how is None:
        return variant
    if how == Availability.COUNTED and not stock.is_gone:
        count = NONE if stock.is_to_order else stock.count
        return replace(variant, stock=count, sold_out=stock.word == Stocked.GONE and bool(count))
    if how == Availability.TO_ORDER:
        return replace(variant, stock=stock.count, sold_out=stock.is_gone)
    nothing = stock.is_gone or stock.is_to_order or stock.count == NONE
    return replace(variant, stock=stock.count, sold_out=nothing)


def availability(stocks: Sequence[Stock]) -> Availability | None:
    """The one answer for an article; None when the file says nothing of stock."""
    if all(stock.count is None and stock.word is None for stock in stocks):
        return None
    here = [stock for stock in stocks if not stock.is_to_order and not stock.is_gone]
    if not here:
        some = any(stock.is_to_order for stock in stocks)
        return Availability.TO_ORDER if some else Availability.AVAILABLE
    if all(stock.count is not None for stock in here):
        return Availability.COUNTED
    return Availability.AVAILABLE


def leaves_orders(stocks: Sequence[Stock]) -> bool:
    """Whether something could be ordered there beyond its stock, and cannot be here."""
    counted = any(stock.beyond and stock.count is not None for stock in stocks)
    return availability(stocks) != Availability.TO_ORDER and (
        counted or any(stock.is_to_order for stock in stocks)
    )
