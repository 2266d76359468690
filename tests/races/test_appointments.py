# SPDX-License-Identifier: AGPL-3.0-or-later
"""Sixty-four rivals for one hour of a service, in real processes: exactly one has it, and the others are told."""

from pathlib import Path

import pytest

from halles.domain.appointments import reads
from halles.domain.appointments.models import Appointment
from halles.domain.orders.models import ShopOrder
from tests.factories import a_service, in_days
from tests.races.together import together

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

PROCESSES, EACH = 16, 4
BEFORE = """
import datetime as dt
from decimal import Decimal
from halles.domain.catalogue.models import Variant
from halles.domain.orders.actions import baskets
from halles.kernel.errors import Refused
from tests.factories import place_order

start = dt.datetime.fromisoformat("{start}")
variant = Variant.objects.select_related("product__shop__market").get(pk="{variant}")
mine = []
for number in range({each}):
    basket = baskets.new_basket(variant.product.shop.market)
    # Half of them half an hour later: they overlap with the others and with one another.
    baskets.put(basket, variant, Decimal(1), starts_at=start + dt.timedelta(minutes=30 * (number % 2)))
    mine.append(basket)


def placed(basket):
    try:
        place_order(basket, email=f"cliente{{basket.id.hex}}@example.org")
        return 1
    except Refused as refused:
        assert refused.code in {{"orders.time_taken", "orders.changed"}}, refused
        return 0
"""
THEN = "print(sum(map(placed, mine)))"


def test_one_hour_goes_to_exactly_one(tmp_path: Path) -> None:
    cut = a_service()
    start = in_days(3, "14:00")
    before = BEFORE.format(start=start.isoformat(), variant=cut.id, each=EACH)
    said = together(PROCESSES, tmp_path, before=before, then=THEN)
    assert sum(map(int, said)) == 1
    assert Appointment.objects.count() == ShopOrder.objects.count() == 1
    assert list(reads.examine()) == []
