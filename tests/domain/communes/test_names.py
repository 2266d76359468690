# SPDX-License-Identifier: AGPL-3.0-or-later
"""How communes are written and sought, and which rows say nothing that can be believed."""

import csv
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from halles.domain.communes.rules import Facts, facts, meant, sought, written
from halles.kernel.errors import Refused

ROW = {"insee": "86041", "name": "BUXEROLLES", "codes": "86180"}
# Signs that fold to one letter each: whatever a table in capitals may hold.
capitals = st.text(alphabet="ABCDEHLMOSTUXYÉÈÇÔ '-", min_size=1, max_size=30).filter(
    lambda name: name.strip(" '-")
)


@dataclass
class Town:
    name: str


@pytest.mark.parametrize(
    ("capitals", "name"),
    [
        ("HAUTEVILLE SUR MER", "Hauteville-sur-Mer"),
        ("LA HAYE PESNEL", "La Haye-Pesnel"),
        ("L HAY LES ROSES", "L'Hay-les-Roses"),
        ("ST BENOIT", "Saint-Benoit"),
        ("NOTRE DAME DE STE MARIE DES STES", "Notre-Dame-de-Sainte-Marie-des-Saintes"),
        ("VILLENEUVE D ASCQ", "Villeneuve-d'Ascq"),
        ("LANEUVILLE A BAYARD", "Laneuville-à-Bayard"),
        ("ST GERMAIN PRES HERMENT", "Saint-Germain-près-Herment"),
        ("GUILLIGOMARC H", "Guilligomarc'h"),
        ("LE H", "Le'h"),
        ("Y", "Y"),
        ("LES", "Les"),
        ("PARIS 04", "Paris"),
        ("Lyon 1er Arrondissement", "Lyon"),
        ("Ligugé", "Ligugé"),
        ("Arboys en Bugey", "Arboys en Bugey"),
    ],
)
def test_a_name_is_written_as_insee_does_without_guessing_its_accents(capitals: str, name: str) -> None:
    assert written(capitals) == name


@given(capitals)
def test_a_written_name_has_the_letters_it_came_with_and_stays_as_it_is(name: str) -> None:
    assert written(written(name)) == written(name)
    assert sought(written(name)) == sought(name)


@pytest.mark.parametrize(
    ("typed", "same"),
    [("St Benoît", "SAINT-BENOIT"), ("l'haÿ", "L HAY"), ("Haye Pesnel", "La Haye-Pesnel"), ("la", "La")],
)
def test_a_name_is_sought_however_it_is_typed(typed: str, same: str) -> None:
    assert sought(typed) == sought(same) != ""


@pytest.mark.parametrize(
    ("point", "read"),
    [
        ("48.9741132204,-1.54436628419", (4897411, -154437)),
        ("46,58 0,34", (4658000, 34000)),
        ("[46.58, 0.34]", (4658000, 34000)),
        ("", None),
    ],
)
def test_a_point_is_read_in_every_spelling(point: str, read: Any) -> None:
    assert facts(**ROW, point=point).point == read


def test_a_row_says_a_commune_its_codes_and_a_locality() -> None:
    row = facts(insee="75056", name="Paris", codes="75001 75002, 75001", locality="LE MARAIS")
    assert row == Facts("75056", "Paris", ("75001", "75002"), spelled=True, locality="Le Marais")
    assert facts(insee="97411", name="ST DENIS", codes="97400", point="-20.93,55.44").point == (
        -2093000,
        5544000,
    )


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"insee": "8604"}, "communes.insee_wrong"),
        ({"insee": "20004"}, None),
        ({"insee": "2C004"}, "communes.insee_wrong"),
        ({"insee": "٨٦٠٤١"}, "communes.insee_wrong"),
        ({"name": " \u202e "}, "communes.name_missing"),
        ({"name": "BUXEROLL\N{REPLACEMENT CHARACTER}S"}, "communes.name_damaged"),
        ({"codes": ""}, "contact.postal_code_wrong"),
        ({"codes": "8618"}, "contact.postal_code_wrong"),
        ({"codes": "86180 8618"}, "contact.postal_code_wrong"),
        ({"point": "46.61"}, "communes.point_wrong"),
        ({"point": "0.37,46.61"}, "communes.point_wrong"),  # turned round
        ({"point": "0,0"}, "communes.point_wrong"),
        ({"point": "nan,nan"}, "communes.point_wrong"),
        ({"insee": "97411", "point": "-91,55.44"}, "communes.point_wrong"),
    ],
)
def test_a_row_that_cannot_be_believed_says_why(said: dict[str, str], code: str | None) -> None:
    if code is None:
        assert facts(**ROW | said)
        return
    with pytest.raises(Refused) as refused:
        facts(**ROW | said)
    assert refused.value.code == code


@given(*[st.text(st.characters(max_codepoint=0x2FF), max_size=30)] * 5)
def test_no_cell_stops_anything(insee: str, name: str, codes: str, locality: str, point: str) -> None:
    for row in (
        {"insee": insee, "name": name, "codes": codes, "locality": locality, "point": point},
        ROW | {"name": name, "locality": locality},
        ROW | {"point": point},
    ):
        try:
            read = facts(**row)
        except Refused:
            continue
        assert read.name and len(read.name) <= 80 and len(read.locality) <= 80


def test_who_names_a_commune_or_leaves_it_out_where_there_is_one_is_understood() -> None:
    one, other = Town("Bignoux"), Town("Saint-Julien-l'Ars")
    assert meant([one], "") is meant([one], "Ailleurs Cedex") is one
    assert meant([one, other], "st julien l'ars") is other
    assert meant([one, other], "") is meant([], "Bignoux") is None


@pytest.mark.corpus
def test_of_all_communes_of_france_98_in_100_are_written_as_insee_writes_them(real_input: Path) -> None:
    folder = real_input / "postal-communes"
    capitals = {
        row["Code_commune_INSEE"]: row["Nom_commune"] for row in rows(folder / "laposte_hexasmal_gps.csv")
    }
    names = {row["code"]: row["nom"] for row in rows(folder / "communes_france_compact.csv")}
    both = capitals.keys() & names.keys()
    alike = [
        code for code in both if without_accents(written(capitals[code])) == without_accents(names[code])
    ]
    assert (len(both), len(alike)) == (34949, 34587)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as opened:
        return list(csv.DictReader(opened, delimiter=";"))


def without_accents(name: str) -> str:
    name = name.replace("œ", "oe").replace("Œ", "Oe")
    return "".join(sign for sign in unicodedata.normalize("NFD", name) if not unicodedata.combining(sign))
