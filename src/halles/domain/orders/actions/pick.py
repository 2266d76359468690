# SPDX-License-Identifier: AGPL-3.0-or-later
"""Goods are taken from the shelf for the orders of a day, or laid back.

Whoever acts says which lines he saw and how much of each. So several people may walk at once, and what a telephone
says late neither takes what was ordered since nor forgets what was cancelled.
"""

import uuid
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from django.db import transaction

from halles.domain.journal import actions as journal
from halles.domain.orders.actions import prepare
from halles.domain.orders.actions.baskets import MOST_OF_ONE
from halles.domain.orders.models import OrderLine, ShopOrder
from halles.domain.orders.picking import is_complete
from halles.domain.orders.rules import PACKED, State
from halles.domain.shops.models import Shop
from halles.kernel.actor import Actor

Seen = Mapping[uuid.UUID, Decimal]


def pick(shop: Shop, seen: Seen, *, key: str, by: Actor) -> None:
    """At least so much of each of these lines is taken now, whatever has become of its order. Once for a key."""
    _set(shop, seen, max, "orders.picked", key=key, by=by)


def lay_back(shop: Shop, seen: Seen, *, key: str, by: Actor) -> None:
    """No more than so much of each of these lines is taken now, the rest is back on the shelf. Once for a key."""
    _set(shop, seen, min, "orders.laid_back", key=key, by=by)


@transaction.atomic
def _set(
    shop: Shop,
    seen: Seen,
    choose: Callable[[Decimal, Decimal], Decimal],
    act: str,
    *,
    key: str,
    by: Actor,
) -> None:
    request = [str(shop.id), act, sorted((str(pk), str(quantity)) for pk, quantity in seen.items())]
    if journal.claim("orders.pick", key, request) is not None:
        return
    changed, moved = [], Decimal(0)
    for line in _locked(shop, seen):
        picked = choose(line.picked, min(max(seen[line.id], Decimal(0)), MOST_OF_ONE))
        if picked != line.picked:
            moved += abs(picked - line.picked)
            line.picked = picked
            changed.append(line)
    if changed:
        OrderLine.objects.bulk_update(changed, ["picked"])
        of = changed[0]
        journal.record(act, of, by=by, shop_id=shop.id, name=of.name, unit=of.unit, quantity=str(moved))


def _locked(shop: Shop, seen: Seen) -> list[OrderLine]:
    """The shop's own lines among these that are not packed; their orders are locked first, as for every step."""
    orders = ShopOrder.objects.filter(shop=shop, lines__in=list(seen)).order_by().values("pk")
    list(ShopOrder.objects.select_for_update().filter(pk__in=orders).order_by("pk").values_list("pk"))
    lines = OrderLine.objects.filter(shop_order__shop=shop, pk__in=list(seen))
    return list(lines.exclude(shop_order__state__in=PACKED))


@transaction.atomic
def ready_when_complete(shop: Shop, orders: Sequence[uuid.UUID], *, by: Actor) -> list[ShopOrder]:
    """These orders are ready, as far as all their goods are taken; gives those that are not, or not any more."""
    left = []
    for part in ShopOrder.objects.filter(shop=shop, pk__in=list(orders)).order_by("pk"):
        now = prepare.locked(part.pk)
        if is_complete(now) and not prepare.unweighed(now.lines.all()):
            prepare.ready(now, by=by)
        elif now.state != State.READY:  # pressed twice
            left.append(now)
    return left
