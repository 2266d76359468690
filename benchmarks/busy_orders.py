# SPDX-License-Identifier: AGPL-3.0-or-later
"""Two years of a shop's orders, written in bulk as its actions would have: lines, promises, the ledger, calls, journal."""

import datetime as dt
import os
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils import timezone

from halles.domain.bells.models import Call
from halles.domain.bells.rules import Kind as Rings
from halles.domain.catalogue.models import Availability, Variant
from halles.domain.customers.models import Customer
from halles.domain.journal.models import JournalEntry
from halles.domain.orders.actions.place import variant_name
from halles.domain.orders.models import Order, OrderLine, ShopOrder
from halles.domain.orders.rules import FALLEN_THROUGH, TO_ACCEPT, State
from halles.domain.shops import actions as shops
from halles.domain.shops.models import Shop
from halles.domain.stock.models import Reservation, StockLevel, StockMove, StockPlace
from halles.doors.ui.terms import terms_of
from halles.kernel.actor import Kind
from halles.kernel.identifiers import CODE_ALPHABET
from halles.kernel.numbers import line_total
from halles.kernel.units import Unit

BATCH = 2_000
DAYS = 730  # over which the orders that are past are spread
CALLED = dt.timedelta(days=60)  # so long a call is kept
# Of each hundred that are past: what became of them.
BECAME = [State.HANDED_OVER] * 92 + [State.CANCELLED] * 4 + [State.NOT_COLLECTED] * 2 + [State.EXPIRED] * 2
# Of each twenty that are open, two in five of them for today.
STANDS = [State.ACCEPTED] * 11 + [State.PLACED] * 4 + [State.READY] * 3 + [State.TO_AGREE, State.UNCONFIRMED]
ENDS = {
    State.HANDED_OVER: Reservation.State.USED,
    State.EXPIRED: Reservation.State.EXPIRED,
    State.CANCELLED: Reservation.State.RELEASED,
    State.NOT_COLLECTED: Reservation.State.RELEASED,
}
STEPS = {
    State.ACCEPTED: ["accepted"],
    State.READY: ["accepted", "ready"],
    State.HANDED_OVER: ["accepted", "ready", "handed_over"],
    State.CANCELLED: ["accepted", "cancelled"],
    State.NOT_COLLECTED: ["accepted", "ready", "not_collected"],
    State.EXPIRED: ["expired"],
    State.TO_AGREE: ["settled"],
}
WEIGHED = {State.READY, State.HANDED_OVER, State.NOT_COLLECTED}


@dataclass(frozen=True)
class Past:
    """How many orders there are, and how many of them are open still."""

    orders: int
    open: int


@dataclass
class Ledger:
    """What the orders do to the stock: levels by variant and day, gone through in their order."""

    place: StockPlace
    standing: dict[uuid.UUID, StockLevel]
    daily: dict[tuple[uuid.UUID, dt.date], StockLevel] = field(default_factory=dict)
    promises: list[Reservation] = field(default_factory=list)
    moves: list[StockMove] = field(default_factory=list)

    def promise(self, line: OrderLine, state: str, day: dt.date, at: dt.datetime) -> None:
        """Set a line's goods aside, and what became of that."""
        level = self._level(line, day)
        if level is None:
            return
        ended = ENDS.get(State(state), Reservation.State.LIVE)
        kept = Reservation(
            id=identifier(at),
            level=level,
            quantity=line.quantity,
            state=ended,
            reference=line.id,
            created_at=at,
        )
        self.promises.append(kept)
        if ended == Reservation.State.LIVE:
            level.reserved += line.quantity
        if ended == Reservation.State.USED:
            level.on_hand -= line.quantity
            self._move(level, -line.quantity, StockMove.Reason.SOLD, at, line.id)

    def _level(self, line: OrderLine, day: dt.date) -> StockLevel | None:
        assert line.variant is not None
        if line.variant.product.availability == Availability.COUNTED:
            return self.standing[line.variant.id]
        if line.variant.product.availability != Availability.DAILY:
            return None
        key = (line.variant.id, day)
        if key not in self.daily:
            made = line.variant.product.daily_quantity
            level = StockLevel(variant=line.variant, place=self.place, day=day, on_hand=made)
            self.daily[key] = level
            self._move(level, made, StockMove.Reason.MADE, timezone.now(), None)
        return self.daily[key]

    def _move(
        self, level: StockLevel, quantity: Decimal, why: str, at: dt.datetime, reference: uuid.UUID | None
    ) -> None:
        self.moves.append(
            StockMove(
                level=level, quantity=quantity, reason=why, at=at, actor_kind=Kind.SYSTEM, reference=reference
            )
        )

    def write(self) -> None:
        """All of it; a level of a day is new, the others are changed."""
        StockLevel.objects.bulk_create(self.daily.values(), batch_size=BATCH)
        StockLevel.objects.bulk_update(self.standing.values(), ["on_hand", "reserved"], batch_size=200)
        Reservation.objects.bulk_create(self.promises, batch_size=BATCH)
        StockMove.objects.bulk_create(self.moves, batch_size=BATCH)


def write_orders(shop: Shop, people: Sequence[Customer], past: Past) -> None:
    """All orders of a shop, the oldest first."""
    place = StockPlace.objects.get(shop=shop)
    goods = list(Variant.objects.filter(shop=shop).select_related("product"))
    ledger = Ledger(place, {level.variant_id: level for level in StockLevel.objects.filter(place=place)})
    common = {
        "shop": shop,
        "place": shop.places.get(),
        "terms": shops.keep_terms(shop, terms_of(shop, shop.places.get()), "fr"),
    }
    moments = list(_moments(past))
    for first in range(0, len(moments), BATCH):
        _write(shop, people, goods, ledger, common, moments[first : first + BATCH], first)
    ledger.write()


def _moments(past: Past) -> Iterator[tuple[State, dt.datetime]]:
    """State and agreed time of each, the oldest first: on days when the shop is open, within its hours."""
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    over = past.orders - past.open
    for n in range(over):
        day = midnight - dt.timedelta(days=1 + (over - n - 1) * DAYS // over)
        yield BECAME[n * 37 % 100], _hour(day, n)
    for n in range(past.open):
        ahead = 0 if n % 5 < 2 else 1 + n % 6
        yield STANDS[n * 7 % 20], _hour(midnight + dt.timedelta(days=ahead), n)


def _hour(day: dt.datetime, n: int) -> dt.datetime:
    if day.weekday() == 6:
        day += dt.timedelta(days=1)
    return day.replace(hour=[9, 10, 11, 14, 15, 16, 17, 18][n % 8], minute=n % 4 * 15)


def _write(
    shop: Shop,
    people: Sequence[Customer],
    goods: Sequence[Variant],
    ledger: Ledger,
    common: dict[str, Any],
    moments: Sequence[tuple[State, dt.datetime]],
    first: int,
) -> None:
    placed, parts, lines, calls = [], [], [], []
    entries: list[JournalEntry] = []
    for n, (state, when) in enumerate(moments, start=first):
        customer = people[n * 7919 % len(people)]
        part = _part(customer, state, when, n, common)
        own = [_line(part, goods[_choice(n, place, len(goods))], place, n) for place in range(1 + n // 3 % 5)]
        part.total = sum((line.total for line in own), Decimal(0))
        for line in own:
            ledger.promise(line, state, when.date(), part.created_at)
        calls.append(_call(part, n))
        entries += _history(part)
        placed.append(part.order)
        parts.append(part)
        lines += own
    Order.objects.bulk_create(placed)
    ShopOrder.objects.bulk_create(parts)
    OrderLine.objects.bulk_create(lines)
    recent = timezone.now() - CALLED
    Call.objects.bulk_create(call for call in calls if call.made_at > recent)
    JournalEntry.objects.bulk_create(entries)


def _choice(n: int, place: int, many: int) -> int:
    """Which article: half of all lines ask for one of a hundred that everybody asks for."""
    return (n * 31 + place * 17) % (100 if (n + place) % 2 else many)


def _part(customer: Customer, state: State, when: dt.datetime, n: int, common: dict[str, Any]) -> ShopOrder:
    now = timezone.now()
    at = min(when - dt.timedelta(hours=20), now - dt.timedelta(minutes=10))
    order = Order(
        id=identifier(at), created_at=at, market_id=customer.market_id, customer=customer, name=customer.name,
        email=customer.email, phone=customer.phone,
    )  # fmt: skip
    silent = state == State.TO_AGREE and n % 2 == 0
    return ShopOrder(
        id=identifier(at),
        created_at=at,
        order=order,
        code=_code(n),
        state=state,
        total=Decimal(0),
        collect_from=when,
        collect_until=when + dt.timedelta(hours=2),
        # Whoever builds the town today may measure in it tomorrow: nothing that is open ends by itself.
        hold_until=when + dt.timedelta(days=30),
        reminded_at=now if state == State.READY else None,
        confirm_before=now + dt.timedelta(days=2) if state == State.UNCONFIRMED else None,
        answer_before=now + dt.timedelta(days=2) if silent else None,
        **common,
    )


def _line(part: ShopOrder, variant: Variant, place: int, n: int) -> OrderLine:
    weighed = variant.product.unit == Unit.KILOGRAM
    quantity = Decimal("0.3") if weighed else Decimal(1 + (n + place) % 3)
    served = quantity if weighed and part.state in WEIGHED else None
    taken = part.state in WEIGHED or (part.state == State.ACCEPTED and n % 4 == 0)
    return OrderLine(
        id=identifier(part.created_at),
        created_at=part.created_at,
        shop_order=part,
        variant=variant,
        position=place,
        name=variant_name(variant.product.name, variant.size, variant.colour),
        unit=variant.product.unit,
        unit_price=variant.price,
        vat_rate=variant.product.vat_rate,
        ordered=quantity,
        quantity=quantity,
        picked=quantity if taken and part.state not in FALLEN_THROUGH else Decimal(0),
        served=served,
        agreed=served,
        total=line_total(variant.price, quantity),
        note="bien mûr, s'il vous plaît" if (n + place) % 11 == 0 else "",
        asked=part.state == State.TO_AGREE and place == 0,
    )


def _call(part: ShopOrder, n: int) -> Call:
    """It was seen, but for the last few that came: these have rung to their end."""
    waits = part.state in TO_ACCEPT and n % 6 == 0
    at = part.created_at
    return Call(
        id=identifier(at), created_at=at, shop=part.shop, kind=Rings.ORDERS, subject=part.id, act="orders.placed",
        occasion=str(part.id), made_at=at, seen_at=None if waits else at + dt.timedelta(minutes=3), steps=5,
        stepped_at=at,
    )  # fmt: skip


def _history(part: ShopOrder) -> Iterator[JournalEntry]:
    """Who did what, an hour apart."""
    yield _entry("orders.placed", Kind.CUSTOMER, part.order, None, part.created_at)
    for number, step in enumerate(STEPS.get(State(part.state), []), start=1):
        at = part.created_at + dt.timedelta(minutes=number)
        yield _entry(f"orders.{step}", Kind.ACCOUNT, part, part.shop_id, at)


def _entry(
    act: str, kind: Kind, subject: Order | ShopOrder, shop_id: uuid.UUID | None, at: dt.datetime
) -> JournalEntry:
    return JournalEntry(
        id=identifier(at),
        created_at=at,
        at=at,
        act=act,
        actor_kind=kind,
        actor_label="équipe 1" if kind == Kind.ACCOUNT else "",
        shop_id=shop_id,
        subject_kind=subject._meta.label_lower,
        subject_id=subject.id,
    )


def _code(n: int) -> str:
    """Another one for each number: the prime has no divisor in common with how many codes there are."""
    base = len(CODE_ALPHABET)
    left, letters = n * 7_654_321 % base**5, ""
    for _ in range(5):
        left, digit = divmod(left, base)
        letters += CODE_ALPHABET[digit]
    return f"{letters[:2]}-{letters[2:]}"


def identifier(at: dt.datetime) -> uuid.UUID:
    """As `uuid7` would have made it then."""
    value = (int(at.timestamp() * 1000) << 80) | int.from_bytes(os.urandom(10))
    value = (value & ~(0xF << 76)) | (0x7 << 76)
    return uuid.UUID(int=(value & ~(0x3 << 62)) | (0x2 << 62))
