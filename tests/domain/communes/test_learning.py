# SPDX-License-Identifier: AGPL-3.0-or-later
"""Communes are learnt once, corrected by a later file, never forgotten; and found by code or by name."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from halles.domain.communes import actions, reads
from halles.domain.communes.models import Commune, PostalCode
from halles.domain.communes.rules import Facts
from halles.kernel.points import distance

pytestmark = pytest.mark.django_db

BUXEROLLES = Facts("86041", "Buxerolles", ("86180",), point=(4661000, 37000))
POITIERS = Facts("86194", "Poitiers", ("86000",), point=(4658000, 34000))
LIGUGE = Facts("86133", "Liguge", ("86240",))
LA_HAYE = Facts("50236", "La Haye", ("50250",), locality="Surville")


def learn(*rows: Facts) -> tuple[int, int, int]:
    learned = actions.Learned()
    actions.learn(rows, learned)
    return learned.created, learned.changed, learned.unchanged


def state() -> tuple[list[Any], list[Any]]:
    links = PostalCode.objects.order_by("code", "commune", "locality")
    return list(Commune.objects.order_by("insee").values_list()), [
        (link.code, link.commune_id, link.locality, bytes(link.sought)) for link in links
    ]


def test_the_same_rows_again_change_nothing() -> None:
    rows = [BUXEROLLES, POITIERS, LA_HAYE, LA_HAYE]
    assert learn(*rows) == (3, 0, 1)
    before = state()
    assert learn(*rows) == (0, 0, 4)
    assert state() == before


def test_a_later_file_corrects_and_what_it_leaves_out_stays() -> None:
    learn(BUXEROLLES, POITIERS)
    moved = replace(BUXEROLLES, name="Buxerolles-le-Haut", point=(4662000, 37000))
    assert learn(moved, replace(moved, codes=("86181",))) == (1, 1, 0)
    assert Commune.objects.count() == 2
    (found,) = reads.search("buxerolles le h")[:1]
    assert (found.commune.name, found.commune.point) == ("Buxerolles-le-Haut", (4662000, 37000))
    assert learn(replace(moved, point=None)) == (0, 0, 1)  # a table without points takes none away


def test_accents_once_known_are_not_given_up_for_capitals() -> None:
    learn(LIGUGE)
    assert learn(replace(LIGUGE, name="Ligugé", spelled=True)) == (0, 1, 0)
    assert learn(LIGUGE) == (0, 0, 1)
    assert reads.by_postal_code("86240")[0].name == "Ligugé"


def test_of_two_rows_on_a_commune_the_first_says_its_name_across_batches(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(actions, "BATCH", 1)
    rows = [BUXEROLLES, replace(BUXEROLLES, name="Autre", point=(4600000, 0))]
    assert (learn(*rows), learn(*rows)) == ((1, 0, 1), (0, 0, 2))
    assert Commune.objects.get().name == "Buxerolles"


@pytest.mark.django_db
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.builds(
            Facts,
            insee=st.sampled_from(["86041", "86194", "2A004"]),
            name=st.sampled_from(["Poitiers", "Liguge", "Ligugé", "★"]),
            codes=st.lists(st.sampled_from(["86000", "86180"]), min_size=1, max_size=2).map(tuple),
            spelled=st.booleans(),
            locality=st.sampled_from(["", "Surville"]),
            point=st.sampled_from([None, (4658000, 34000), (1, 1)]),
        ),
        max_size=6,
    )
)
def test_any_rows_twice_are_the_same_as_once(rows: Sequence[Facts]) -> None:
    learn(*rows)
    before = state()
    assert learn(*rows) == (0, 0, len(rows))
    assert state() == before


def test_queries_do_not_depend_on_the_rows(django_assert_num_queries: Any) -> None:
    rows = [replace(POITIERS, insee=f"86{number:03}", name=f"Commune {number}") for number in range(100)]
    with django_assert_num_queries(9):  # begin, two reads, two writes, end; begin, one read, end
        learn(*rows)
    with django_assert_num_queries(7):
        learn(*rows)


def test_a_postal_code_leads_to_its_communes_by_name(django_assert_num_queries: Any) -> None:
    learn(LIGUGE, Facts("86095", "Écuillé", ("86240",)), replace(POITIERS, codes=("86000", "86240")), LA_HAYE)
    with django_assert_num_queries(1):
        assert [commune.name for commune in reads.by_postal_code("86240")] == [
            "Écuillé",
            "Liguge",
            "Poitiers",
        ]
    with django_assert_num_queries(1):
        assert reads.by_postal_codes(["86000", "50250", "99999"]).keys() == {"86000", "50250"}
    assert reads.by_postal_code("99999") == reads.by_postal_code("x" * 99) == []


def test_a_town_and_its_arrondissement_are_one_answer() -> None:
    learn(
        Facts("75056", "Paris", ("75004", "75005"), spelled=True),
        Facts("75104", "Paris", ("75004",), point=(4885000, 235000)),
    )
    assert [commune.insee for commune in reads.by_postal_code("75004")] == ["75104"]
    assert [link.code for link in reads.search("paris")] == ["75004", "75005"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("buxer", ["Buxerolles"]),
        ("BUXEROLLES", ["Buxerolles"]),
        ("86180", ["Buxerolles"]),
        (" 86180  bux", ["Buxerolles"]),
        ("86000 bux", []),
        ("861", ["Buxerolles"]),
        ("86", ["Buxerolles", "Liguge", "Poitiers"]),
        ("la haye", ["La Haye"]),
        ("haye", ["La Haye"]),
        ("surv", ["La Haye (Surville)"]),
        ("uxer", []),
        ("", []),
        ("%", []),
        ("861800", []),
        ("x\0y", []),
    ],
)
def test_a_beginning_finds_it(typed: str, found: list[str], django_assert_max_num_queries: Any) -> None:
    learn(BUXEROLLES, POITIERS, LIGUGE, LA_HAYE)
    with django_assert_max_num_queries(1):
        said = [
            f"{link.commune}{f' ({link.locality})' if link.locality else ''}" for link in reads.search(typed)
        ]
    assert said == found


def test_ten_are_found_at_most() -> None:
    learn(*[Facts(f"86{number:03}", f"Bourg {number}", ("86000",)) for number in range(30)])
    assert len(reads.search("bourg")) == 10


def test_the_way_from_poitiers_to_buxerolles_is_four_kilometres() -> None:
    assert POITIERS.point and BUXEROLLES.point
    assert distance(POITIERS.point, BUXEROLLES.point) == pytest.approx(4.05, abs=0.05)
    assert distance((4885341, 234880), (4576404, 483566)) == pytest.approx(391.5, rel=0.002)  # Paris, Lyon
