# SPDX-License-Identifier: AGPL-3.0-or-later
"""The sheet on which an order is noted: what was tapped and typed so far, read with care and shown again as it was."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from halles.domain.catalogue import shelf
from halles.domain.catalogue.models import Variant
from halles.domain.fulfilment.reads import Offered
from halles.domain.orders.actions.baskets import MOST_LINES
from halles.domain.orders.actions.note import NotedLine, price_of
from halles.domain.orders.models import ShopOrder
from halles.domain.shops.models import Place, Shop
from halles.domain.shops.rules import HORIZON, Hours
from halles.doors.backoffice.forms.fields import MoneyInput, as_typed, plain
from halles.doors.backoffice.forms.quantities import Scale, asking
from halles.doors.backoffice.found import titled
from halles.doors.ui.refusals import say
from halles.doors.ui.words import left
from halles.kernel.errors import Refused

QUANTITY, WORD = "n-", "mot-"  # before a variant's id: how much, and a word for whoever prepares
MOST_FREE = 20
CHIPS = 6
OTHER_DAY = "autre"


@dataclass
class Row:
    """An article on the sheet."""

    variant: Variant
    typed: str
    note: str = ""
    error: str = ""

    @property
    def scale(self) -> Scale:
        """In what one says how much."""
        return asking(self.variant.product.unit)[0]

    @property
    def step(self) -> str:
        """Between two quantities, as a number input wants it."""
        return f"{asking(self.variant.product.unit)[1].normalize():f}"

    @property
    def shown(self) -> str:
        """The quantity as a number input wants it; what is no number stays as it was typed."""
        return self.typed.replace(",", ".")

    def add(self) -> None:
        """One tap more."""
        unit = self.variant.product.unit
        quantity = (self.scale.read(self.typed) or Decimal(0)) + asking(unit)[2]
        self.typed = self.scale.shown(quantity)

    def line(self) -> NotedLine | None:
        """What is asked for; nothing for none.

        :raises Refused: `orders.quantity_wrong` when it is no number.
        """
        quantity = self.scale.read(self.typed)
        if quantity is None and self.typed:
            raise Refused("orders.quantity_wrong", unit=self.variant.product.unit)
        return NotedLine(quantity, self.variant, note=self.note) if quantity else None


@dataclass
class FreeRow:
    """A free line on the sheet: what is asked for in words, and what it costs when that is known."""

    name: str = ""
    price: str = ""
    error: str = ""

    def line(self) -> NotedLine | None:
        """What is asked for; nothing as long as nothing was typed.

        :raises ValidationError: for what is no price.
        """
        if not self.name and not self.price:
            return None
        price = MoneyInput.number(self.price) if self.price else None
        return NotedLine(Decimal(1), name=self.name, price=price)


@dataclass
class Sheet:
    """All that is on it but whom it is for."""

    rows: list[Row] = field(default_factory=list)
    free: list[FreeRow] = field(default_factory=list)
    day: str = ""
    other_day: str = ""
    gone: list[str] = field(default_factory=list)  # what could not be put on it
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def selected(self) -> dt.date | None:
        """The day that was said; none for another one that is not a day."""
        return read_day(self.other_day if self.day == OTHER_DAY else self.day)

    @property
    def total(self) -> Decimal:
        """What is known of the price."""
        return sum((price for _line, price in self._priced() if price is not None), Decimal(0))

    @property
    def number(self) -> int:
        """How many lines say something."""
        return len(self._priced())

    @property
    def is_priced(self) -> bool:
        """Whether every line has a price."""
        return all(price is not None for _line, price in self._priced())

    def _priced(self) -> list[tuple[NotedLine, Decimal | None]]:
        found = []
        for row in self._rows:
            try:
                line = row.line()
            except (Refused, ValidationError):
                continue
            if line:
                found.append((line, price_of(line)))
        return found

    def lines(self) -> list[tuple[Row | FreeRow, NotedLine]]:
        """Each line with where it stands; what is wrong is said there."""
        found: list[tuple[Row | FreeRow, NotedLine]] = []
        for row in self._rows:
            try:
                if line := row.line():
                    found.append((row, line))
            except Refused as refused:
                row.error = say(refused)
            except ValidationError as wrong:
                row.error = " ".join(wrong.messages)
        return found

    @property
    def _rows(self) -> "list[Row | FreeRow]":
        return [*self.rows, *self.free]

    @property
    def is_wrong(self) -> bool:
        """Whether something is said to be wrong."""
        return bool(self.errors) or any(row.error for row in self._rows)

    def tell(self, refused: Refused, lines: Iterable[tuple[Row | FreeRow, NotedLine]]) -> None:
        """What the domain refused, at the line it concerns."""
        rows = [row for row, _line in lines]
        if refused.code == "orders.not_enough":
            for number, quantity in refused.details["left"].items():
                row = rows[int(number)]
                assert isinstance(row, Row)  # nothing else is counted
                row.error = left(quantity, row.variant.product.unit) + "."
        elif "line" in refused.details:
            rows[refused.details["line"]].error = say(refused)
        else:
            self.errors["day" if refused.field == "day" else "lines"] = say(refused)


def read(shop: Shop, data: QueryDict) -> Sheet:
    """What was sent: lines in the order in which they stand, then what was tapped. One query."""
    typed = {pk: data.get(f"{QUANTITY}{pk}", "") for name in data if (pk := _id(name.removeprefix(QUANTITY)))}
    typed = dict(list(typed.items())[:MOST_LINES])
    tapped = _id(data.get("plus", "") or data.get("prendre", ""))
    taken_out = _id(data.get("retirer", ""))
    known = shelf.variants(shop, [*typed, *([tapped] if tapped else [])])
    titled(list(known.values()))
    sheet = Sheet(day=data.get("jour", "")[:10], other_day=data.get("autre_jour", "")[:10])
    for pk, quantity in typed.items():
        if pk in known and pk != taken_out:
            word = plain(data.get(f"{WORD}{pk}", ""))[:140]
            sheet.rows.append(Row(known[pk], plain(quantity)[:24], word))
    if tapped in known:
        _row(sheet, known[tapped]).add()
    if len(known) < len({*typed, *([tapped] if tapped else [])}):
        sheet.gone.append(_("Un article n'est plus dans la boutique : il a quitté la liste."))
    sheet.free = _free(data)
    return sheet


def _row(sheet: Sheet, variant: Variant) -> Row:
    """The article's row, a new one at the end when there is none."""
    for row in sheet.rows:
        if row.variant.id == variant.id:
            return row
    sheet.rows.append(Row(variant, ""))
    return sheet.rows[-1]


def _free(data: QueryDict) -> list[FreeRow]:
    names, prices = data.getlist("libre")[:MOST_FREE], data.getlist("libre-prix")[:MOST_FREE]
    prices += [""] * (len(names) - len(prices))
    rows = [FreeRow(plain(name)[:220], plain(price)[:24]) for name, price in zip(names, prices, strict=False)]
    if "encore" in data and len(rows) < MOST_FREE:
        rows.append(FreeRow())
    return rows or [FreeRow()]


def like(shop: Shop, order: ShopOrder) -> Sheet:
    """The sheet of an order that is noted once more: its lines as they were asked for, at today's prices. One query."""
    asked = [line for line in order.lines.all() if line.replaces_id is None and line.ordered]
    known = shelf.variants(shop, [line.variant_id for line in asked if line.variant_id])
    titled(list(known.values()))
    sheet = Sheet()
    for line in asked:
        variant = known.get(line.variant_id) if line.variant_id else None
        if variant and variant.product.unit == line.unit:
            row = _row(sheet, variant)
            row.typed = row.scale.shown((row.scale.read(row.typed) or Decimal(0)) + line.ordered)
            row.note = row.note or line.note
        elif variant or line.variant_id:
            sheet.gone.append(_("« %(name)s » n'est plus vendu comme avant.") % {"name": line.name})
        else:
            price = as_typed(line.total if line.total else line.unit_price, "0.00") if line.is_priced else ""
            sheet.free.append(FreeRow(line.name, price))
    sheet.free = sheet.free or [FreeRow()]
    return sheet


@dataclass(frozen=True, slots=True)
class Way:
    """One of the shop's ways, as one says it on the telephone."""

    place: uuid.UUID
    name: str
    is_brought: bool


def ways(offered: Sequence[Offered]) -> list[Way]:
    """The ways one may choose among; none where there is but the counter."""
    on = [way for way in offered if way.method.is_on]
    if all(way.place.kind == Place.Kind.COUNTER for way in on):
        return []
    return [Way(way.place.id, _way_name(way.place), way.comes_to_you) for way in on]


def _way_name(place: Place) -> str:
    if place.kind == Place.Kind.COUNTER:
        return _("À la boutique")
    return _("À livrer") if place.kind == Place.Kind.ROUND else place.name


def days(offered: Sequence[Offered]) -> tuple[list[dt.date], dt.date]:
    """The days one may choose with a thumb: today, tomorrow, those on which the shop is open; and the usual one."""
    hours = offered[0].hours  # of the counter
    today = timezone.localdate()
    shown = [today, today + dt.timedelta(days=1)]
    ahead = (today + dt.timedelta(days=number) for number in range(2, HORIZON))
    opened = [day for day in ahead if hours.windows(day)][: CHIPS - len(shown)]
    return shown + opened, _next_opening(hours) or today


def _next_opening(hours: Hours) -> dt.date | None:
    opening = next(hours.coming(timezone.now()), None)
    return opening.start.date() if opening else None


def read_day(typed: str) -> dt.date | None:
    """A day; None for nonsense. Whether it will do is for the domain to say."""
    try:
        return dt.date.fromisoformat(typed.strip())
    except ValueError:
        return None


def _id(typed: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(typed[:40])
    except ValueError:
        return None
