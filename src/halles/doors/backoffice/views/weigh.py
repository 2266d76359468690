# SPDX-License-Identifier: AGPL-3.0-or-later
"""The scale: what each line really weighs, before the customer is told that it is ready; again when it was mistyped."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _

from halles.domain.orders.actions import prepare
from halles.domain.orders.actions.weigh import CAN_BE_WEIGHED, as_seen, meant, on_the_scale, weigh
from halles.domain.orders.models import OrderLine, ShopOrder
from halles.domain.orders.rules import State
from halles.domain.shops.reads import Right
from halles.doors.backoffice.access import ShopRequest, done, not_done, page, shop_page
from halles.doors.backoffice.forms.fields import WeightInput, plain
from halles.doors.backoffice.views.orders import happened, own
from halles.doors.ui import amounts, formats
from halles.doors.ui.refusals import say
from halles.kernel.errors import Refused


@dataclass
class Weighing:
    """One line on the scale, with what was typed for it."""

    line: OrderLine
    typed: str = ""
    weight: Decimal | None = None
    error: str = ""
    doubtful: bool = False

    @property
    def asked(self) -> str:
        """What was asked for, in the customer's words."""
        return amounts.asked(self.line)

    @property
    def confirms(self) -> str:
        """The weight that a second press confirms; "" where nobody doubts it."""
        return str(self.weight) if self.doubtful else ""


@shop_page(Right.ORDERS)
def weighing(request: ShopRequest, order_id: uuid.UUID) -> HttpResponse:
    """The form; a post makes the order ready, or asks its customer when a weight is far from what was meant."""
    shown = own(request, order_id)
    lines = [Weighing(line, _as_typed(line)) for line in on_the_scale(shown, shown.lines.all())]
    if not lines or shown.state not in CAN_BE_WEIGHED:
        if _is_repeated(request, shown):
            return done(request, _said(shown), "backoffice:order", shown.id)
        return not_done(request, happened(shown), "backoffice:order", shown.id)
    if request.method != "POST":
        return _show(request, shown, lines)
    for line in lines:
        _read(line, request.POST.get(f"weight-{line.line.id}", ""))
    if any(line.error for line in lines):
        return _show(request, shown, lines)
    return _weighed(request, shown, lines)


def _as_typed(line: OrderLine) -> str:
    """Nothing before the first time: what stands there would be taken for what was weighed."""
    return str(WeightInput().prepare_value(line.served) or "")


def _read(line: Weighing, typed: str) -> None:
    line.typed = plain(typed)[:24]
    try:
        line.weight = WeightInput(required=False).clean(line.typed)
    except ValidationError as error:
        line.error = error.messages[0]


def _weighed(request: ShopRequest, shown: ShopOrder, lines: Sequence[Weighing]) -> HttpResponse:
    """Written, or what stands in the way said beside the line it concerns, with all that was typed."""
    weights = {line.line.id: line.weight for line in lines if line.weight is not None}
    sure = [line.line.id for line in lines if str(line.weight) == request.POST.get(f"sure-{line.line.id}")]
    gives = "hand_over" in request.POST
    try:
        with transaction.atomic():
            weigh(shown, weights, seen=request.POST.get("seen", ""), sure=sure, by=request.actor)
            shown.refresh_from_db(fields=["state", "total"])
            if gives and shown.state == State.READY:
                prepare.hand_over(shown, by=request.actor)
                shown.state = State.HANDED_OVER
    except Refused as refused:
        return _refused(request, shown, lines, refused)
    if request.POST.get("back") == "today" and shown.state == State.READY:
        return done(request, _said(shown), "backoffice:today")
    return done(request, _said(shown), "backoffice:order", shown.id)


def _refused(
    request: ShopRequest, shown: ShopOrder, lines: Sequence[Weighing], refused: Refused
) -> HttpResponse:
    match refused.code:
        case "orders.weights_wrong":
            for line in lines:
                _doubt(line, refused.details["wrong"].get(str(line.line.id), ""))
            return _show(request, shown, lines)
        case "orders.weighed_meanwhile":
            return _show(request, shown, lines, said=f"{happened(shown)} {say(refused)}")
        case _:
            return not_done(request, happened(shown), "backoffice:order", shown.id)


def _doubt(line: Weighing, code: str) -> None:
    if code:
        line.doubtful = code == "orders.weight_doubtful"
        line.error = say(
            Refused(
                code,
                typed=formats.quantity(line.weight, line.line.unit),
                asked=formats.quantity(meant(line.line), line.line.unit),
            )
        )


def _is_repeated(request: ShopRequest, shown: ShopOrder) -> bool:
    """Whether « remettre tout de suite » comes a second time, with the same weights."""
    return (
        request.method == "POST"
        and "hand_over" in request.POST
        and shown.state == State.HANDED_OVER
        and shown.was_weighed
    )


def _said(order: ShopOrder) -> str:
    told = {"code": order.code, "total": formats.money(order.total)}
    match order.state:
        case State.TO_AGREE:
            return (
                _(
                    "Commande %(code)s pesée : %(total)s. Le poids s'écarte de plus de 10 %% : le client doit dire oui."
                )
                % told
            )
        case State.HANDED_OVER:
            return _("Commande %(code)s remise : %(total)s.") % told
        case _ if order.is_at_depot:
            return (
                _("Commande %(code)s prête : %(total)s. Le client est prévenu quand elle est au dépôt.")
                % told
            )
        case _:
            return _("Commande %(code)s prête : %(total)s. Le client est prévenu.") % told


def _show(
    request: ShopRequest, shown: ShopOrder, lines: Sequence[Weighing], *, said: str = ""
) -> HttpResponse:
    context: dict[str, Any] = {
        "order": shown,
        "lines": lines,
        "seen": as_seen(shown, [line.line for line in lines]),
        "again": shown.state != State.ACCEPTED,
        "said": said,
        "back": "today" if "today" in {request.POST.get("back"), request.GET.get("back")} else "",
    }
    return page(request, "weigh", "orders", context)
