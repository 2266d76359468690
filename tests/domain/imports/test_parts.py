# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whatever goes out is small enough to come in again, and leaves piece by piece."""

import io
import uuid
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some
from PIL import Image
from tests.factories import a_product, a_shop

from halles.domain.catalogue import pictures
from halles.domain.catalogue.models import Picture, Product
from halles.domain.imports import parts
from halles.domain.imports.actions import ask, work
from halles.domain.imports.actions.pictures import fetch
from halles.domain.imports.drafts import Choices
from halles.domain.imports.leaving import Articles, put
from halles.domain.imports.sources import MOST_BUNDLE_BYTES, MOST_MEMBERS
from halles.domain.imports.spreadsheet.writer import WRITER
from halles.domain.shops.models import Shop
from halles.kernel.actor import SYSTEM


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path
    settings.MEDIA_ROOT = tmp_path / "media"


def a_photo(colour: str) -> io.BytesIO:
    file = io.BytesIO()
    Image.new("RGB", (30, 20), colour).save(file, "PNG")
    return file


SIZES = some.lists(some.lists(some.integers(0, 2 * parts.MOST_WEIGHT // 3), max_size=3), max_size=40)


@given(SIZES)
def test_each_article_is_in_one_part_and_no_part_is_more_than_comes_in(sizes: list[list[int]]) -> None:
    weighed = [(uuid.UUID(int=number + 1), photos) for number, photos in enumerate(sizes)]
    found = list(parts.cut(weighed))
    assert [part.after for part in found] == [None, *(part.until for part in found[:-1])]
    assert found[-1].until is None
    assert sum(part.weight for part in found) == sum(map(sum, sizes))
    for part in found:
        low, high = (part.after or uuid.UUID(int=0)).int, (part.until or uuid.UUID(int=len(sizes))).int
        alone = high - low == 1
        assert alone or part.weight <= parts.MOST_WEIGHT


def test_a_part_is_within_the_limits_of_what_comes_in() -> None:
    assert parts.MOST_WEIGHT + 100 * 2**20 < MOST_BUNDLE_BYTES  # its table, and what was added meanwhile
    assert parts.MOST_PHOTOS < MOST_MEMBERS


def a_shop_with_photos() -> Shop:
    shop = a_shop()
    for colour in ("red", "green", "blue", "white", "black"):
        product = a_product(shop, name=f"Article {colour}")
        pictures.add(product, a_photo(colour), by=SYSTEM)
    return shop


@pytest.mark.django_db
def test_all_parts_together_are_the_whole_shop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "MOST_PHOTOS", 2)
    shop = a_shop_with_photos()
    other = a_shop(shop.market)
    several = parts.parts(shop)
    assert len(several) == 3
    for part in several:
        articles, out = parts.articles_of(shop, part.after, part.until), io.BytesIO()
        assert articles is not None
        written = put(WRITER.pieces(articles, ""), out)
        assert written.photos <= 2
        out.seek(0)
        import_ = ask.hand_over(other, out, "partie.zip", Choices(), alone=True, by=SYSTEM)
        ask.look(import_)
        ask.start(import_, alone=True, by=SYSTEM)
        assert not work.go_on(import_, seconds=1000)
        assert not fetch(import_, seconds=1000)
    names = Product.objects.filter(shop=other).order_by("created_at").values_list("name", flat=True)
    assert list(names) == list(shop.products.order_by("created_at").values_list("name", flat=True))
    assert Picture.objects.filter(product__shop=other).count() == 5


@pytest.mark.django_db
def test_another_shops_article_bounds_nothing() -> None:
    assert parts.articles_of(a_shop(), a_product(a_shop()).id, None) is None


@pytest.mark.django_db
def test_a_zip_that_breaks_off_is_none_and_begins_before_all_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    pieces = WRITER.pieces(Articles(a_shop_with_photos()), "")
    came = next(pieces) + next(pieces) + next(pieces)
    assert came.startswith(b"PK")

    def gone(*_: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "open", gone)
    with pytest.raises(OSError, match="error"):
        for piece in pieces:
            came += piece
    assert not zipfile.is_zipfile(io.BytesIO(came))


@pytest.mark.django_db
def test_parts_are_looked_for_once_as_long_as_nothing_is_done_in_the_shop(
    monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: Any
) -> None:
    monkeypatch.setattr(parts, "MOST_PHOTOS", 2)
    shop = a_shop_with_photos()
    found = parts.parts(shop)
    monkeypatch.setattr(parts, "_found", None)
    with django_assert_max_num_queries(3):
        assert parts.parts(shop) == found
    monkeypatch.undo()
    pictures.add(a_product(shop), a_photo("pink"), by=SYSTEM)
    assert len(parts.parts(shop)) == 1, "more was done since: it is looked for anew"
