# SPDX-License-Identifier: AGPL-3.0-or-later
"""A catalogue of so many rows, as a till or a supplier writes it: in, again, out, and how much memory that takes.

`times ROWS`: seconds of the processor for a plain bulk insert of the same rows, of the look, of the import, of the same file once more.
`memory ROWS`: the most that a process takes which imports so many. `out ROWS`: seconds of reading, and of exporting.
`file PATH ROWS`: the catalogue itself.
"""

import csv
import json
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import groupby, islice
from pathlib import Path

from django.core.management import call_command
from django.db import transaction

from benchmarks.town import (
    CATEGORIES,
    NOUNS,
    OF,
    QUALITIES,
    SENTENCES,
    add_categories,
    gtin_of,
    open_market,
    open_shop,
)
from halles.domain.catalogue.models import Price, Product, Variant
from halles.domain.imports.actions import ask, work
from halles.domain.imports.actions.ask import BATCH
from halles.domain.imports.drafts import Choices
from halles.domain.imports.leaving import Articles, put
from halles.domain.imports.models import Import
from halles.domain.imports.spreadsheet import WRITER
from halles.domain.shops.models import Market, Shop
from halles.kernel.actor import SYSTEM
from halles.kernel.identifiers import fold

HEADER = [
    "Référence",
    "EAN",
    "Désignation",
    "Marque",
    "Description",
    "Rayon",
    "Prix TTC",
    "TVA",
    "Stock",
    "Contenance",
    "Taille",
]
TIMES = 3
NOT_RUN = 1e9  # seconds: to the end
OTHERS = 1_000_000  # codes from here on are no town's: three sizes of one article would meet three articles of the file
LEAVES = [leaf for leaves in CATEGORIES.values() for leaf in leaves]


def main(what: str, *rows: str) -> None:
    """Measure in a folder of its own; one line of JSON."""
    if what == "file":
        write_file(Path(rows[0]), int(rows[1]))
        return
    call_command("migrate", interactive=False, verbosity=0)
    with transaction.atomic():
        market = open_market()
        add_categories(market)
    measured = {"times": times, "memory": memory, "out": out}[what](market, int(rows[0]))
    print(json.dumps(measured))


def write_file(path: Path, rows: int) -> None:
    """The catalogue as a CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(HEADER)
        writer.writerows(islice(cells(), rows))


def cells() -> Iterator[list[str]]:
    """Row after row, always the same; every tenth article has two sizes."""
    number = 0
    while True:
        sizes = ("S", "L") if number % 10 == 9 else ("",)
        for size in sizes:
            yield _row(number, size)
        number += 1


def _row(n: int, size: str) -> list[str]:
    name = f"{NOUNS[n % 30]} {OF[n // 30 % 8]} {QUALITIES[n // 240 % 10]} n° {n}"
    text = f"{SENTENCES[n % 6]} {SENTENCES[n // 6 % 6]}\n{SENTENCES[n // 36 % 6]}"
    price = f"{3 + n % 60},{n % 20 * 5:02d}"
    content = "" if size else f"{250 + n % 8 * 50} g"
    code = "" if size else gtin_of(OTHERS + n)
    return [f"R{n}{size}", code, name, f"Atelier {n % 97}", text, LEAVES[n % len(LEAVES)], price,
            "5,5 %", str(n % 30), content, size]  # fmt: skip


def times(market: Market, rows: int) -> dict[str, list[float]]:
    """Each several times in turn, into shops of their own."""
    seen: dict[str, list[float]] = {"plain": [], "look": [], "first": [], "again": []}
    with tempfile.NamedTemporaryFile(suffix=".csv") as named:
        path = Path(named.name)
        write_file(path, rows)
        for turn in range(TIMES):
            shop, other = open_shop(market, 2 * turn), open_shop(market, 2 * turn + 1)
            seen["plain"].append(_seconds(lambda shop=shop: plain(shop, rows)))  # type: ignore[misc]
            first = _handed(other, path)
            seen["look"].append(_seconds(lambda first=first: _look(first)))  # type: ignore[misc]
            seen["first"].append(_seconds(lambda first=first: _run(first, rows)))  # type: ignore[misc]
            again = _handed(other, path)
            _look(again)
            seen["again"].append(_seconds(lambda again=again: _run(again, rows)))  # type: ignore[misc]
            if again.changed or again.created:
                raise AssertionError(f"{again.changed} articles changed by the same file")
    return seen


def plain(shop: Shop, rows: int) -> None:
    """The same articles with nothing around them: three bulk inserts a batch, each batch a transaction."""
    articles = groupby(islice(cells(), rows), key=lambda row: row[2])
    made = ((name, list(of)) for name, of in articles)
    while batch := list(islice(made, BATCH)):
        products, variants = [], []
        for number, (name, of) in enumerate(batch):
            product = _plain(shop, f"a-{shop.pk.hex[:6]}-{of[0][0].lower()}-{number}", name, of[0])
            products.append(product)
            variants += [
                Variant(product=product, shop=shop, position=place, reference=row[0], gtin=row[1], size=row[10],
                        price=Decimal(row[6].replace(",", ".")))
                for place, row in enumerate(of)
            ]  # fmt: skip
        with transaction.atomic():
            Product.objects.bulk_create(products)
            Variant.objects.bulk_create(variants)
            Price.objects.bulk_create(Price(variant=variant, amount=variant.price) for variant in variants)


def _plain(shop: Shop, slug: str, name: str, row: Sequence[str]) -> Product:
    words = fold(f"{name} {row[3]} {row[5]} {row[4]}")
    return Product(
        market=shop.market, shop=shop, slug=slug, name=name, maker=row[3], description=row[4], words=words,
        kind="food", vat_rate=Decimal("5.5"), status="online", availability="counted",
    )  # fmt: skip


def memory(market: Market, rows: int) -> dict[str, float]:
    """The most that this process, which does nothing else, has of its own; and with the pages of files it has mapped, which
    the system takes back when it likes.
    """
    with tempfile.NamedTemporaryFile(suffix=".csv") as named:
        write_file(Path(named.name), rows)
        import_ = _handed(open_shop(market, 0), Path(named.name))
    own, over = [0.0], threading.Event()
    watch = threading.Thread(target=_watch, args=(own, over))
    watch.start()
    _look(import_)
    _run(import_, rows)
    over.set()
    watch.join()
    return {"megabytes": max(own), "with_files": _megabytes("VmHWM")}


def _watch(seen: list[float], over: threading.Event) -> None:
    while not over.wait(0.05):
        seen[0] = max(seen[0], _megabytes("RssAnon"))


def _megabytes(what: str) -> float:
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return int(status[what].split()[0]) / 1024


def out(market: Market, rows: int) -> dict[str, list[float]]:
    """Reading what is there, and writing it as our own table, in turn."""
    shop = open_shop(market, 0)
    plain(shop, rows)
    seen: dict[str, list[float]] = {"read": [], "export": []}
    for _ in range(TIMES + 2):
        seen["read"].append(_seconds(lambda: _read(shop)))
        with tempfile.TemporaryFile() as file:
            seen["export"].append(_seconds(lambda file=file: put(WRITER.pieces(Articles(shop), ""), file)))  # type: ignore[misc]
    return seen


def _read(shop: Shop) -> None:
    found = Product.objects.filter(shop=shop).prefetch_related("variants")
    for product in found.iterator(200):
        list(product.variants.all())


def _handed(shop: Shop, path: Path) -> Import:
    with path.open("rb") as file:
        return ask.hand_over(shop, file, path.name, Choices(online=True), by=SYSTEM)


def _look(import_: Import) -> None:
    ask.look(import_)
    ask.start(import_, by=SYSTEM)


def _run(import_: Import, rows: int) -> None:
    work.go_on(import_, seconds=NOT_RUN)
    if import_.state != "done" or import_.refused > rows // 1000:
        raise AssertionError(f"{import_.state}: {import_.refused} rows refused")


def _seconds(act: Callable[[], object]) -> float:
    """Of the processor: the database is in this process, and others may be busy beside it."""
    began = time.process_time()
    act()
    return time.process_time() - began
