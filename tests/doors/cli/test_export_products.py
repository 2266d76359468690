# SPDX-License-Identifier: AGPL-3.0-or-later
"""`halles export products`."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from tests.factories import a_product, a_shop

from halles.domain.catalogue.actions import VariantFacts
from halles.domain.imports import parts

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DATA = tmp_path
    monkeypatch.chdir(tmp_path)


def said(*given: str) -> dict[str, Any]:
    out = io.StringIO()
    call_command("export", "products", *given, stdout=out)
    last: dict[str, Any] = json.loads(out.getvalue().splitlines()[-1])
    return last


def test_the_last_line_says_what_is_in_the_file(tmp_path: Path) -> None:
    shop = a_shop()
    a_product(shop, variants=[VariantFacts("S"), VariantFacts("L")])
    told = said("--shop", shop.slug)
    assert told == {"articles": 1, "rows": 2, "photos": 0, "file": told["file"], "files": [told["file"]]}
    assert zipfile.ZipFile(told["file"]).namelist() == ["articles.csv"]
    path = tmp_path / "là.csv"
    assert said("--shop", shop.slug, "--format", "woocommerce", str(path))["rows"] == 3
    said("--shop", shop.slug, "--without-photos", str(path))
    assert path.read_text("utf-8-sig").startswith("Identifiant;Nom;")


def test_what_cannot_be_is_said_and_leaves_no_half_file(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="inconnue"):
        said("--shop", "inconnue")
    with pytest.raises(CommandError, match="nulle-part"):
        said("--shop", a_shop().slug, str(tmp_path / "nulle-part" / "x.zip"))
    assert not list(tmp_path.glob("**/*.part"))


def test_what_is_too_much_for_one_file_goes_out_in_several(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "MOST_ARTICLES", 2)
    shop = a_shop()
    for _ in range(3):
        a_product(shop)
    told = said("--shop", shop.slug, "tout.zip")
    assert (told["articles"], told["files"]) == (3, ["tout-1.zip", "tout-2.zip"])
    assert said("--shop", shop.slug, "--without-photos", "tout.csv")["files"] == ["tout.csv"]
