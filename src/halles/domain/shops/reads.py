# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reading shops, and who may do what in them."""

import datetime as dt
import uuid
from collections.abc import Iterable
from enum import StrEnum
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.utils import timezone

from halles.domain.people.models import Account
from halles.domain.shops.models import Closure, Market, Operator, Place, Shop, Staff
from halles.domain.shops.rules import Hours


class Right(StrEnum):
    """What one may want to do in a shop."""

    ORDERS = "orders"  # accept, prepare, hand over
    CATALOGUE = "catalogue"
    SHOP = "shop"  # identity, hours, settings
    STAFF = "staff"


RIGHTS = {
    Staff.Role.OWNER: frozenset(Right),
    Staff.Role.MANAGER: frozenset({Right.ORDERS, Right.CATALOGUE, Right.SHOP}),
    Staff.Role.HELPER: frozenset({Right.ORDERS, Right.CATALOGUE, Right.SHOP}),
    Staff.Role.SELLER: frozenset({Right.ORDERS, Right.CATALOGUE}),
}


def market() -> Market | None:
    """The market of this installation; the first one when it hosts several."""
    return Market.objects.order_by("created_at").first()


def works_at(account: Account) -> QuerySet[Staff]:
    """Where somebody works today, with the shops. A helper whose time is over works nowhere. One query."""
    now = timezone.now()
    return (
        Staff.objects.filter(Q(until=None) | Q(until__gt=now), account=account)
        .select_related("shop", "shop__market")
        .order_by("created_at")
    )


def can(staff: Staff, right: Right) -> bool:
    """Whether this person may do this in this shop."""
    return right in RIGHTS[Staff.Role(staff.role)]


def is_operator(account: Account, of: Market) -> bool:
    """Whether somebody is of the market's team. One query."""
    return Operator.objects.filter(market=of, account=account).exists()


def online(of: Market) -> QuerySet[Shop]:
    """The shops a visitor sees, by name."""
    return Shop.objects.filter(market=of, standing=Shop.Standing.ONLINE).order_by("name")


def by_slug(of: Market, slug: str) -> Shop | None:
    """The shop at an address, present or former. One query, two for a former address."""
    shop = online(of).filter(slug=slug).first()
    return shop or online(of).filter(former_slugs__slug=slug).first()


def hours_of(shops: Iterable[Shop]) -> dict[uuid.UUID, list[tuple[Place, Hours]]]:
    """The places of many shops with their hours. Three queries, whatever their number."""
    by_id = {shop.id: shop for shop in shops}
    today = timezone.now().date() - dt.timedelta(days=1)
    closures: dict[uuid.UUID, list[tuple[dt.date, dt.date]]] = {}
    for closure in Closure.objects.filter(shop_id__in=by_id, last_day__gte=today):
        closures.setdefault(closure.shop_id, []).append((closure.first_day, closure.last_day))
    found: dict[uuid.UUID, list[tuple[Place, Hours]]] = {shop_id: [] for shop_id in by_id}
    for place in Place.objects.filter(shop_id__in=by_id).prefetch_related("periods"):
        shop = by_id[place.shop_id]
        hours = Hours(
            zone=ZoneInfo(shop.market.time_zone),
            periods=tuple((p.weekday, p.opens, p.closes) for p in place.periods.all()),
            closures=tuple(closures.get(shop.id, ())),
            closed_on_holidays=shop.closed_on_holidays,
        )
        found[shop.id].append((place, hours))
    return found


def missing_for_orders(shop: Shop) -> list[str]:
    """What a shop still has to say before its first order can lawfully be placed; field names, in the order of the form."""
    wanted = ["legal_name", "siret", "phone", "vat_regime", "mediator"]
    missing = [name for name in wanted if not getattr(shop, name)]
    counter = shop.places.filter(kind=Place.Kind.COUNTER).first()
    if counter is None or not (counter.address and counter.postal_code and counter.city):
        missing.append("address")
    if not any(place.periods.exists() for place in shop.places.all()):
        missing.append("hours")
    return missing
