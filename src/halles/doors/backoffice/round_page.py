# SPDX-License-Identifier: AGPL-3.0-or-later
"""What « Ma tournée » shows: each stop in words, what there is to collect, the days and ways one may look at."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Any
from urllib.parse import quote, urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from halles.domain.orders import day as days
from halles.domain.orders.models import Order
from halles.domain.orders.rules import State
from halles.domain.rounds import reads
from halles.domain.rounds.models import Stop
from halles.domain.rounds.reads import Sheet
from halles.domain.shops.models import Place
from halles.doors.ui import amounts, formats
from halles.kernel.contact import show_phone
from halles.kernel.points import DEGREE

CHIPS = 7
OUTCOMES: Mapping[str, str | Promise] = MappingProxyType(
    {
        Stop.Outcome.DELIVERED: gettext_lazy("livrée"),
        Stop.Outcome.ABSENT: gettext_lazy("absent"),
        Stop.Outcome.REFUSED: gettext_lazy("refusée"),
    }
)
PROOFS: Mapping[str, str | Promise] = MappingProxyType(
    {Stop.Proof.CODE: gettext_lazy("code dit"), Stop.Proof.PHOTO: gettext_lazy("photo")}
)
TROUBLES: Mapping[str, str | Promise] = MappingProxyType(
    {
        "rounds.roads_silent": gettext_lazy(
            "Le service des routes ne répond pas : les heures sont comptées à vol d'oiseau."
        ),
        "rounds.addresses_silent": gettext_lazy(
            "Le service des adresses ne répond pas : certains arrêts sont placés au milieu de leur commune."
        ),
        "rounds.no_plan": gettext_lazy(
            "L'ordre n'a pas pu être calculé : les arrêts sont dans l'ordre des heures promises. Rangez-les à la main."
        ),
        "rounds.too_many": gettext_lazy(
            "Il y a trop d'arrêts pour un seul ordre : ils sont dans l'ordre des heures promises."
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Item:
    """One stop as it is shown."""

    stop: Stop
    map: str
    phone: str
    goods: Sequence[str]
    is_first: bool
    is_last: bool
    key: str

    @property
    def when(self) -> str:
        """About when one is there; before it was put in order, what was promised."""
        if self.stop.expected_at:
            return formats.time_of_day(self.stop.expected_at)
        return formats.time_of_day(self.stop.shop_order.collect_from)

    @property
    def promised(self) -> str:
        """What the customer was promised when he ordered."""
        return between(self.stop.shop_order.collect_from, self.stop.shop_order.collect_until)

    @property
    def told(self) -> str:
        """What he reads now."""
        stop = self.stop
        return between(stop.told_from, stop.told_until) if stop.told_from and stop.told_until else ""

    @property
    def is_late(self) -> bool:
        """Whether one comes after what was promised."""
        return bool(self.stop.expected_at and self.stop.expected_at > self.stop.shop_order.collect_until)

    @property
    def is_lost(self) -> bool:
        """Whether it was put in order, and nobody knows where it lies."""
        return not self.stop._state.adding and not self.stop.known

    @property
    def is_new(self) -> bool:
        """Whether it came since the order was made."""
        return self.stop._state.adding

    @property
    def is_ready(self) -> bool:
        """Whether it was said to be."""
        return self.stop.shop_order.state == State.READY


@dataclass(frozen=True, slots=True)
class Ended:
    """One stop that is over."""

    stop: Stop
    outcome: str
    proof: str
    can_go_back: bool


def between(start: dt.datetime, end: dt.datetime) -> str:
    """ "entre 17 h 40 et 18 h"."""
    said = {"start": formats.time_of_day(start), "end": formats.time_of_day(end)}
    return _("entre %(start)s et %(end)s") % said


def address(ways: Sequence[Place], place: Place, day: dt.date) -> str:
    """Where the round of a day is: today's first one at the plain address, which a device has kept for where there is no network."""
    said = {
        "jour": "" if day == days.today(ways[0].shop) else day.isoformat(),
        "remise": "" if place.id == ways[0].id else str(place.id),
    }
    asked = urlencode({name: value for name, value in said.items() if value})
    return reverse("backoffice:round") + (f"?{asked}" if asked else "")


def context(sheet: Sheet, ways: Sequence[Place], *, agent: str) -> dict[str, Any]:
    """All that the page says."""
    round_, shop = sheet.round, sheet.place.shop
    there = reads.ahead(shop, days.today(shop))
    last = len(sheet.to_do) - 1
    return {
        "sheet": sheet,
        "round": round_,
        "items": [_item(stop, agent, number == 0, number == last) for number, stop in enumerate(sheet.to_do)],
        "ended": [_ended(stop) for stop in sheet.done],
        "collect": sum((stop.shop_order.total for stop in sheet.to_do), Decimal(0)),
        "is_estimate": any(stop.shop_order.is_estimate for stop in sheet.to_do),
        "is_planned": bool(round_ and round_.planned_at),
        "is_being_planned": bool(round_ and round_.is_being_planned),
        "trouble": TROUBLES.get(round_.trouble, "") if round_ else "",
        "by_commune": sum(stop.known == Stop.Known.COMMUNE for stop in sheet.to_do),
        "revisit": reads.to_revisit(shop),
        "chips": _chips(sheet, ways, there),
        "ways": [
            (way, address(ways, way, sheet.day), way.id == sheet.place.id)
            for way in ways
            if way.id == sheet.place.id or there.get((sheet.day, way.id))
        ],
        "is_today": sheet.day == days.today(shop),
        "address": address(ways, sheet.place, sheet.day),
    }


def _chips(
    sheet: Sheet, ways: Sequence[Place], there: Mapping[tuple[dt.date, uuid.UUID], int]
) -> list[tuple[dt.date, int, str, bool]]:
    """Today, the next days with something to bring, and the one looked at."""
    numbers = {day: number for (day, place), number in sorted(there.items()) if place == sheet.place.id}
    shown = sorted({days.today(sheet.place.shop), sheet.day, *list(numbers)[:CHIPS]})
    return [(day, numbers.get(day, 0), address(ways, sheet.place, day), day == sheet.day) for day in shown]


def _item(stop: Stop, agent: str, is_first: bool, is_last: bool) -> Item:
    order = stop.shop_order.order
    goods = [f"{amounts.how_much(line)} {line.name}" for line in stop.shop_order.lines.all() if line.quantity]
    return Item(
        stop,
        map_link(order, stop, agent),
        show_phone(order.phone),
        goods,
        is_first,
        is_last,
        uuid.uuid4().hex,
    )


def _ended(stop: Stop) -> Ended:
    by_state = _("livrée") if stop.shop_order.state == State.HANDED_OVER else _("annulée")
    outcome = str(OUTCOMES[stop.outcome]) if stop.outcome else by_state
    can_go_back = stop.outcome == Stop.Outcome.ABSENT and stop.shop_order.state == State.READY
    return Ended(stop, outcome, str(PROOFS.get(stop.proof, "")), can_go_back)


def map_link(order: Order, stop: Stop, agent: str) -> str:
    """What opens the telephone's own maps at a door, told the address and nothing else.

    Apple's telephones do not know `geo:`; computers have no maps of their own.
    """
    words = quote(f"{order.address}, {order.postal_code} {order.city}", safe="")
    if "Android" in agent:
        point = stop.point if stop.known == Stop.Known.DOOR else None
        where = f"{point[0] / DEGREE:.5f},{point[1] / DEGREE:.5f}" if point else "0,0"
        return f"geo:{where}?q={words}"
    if "iPhone" in agent or "iPad" in agent:
        return f"https://maps.apple.com/?q={words}"
    return f"https://www.openstreetmap.org/search?query={words}"
