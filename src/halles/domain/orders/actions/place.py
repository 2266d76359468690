# SPDX-License-Identifier: AGPL-3.0-or-later
"""Placing an order: the one place where a basket becomes a promise of several shops, in one transaction."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from halles.domain.catalogue.models import Variant
from halles.domain.catalogue.rules import vat_rate
from halles.domain.customers import actions as customers
from halles.domain.customers.models import Customer
from halles.domain.journal import actions as journal
from halles.domain.orders.actions import bookings, times
from halles.domain.orders.errands import Errand, Errands, errands_of
from halles.domain.orders.models import Basket, Order, OrderLine, ShopOrder
from halles.domain.orders.rules import State
from halles.domain.orders.wanted import Wanted
from halles.domain.shops import actions as shops
from halles.domain.shops.models import Place, Shop
from halles.domain.stock import actions as stock
from halles.kernel import outbox
from halles.kernel.actor import Actor
from halles.kernel.errors import Refused
from halles.kernel.identifiers import spoken_code, uuid7
from halles.kernel.numbers import line_total
from halles.kernel.prepared import prepared
from halles.kernel.text import one_line

UNCONFIRMED_MINUTES = 30
Terms = Callable[[Shop, Place | None], str]
MOST_UNCONFIRMED = 3  # orders that one contact may leave waiting for his own yes


@dataclass(frozen=True, slots=True)
class Contact:
    """How the customer is called and reached: e-mail or telephone, one is enough."""

    name: str
    email: str = ""
    phone: str = ""
    language: str = "fr"


@dataclass(frozen=True, slots=True)
class Door:
    """Where a shop that comes to the customer's door finds it; the postal code stands in the basket."""

    address: str = ""
    city: str = ""
    directions: str = ""  # floor, code of the gate


def nothing_more(order: Order) -> None:
    """Whoever places has nothing to say about it."""


@transaction.atomic
def place(
    basket: Basket,
    contact: Contact,
    *,
    seen: str,
    terms: Terms,
    key: str,
    by: Actor,
    door: Door = Door(),
    last: Callable[[Order], None] = nothing_more,
) -> Order:
    """Turn a basket into an order, once: a repeated call with the same basket or key gives the same order.

    `seen` is the fingerprint of what the customer was shown, `terms` gives the text of a shop's terms. `last` looks at
    an order just placed, in the same transaction: when it raises, nothing was placed.

    :raises Refused: `orders.empty`, `orders.changed` when prices, times or quantities are no longer those shown,
        `orders.not_enough` with what is left by basket line, `orders.slot_full` with the shop where the last place of
        its slot was just taken, `orders.time_taken` with the service whose time was, `orders.address_missing` when a
        shop comes to a door that was not told, `orders.confirm_first` when too many of his orders wait for his own yes,
        and what `customers.know` refuses.
    """
    basket = _locked(basket.pk)[0]
    if basket.order_id:  # another tab was quicker, or this one comes again
        return Order.objects.get(pk=basket.order_id)
    order_id = uuid7()
    request = [str(basket.id), contact.name, contact.email, contact.phone]
    if done := journal.claim("orders.place", key, request, {"order": str(order_id)}):
        return Order.objects.get(pk=done["order"])
    errands = _checked(errands_of(basket, shown=False), seen)
    if errands.comes_to_you and not (one_line(door.address, 160) and one_line(door.city, 80)):
        raise Refused("orders.address_missing", field="city" if one_line(door.address, 160) else "address")
    customer = customers.know(
        basket.market, name=contact.name, email=contact.email, phone=contact.phone, language=contact.language
    )
    if _waiting(customer) >= MOST_UNCONFIRMED:
        raise Refused("orders.confirm_first", most=MOST_UNCONFIRMED)
    order = begin(order_id, customer, contact.language)
    if errands.comes_to_you:
        bring_to(order, basket.postal_code, door)
    parts = [(stop, _part(order, stop, terms(stop.shop, stop.place))) for stop in errands.stops]
    lines = [pair for stop, part in parts for pair in _lines(part, stop)]
    _keep(lines)
    bookings.take([(part, stop.way.method) for stop, part in parts if _takes_slot(stop) and stop.way])
    times.take([line for _wanted, line in lines])
    basket.order = order
    basket.save(update_fields=["order"])
    journal.record("orders.placed", order, by=by)
    outbox.publish("orders.placed", order_id=str(order.id))
    last(order)
    return order


def _takes_slot(stop: Errand) -> bool:
    """Who comes for a service alone takes no place from those who collect."""
    return bool(stop.way and stop.way.books and not stop.is_visit)


def begin(order_id: uuid.UUID, customer: Customer, language: str) -> Order:
    """An order as yet without parts, with the contact as it was left for it."""
    return Order.objects.create(
        id=order_id,
        market_id=customer.market_id,
        customer=customer,
        name=customer.name,
        email=customer.email,
        phone=customer.phone,
        language=language,
    )


def bring_to(order: Order, postal_code: str, door: Door) -> None:
    """The order says at which door it is wanted."""
    order.address, order.postal_code = one_line(door.address, 160), postal_code
    order.city, order.directions = one_line(door.city, 80), one_line(door.directions, 140)
    order.save(update_fields=["address", "postal_code", "city", "directions"])


@prepared
def _locked(pk: uuid.UUID) -> QuerySet[Basket]:
    return Basket.objects.select_for_update(of=("self",)).select_related("market").filter(pk=pk)


def _checked(errands: Errands, seen: str) -> Errands:
    if not errands.stops:
        raise Refused("orders.empty")
    if short := [wanted for wanted in errands.problems if wanted.too_many]:
        raise Refused("orders.not_enough", left={str(w.line.id): w.offer.left for w in short})
    if not errands.are_possible or errands.fingerprint != seen:
        raise Refused("orders.changed")
    return errands


def _part(order: Order, stop: Errand, terms: str) -> ShopOrder:
    """One shop's part, written, as yet without lines."""
    assert stop.window is not None and stop.place is not None
    now = timezone.now()
    trusted = _is_trusted(order.customer, stop)
    confirm_before = None if trusted else now + dt.timedelta(minutes=UNCONFIRMED_MINUTES)
    return ShopOrder.objects.create(
        order=order,
        shop=stop.shop,
        place=stop.place,
        terms=shops.keep_terms(stop.shop, terms, order.language),
        code=free_code(stop.shop),
        state=State.PLACED if trusted else State.UNCONFIRMED,
        fee=stop.fee,
        total=stop.total,
        is_visit=stop.is_visit,
        collect_from=stop.window.start,
        collect_until=stop.window.end,
        hold_until=_last(stop) + dt.timedelta(hours=stop.shop.hold_hours),
        confirm_before=confirm_before,
    )


def _last(stop: Errand) -> dt.datetime:
    """When all of it should have happened."""
    assert stop.window is not None
    return max([stop.window.end, *(wanted.at.end for wanted in stop.lines if wanted.at)])


def _lines(part: ShopOrder, stop: Errand) -> list[tuple[Wanted, OrderLine]]:
    """The basket's lines with what they became, written."""
    lines = OrderLine.objects.bulk_create(_snapshots(part, stop))
    return list(zip(stop.lines, lines, strict=True))


def _keep(placed: list[tuple[Wanted, OrderLine]]) -> None:
    """The goods of all shops are set aside, or none is."""
    keep([(line, str(basket_line.line.id)) for basket_line, line in placed])


def keep(lines: Sequence[tuple[OrderLine, str]]) -> None:
    """Set the goods of new lines aside, or none; each line comes with the name by which whoever asks knows it.

    :raises Refused: `orders.not_enough` with what is left, by these names: somebody was quicker.
    """
    wanted = [
        stock.Wanted(
            line.variant,
            line.quantity,
            line.shop_order.collect_from.date(),  # in the town's time, as the window was
            line.id,
            line.shop_order.confirm_before,
        )
        for line, _name in lines
        if line.variant
    ]
    try:
        stock.reserve(wanted)
    except Refused as refusal:
        names = {str(line.id): name for line, name in lines}
        left = {names[reference]: quantity for reference, quantity in refusal.details["left"].items()}
        raise Refused("orders.not_enough", left=left) from refusal


def _waiting(customer: Customer) -> int:
    """How many orders of a customer hold goods without having been confirmed."""
    return len(set(_unconfirmed(customer.id)))


@prepared
def _unconfirmed(customer: uuid.UUID) -> QuerySet[ShopOrder, uuid.UUID]:
    held = ShopOrder.objects.filter(order__customer=customer, state=State.UNCONFIRMED)
    return held.order_by().values_list("order_id", flat=True)


def _is_trusted(customer: Customer, stop: Errand) -> bool:
    """A contact that proved real, for an amount the shop does not mind losing, is held without asking."""
    return customer.confirmed_at is not None and stop.total <= stop.shop.trusted_up_to


def _snapshots(part: ShopOrder, stop: Errand) -> Iterator[OrderLine]:
    for position, wanted in enumerate(stop.lines):
        line = snapshot(part, wanted.line.variant, wanted.line.quantity, wanted.offer.price)
        line.position, line.note, line.if_missing = position, wanted.line.note, wanted.line.if_missing
        if wanted.portions:
            line.portion, line.portions = wanted.line.variant.product.portion, wanted.portions
        if coming := wanted.coming:
            line.starts_at, line.ends_at = coming.window.start, coming.window.end
            line.change_before = coming.change_before
        yield line


def snapshot(part: ShopOrder, variant: Variant, quantity: Decimal, price: Decimal) -> OrderLine:
    """A good as it is now, on a line of an order; not written yet."""
    return OrderLine(
        id=uuid7(),
        shop_order=part,
        variant=variant,
        name=variant_name(variant.product.name, variant.size, variant.colour),
        unit=variant.product.unit,
        unit_price=price,
        vat_rate=vat_rate(variant.product.shop, variant.product.vat_rate),
        ordered=quantity,
        quantity=quantity,
        total=line_total(price, quantity),
    )


def variant_name(product: str, size: str, colour: str) -> str:
    """A good's name with its size and colour: "Marinière · M · Écru"."""
    return " · ".join(part for part in (product, size, colour) if part)[:220]


def free_code(shop: Shop) -> str:
    """A code to say aloud that no other order of the shop has."""
    while _with_code(shop.id, code := spoken_code()):
        pass
    return code


@prepared
def _with_code(shop: uuid.UUID, code: str) -> QuerySet[ShopOrder, uuid.UUID]:
    return ShopOrder.objects.filter(shop=shop, code=code).order_by().values_list("pk", flat=True)
