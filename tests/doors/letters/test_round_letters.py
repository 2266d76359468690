# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is told of a round, in letters and on the order's page: when about it comes, that somebody came in vain."""

import re
from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from tests.doors.letters.test_letters import delivered, to
from tests.rounds import FAR, NEAR, NOON, a_shop_that_brings, brought, put_in_order

from halles.domain.orders.models import Order, ShopOrder
from halles.domain.rounds.actions import doors, driving
from halles.domain.rounds.actions.doors import Told
from halles.domain.rounds.models import Stop
from halles.kernel.actor import SYSTEM

pytestmark = pytest.mark.django_db


@pytest.fixture
def parts() -> Iterator[list[ShopOrder]]:
    """Two doors this evening; the clock stands at noon."""
    with time_machine.travel(NOON, tick=False):
        shop = a_shop_that_brings()
        found = [brought(shop, code) for code in (NEAR, FAR)]
        put_in_order(shop)
        yield found


def page_of(part: ShopOrder) -> str:
    """The order's page, as one reads it."""
    body = Client().get(f"/commande/{part.order.secret}").content.decode()
    return plain(re.sub(r"<[^>]+>", " ", body).replace("&#x27;", "'"))


def plain(words: str) -> str:
    """Every space a plain one."""
    return re.sub(r"\s+", " ", words)


def leave(parts: list[ShopOrder]) -> Stop:
    """The round leaves at five; the nearer door's stop."""
    with time_machine.travel(NOON.replace(hour=17), tick=False):
        driving.start(parts[0].stops.get().round, by=SYSTEM)
        return parts[0].stops.get()


def test_each_is_told_once_when_about_it_comes(parts: list[ShopOrder]) -> None:
    assert "chez vous entre 17 h et 20 h" in page_of(parts[0])  # what was promised
    delivered()
    Order.objects.filter(pk=parts[1].order_id).update(language="en")
    leave(parts)
    letters = delivered(twice=True)
    (near,) = to(letters, parts[0].order.email)
    (far,) = to(letters, parts[1].order.email)
    assert re.search(r"arrive chez vous entre 17 h et 17 h 20", plain(near.subject))
    assert "arrives at your door between 17:30" in far.subject
    with time_machine.travel(NOON.replace(hour=17, minute=1), tick=False):
        shown = page_of(parts[0])
    assert "Livraison aujourd'hui, entre 17 h et 17 h 20" in shown
    assert "Elle est en route." in shown


def test_who_came_first_is_not_told_that_it_comes(parts: list[ShopOrder]) -> None:
    delivered()
    leave(parts)
    doors.deliver(parts[0], Told(SYSTEM))
    assert to(delivered(), parts[0].order.email) == []
    assert "en route" not in page_of(parts[0])


def test_who_was_not_there_is_told_when_somebody_came(parts: list[ShopOrder]) -> None:
    leave(parts)
    delivered()
    with time_machine.travel(NOON.replace(hour=18, minute=30), tick=False):
        doors.find_nobody(parts[0], Told(SYSTEM, age=38 * 60), note="portail fermé")
        (letter,) = to(delivered(twice=True), parts[0].order.email)
        shown = page_of(parts[0])
    for words in (letter.body, shown):
        assert "Nous sommes passés à 17 h 52" in plain(words)
        assert "portail" not in words  # a word of the shop to itself
