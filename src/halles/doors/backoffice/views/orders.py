# SPDX-License-Identifier: AGPL-3.0-or-later
"""The shop's orders: the live list, one order, and the steps it takes."""

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field

from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from halles.domain.bells import actions as bell_actions
from halles.domain.bells import reads as bells
from halles.domain.journal import reads as journal
from halles.domain.orders import reads
from halles.domain.orders.actions import prepare, settle
from halles.domain.orders.models import OrderLine, ShopOrder
from halles.domain.orders.rules import OPEN_STATES, STEPS, TO_ACCEPT, State, Step
from halles.domain.shops.reads import Right
from halles.doors.backoffice import words
from halles.doors.backoffice.access import ShopRequest, done, not_done, page, shop_page, shop_step
from halles.doors.backoffice.forms.fields import plain
from halles.doors.ui import formats
from halles.doors.ui.refusals import STATES, say
from halles.kernel.actor import Actor
from halles.kernel.contact import show_phone
from halles.kernel.errors import Refused

A_PAGE = 30
LINES = 4  # of an order shown in a list
FILTERS: dict[str, frozenset[State]] = {
    "a-accepter": TO_ACCEPT,
    "a-preparer": frozenset({State.ACCEPTED}),
    "en-attente": frozenset({State.TO_AGREE}),
    "pretes": frozenset({State.READY}),
    "terminees": frozenset(State) - OPEN_STATES,
}


def own(request: ShopRequest, order_id: uuid.UUID) -> ShopOrder:
    """The shop's own order, or no page."""
    order = reads.of_shop(request.shop).filter(pk=order_id).first()
    if order is None:
        raise Http404
    return order


@shop_page(Right.ORDERS, methods=("GET", "HEAD"))
def orders(request: ShopRequest) -> HttpResponse:
    """The live list: what still asks for something, or one state of things."""
    chosen = request.GET.get("etat", "")
    if chosen in FILTERS:
        found = reads.of_shop(request.shop).filter(state__in=FILTERS[chosen])
        found = found.order_by("-collect_from" if chosen == "terminees" else "collect_from", "created_at")
    else:
        chosen, found = "", reads.open_of_shop(request.shop)
    shown = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "shown": shown,
        "cards": [card(order) for order in shown],
        "chosen": chosen,
        "filters": _filters(request),
    }
    return page(request, "orders", "orders", context)


def _filters(request: ShopRequest) -> list[tuple[str, str, int]]:
    counts = reads.counts(request.shop)

    def total(states: frozenset[State]) -> int:
        return sum(counts.get(state, 0) for state in states)

    return [
        ("", _("Tout ce qui reste à faire"), total(OPEN_STATES)),
        ("a-accepter", _("À accepter"), total(FILTERS["a-accepter"])),
        ("a-preparer", _("À préparer"), total(FILTERS["a-preparer"])),
        ("en-attente", _("Attendent un accord"), total(FILTERS["en-attente"])),
        ("pretes", _("Prêtes"), total(FILTERS["pretes"])),
        ("terminees", _("Terminées"), 0),
    ]


@dataclass(frozen=True, slots=True)
class Card:
    """One order in a list: what is to be done with it."""

    order: ShopOrder
    words: str
    when: str
    urgent: bool
    lines: list[str] = field(default_factory=list)
    more: int = 0
    left: str = ""


def card(order: ShopOrder) -> Card:
    """How an order stands in a list."""
    late = prepare_late(order)
    what = {
        State.UNCONFIRMED: _("À accepter, non confirmée"),
        State.PLACED: _("À accepter"),
        State.TO_AGREE: _("Attend l'accord du client"),
        State.ACCEPTED: _("En retard : à préparer") if late else _("À préparer"),
        State.READY: _("Prête, à remettre"),
    }.get(State(order.state), str(STATES[order.state]).capitalize())
    lines = [line_words(line) for line in order.lines.all() if line.quantity]
    left = formats.time_of_day(order.confirm_before) if order.state == State.UNCONFIRMED else ""
    urgent = late or order.state in TO_ACCEPT
    return Card(
        order, what, _when(order.collect_from), urgent, lines[:LINES], max(0, len(lines) - LINES), left
    )


def _when(moment: dt.datetime) -> str:
    """The hour for today, the day and the hour for another day."""
    today = formats.local_date(moment) == timezone.localdate()
    return formats.time_of_day(moment) if today else formats.moment(moment, "short")


def prepare_late(order: ShopOrder) -> bool:
    """Whether the agreed time has come and the order is not ready."""
    return order.state in {State.PLACED, State.ACCEPTED} and order.collect_from < timezone.now()


def line_words(line: OrderLine) -> str:
    """ "2 × pain de campagne", "250 g de comté"."""
    amount = formats.quantity(line.quantity, line.unit)
    return f"{amount} × {line.name}" if line.unit == "piece" else f"{amount} · {line.name}"


@shop_page(Right.ORDERS, methods=("GET", "HEAD"))
def order(request: ShopRequest, order_id: uuid.UUID) -> HttpResponse:
    """One order: for whom, what, until when, and the one act it asks for."""
    return order_page(request, own(request, order_id))


def order_page(request: ShopRequest, shown: ShopOrder, *, at_the_counter: bool = False) -> HttpResponse:
    """The page of an order; `at_the_counter` when its code was just shown: to hand over is the act then.

    Whoever looks at it has seen it: the bell rings no more for it.
    """
    calls = bells.about([shown.id])
    if any(call.seen_at is None for call in calls):
        bell_actions.answer(shown.id, by=request.actor)
    entries = journal.history([shown.id, shown.order_id, *(call.id for call in calls)])
    contact = shown.order
    late = prepare_late(shown)
    context = {
        "order": shown,
        "lines": [Line(line) for line in shown.lines.all()],
        "state": STATES[shown.state],
        "late": late,
        "phone": contact.phone,
        "phone_words": show_phone(contact.phone),
        "no_shows": contact.customer.no_shows,
        "can": {step.name: shown.state in allowed for step, (allowed, _result) in STEPS.items()},
        "at_the_counter": at_the_counter,
        "history": list(reversed(words.tell(entries))),
        "is_open": shown.state in OPEN_STATES,
    }
    return page(request, "order", "orders", context)


@dataclass(frozen=True, slots=True)
class Line:
    """A line as the order's page shows it."""

    line: OrderLine

    @property
    def if_missing(self) -> str:
        """What the customer wants when it is not there."""
        return str(words.IF_MISSING[self.line.if_missing])

    @property
    def state(self) -> str:
        """What the shop made of it."""
        return str(words.LINES.get(self.line.state, ""))

    @property
    def quantity(self) -> str:
        """How much, with its unit."""
        return formats.quantity(self.line.quantity, self.line.unit)

    @property
    def ordered(self) -> str:
        """How much was asked for, where that is another quantity."""
        asked = self.line.ordered
        return formats.quantity(asked, self.line.unit) if asked != self.line.quantity else ""


Act = Callable[[ShopOrder, Actor], None]


def hand_over(order: ShopOrder, by: Actor) -> None:
    """To the customer; an order that was only accepted is prepared in the same breath."""
    with transaction.atomic():
        if order.state == State.ACCEPTED:
            prepare.ready(order, by=by)
        prepare.hand_over(order, by=by)


def take_step(request: ShopRequest, shown: ShopOrder, step: Step, act: Act, said: str) -> HttpResponse:
    """Take a step and say so; pressed twice it is taken once, and come too late it says what has happened.

    From the page « Aujourd'hui » one comes back there.
    """
    here = request.POST.get("back") == "today"
    where = ("backoffice:today",) if here else ("backoffice:order", shown.id)
    try:
        act(shown, request.actor)
    except Refused as refused:
        if refused.code == "orders.not_now":
            if refused.details.get("state") == STEPS[step][1]:
                return done(request, said, *where)
            return not_done(request, happened(shown), "backoffice:order", shown.id)
        return not_done(request, say(refused), "backoffice:order", shown.id)
    return done(request, said, *where)


def happened(order: ShopOrder) -> str:
    """What has become of an order meanwhile, from its history."""
    entry = next(reversed(journal.history([order.id])), None)
    if entry is None:
        return _("Cette commande n'est plus dans cet état.")
    told = words.tell([entry])[0]
    details = {"what": told.what, "who": told.who, "when": formats.moment(told.when)}
    return _("Entre-temps : %(what)s (%(who)s, %(when)s).") % details


@shop_step(Right.ORDERS)
def accept(request: ShopRequest, order_id: uuid.UUID) -> HttpResponse:
    """The shop says yes."""
    shown = own(request, order_id)
    said = _("Commande %(code)s acceptée.") % {"code": shown.code}
    return take_step(request, shown, Step.ACCEPT, lambda o, by: prepare.accept(o, by=by), said)


@shop_step(Right.ORDERS)
def agreed(request: ShopRequest, order_id: uuid.UUID) -> HttpResponse:
    """The customer said yes to the changes by telephone, or at the counter."""
    shown = own(request, order_id)
    said = _("C'est noté : le client est d'accord pour la commande %(code)s.") % {"code": shown.code}
    return take_step(request, shown, Step.AGREE, lambda o, by: settle.agree(o, by=by), said)


@shop_step(Right.ORDERS)
def ready(request: ShopRequest, order_id: uuid.UUID) -> HttpResponse:
    """Everything is packed."""
    shown = own(request, order_id)
    said = _("Commande %(code)s prête. Le client est prévenu.") % {"code": shown.code}
    return take_step(request, shown, Step.READY, lambda o, by: prepare.ready(o, by=by), said)


@shop_step(Right.ORDERS)
def handed_over(request: ShopRequest, order_id: uuid.UUID) -> HttpResponse:
    """The customer has it."""
    shown = own(request, order_id)
    said = _("Commande %(code)s remise.") % {"code": shown.code}
    return take_step(request, shown, Step.HAND_OVER, hand_over, said)


@shop_step(Right.ORDERS)
def cancel(request: ShopRequest, order_id: uuid.UUID) -> HttpResponse:
    """The shop cannot serve it: it says why."""
    shown = own(request, order_id)
    reason = plain(request.POST.get("reason", ""))[:300]
    if not reason:
        said = _("Dites pourquoi vous annulez : le client lira ce mot.")
        return not_done(request, said, "backoffice:order", shown.id)
    said = _("Commande %(code)s annulée. Le client est prévenu.") % {"code": shown.code}
    return take_step(request, shown, Step.CANCEL, lambda o, by: prepare.cancel(o, by=by, reason=reason), said)


@shop_page(Right.ORDERS, methods=("GET", "HEAD"))
def hand_over_by_code(request: ShopRequest, code: str = "") -> HttpResponse:
    """The code a customer says or shows; a QR opens this address with the code in it."""
    typed = plain(code or request.GET.get("code", ""))[:40]
    found = reads.by_code(request.shop, typed) if typed else None
    if found:
        return order_page(request, found, at_the_counter=True)
    return page(request, "hand_over", "orders", {"typed": typed, "unknown": bool(typed)})
