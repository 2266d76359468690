# SPDX-License-Identifier: AGPL-3.0-or-later
"""`halles import pictures`: what is added, what is said, how it ends."""

import json
import zipfile
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from PIL import Image
from tests.factories import a_product, a_shop

from halles.domain.catalogue.actions import VariantFacts
from halles.domain.catalogue.models import Product
from halles.domain.rolls.actions import add
from halles.domain.rolls.models import Roll
from halles.domain.shops.models import Shop

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.DATA = tmp_path / "data"
    settings.MEDIA_ROOT = tmp_path / "data" / "media"
    return tmp_path / "photos"


@pytest.fixture
def shop() -> Shop:
    return a_shop()


@pytest.fixture
def honey(shop: Shop) -> Product:
    return a_product(shop, name="Miel", variants=[VariantFacts(reference="R1")])


def a_photo(path: Path, width: int = 20) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    file = BytesIO()
    Image.new("RGB", (width, 10)).save(file, "PNG")
    path.write_bytes(file.getvalue())


def bring_in(path: Path, shop: Shop, *options: str) -> tuple[int, dict[str, Any], str, str]:
    """How it ends, the last line, all that is said, and what goes to standard error."""
    out, err, code = StringIO(), StringIO(), 0
    try:
        call_command("import", "pictures", str(path), "--shop", shop.slug, *options, stdout=out, stderr=err)
    except SystemExit as end:
        code = int(end.code or 0)
    return code, json.loads(out.getvalue().splitlines()[-1]), out.getvalue(), err.getvalue()


def test_a_folder_then_the_same_again(folder: Path, shop: Shop, honey: Product) -> None:
    a_photo(folder / "R1.png")
    a_photo(folder / "sous" / "R1_2.png", 21)
    a_photo(folder / "IMG_7.png", 22)
    a_photo(folder / ".hidden" / "R1_3.png", 23)
    (folder / "lisez-moi.txt").write_text("x")
    (folder / "loop").symlink_to(folder)
    code, last, said, _err = bring_in(folder, shop)
    assert (code, last) == (
        0,
        {"photos": 4, "added": 2, "matched": 0, "already_there": 0, "waiting": 1, "refused": 1},
    )
    assert "2 photos ajoutées · 1 photo à placer · 1 fichier laissé de côté" in said
    assert "  IMG_7.png : Aucun article" in said
    assert "  lisez-moi.txt : Nous ne savons pas lire" in said
    assert honey.pictures.count() == 2
    code, last, _said, _err = bring_in(folder, shop)
    assert (code, last["added"], last["already_there"]) == (0, 0, 2)


def test_a_zip_and_a_dry_run_only_tells(folder: Path, shop: Shop, honey: Product) -> None:
    a_photo(folder / "R1.png")
    with zipfile.ZipFile(folder / "photos.zip", "w") as packed:
        packed.write(folder / "R1.png", "R1.png")
    code, last, said, _err = bring_in(folder / "photos.zip", shop, "--dry-run")
    assert (code, last["matched"], last["added"]) == (0, 1, 0)
    assert "Rien n'est encore ajouté" in said
    assert honey.pictures.count() == 0
    assert bring_in(folder / "photos.zip", shop)[1]["added"] == 1


def test_what_cannot_be_read_ends_with_2(folder: Path, shop: Shop) -> None:
    folder.mkdir()
    (folder / "photos.zip").write_bytes(b"PK\x03\x04 and no more")
    for path in (folder / "nulle-part", folder / "photos.zip", folder):
        code, last, _said, _err = bring_in(path, shop)
        assert (code, last["added"]) == (2, 0), path
    (folder / "photos.zip").unlink()
    code, _last, _said, err = bring_in(folder, shop)
    assert (code, "pas encore de photo" in err) == (2, True)
    with pytest.raises(CommandError, match="inconnue"):
        call_command("import", "pictures", str(folder), "--shop", "inconnue")


def test_stopped_half_way_the_same_command_finishes_it(
    folder: Path, shop: Shop, honey: Product, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        a_photo(folder / f"R1_{number}.png", 20 + number)
    real = add.pictures.prepare
    calls = iter(range(9))

    def stopped(file: Any) -> Any:
        if next(calls) == 1:
            raise KeyboardInterrupt
        return real(file)

    monkeypatch.setattr(add.pictures, "prepare", stopped)
    code, last, _said, err = bring_in(folder, shop)
    assert (code, last["added"], "la même commande" in err) == (130, 1, True)
    code, last, _said, _err = bring_in(folder, shop)
    assert (code, last["already_there"], honey.pictures.count()) == (0, 3, 3)
    assert set(Roll.objects.values_list("state", flat=True)) == {"done"}
