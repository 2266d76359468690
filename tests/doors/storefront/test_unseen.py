# SPDX-License-Identifier: AGPL-3.0-or-later
"""A customer whose order nobody has looked at reads it, and what to do."""

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from tests import factories as make
from tests.ringing import deliver

from halles.domain.bells import actions as bells
from halles.domain.orders.actions import prepare
from halles.domain.orders.models import Order, ShopOrder
from halles.domain.people.reads import actor
from halles.domain.shops import actions as shops
from halles.domain.shops.models import Shop
from halles.kernel.actor import SYSTEM

pytestmark = pytest.mark.django_db
WEDNESDAY = dt.datetime(2026, 11, 25, 11, 0, tzinfo=dt.UTC)  # noon in the town
TELEPHONE = "n'a pas encore vu votre commande"


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    """The shop is open from nine to seven."""
    with time_machine.travel(WEDNESDAY, tick=False):
        yield


@pytest.fixture
def order() -> Order:
    """An order that has just called its shop."""
    variant = make.a_variant()
    shop: Shop = variant.product.shop
    week = [(weekday, dt.time(9), dt.time(19)) for weekday in range(7)]
    shops.set_hours(shop.places.get(), week, by=SYSTEM)
    placed = make.an_order(make.variant_of(variant.product))
    deliver()
    return placed


def page(order: Order, after: dt.timedelta) -> str:
    """What the order's page says so long after."""
    with time_machine.travel(WEDNESDAY + after, tick=False):
        return Client().get(f"/commande/{order.secret}").content.decode()


def test_half_an_hour_of_opening_time_without_a_look_is_said_with_the_number(order: Order) -> None:
    assert TELEPHONE not in page(order, dt.timedelta(minutes=29))
    late = page(order, dt.timedelta(minutes=31))
    assert (
        TELEPHONE in late and "Téléphonez\u00a0:" in late and "05 36 49 12 34" in late.replace("\u00a0", " ")
    )


def test_while_it_is_closed_it_says_when_it_opens(order: Order) -> None:
    night = page(order, dt.timedelta(hours=9))
    assert TELEPHONE not in night
    assert "La boutique ouvre demain à 9\u00a0h, elle verra votre commande." in night
    morning = page(order, dt.timedelta(hours=20, minutes=30))
    assert "La boutique ouvre aujourd'hui à 9\u00a0h" in morning.replace("&#x27;", "'")


def test_what_goes_back_before_the_shop_opens_is_not_said_to_be_seen_then(order: Order) -> None:
    variant = make.variant_of(order.shop_orders.get().lines.get().variant.product)
    with time_machine.travel(WEDNESDAY + dt.timedelta(hours=9), tick=False):
        unconfirmed = make.an_order(variant, confirmed=False)
        deliver()
    assert "elle verra votre commande" not in page(unconfirmed, dt.timedelta(hours=9, minutes=1))


def test_once_it_was_looked_at_the_history_says_so_and_nothing_else(order: Order) -> None:
    part: ShopOrder = order.shop_orders.get()
    owner = make.owner_of(part.shop)
    bells.answer(part.id, by=actor(owner))
    seen = page(order, dt.timedelta(hours=2))
    assert TELEPHONE not in seen and "Vue par la boutique" in seen and part.shop.name in seen


def test_an_order_that_was_accepted_or_given_up_is_not_waited_for(order: Order) -> None:
    prepare.cancel(order.shop_orders.get(), by=make.CUSTOMER)
    deliver()  # which calls the shop, for the change
    assert TELEPHONE not in page(order, dt.timedelta(hours=2))
