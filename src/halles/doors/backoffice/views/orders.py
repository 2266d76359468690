# SPDX-License-Identifier: AGPL-3.0-or-later
"""The shop's orders: the live list, one order, and the steps it takes."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from halles.domain.bells import actions as bell_actions
from halles.domain.bells import reads as bells
from halles.domain.journal import reads as journal
from halles.domain.orders import day, picking, reads
from halles.domain.orders.actions import answers, later, prepare, prices
from halles.domain.orders.actions.weigh import CAN_BE_WEIGHED
from halles.domain.orders.models import OrderLine, ShopOrder
from halles.domain.orders.rules import OPEN_STATES, STEPS, TO_ACCEPT, State, Step
from halles.domain.shops.reads import Right
from halles.domain.shops.rules import Window
from halles.doors.backoffice import paging, words
from halles.doors.backoffice.access import (
    ShopRequest,
    done,
    is_ahead,
    kept,
    not_done,
    page,
    see_other,
    shop_page,
    shop_step,
)
from halles.doors.backoffice.forms.fields import MoneyInput, plain
from halles.doors.backoffice.order_cards import card, is_late
from halles.doors.backoffice.texts import texts
from halles.doors.ui import amounts, formats
from halles.doors.ui.refusals import STATES, say
from halles.kernel.actor import Actor
from halles.kernel.contact import show_phone
from halles.kernel.errors import Refused

A_PAGE = 15
LATE = "en-retard"
FILTERS: dict[str, frozenset[State]] = {
    "a-accepter": TO_ACCEPT,
    "a-preparer": frozenset({State.ACCEPTED}),
    "en-attente": frozenset({State.TO_AGREE}),
    "pretes": frozenset({State.READY}),
}
ENDED = "terminees"


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
        found = reads.soonest_first(reads.listed(request.shop).filter(state__in=FILTERS[chosen]))
    elif chosen == ENDED:
        found = reads.ended_of_shop(request.shop)
    elif chosen == LATE:
        found = reads.open_of_shop(request.shop).filter(day.late())
    else:
        chosen, found = "", reads.open_of_shop(request.shop)
    turn = paging.chapter if chosen == ENDED else paging.shown
    shown = turn(request, found, A_PAGE)
    context = {
        "shown": shown,
        "cards": [card(order) for order in shown],
        "chosen": chosen,
        "filters": _filters(request),
    }
    return kept(request, page(request, "orders", "orders", context))


def _filters(request: ShopRequest) -> list[tuple[str, str, int]]:
    there = day.counts(request.shop)
    to_prepare = there.to_prepare + there.visits + there.tomorrow + there.after
    return [
        ("", _("Tout ce qui reste à faire"), there.now + there.tomorrow + there.after),
        ("a-accepter", _("À accepter"), there.to_accept),
        (LATE, _("En retard"), there.late),
        ("a-preparer", _("À préparer"), to_prepare),
        ("en-attente", _("Attendent un accord"), there.to_agree),
        ("pretes", _("Prêtes"), there.to_hand_over),
        (ENDED, _("Terminées"), 0),
    ]


@shop_page(Right.ORDERS, methods=("GET", "HEAD"))
def order(request: ShopRequest, order_id: uuid.UUID) -> HttpResponse:
    """One order: for whom, what, until when, and the one act it asks for."""
    return order_page(request, own(request, order_id), just_noted="notee" in request.GET)


def order_page(
    request: ShopRequest, shown: ShopOrder, *, at_the_counter: bool = False, just_noted: bool = False
) -> HttpResponse:
    """The page of an order; `at_the_counter` when its code was just shown: to hand over is the act then.

    `just_noted` when the customer waits on the telephone to be told the code. Whoever looks at it has seen it: the bell
    rings no more for it. A device that fetches it beforehand has not.
    """
    calls = bells.about([shown.id])
    if not is_ahead(request) and any(call.seen_at is None for call in calls):
        bell_actions.answer(shown.id, by=request.actor)
    entries = journal.history([shown.id, shown.order_id, *(call.id for call in calls)])
    contact = shown.order
    late = is_late(shown)
    context = {
        "order": shown,
        "lines": [Line(line) for line in shown.lines.all()],
        "state": STATES[shown.state],
        "late": late,
        "all_picked": picking.is_complete(shown),
        "phone": contact.phone,
        "phone_words": show_phone(contact.phone),
        "no_shows": contact.customer.no_shows,
        "can": {step.name: shown.state in allowed for step, (allowed, _result) in STEPS.items()},
        "is_expected": shown.is_visit and shown.state == State.ACCEPTED,
        "at_the_counter": at_the_counter,
        "just_noted": just_noted and shown.state == State.ACCEPTED,
        "texts": texts(shown),
        "history": list(reversed(words.tell(entries))),
        "is_open": shown.state in OPEN_STATES,
        "other_days": _other_days(request, shown),
        "to_call": shown.state == State.TO_AGREE and not shown.answer_before,
        "to_weigh": bool(prepare.unweighed(shown.lines.all())) and shown.state == State.ACCEPTED,
        "weighed_far": [line for line in shown.lines.all() if line.is_far],
        "can_weigh_again": shown.was_weighed and shown.state in CAN_BE_WEIGHED,
    }
    return kept(request, page(request, "order", "orders", context))


def _other_days(request: ShopRequest, shown: ShopOrder) -> list[Window]:
    """The days that one may propose instead of the order's own."""
    can_move = shown.state in STEPS[Step.POSTPONE][0]
    return reads.next_times(request.shop, [shown])[shown.id] if can_move else []


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
        return amounts.of_line(self.line)

    @property
    def is_picked(self) -> bool:
        """Whether all of it was taken from the shelf."""
        return bool(self.line.quantity) and self.line.picked >= self.line.quantity

    @property
    def ordered(self) -> str:
        """How much was asked for, where that is another quantity."""
        return amounts.asked(self.line) if self.line.ordered != self.line.quantity else ""


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
        if refused.code == "orders.not_weighed":  # to the scale first, and back from there
            return see_other(reverse("backoffice:weigh", args=[shown.id]) + ("?back=today" if here else ""))
        if refused.code == "orders.not_now":
            if is_taken(step, refused.details.get("state")):
                return done(request, said, *where)
            return not_done(request, happened(shown), "backoffice:order", shown.id)
        return not_done(request, say(refused), "backoffice:order", shown.id)
    return done(request, said, *where)


def is_taken(step: Step, state: object) -> bool:
    """Whether an order stands where the step leads: to agree to what was weighed already is to be ready."""
    return state == STEPS[step][1] or (step, state) == (Step.AGREE, State.READY)


def read_total(typed: str) -> Decimal | None:
    """The total that stood above the button, as the page sends it back; None for nonsense."""
    try:
        total = Decimal(typed[:20])
    except ArithmeticError:
        return None
    return total if total.is_finite() else None


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
    seen = read_total(request.POST.get("seen", ""))
    return take_step(request, shown, Step.AGREE, lambda o, by: answers.agree(o, by=by, seen=seen), said)


@shop_step(Right.ORDERS)
def ready(request: ShopRequest, order_id: uuid.UUID) -> HttpResponse:
    """Everything is packed."""
    shown = own(request, order_id)
    told = _("Commande %(code)s prête. Le client est prévenu.")
    if shown.is_at_depot:
        told = _("Commande %(code)s prête. Le client est prévenu quand elle est au dépôt.")
    untold = _("Commande %(code)s prête. Prévenez le client : il n'a pas laissé d'adresse.")
    said = (told if shown.order.email else untold) % {"code": shown.code}
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
    told = _("Commande %(code)s annulée. Le client est prévenu.")
    untold = _("Commande %(code)s annulée. Prévenez le client : il n'a pas laissé d'adresse.")
    said = (told if shown.order.email else untold) % {"code": shown.code}
    return take_step(request, shown, Step.CANCEL, lambda o, by: prepare.cancel(o, by=by, reason=reason), said)


@shop_step(Right.ORDERS)
def postpone(request: ShopRequest, order_id: uuid.UUID) -> HttpResponse:
    """Another day is proposed to the customer."""
    shown = own(request, order_id)
    window = _proposed(shown, _other_days(request, shown), request.POST.get("day", ""))
    if window is None:
        return not_done(request, _("Choisissez un autre jour d'ouverture."), "backoffice:order", shown.id)
    said = _("C'est noté. Le client est prévenu et dira oui ou non.")
    return take_step(request, shown, Step.POSTPONE, lambda o, by: later.postpone(o, window, by=by), said)


def _proposed(shown: ShopOrder, others: list[Window], typed: str) -> Window | None:
    """The day that was chosen; the one that stands, when the press is repeated."""
    stands = [Window(shown.collect_from, shown.collect_until)] if shown.former_from else []
    days = {formats.local_date(window.start).isoformat(): window for window in stands + others}
    return days.get(typed)


@shop_step(Right.ORDERS)
def say_price(request: ShopRequest, order_id: uuid.UUID, line_id: uuid.UUID) -> HttpResponse:
    """What a line costs that was noted without a price."""
    shown = own(request, order_id)
    try:
        price = MoneyInput.number(request.POST.get("price", "")[:24])
        prices.say(shown, line_id, price, by=request.actor)
    except ValidationError as wrong:
        return not_done(request, " ".join(wrong.messages), "backoffice:order", shown.id)
    except Refused as refused:
        return not_done(request, say(refused), "backoffice:order", shown.id)
    return done(
        request, _("C'est noté : %(price)s.") % {"price": formats.money(price)}, "backoffice:order", shown.id
    )


@shop_page(Right.ORDERS, methods=("GET", "HEAD"))
def hand_over_by_code(request: ShopRequest, code: str = "") -> HttpResponse:
    """The code a customer says or shows; a QR opens this address with the code in it."""
    typed = plain(code or request.GET.get("code", ""))[:40]
    found = reads.by_code(request.shop, typed) if typed else None
    if found:
        return order_page(request, found, at_the_counter=True)
    return page(request, "hand_over", "orders", {"typed": typed, "unknown": bool(typed)})
