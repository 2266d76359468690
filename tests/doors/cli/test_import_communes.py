# SPDX-License-Identifier: AGPL-3.0-or-later
"""`halles import communes`: La Poste's file in each of its shapes, whole and broken, and how it ends."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError
from tests.factories import a_shop

from halles.domain.communes import actions, reads
from halles.domain.communes.models import Commune, PostalCode

pytestmark = pytest.mark.django_db
HEADER = "Code_commune_INSEE;Nom_commune;Code_postal;Ligne_5;Libellé_d_acheminement;coordonnees_gps"
ROW = "86041;BUXEROLLES;86180;;BUXEROLLES;46.6014,0.3639"


def bring_in(path: Path) -> tuple[int, dict[str, Any], str, str]:
    """How it ends, the last line, all that is said, and what goes to standard error."""
    out, err, code = StringIO(), StringIO(), 0
    try:
        call_command("import", "communes", str(path), stdout=out, stderr=err)
    except SystemExit as end:
        code = int(end.code or 0)
    return code, json.loads(out.getvalue().splitlines()[-1]), out.getvalue(), err.getvalue()


def a_file(folder: Path, content: str | bytes, encoding: str = "utf-8-sig") -> Path:
    path = folder / "codes.csv"
    path.write_bytes(content.encode(encoding) if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (f"{HEADER}\n{ROW}", "utf-8-sig"),
        (f"{HEADER}\r\n{ROW}\r\n", "cp1252"),
        (
            "#Code_commune_INSEE;Nom_de_la_commune;Code_postal;Libellé_d_acheminement;Ligne_5\n"
            "86041;BUXEROLLES;86180;BUXEROLLES;",
            "latin-1",
        ),
        (
            "nom_de_la_commune,code_postal,_geopoint,code_commune_insee\n"
            'BUXEROLLES,86180,"46.6014,0.3639",86041',
            "utf-8",
        ),
        (
            "code_insee;nom_standard;code_postal;latitude;longitude\n86041;Buxerolles;86180;46,6014;0,3639",
            "utf-8",
        ),
    ],
)
def test_columns_are_known_by_name_in_any_order_spelling_and_encoding(
    tmp_path: Path, content: str, encoding: str
) -> None:
    code, last, _said, err = bring_in(a_file(tmp_path, content, encoding))
    assert (code, last["rows"], last["created"], err) == (0, 1, 1, "")
    commune = Commune.objects.get()
    assert (commune.insee, commune.name) == ("86041", "Buxerolles")
    assert commune.point in ((4660140, 36390), None)


def test_a_row_that_is_wrong_comes_back_with_the_reason(tmp_path: Path) -> None:
    wrong = [
        "86042;=X;8618;;X;46.6,0.3",
        "86043;Y;86180;;Y;0.3,46.6",
        "86044;Z;86180;;Z;46.6,0.3;trop",
        '86045;"COUP',
    ]
    path = a_file(tmp_path, "\n".join([HEADER, ROW, *wrong]))
    code, last, said, _err = bring_in(path)
    beside = tmp_path / "codes-refuses.csv"
    assert (code, last) == (
        0,
        {"rows": 5, "created": 1, "changed": 0, "unchanged": 0, "refused": 4, "refused_file": str(beside), "warnings": 0},
    )  # fmt: skip
    lines = beside.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == f"{HEADER};Motif"
    assert lines[1].startswith("86042;'=X;8618;;X;46.6,0.3;Un code postal a cinq chiffres")
    assert "ligne 4 : « 0.3,46.6 » n'est pas un endroit de France" in said.replace("\xa0", " ")
    assert len(lines) == 5


def test_a_folder_nobody_may_write_in_is_left_alone_even_by_root(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (kept := tmp_path / "kept").mkdir()
    path = a_file(kept, f"{HEADER}\n{ROW}\n;;;;;x")
    kept.chmod(0o555)
    (here := tmp_path / "here").mkdir()
    monkeypatch.chdir(here)
    assert bring_in(path)[1]["refused_file"] == str(here / "codes-refuses.csv")
    assert [file.name for file in kept.iterdir()] == ["codes.csv"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b" \n\n",
        b"\0" * 5000,
        b"<!doctype html><html><body>404</body></html>",
        b"PK\x03\x04" + b"\0" * 50,
        b"R\xc3\xa9f\xc3\xa9rence;Prix\nR1;4,20\n",
        b"code;nom\n86041;Buxerolles\n",
        ";".join(f"c{n}" for n in range(3000)).encode() + b"\n1;2\n",
        b"\x89PNG\r\n\x1a\n" + bytes(99),
    ],
)
def test_what_is_not_the_file_ends_with_two_and_says_so(tmp_path: Path, content: bytes) -> None:
    code, last, _said, err = bring_in(a_file(tmp_path, content))
    assert (code, last["rows"], last["refused_file"]) == (2, 0, None)
    assert err.strip() and not Commune.objects.exists()


def test_no_file_is_said(tmp_path: Path) -> None:
    assert bring_in(tmp_path / "absent.csv")[0] == 2


def test_a_header_alone_is_understood_and_changes_nothing(tmp_path: Path) -> None:
    code, last, said, _err = bring_in(a_file(tmp_path, HEADER))
    assert (code, last["rows"]) == (0, 0)
    assert "ne changerait rien" in said


def test_stopped_half_way_what_is_in_is_counted_and_the_same_command_brings_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "BATCH", 2)
    path = a_file(tmp_path, "\n".join([HEADER, *[f"8604{n};C{n};86180;;C{n};" for n in range(5)]]))
    write, times = actions._write, []

    def full_at_the_second(*given: Any) -> None:
        times.append(given)
        if len(times) == 2:
            raise DatabaseError("database or disk is full")
        write(*given)

    with monkeypatch.context() as patched:
        patched.setattr(actions, "_write", full_at_the_second)
        code, last, _said, err = bring_in(path)
    assert (code, last["created"]) == (1, 2)
    assert "la même commande reprend le reste" in err
    code, last, _said, _err = bring_in(path)
    assert (code, last["created"], last["unchanged"]) == (0, 3, 2)


def test_shops_that_were_there_before_come_onto_the_map(tmp_path: Path) -> None:
    shop = a_shop(name="Boutique lointaine")
    shop.places.update(city="", postal_code="86180")
    _code, _last, said, _err = bring_in(a_file(tmp_path, f"{HEADER}\n{ROW}"))
    counter = shop.places.get()
    assert (counter.city, counter.latitude, counter.longitude) == ("Buxerolles", 4660140, 36390)
    assert "1 lieu placé sur la carte" in said


@pytest.mark.corpus
def test_la_poste_on_the_vienne(real_input: Path) -> None:
    code, last, _said, _err = bring_in(real_input / "postal-communes" / "laposte_hexasmal_gps_86.csv")
    assert (code, last) == (
        0,
        {"rows": 299, "created": 299, "changed": 0, "unchanged": 0, "refused": 0, "refused_file": None, "warnings": 0},
    )  # fmt: skip
    assert (Commune.objects.count(), PostalCode.objects.values("code").distinct().count()) == (266, 51)
    assert [commune.name for commune in reads.by_postal_code("86180")] == ["Buxerolles"]
