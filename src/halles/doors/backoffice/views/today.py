# SPDX-License-Identifier: AGPL-3.0-or-later
"""« Aujourd'hui »: what must I do now, the most urgent first, each with its act; tomorrow; what came in."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from halles.domain.appointments import reads as appointments
from halles.domain.conversations import reads as conversations
from halles.domain.depots import reads as depots
from halles.domain.orders import day as days
from halles.domain.orders import reads as orders
from halles.domain.orders.actions.prepare import unweighed
from halles.domain.orders.models import ShopOrder
from halles.domain.orders.rules import TO_ACCEPT, State
from halles.domain.shops.models import Shop
from halles.domain.shops.reads import Right
from halles.doors.backoffice import words
from halles.doors.backoffice.access import ShopRequest, kept, page, shop_page
from halles.doors.backoffice.ladder import next_rung
from halles.doors.backoffice.order_cards import Card, card
from halles.doors.backoffice.views.orders import LATE
from halles.doors.backoffice.views.questions import cards

MOST = 12  # orders to act upon at once; the others are in the list
MOST_TOMORROW = 5
QUESTIONS = 5  # shown; all of them are in their own list


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing to do: an order and the act that settles it."""

    card: Card
    act: str
    address: str
    is_page: bool = False  # the act has a page of its own: it is not done by one press


@dataclass(frozen=True, slots=True)
class Counter:
    """How many of something ask for something, and where."""

    number: int
    words: str
    href: str
    is_urgent: bool = False


@shop_page(Right.ORDERS, methods=("GET", "HEAD"))
def today(request: ShopRequest) -> HttpResponse:
    """What must I do now?"""
    shop = request.shop
    counts = days.counts(shop)
    waiting = conversations.waiting(shop).count()
    tomorrow = days.today(shop) + dt.timedelta(1)
    number, worth = orders.came_in(shop, days.starts(shop, days.today(shop)))
    todo = days.to_do(shop, MOST) if counts.now else []
    nothing = not (counts.now or counts.tomorrow or counts.after or waiting)
    context: dict[str, Any] = {
        "counters": [counter for counter in _counters(counts, waiting) if counter.number],
        "todo": [_todo(order) for order in todo],
        "others": counts.now - len(todo),
        "tomorrow": tomorrow,
        "tomorrows": [card(order) for order in days.on(shop, tomorrow, MOST_TOMORROW)],
        "more_tomorrow": max(0, counts.tomorrow - MOST_TOMORROW),
        "later": counts.after,
        "questions": cards(conversations.waiting(shop)[:QUESTIONS]) if waiting else [],
        "number": number,
        "worth": worth,
        "depots": depots.today(shop) if counts.to_deposit else [],
        "doors": _doors(shop),
        "rung": next_rung(shop) if nothing else None,
        "standing": shop.standing,
        "has_agenda": appointments.has_agenda(shop),
    }
    return kept(request, page(request, "today", "today", context))


def _counters(counts: days.Counts, questions: int) -> Iterator[Counter]:
    """What there is to do, counted; each number leads to what it counts."""
    the_list = reverse("backoffice:orders")
    yield Counter(counts.to_accept, _("à accepter"), f"{the_list}?etat=a-accepter", is_urgent=True)
    yield Counter(counts.late, _("en retard"), f"{the_list}?etat={LATE}", is_urgent=True)
    yield Counter(counts.to_prepare, _("à préparer"), reverse("backoffice:picking"))
    yield Counter(counts.visits, _("rendez-vous"), reverse("backoffice:agenda"))
    yield Counter(counts.to_hand_over, _("à remettre"), f"{the_list}?etat=pretes")
    yield Counter(counts.to_bring, _("à livrer"), reverse("backoffice:round"))
    yield Counter(counts.to_call, _("à appeler"), f"{the_list}?etat=en-attente")
    yield Counter(questions, _("à répondre"), reverse("backoffice:questions"))


def _todo(order: ShopOrder) -> Todo:
    """The act of an order: a press, or a call when one waits for the customer."""
    if order.state == State.ACCEPTED and unweighed(order.lines.all()):
        return Todo(card(order), _("Peser"), reverse("backoffice:weigh", args=[order.id]), is_page=True)
    if order.state == State.READY and order.is_at_depot:
        list_ = reverse("backoffice:depot", args=[order.place_id])
        return Todo(card(order), _("Liste du dépôt"), list_, is_page=True)
    if order.is_visit and order.state == State.ACCEPTED:
        return Todo(card(order), _("C'est passé"), reverse("backoffice:handed_over", args=[order.id]))
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
