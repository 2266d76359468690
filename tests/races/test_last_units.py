# SPDX-License-Identifier: AGPL-3.0-or-later
"""Sixty-four neighbours and ten loaves, over HTTP, in real processes."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from halles.domain.orders import reads as orders
from halles.domain.orders.models import Order, OrderLine
from halles.domain.stock import reads as stock
from halles.domain.stock.models import Reservation, StockLevel
from tests.browser import Live
from tests.factories import a_product, a_shop

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

NEIGHBOURS = 64
UNITS = 10
PATIENCE = 180


def test_ten_are_sold_and_fifty_four_are_told(live: Live) -> None:
    shop = a_shop()
    product = a_product(shop, stock_of=UNITS)
    address = f"/boutiques/{shop.slug}/{product.slug}"
    neighbours = [_neighbour(live.url, address, f"Cliente {number}") for number in range(NEIGHBOURS)]
    for neighbour in neighbours:
        assert neighbour.stdout is not None
        assert neighbour.stdout.readline() == "ready\n"
    for neighbour in neighbours:
        assert neighbour.stdin is not None
        neighbour.stdin.write("go\n")
        neighbour.stdin.flush()
    answers = Counter(neighbour.communicate(timeout=PATIENCE)[0].strip() for neighbour in neighbours)

    assert answers == {"sold": UNITS, "told": NEIGHBOURS - UNITS}
    assert Order.objects.count() == OrderLine.objects.count() == UNITS
    assert Reservation.objects.filter(state=Reservation.State.LIVE).count() == UNITS
    level = StockLevel.objects.get()
    assert (level.on_hand, level.reserved) == (UNITS, UNITS)
    assert stock.broken_levels() == []
    assert orders.wrong_totals() == []


def _neighbour(origin: str, product: str, name: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.visitor", origin, product, name],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).resolve().parents[2],
    )
