# SPDX-License-Identifier: AGPL-3.0-or-later
"""`halles import products` is killed in the middle, again and again: the same command goes on, and nothing is there twice."""

import json
import os
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path

import pytest
from django.db.models import Sum

from halles.domain.catalogue.models import Product, Variant
from halles.domain.imports.models import Import
from halles.domain.shops.models import Shop
from halles.domain.stock import reads as stock
from halles.domain.stock.models import StockLevel
from halles.doors.cli.orphans import die_with_parent
from tests.browser import database_url
from tests.factories import a_shop

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

ROOT = Path(__file__).resolve().parents[2]
ROWS = 10_000
DEATHS = (0, 900, 5000, 8100)  # rows written, and then the next ones are in the middle of it
PATIENCE = 180


def test_a_killed_import_of_ten_thousand_is_finished_by_the_same_command(tmp_path: Path) -> None:
    shop = a_shop()
    file = tmp_path / "dix mille.csv"
    rows = (f"R{number};Article {number};{number % 90},50;{number % 7}" for number in range(ROWS))
    file.write_text("\n".join(["Référence;Désignation;Prix TTC;Stock", *rows]))

    for written in DEATHS:
        kill_after(written, shop, file)
        assert Import.objects.get().created == Product.objects.filter(shop=shop).count() >= written

    assert told(shop, file) == {
        "rows": ROWS, "created": ROWS, "changed": 0, "unchanged": 0, "refused": 0, "refused_file": None, "warnings": 0,
    }  # fmt: skip
    assert Variant.objects.filter(product__shop=shop).values("reference").distinct().count() == ROWS
    assert Product.objects.filter(shop=shop).count() == Import.objects.get().products.count() == ROWS
    on_hand = StockLevel.objects.aggregate(Sum("on_hand"))["on_hand__sum"]
    assert on_hand == Decimal(sum(number % 7 for number in range(ROWS)))
    assert stock.broken_levels() == []


def kill_after(written: int, shop: Shop, file: Path) -> None:
    """Start it, and end it once so many rows are in."""
    command = start(shop, file)
    deadline = time.monotonic() + PATIENCE
    while not Import.objects.filter(state=Import.State.RUNNING, position__gte=written).exists():
        assert command.poll() is None, "it ended by itself"
        assert time.monotonic() < deadline
        time.sleep(0.005)
    command.kill()
    command.communicate()


def told(shop: Shop, file: Path) -> dict[str, object]:
    """The last line of the command, left alone."""
    command = start(shop, file)
    said, _ = command.communicate(timeout=PATIENCE)
    assert command.returncode == 0
    last: dict[str, object] = json.loads(said.splitlines()[-1])
    return last


def start(shop: Shop, file: Path) -> subprocess.Popen[str]:
    command = "from halles.config.command import main; main()"
    return subprocess.Popen(
        [sys.executable, "-c", command, "import", "products", str(file), "--shop", shop.slug],
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "halles.config.settings",
            "DATABASE_URL": database_url(),
            "HALLES_DATA": str(file.parent),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=ROOT,
        preexec_fn=die_with_parent,
    )
