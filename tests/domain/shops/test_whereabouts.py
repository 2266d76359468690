# SPDX-License-Identifier: AGPL-3.0-or-later
"""An address leads to a commune, and a commune to the map, as long as nobody says a better point."""

from dataclasses import replace
from typing import Any

import pytest
from tests.factories import a_market, a_shop

from halles.domain.communes.actions import Learned, learn
from halles.domain.communes.rules import Facts
from halles.domain.journal import reads as journal
from halles.domain.shops import actions
from halles.domain.shops.models import Place, Shop, Trade
from halles.kernel.actor import SYSTEM

pytestmark = pytest.mark.django_db

POITIERS, BUXEROLLES, BIGNOUX = (4658000, 34000), (4661000, 37000), (4660000, 46000)


@pytest.fixture
def known() -> None:
    rows = [
        Facts("86194", "Poitiers", ("86000",), point=POITIERS),
        Facts("86041", "Buxerolles", ("86180",), point=BUXEROLLES),
        Facts("86028", "Bignoux", ("86800",), point=BIGNOUX),
        Facts("86226", "Saint-Julien-l'Ars", ("86800",)),
    ]
    learn(rows, Learned())


def where(place: Place) -> tuple[str, tuple[int | None, int | None]]:
    place.refresh_from_db()
    return place.city, (place.latitude, place.longitude)


def card(shop: Shop, **said: Any) -> actions.Card:
    return replace(actions.Card(name=shop.name, trade=Trade.GROCER, postal_code="86000"), **said)


def counter(shop: Shop) -> Place:
    return shop.places.get(kind=Place.Kind.COUNTER)


def test_without_communes_an_address_is_what_was_typed() -> None:
    shop = a_shop(selling=False)
    actions.change_card(shop, card(shop, city=" Poitiers "), by=SYSTEM)
    assert where(counter(shop)) == ("Poitiers", (None, None))
    assert (shop.market.latitude, shop.market.longitude) == (0, 0)
    assert actions.locate(by=SYSTEM) == 0


def test_a_new_shop_and_market_are_where_their_postal_code_says(known: None) -> None:
    shop = a_shop(selling=False)
    assert where(counter(shop)) == ("Poitiers", POITIERS)
    assert (shop.market.latitude, shop.market.longitude) == POITIERS


def test_of_several_communes_none_is_guessed(known: None) -> None:
    shop = a_shop(selling=False)
    stall = actions.add_place(
        shop, Place.Kind.STALL, name="Étal", address="", postal_code="86800", city="", by=SYSTEM
    )
    assert where(stall) == ("", (None, None))
    stall = actions.add_place(
        shop, Place.Kind.STALL, name="Étal", address="", postal_code="86800", city="bignoux", by=SYSTEM
    )
    assert where(stall) == ("bignoux", BIGNOUX)


def test_a_better_point_stays_until_the_shop_moves(known: None) -> None:
    shop, better = a_shop(selling=False), (4658123, 34567)
    actions.change_card(shop, card(shop, latitude=better[0], longitude=better[1]), by=SYSTEM)
    actions.change_card(shop, card(shop, address="2 rue Haute", city="Poitiers Cedex"), by=SYSTEM)
    assert where(counter(shop)) == ("Poitiers Cedex", better)
    actions.change_card(shop, card(shop, postal_code="86180"), by=SYSTEM)
    assert where(counter(shop)) == ("Buxerolles", BUXEROLLES)
    actions.change_card(shop, card(shop, postal_code="86800", city="Bignoux"), by=SYSTEM)
    assert where(counter(shop)) == ("Bignoux", BIGNOUX)
    actions.change_card(shop, card(shop, postal_code="86800", city="Le hameau de Bignoux"), by=SYSTEM)
    assert where(counter(shop)) == ("Le hameau de Bignoux", BIGNOUX)  # no other commune was named
    actions.change_card(shop, card(shop, postal_code="33000", city="Bordeaux"), by=SYSTEM)
    assert where(counter(shop)) == ("Bordeaux", BIGNOUX)  # a code we know nothing of moves nothing
    actions.change_card(shop, card(shop, postal_code="86800", city="Saint-Julien-l'Ars"), by=SYSTEM)
    assert where(counter(shop)) == (
        "Saint-Julien-l'Ars",
        (None, None),
    )  # where that is nobody said: not in Bignoux


def test_who_was_there_before_the_communes_is_located_once() -> None:
    shop = a_shop(selling=False)
    other = a_shop(shop.market, selling=False)
    other.places.update(latitude=1, longitude=1)
    learn([Facts("86194", "Poitiers", ("86000",), point=POITIERS)], Learned())
    assert actions.locate(by=SYSTEM) == 2  # the shop and the market
    assert where(counter(shop)) == ("Poitiers", POITIERS)
    assert where(counter(other))[1] == (1, 1)
    assert [entry.act for entry in journal.history([counter(shop).id])] == ["shops.located"]
    assert actions.locate(by=SYSTEM) == 0


def test_locating_many_takes_as_many_queries_as_locating_few(
    known: None, django_assert_num_queries: Any
) -> None:
    market = a_market()
    for _ in range(5):
        a_shop(market, selling=False).places.update(latitude=None, longitude=None)
    with django_assert_num_queries(5 + 9):  # an entry in the journal each
        assert actions.locate(by=SYSTEM) == 5
