# SPDX-License-Identifier: AGPL-3.0-or-later
"""The ledger of goods never lies: invariant 1 of the house."""

import datetime as dt
import uuid
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.db.transaction import TransactionManagementError
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.factories import a_shop, a_variant, tomorrow

from halles.domain.catalogue.models import Availability
from halles.domain.shops.models import Shop
from halles.domain.stock import actions as stock
from halles.domain.stock import reads
from halles.domain.stock.models import StockLevel
from halles.kernel.actor import SYSTEM
from halles.kernel.errors import Refused

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 28)


def level() -> StockLevel:
    return StockLevel.objects.get()


def test_what_is_kept_leaves_what_can_be_sold_but_not_what_is_there() -> None:
    variant = a_variant(stock_of=3)
    stock.reserve([stock.Wanted(variant, Decimal(2), DAY, uuid.uuid4())])
    assert (level().on_hand, level().reserved) == (3, 2)
    assert reads.available([variant.id]) == {(variant.id, None): Decimal(1)}


def test_nothing_is_kept_but_in_the_transaction_of_what_it_is_for(monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = stock.Wanted(a_variant(stock_of=3), Decimal(2), DAY, uuid.uuid4())
    with monkeypatch.context() as patch, pytest.raises(TransactionManagementError):
        patch.setattr(stock, "connection", SimpleNamespace(in_atomic_block=False))
        stock.reserve([wanted])
    assert level().reserved == 0


def test_all_is_kept_or_nothing_and_one_is_told_what_is_left() -> None:
    plenty, scarce = a_variant(stock_of=9), a_variant(stock_of=1)
    here, short = uuid.uuid4(), uuid.uuid4()
    with pytest.raises(Refused) as refusal:
        stock.reserve(
            [stock.Wanted(plenty, Decimal(5), DAY, here), stock.Wanted(scarce, Decimal(2), DAY, short)]
        )
    assert refusal.value.details["left"] == {str(short): 1}
    assert reads.available([plenty.id, scarce.id]) == {(plenty.id, None): 9, (scarce.id, None): 1}


def test_what_is_made_each_day_is_promised_by_day() -> None:
    loaf = a_variant(availability=Availability.DAILY, daily_quantity=Decimal(2))
    stock.reserve([stock.Wanted(loaf, Decimal(2), DAY, uuid.uuid4())])
    with pytest.raises(Refused):
        stock.reserve([stock.Wanted(loaf, Decimal(1), DAY, uuid.uuid4())])
    stock.reserve([stock.Wanted(loaf, Decimal(1), DAY + dt.timedelta(days=1), uuid.uuid4())])


def test_a_day_can_have_more_but_not_less_than_is_promised() -> None:
    loaf = a_variant(availability=Availability.DAILY, daily_quantity=Decimal(2))
    stock.plan_day(loaf, tomorrow(), Decimal(40), by=SYSTEM)
    stock.reserve([stock.Wanted(loaf, Decimal(30), tomorrow(), uuid.uuid4())])
    with pytest.raises(Refused) as refusal:
        stock.plan_day(loaf, tomorrow(), Decimal(20), by=SYSTEM)
    assert refusal.value.code == "stock.promised"


def test_goods_nobody_counts_are_never_refused() -> None:
    variant = a_variant(availability=Availability.AVAILABLE)
    stock.reserve([stock.Wanted(variant, Decimal(500), DAY, uuid.uuid4())])
    assert not StockLevel.objects.exists()


def test_giving_back_or_handing_out_twice_changes_nothing() -> None:
    variant, kept, given_back = a_variant(stock_of=5), uuid.uuid4(), uuid.uuid4()
    stock.reserve(
        [stock.Wanted(variant, Decimal(2), DAY, kept), stock.Wanted(variant, Decimal(1), DAY, given_back)]
    )
    for _ in range(2):
        stock.hand_out([kept], by=SYSTEM)
        stock.release([given_back])
    assert (level().on_hand, level().reserved) == (3, 0)


steps = st.lists(
    st.tuples(
        st.sampled_from(["reserve", "release", "hand_out", "count"]), st.integers(0, 4), st.integers(0, 6)
    ),
    max_size=25,
)


@pytest.fixture
def shop(db: None) -> Shop:
    return a_shop()


@given(steps=steps)
@settings(max_examples=settings().max_examples // 3)
def test_whatever_happens_levels_agree_with_moves_and_promises(
    shop: Shop, steps: list[tuple[str, int, int]]
) -> None:
    variant = a_variant(shop, stock_of=4)
    references = [uuid.uuid4() for _ in range(5)]
    for verb, which, quantity in steps:
        try:
            match verb:
                case "reserve":
                    stock.reserve([stock.Wanted(variant, Decimal(quantity or 1), DAY, references[which])])
                case "release":
                    stock.release([references[which]])
                case "hand_out":
                    stock.hand_out([references[which]], by=SYSTEM)
                case _:
                    stock.count(variant, Decimal(quantity), by=SYSTEM)
        except Refused:
            pass  # a refusal is an answer; what matters is that the ledger stands
        standing = StockLevel.objects.get(variant=variant)
        assert 0 <= standing.reserved <= standing.on_hand
    assert reads.broken_levels() == []
