# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whoever places an order or delivers its letters may be killed at any moment: an order is whole, or it is not there."""

import os
import re
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from django.db.models import F
from django_tasks_db.models import DBTaskResult

from halles.domain.catalogue.models import Variant
from halles.domain.journal import reads as journal
from halles.domain.journal.models import IdempotencyKey
from halles.domain.orders import reads as orders
from halles.domain.orders.models import Basket, Order, OrderLine, ShopOrder
from halles.domain.stock import reads as stock
from halles.domain.stock.models import Reservation, StockLevel
from halles.doors.cli.orphans import die_with_parent
from halles.doors.clock.reaper import LONGEST_TASK, resume_interrupted
from tests.browser import database_url
from tests.factories import a_basket, a_market, a_shop, a_variant, owner_of
from tests.races.killed import address_of, press

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

ROOT = Path(__file__).resolve().parents[2]
NEIGHBOURS = 12
UNITS = 100
PATIENCE = 180
MAIN = "import django; django.setup(); from tests.races.killed import main; main()"
RULE = b"-" * 79  # under each letter in a file


def test_who_is_killed_leaves_whole_orders_or_none_and_every_letter_comes(tmp_path: Path) -> None:
    market = a_market()
    goods = [a_variant(a_shop(market), stock_of=UNITS) for _ in range(2)]
    DBTaskResult.objects.all().delete()  # the shops' own letters
    secrets = [a_basket(*goods, quantity=2).secret for _ in range(NEIGHBOURS)]

    customers = [killer(tmp_path, "place", *secrets), killer(tmp_path, "place", *reversed(secrets))]
    workers = killer(tmp_path, "deliver")
    try:
        killed = [how_many(process) for process in customers]
    finally:
        workers.terminate()
    assert min(*killed, how_many(workers)) > 0

    survived = {order.pk for order in whole_orders(goods)}
    placed = {press(secret).pk for secret in secrets}
    assert len(survived) > len(customers)  # more than those who were left alone
    assert survived <= placed
    assert len(whole_orders(goods)) == len(placed) == NEIGHBOURS
    assert {press(secret).pk for secret in secrets} == placed

    deliver_the_rest(tmp_path)
    letters = letters_in(tmp_path / "mail")
    assert {to: len(names) for to, names in letters.items()} == (
        {address_of(secret): 1 for secret in secrets}
        | {owner_of(variant.product.shop).email: NEIGHBOURS for variant in goods}
    )


def whole_orders(goods: list[Variant]) -> list[Order]:
    """The orders that are there, each with all that belongs to it; nothing is there that belongs to none."""
    found = list(Order.objects.all())
    for order in found:
        parts = ShopOrder.objects.filter(order=order)
        lines = OrderLine.objects.filter(shop_order__order=order)
        assert {(line.variant_id, line.quantity) for line in lines} == {(variant.id, 2) for variant in goods}
        assert {part.shop_id for part in parts} == {variant.shop_id for variant in goods}
        kept = Reservation.objects.filter(reference__in=lines.values("id"), state=Reservation.State.LIVE)
        assert [promise.quantity for promise in kept] == [2, 2]
        assert Basket.objects.filter(order=order).count() == 1
        assert [entry.act for entry in journal.history([order.id])] == ["orders.placed"]
    told = DBTaskResult.objects.values_list("args_kwargs", flat=True)
    payloads = [row["kwargs"]["payload"] for row in told]
    news = sorted(
        payload["order_id"] for payload in payloads if "order_id" in payload
    )  # not what the bell says then
    assert news == sorted(2 * [str(order.id) for order in found])  # to the customer, to the shops' bells
    keys = IdempotencyKey.objects.filter(scope="orders.place").values_list("result", flat=True)
    assert sorted(key["order"] for key in keys) == sorted(str(order.id) for order in found)
    assert OrderLine.objects.count() == Reservation.objects.count() == 2 * len(found)
    levels = StockLevel.objects.values_list("on_hand", "reserved")
    assert list(levels) == 2 * [(UNITS, 2 * len(found))]
    assert (stock.broken_levels(), orders.wrong_totals()) == ([], [])
    return found


def deliver_the_rest(data: Path) -> None:
    """One more worker, whom nobody kills; what dead ones left is its own after five minutes."""
    DBTaskResult.objects.running().update(started_at=F("started_at") - LONGEST_TASK - timedelta(seconds=1))
    resume_interrupted()
    command = "from halles.config.command import main; main()"
    worker = subprocess.Popen([sys.executable, "-c", command, "worker"], env=environment(data), cwd=ROOT)
    try:
        deadline = time.monotonic() + PATIENCE
        while DBTaskResult.objects.exclude(pk__in=DBTaskResult.objects.successful()).exists():
            assert time.monotonic() < deadline, "the letters do not leave"
            time.sleep(0.1)
    finally:
        worker.terminate()
        worker.wait(PATIENCE)


def letters_in(folder: Path) -> dict[str, set[str]]:
    """The Message-IDs of the letters to each address. What was cut off by a death has not been sent."""
    found = defaultdict(set)
    for letter in whole_letters(folder):
        message = message_from_bytes(letter, policy=policy.default)
        found[str(message["To"])].add(str(message["Message-ID"]))
    return found


def whole_letters(folder: Path) -> Iterator[bytes]:
    for file in folder.glob("*.log"):
        for letter in re.split(rb"(?m)^(?=Content-Type: multipart/alternative)", file.read_bytes()):
            if letter.rstrip().endswith(RULE):
                yield letter


def killer(data: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", MAIN, *arguments],
        env=environment(data),
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        preexec_fn=die_with_parent,
    )


def how_many(process: subprocess.Popen[str]) -> int:
    """How many of its children were killed."""
    said, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    return int(said)


def environment(data: Path) -> dict[str, str]:
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "halles.config.settings",
        "DATABASE_URL": database_url(),
        "HALLES_DATA": str(data),
    }
