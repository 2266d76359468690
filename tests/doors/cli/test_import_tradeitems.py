# SPDX-License-Identifier: AGPL-3.0-or-later
"""`halles import openfoodfacts` and `books`: what is learned, what is said, how it ends."""

import gzip
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from tests.factories import a_market

from halles.domain.journal.models import JournalEntry
from halles.domain.tradeitems import actions
from halles.domain.tradeitems.models import TradeItem
from halles.doors.cli import import_tradeitems
from halles.doors.operator import words

pytestmark = pytest.mark.django_db
HEADER = "code\tproduct_name\tquantity"
GOOD = ["3017620422003\tPâte\t400 g", "96385074\tSel\tbeaucoup"]


def a_file(folder: Path, *lines: str, name: str = "extrait.csv") -> Path:
    path = folder / name
    path.write_text("\n".join([HEADER, *lines]), encoding="utf-8")
    return path


def learn(path: Path, kind: str = "openfoodfacts") -> tuple[int, dict[str, Any], str, str]:
    """How it ends, the last line, all that is said, and what goes to standard error."""
    out, err, code = StringIO(), StringIO(), 0
    try:
        call_command("import", kind, str(path), stdout=out, stderr=err)
    except SystemExit as end:
        code = int(end.code or 0)
    return code, json.loads(out.getvalue().splitlines()[-1]), out.getvalue(), err.getvalue()


def test_a_file_is_learned_and_what_is_refused_lies_beside_it(tmp_path: Path) -> None:
    a_market()
    path = a_file(tmp_path, *GOOD, "1\t=Faux\t", name="extrait.csv.gz")
    path.write_bytes(gzip.compress(path.read_bytes()))
    code, last, said, _err = learn(path)
    beside = tmp_path / "extrait-refuses.csv"
    assert (code, last) == (
        0,
        {"rows": 3, "created": 2, "changed": 0, "unchanged": 0, "refused": 1, "refused_file": str(beside), "warnings": 1},
    )  # fmt: skip
    assert "2 nouvelles fiches · 1 ligne laissée de côté" in said
    lines = beside.read_text(encoding="utf-8-sig").splitlines()
    assert (lines[0], lines[1].startswith("4;1;'=Faux;«\xa01\xa0»")) == ("Ligne;Code-barres;Nom;Motif", True)
    assert TradeItem.objects.get(gtin="03017620422003").source == "openfoodfacts"
    entry = JournalEntry.objects.get(act="tradeitems.learned")
    assert (entry.details["created"], entry.act in words.ACTS) == (2, True)
    code, last, said, _err = learn(path)
    assert (code, last["created"], last["changed"], last["unchanged"]) == (0, 0, 0, 2)
    assert JournalEntry.objects.filter(act="tradeitems.learned").count() == 1


def test_books_come_in_the_same_way(tmp_path: Path) -> None:
    path = tmp_path / "livres.csv"
    path.write_text("isbn,titre,auteur\n2070541274,Un livre,Une autrice\n", encoding="utf-8")
    assert learn(path, "books")[:2] == (
        0,
        {"rows": 1, "created": 1, "changed": 0, "unchanged": 0, "refused": 0, "refused_file": None, "warnings": 0},
    )  # fmt: skip
    assert TradeItem.objects.values_list("gtin", "name", "kind", "source").get() == (
        "09782070541270",
        "Un livre",
        "book",
        "books",
    )


@pytest.mark.parametrize("kind", ["openfoodfacts", "books"])
@pytest.mark.parametrize(
    "content",
    [None, b"", b"<!DOCTYPE html><html></html>", b"\x89PNG\r\n\x1a\n" + bytes(99), b"nom;prix\nMiel;4\n"],
)
def test_what_cannot_be_read_ends_with_two_and_says_why(
    tmp_path: Path, kind: str, content: bytes | None
) -> None:
    path = tmp_path / "fichier"
    if content is not None:
        path.write_bytes(content)
    code, last, _said, err = learn(path, kind)
    assert (code, last["rows"], last["refused_file"]) == (2, 0, None)
    assert err.strip() and not TradeItem.objects.exists()


def test_what_was_stopped_is_finished_by_the_same_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_tradeitems, "A_BATCH", 1)
    path, learned = a_file(tmp_path, *GOOD), []

    def stopped_at_the_second(batch: Any, source: str) -> actions.Learned:
        learned.append(batch)
        if len(learned) == 2:
            raise KeyboardInterrupt
        return keep(batch, source)

    keep = actions.learn
    with monkeypatch.context() as patched:
        patched.setattr(actions, "learn", stopped_at_the_second)
        code, last, _said, err = learn(path)
    assert (code, last["created"], TradeItem.objects.count()) == (130, 1, 1)
    assert "la même commande reprend le reste" in err
    assert learn(path)[1] | {"warnings": 0} == last | {"rows": 2, "unchanged": 1, "created": 1, "warnings": 0}


def test_a_closed_folder_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed, ours = tmp_path / "closed", tmp_path / "ours"
    closed.mkdir()
    ours.mkdir()
    path = a_file(closed, *GOOD, "1\tFaux\t")
    closed.chmod(0o555)
    monkeypatch.chdir(ours)
    assert learn(path)[1]["refused_file"] == str(ours / "extrait-refuses.csv")
    closed.chmod(0o755)
    assert [file.name for file in closed.iterdir()] == ["extrait.csv"]
