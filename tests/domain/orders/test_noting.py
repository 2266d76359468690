# SPDX-License-Identifier: AGPL-3.0-or-later
"""The paper notebook: an order the shop itself notes, from the same stock into the same list."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from tests.factories import CUSTOMER, a_market, a_shop, a_variant, note_order

from halles.domain.catalogue import actions as catalogue
from halles.domain.catalogue.models import Availability, Product
from halles.domain.journal import reads as journal
from halles.domain.offers.reads import Wish
from halles.domain.orders import notebook
from halles.domain.orders.actions import prepare, prices, settle
from halles.domain.orders.actions.note import NotedLine
from halles.domain.orders.actions.place import Contact
from halles.domain.orders.models import Order, OrderLine, ShopOrder
from halles.domain.orders.rules import State
from halles.domain.shops import actions as shops
from halles.domain.shops.models import Shop, Trade
from halles.domain.stock import reads as stock
from halles.kernel.actor import SYSTEM
from halles.kernel.errors import Refused

pytestmark = pytest.mark.django_db

FREE = NotedLine(Decimal(1), name="Gâteau pour huit")


def left(variant: object) -> Decimal:
    pk = variant.id  # type: ignore[attr-defined]
    return stock.available([pk])[pk, None]


def test_what_the_shop_notes_is_accepted_set_aside_and_vouched_for() -> None:
    shop = a_shop()
    jam = a_variant(shop, stock_of=3, price=Decimal("4.20"))
    part = note_order(
        shop,
        NotedLine(Decimal(2), jam, note="à offrir"),
        NotedLine(Decimal(1), name=" Panier \x00 garni ", price=Decimal("25")),
        contact=Contact("Cliente", phone="06 12 34 56 78"),
    )
    part.refresh_from_db()
    first, second = part.lines.all()
    assert (part.state, part.total, left(jam)) == (State.ACCEPTED, Decimal("33.40"), Decimal(1))
    assert (first.variant, first.note, second.variant, second.name) == (jam, "à offrir", None, "Panier garni")
    assert part.order.customer.confirmed_at is not None
    assert part.order.phone == "+33612345678"
    (told,) = journal.history([part.id])
    assert (told.act, told.shop_id, told.actor_kind) == ("orders.noted", shop.id, "account")
    prepare.ready(part, by=SYSTEM)
    prepare.hand_over(part, by=SYSTEM)
    assert (stock.levels([jam.id])[jam.id, None].on_hand, stock.broken_levels()) == (1, [])


def test_the_same_press_again_gives_the_same_order() -> None:
    shop, contact = a_shop(), Contact("Cliente", phone="0612345678")
    jam = a_variant(shop, stock_of=3)
    first = note_order(shop, jam, contact=contact, key="the-same-key")
    letters = DBTaskResult.objects.count()
    assert note_order(shop, jam, contact=contact, key="the-same-key") == first
    assert (left(jam), DBTaskResult.objects.count(), ShopOrder.objects.count()) == (2, letters, 1)
    with pytest.raises(Refused, match=r"journal\.key_reused"):
        note_order(shop, jam, FREE, contact=contact, key="the-same-key")
    with pytest.raises(Refused, match=r"journal\.key_reused"):  # nor does it open another shop's
        note_order(a_shop(shop.market), FREE, contact=contact, key="the-same-key")


def test_too_little_is_said_of_the_line_and_nothing_is_written() -> None:
    shop = a_shop()
    plenty, few = a_variant(shop, stock_of=9), a_variant(shop, stock_of=2)
    with pytest.raises(Refused) as refusal, transaction.atomic():
        note_order(shop, FREE, plenty, NotedLine(Decimal(3), few), key="once-more")
    assert (refusal.value.code, refusal.value.details["left"]) == ("orders.not_enough", {"2": Decimal(2)})
    assert (Order.objects.count(), left(plenty), left(few)) == (0, 9, 2)
    assert note_order(shop, FREE, plenty, NotedLine(Decimal(2), few), key="once-more").lines.count() == 3


def test_what_cannot_be_noted_is_said_with_its_line() -> None:
    shop = a_shop()
    jam, gone = a_variant(shop), a_variant(shop)
    catalogue.set_status(gone.product, Product.Status.DELETED, by=SYSTEM)
    gone.product.refresh_from_db()
    cases = {
        "orders.not_sold": [
            NotedLine(Decimal(1), gone),
            NotedLine(Decimal(1), a_variant(a_shop(shop.market))),
        ],
        "orders.free_line_unnamed": [NotedLine(Decimal(1), name=" \u202e\x00 ")],
        "orders.quantity_wrong": [NotedLine(Decimal(n), jam) for n in ("0", "-1", "0.5", "NaN")],
        "orders.quantity_too_large": [NotedLine(Decimal(1000), jam), NotedLine(Decimal(1000), name="Œufs")],
        "catalogue.price_negative": [NotedLine(Decimal(1), name="Œufs", price=Decimal(-1))],
        "catalogue.price_too_high": [NotedLine(Decimal(1), jam, price=Decimal("1e12"))],
        "catalogue.vat_unknown": [NotedLine(Decimal(1), name="Œufs", vat_rate=Decimal(19))],
    }
    told = {}
    for code, lines in cases.items():
        for line in lines:
            with pytest.raises(Refused) as refusal, transaction.atomic():
                note_order(shop, jam, line)
            told[code] = (refusal.value.code, refusal.value.details["line"])
    assert told == {code: (code, 1) for code in cases}
    whole = {
        "orders.nothing_noted": {},
        "orders.too_many_lines": {"lines": [FREE] * 101},
        "customers.contact_missing": {"lines": [FREE], "contact": Contact("Cliente")},
        "orders.day_wrong": {"lines": [FREE], "wish": Wish(dt.date.max)},
    }
    for code, said in whole.items():
        with pytest.raises(Refused, match=code), transaction.atomic():
            note_order(shop, *said.pop("lines", []), **said)  # type: ignore[misc, arg-type]
    yesterday = Wish(timezone.localdate() - dt.timedelta(days=1))
    with pytest.raises(Refused, match=r"orders\.day_wrong"), transaction.atomic():
        note_order(shop, FREE, wish=yesterday)
    assert not Order.objects.exists()


def test_the_shop_is_master_of_the_day() -> None:
    shop = a_shop()
    shops.set_hours(shop.places.get(), [(0, dt.time(9), dt.time(12))], by=SYSTEM)  # Mondays
    bread = a_variant(shop, availability=Availability.DAILY, daily_quantity=Decimal(4))
    wednesday = dt.date(2026, 12, 2)
    with time_machine.travel(dt.datetime(2026, 12, 1, 10, tzinfo=dt.UTC), tick=False):
        closed = note_order(shop, bread, wish=Wish(wednesday), hold_hours=3)
        usual = note_order(shop, bread, wish=None)
    when = [timezone.localtime(m) for m in (closed.collect_from, closed.collect_until, closed.hold_until)]
    assert [f"{m:%d %H:%M}" for m in when] == ["02 07:00", "02 20:30", "02 23:30"]
    when = [timezone.localtime(m) for m in (usual.collect_from, usual.collect_until, usual.hold_until)]
    assert [f"{m:%d %H:%M}" for m in when] == ["07 09:00", "07 12:00", "08 12:00"]
    days = stock.available([bread.id], [wednesday, dt.date(2026, 12, 7)])
    assert days == {(bread.id, wednesday): 3, (bread.id, dt.date(2026, 12, 7)): 3}


def test_a_free_line_gets_its_price_before_it_is_handed_over() -> None:
    shop = a_shop()
    part = note_order(shop, a_variant(shop, price=Decimal("4.20")), NotedLine(Decimal(2), name="Tartes"))
    tarts = part.lines.get(name="Tartes")
    assert (part.total, part.is_priced) == (Decimal("4.20"), False)
    prepare.ready(part, by=SYSTEM)
    with pytest.raises(Refused, match=r"orders\.price_missing"), transaction.atomic():
        prepare.hand_over(part, by=SYSTEM)
    assert ShopOrder.objects.get().state == State.READY
    for price in ("12.50", "99"):  # what has a price keeps it
        prices.say(part, tarts.id, Decimal(price), by=SYSTEM)
    prepare.hand_over(part, by=SYSTEM)
    part = ShopOrder.objects.get()
    assert (part.state, part.total, part.is_priced) == (State.HANDED_OVER, Decimal("29.20"), True)


def test_a_closed_order_gets_no_price_and_no_other_shops_line_does() -> None:
    shop = a_shop()
    part, other = note_order(shop, FREE), note_order(a_shop(shop.market), FREE)
    prices.say(part, other.lines.get().id, Decimal(9), by=SYSTEM)
    prepare.cancel(part, by=SYSTEM)
    with pytest.raises(Refused, match=r"orders\.not_now"):
        prices.say(part, part.lines.get().id, Decimal(9), by=SYSTEM)
    assert not OrderLine.objects.filter(is_priced=True).exists()


def test_a_free_line_bears_the_rate_of_its_name() -> None:
    baker = a_shop(trade=Trade.BAKER)
    names = ["Pain de deux kilos", "Sandwich au jambon"]
    part = note_order(baker, *(NotedLine(Decimal(1), name=name) for name in names))
    assert list(part.lines.values_list("vat_rate", flat=True)) == [Decimal("5.5"), Decimal(10)]
    without = a_shop(vat_regime=Shop.VatRegime.FRANCHISE)
    assert note_order(without, FREE).lines.get().vat_rate == 0


def test_a_free_line_is_settled_and_changed_like_another() -> None:
    shop = a_shop()
    jam = a_variant(shop, stock_of=3)
    part = note_order(shop, jam, NotedLine(Decimal(4), name="Tartes", price=Decimal(3)))
    tarts = part.lines.get(variant=None)
    settle.change(part, {tarts.id: Decimal(3)}, by=CUSTOMER)
    settle.settle(part, [settle.LineChange(tarts.id, Decimal(1), a_variant(shop, stock_of=1))], by=SYSTEM)
    assert (ShopOrder.objects.get().state, stock.broken_levels()) == (State.TO_AGREE, [])


def test_the_database_keeps_free_lines_honest() -> None:
    part = note_order(a_shop(), FREE)
    for wrong in ({"unit_price": 5}, {"name": ""}, {"variant": a_variant(part.shop)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            part.lines.update(**wrong)


def test_customers_are_proposed_by_name_or_number_to_the_shop_where_they_ordered() -> None:
    market = a_market()
    shop, other = a_shop(market), a_shop(market)
    note_order(shop, FREE, contact=Contact("Boulangère Élodie", phone="05 49 12 34 56"))
    note_order(shop, FREE, contact=Contact("Boulangère Élodie", phone="05 49 12 34 56"))
    note_order(other, FREE, contact=Contact("Boulangère Zoé", phone="06 12 34 56 78"))
    found = {
        said: [order.name for order in notebook.customers(shop, name=said[0], phone=said[1])]
        for said in [
            ("elo", ""),
            ("boul elo", ""),
            ("", "05 49"),
            ("", "+33 5 49"),
            ("zoe", ""),
            ("", "06"),
            ("e", ""),
            ("elo", "06"),
        ]
    }
    met = ["Boulangère Élodie"]
    assert found == {
        ("elo", ""): met, ("boul elo", ""): met, ("", "05 49"): met, ("", "+33 5 49"): met,
        ("zoe", ""): [], ("", "06"): [], ("e", ""): [], ("elo", "06"): [],
    }  # fmt: skip


def test_what_is_asked_for_most_comes_first() -> None:
    shop = a_shop()
    rare, often, out = (a_variant(shop) for _ in range(3))
    assert {v.id for v in notebook.asked_most(shop)} == {rare.id, often.id, out.id}  # nobody ordered yet
    for lines in ([rare, often, out, FREE], [often, out], [out]):
        note_order(shop, *lines)
    catalogue.set_sold_out([out], True, by=SYSTEM)
    assert [v.id for v in notebook.asked_most(shop)] == [often.id, rare.id]
    with time_machine.travel(timezone.now() + dt.timedelta(weeks=9)):
        note_order(shop, rare)
        assert [v.id for v in notebook.asked_most(shop)] == [rare.id]
