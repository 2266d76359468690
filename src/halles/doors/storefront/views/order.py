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
from halles.domain.journal.reads import history
from halles.domain.orders import reads as orders
from halles.domain.orders.actions import prepare, settle
from halles.domain.orders.models import Order, OrderLine, ShopOrder
from halles.domain.orders.rules import (
    CUSTOMER_MAY_CHANGE,
    OPEN_STATES,
    TO_ACCEPT,
    LineState,
    State,
    order_total,
)
from halles.domain.shops import reads as shops
from halles.domain.shops.rules import Window
from halles.doors.storefront import common, quantities, words
from halles.doors.storefront.forms import read_uuid
from halles.doors.ui import order_links
from halles.doors.ui.public import personal_page, public_form
from halles.doors.ui.refusals import say
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
        return _back(mine)
    return common.page(request, "storefront/confirm.html", {"order": mine}, market=mine.market)


@of_holder("POST")
def agree(request: HttpRequest, mine: Order) -> HttpResponse:
    """Yes to what the shop proposes."""
    return _act(request, mine, lambda part: settle.agree(part, by=common.customer(mine)))


@of_holder("GET", "HEAD", "POST")
def cancel(request: HttpRequest, mine: Order) -> HttpResponse:
    """Asked once more before it is done."""
    if request.method == "POST":
        return _act(request, mine, lambda part: prepare.cancel(part, by=common.customer(mine)))
    part = _part(mine, request.GET.get("chez", ""))
    if part.state not in CUSTOMER_MAY_CHANGE:
        return _back(mine)
    return common.page(request, "storefront/cancel.html", {"order": mine, "part": part}, market=mine.market)


@of_holder("GET", "HEAD", "POST")
def change(request: HttpRequest, mine: Order) -> HttpResponse:
    """Other quantities, as long as nothing is prepared."""
    part = _part(mine, request.POST.get("part", "") or request.GET.get("chez", ""))
    if part.state not in CHANGEABLE:
        return _back(mine)
    if request.method != "POST":
        return _show_change(request, mine, part, {}, {})
    wanted, errors = _read(part, request.POST)
    if not errors:
        try:
            settle.change(part, wanted, by=common.customer(mine))
            return _back(mine)
        except Refused as refused:
            errors = _at_lines(part, refused)
    return _show_change(request, mine, part, errors, request.POST)


def _act(request: HttpRequest, mine: Order, step: Callable[[ShopOrder], None]) -> HttpResponse:
    """A step taken by one press; when it came too late the page says where things stand."""
    try:
        step(_part(mine, request.POST.get("part", "")))
    except Refused as refused:
        fresh = orders.order_by_secret(mine.secret)
        assert fresh is not None
        return _show(request, fresh, said=say(refused))
    return _back(mine)


def _part(mine: Order, typed: str) -> ShopOrder:
    """The part of this order that is meant; another order's is none of ours."""
    part_id = read_uuid(typed)
    for part in mine.shop_orders.all():
        if part.id == part_id:
            return part
    raise Http404


def _back(mine: Order) -> HttpResponse:
    return HttpResponse(status=303, headers={"Location": reverse("storefront:order", args=[mine.secret])})


def _show(request: HttpRequest, mine: Order, *, said: str = "") -> HttpResponse:
    parts = list(mine.shop_orders.all())
    calls = bells.about(part.id for part in parts)
    entries = history([mine.id, *(part.id for part in parts), *(call.id for call in calls)])
    nobody_looked = _unseen(parts, calls)
    context = {
        "order": mine,
        "parts": [_described(part) | {"unseen": nobody_looked.get(part.id)} for part in parts],
        "history": words.history(entries, parts, calls),
        "total": sum((part.total for part in parts if part.state in OPEN_STATES), Decimal(0)),
        "several": len(parts) > 1,
        "unconfirmed": next((part for part in parts if part.state == State.UNCONFIRMED), None),
        "said": said,
    }
    return common.page(request, "storefront/order.html", context, market=mine.market)


def _unseen(parts: Sequence[ShopOrder], calls: Sequence[Call]) -> dict[uuid.UUID, Unseen | None]:
    """The parts that no shop has looked at, with what one may say about it. Two queries when there are any."""
    since = {call.subject: call.made_at for call in calls if call.kind == Kind.ORDERS and not call.seen_at}
    waiting = [part for part in parts if part.id in since and part.state in TO_ACCEPT]
    hours = shops.opening_hours_of(part.shop for part in waiting) if waiting else {}
    now = timezone.now()
    return {part.id: unseen(hours[part.shop_id], since[part.id], now) for part in waiting}


def _described(part: ShopOrder) -> dict[str, Any]:
    lines = list(part.lines.all())
    return {
        "part": part,
        "steps": words.STEPS if part.state in words.REACHED else (),
        "reached": words.REACHED.get(State(part.state), 0),
        "when": words.coming(Window(part.collect_from, part.collect_until)),
        "lines": lines,
        "asked_total": order_total(
            (line.unit_price, line.ordered) for line in lines if line.replaces_id is None
        ),
        "changes": [line for line in lines if line.state != LineState.KEPT],
        "hand_over": order_links.hand_over(part),
        "is_open": part.state in OPEN_STATES,
        "can_cancel": part.state in CUSTOMER_MAY_CHANGE,
        "can_change": part.state in CHANGEABLE,
    }


def _show_change(
    request: HttpRequest, mine: Order, part: ShopOrder, errors: Mapping[str, str], typed: Mapping[str, str]
) -> HttpResponse:
    rows = [
        {
            "line": line,
            "asking": quantities.asking(line.unit),
            "quantity": typed.get(f"quantite-{line.id}", str(quantities.shown(line.quantity, line.unit)))[
                :20
            ],
            "error": errors.get(str(line.id), ""),
        }
        for line in _changeable(part)
    ]
    context = {"order": mine, "part": part, "rows": rows, "said": errors.get("", "")}
    return common.page(request, "storefront/change.html", context, market=mine.market)


def _changeable(part: ShopOrder) -> list[OrderLine]:
    return [line for line in part.lines.all() if line.state != LineState.REPLACED]


def _read(part: ShopOrder, posted: Mapping[str, str]) -> tuple[dict[Any, Decimal], dict[str, str]]:
    wanted: dict[Any, Decimal] = {}
    errors: dict[str, str] = {}
    for line in _changeable(part):
        typed = posted.get(f"quantite-{line.id}")
        if typed is None:
            continue
        try:
            wanted[line.id] = quantities.read(typed, line.unit)
        except Refused as refused:
            errors[str(line.id)] = say(refused)
    return wanted, errors


def _at_lines(part: ShopOrder, refused: Refused) -> dict[str, str]:
    """What was refused, said at the lines it concerns."""
    short: Mapping[str, str] = refused.details.get("left", {}) if refused.code == "stock.not_enough" else {}
    units = {str(line.id): line.unit for line in part.lines.all()}
    told = {line_id: words.left(Decimal(number), units[line_id]) + "." for line_id, number in short.items()}
    return told or {"": say(refused) or _("Ce n'est plus possible.")}
