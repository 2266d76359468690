# SPDX-License-Identifier: AGPL-3.0-or-later
"""What grows for ever is gone through from the last row that was shown, however long it is."""

import datetime as dt
import uuid
from types import SimpleNamespace
from typing import Any

import pytest
from tests.factories import a_variant, an_order

from halles.domain.orders import reads
from halles.domain.orders.models import ShopOrder
from halles.domain.orders.rules import State
from halles.doors.backoffice.paging import chapter

pytestmark = pytest.mark.django_db


def asked(after: object) -> Any:
    return SimpleNamespace(GET={"apres": str(after)})


@pytest.mark.parametrize("number", [1, 2, 3, 7])
def test_every_row_comes_once_and_in_order_though_many_are_of_one_moment(number: int) -> None:
    variant = a_variant()
    parts = [an_order(variant).shop_orders.get() for _ in range(7)]
    shop = parts[0].shop
    for part in parts[1:4]:  # all that one is in order by is the same, but its id
        ShopOrder.objects.filter(pk=part.pk).update(created_at=parts[1].created_at)
    ShopOrder.objects.filter(pk=parts[5].pk).update(created_at=parts[0].created_at - dt.timedelta(hours=1))
    ShopOrder.objects.filter(shop=shop).update(state=State.HANDED_OVER, collect_from=parts[0].collect_from)
    ShopOrder.objects.filter(pk=parts[6].pk).update(collect_from=parts[0].collect_from.replace(year=2020))
    every = [part.pk for part in reads.ended_of_shop(shop)]

    seen, after = [], ""
    while True:
        shown = chapter(asked(after), reads.ended_of_shop(shop), number)
        assert shown.is_first is (after == "")
        seen += [part.pk for part in shown]
        if shown.last is None or len(seen) > len(every):
            break
        after = str(shown.last)

    assert seen == every
    assert len(every) == 7


def test_nonsense_and_the_row_of_another_list_begin_at_the_beginning() -> None:
    order = an_order().shop_orders.get()
    ShopOrder.objects.filter(pk=order.pk).update(state=State.HANDED_OVER)
    for after in ("", "\x00", "é" * 5000, "٣" * 32, uuid.UUID(int=0), an_order().shop_orders.get().pk):
        shown = chapter(asked(after), reads.ended_of_shop(order.shop), 5)
        assert ([part.pk for part in shown], shown.last, shown.is_first) == ([order.pk], None, True)
