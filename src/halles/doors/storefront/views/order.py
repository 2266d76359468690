# SPDX-License-Identifier: AGPL-3.0-or-later
"""The order's link: where it stands, its code, and what its holder may still do. The secret in the address is the key."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from halles.domain.bells import reads as bells
from halles.domain.bells.models import Call
from halles.domain.bells.rules import Kind, Unseen, unseen
from halles.domain.depots import reads as depots
from halles.domain.depots.rules import Standing
from halles.domain.fulfilment import reads as fulfilment
from halles.domain.journal.reads import history
from halles.domain.orders import reads as orders
from halles.domain.orders import redo, visits
from halles.domain.orders.actions import again as refill
from halles.domain.orders.actions import answers, arrive, prepare, settle
from halles.domain.orders.actions.baskets import check_portions
from halles.domain.orders.models import Order, OrderLine, ShopOrder
from halles.domain.orders.rules import (
    AGREED,
    ARRIVES_BEFORE,
    CUSTOMER_MAY_CHANGE,
    MAY_ARRIVE,
    OPEN_STATES,
    TO_ACCEPT,
    LineState,
    State,
    order_total,
)
from halles.domain.rounds import reads as rounds
from halles.domain.rounds.models import Stop
from halles.domain.shops import reads as shops
from halles.domain.shops.rules import Window
from halles.doors.storefront import appointments, common, quantities, ways, words
from halles.doors.storefront.forms import read_uuid
from halles.doors.ui import formats, order_links
from halles.doors.ui.public import personal_page, public_form
from halles.doors.ui.refusals import say
from halles.doors.ui.words import left
from halles.kernel.errors import Refused

OrderView = Callable[..., HttpResponse]
CHANGEABLE = CUSTOMER_MAY_CHANGE - {State.TO_AGREE}


def of_holder(*methods: str) -> Callable[[OrderView], OrderView]:
    """A page for whoever holds the link; an unknown secret leads nowhere."""

    def decorate(view: OrderView) -> OrderView:
        @personal_page
        @public_form
        @require_http_methods(list(methods))
        @wraps(view)
        def found(request: HttpRequest, secret: str, *args: str, **kwargs: str) -> HttpResponse:
            mine = orders.order_by_secret(secret) if common.SECRET.fullmatch(secret) else None
            if mine is None:
                raise Http404
            return view(request, mine, *args, **kwargs)

        return found

    return decorate


@of_holder("GET", "HEAD")
def order(request: HttpRequest, mine: Order) -> HttpResponse:
    """Where it stands, shop by shop."""
    return _show(request, mine)


@of_holder("GET", "HEAD", "POST")
def confirm(request: HttpRequest, mine: Order, token: str) -> HttpResponse:
    """The link of the letter: a page with one button, since letters are opened by machines too."""
    if not order_links.confirms(mine, token):
        raise Http404
    waiting = any(part.state == State.UNCONFIRMED for part in mine.shop_orders.all())
    if request.method == "POST" or not waiting:
        if waiting:
            prepare.confirm(mine, by=common.customer(mine))
        return back(mine)
    return common.page(request, "storefront/confirm.html", {"order": mine}, market=mine.market)


@of_holder("POST")
def agree(request: HttpRequest, mine: Order) -> HttpResponse:
    """Yes to what the shop proposes."""
    seen = _read_total(request.POST.get("vu", ""))
    return _act(request, mine, lambda part: answers.agree(part, by=common.customer(mine), seen=seen))


@of_holder("POST")
def decline(request: HttpRequest, mine: Order) -> HttpResponse:
    """No to one of the goods that the shop proposes; the rest stands."""
    line_id = read_uuid(request.POST.get("line", ""))
    if line_id is None:
        raise Http404
    return _act(request, mine, lambda part: answers.decline(part, line_id, by=common.customer(mine)))


@of_holder("GET", "HEAD", "POST")
def cancel(request: HttpRequest, mine: Order) -> HttpResponse:
    """Asked once more before it is done."""
    if request.method == "POST":
        return _act(request, mine, lambda part: prepare.cancel(part, by=common.customer(mine)))
    part = part_of(mine, request.GET.get("chez", ""))
    if part.state not in CUSTOMER_MAY_CHANGE:
        return back(mine)
    return common.page(request, "storefront/cancel.html", {"order": mine, "part": part}, market=mine.market)


@of_holder("POST")
def here(request: HttpRequest, mine: Order) -> HttpResponse:
    """« Je suis là » : the shop comes out."""
    where = request.POST.get("place", "")
    return _act(request, mine, lambda part: arrive.arrive(part, where, by=common.customer(mine)))


@of_holder("GET", "HEAD", "POST")
def change(request: HttpRequest, mine: Order) -> HttpResponse:
    """Other quantities, as long as nothing is prepared."""
    part = part_of(mine, request.POST.get("part", "") or request.GET.get("chez", ""))
    if part.state not in CHANGEABLE:
        return back(mine)
    if request.method != "POST":
        return _show_change(request, mine, part, {}, {})
    wanted, portions, errors = _read(part, request.POST)
    if not errors:
        try:
            settle.change(part, wanted, portions=portions, by=common.customer(mine))
            return back(mine)
        except Refused as refused:
            errors = _at_lines(part, refused)
    return _show_change(request, mine, part, errors, request.POST)


@of_holder("POST")
def again(request: HttpRequest, mine: Order) -> HttpResponse:
    """Into the basket once more, as far as it can be had; the basket says what could not."""
    try:
        basket = refill.fill(mine, common.basket_of(request))
    except Refused as refused:
        return _show(request, mine, said=say(refused))
    address = f"{reverse('storefront:basket')}?refait={mine.secret}"
    response = HttpResponse(status=303, headers={"Location": address})
    return response if basket._state.adding else common.remember(response, basket)


def _act(request: HttpRequest, mine: Order, step: Callable[[ShopOrder], None]) -> HttpResponse:
    """A step taken by one press; when it came too late the page says where things stand."""
    try:
        step(part_of(mine, request.POST.get("part", "")))
    except Refused as refused:
        fresh = orders.order_by_secret(mine.secret)
        assert fresh is not None
        return _show(request, fresh, said=say(refused))
    return back(mine)


def _read_total(typed: str) -> Decimal | None:
    """The total that stood above the button, as the page sends it back; None for nonsense."""
    try:
        total = Decimal(typed[:20])
    except ArithmeticError:
        return None
    return total if total.is_finite() else None


def part_of(mine: Order, typed: str) -> ShopOrder:
    """The part of this order that is meant; another order's is none of ours."""
    part_id = read_uuid(typed)
    for part in mine.shop_orders.all():
        if part.id == part_id:
            return part
    raise Http404


def back(mine: Order) -> HttpResponse:
    """To the order's page."""
    return HttpResponse(status=303, headers={"Location": reverse("storefront:order", args=[mine.secret])})


def _show(request: HttpRequest, mine: Order, *, said: str = "") -> HttpResponse:
    parts = list(mine.shop_orders.all())
    calls = bells.about(part.id for part in parts)
    entries = history([mine.id, *(part.id for part in parts), *(call.id for call in calls)])
    nobody_looked, there = _unseen(parts, calls), depots.standings(parts)
    drives = _drives(parts, calls)
    stops = rounds.told_of(part.id for part in parts if part.is_brought)
    context = {
        "order": mine,
        "parts": [
            _described(part, there.get(part.id))
            | {"unseen": nobody_looked.get(part.id), "drive": drives.get(part.id)}
            | _on_the_road(part, stops.get(part.id))
            for part in parts
        ],
        "history": words.history(entries, parts, calls),
        "total": sum((part.total for part in parts if part.state in OPEN_STATES), Decimal(0)),
        "is_estimate": any(part.is_estimate for part in parts),
        "several": len(parts) > 1,
        "elsewhere": any(part.is_brought or part.is_at_depot for part in parts),
        "unconfirmed": next((part for part in parts if part.state == State.UNCONFIRMED), None),
        "can_redo": any(line.variant_id for line in redo.asked_for(mine)),
        "said": said,
    }
    return common.page(request, "storefront/order.html", context, market=mine.market)


def _unseen(parts: Sequence[ShopOrder], calls: Sequence[Call]) -> dict[uuid.UUID, Unseen | None]:
    """The parts that no shop has looked at, with what one may say about it. Two queries when there are any."""
    since = {call.subject: call.made_at for call in calls if call.kind == Kind.ORDERS and not call.seen_at}
    waiting = [part for part in parts if part.id in since and part.state in TO_ACCEPT]
    hours = shops.opening_hours_of(part.shop for part in waiting) if waiting else {}
    now = timezone.now()
    told = {part.id: unseen(hours[part.shop_id], since[part.id], now) for part in waiting}
    return {part.id: told[part.id] for part in waiting if not _ends_before(part, told[part.id])}


def _ends_before(part: ShopOrder, told: Unseen | None) -> bool:
    """Whether what is not confirmed goes back on the shelf before the shop opens: it will not see it then."""
    opens = told.opens if told else None
    return bool(
        part.confirm_before and opens and part.state == State.UNCONFIRMED and part.confirm_before < opens
    )


def _drives(parts: Sequence[ShopOrder], calls: Sequence[Call]) -> dict[uuid.UUID, dict[str, Any]]:
    """The parts that the shop brings out: where one stops, whether one may say that one is there. One query if any."""
    waiting = [part for part in parts if part.state in MAY_ARRIVE]
    stops = fulfilment.curbsides(part.place_id for part in waiting) if waiting else {}
    seen = {call.subject for call in calls if call.kind == Kind.ARRIVALS and call.seen_at}
    return {
        part.id: {
            "where": stops[part.place_id],
            "may_arrive": timezone.now() >= part.collect_from - ARRIVES_BEFORE,
            "is_there": part.waits_outside,
            "is_seen": part.waits_outside and part.id in seen,
        }
        for part in waiting
        if part.place_id in stops
    }


def _described(part: ShopOrder, standing: Standing | None) -> dict[str, Any]:
    lines = list(part.lines.all())
    steps, reached = words.stairs(part, standing)
    return {
        "part": part,
        "steps": steps,
        "reached": reached,
        "standing": standing,
        "when": formats.moment(part.collect_from)
        if part.is_visit
        else ways.coming(Window(part.collect_from, part.collect_until), brought=part.is_brought),
        "lines": [(line, _visit(part, line)) for line in lines],
        "asked_total": order_total(
            (line.unit_price, line.ordered) for line in lines if line.replaces_id is None
        ),
        "proposals": [_proposal(line, lines) for line in lines if line.asked],
        "former": part.former_from,
        "far": [line for line in lines if line.is_far],
        "hand_over": order_links.hand_over(part),
        "is_open": part.state in OPEN_STATES,
        "can_cancel": part.state in CUSTOMER_MAY_CHANGE and visits.may_cancel(part),
        "can_change": part.state in CHANGEABLE and not part.is_visit,
        "can_move": part.state in CHANGEABLE and not part.is_visit and part.collect_from > timezone.now(),
    }


def _visit(part: ShopOrder, line: OrderLine) -> dict[str, Any]:
    """When somebody comes for a line, and until when he may come at another time; nothing of goods."""
    if not (line.starts_at and line.change_before and line.quantity):
        return {}
    can_move = part.state in CHANGEABLE and not visits.is_too_late(part, line)
    return {
        "when": formats.moment(line.starts_at),
        "rule": appointments.rule(line.change_before),
        "can_move": can_move,
    }


def _on_the_road(part: ShopOrder, stop: Stop | None) -> dict[str, Any]:
    """When about it comes, narrower than what was promised, or that somebody came in vain; nothing once it was moved."""
    if stop is None or part.state not in AGREED:
        return {}
    if stop.outcome == Stop.Outcome.ABSENT and stop.promised_from == part.collect_from:
        return {"came_at": stop.was_at}
    is_its = stop.told_from and stop.told_until and part.collect_from <= stop.told_until
    if stop.outcome or not is_its or formats.local_date(part.collect_from) != stop.round.day:
        return {}
    assert stop.told_from is not None
    assert stop.told_until is not None
    return {"when": ways.on_the_road(Window(stop.told_from, stop.told_until)), "is_coming": True}


def _proposal(line: OrderLine, lines: Sequence[OrderLine]) -> dict[str, Any]:
    """What the shop proposes for a line: what was wanted, what there is now, and what silence will mean."""
    wanted = next((other for other in lines if other.id == line.replaces_id), line)
    return {
        "line": line,
        "wanted": wanted,
        "photo": next(iter(line.variant.product.photos), None) if line.variant and line.quantity else None,
        "silence": words.SILENCE.get(line.if_missing, "") if line.quantity else "",
    }


def _show_change(
    request: HttpRequest, mine: Order, part: ShopOrder, errors: Mapping[str, str], typed: Mapping[str, str]
) -> HttpResponse:
    by_weight = request.GET.get("poids") or request.POST.get("poids", "")
    rows = [
        {
            "line": line,
            **_asking(line, by_weight=str(line.id) == by_weight, typed=typed),
            "error": errors.get(str(line.id), ""),
        }
        for line in _changeable(part)
    ]
    context = {
        "order": mine,
        "part": part,
        "rows": rows,
        "by_weight": by_weight[:40],
        "said": errors.get("", ""),
    }
    return common.page(request, "storefront/change.html", context, market=mine.market)


def _asking(line: OrderLine, *, by_weight: bool, typed: Mapping[str, str]) -> dict[str, Any]:
    """In what one asks for a line: as it was asked for, unless it is to be by weight."""
    in_portions = bool(line.portions) and line.quantity == line.ordered and not by_weight
    field = f"{'parts' if in_portions else 'quantite'}-{line.id}"
    shown = line.portions if in_portions else quantities.in_steps(line.quantity, line.unit)
    return {
        "field": field,
        "in_portions": in_portions,
        "asking": quantities.PORTIONS if in_portions else quantities.asking(line.unit),
        "quantity": typed.get(field, str(shown))[:20],
    }


def _changeable(part: ShopOrder) -> list[OrderLine]:
    return [
        line
        for line in part.lines.all()
        if line.state != LineState.REPLACED and not (line.is_appointment and line.quantity)
    ]


Asked = dict[uuid.UUID, Decimal]


def _read(part: ShopOrder, posted: Mapping[str, str]) -> tuple[Asked, Asked, dict[str, str]]:
    """Quantities and numbers of portions that are asked for, and what cannot be read, by line."""
    wanted: Asked = {}
    portions: Asked = {}
    errors: dict[str, str] = {}
    for line in _changeable(part):
        in_portions, by_weight = posted.get(f"parts-{line.id}"), posted.get(f"quantite-{line.id}")
        try:
            if in_portions is not None and line.portions:
                portions[line.id] = quantities.read_portions(in_portions)
                if portions[line.id]:
                    check_portions(portions[line.id], line.ordered / line.portions)
            elif by_weight is not None and by_weight != str(quantities.in_steps(line.quantity, line.unit)):
                wanted[line.id] = quantities.read(by_weight, line.unit)
        except Refused as refused:
            errors[str(line.id)] = say(refused)
    return wanted, portions, errors


def _at_lines(part: ShopOrder, refused: Refused) -> dict[str, str]:
    """What was refused, said at the lines it concerns."""
    short: Mapping[str, str] = refused.details.get("left", {}) if refused.code == "stock.not_enough" else {}
    units = {str(line.id): line.unit for line in part.lines.all()}
    told = {line_id: left(Decimal(number), units[line_id]) + "." for line_id, number in short.items()}
    return told or {"": say(refused) or _("Ce n'est plus possible.")}
