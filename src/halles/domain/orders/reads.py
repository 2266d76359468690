# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reading baskets and orders, always within a shop, a market or behind a secret."""

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from halles.domain.catalogue import reads as catalogue
from halles.domain.fulfilment import reads as fulfilment
from halles.domain.fulfilment.reads import Offered
from halles.domain.journal.reads import claimed
from halles.domain.orders import visits
from halles.domain.orders.models import Basket, Order, OrderLine, ShopOrder
from halles.domain.orders.rules import FALLEN_THROUGH, OPEN_STATES, TO_ACCEPT
from halles.domain.shops.models import Shop
from halles.domain.shops.rules import HORIZON, Window
from halles.kernel.identifiers import clean_spoken_code
from halles.kernel.prepared import among, bring, prepared


def basket(secret: str) -> Basket | None:
    """The basket of a cookie, if it is still one and not an order. One query."""
    return next(iter(_open_baskets(secret)), None) if secret else None


@prepared
def _open_baskets(secret: str) -> QuerySet[Basket]:
    return Basket.objects.select_related("market").filter(secret=secret, order=None)


# What is shown of an order where it stands among others, and asked of its rules.
ON_CARDS = (
    "shop", "code", "state", "total", "collect_from", "confirm_before", "created_at", "order__name", "order__phone",
    "place__kind", "place__name", "arrived_at", "arrived_where", "is_visit",
)  # fmt: skip
LINE_ON_CARDS = (
    "shop_order", "name", "unit", "ordered", "quantity", "picked", "portion", "portions", "served", "position",
    "created_at", "starts_at", "held_by",
)  # fmt: skip
LINES = Prefetch(
    "lines",
    OrderLine.objects.select_related("variant__product").prefetch_related("variant__product__pictures"),
)


def order_by_secret(secret: str, *, shown: bool = True) -> Order | None:
    """The order behind a link, with all its parts. Four queries, three without photographs."""
    return next(iter(_with_parts(_orders_by_secret(secret), shown=shown)), None)


def order_by_id(pk: uuid.UUID | str) -> Order | None:
    """The order a letter tells of, with all its parts; letters show no photographs. Three queries."""
    return next(iter(_with_parts(_orders_by_id(uuid.UUID(str(pk))), shown=False)), None)


def part_by_id(pk: uuid.UUID | str) -> ShopOrder | None:
    """The shop order a letter tells of, with its order and lines, without photographs. Three queries."""
    parts = _parts_by_id(uuid.UUID(str(pk)))
    for part in parts:
        part.order = _orders_by_id(part.order_id)[0]
        part.shop.market = part.order.market
    return next(iter(_with_lines(parts, shown=False)), None)


@dataclass(frozen=True, slots=True)
class Gist:
    """A shop order in a few words."""

    code: str
    total: Decimal
    collect_from: dt.datetime
    arrived_where: str


def gists(parts: Iterable[uuid.UUID]) -> dict[uuid.UUID, Gist]:
    """Shop orders in a few words. One query."""
    rows = ShopOrder.objects.filter(pk__in=list(parts)).order_by()
    said = rows.values_list("id", "code", "total", "collect_from", "arrived_where")
    return {pk: Gist(code, total, moment, where) for pk, code, total, moment, where in said}


def _with_parts(orders: list[Order], *, shown: bool = True) -> list[Order]:
    for order in orders:
        parts = _with_lines(_parts_of(order.id), shown=shown)
        for part in parts:
            part.order, part.shop.market = order, order.market
        bring(order, "shop_orders", parts)
    return orders


def _with_lines(parts: list[ShopOrder], *, shown: bool) -> list[ShopOrder]:
    lines = _lines_of([part.id for part in parts])
    if shown:
        catalogue.bring_photos([line.variant.product for line in lines if line.variant])
    for part in parts:
        own = [line for line in lines if line.shop_order_id == part.id]
        for line in own:
            line.shop_order = part
        bring(part, "lines", own)
    return parts


@prepared
def _orders_by_secret(secret: str) -> QuerySet[Order]:
    return Order.objects.filter(secret=secret).select_related("customer", "market")


@prepared
def _orders_by_id(pk: uuid.UUID) -> QuerySet[Order]:
    return Order.objects.filter(pk=pk).select_related("customer", "market")


@prepared
def _parts_of(order: uuid.UUID) -> QuerySet[ShopOrder]:
    return ShopOrder.objects.filter(order=order).select_related("shop", "place", "terms")


@prepared
def _parts_by_id(pk: uuid.UUID) -> QuerySet[ShopOrder]:
    return ShopOrder.objects.filter(pk=pk).select_related("shop", "place", "terms")


@prepared
def _lines_of(parts: Sequence[uuid.UUID]) -> QuerySet[OrderLine]:
    return OrderLine.objects.filter(among("shop_order", parts)).select_related("variant__product")


def of_shop(shop: Shop) -> QuerySet[ShopOrder]:
    """A shop's orders, with the customer and the lines."""
    return (
        ShopOrder.objects.filter(shop=shop).select_related("order__customer", "place").prefetch_related(LINES)
    )


def listed(shop: Shop) -> QuerySet[ShopOrder]:
    """A shop's orders with what a card shows of them: no article, no photograph. Two queries."""
    lines = Prefetch("lines", OrderLine.objects.only(*LINE_ON_CARDS))
    found = ShopOrder.objects.filter(shop=shop).select_related("order", "place")
    return found.only(*ON_CARDS).prefetch_related(lines)


def open_of_shop(shop: Shop) -> QuerySet[ShopOrder]:
    """A shop's orders that still ask for something, soonest first, as a card shows them. Two queries."""
    return soonest_first(listed(shop).filter(state__in=OPEN_STATES))


def soonest_first(orders: QuerySet[ShopOrder]) -> QuerySet[ShopOrder]:
    """Open orders in the order of their time.

    They are few, and found by their state. Seeing a plain column here, a database may rather walk through all orders there
    ever were, since an index has these in order.
    """
    return orders.order_by(Coalesce("collect_from", "created_at"), "created_at")


def ended_of_shop(shop: Shop) -> QuerySet[ShopOrder]:
    """A shop's orders that are over, the latest first.

    They are nearly all of them: what is open is left out, rather than each other state looked for and all put in order.
    """
    return listed(shop).exclude(state__in=OPEN_STATES).order_by("-collect_from", "created_at", "id")


def promised(shop: Shop, day: dt.date) -> QuerySet[ShopOrder]:
    """A shop's open orders for one day of the town, soonest first, as a card shows them. Two queries."""
    midnight = dt.datetime.combine(day, dt.time(0), ZoneInfo(shop.market.time_zone))
    until = midnight + dt.timedelta(days=1)
    visits = OrderLine.objects.filter(starts_at__gte=midnight, starts_at__lt=until, quantity__gt=0)
    of_day = Q(collect_from__gte=midnight, collect_from__lt=until)
    return open_of_shop(shop).filter(of_day | Exists(visits.filter(shop_order=OuterRef("pk"))))


def next_times(shop: Shop, parts: Iterable[ShopOrder], *, most: int = 6) -> dict[uuid.UUID, list[Window]]:
    """The next times of each order's own way on later days than its own, one a day. Four queries, more for services."""
    ways = {way.place.id: way for way in fulfilment.offered([shop])[shop.id]}
    now = timezone.now()
    return {
        part.id: visits.later(part, max(part.collect_from, now), most)
        if part.is_visit
        else _later_days(ways[part.place_id], max(part.collect_from, now), most)
        for part in parts
    }


def _later_days(way: Offered, after: dt.datetime, most: int) -> list[Window]:
    zone = way.hours.zone
    tomorrow = dt.datetime.combine(after.astimezone(zone).date() + dt.timedelta(days=1), dt.time(0), zone)
    found: dict[dt.date, Window] = {}
    for window, _left in way.coming(ready=tomorrow, now=tomorrow, days=HORIZON):
        if len(found) < most:
            found.setdefault(window.start.astimezone(zone).date(), window)
    return list(found.values())


def by_code(shop: Shop, typed: str) -> ShopOrder | None:
    """The order that a customer names at the counter, however the code was typed."""
    return of_shop(shop).filter(code=clean_spoken_code(typed)).first()


def to_accept(shop: Shop) -> int:
    """How many of a shop's orders wait for its yes; every page of Ma boutique says it. One query."""
    return sum(_to_accept(shop.id))


@prepared
def _to_accept(shop: uuid.UUID) -> QuerySet[ShopOrder, int]:
    waiting = ShopOrder.objects.filter(shop=shop, state__in=sorted(TO_ACCEPT)).order_by()
    return waiting.values_list("shop").annotate(number=Count("id")).values_list("number", flat=True)


def wrong_totals() -> list[uuid.UUID]:
    """The shop orders whose total is not the sum of their lines and the fee (invariant 2). Empty in a sound house."""
    sums = ShopOrder.objects.annotate(lines_total=Sum("lines__total")).values_list(
        "id", "total", "fee", "lines_total"
    )
    return [pk for pk, total, fee, lines in sums if total != (lines or 0) + fee]


def examine() -> Iterator[str]:
    """What `doctor` finds."""
    if wrong := wrong_totals():
        yield _("le total de %(count)d commandes n’est pas la somme de leurs lignes, d’abord %(first)s") % {
            "count": len(wrong),
            "first": wrong[0],
        }


def codes(shop: Shop, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The codes of some of a shop's orders, by id. One query."""
    return dict(ShopOrder.objects.filter(shop=shop, pk__in=list(ids)).values_list("id", "code"))


def came_in(shop: Shop, since: dt.datetime) -> tuple[int, Decimal]:
    """How many orders a shop received since a moment, and what they are worth without those that fell through."""
    found = ShopOrder.objects.filter(shop=shop, created_at__gte=since).exclude(state__in=FALLEN_THROUGH)
    sums = found.order_by().aggregate(number=Count("id"), worth=Sum("total"))
    return sums["number"], sums["worth"] or Decimal(0)


def already_placed(basket_secret: str, key: str) -> Order | None:
    """The order that a repeated request has made already, known by its basket or by its key. Two queries at most."""
    if placed := _placed(basket_secret):
        return placed[0]
    made = claimed("orders.place", key)
    return Order.objects.filter(pk=made["order"]).first() if made else None


@prepared
def _placed(basket_secret: str) -> QuerySet[Order]:
    of_basket = Basket.objects.filter(secret=basket_secret).values("order")
    return Order.objects.filter(pk=Subquery(of_basket))


def ordered(products: Sequence[uuid.UUID]) -> list[uuid.UUID]:
    """Those of these products that somebody ordered. One query."""
    lines = OrderLine.objects.filter(variant__product__in=products).order_by()
    return list(lines.values_list("variant__product_id", flat=True).distinct())
