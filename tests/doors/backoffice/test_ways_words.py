# SPDX-License-Identifier: AGPL-3.0-or-later
"""A way is said in one sentence, as its merchant would say it, in both languages."""

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from halles.domain.communes.models import Commune
from halles.domain.fulfilment.models import Method, Zone
from halles.domain.fulfilment.reads import Offered
from halles.domain.shops.models import Place, Shop
from halles.domain.shops.rules import Hours, Period
from halles.doors.backoffice import ways_words

EVENING = (dt.time(17), dt.time(19))
NOON = dt.time(12)
KNOWN = {
    "86000": [Commune(insee="86194", name="Poitiers")],
    "86180": [Commune(insee="86041", name="Buxerolles")],
    "86150": [Commune(insee="86289", name="Le Vigeant"), Commune(insee="86236", name="Queaux")],
    "86240": [Commune(insee="86133", name="Ligugé"), Commune(insee="86113", name="Iteuil")],
}


def a_way(kind: Place.Kind, *periods: Period, **said: object) -> Offered:
    place = Place(
        kind=kind,
        shop=Shop(preparation_minutes=120),
        name=said.pop("name", ""),
        city=said.pop("city", ""),
    )
    return Offered(place, Hours(ZoneInfo("Europe/Paris"), tuple(periods)), Method(place=place, **said))


def both(say: Callable[[], str]) -> tuple[str, str]:
    """In French and in English, with plain spaces."""
    found = []
    for language in ("fr", "en"):
        with translation.override(language):
            found.append(say().replace("\xa0", " ").replace("\u202f", " "))
    return found[0], found[1]


ROUND = a_way(
    Place.Kind.ROUND,
    (1, *EVENING),
    (4, *EVENING),
    fee=Decimal(4),
    free_from=Decimal(30),
    cutoff_time=NOON,
)
SENTENCES = [
    (
        a_way(Place.Kind.COUNTER, (0, *EVENING), minutes=30, capacity=4),
        "Retrait en boutique pendant mes heures, prêt en 2 h, 4 commandes par demi-heure",
        "Collection at the shop during my hours, ready in 2 h, 4 orders per half hour",
    ),
    (a_way(Place.Kind.COUNTER), "Retrait en boutique, horaires à dire, prêt en 2 h", "Collection at the shop, hours to be said, ready in 2 h"),
    (
        a_way(Place.Kind.DEPOT, (3, dt.time(16), dt.time(19)), name="Café du Marché", city="Buxerolles", capacity=20),
        "Dépôt Café du Marché, Buxerolles, le jeudi de 16 h à 19 h, 20 paniers",
        "Drop-off point Café du Marché, Buxerolles, Thursdays from 16:00 to 19:00, 20 baskets",
    ),
    (
        a_way(Place.Kind.STALL, (5, dt.time(8), dt.time(12, 30)), name="marché Notre-Dame"),
        "Stand du samedi, marché Notre-Dame, de 8 h à 12 h 30",
        "Saturday stall, marché Notre-Dame, from 08:00 to 12:30",
    ),
    (
        a_way(Place.Kind.STALL, (5, dt.time(8), NOON), (6, dt.time(8), NOON), name="place d'Armes", minutes=20, cutoff_days=1, cutoff_time=dt.time(18)),
        "Stand, place d'Armes, le samedi et le dimanche de 8 h à 12 h, par créneaux de 20 min, commander la veille avant 18 h",
        "Stall, place d'Armes, Saturdays and Sundays from 08:00 to 12:00, in slots of 20 min, order before 18:00 the day before",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("way", "french", "english"), SENTENCES)
def test_a_way_is_a_sentence(way: Offered, french: str, english: str) -> None:
    assert both(lambda: ways_words.sentence(way)) == (french, english)


def test_a_round_says_where_and_at_what_price() -> None:
    zones = [Zone(postal_code="86000"), Zone(postal_code="86180")]
    assert both(lambda: ways_words.sentence(ROUND, zones, KNOWN)) == (
        "Livraison par nous le mardi et le vendredi de 17 h à 19 h à Poitiers et Buxerolles, 4 €, offerte dès 30 €,"
        " commander avant midi",
        "Delivery by us Tuesdays and Fridays from 17:00 to 19:00 to Poitiers and Buxerolles, €4, free from €30,"
        " order before noon",
    )


def test_another_price_is_another_sentence() -> None:
    dearer = {"fee": Decimal("6.50"), "least": Decimal(20)}
    zones = [
        Zone(postal_code="86000"),
        *(Zone(postal_code="86240", insee=insee, **dearer) for insee in ("86133", "86113")),
    ]
    french, english = both(lambda: ways_words.sentence(ROUND, zones, KNOWN))
    assert french.endswith("commander avant midi. À Ligugé et Iteuil : 6,50 €, à partir de 20 € d'achats")
    assert english.endswith("order before noon. To Ligugé and Iteuil: €6.50, from €20 of goods")


def test_communes_take_the_preposition_they_want() -> None:
    cases = {
        ("86000", ""): "à Poitiers",
        ("86150", "86289"): "au Vigeant",
        ("86240", ""): "dans tout le 86240",
        ("86999", ""): "dans tout le 86999",
    }
    with translation.override("fr"):
        said = {
            (code, insee): ways_words.reached([Zone(postal_code=code, insee=insee)], KNOWN)
            for code, insee in cases
        }
        mixed = ways_words.reached([Zone(postal_code=code, insee=insee) for code, insee in cases], KNOWN)
        many = ways_words.reached([Zone(postal_code="86000", insee=f"{n}") for n in range(9)], KNOWN)
    assert said == cases
    assert mixed == "à Poitiers, au Vigeant, dans tout le 86240 et dans tout le 86999"
    assert many == "à 0, 1, 2, 3, 4 et 4 autres"


@pytest.mark.parametrize(
    ("weekdays", "french", "english"),
    [
        ([1, 4], "le mardi et le vendredi", "Tuesdays and Fridays"),
        (range(5), "du lundi au vendredi", "Monday to Friday"),
        (range(7), "tous les jours", "every day"),
        ([5, 6], "le samedi et le dimanche", "Saturdays and Sundays"),
        ([0, 2, 3, 4, 6], "le lundi, du mercredi au vendredi et le dimanche", "Mondays, Wednesday to Friday, and Sundays"),
    ],
)  # fmt: skip
def test_days_are_joined_as_people_say_them(weekdays: list[int], french: str, english: str) -> None:
    assert both(lambda: ways_words.days(weekdays)) == (french, english)


@given(st.sets(st.integers(0, 6), min_size=1))
def test_every_day_is_said_and_no_other(weekdays: set[int]) -> None:
    with translation.override("fr"):
        said = ways_words.days(weekdays)
        names = [ways_words.day_name(day) for day in range(7)]
    heard = set(range(7)) if said == "tous les jours" else set()
    for part in re.split(", | et ", said.replace("tous les jours", "")):
        ends = [names.index(name) for name in re.findall("|".join(names), part)]
        heard |= set(range(ends[0], ends[-1] + 1)) if ends else set()
    assert heard == weekdays


def test_hours_that_are_alike_are_said_once() -> None:
    week = [
        *((day, dt.time(9), dt.time(12, 30)) for day in range(5)),
        *((day, dt.time(14), dt.time(23, 59)) for day in range(5)),
        (6, dt.time(0), dt.time(23, 59)),
    ]
    assert both(lambda: ways_words.when(week))[0] == (
        "du lundi au vendredi de 9 h à 12 h 30 et de 14 h à minuit, le dimanche"
    )


def test_a_cut_off_of_several_days_and_a_day_of_preparation() -> None:
    method = Method(cutoff_days=2, cutoff_time=dt.time(18, 30))
    assert both(lambda: ways_words.cutoff(method))[0] == "commander 2 jours avant, avant 18 h 30"
    assert [both(lambda n=n: ways_words.ready(n))[0] for n in (0, 30, 1440, 2880)] == [
        "prêt tout de suite",
        "prêt en 30 min",
        "prêt en 1 jour",
        "prêt en 2 jours",
    ]
