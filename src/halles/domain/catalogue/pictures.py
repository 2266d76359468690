# SPDX-License-Identifier: AGPL-3.0-or-later
"""Photographs: upright, freed of where they were taken, and made in the sizes and formats pages ask for.

The heavy part (`prepare`) touches no row, so that no lock is held while a photograph is worked on: `attach`
writes the row. One small size is made at once, so that the page shows the picture; a worker makes the others.
"""

import hashlib
import os
import shutil
import threading
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import IO, Any

import pillow_heif
from django.conf import settings
from django.db import transaction
from PIL import Image, ImageCms, ImageOps

from halles.domain.catalogue.models import Picture, Product
from halles.domain.journal import actions as journal
from halles.kernel import outbox
from halles.kernel.actor import Actor
from halles.kernel.errors import Refused
from halles.kernel.identifiers import uuid7

MOST_BYTES = 25 * 1024 * 1024
MOST_PIXELS = 50_000_000
MOST_PICTURES = 12
ORIGINAL = 2400
WIDTHS = (240, 480, 800, 1200, 1600)
AT_ONCE = 480
ONCE = 1200
A_DAY = 24 * 3600
# Only decoders we mean to trust look at a stranger's bytes.
READ: tuple[str, ...] = ("JPEG", "PNG", "WEBP", "AVIF", "HEIF")
WRITTEN: dict[str, dict[str, Any]] = {
    "jpg": {"format": "JPEG", "quality": 78, "optimize": True, "progressive": True},
    "webp": {"format": "WEBP", "quality": 74, "method": 4},
    "avif": {"format": "AVIF", "quality": 56, "speed": 8},
}
JFIF = 14  # bytes of its mark, when no small picture is hidden in it
END = b"\xff\xd9"  # of a JPEG
PAPER = (255, 255, 255)  # what shows through a transparent picture

# What iPhones and some others make. Only the photograph itself is read, not what is kept beside it in the file.
pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)

# A large photograph takes some 200 MB while it is decoded, a large HEIC twice that: one at a time in each process.
_one_at_a_time = threading.Lock()


@dataclass(frozen=True, slots=True)
class Prepared:
    """A photograph whose files are made and whose row is not written yet."""

    id: uuid.UUID
    width: int
    height: int
    colour: str
    widths: tuple[int, ...]
    alt: str = ""
    digest: str = ""  # of the bytes that were sent

    def address(self, width: int, extension: str) -> str:
        """Where one size is served already."""
        return f"/media/pictures/{self.id}/{width}.{extension}"


def add(product: Product, file: IO[bytes], *, view: str = "", by: Actor) -> Picture:
    """One more photograph, last in the row.

    :raises Refused: as `prepare` and `attach`.
    """
    return attach(product, prepare(file), view=view, by=by)


def prepare(file: IO[bytes]) -> Prepared:
    """Read what was sent, and make the original and the first size.

    :raises Refused: `picture.empty`, `picture.too_big` (bytes), `picture.too_many_pixels`,
        `picture.not_a_picture` (nothing we can read), `picture.broken` (it starts well and ends badly).
    """
    check_size(file)
    with _one_at_a_time:
        opened = _opened(file)
        image = _upright(opened)
        first = (_targets(image.width, AT_ONCE)[-1],)
        prepared = Prepared(uuid7(), *image.size, _colour(image), first, digest=digest_of(file))
        if _is_an_original(opened, file):  # writing it anew would lose a little, each time it moves house
            _copy(file, _original(prepared.id))
        else:
            _write(image, _original(prepared.id), {"format": "JPEG", "quality": 90, "optimize": True})
        for width in prepared.widths:
            _make(image, prepared.id, width)
    return prepared


def prepare_shown(file: IO[bytes]) -> Prepared:
    """A photograph shown once, to one person: the sizes it is looked at in, at once, and no original kept.

    :raises Refused: as `prepare`.
    """
    check_size(file)
    with _one_at_a_time:
        image = _upright(_opened(file), ONCE)
        widths = tuple(dict.fromkeys(_targets(image.width, most)[-1] for most in (AT_ONCE, ONCE)))
        prepared = Prepared(uuid7(), *image.size, _colour(image), widths, digest=digest_of(file))
        for width in widths:
            _make(image, prepared.id, width)
    return prepared


def examine(file: IO[bytes]) -> None:
    """Whether it looks like a photograph we read: quick, by its beginning alone, so that one cut off passes.

    :raises Refused: as `prepare`, but for `picture.broken`.
    """
    check_size(file)
    _opened(file)


def preview(file: IO[bytes], path: Path, *, most: int = AT_ONCE) -> None:
    """A small picture of what was sent, `most` pixels wide or high, for somebody who has to see what it shows.

    :raises Refused: as `prepare`.
    """
    examine(file)
    with _one_at_a_time:
        image = _upright(_opened(file), most)
        _write(image, path, WRITTEN["jpg"])


def digest_of(file: IO[bytes]) -> str:
    """By what the same photograph is known when it is sent again: SHA-256 of its bytes."""
    file.seek(0)
    return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]


def is_made_of(picture: Picture, digest: str, size: int) -> bool:
    """Whether these bytes, of this size, are what was sent for it, or the original that we made of that."""
    if picture.digest == digest:
        return True
    if original_bytes(picture.id) != size:
        return False
    with original_of(picture).open("rb") as original:
        return digest_of(original) == digest


def check_size(file: IO[bytes]) -> None:
    """Whether a photograph may be so large, or so small.

    :raises Refused: `picture.empty`, `picture.too_big`.
    """
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    if size == 0:
        raise Refused("picture.empty", field="photo")
    if size > MOST_BYTES:
        raise Refused("picture.too_big", field="photo", megabytes=-(-size // 2**20), most=MOST_BYTES // 2**20)


@transaction.atomic
def attach(product: Product, prepared: Prepared, *, view: str = "", by: Actor) -> Picture:
    """The photograph becomes one of the product's; its other sizes are asked for.

    :raises Refused: `picture.too_many` when the product has as many as it may have.
    """
    count = product.pictures.count()
    if count >= MOST_PICTURES:
        discard(prepared)
        raise Refused("picture.too_many", field="photo", most=MOST_PICTURES)
    picture = Picture.objects.create(
        id=prepared.id,
        product=product,
        position=count,
        view=" ".join(view.split())[:80],
        original=f"originals/{prepared.id}.jpg",
        width=prepared.width,
        height=prepared.height,
        colour=prepared.colour,
        widths=list(prepared.widths),
        digest=prepared.digest,
        weight=original_bytes(prepared.id),
    )
    journal.record(
        "catalogue.picture_added", product, by=by, shop_id=product.shop_id, picture=str(picture.id)
    )
    outbox.publish("catalogue.picture_added", picture_id=str(picture.id))
    return picture


def discard(prepared: Prepared) -> None:
    """Take back what was made of a photograph: what it was for was refused."""
    _forget(prepared.id)


def throw_away(picture_id: uuid.UUID) -> None:
    """The files of a photograph whose record is gone."""
    _forget(picture_id)


def forget_unused() -> None:
    """What was prepared for an article that came to nothing is thrown away after a day."""
    known = {str(picture_id) for picture_id in Picture.objects.values_list("id", flat=True)}
    for original in _originals().glob("*.jpg"):
        if original.stem not in known and time.time() - original.stat().st_mtime > A_DAY:
            _forget(uuid.UUID(original.stem))


def remove(picture: Picture, *, by: Actor) -> None:
    """The photograph goes, with its files; the others close the row."""
    remove_all(picture.product, [picture.id], by=by)


@transaction.atomic
def remove_all(product: Product, ids: Sequence[uuid.UUID], *, by: Actor) -> None:
    """Several photographs of one article go, with their files. Six queries or so, and one for each that moves up."""
    gone = list(product.pictures.filter(pk__in=ids).values_list("pk", flat=True))
    product.pictures.filter(pk__in=gone).delete()
    _number(list(product.pictures.all()))
    journal.record(
        "catalogue.picture_removed",
        product,
        by=by,
        shop_id=product.shop_id,
        pictures=[str(pk) for pk in gone],
    )
    for picture_id in gone:
        transaction.on_commit(partial(_forget, picture_id))


@transaction.atomic
def reorder(product: Product, ids: Sequence[uuid.UUID], *, by: Actor) -> None:
    """The photographs in this order; those not named follow in theirs. The first leads."""
    wanted = {picture_id: place for place, picture_id in enumerate(ids)}
    pictures = list(product.pictures.all())
    _number(sorted(pictures, key=lambda picture: wanted.get(picture.id, len(wanted))))
    journal.record("catalogue.pictures_reordered", product, by=by, shop_id=product.shop_id)


@transaction.atomic
def describe(picture: Picture, view: str, *, by: Actor) -> None:
    """What this photograph shows of the product ("dos", "détail du col"), for those who do not see it."""
    picture.view = " ".join(view.split())[:80]
    picture.save(update_fields=["view"])
    product = picture.product
    journal.record("catalogue.picture_described", product, by=by, shop_id=product.shop_id, view=picture.view)


def make_sizes(picture_id: str) -> None:
    """Every size in every format, from the original. Repeating changes nothing; the picture may be gone."""
    picture = Picture.objects.filter(pk=picture_id).first()
    original = _original(uuid.UUID(picture_id))
    if picture is None or not original.exists():
        return
    widths = _targets(picture.width)
    missing = [width for width in widths if width not in picture.widths]
    if missing:
        with _one_at_a_time, Image.open(original, formats=["JPEG"]) as image:
            for width in missing:
                _make(image, picture.id, width)
    Picture.objects.filter(pk=picture.pk).update(widths=sorted({*widths, *picture.widths}))


def _is_an_original(image: Image.Image, file: IO[bytes]) -> bool:
    """Whether it is as we would write it: plain colours, no larger than we keep, and nothing beside the photograph itself."""
    if image.format != "JPEG" or image.mode != "RGB" or max(image.size) > ORIGINAL:
        return False
    if [marker for marker, _ in image.applist] != ["APP0"] or image.applist[0][1][:4] != b"JFIF":  # type: ignore[attr-defined]
        return False
    file.seek(0)
    data = file.read()
    return len(image.applist[0][1]) == JFIF and data.count(END) == 1 and data.endswith(END)  # type: ignore[attr-defined]


def _targets(width: int, most: int = WIDTHS[-1]) -> list[int]:
    """The widths to be made of a picture: never larger than it is, one at least."""
    return [target for target in WIDTHS if target <= min(width, most)] or [width]


def _opened(file: IO[bytes]) -> Image.Image:
    """The picture with its header read, and nothing decoded before its size is known to be bearable."""
    try:
        image = Image.open(file, formats=READ)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Refused("picture.too_many_pixels", field="photo", most=MOST_PIXELS // 10**6) from error
    except Exception as error:  # a decoder given rubbish may raise anything
        raise Refused("picture.not_a_picture", field="photo") from error
    if image.width * image.height > MOST_PIXELS:
        raise Refused("picture.too_many_pixels", field="photo", most=MOST_PIXELS // 10**6)
    return image


def _upright(image: Image.Image, most: int = ORIGINAL) -> Image.Image:
    """The first frame, decoded, turned as it was held, in plain sRGB on paper, no larger than we keep."""
    try:
        image.draft("RGB", (most, most))  # a JPEG is decoded at a fraction of its size
        image.load()
        profile = image.info.get("icc_profile")
        image = _turned(image)
        image.thumbnail((most, most), Image.Resampling.LANCZOS)
        return _on_paper(_in_srgb(image, profile))
    except Exception as error:  # cut off, corrupt, or a mode nobody draws in
        raise Refused("picture.broken", field="photo") from error


def _turned(image: Image.Image) -> Image.Image:
    """As it was held. Notes about the photograph that cannot be read do not make it a bad one."""
    try:
        return ImageOps.exif_transpose(image)
    except Exception:
        return image


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Colours as every screen understands them: a phone's wide ones would look dull otherwise."""
    if not profile or image.mode not in {"RGB", "RGBA", "CMYK"}:
        return image
    try:
        theirs = ImageCms.ImageCmsProfile(BytesIO(profile))
        mode = "RGBA" if image.mode == "RGBA" else "RGB"
        return (
            ImageCms.profileToProfile(image, theirs, ImageCms.createProfile("sRGB"), outputMode=mode) or image
        )
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return image  # a profile that cannot be read is no profile


def _on_paper(image: Image.Image) -> Image.Image:
    """Plain RGB in a new image, which carries none of the file's metadata."""
    if image.mode.startswith("I") or image.mode == "F":
        # Sixteen bits of grey: kept by their high byte, as `convert` would cut everything above 255 to white.
        image = image.convert("I").point(lambda value: value / 256, "L")
    paper = Image.new("RGB", image.size, PAPER)
    if image.has_transparency_data:
        drawn = image.convert("RGBA")
        paper.paste(drawn, mask=drawn.getchannel("A"))
    else:
        paper.paste(image.convert("RGB"))
    return paper


def _colour(image: Image.Image) -> str:
    """The colour that takes the most room: the ground shown until the picture arrives."""
    few = image.resize((48, 48), Image.Resampling.BOX).quantize(5)
    palette, counts = few.getpalette() or [0, 0, 0], few.getcolors() or [(1, 0)]
    _count, index = max(counts)
    assert isinstance(index, int)  # a picture of few colours numbers them
    red, green, blue = palette[3 * index : 3 * index + 3]
    return f"#{red:02x}{green:02x}{blue:02x}"


def _make(image: Image.Image, picture_id: uuid.UUID, width: int) -> None:
    """One size in its three formats."""
    height = max(1, round(image.height * width / image.width))
    sized = image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)
    for extension, options in WRITTEN.items():
        _write(sized, _folder(picture_id) / f"{width}.{extension}", options)


def _copy(file: IO[bytes], path: Path) -> None:
    """As it came; whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.{uuid.uuid4().hex}")
    file.seek(0)
    with unfinished.open("wb") as copy:
        shutil.copyfileobj(file, copy)
    unfinished.replace(path)


def _write(image: Image.Image, path: Path, options: dict[str, Any]) -> None:
    """Whole or not at all: a page never finds half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.{uuid.uuid4().hex}")
    image.save(unfinished, **options)
    unfinished.replace(path)


def _folder(picture_id: uuid.UUID) -> Path:
    return Path(settings.MEDIA_ROOT) / "pictures" / str(picture_id)


def _original(picture_id: uuid.UUID) -> Path:
    return _originals() / f"{picture_id}.jpg"


def original_of(picture: Picture) -> Path:
    """Where the original lies, freed of where it was taken; it may be missing."""
    return _original(picture.id)


def original_bytes(picture_id: uuid.UUID) -> int:
    """How large that is; 0 when it is missing."""
    original = _original(picture_id)
    return original.stat().st_size if original.exists() else 0


def _originals() -> Path:
    return Path(settings.DATA) / "originals"


def _forget(picture_id: uuid.UUID) -> None:
    _original(picture_id).unlink(missing_ok=True)
    folder = _folder(picture_id)
    for file in folder.glob("*"):
        file.unlink(missing_ok=True)
    if folder.exists():
        folder.rmdir()


def _number(pictures: Sequence[Picture]) -> None:
    for position, picture in enumerate(pictures):
        if picture.position != position:
            picture.position = position
            picture.save(update_fields=["position"])
