# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reading shops, and who may do what in them."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Case, Q, QuerySet, When
from django.utils import timezone

from halles.domain.people.models import Account
from halles.domain.shops import invitations
from halles.domain.shops.models import (
    Closure,
    Depot,
    Invitation,
    Market,
    OpeningPeriod,
    Operator,
    Place,
    Shop,
    Staff,
)
from halles.domain.shops.rules import Hours, together
from halles.kernel.prepared import among, prepared

# What is shown of a shop, and asked of its rules, where its goods stand among others'.
ON_CARDS = (
    "market", "slug", "name", "trade", "colour", "colour_light", "standing", "doors", "takes_orders",
    "preparation_minutes", "closed_on_holidays",
)  # fmt: skip


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
    return next(iter(_markets()), None)


@prepared
def _markets() -> QuerySet[Market]:
    return Market.objects.order_by("created_at")[:1]


def is_demonstration() -> bool:
    """Whether this installation only shows what it could be. One query."""
    return Market.objects.filter(is_demonstration=True).exists()


def works_at(account: Account) -> list[Staff]:
    """Where somebody works today, with the shops. A helper whose time is over works nowhere. One query."""
    return _works_at(account.pk, timezone.now())


@prepared
def _works_at(account: uuid.UUID, now: dt.datetime) -> QuerySet[Staff]:
    today = Staff.objects.filter(Q(until=None) | Q(until__gt=now), account=account)
    return today.select_related("shop", "shop__market").order_by("created_at")


def can(staff: Staff, right: Right) -> bool:
    """Whether this person may do this in this shop."""
    return right in RIGHTS[Staff.Role(staff.role)]


def is_operator(account: Account, of: Market) -> bool:
    """Whether somebody is of the market's team. One query."""
    return Operator.objects.filter(market=of, account=account).exists()


def operators(of: Market) -> QuerySet[Operator]:
    """The market's team, with their accounts. One query."""
    return Operator.objects.filter(market=of).select_related("account").order_by("created_at")


def who_may(shop: Shop, right: Right) -> list[Account]:
    """Who may do this in a shop today. One query."""
    return [member.account for member in team(shop) if can(member, right)]


@prepared
def _team(shop: uuid.UUID, now: dt.datetime) -> QuerySet[Staff]:
    today = Staff.objects.filter(Q(until=None) | Q(until__gt=now), shop=shop)
    return today.select_related("account").order_by("created_at")


def is_invited(email: str) -> bool:
    """Whether a shop waits for somebody at this address to join its team. One query."""
    return Invitation.objects.filter(email=email, accepted_at=None, expires_at__gt=timezone.now()).exists()


def all_of(market: Market) -> QuerySet[Shop]:
    """Every shop of a market whatever its standing, those that wait first, for the market's team."""
    waiting = Case(When(standing=Shop.Standing.WAITING, then=0), default=1)
    return Shop.objects.filter(market=market).order_by(waiting, "name")


def online(of: Market) -> QuerySet[Shop]:
    """The shops a visitor sees, by name."""
    return Shop.objects.filter(market=of, standing=Shop.Standing.ONLINE).order_by("name")


def by_id(pk: uuid.UUID | str) -> Shop | None:
    """A shop whatever its standing. One query."""
    return Shop.objects.select_related("market").filter(pk=pk).first()


def invitation_by_id(pk: uuid.UUID | str) -> Invitation | None:
    """An invitation with its shop. One query."""
    return Invitation.objects.select_related("shop__market").filter(pk=pk).first()


def online_by_ids(of: Market, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Shop]:
    """Those of these shops that a visitor sees, with what cards need of them. One query."""
    found = {shop.id: shop for shop in _online(of.id, list(ids))}
    for shop in found.values():
        shop.market = of
    return found


@prepared
def _online(of: uuid.UUID, ids: Iterable[uuid.UUID]) -> QuerySet[Shop]:
    return Shop.objects.filter(among("id", ids), market=of, standing=Shop.Standing.ONLINE).only(*ON_CARDS)


def by_slug(of: Market, slug: str) -> Shop | None:
    """The shop at an address, present or former. One query, two for a former address."""
    shop = next(iter(_at(of.id, slug)), None)
    return shop or online(of).filter(former_slugs__slug=slug).first()


@prepared
def _at(of: uuid.UUID, slug: str) -> QuerySet[Shop]:
    return Shop.objects.filter(market=of, standing=Shop.Standing.ONLINE, slug=slug)


def hours_of(shops: Iterable[Shop]) -> dict[uuid.UUID, list[tuple[Place, Hours]]]:
    """Where many shops stand, with their hours. Three queries, whatever their number."""
    by_id = {shop.id: shop for shop in shops}
    return hours_at(by_id, _places(list(by_id)))


def hours_at(
    shops: Mapping[uuid.UUID, Shop], places: Iterable[Place]
) -> dict[uuid.UUID, list[tuple[Place, Hours]]]:
    """These places of some shops with their hours, by shop. Two queries, whatever their number."""
    ids = list(shops)
    closed, periods = _closures(ids), _by_owner(_periods(ids))
    found: dict[uuid.UUID, list[tuple[Place, Hours]]] = {shop_id: [] for shop_id in shops}
    for place in places:
        hours = _hours(shops[place.shop_id], periods.get(place.id, ()), closed)
        found[place.shop_id].append((place, hours))
    return found


def counter_hours_of(shops: Iterable[Shop]) -> dict[uuid.UUID, Hours]:
    """The hours in which many shops hand over at their counters. Two queries, whatever their number."""
    by_id = {shop.id: shop for shop in shops}
    ids = list(by_id)
    closed, periods = _closures(ids), _by_owner(_counter_periods(ids))
    return {shop_id: _hours(shop, periods.get(shop_id, ()), closed) for shop_id, shop in by_id.items()}


def opening_hours_of(shops: Iterable[Shop]) -> dict[uuid.UUID, Hours]:
    """The hours in which a shop stands anywhere. Two queries, whatever the number of shops."""
    by_id = {shop.id: shop for shop in shops}
    ids = list(by_id)
    closed, periods = _closures(ids), _by_owner(_all_periods(ids))
    return {
        shop_id: _hours(shop, together(periods.get(shop_id, ())), closed) for shop_id, shop in by_id.items()
    }


def _hours(shop: Shop, periods: Iterable[Any], closed: Mapping[uuid.UUID, Sequence[Any]]) -> Hours:
    return Hours(
        zone=ZoneInfo(shop.market.time_zone),
        periods=tuple(periods),
        closures=tuple(closed.get(shop.id, ())),
        closed_on_holidays=shop.closed_on_holidays,
    )


def _closures(ids: list[uuid.UUID]) -> dict[uuid.UUID, list[Any]]:
    return _by_owner(_closed(ids, timezone.now().date() - dt.timedelta(days=1)))


def _by_owner(rows: Iterable[tuple[Any, ...]]) -> dict[uuid.UUID, list[Any]]:
    """Rows that begin with whose they are, by that."""
    found: dict[uuid.UUID, list[Any]] = {}
    for owner, *row in rows:
        found.setdefault(owner, []).append(tuple(row))
    return found


@prepared
def _counter_periods(shops: Iterable[uuid.UUID]) -> QuerySet[OpeningPeriod, tuple[Any, ...]]:
    at_counters = OpeningPeriod.objects.filter(among("place__shop", shops), place__kind=Place.Kind.COUNTER)
    return at_counters.values_list("place__shop_id", "weekday", "opens", "closes")


@prepared
def _all_periods(shops: Iterable[uuid.UUID]) -> QuerySet[OpeningPeriod, tuple[Any, ...]]:
    everywhere = OpeningPeriod.objects.filter(among("place__shop", shops), place__kind__in=Place.STANDS)
    return everywhere.values_list("place__shop_id", "weekday", "opens", "closes")


@prepared
def _places(shops: Iterable[uuid.UUID]) -> QuerySet[Place]:
    return Place.objects.filter(among("shop", shops), kind__in=Place.STANDS)


@prepared
def _periods(shops: Iterable[uuid.UUID]) -> QuerySet[OpeningPeriod, tuple[Any, ...]]:
    return OpeningPeriod.objects.filter(among("place__shop", shops)).values_list(
        "place_id", "weekday", "opens", "closes"
    )


@prepared
def _closed(shops: Iterable[uuid.UUID], until: dt.date) -> QuerySet[Closure, tuple[Any, ...]]:
    """The congés that were not over on a day."""
    return Closure.objects.filter(among("shop", shops), last_day__gte=until).values_list(
        "shop_id", "first_day", "last_day"
    )


def missing_for_orders(shop: Shop) -> list[str]:
    """What a shop still has to say before its first order can lawfully be placed; field names, in the order of the form.

    Two queries.
    """
    wanted = ["legal_name", "siret", "phone", "vat_regime", "mediator"]
    missing = [name for name in wanted if not getattr(shop, name)]
    stands = places(shop)
    counter = next((place for place in stands if place.kind == Place.Kind.COUNTER), None)
    if counter is None or not (counter.address and counter.postal_code and counter.city):
        missing.append("address")
    if not any(place.periods.all() for place in stands):
        missing.append("hours")
    return missing


def team(shop: Shop) -> list[Staff]:
    """Who works in a shop today, with the accounts, the longest first. One query."""
    return _team(shop.id, timezone.now())


def pending_invitations(shop: Shop) -> QuerySet[Invitation]:
    """The letters of invitation that were not answered yet and still may be. One query."""
    return Invitation.objects.filter(shop=shop, accepted_at=None, expires_at__gt=timezone.now()).order_by(
        "created_at"
    )


def invitation(token: str) -> Invitation | None:
    """The invitation behind a letter's link, while it works. One query."""
    found = Invitation.objects.filter(
        pk=invitations.read(token), accepted_at=None, expires_at__gt=timezone.now()
    )
    return found.select_related("shop__market").first()


def places(shop: Shop) -> list[Place]:
    """Where a shop stands, the counter first, with their hours. Two queries."""
    return list(Place.objects.filter(shop=shop, kind__in=Place.STANDS).prefetch_related("periods"))


def depots_to_join(shop: Shop, most: int = 30) -> list[Depot]:
    """The depots of the market where a shop does not stand yet, those of its own postal code first, each with the shops
    that do as `users`. Two queries.
    """
    nearer = Case(When(postal_code=shop.market.postal_code, then=0), default=1)
    others = Depot.objects.filter(host__market=shop.market_id).exclude(places__shop=shop)
    found = list(others.select_related("host").order_by(nearer, "name", "id")[:most])
    _bring_users(found)
    return found


def depot_of(place: Place) -> Depot | None:
    """The sheet of a shop's place with the shops that stand there as `users`, if it has one. Two queries."""
    found = list(Depot.objects.filter(pk=place.depot_id).select_related("host")) if place.depot_id else []
    _bring_users(found)
    return next(iter(found), None)


def _bring_users(depots: Sequence[Depot]) -> None:
    standing: dict[uuid.UUID, list[Shop]] = {depot.id: [] for depot in depots}
    places = Place.objects.filter(depot__in=list(standing)).select_related("shop").order_by("created_at")
    for place in places if depots else ():
        assert place.depot_id
        standing[place.depot_id].append(place.shop)
    for depot in depots:
        depot.users = standing[depot.id]


def closures(shop: Shop) -> list[Closure]:
    """The congés that are not over. One query."""
    yesterday = timezone.now().date() - dt.timedelta(days=1)
    return list(Closure.objects.filter(shop=shop, last_day__gte=yesterday))


def closure_on(shop: Shop, day: dt.date) -> Closure | None:
    """The closure that covers a day. One query."""
    return Closure.objects.filter(shop=shop, first_day__lte=day, last_day__gte=day).first()
