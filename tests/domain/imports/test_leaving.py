# SPDX-License-Identifier: AGPL-3.0-or-later
"""What goes out comes in again: into an empty shop, with no difference."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from PIL import Image
from tests.factories import a_category, a_market, a_product, a_shop

from halles.demo import build
from halles.domain.catalogue import actions as catalogue
from halles.domain.catalogue import pictures, shelf
from halles.domain.catalogue.actions import ProductFacts, VariantFacts, facts_of
from halles.domain.catalogue.models import Availability, Kind, Portion, Product
from halles.domain.imports import leaving, ports, trouble
from halles.domain.imports.actions import ask, work
from halles.domain.imports.actions.pictures import fetch
from halles.domain.imports.drafts import Choices
from halles.domain.imports.headers import OURS
from halles.domain.imports.leaving import Articles, put
from halles.domain.imports.models import Import
from halles.domain.imports.spreadsheet import OUR_COLUMNS
from halles.domain.imports.spreadsheet.writer import TABLE_WRITER, WRITER
from halles.domain.shops.models import Shop
from halles.domain.stock import actions as stock
from halles.domain.stock.reads import on_hand
from halles.kernel.actor import SYSTEM
from halles.kernel.units import Unit

ORIGIN = "https://halles.exemple.fr"
ID = re.compile(rb"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f-]{21}")
FORMULA = "=cmd|' /C calc'!A0"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Any) -> None:
    settings.DATA = tmp_path
    settings.MEDIA_ROOT = tmp_path / "media"


def exported(shop: Shop, writer: ports.Writer = WRITER) -> io.BytesIO:
    out = io.BytesIO()
    put(writer.pieces(Articles(shop), ORIGIN), out)
    out.seek(0)
    return out


def imported(shop: Shop, file: io.BytesIO) -> Import:
    import_ = ask.hand_over(shop, file, "articles", Choices(), by=SYSTEM)
    ask.look(import_)
    assert import_.state == "looked", import_.problem
    ask.start(import_, by=SYSTEM)
    assert not work.go_on(import_, seconds=1000)
    assert not fetch(import_, seconds=1000)
    assert not list(trouble.told(import_, "refused"))
    assert not list(trouble.told(import_, "warned"))
    assert not import_.wishes.exclude(state="done")
    return import_


def articles_of(shop: Shop) -> Sequence[Product]:
    kept = Product.objects.filter(shop=shop).exclude(status=Product.Status.DELETED)
    return list(shelf.with_choices(kept.order_by("created_at", "pk")))


def said_of(shop: Shop) -> Iterator[tuple[object, ...]]:
    """All that a merchant said of each article."""
    for product in articles_of(shop):
        there = on_hand([product.id])
        variants = [(v.sold_out, v.position, there.get(v.id)) for v in product.choices]
        photos = [(p.view, p.width, p.height, pictures.original_of(p).read_bytes()) for p in product.photos]
        yield facts_of(product), product.status, variants, photos


def a_photo(width: int, height: int = 60) -> io.BytesIO:
    file = io.BytesIO()
    Image.effect_noise((width, height), 80).convert("RGB").save(file, "PNG")
    file.seek(0)
    return file


def a_shop_with_everything() -> Shop:
    shop = a_shop()
    eat, drink = a_category(shop.market, name="À manger"), a_category(shop.market, name="À boire")
    red, jam = (a_category(shop.market, name="Doux", parent=parent) for parent in (drink, eat))
    tricky = "Première ligne ; « deux »\n\n=1+1\r\nl'été, \"œuf\"\t| 🍯 <b>&amp;</b>\n'=x  "
    honey = a_product(
        shop, name="Miel 👩‍🌾 d'été", stock_of=3, category=jam, maker="=Rucher", description=tricky,
        variants=[VariantFacts("500 g", "", Decimal("8.50"), "3017620422003", "R1", Decimal(500), "g"),
                  VariantFacts("1,5 kg", "Clair", Decimal(1234), "", "R1", Decimal("1.5"), "kg")],
        kind=Kind.FOOD, ingredients="Miel\nde fleurs", allergens=("nuts", "gluten"), origin="Poitou",
    )  # fmt: skip
    pictures.add(honey, a_photo(80), view="face : l'étiquette", by=SYSTEM)
    pictures.add(honey, a_photo(90), by=SYSTEM)
    catalogue.set_sold_out([honey.choices[1]], True, by=SYSTEM)
    twin = a_product(shop, name="Miel", variants=[VariantFacts(reference="r1")], category=red, kind=Kind.WINE,
                     is_alcohol=True, vat_rate=Decimal(20))  # fmt: skip
    for width in (70, 60):
        pictures.add(twin, a_photo(width), view="dos" if width == 70 else "", by=SYSTEM)
    a_product(
        shop, name=FORMULA, maker=f"'{FORMULA}", description="@x", variants=[VariantFacts(reference="-12")]
    )
    a_product(
        shop, name="Pain", availability=Availability.DAILY, daily_quantity=Decimal("12.5"), kind=Kind.BREAD
    )
    a_product(shop, name="Table", availability=Availability.TO_ORDER, delay_days=120, vat_rate=Decimal(20))
    a_product(shop, name="Essai", availability=Availability.TO_CONFIRM, online=False, vat_rate=Decimal("2.1"))
    a_product(shop, name="Vase", is_unique=True, stock_of=1, vat_rate=Decimal(10))
    a_product(shop, name="Bol", is_unique=True, vat_rate=Decimal(0))  # never counted
    cheese = a_product(shop, name="Comté", unit=Unit.KILOGRAM, stock_of=2, category=eat,
                       portion=Portion.PART, portion_weight=Decimal("0.285"),
                       variants=[VariantFacts(content=Decimal("1.25"), content_unit="kg")])  # fmt: skip
    stock.count(cheese.choices[0], Decimal("1.234"), by=SYSTEM)
    withdrawn = a_product(shop, name="Nom", maker="Marque ou auteur")
    catalogue.set_status(withdrawn, Product.Status.WITHDRAWN, by=SYSTEM)
    gone = a_product(shop, name="Supprimé")
    catalogue.set_status(gone, Product.Status.DELETED, by=SYSTEM)
    return shop


def test_an_empty_shop_takes_all_of_it_without_a_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "BATCH", 2)
    shop = a_shop_with_everything()
    a_product(shop, name="Bol")  # one more of this name, and neither has a reference
    a_product(shop, name="Pot", variants=[VariantFacts(reference="R1")])  # which another has too
    first = exported(shop)
    other = a_shop(shop.market)
    import_ = imported(other, first)
    assert import_.created == len(articles_of(shop)) == 12
    for left, came in zip(said_of(shop), said_of(other), strict=True):
        assert came == left
    again = exported(other)
    with zipfile.ZipFile(first) as one, zipfile.ZipFile(again) as two:
        assert one.namelist() == two.namelist()
        assert {"photos/R1-1.jpg", "photos/r1-article-2-1.jpg"} < set(one.namelist())
        for name in one.namelist():
            assert ID.sub(b"", one.read(name)) == ID.sub(b"", two.read(name)), name
    first.seek(0)
    assert imported(other, first).unchanged == 12


def test_no_cell_is_run_by_a_spreadsheet() -> None:
    text = exported(a_shop_with_everything(), TABLE_WRITER).getvalue().decode("utf-8-sig")
    header, *rows = csv.reader(io.StringIO(text, newline=""), delimiter=";")
    assert header == [name for name, _ in OUR_COLUMNS]
    assert tuple(header[: len(OURS)]) == OURS
    cells = [cell for row in rows for cell in row]
    assert f"'{FORMULA}" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@")) or cell[:2] == "-c"]
    assert "8,50" in cells


def test_a_photograph_that_is_lost_is_no_reason_to_stay() -> None:
    shop = a_shop()
    product = a_product(shop)
    lost = pictures.add(product, a_photo(50), by=SYSTEM)
    pictures.add(product, a_photo(60), by=SYSTEM)
    pictures.original_of(lost).unlink()
    out = io.BytesIO()
    written = put(WRITER.pieces(Articles(shop), ORIGIN), out)
    out.seek(0)
    assert (written.rows, written.photos) == (1, 1)
    assert imported(a_shop(shop.market), out).wishes.count() == 1


TEXTS = some.text(some.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)


@given(several=some.lists(some.tuples(TEXTS, TEXTS, TEXTS, TEXTS), min_size=1, max_size=5))
@settings(max_examples=settings().max_examples // 10)  # each opens two shops
def test_any_text_comes_back(several: list[tuple[str, str, str, str]]) -> None:
    shop = a_shop()
    for maker, description, size, reference in several:
        variants = [VariantFacts(size, "", None, "", reference), VariantFacts(f"{size[:30]} 2", "/")]
        facts = ProductFacts("Article", Decimal(1), maker=maker, description=description, variants=variants)
        catalogue.create(shop, replace(facts, origin=description, ingredients=maker), by=SYSTEM)
    other = a_shop(shop.market)
    imported(other, exported(shop, TABLE_WRITER))
    assert list(said_of(other)) == list(said_of(shop))


def test_the_demonstration_town_could_leave_as_one() -> None:
    """Some articles of some of its shops; that all are coherent is said where the town is tested."""
    market = build.town(shop_number=5, product_number=25)
    assert market is not None
    total = 0
    for shop in market.shops.all():
        other = a_shop(market, vat_regime=shop.vat_regime)
        total += imported(other, exported(shop)).created
        assert list(said_of(other)) == list(said_of(shop))
    assert total == 25


def test_what_woocommerce_is_given_is_read_as_the_same_articles() -> None:
    shop = a_shop_with_everything()
    other = a_shop(shop.market)
    import_ = ask.hand_over(
        other, exported(shop, ports.writer_named("woocommerce")), "x.csv", Choices(), by=SYSTEM
    )  # type: ignore[arg-type]
    ask.look(import_)
    assert (import_.reader, import_.found["counts"]["created"]) == ("woocommerce", 10)


def test_what_prestashop_is_given_is_a_bundle_of_three_tables() -> None:
    shop = a_shop_with_everything()
    with zipfile.ZipFile(exported(shop, ports.writer_named("prestashop"))) as opened:  # type: ignore[arg-type]
        assert opened.namelist() == ["categories.csv", "products.csv", "combinations.csv"]
        products = opened.read("products.csv").decode("utf-8-sig")
    assert len(list(csv.reader(io.StringIO(products, newline=""), delimiter=";"))) == 11


@pytest.mark.parametrize("writer", ["halles", "woocommerce", "prestashop"])
def test_reading_takes_as_many_queries_whatever_is_there(
    writer: str, django_assert_num_queries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leaving, "AT_ONCE", 20)
    market = a_market()
    category = a_category(market, parent=a_category(market))
    for number in (3, 19):
        shop = a_shop(market)
        facts = [ProductFacts(f"Article {n}", Decimal(1), category=category) for n in range(number)]
        catalogue.create_many(shop, facts)
        with django_assert_num_queries(5):
            exported(shop, ports.writer_named(writer))  # type: ignore[arg-type]
