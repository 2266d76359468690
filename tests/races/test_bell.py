# SPDX-License-Identifier: AGPL-3.0-or-later
"""Two think of the same call at the same moment: it rings once, or not at all when its order was just accepted."""

from pathlib import Path

import pytest
from django.core.cache import cache
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from halles.domain.bells.actions import call, set_quiet
from halles.domain.bells.models import Call
from halles.domain.bells.rules import Kind
from halles.domain.orders.models import ShopOrder
from halles.kernel.actor import SYSTEM
from halles.kernel.identifiers import uuid7
from tests import factories as make
from tests.pushserver import Browser
from tests.races.together import together
from tests.ringing import a_device

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

AT_ONCE, CALLS, ORDERS = 4, 12, 40


def test_two_workers_ring_a_round_once(tmp_path: Path) -> None:
    shop = make.a_shop()
    a_device(make.owner_of(shop), Browser("b", "https://push.example.org"))
    set_quiet(make.owner_of(shop), None, None, by=SYSTEM)
    for _ in range(CALLS):
        call(shop, Kind.ORDERS, uuid7(), act="orders.placed", occasion="1")
    now = timezone.now()
    Call.objects.update(steps=1, step_at=now, next_at=now)
    DBTaskResult.objects.all().delete()
    together(AT_ONCE, tmp_path, before="from halles.domain.bells.actions import ring_due", then="ring_due()")
    assert set(Call.objects.values_list("steps", flat=True)) == {2}
    rings = [row for row in DBTaskResult.objects.all() if row.args_kwargs["kwargs"]["event"] == "bells.ring"]
    assert len(rings) == CALLS


# One accepts what was placed while the other, a worker, lets it call: both walk the same way.
BEFORE = """
from django.core.cache import cache
from halles.domain.orders import calls
from halles.domain.orders.actions import prepare
from halles.domain.orders.models import ShopOrder
from halles.kernel.actor import SYSTEM
accepts = cache.add("accepts", True)
parts = list(ShopOrder.objects.order_by("pk"))
"""
THEN = """
for part in parts:
    prepare.accept(part, by=SYSTEM) if accepts else calls.placed(str(part.order_id))
"""


def test_what_the_shop_accepts_at_that_moment_does_not_ring(tmp_path: Path) -> None:
    cache.clear()
    variant = make.a_variant()
    for _ in range(ORDERS):
        make.an_order(variant)
    together(2, tmp_path, before=BEFORE, then=THEN)
    assert set(ShopOrder.objects.values_list("state", flat=True)) == {"accepted"}
    assert not Call.objects.filter(seen_at=None).exists()
