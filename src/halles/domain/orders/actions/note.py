# SPDX-License-Identifier: AGPL-3.0-or-later
"""An order that the shop itself notes, for somebody on the telephone or at the counter: it has said yes already."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import astuple, dataclass, field
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from halles.domain.appointments import reads as appointments
from halles.domain.appointments.rules import CELL
from halles.domain.catalogue import rules as catalogue
from halles.domain.catalogue.models import Product, Variant
from halles.domain.customers import actions as customers
from halles.domain.fulfilment import reads as fulfilment
from halles.domain.fulfilment.reads import Address, Offered
from halles.domain.journal import actions as journal
from halles.domain.offers.reads import Wish
from halles.domain.orders.actions import bookings, fees, times
from halles.domain.orders.actions.baskets import MOST_LINES, check_quantity
from halles.domain.orders.actions.place import (
    Contact,
    Door,
    Terms,
    begin,
    bring_to,
    free_code,
    keep,
    snapshot,
)
from halles.domain.orders.models import Order, OrderLine, ShopOrder
from halles.domain.orders.rules import State
from halles.domain.shops import actions as shops
from halles.domain.shops.models import Place, Shop
from halles.domain.shops.rules import Window, on_day
from halles.kernel import outbox
from halles.kernel.actor import Actor
from halles.kernel.contact import clean_postal_code
from halles.kernel.errors import Refused
from halles.kernel.identifiers import uuid7
from halles.kernel.numbers import line_total
from halles.kernel.text import one_line
from halles.kernel.units import Unit

MOST_DAYS_AHEAD = 366


@dataclass(frozen=True, slots=True)
class NotedLine:
    """What is asked for: an article, or a free line in the shop's words, by the piece.

    An article costs what it costs now, unless another price was said. A free line without a price gets one when it has
    been prepared (`prices.say`); its VAT rate is what goods of that name mostly bear, unless said.
    """

    quantity: Decimal
    variant: Variant | None = field(default=None)
    name: str = ""
    price: Decimal | None = None
    vat_rate: Decimal | None = None
    note: str = ""
    starts_at: dt.datetime | None = None  # of a service by appointment


@dataclass(frozen=True, slots=True)
class How:
    """By which of the shop's ways it is had: its counter where no place is said; a door where it is brought."""

    place: uuid.UUID | None = None
    postal_code: str = ""
    door: Door = field(default=Door())


@transaction.atomic
def note(
    shop: Shop,
    lines: Sequence[NotedLine],
    contact: Contact,
    *,
    wish: Wish | None = None,
    how: How = How(),
    terms: Terms,
    by: Actor,
    key: str,
    hold_hours: int | None = None,
) -> ShopOrder:
    """Write the order down, its goods set aside: a repeated call with the same key gives the same order.

    The shop is master of the day: any to come will do (`wish`; the next one it is open when there is none), also one it
    is closed; and of the way (`how`): also in a full slot, below its least, beyond its zones. `hold_hours` is how long
    goods wait after the agreed time, instead of what the shop usually says. The shop vouches for the contact. Variants
    must come with `product.shop`; `terms` gives the text of the shop's terms.

    :raises Refused: with `line`, the number of the line it concerns from 0: `orders.not_sold`, `orders.free_line_unnamed`,
        `orders.quantity_wrong`, `orders.quantity_too_large`, `catalogue.price_negative`, `catalogue.price_too_high`,
        `catalogue.vat_unknown`; `orders.not_enough` with what is left, by the number of the line as text;
        `orders.nothing_noted`, `orders.too_many_lines`, `orders.day_wrong`, `orders.way_stopped`, `orders.address_missing`,
        `contact.postal_code_wrong`; `orders.time_taken`, `orders.time_gone_by` of
        a service; and what `customers.know` and `journal.claim` refuse.
    """
    order_id = uuid7()
    request = [
        shop.id,
        astuple(contact),
        wish and astuple(wish),
        [_said(line) for line in lines],
        astuple(how),
    ]
    if done := journal.claim("orders.note", key, request, {"order": str(order_id)}):
        return ShopOrder.objects.get(order=done["order"], shop=shop)
    _check(shop, lines)
    to = _address(how)
    way = _way(shop, how, to)
    window = _when(shop, way, wish)
    customer = customers.know(
        shop.market, name=contact.name, email=contact.email, phone=contact.phone, language=contact.language
    )
    customers.confirm(customer.id)
    order = begin(order_id, customer, contact.language)
    part = _part(order, shop, way.place, window, terms, hold_hours)
    written = [_line(part, number, line) for number, line in enumerate(lines)]
    part.is_visit = all(line.is_appointment for line in written)
    if to and way.comes_to_you:
        bring_to(order, to.postal_code, how.door)
        part.fee = fees.asked(way, to, written)
    part.total = sum((line.total for line in written), part.fee)
    part.save(force_insert=True)
    OrderLine.objects.bulk_create(written)
    keep([(line, str(line.position)) for line in written])
    times.take(written)
    times.stand(part)
    if not part.is_visit:
        bookings.hold(part, way)
    journal.record("orders.noted", part, by=by, shop_id=shop.id)
    outbox.publish("orders.noted", order_id=str(order_id))
    return part


def _said(line: NotedLine) -> list[object]:
    """A line as it was asked for, to tell a repeated request from another one."""
    of = line.variant.id if line.variant else None
    return [line.quantity, of, line.name, line.price, line.vat_rate, line.note, str(line.starts_at or "")]


def _check(shop: Shop, lines: Sequence[NotedLine]) -> None:
    if not lines:
        raise Refused("orders.nothing_noted")
    if len(lines) > MOST_LINES:
        raise Refused("orders.too_many_lines", most=MOST_LINES)
    for number, line in enumerate(lines):
        try:
            _check_line(shop, line)
        except Refused as refused:
            refused.details["line"] = number
            raise


def _check_line(shop: Shop, line: NotedLine) -> None:
    """What is on a shelf or was; a draft is nothing yet, what was deleted nothing any more."""
    variant = line.variant
    if variant is None:
        check_quantity(line.quantity, Unit.PIECE)
        if not one_line(line.name, 220):
            raise Refused("orders.free_line_unnamed", field="name")
    else:
        check_quantity(line.quantity, variant.product.unit)
        gone = variant.archived or variant.product.status == Product.Status.DELETED
        if gone or variant.shop_id != shop.id:
            raise Refused("orders.not_sold", name=variant.product.name)
    if line.starts_at is not None and line.starts_at <= timezone.now():
        raise Refused("orders.time_gone_by", field="time")
    if line.price is not None:
        catalogue.check_price(line.price)
    if line.vat_rate is not None and line.vat_rate not in catalogue.VAT_RATES:
        raise Refused("catalogue.vat_unknown", field="vat_rate")


def _address(how: How) -> Address | None:
    """Where it is brought, if it is."""
    if not (how.postal_code or how.door.address):
        return None
    return fees.address(clean_postal_code(how.postal_code), how.door.city)


def _way(shop: Shop, how: How, to: Address | None) -> Offered:
    """How it is had; a way that the shop has stopped is none."""
    ways = fulfilment.offered([shop], to)[shop.id]
    if how.place is None:
        return ways[0]  # the counter: every shop has one
    way = next((way for way in ways if way.place.id == how.place and way.method.is_on), None)
    if way is None:
        raise Refused("orders.way_stopped", field="place")
    if way.comes_to_you and not (to and one_line(how.door.address, 160)):
        raise Refused("orders.address_missing", field="address")
    return way


def _when(shop: Shop, way: Offered, wish: Wish | None) -> Window:
    """When the customer has it: in the hours of its way, on the day that was said."""
    now = timezone.now()
    hours = way.hours
    today = now.astimezone(hours.zone).date()
    if wish is None:
        opening = next(hours.coming(now), None)
        wish = Wish(opening.start.date() if opening else today)
    if not today <= wish.day <= today + dt.timedelta(days=MOST_DAYS_AHEAD):
        raise Refused("orders.day_wrong", field="day")
    return on_day(hours, wish.day, wish.time, now=now, minutes=shop.preparation_minutes)


def _part(
    order: Order, shop: Shop, place: Place, window: Window, terms: Terms, hold_hours: int | None
) -> ShopOrder:
    waits = shop.hold_hours if hold_hours is None else hold_hours
    return ShopOrder(
        order=order,
        shop=shop,
        place=place,
        terms=shops.keep_terms(shop, terms(shop, place), order.language),
        code=free_code(shop),
        state=State.ACCEPTED,
        collect_from=window.start,
        collect_until=window.end,
        hold_until=window.end + dt.timedelta(hours=waits),
    )


def _line(part: ShopOrder, number: int, said: NotedLine) -> OrderLine:
    if said.variant is None:
        line = _free_line(part, said)
    else:
        price = said.variant.price if said.price is None else catalogue.check_price(said.price)
        line = snapshot(part, said.variant, said.quantity, price)
    line.position, line.note = number, one_line(said.note, 140)
    if said.starts_at and said.variant and appointments.services([said.variant.product]):
        # What `times.take` says better as soon as it has the time.
        line.starts_at = line.change_before = said.starts_at
        line.ends_at = said.starts_at + CELL
    return line


def _free_line(part: ShopOrder, said: NotedLine) -> OrderLine:
    name = one_line(said.name, 220)
    usual = catalogue.usual_vat(catalogue.usual_kind(part.shop.trade, name))
    rate = usual if said.vat_rate is None else said.vat_rate
    price = Decimal(0) if said.price is None else catalogue.check_price(said.price)
    return OrderLine(
        id=uuid7(),
        shop_order=part,
        name=name,
        unit=Unit.PIECE,
        unit_price=price,
        is_priced=said.price is not None,
        vat_rate=catalogue.vat_rate(part.shop, rate),
        ordered=said.quantity,
        quantity=said.quantity,
        total=line_total(price, said.quantity),
    )


def price_of(line: NotedLine) -> Decimal | None:
    """What a line will cost, None as long as nobody said."""
    price = line.variant.price if line.variant and line.price is None else line.price
    return None if price is None else line_total(price, line.quantity)
