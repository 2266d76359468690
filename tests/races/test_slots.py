# SPDX-License-Identifier: AGPL-3.0-or-later
"""Rivals for the last places of two slots, in real processes: never one more than there is room for, and none too few."""

from pathlib import Path

import pytest
from django.utils import timezone

from halles.domain.fulfilment import reads
from halles.domain.fulfilment.models import Booking, Slot
from tests.factories import a_shop, a_way
from tests.races.together import together

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

RIVALS, ROOM = 12, 7
BEFORE = """
import uuid
from django.db import transaction
from halles.domain.fulfilment import actions
from halles.domain.fulfilment.models import Method
from halles.domain.shops.rules import Window
from halles.kernel.errors import Refused
import datetime as dt

methods = list(Method.objects.order_by("created_at"))
start = dt.datetime.fromisoformat("{start}")
window = Window(start, start + dt.timedelta(minutes=60))

def both(order):
    try:
        with transaction.atomic():
            actions.book([actions.Wanted(method, window, uuid.uuid4()) for method in methods[::order]])
        return 1
    except Refused:
        return 0
"""
THEN = "print(sum(both(order) for order in (1, -1, 1)))"


def test_the_last_places_go_to_as_many_as_there_is_room_for(tmp_path: Path) -> None:
    shops = [a_shop(), a_shop()]
    for shop in shops:
        a_way(shop, minutes=60, capacity=ROOM)
    now = timezone.now()
    counter = reads.offered([shops[0]])[shops[0].id][0]
    window, left = next(counter.coming(ready=now, now=now))
    assert left == ROOM
    said = together(RIVALS, tmp_path, before=BEFORE.format(start=window.start.isoformat()), then=THEN)
    assert sum(map(int, said)) == ROOM
    assert set(Slot.objects.values_list("taken", flat=True)) == {ROOM}
    assert Booking.objects.count() == 2 * ROOM
    assert list(reads.examine()) == []
