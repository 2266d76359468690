# SPDX-License-Identifier: AGPL-3.0-or-later
"""The picking list of a day, ticked while one walks along the shelves."""

import datetime as dt
import re
import uuid
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from halles.domain.depots import reads as depots
from halles.domain.orders import day as days
from halles.domain.orders.actions import pick
from halles.domain.orders.models import OrderLine
from halles.domain.orders.picking import Good, picking_list
from halles.domain.orders.rules import State
from halles.domain.shops.models import Shop
from halles.domain.shops.reads import Right
from halles.doors.backoffice.access import ShopRequest, done, kept, not_done, page, shop_page, shop_step
from halles.doors.backoffice.forms.fields import plain
from halles.doors.ui import formats
from halles.doors.ui.refusals import say
from halles.kernel.errors import Refused
from halles.kernel.units import Unit

CHIPS = 7
AHEAD = dt.timedelta(days=400)
MOST_LINES = 2000  # of one tick
MOST_WHOM = 40  # orders named below an article
COUNTED = {Unit.PIECE, Unit.BUNCH}
LINE = re.compile(r"([0-9a-f]{32}):(\d{1,4}(?:\.\d{1,3})?)(?!\S)")


@dataclass(frozen=True, slots=True)
class Row:
    """One article of the list, with the press that takes it or lays it back."""

    good: Good
    seen: str  # its lines and how much of each, as the press says it
    key: str

    @property
    def id(self) -> str:
        """By what the device knows the row again."""
        return self.good.lines[0].id.hex

    @property
    def is_picked(self) -> bool:
        """Whether nothing of it is missing."""
        return not self.good.missing

    @property
    def number(self) -> str:
        """ "23", "1,2 kg": what is still to be taken, or all when it is."""
        return formats.quantity(self.good.missing or self.good.total, self.good.unit)

    @property
    def of(self) -> str:
        """How much it is altogether, where a part of it is taken already."""
        partly = self.good.missing and self.good.missing != self.good.total
        return formats.quantity(self.good.total, self.good.unit) if partly else ""

    @property
    def parts(self) -> str:
        """Of what is weighed or measured, into which parts: "2 × 500 g + 200 g"."""
        if self.good.unit in COUNTED or len(self.good.lines) == 1:
            return ""
        sizes = Counter(line.quantity for line in self.good.lines)
        return " + ".join(_part(sizes[size], size, self.good.unit) for size in sorted(sizes, reverse=True))

    @property
    def whom(self) -> Sequence[OrderLine]:
        """For whom it is, as many as one reads."""
        return self.good.lines[:MOST_WHOM]

    @property
    def others(self) -> int:
        """For how many more."""
        return max(0, len(self.good.lines) - MOST_WHOM)

    @property
    def notes(self) -> list[str]:
        """What customers wish of it, with how many: "2 × tranché"."""
        wishes: Counter[str] = Counter()
        for line in self.good.lines:
            wishes[line.note] += line.quantity
        return [
            f"{formats.how_many(Decimal(n), self.good.unit)} {note}" for note, n in wishes.items() if note
        ]


def _part(times: int, size: Decimal, unit: str) -> str:
    amount = formats.quantity(size, unit)
    return amount if times == 1 else f"{times}\xa0×\xa0{amount}"


@dataclass(frozen=True, slots=True)
class Chip:
    """A day to look at."""

    day: dt.date
    orders: int
    href: str
    is_shown: bool


@shop_page(Right.ORDERS, methods=("GET", "HEAD"))
def picking(request: ShopRequest) -> HttpResponse:
    """All that is to be taken for a day, shelf by shelf."""
    shop = request.shop
    day = _asked(shop, request.GET.get("jour", ""))
    shown = picking_list(shop, day)
    context = {
        "list": shown,
        "shelves": [(shelf.category, [_row(good) for good in shelf.goods]) for shelf in shown.shelves],
        "back": [(good, _line_string(good.lines, _still_due), uuid.uuid4().hex) for good in shown.back],
        "complete": shown.complete,
        "to_weigh": shown.to_weigh,
        "ready": " ".join(part.id.hex for part in shown.complete),
        "chips": _chips(shop, day),
        "is_today": day == days.today(shop),
        "address": address(shop, day),
    }
    return kept(request, page(request, "picking", "orders", context))


def address(shop: Shop, day: dt.date) -> str:
    """Where the list of a day is."""
    here = reverse("backoffice:picking")
    return here if day == days.today(shop) else f"{here}?jour={day.isoformat()}"


@shop_step(Right.ORDERS)
def tick(request: ShopRequest) -> HttpResponse:
    """Taken from the shelf (`fait=1`), or laid back again: the lines that were seen, as much of each as was seen."""
    seen = _seen(request)
    is_taken = request.POST.get("fait") == "1"
    if not seen:
        return not_done(request, _("Rechargez la liste, puis recommencez."), _back(request))
    try:
        if is_taken:
            pick.pick(request.shop, seen, key=_key(request), by=request.actor)
        else:
            pick.lay_back(request.shop, dict.fromkeys(seen, Decimal(0)), key=_key(request), by=request.actor)
    except Refused as refused:
        return not_done(request, say(refused), _back(request))
    return done(request, "", _back(request))


@shop_step(Right.ORDERS)
def put_back(request: ShopRequest) -> HttpResponse:
    """What fell through is on its shelf again: of each line only what is still wanted stays taken."""
    try:
        pick.lay_back(request.shop, _seen(request), key=_key(request), by=request.actor)
    except Refused as refused:
        return not_done(request, say(refused), _back(request))
    return done(request, _("C'est noté : remis en rayon."), _back(request))


@shop_step(Right.ORDERS)
def ready(request: ShopRequest) -> HttpResponse:
    """The orders that were shown as complete are ready; their customers are told."""
    typed = re.findall(r"\b[0-9a-f]{32}\b", plain(request.POST.get("orders", "")))[:MOST_LINES]
    left = pick.ready_when_complete(request.shop, [uuid.UUID(pk) for pk in typed], by=request.actor)
    if left:
        codes = ", ".join(part.code for part in left)
        said = _("Ces commandes ont changé entre-temps, elles ne sont pas annoncées prêtes : %(codes)s.")
        return not_done(request, said % {"codes": codes}, _back(request))
    said = ngettext(
        "%(n)s commande prête. Le client est prévenu.",
        "%(n)s commandes prêtes. Les clients sont prévenus.",
        len(typed),
    )
    words = said % {"n": len(typed)}
    if depots.go_there(request.shop, [uuid.UUID(pk) for pk in typed]):
        words += " " + _("Au dépôt, c'est quand elle y arrive.")
    return done(request, words, _back(request))


def _asked(shop: Shop, typed: str) -> dt.date:
    """The day asked for; today for none, for one gone by and for nonsense."""
    today = days.today(shop)
    try:
        day = dt.date.fromisoformat(typed)
    except ValueError:
        return today
    return day if today <= day <= today + AHEAD else today


def _back(request: ShopRequest) -> str:
    return address(request.shop, _asked(request.shop, request.POST.get("jour", "")))


def _key(request: ShopRequest) -> str:
    return plain(request.POST.get("key", ""))[:80] or uuid.uuid4().hex


def _seen(request: ShopRequest) -> dict[uuid.UUID, Decimal]:
    found = LINE.findall(request.POST.get("lines", ""))[:MOST_LINES]
    return {uuid.UUID(pk): Decimal(quantity) for pk, quantity in found}


def _row(good: Good) -> Row:
    return Row(good, _line_string(good.lines, lambda line: line.quantity), uuid.uuid4().hex)


def _line_string(lines: Sequence[OrderLine], quantity: Callable[[OrderLine], Decimal]) -> str:
    return " ".join(f"{line.id.hex}:{quantity(line).normalize():f}" for line in lines)


def _still_due(line: OrderLine) -> Decimal:
    """How much of a line stays taken when the rest is put back."""
    return line.quantity if line.shop_order.state == State.ACCEPTED else Decimal(0)


def _chips(shop: Shop, shown: dt.date) -> list[Chip]:
    """Today, the next days for which something is to be prepared, and the one looked at."""
    there = days.days(shop)
    every = sorted({days.today(shop), shown, *list(there)[:CHIPS]})
    return [Chip(day, there.get(day, 0), address(shop, day), day == shown) for day in every]
