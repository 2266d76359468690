# SPDX-License-Identifier: AGPL-3.0-or-later
"""`halles import products`: what is written, what is said, how it ends."""

import errno
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import OperationalError
from tests.factories import a_shop

from halles.domain.catalogue.models import Product
from halles.domain.imports import material
from halles.domain.imports.actions import work
from halles.domain.imports.models import Import
from halles.domain.shops.models import Shop

pytestmark = pytest.mark.django_db
HEADER = "Référence;Désignation;Prix TTC;Stock;Catégorie;Description"


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.DATA = tmp_path / "data"
    return tmp_path


@pytest.fixture
def shop() -> Shop:
    return a_shop()


def a_file(folder: Path, *rows: str, header: str = HEADER, name: str = "tarif.csv") -> Path:
    path = folder / name
    path.write_text("\n".join([header, *rows]), encoding="utf-8-sig")
    return path


def bring_in(path: Path, shop: Shop, *options: str) -> tuple[int, dict[str, Any], str, str]:
    """How it ends, the last line, all that is said, and what goes to standard error."""
    out, err, code = StringIO(), StringIO(), 0
    try:
        call_command("import", "products", str(path), "--shop", shop.slug, *options, stdout=out, stderr=err)
    except SystemExit as end:
        code = int(end.code or 0)
    return code, json.loads(out.getvalue().splitlines()[-1]), out.getvalue(), err.getvalue()


def test_a_file_comes_in_and_what_is_refused_lies_beside_it(folder: Path, shop: Shop) -> None:
    path = a_file(folder, "R1;Miel;4;3;;", "R2;Pain;rien;;;", "R3;Sel;1;;Inconnu;", name="tarif été.csv")
    code, last, said, _err = bring_in(path, shop, "--online")
    beside = folder / "tarif été-refuses.csv"
    assert (code, last) == (
        0,
        {"rows": 3, "created": 2, "changed": 0, "unchanged": 0, "refused": 1, "refused_file": str(beside), "warnings": 1},
    )  # fmt: skip
    assert "2 nouveaux articles · 1 ligne laissée de côté" in said
    assert "  ligne 3 : " in said
    lines = beside.read_text(encoding="utf-8-sig").splitlines()
    assert (lines[0], lines[1].startswith("R2;Pain;rien;;;;")) == (f"{HEADER};Motif", True)
    assert set(Product.objects.filter(shop=shop).values_list("name", "status")) == {
        ("Miel", "online"),
        ("Sel", "online"),
    }
    code, last, _said, _err = bring_in(path, shop)
    assert (code, last["created"], last["unchanged"]) == (0, 0, 2)


def test_a_dry_run_only_tells(folder: Path, shop: Shop) -> None:
    code, last, said, _err = bring_in(a_file(folder, "R1;Miel;4;3;;"), shop, "--dry-run")
    assert (code, last["created"], last["refused_file"]) == (0, 1, None)
    assert "Désignation · Miel → nom" in said
    assert "Rien n'est encore entré" in said
    assert not Product.objects.filter(shop=shop).exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [("vide.csv", b""), ("photo.csv", b"\x89PNG\r\n\x1a\n" + bytes(99)), ("rien.csv", b"a;b\n1;2"), ("absent.csv", None)],
)  # fmt: skip
def test_what_cannot_be_read_ends_with_two_and_says_why(
    folder: Path, shop: Shop, name: str, content: bytes | None
) -> None:
    if content is not None:
        (folder / name).write_bytes(content)
    code, last, _said, err = bring_in(folder / name, shop)
    assert (code, last["rows"], last["refused_file"]) == (2, 0, None)
    assert err.strip()


@pytest.mark.parametrize("mapped", ["0=name,1=price", "Machin=name,Prix, public=price"])
def test_columns_are_said_by_place_or_by_name_and_remembered(folder: Path, shop: Shop, mapped: str) -> None:
    path = a_file(folder, "Miel;4", header="Machin;Prix, public")
    assert bring_in(path, shop)[0] == 2
    assert bring_in(path, shop, "--map", mapped)[1]["created"] == 1
    assert bring_in(a_file(folder, "Sel;1", header="Machin;Prix, public"), shop)[1]["created"] == 1


def test_what_is_said_of_a_column_replaces_what_it_looked_like(folder: Path, shop: Shop) -> None:
    path = a_file(folder, "5;Miel;4", header="Promo;Désignation;Prix TTC")
    bring_in(path, shop, "--map", "Promo=price")
    assert Import.objects.get().choices["columns"] == {"0": "price", "1": "name"}


@pytest.mark.parametrize(
    "options",
    [["--map", "7=price"], ["--map", "0=prix"], ["--map", "Autre=price"], ["--map", "price"], ["--vat", "7"]],
)
def test_what_is_meant_must_be_understood(folder: Path, shop: Shop, options: list[str]) -> None:
    with pytest.raises(CommandError):
        bring_in(a_file(folder, "R1;Miel;4;;;"), shop, *options)
    assert not Import.objects.exists()


def test_an_unknown_shop_is_said(folder: Path, shop: Shop) -> None:
    with pytest.raises(CommandError, match="nulle-part"):
        call_command("import", "products", str(a_file(folder)), "--shop", "nulle-part")


def test_what_was_stopped_is_finished_by_the_same_command(
    folder: Path, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = a_file(folder, *(f"R{n};Miel {n};{n};;;" for n in range(1, 251)))
    remember, batches = work._remember, []

    def stopped_in_the_second(*given: Any) -> None:
        batches.append(given)
        if len(batches) == 2:
            raise KeyboardInterrupt
        remember(*given)

    with monkeypatch.context() as patched:
        patched.setattr(work, "_remember", stopped_in_the_second)
        code, last, _said, err = bring_in(path, shop)
    assert (code, last["created"], Product.objects.filter(shop=shop).count()) == (130, 100, 100)
    assert "la même commande reprend le reste" in err
    code, last, _said, _err = bring_in(path, shop)
    assert (code, last["created"], Product.objects.filter(shop=shop).count()) == (0, 250, 250)
    assert Import.objects.get().state == "done"


def test_pictures_come_too_and_a_missing_one_is_a_warning(folder: Path, shop: Shop) -> None:
    path = a_file(folder, "R1;Miel;4;;;;miel.jpg", header=f"{HEADER};Photos")
    code, last, said, _err = bring_in(path, shop)
    assert (code, last["warnings"]) == (0, 1)  # the picture
    assert "Miel : miel.jpg" in said


def test_refused_rows_go_where_one_may_write(
    folder: Path, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "tarif-refuses.csv").mkdir()  # nothing can be written there
    (folder / "ours").mkdir()
    monkeypatch.chdir(folder / "ours")
    path = a_file(folder, "R1;Miel;rien;;;")
    assert bring_in(path, shop)[1]["refused_file"] == str(folder / "ours" / "tarif-refuses.csv")


def test_a_file_that_nobody_could_read_is_not_copied_first(folder: Path, shop: Shop) -> None:
    with (folder / "gros.csv").open("wb") as sparse:
        sparse.truncate(2 * 1024**3)
    code, _last, _said, err = bring_in(folder / "gros.csv", shop)
    assert (code, "trop grand" in err) == (2, True)
    assert not (folder / "data" / "imports").exists()


@pytest.mark.parametrize(
    "error", [OSError(errno.ENOSPC, "No space left on device"), OperationalError("database or disk is full")]
)
def test_a_full_disk_is_called_so(
    folder: Path, shop: Shop, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise error

    path = a_file(folder, "R1;Miel;4;3;;")
    for module, name, code in ((material, "keep", 2), (work, "_write", 1)):
        with monkeypatch.context() as patched:
            patched.setattr(module, name, full)
            ended, _last, _said, err = bring_in(path, shop)
        assert (ended, "Le disque est plein" in err) == (code, True)
    assert bring_in(path, shop)[1]["created"] == 1
