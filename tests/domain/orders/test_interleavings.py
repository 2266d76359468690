# SPDX-License-Identifier: AGPL-3.0-or-later
"""Customers, shops and time act in any order: the house agrees with what somebody wrote down with a pencil beside it."""

import datetime as dt
import itertools
import uuid
from collections.abc import Callable, Collection
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)
from tests.factories import CUSTOMER, a_market, a_shop, a_variant
from tests.pencil import NOTHING, STOPPED, TOWN, Key, Line, Part, Pencil, Sale, key_of

from halles.domain.catalogue import actions as catalogue
from halles.domain.catalogue.models import Availability, Portion, Variant
from halles.domain.journal.models import JournalEntry
from halles.domain.offers.reads import Wish
from halles.domain.orders import reads
from halles.domain.orders.actions import (
    answers,
    baskets,
    later,
    place,
    prepare,
    prices,
    settle,
    timeouts,
    weigh,
)
from halles.domain.orders.actions.note import NotedLine, note
from halles.domain.orders.errands import Errands, errands_of
from halles.domain.orders.models import Basket, Order, OrderLine, ShopOrder
from halles.domain.orders.rules import IfMissing, State
from halles.domain.stock import actions as stock
from halles.domain.stock import reads as ledger
from halles.domain.stock.models import Reservation, StockLevel, StockMove
from halles.kernel.actor import SYSTEM, Actor
from halles.kernel.errors import Refused
from halles.kernel.units import Unit

pytestmark = pytest.mark.django_db

START = dt.datetime(2026, 11, 28, 10, 0, 10, tzinfo=TOWN)  # a Saturday
TRUSTED_UP_TO = Decimal(60)  # as `a_shop` says

# Two shops whose goods are of every availability; small numbers, so that the last unit is often asked for.
# fmt: off
GOODS: list[list[dict[str, Any]]] = [
    [
        {"availability": Availability.COUNTED, "price": Decimal("4.20")},
        {"availability": Availability.COUNTED, "price": Decimal("12.35"), "unit": Unit.KILOGRAM},
        {"availability": Availability.DAILY, "price": Decimal("1.15"), "daily_quantity": Decimal(4)},
    ],
    [
        {"is_unique": True, "price": Decimal("75.00")},
        {"availability": Availability.AVAILABLE, "price": Decimal("24.90"), "unit": Unit.KILOGRAM,
         "portion": Portion.PART, "portion_weight": Decimal("0.160")},
        {"availability": Availability.TO_ORDER, "price": Decimal("18.90"), "delay_days": 2},
        {"availability": Availability.TO_CONFIRM, "price": Decimal("3.33")},
    ],
]
# fmt: on
COUNTED_AT_FIRST = {0: Decimal(5), 1: Decimal("0.300")}
NUMBER_OF_GOODS = sum(map(len, GOODS))

FREE = [
    None,
    NotedLine(Decimal(1), name="Panier garni"),
    NotedLine(Decimal(2), name="Tarte", price=Decimal("3.35")),
]

BEFORE_YES = {State.UNCONFIRMED, State.PLACED}
BEFORE_READY = {*BEFORE_YES, State.TO_AGREE, State.ACCEPTED}

# What somebody presses: the act, by whom, from where it is lawful, what comes of it.
Act = Callable[..., None]
PRESSED: dict[str, tuple[Act, Actor, Collection[State], State]] = {
    "accept": (prepare.accept, SYSTEM, BEFORE_YES, State.ACCEPTED),
    "ready": (prepare.ready, SYSTEM, {State.ACCEPTED}, State.READY),
    "hand over": (prepare.hand_over, SYSTEM, {State.READY}, State.HANDED_OVER),
    "the shop cancels": (prepare.cancel, SYSTEM, {*BEFORE_READY, State.READY}, State.CANCELLED),
    "yes": (answers.agree, CUSTOMER, {State.TO_AGREE}, State.ACCEPTED),
    "no": (prepare.cancel, CUSTOMER, BEFORE_READY, State.CANCELLED),
}
# What a shop does next when nothing comes between.
NEXT = {
    State.UNCONFIRMED: "accept",
    State.PLACED: "accept",
    State.TO_AGREE: "yes",
    State.ACCEPTED: "ready",
    State.READY: "hand over",
}


def attempt(act: Callable[[], object], *refusals: str) -> bool:
    """Do it, and it succeeds; or, when refusals are named, it must be refused in one of these words."""
    try:
        act()
    except Refused as refused:
        assert refused.code in refusals, f"{refused} instead of {refusals or 'success'}"
        return False
    assert not refusals, f"done, though it had to be refused: {refusals}"
    return True


def amount(variant: Variant | None, steps: int) -> Decimal:
    """So many pieces, or so many times 50 g; of what is unique, one."""
    if variant is None:
        return Decimal(steps)
    if variant.product.is_unique:
        return Decimal(min(steps, 1))
    return steps * (Decimal("0.050") if variant.product.unit == Unit.KILOGRAM else Decimal(1))


good = st.integers(0, NUMBER_OF_GOODS - 1)
which = st.integers(0, 3)
wishes = st.lists(st.tuples(good, st.integers(1, 3)), min_size=1, max_size=3, unique_by=lambda wish: wish[0])
contacts = st.sampled_from(
    [place.Contact(f"Cliente {number}", f"cliente{number}@example.org") for number in (1, 2)]
)


class MarketDays(RuleBasedStateMachine):
    """Rules are what people do; after each the house is compared with the pencil."""

    filled = Bundle("filled")
    sales = Bundle("sales")

    def __init__(self, clock: time_machine.Traveller) -> None:
        super().__init__()
        self.clock = clock
        clock.move_to(START)
        self.before = transaction.savepoint()
        variants = Variant.objects.select_related("product__shop__market")
        self.goods = list(variants.order_by("product__name"))
        self.pencil = Pencil(self.goods)
        for number, counted in COUNTED_AT_FIRST.items():
            self.pencil.there[self.goods[number].id, None] = counted
        self.shown: dict[uuid.UUID, str] = {}
        self.sale_of: dict[uuid.UUID, Sale] = {}
        self.proved: set[str] = set()

    def teardown(self) -> None:
        """In the end nothing is promised any more, and the house finds itself sound."""
        try:
            self.wait(hours=24 * 30, is_late=False)
            self.stock_agrees()
            self.orders_agree()
            assert self.pencil.promises() == {}
            assert (ledger.broken_levels(), reads.wrong_totals()) == ([], [])
        finally:
            transaction.savepoint_rollback(self.before)

    # -- customers

    @rule(target=filled, wishes=wishes, ahead=st.integers(0, 2), if_missing=st.sampled_from(IfMissing))
    def fill(self, wishes: list[tuple[int, int]], ahead: int, if_missing: IfMissing) -> Basket:
        """A basket that is ordered later, perhaps without looking again."""
        basket = self.a_basket(wishes, if_missing)
        baskets.set_wish(basket, timezone.localdate() + dt.timedelta(days=ahead), None)
        self.shown[basket.id] = errands_of(basket).fingerprint
        return basket

    @rule(target=sales, basket=filled, contact=contacts, looks_again=st.booleans())
    def order(self, basket: Basket, contact: place.Contact, looks_again: bool) -> Any:
        if sale := self.sale_of.get(basket.id):
            self.order_again(sale, contact, other_tab=looks_again)
            return multiple()
        errands = errands_of(basket)
        seen = errands.fingerprint if looks_again else self.shown[basket.id]
        refusals = self.not_to_be_had(errands)
        if not refusals and seen != errands.fingerprint:
            refusals = ["orders.changed"]
        if not refusals and self.waiting(contact) >= place.MOST_UNCONFIRMED:
            refusals = ["orders.confirm_first"]
        key = uuid.uuid4().hex
        if not attempt(lambda: self.press(basket, contact, seen, key=key), *refusals):
            return multiple()
        sale = self.write_down(basket, contact, key, errands)
        self.sale_of[basket.id] = sale
        self.order_again(sale, contact, other_tab=False)
        return sale

    @rule(target=sales, wishes=wishes, if_missing=st.sampled_from(IfMissing), contact=contacts)
    def buy(self, wishes: list[tuple[int, int]], if_missing: IfMissing, contact: place.Contact) -> Any:
        return self.order(self.a_basket(wishes, if_missing), contact, True)

    @initialize(target=sales, wishes=wishes, contact=contacts)
    def buy_first(self, wishes: list[tuple[int, int]], contact: place.Contact) -> Any:
        return self.buy(wishes, IfMissing.CALL, contact)

    @rule(sale=sales)
    def press_the_link(self, sale: Sale) -> None:
        prepare.confirm(sale.order, by=CUSTOMER)
        self.proved.add(sale.contact.email)
        for part in sale.parts:
            if part.state == State.UNCONFIRMED:
                part.state = State.PLACED

    @rule(sale=sales, which=which, by=st.sampled_from(["no", "the shop cancels"]))
    def cancel(self, sale: Sale, which: int, by: str) -> None:
        self.do(sale, which, by)

    @rule(sale=sales, which=which, at=which, steps=st.integers(0, 5))
    def change(self, sale: Sale, which: int, at: int, steps: int) -> None:
        part, line = self.look_up(sale, which, at)
        quantity = amount(line.variant, steps)
        refusals = []
        if part.state not in {*BEFORE_YES, State.ACCEPTED}:
            refusals = ["orders.not_now"]
        elif line.replaced or quantity == line.quantity:
            quantity = line.quantity
        elif self.pencil.is_short(part, line, line.variant, quantity):
            refusals = ["stock.not_enough"]
        if attempt(lambda: settle.change(part.row, {line.id: quantity}, by=CUSTOMER), *refusals):
            if quantity != line.quantity:
                line.ordered = line.quantity = quantity
            if not any(line.quantity for line in part.lines):
                part.state = State.CANCELLED

    # -- shops

    @rule(sale=sales, which=which, verb=st.sampled_from([*PRESSED]))
    def do(self, sale: Sale, which: int, verb: str) -> None:
        part = sale.parts[which % len(sale.parts)]
        act, by, lawful, becomes = PRESSED[verb]
        refusals = [] if part.state in lawful else ["orders.not_now"]
        if becomes == State.HANDED_OVER and any(line.quantity and not line.is_priced for line in part.lines):
            refusals = refusals or ["orders.price_missing"]
        if not refusals and verb == "ready" and any(line.is_weighed for line in part.lines):
            refusals = ["orders.not_weighed"]
        if attempt(lambda: act(part.row, by=by), *refusals):
            if becomes == State.HANDED_OVER:
                self.pencil.hand_over(part)
            if verb == "accept":
                self.proved.add(sale.contact.email)
            part.state = becomes
            if verb == "yes":
                part.agree()

    @rule(sale=sales, which=which, steps=st.integers(1, 3))
    def go_on(self, sale: Sale, which: int, steps: int) -> None:
        """As a good shop does: yes, it is ready, here you are."""
        for _ in range(steps):
            part = sale.parts[which % len(sale.parts)]
            if part.state == State.ACCEPTED and any(line.is_weighed for line in part.lines):
                self.weigh(sale, which, [100], True)
            elif part.state in NEXT:
                self.do(sale, which, NEXT[part.state])

    @rule(
        sale=sales,
        which=which,
        percents=st.lists(st.sampled_from([20, 89, 91, 100, 110, 111, 180]), min_size=1, max_size=3),
        looks_again=st.sampled_from([True, True, False]),
    )
    def weigh(self, sale: Sale, which: int, percents: list[int], looks_again: bool) -> None:
        """Everything that goes over the scale weighs so many percent of what was meant."""
        part = sale.parts[which % len(sale.parts)]
        row = ShopOrder.objects.get(pk=part.row.pk)
        lines = [line for line in part.lines if line.is_weighed]
        if part.state == State.TO_AGREE and (part.moved or not any(line.served for line in lines)):
            lines = []  # the customer is asked about something else
        percent = itertools.cycle(percents)
        weights = {line.id: (line.meant * next(percent) / 100).quantize(Decimal("0.001")) for line in lines}
        seen = weigh.as_seen(row, weigh.on_the_scale(row, row.lines.all())) if looks_again else ""
        refusals, is_new = [], any(line.served != weights[line.id] for line in lines)
        if not lines or part.state not in {State.ACCEPTED, State.TO_AGREE, State.READY}:
            refusals = ["orders.not_now"]
        elif is_new and not looks_again:
            refusals = ["orders.weighed_meanwhile"]
        elif is_new and any(line.meant > weights[line.id] * 3 for line in lines):
            refusals = ["orders.weights_wrong"]
        if attempt(lambda: weigh.weigh(part.row, weights, seen=seen, by=SYSTEM), *refusals) and is_new:
            part.state = State.READY if self.pencil.serve(part, weights) else State.TO_AGREE

    @rule(sale=sales, which=which, at=which, steps=st.integers(0, 4), instead=st.none() | good)
    def settle_a_line(self, sale: Sale, which: int, at: int, steps: int, instead: int | None) -> None:
        part, line = self.look_up(sale, which, at)
        of_shop = [good for good in self.goods if good.shop_id == part.row.shop_id]
        other = of_shop[instead % len(of_shop)] if instead is not None and steps else None
        quantity = amount(other or line.variant, steps)
        nothing_new = line.replaced or (other is None and quantity == line.quantity)
        refusals = [] if nothing_new else self.not_to_be_settled(part, line, other, quantity)
        change = settle.LineChange(line.id, quantity, other)
        if attempt(lambda: settle.settle(part.row, [change], by=SYSTEM), *refusals) and not nothing_new:
            if other is None:
                line.quantity = quantity
            else:
                line.quantity, line.replaced = NOTHING, True
                made = OrderLine.objects.get(replaces=line.id)
                part.lines.append(
                    Line(made.id, other, other.price, quantity, quantity, if_missing=line.if_missing)
                )
                line = part.lines[-1]
            row = ShopOrder.objects.get(pk=part.row.pk)
            part.state, part.answer_before = State(row.state), row.answer_before
            line.asked = part.state == State.TO_AGREE
            assert part.state in {State.TO_AGREE, State.ACCEPTED}
            assert (part.answer_before is None) == (not line.asked or line.if_missing == IfMissing.CALL)

    @rule(sale=sales, which=which, at=which)
    def decline(self, sale: Sale, which: int, at: int) -> None:
        part, line = self.look_up(sale, which, at)
        refusals = [] if part.state == State.TO_AGREE else ["orders.not_now"]
        if attempt(lambda: answers.decline(part.row, line.id, by=CUSTOMER), *refusals) and line.asked:
            line.ordered = line.quantity = NOTHING
            line.asked = False
            part.go_on()

    @rule(sale=sales, which=which, ahead=st.integers(0, 2))
    def postpone(self, sale: Sale, which: int, ahead: int) -> None:
        part = sale.parts[which % len(sale.parts)]
        window = reads.next_times(part.row.shop, [part.row])[part.row.id][ahead]
        refusals = []
        if part.state not in {*BEFORE_READY, State.READY}:
            refusals = ["orders.not_now"]
        elif self.pencil.is_short_on(part, window.start.astimezone(TOWN).date()):
            refusals = ["stock.not_enough"]
        if attempt(lambda: later.postpone(part.row, window, by=SYSTEM), *refusals):
            part.row.refresh_from_db(fields=["collect_from", "hold_until"])
            part.state, part.moved, part.answer_before = State.TO_AGREE, True, None

    @rule(target=sales, wishes=wishes, contact=contacts, ahead=st.integers(0, 3), free=st.sampled_from(FREE))
    def note(
        self, wishes: list[tuple[int, int]], contact: place.Contact, ahead: int, free: NotedLine | None
    ) -> Any:
        """Somebody telephones: what the first article's shop has of these, and perhaps something in its own words."""
        shop = self.goods[wishes[0][0]].product.shop
        wanted = {self.goods[number]: amount(self.goods[number], steps) for number, steps in wishes}
        lines = [NotedLine(quantity, good) for good, quantity in wanted.items() if good.shop_id == shop.id]
        lines += [free] if free else []
        wish = Wish(timezone.localdate() + dt.timedelta(days=ahead))
        keys = [(line, key_of(line.variant, wish.day)) for line in lines]
        short = any(key and line.quantity > self.pencil.left(key) for line, key in keys)
        said = {
            "wish": wish,
            "terms": lambda shop, counter: "Conditions",
            "by": SYSTEM,
            "key": uuid.uuid4().hex,
        }
        press = partial(note, shop, lines, contact, **said)
        if not attempt(press, *(["orders.not_enough"] if short else [])):
            return multiple()
        before = self.traces()
        row = press()  # the network repeats it
        assert self.traces() == before
        written = [
            Line(pk, line.variant, price, line.quantity, line.quantity, is_priced=is_priced)
            for line, (pk, price, is_priced) in zip(
                lines, row.lines.values_list("id", "unit_price", "is_priced"), strict=True
            )
        ]
        self.pencil.parts.append(Part(row, State.ACCEPTED, written))
        self.proved.add(contact.email)
        return Sale(None, contact, said["key"], row.order, self.pencil.parts[-1:])

    @rule(sale=sales, which=which, at=which, price=st.decimals(0, 40, places=2))
    def say_a_price(self, sale: Sale, which: int, at: int, price: Decimal) -> None:
        part, line = self.look_up(sale, which, at)
        refusals = ["orders.not_now"] if not line.is_priced and part.state in STOPPED else []
        if attempt(lambda: prices.say(part.row, line.id, price, by=SYSTEM), *refusals) and not line.is_priced:
            line.price, line.is_priced = price, True

    @rule(number=good, steps=st.integers(0, 5), ahead=st.integers(0, 3))
    def tend(self, number: int, steps: int, ahead: int) -> None:
        """What is counted is counted again, what is made daily planned for a day; the rest gets another price."""
        variant, day = self.goods[number], timezone.localdate() + dt.timedelta(days=ahead)
        quantity, key = amount(variant, steps), key_of(variant, day)
        if key is None:
            catalogue.set_price(variant, steps * Decimal("3.57"), by=SYSTEM)
            return
        refusals = ["stock.promised"] if quantity < self.pencil.promised(key) else []
        if attempt(lambda: self.say_how_many(variant, key, quantity), *refusals):
            self.pencil.there[key] = quantity

    # -- time

    @rule(hours=st.sampled_from([1, 38]), is_late=st.booleans())
    def wait(self, hours: int, is_late: bool) -> None:
        """Time passes, and what it does to orders is done once or twice; a late worker has done nothing yet."""
        self.clock.shift(dt.timedelta(hours=hours))
        if is_late:
            return
        timeouts.run()
        timeouts.run()
        now = timezone.now()
        for part in self.pencil.parts:
            if part.state == State.UNCONFIRMED and part.row.confirm_before <= now:
                part.state = State.EXPIRED
            if part.state == State.TO_AGREE and part.answer_before and part.answer_before <= now:
                part.stay_silent()
            if part.state == State.READY and part.row.hold_until <= now:
                part.state = State.NOT_COLLECTED
            elif part.state in BEFORE_READY - {State.UNCONFIRMED} and part.row.hold_until <= now:
                part.state = State.CANCELLED

    # -- what always holds

    @invariant()
    def stock_agrees(self) -> None:
        """Invariant 1: on hand is the sum of moves, reserved the sum of promises, and both are the pencil's."""
        promises = self.pencil.promises()
        keys = {*self.pencil.there, *(key for key, _, _ in promises.values())}
        written = {key: (self.pencil.on_hand(key), self.pencil.promised(key)) for key in keys}
        levels = StockLevel.objects.annotate(moved=Sum("moves__quantity"))
        for level in levels:
            key = (level.variant_id, level.day)
            there, promised = written.pop(key, (self.pencil.usual(key), NOTHING))
            assert (level.on_hand, level.moved or NOTHING, level.reserved) == (there, there, promised)
            assert 0 <= promised <= there
        assert not any(
            there != self.pencil.usual(key) or promised for key, (there, promised) in written.items()
        )
        live = Reservation.objects.filter(state=Reservation.State.LIVE).select_related("level")
        kept = {
            promise.reference: (
                (promise.level.variant_id, promise.level.day),
                promise.quantity,
                promise.expires_at,
            )
            for promise in live
        }
        assert (kept, len(live)) == (promises, len(promises))

    @invariant()
    def orders_agree(self) -> None:
        """Invariant 2: states, totals to the cent, and what was handed over is what was sold."""
        lines = OrderLine.objects.values_list(
            "id", "quantity", "total", "shop_order__state", "shop_order__total"
        )
        assert sorted(lines.order_by()) == sorted(
            (line.id, line.quantity, line.total, part.state, part.total)
            for part in self.pencil.parts
            for line in part.lines
        )
        sold = StockMove.objects.filter(reason=StockMove.Reason.SOLD).values_list("reference", "quantity")
        assert sorted(sold) == sorted((line, -quantity) for line, quantity in self.pencil.gone.items())

    # -- what the rules are made of

    def order_again(self, sale: Sale, contact: place.Contact, *, other_tab: bool) -> None:
        """The network repeats what was sent, or another tab sends it: the same order, and nothing is done."""
        before = self.traces()
        key = uuid.uuid4().hex if other_tab else sale.key
        assert sale.basket is not None
        assert self.press(sale.basket, contact, "", key=key) == sale.order
        assert self.traces() == before

    def a_basket(self, wishes: list[tuple[int, int]], if_missing: IfMissing) -> Basket:
        basket = baskets.new_basket(self.goods[0].product.shop.market)
        for number, steps in wishes:
            variant = self.goods[number]
            if variant.product.portion and steps > 1:
                line = baskets.put(basket, variant, Decimal(steps), in_portions=True)
            else:
                line = baskets.put(basket, variant, amount(variant, steps))
            if if_missing != line.if_missing:
                many = Decimal(line.portions or line.quantity)
                baskets.set_line(line, many, in_portions=bool(line.portions), if_missing=if_missing)
        return basket

    def press(self, basket: Basket, contact: place.Contact, seen: str, *, key: str) -> Order:
        return place.place(
            basket, contact, seen=seen, terms=lambda shop, counter: "Conditions", key=key, by=CUSTOMER
        )

    def not_to_be_had(self, errands: Errands) -> list[str]:
        """Whether the pencil says that there is too little; what the page says of it is the same."""
        refusals = []
        for stop in errands.stops:
            assert stop.window is not None
            for wanted in stop.lines:
                key = key_of(wanted.line.variant, stop.window.start.date())
                left = self.pencil.left(key) if key else None
                assert wanted.offer.left == left
                if left is not None and wanted.line.quantity > left:
                    refusals = ["orders.not_enough"]
        return refusals

    def waiting(self, contact: place.Contact) -> int:
        return sum(
            sale.contact.email == contact.email
            and any(part.state == State.UNCONFIRMED for part in sale.parts)
            for sale in self.sale_of.values()
        )

    def write_down(self, basket: Basket, contact: place.Contact, key: str, errands: Errands) -> Sale:
        order = Order.objects.get(pk=Basket.objects.get(pk=basket.pk).order_id)
        sale = Sale(basket, contact, key, order, [])
        for stop in errands.stops:
            row = order.shop_orders.get(shop=stop.shop)
            ids = dict(row.lines.values_list("variant_id", "id"))
            part = Part(row, State.UNCONFIRMED, [])
            for wanted in stop.lines:
                variant = next(good for good in self.goods if good.id == wanted.line.variant_id)
                quantity = wanted.line.quantity
                made = Line(ids[variant.id], variant, variant.price, quantity, quantity)
                made.if_missing = wanted.line.if_missing
                part.lines.append(made)
            if contact.email in self.proved and part.total <= TRUSTED_UP_TO:
                part.state = State.PLACED
            sale.parts.append(part)
        self.pencil.parts += sale.parts
        return sale

    def not_to_be_settled(
        self, part: Part, line: Line, other: Variant | None, quantity: Decimal
    ) -> list[str]:
        refusals = []
        if part.state not in {*BEFORE_YES, State.ACCEPTED}:
            refusals.append("orders.not_now")
        if other is None and quantity > line.ordered:
            refusals.append("orders.quantity_wrong")
        elif self.pencil.is_short(part, line, other or line.variant, quantity):
            refusals.append("stock.not_enough")
        elif not quantity and not any(other.quantity for other in part.lines if other is not line):
            refusals.append("orders.nothing_left")
        return refusals

    def say_how_many(self, variant: Variant, key: Key, quantity: Decimal) -> None:
        if key[1] is None:
            stock.count(variant, quantity, by=SYSTEM)
        else:
            stock.plan_day(variant, key[1], quantity, by=SYSTEM)

    def look_up(self, sale: Sale, which: int, at: int) -> tuple[Part, Line]:
        part = sale.parts[which % len(sale.parts)]
        return part, part.lines[at % len(part.lines)]

    def traces(self) -> list[int]:
        """What an act leaves behind beside orders and stock."""
        return [JournalEntry.objects.count(), DBTaskResult.objects.count()]


def open_town() -> None:
    market, numbers = a_market(), itertools.count()
    for goods in GOODS:
        shop = a_shop(market)
        for facts in goods:
            number = next(numbers)
            variant = a_variant(shop, name=f"Article {number}", **facts)
            if number in COUNTED_AT_FIRST:
                stock.count(variant, COUNTED_AT_FIRST[number], by=SYSTEM)


@pytest.mark.hypothesis
def test_whatever_happens_in_whatever_order_the_house_keeps_its_word() -> None:
    few = settings().max_examples // 8  # each is a long story
    sizes = settings(max_examples=few, stateful_step_count=30, suppress_health_check=list(HealthCheck))
    with time_machine.travel(START, tick=False) as clock:
        open_town()
        run_state_machine_as_test(lambda: MarketDays(clock), settings=sizes)
