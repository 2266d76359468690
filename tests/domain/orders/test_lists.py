# SPDX-License-Identifier: AGPL-3.0-or-later
"""A shop's lists of orders: each in its order, none of another shop, in a number of queries that does not grow."""

import datetime as dt
from typing import Any

import pytest
from tests import factories as make

from halles.domain.orders import reads
from halles.domain.orders.models import ShopOrder
from halles.domain.orders.rules import State

pytestmark = pytest.mark.django_db


def test_open_ones_come_soonest_first_and_those_that_are_over_latest_first(
    django_assert_num_queries: Any,
) -> None:
    variant = make.a_variant()
    parts = [make.an_order(variant).shop_orders.get() for _ in range(6)]
    make.an_order()
    for number, part in enumerate(parts):
        part.collect_from += dt.timedelta(hours=number)
        part.state = State.HANDED_OVER if number % 2 else part.state
        part.save()
    shop = variant.product.shop

    with django_assert_num_queries(4):
        soon, over = list(reads.open_of_shop(shop)), list(reads.ended_of_shop(shop))

    assert [part.id for part in soon] == [parts[0].id, parts[2].id, parts[4].id]
    assert [part.id for part in over] == [parts[5].id, parts[3].id, parts[1].id]
    assert reads.to_accept(shop) == 3
    ShopOrder.objects.update(state=State.READY)
    assert reads.to_accept(shop) == 0
