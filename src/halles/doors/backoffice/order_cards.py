# SPDX-License-Identifier: AGPL-3.0-or-later
"""An order in a list: what is to be done with it, in the merchant's words."""

import datetime as dt
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext as _

from halles.domain.orders import picking
from halles.domain.orders.models import OrderLine, ShopOrder
from halles.domain.orders.rules import MAY_BE_LATE, TO_ACCEPT, State
from halles.domain.shops.models import Place
from halles.doors.ui import amounts, formats
from halles.doors.ui.refusals import STATES

LINES = 4  # of an order shown in a list


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
    late = is_late(order)
    what = {
        State.UNCONFIRMED: _("À accepter, non confirmée"),
        State.PLACED: _("À accepter"),
        State.TO_AGREE: _("Attend l'accord du client"),
        State.ACCEPTED: _to_prepare(order, late),
        State.READY: _("Prête, pour le dépôt") if order.is_at_depot else _("Prête, à remettre"),
    }.get(State(order.state), str(STATES[order.state]).capitalize())
    what = _outside(order) if order.waits_outside else what
    lines = [line_words(line) for line in order.lines.all() if line.quantity]
    left = formats.time_of_day(order.confirm_before) if order.state == State.UNCONFIRMED else ""
    urgent = late or order.state in TO_ACCEPT or order.waits_outside
    where = "" if order.place.kind == Place.Kind.COUNTER else f" · {order.place.name or _('Livraison')}"
    return Card(
        order,
        what,
        _when(order.collect_from) + where,
        urgent,
        lines[:LINES],
        max(0, len(lines) - LINES),
        left,
    )


def _outside(order: ShopOrder) -> str:
    """Who waits outside, where and since when."""
    said = {"where": order.arrived_where, "time": formats.time_of_day(order.arrived_at)}
    if order.arrived_where:
        return _("Le client est là depuis %(time)s : %(where)s") % said
    return _("Le client est là depuis %(time)s") % said


def _to_prepare(order: ShopOrder, late: bool) -> str:
    if order.is_visit:
        return _("Rendez-vous")
    if picking.is_complete(order):
        return _("En retard : tout est pris") if late else _("Tout est pris")
    return _("En retard : à préparer") if late else _("À préparer")


def _when(moment: dt.datetime) -> str:
    """The hour for today, the day and the hour for another day."""
    today = formats.local_date(moment) == timezone.localdate()
    return formats.time_of_day(moment) if today else formats.moment(moment, "short")


def is_late(order: ShopOrder) -> bool:
    """Whether the agreed time has come and the order is not ready."""
    is_expected = order.is_visit and order.state == State.ACCEPTED  # he comes himself
    return order.state in MAY_BE_LATE and order.collect_from < timezone.now() and not is_expected


def line_words(line: OrderLine) -> str:
    """ "2 × pain de campagne", "2 parts, environ 600 g · comté", "Retouche, jeudi 3 décembre à 14 h"."""
    if line.is_appointment:
        return f"{line.name}, {formats.moment(line.starts_at, 'short')}"
    return f"{amounts.how_much(line)} {line.name}"
