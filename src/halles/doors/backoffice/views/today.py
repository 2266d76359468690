# SPDX-License-Identifier: AGPL-3.0-or-later
"""« Aujourd'hui »: what must I do now, the most urgent first, each with its act; tomorrow; what came in."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from halles.domain.orders import reads as orders
from halles.domain.orders.models import ShopOrder
from halles.domain.orders.rules import TO_ACCEPT, State
from halles.domain.shops.models import Shop
from halles.domain.shops.reads import Right
from halles.doors.backoffice import words
from halles.doors.backoffice.access import ShopRequest, page, shop_page
from halles.doors.backoffice.ladder import next_rung
from halles.doors.backoffice.views.orders import Card, card, prepare_late


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing to do: an order and the act that settles it."""

    card: Card
    act: str
    address: str
    help: str = ""


@shop_page(Right.ORDERS, methods=("GET", "HEAD"))
def today(request: ShopRequest) -> HttpResponse:
    """What must I do now?"""
    shop = request.shop
    zone = ZoneInfo(shop.market.time_zone)
    midnight = timezone.localtime(timezone=zone).replace(hour=0, minute=0, second=0, microsecond=0)
    tomorrow, after = midnight + dt.timedelta(days=1), midnight + dt.timedelta(days=2)
    open_now = list(orders.open_of_shop(shop))
    now, later = _sorted(open_now, tomorrow)
    number, worth = orders.came_in(shop, midnight)
    context: dict[str, Any] = {
        "todo": [_todo(order) for order in now],
        "tomorrow": [card(order) for order in later if order.collect_from < after],
        "later": sum(1 for order in later if order.collect_from >= after),
        "number": number,
        "worth": worth,
        "doors": _doors(shop),
        "rung": next_rung(shop) if not open_now else None,
        "is_shown": shop.standing == Shop.Standing.ONLINE,
        "standing": shop.standing,
    }
    return page(request, "today", "today", context)


def _sorted(open_now: Sequence[ShopOrder], tomorrow: dt.datetime) -> tuple[list[ShopOrder], list[ShopOrder]]:
    """What is to be done now, the most urgent first, and what can wait until its day."""
    later = [o for o in open_now if o.state == State.ACCEPTED and o.collect_from >= tomorrow]
    now = [o for o in open_now if o not in later]
    return sorted(now, key=_urgency), later


def _urgency(order: ShopOrder) -> tuple[int, dt.datetime]:
    """Held for minutes; late; to accept; waiting for a yes; to prepare; to hand over."""
    if order.state == State.UNCONFIRMED:
        return 0, order.confirm_before or order.collect_from
    if prepare_late(order):
        return 1, order.collect_from
    rank = {State.PLACED: 2, State.TO_AGREE: 3, State.ACCEPTED: 4}.get(State(order.state), 5)
    return rank, order.collect_from


def _todo(order: ShopOrder) -> Todo:
    """The act of an order: a press, or a call when one waits for the customer."""
    acts = {
        State.ACCEPTED: (_("C'est prêt"), "backoffice:ready"),
        State.READY: (_("Remettre"), "backoffice:handed_over"),
    }
    if order.state in TO_ACCEPT:
        acts[State(order.state)] = (_("Accepter"), "backoffice:accept")
    if State(order.state) not in acts:
        return Todo(card(order), "", "")
    act, name = acts[State(order.state)]
    return Todo(card(order), act, reverse(name, args=[order.id]))


def _doors(shop: Shop) -> list[tuple[str, str, bool]]:
    return [(value, str(said), shop.doors == value) for value, said in words.DOORS.items()]
