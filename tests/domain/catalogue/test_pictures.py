# SPDX-License-Identifier: AGPL-3.0-or-later
"""Photographs as phones and strangers send them."""

import os
import struct
import zlib
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from tests import factories as make

from halles.domain.catalogue import pictures
from halles.domain.catalogue.models import Picture
from halles.kernel.actor import SYSTEM
from halles.kernel.errors import Refused

GPS = 0x8825


@pytest.fixture(autouse=True)
def own_files(tmp_path: Path, settings: Any) -> None:
    settings.DATA = tmp_path
    settings.MEDIA_ROOT = tmp_path / "media"


def sent(image: Image.Image, kind: str = "JPEG", **options: Any) -> BytesIO:
    file = BytesIO()
    image.save(file, kind, **options)
    return file


def files_of(picture: Picture, tmp_path: Path) -> set[str]:
    return {file.name for file in (tmp_path / "media" / "pictures" / str(picture.id)).iterdir()}


def test_turned_upright_and_freed_of_its_place(db: None, tmp_path: Path) -> None:
    image, exif = Image.new("RGB", (1000, 500), "red"), Image.Exif()
    image.paste("blue", (0, 0, 500, 500))  # what was on the left is above, once upright
    exif[0x0112] = 6
    exif.get_ifd(GPS)[1] = "N"
    picture = pictures.add(make.a_product(), sent(image, exif=exif), view="  face ", by=SYSTEM)
    assert (picture.width, picture.height, picture.view, picture.position) == (500, 1000, "face", 0)
    for name in (
        tmp_path / "originals" / f"{picture.id}.jpg",
        tmp_path / "media" / "pictures" / str(picture.id) / "480.jpg",
    ):
        with Image.open(name) as kept:
            assert not kept.getexif()
            assert "icc_profile" not in kept.info
            red, _, blue = kept.getpixel((kept.width // 2, 5))  # type: ignore[misc]
            assert blue > 200 > red


def test_a_telephones_heic_is_a_photograph_like_others(db: None, tmp_path: Path) -> None:
    image, exif = Image.new("RGB", (1000, 500), "red"), Image.Exif()
    image.paste("blue", (0, 0, 500, 500))
    exif[0x0112] = 6
    exif.get_ifd(GPS)[1] = "N"
    exif.get_ifd(GPS)[2] = (46.0, 34.0, 48.0)
    file = sent(image, "HEIF", exif=exif.tobytes(), quality=90)  # bytes, or it is not written as turned
    assert GPS in Image.open(file).getexif()  # it says where it was taken
    picture = pictures.add(make.a_product(), file, by=SYSTEM)
    assert (picture.width, picture.height) == (500, 1000)
    with Image.open(tmp_path / "originals" / f"{picture.id}.jpg") as kept:
        red, _, blue = kept.getpixel((250, 5))  # type: ignore[misc]
        assert blue > 200 > red and not kept.getexif()


@cache
def a_heic() -> bytes:
    """A small one; made once, since making one is slow."""
    return sent(Image.effect_noise((240, 160), 90).convert("RGB"), "HEIF").getvalue()


def a_heic_that_claims(width: int, height: int) -> BytesIO:
    """One whose header says something else."""
    body = bytearray(a_heic())
    said = body.index(b"ispe") + 8
    body[said : said + 8] = struct.pack(">II", width, height)
    return BytesIO(body)


def test_every_size_in_every_format_and_again_changes_nothing(db: None, tmp_path: Path) -> None:
    picture = pictures.add(make.a_product(), sent(Image.new("RGB", (1300, 900), "green")), by=SYSTEM)
    assert picture.widths == [480]  # shown at once
    assert files_of(picture, tmp_path) == {"480.jpg", "480.webp", "480.avif"}
    for _ in range(2):
        pictures.make_sizes(str(picture.id))
        picture.refresh_from_db()
        assert picture.widths == [240, 480, 800, 1200]  # never larger than it is
    assert len(files_of(picture, tmp_path)) == 12
    with Image.open(tmp_path / "media" / "pictures" / str(picture.id) / "800.avif") as made:
        assert made.size == (800, 554)


def test_sizes_of_a_picture_gone_meanwhile_are_no_matter(db: None) -> None:
    pictures.make_sizes("01890000-0000-7000-8000-000000000000")


@pytest.mark.parametrize(
    ("image", "kind"),
    [
        (Image.new("CMYK", (60, 60)), "JPEG"),
        (Image.new("P", (60, 60)), "PNG"),
        (Image.new("I;16", (60, 60), 30000), "PNG"),
        (Image.new("1", (60, 60)), "PNG"),
        (Image.new("LA", (60, 60)), "PNG"),
        (Image.new("RGBA", (60, 60)), "WEBP"),
        (Image.new("RGB", (1, 60)), "AVIF"),
        (Image.new("RGBA", (64, 60)), "HEIF"),
        (Image.new("L", (64, 60)), "HEIF"),
    ],
)
def test_odd_ways_to_keep_a_picture(db: None, image: Image.Image, kind: str) -> None:
    prepared = pictures.prepare(sent(image, kind))
    assert (prepared.width, prepared.height) == image.size


def test_sixteen_bits_of_grey_stay_grey(db: None) -> None:
    assert pictures.prepare(sent(Image.new("I;16", (60, 60), 128 * 256), "PNG")).colour == "#808080"


def a_bomb(width: int, height: int) -> BytesIO:
    """A PNG that promises many pixels and holds none."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    return BytesIO(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"") + chunk(b"IEND", b""))


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (lambda: BytesIO(), "picture.empty"),
        (lambda: BytesIO(b"GIF89a" + b"\0" * 40), "picture.not_a_picture"),
        (lambda: BytesIO(b"%PDF-1.7"), "picture.not_a_picture"),
        (lambda: BytesIO(b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "picture.not_a_picture"),
        (lambda: BytesIO(b"\xff\xd8" + b"\0" * (25 * 2**20)), "picture.too_big"),
        (lambda: a_bomb(8000, 8000), "picture.too_many_pixels"),
        (lambda: a_bomb(30_000, 30_000), "picture.too_many_pixels"),
        (lambda: a_bomb(400, 300), "picture.broken"),
        (lambda: a_heic_that_claims(8000, 8000), "picture.too_many_pixels"),
        (lambda: a_heic_that_claims(30_000, 30_000), "picture.too_many_pixels"),
        (lambda: a_heic_that_claims(64, 64), "picture.broken"),  # what it holds is larger than it said
        (lambda: BytesIO(a_heic()[:9000]), "picture.broken"),
        (lambda: BytesIO(sent(Image.effect_noise((400, 400), 90)).getvalue()[:9000]), "picture.broken"),
    ],
)
def test_what_cannot_be_used_is_refused_and_leaves_nothing(
    file: Callable[[], BytesIO], code: str, tmp_path: Path
) -> None:
    with pytest.raises(Refused) as refusal:
        pictures.prepare(file())
    assert (refusal.value.code, refusal.value.field) == (code, "photo")
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_order_words_and_number(db: None) -> None:
    product = make.a_product()
    photo = sent(Image.new("RGB", (50, 50)))
    every = [pictures.add(product, photo, by=SYSTEM) for _ in range(pictures.MOST_PICTURES)]
    with pytest.raises(Refused, match=r"picture\.too_many"):
        pictures.add(product, photo, by=SYSTEM)
    pictures.reorder(product, [every[2].id], by=SYSTEM)
    assert [picture.id for picture in product.pictures.all()][:3] == [every[2].id, every[0].id, every[1].id]
    pictures.remove(every[0], by=SYSTEM)
    assert [picture.position for picture in product.pictures.all()] == list(range(pictures.MOST_PICTURES - 1))
    pictures.describe(every[1], "dos", by=SYSTEM)
    assert every[1].alt == f"{product.name}, dos"


def test_what_came_to_nothing_is_forgotten_after_a_day(db: None, tmp_path: Path) -> None:
    used = pictures.add(make.a_product(), sent(Image.new("RGB", (50, 50))), by=SYSTEM)
    old, young = (pictures.prepare(sent(Image.new("RGB", (50, 50)))) for _ in range(2))
    for name in (used.id, old.id):
        os.utime(tmp_path / "originals" / f"{name}.jpg", (1, 1))
    pictures.forget_unused()
    assert {file.stem for file in (tmp_path / "originals").iterdir()} == {str(used.id), str(young.id)}
    assert not (tmp_path / "media" / "pictures" / str(old.id)).exists()


@pytest.mark.corpus
def test_real_pictures_good_and_bad(real_input: Path) -> None:
    """All the odd ones; of the plain photographs only some small ones, since they differ in nothing that is read."""
    read, refused = 0, 0
    photos = sorted((real_input / "photos").iterdir(), key=lambda file: file.stat().st_size)
    for file in [*(real_input / "bad-input" / "images").iterdir(), *photos[:3]]:
        with file.open("rb") as opened:
            try:
                pictures.prepare(opened)
                read += 1
            except Refused:
                refused += 1
    assert read > 40
    assert refused > 30
