# SPDX-License-Identifier: AGPL-3.0-or-later
"""One change to many articles: a look is a promise, each article is changed once or left with a reason, all go back."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from tests.factories import a_category, a_product, a_shop, variant_of

from halles.domain.bulkedits import actions, reads, rules
from halles.domain.bulkedits.actions import ask, walk
from halles.domain.bulkedits.models import BulkEdit, EditedProduct
from halles.domain.bulkedits.rules import Asked, How, Rounding, What
from halles.domain.catalogue import actions as catalogue
from halles.domain.catalogue import shelf
from halles.domain.catalogue.actions import ProductFacts, VariantFacts, taken
from halles.domain.catalogue.models import Availability, Price, Product, Variant
from halles.domain.journal.models import JournalEntry
from halles.domain.shops.models import Shop
from halles.kernel.actor import SYSTEM
from halles.kernel.errors import Refused
from halles.kernel.numbers import CENT, LARGEST

PRICES = st.decimals(Decimal("0.01"), Decimal(5000), places=2)
PERCENT = st.decimals(Decimal(0), Decimal("99.99"), places=2)
MORE = Asked(What.PRICE, How.PERCENT_MORE, Decimal(10))
db = pytest.mark.django_db


def new_price(now: str, how: How, number: str, rounding: Rounding = Rounding.CENT) -> Decimal:
    return rules.new_price(Asked(What.PRICE, how, Decimal(number), rounding), Decimal(now))


@pytest.mark.parametrize(
    ("now", "how", "number", "rounding", "then"),
    [
        ("4.20", How.PERCENT_MORE, "5", Rounding.CENT, "4.41"),
        ("4.20", How.PERCENT_MORE, "5", Rounding.TEN, "4.40"),
        ("4.20", How.PERCENT_MORE, "5", Rounding.FIVE, "4.40"),
        ("4.20", How.PERCENT_LESS, "5", Rounding.CENT, "3.99"),
        ("4.20", How.PERCENT_MORE, "5", Rounding.EURO, "4"),
        ("4.20", How.PERCENT_MORE, "10", Rounding.NINETY, "4.90"),
        ("4.20", How.AMOUNT_MORE, "0.30", Rounding.CENT, "4.50"),
        ("4.20", How.AMOUNT_LESS, "4.19", Rounding.CENT, "0.01"),
        ("4.20", How.SET, "12", Rounding.NINETY, "12"),
        ("0.30", How.PERCENT_MORE, "5", Rounding.EURO, "0.32"),  # never rounded to nought
        ("0.01", How.PERCENT_LESS, "99", Rounding.TEN, "0.01"),
        ("0.05", How.PERCENT_MORE, "0", Rounding.TEN, "0.10"),
    ],
)
def test_prices_follow_as_a_shopkeeper_rounds(
    now: str, how: How, number: str, rounding: Rounding, then: str
) -> None:
    assert new_price(now, how, number, rounding) == Decimal(then)


@given(PRICES, PERCENT, st.sampled_from([How.PERCENT_MORE, How.PERCENT_LESS]), st.sampled_from(Rounding))
def test_a_price_is_never_lost_by_rounding(
    now: Decimal, number: Decimal, how: How, rounding: Rounding
) -> None:
    then = rules.new_price(Asked(What.PRICE, how, number, rounding), now)
    assert CENT <= then <= LARGEST
    assert then == round(then, 2)
    if then >= 1:
        step, ending = rules.ENDINGS[rounding]
        assert (then - ending) % step == 0


@given(PRICES)
def test_nothing_more_and_nothing_less_change_nothing(now: Decimal) -> None:
    for how in (How.PERCENT_MORE, How.PERCENT_LESS, How.AMOUNT_MORE, How.AMOUNT_LESS):
        assert new_price(str(now), how, "0") == now


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (Asked(What.PRICE, How.PERCENT_MORE, Decimal("NaN")), "bulkedits.number_wrong"),
        (Asked(What.PRICE, How.PERCENT_MORE, Decimal("Infinity")), "bulkedits.number_wrong"),
        (Asked(What.PRICE, How.PERCENT_MORE, Decimal(-5)), "bulkedits.number_wrong"),
        (Asked(What.PRICE, How.PERCENT_MORE, Decimal("1e9")), "bulkedits.percent_too_high"),
        (Asked(What.PRICE, How.PERCENT_LESS, Decimal(100)), "bulkedits.percent_too_low"),
        (Asked(What.PRICE, How.SET, Decimal("1e9")), "catalogue.price_too_high"),
        (Asked(What.VAT, vat_rate=Decimal("19.6")), "catalogue.vat_unknown"),
        (Asked(What.AVAILABILITY, availability=Availability.TO_ORDER), "bulkedits.delay_missing"),
        (Asked(What.AVAILABILITY, availability=Availability.DAILY), "bulkedits.daily_missing"),
    ],
)
def test_what_can_be_asked_of_no_article_is_refused_at_once(asked: Asked, code: str) -> None:
    with pytest.raises(Refused) as refused:
        rules.check(asked)
    assert refused.value.code == code


@given(
    st.sampled_from(What),
    st.sampled_from(How),
    PRICES,
    st.sampled_from(Rounding),
    st.sampled_from(Availability),
)
def test_what_was_asked_is_kept_as_it_was(
    what: What, how: How, number: Decimal, rounding: Rounding, availability: Availability
) -> None:
    asked = Asked(what, how, number, rounding, Decimal("5.5"), "", availability, 3, Decimal("2.5"))
    assert rules.from_json(rules.as_json(asked)) == asked


def found(shop: Shop) -> Any:
    return shelf.products(shop)


def looked(shop: Shop, asked: Asked = MORE, products: Any = None) -> BulkEdit:
    edit = actions.look(shop, found(shop) if products is None else products, asked, found_by={}, by=SYSTEM)
    assert edit.state == "looked"
    return edit


def done(shop: Shop, asked: Asked = MORE) -> BulkEdit:
    edit = looked(shop, asked)
    actions.start(edit, by=SYSTEM)
    assert edit.state == "done"
    return edit


def counts(edit: BulkEdit) -> dict[str, int]:
    (of_each,) = reads.counts([edit]).values()
    assert sum(of_each.values()) == edit.total
    return {name: number for name, number in of_each.items() if number}


def prices(shop: Shop) -> dict[str, Decimal]:
    return {
        v.product.name: v.price
        for v in Variant.objects.filter(shop=shop, archived=False).select_related("product")
    }


def some_articles(shop: Shop) -> None:
    a_product(shop, name="Miel", price=Decimal("4.20"))
    a_product(shop, name="Pain", price=Decimal("1.10"), online=False)
    a_product(shop, name="Conseil", price=Decimal(0), online=False)


def standing(shop: Shop) -> list[Any]:
    return [
        (product.id, taken(product, sold_out=True))
        for product in Product.objects.filter(shop=shop).order_by("pk")
    ]


@db
def test_a_look_changes_nothing_and_the_yes_changes_what_it_showed() -> None:
    shop = a_shop()
    some_articles(shop)
    before = standing(shop)
    edit = looked(shop)
    assert (counts(edit), standing(shop)) == ({"ready": 2, "refused": 1}, before)
    assert [(row.problem, p.name) for row, p in reads.some(edit, "refused", 9)] == [
        ("bulkedits.no_price", "Conseil")
    ]
    actions.start(edit, by=SYSTEM)
    assert counts(edit) == {"changed": 2, "refused": 1}
    assert prices(shop) == {"Miel": Decimal("4.62"), "Pain": Decimal("1.21"), "Conseil": 0}
    assert Price.objects.filter(variant__shop=shop).count() == 5
    with pytest.raises(Refused, match=r"bulkedits\.not_now"):
        actions.start(edit, by=SYSTEM)
    assert prices(shop)["Miel"] == Decimal("4.62")
    assert JournalEntry.objects.filter(act="bulkedits.done", shop_id=shop.id).count() == 1


EVERYTHING = [
    MORE,
    Asked(What.PRICE, How.SET, Decimal("9.90")),
    Asked(What.VAT, vat_rate=Decimal(20)),
    Asked(What.CATEGORY),
    Asked(What.AVAILABILITY, availability=Availability.TO_ORDER, delay_days=5),
    Asked(What.AVAILABILITY, availability=Availability.DAILY, daily_quantity=Decimal(12)),
    Asked(What.AVAILABILITY),
    Asked(What.SOLD_OUT),
    Asked(What.PUBLISH),
    Asked(What.WITHDRAW),
    Asked(What.DELETE),
]


@db
@pytest.mark.parametrize("asked", EVERYTHING, ids=lambda asked: str(asked.what))
def test_undoing_brings_everything_back_as_it_was(asked: Asked) -> None:
    shop = a_shop()
    some_articles(shop)
    two = a_product(
        shop,
        category=a_category(shop.market),
        variants=[VariantFacts("S"), VariantFacts("L", price=Decimal(9))],
    )
    catalogue.set_sold_out([variant_of(two)], True, by=SYSTEM)
    a_product(shop, name="Tableau", is_unique=True)
    before = standing(shop)
    edit = done(shop, asked)
    assert counts(edit)["changed"] >= 1
    assert standing(shop) != before
    actions.undo(edit, by=SYSTEM)
    assert (edit.state, standing(shop)) == ("undone", before)
    with pytest.raises(Refused, match=r"bulkedits\.not_now"):
        actions.undo(edit, by=SYSTEM)


@db
def test_what_cannot_be_is_left_with_its_reason() -> None:
    shop = a_shop()
    some_articles(shop)
    a_product(shop, name="Tableau", is_unique=True)
    left = {}
    for asked in (
        Asked(What.PUBLISH),
        Asked(What.AVAILABILITY),
        Asked(What.PRICE, How.AMOUNT_LESS, Decimal(2)),
    ):
        edit = done(shop, asked)
        left[asked.what] = {(row.problem, product.name) for row, product in reads.some(edit, "refused", 9)}
    assert left == {
        What.PUBLISH: {("catalogue.price_missing", "Conseil")},
        What.AVAILABILITY: {("bulkedits.unique", "Tableau")},
        What.PRICE: {("bulkedits.no_price", "Conseil"), ("bulkedits.price_gone", "Pain")},
    }


@db
def test_what_somebody_changed_after_the_look_stays_as_it_is() -> None:
    shop = a_shop()
    some_articles(shop)
    edit = looked(shop)
    honey = variant_of(Product.objects.get(shop=shop, name="Miel"))
    catalogue.set_price(honey, Decimal(6), by=SYSTEM)
    actions.start(edit, by=SYSTEM)
    assert counts(edit) == {"changed": 1, "refused": 1, "overtaken": 1}
    assert prices(shop) == {"Miel": Decimal(6), "Pain": Decimal("1.21"), "Conseil": 0}


@db
def test_what_somebody_changed_since_stays_when_the_others_go_back() -> None:
    shop = a_shop()
    some_articles(shop)
    edit = done(shop)
    honey = variant_of(Product.objects.get(shop=shop, name="Miel"))
    catalogue.set_price(honey, Decimal(6), by=SYSTEM)
    bread = variant_of(Product.objects.get(shop=shop, name="Pain"))
    catalogue.set_sold_out([bread], True, by=SYSTEM)  # none of its price's business
    actions.undo(edit, by=SYSTEM)
    assert prices(shop) == {"Miel": Decimal(6), "Pain": Decimal("1.10"), "Conseil": 0}
    assert [row.product.name for row in reads.kept_of(edit)] == ["Miel"]
    assert Variant.objects.get(pk=bread.pk).sold_out


@db
def test_only_the_shops_own_articles_are_taken() -> None:
    shop, rival = a_shop(), a_shop()
    some_articles(shop)
    a_product(rival, name="Vin", price=Decimal(8))
    gone = a_product(shop, name="Ancien")
    catalogue.set_status(gone, Product.Status.DELETED, by=SYSTEM)
    edit = looked(shop, products=Product.objects.all())
    assert edit.total == 3
    actions.start(edit, by=SYSTEM)
    assert prices(rival) == {"Vin": Decimal(8)}
    with pytest.raises(Refused, match=r"bulkedits\.none_found"):
        actions.look(shop, Product.objects.filter(shop=rival), MORE, found_by={}, by=SYSTEM)
    other = Asked(What.CATEGORY, category=str(a_category(a_shop().market).id))
    with pytest.raises(Refused, match=r"bulkedits\.category_unknown"):
        actions.look(shop, found(shop), other, found_by={}, by=SYSTEM)


@db
def test_a_shop_without_vat_stays_without() -> None:
    shop = a_shop(vat_regime=Shop.VatRegime.FRANCHISE)
    a_product(shop)
    assert counts(looked(shop, Asked(What.VAT, vat_rate=Decimal(20)))) == {"unchanged": 1}


def many_articles(shop: Shop, number: int) -> Sequence[Product]:
    said = [ProductFacts(f"Pot {n}", Decimal(n)) for n in range(1, number + 1)]
    catalogue.create_many(shop, said, statuses=[Product.Status.ONLINE] * number)
    return list(found(shop))


@db
def test_many_go_behind_the_page_and_a_killed_process_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ask, "FEW", 10)
    shop = a_shop()
    many_articles(shop, 150)
    edit = actions.look(shop, found(shop), MORE, found_by={}, by=SYSTEM)
    assert edit.state == "looking"
    assert walk.go_on(edit, seconds=0)  # and killed
    assert BulkEdit.objects.get(pk=edit.pk).position == 100
    assert not walk.go_on(edit, seconds=1000)
    actions.start(edit, by=SYSTEM)
    assert walk.go_on(edit, seconds=0)
    assert counts(edit) == {"changed": 100, "ready": 50}
    assert not walk.go_on(edit, seconds=1000)
    assert not walk.go_on(edit, seconds=1000)  # repeated
    assert sum(prices(shop).values()) == sum(range(1, 151)) * Decimal("1.1")
    edit = BulkEdit.objects.select_related("shop").get(pk=edit.pk)
    actions.undo(edit, by=SYSTEM)
    assert not walk.go_on(edit, seconds=1000)
    assert sum(prices(shop).values()) == sum(range(1, 151))
    assert BulkEdit.objects.get(pk=edit.pk).state == "undone"


@db
def test_a_batch_takes_as_many_queries_whatever_its_size() -> None:
    spent = []
    for number in (4, 30):
        shop = a_shop()
        many_articles(shop, number)
        with CaptureQueriesContext(connection) as queries:
            edit = done(shop)
            actions.undo(edit, by=SYSTEM)
        spent.append(len(queries))
    assert spent[1] <= spent[0] < 80


@db
def test_a_change_can_be_taken_back_for_two_months_and_a_look_is_forgotten_the_next_day() -> None:
    shop = a_shop()
    some_articles(shop)
    ages = {done(shop): 61, done(shop): 59, looked(shop): 2, looked(shop): 0}
    for edit, days in ages.items():
        BulkEdit.objects.filter(pk=edit.pk).update(created_at=timezone.now() - dt.timedelta(days=days))
    actions.forget_old()
    assert set(BulkEdit.objects.values_list("pk", flat=True)) == {
        e.pk for e, days in ages.items() if days in {59, 0}
    }
    assert EditedProduct.objects.count() == 6
