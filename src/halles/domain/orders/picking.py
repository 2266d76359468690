# SPDX-License-Identifier: AGPL-3.0-or-later
"""The picking list of a day: what all its orders want together, shelf by shelf, and what has been taken already."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, QuerySet

from halles.domain.catalogue import reads as catalogue
from halles.domain.catalogue.models import Category, Product, Variant
from halles.domain.orders import day as days
from halles.domain.orders.models import OrderLine, ShopOrder
from halles.domain.orders.rules import FALLEN_THROUGH, State, by_weight, to_pick, to_put_back
from halles.domain.shops.models import Shop
from halles.kernel.prepared import among, prepared

BACK_FOR = dt.timedelta(days=2)  # so long what fell through asks to be put back
SHOWN = (
    "name", "unit", "quantity", "picked", "note", "position", "created_at", "variant", "shop_order",
)  # fmt: skip
ARTICLE = (
    "product__name", "product__shop", "product__category__name", "product__category__name_en",
    "product__category__position", "product__category__parent__name", "product__category__parent__position",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Good:
    """An article in one size and colour, with the lines that ask for it, soonest first."""

    lines: Sequence[OrderLine]

    @property
    def name(self) -> str:
        """As it was called when it was last ordered."""
        return self.lines[-1].name

    @property
    def unit(self) -> str:
        """In what it is counted or weighed."""
        return self.lines[0].unit

    @property
    def product(self) -> Product | None:
        """The article, with its photos; none for what was noted in the shop's own words."""
        variant = self.lines[0].variant
        return variant.product if variant else None

    @property
    def total(self) -> Decimal:
        """What its orders want together."""
        return _sum(line.quantity for line in self.lines)

    @property
    def missing(self) -> Decimal:
        """How much of it is still on the shelf."""
        return _sum(to_pick(line.quantity, line.picked) for line in self.lines)

    @property
    def too_much(self) -> Decimal:
        """How much of it goes back there."""
        return _sum(to_put_back(line.shop_order.state, line.quantity, line.picked) for line in self.lines)


@dataclass(frozen=True, slots=True)
class Shelf:
    """A « rayon », or what is in none, with what is to be taken from it."""

    category: Category | None
    goods: Sequence[Good]


@dataclass(frozen=True, slots=True)
class PickingList:
    """All that is to be taken for a day."""

    day: dt.date
    shelves: Sequence[Shelf]
    back: Sequence[Good]  # taken for orders that fell through or became smaller since
    complete: Sequence[ShopOrder]  # all their goods are taken
    to_weigh: Sequence[ShopOrder]  # all their goods are taken, and some go over the scale first
    orders: int
    unaccepted: int  # orders of the day that wait for the shop's yes

    @property
    def goods(self) -> int:
        """How many rows it has."""
        return sum(len(shelf.goods) for shelf in self.shelves)

    @property
    def picked(self) -> int:
        """How many of them need no more walking."""
        return sum(not good.missing for shelf in self.shelves for good in shelf.goods)


def picking_list(shop: Shop, day: dt.date) -> PickingList:
    """What the accepted orders of a day want; today's list holds those of days gone by as well. Seven queries at most."""
    first, last = _span(shop, day)
    wanted = list(_lines(shop, first, last).filter(shop_order__state=State.ACCEPTED))
    fallen = _lines(shop, (first or days.starts(shop, day)) - BACK_FOR, last).filter(
        shop_order__state__in=FALLEN_THROUGH, picked__gt=0
    )
    lines = [*wanted, *fallen]
    _bring(lines)
    catalogue.bring_photos([line.variant.product for line in lines if line.variant])
    waiting = ShopOrder.objects.filter(_between(first, last), shop=shop, is_visit=False)
    goods = _goods(line for line in wanted if line.quantity)
    by_scale = {line.shop_order_id for line in wanted if line.quantity and by_weight(line.unit)}
    all_taken = complete(wanted)
    back = [line for line in lines if to_put_back(line.shop_order.state, line.quantity, line.picked)]
    return PickingList(
        day=day,
        shelves=_shelves(goods),
        back=_goods(back),
        complete=[part for part in all_taken if part.id not in by_scale],
        to_weigh=[part for part in all_taken if part.id in by_scale],
        orders=len({line.shop_order_id for line in wanted}),
        unaccepted=waiting.filter(state__in=[State.UNCONFIRMED, State.PLACED]).count(),
    )


def complete(lines: Iterable[OrderLine]) -> list[ShopOrder]:
    """Of the orders with these lines, those for which everything is taken."""
    parts: dict[uuid.UUID, ShopOrder] = {}
    missing = set()
    for line in lines:
        parts[line.shop_order_id] = line.shop_order
        if to_pick(line.quantity, line.picked):
            missing.add(line.shop_order_id)
    return [part for pk, part in parts.items() if pk not in missing]


def is_complete(order: ShopOrder) -> bool:
    """Whether everything an accepted order wants is taken from the shelf; its lines were read before."""
    lines = [line for line in order.lines.all() if line.quantity and not line.is_appointment]
    all_there = not any(to_pick(line.quantity, line.picked) for line in lines)
    return order.state == State.ACCEPTED and bool(lines) and all_there


def _lines(shop: Shop, first: dt.datetime | None, last: dt.datetime) -> QuerySet[OrderLine]:
    of_orders = OrderLine.objects.filter(
        _between(first, last, "shop_order__"), shop_order__shop=shop, starts_at=None
    )
    return of_orders.only(*SHOWN).order_by("shop_order__collect_from", "shop_order__created_at", "position")


def _bring(lines: Sequence[OrderLine]) -> None:
    """To each line its order and its article: an order comes once, however many lines it has, and an article, however many
    ask for it. Two queries.
    """
    orders = {part.id: part for part in _orders(list({line.shop_order_id for line in lines}))}
    articles = {
        one.id: one for one in _articles(list({line.variant_id for line in lines if line.variant_id}))
    }
    for line in lines:
        line.shop_order = orders[line.shop_order_id]
        line.variant = articles[line.variant_id] if line.variant_id else None


@prepared
def _orders(ids: Sequence[uuid.UUID]) -> QuerySet[ShopOrder]:
    found = ShopOrder.objects.filter(among("pk", ids)).select_related("order")
    return found.only("code", "state", "collect_from", "order__name").order_by()


@prepared
def _articles(ids: Sequence[uuid.UUID]) -> QuerySet[Variant]:
    return (
        Variant.objects.filter(among("pk", ids))
        .select_related("product__category__parent")
        .only(*ARTICLE)
        .order_by()
    )


def _span(shop: Shop, day: dt.date) -> tuple[dt.datetime | None, dt.datetime]:
    """From when until when; today begins with whatever is still there from before."""
    first = days.starts(shop, day) if day > days.today(shop) else None
    return first, days.starts(shop, day + dt.timedelta(1))


def _between(first: dt.datetime | None, last: dt.datetime, of: str = "") -> Q:
    until = Q(**{f"{of}collect_from__lt": last})
    return until & Q(**{f"{of}collect_from__gte": first}) if first else until


def _goods(lines: Iterable[OrderLine]) -> list[Good]:
    """Lines of the same article, size and unit together."""
    found: dict[tuple[object, str], list[OrderLine]] = {}
    for line in lines:
        found.setdefault((line.variant_id or line.name, line.unit), []).append(line)
    return [Good(same) for same in found.values()]


def _shelves(goods: Sequence[Good]) -> list[Shelf]:
    """By the market's tree, each by name; what is in no « rayon » comes last."""
    by_shelf: dict[uuid.UUID | None, list[Good]] = {}
    for good in sorted(goods, key=lambda good: good.name.casefold()):
        by_shelf.setdefault(good.product.category_id if good.product else None, []).append(good)
    shelves = [
        Shelf(same[0].product.category if same[0].product else None, same) for same in by_shelf.values()
    ]
    return sorted(shelves, key=lambda shelf: _place(shelf.category))


def _place(category: Category | None) -> tuple[bool, list[tuple[int, str]]]:
    if category is None:
        return True, []
    above = [category.parent] if category.parent else []
    return False, [(one.position, one.name) for one in (*above, category)]


def _sum(numbers: Iterable[Decimal]) -> Decimal:
    return sum(numbers, Decimal(0))
