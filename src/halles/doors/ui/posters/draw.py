# SPDX-License-Identifier: AGPL-3.0-or-later
"""From facts to the bytes of a picture. Pure but for the photographs that are read."""

from io import BytesIO

from PIL import Image

from halles.doors.ui.posters import layouts, preview
from halles.doors.ui.posters.canvas import Canvas
from halles.doors.ui.posters.facts import SIZES, Poster, Shape

LARGEST_PREVIEW = 100_000  # bytes: what is waited for on a telephone
DOTS = 300  # an inch, on paper


def image(poster: Poster, shape: Shape) -> Image.Image:
    """The picture, in its size."""
    size = SIZES[shape]
    canvas = Canvas(size, 1.0 if shape == Shape.PREVIEW else size[0] / layouts.WIDE)
    if shape == Shape.PREVIEW:
        preview.lay_out(canvas, poster)
    else:
        layouts.lay_out(canvas, poster, shape)
    return canvas.image()


def jpeg(poster: Poster, shape: Shape) -> bytes:
    """As a JPEG; a preview is never larger than it may be."""
    drawn = image(poster, shape)
    qualities = (84, 74, 60, 45) if shape == Shape.PREVIEW else (86,)
    for quality in qualities:
        file = BytesIO()
        drawn.save(file, "JPEG", quality=quality, optimize=True, progressive=True, dpi=(DOTS, DOTS))
        if file.tell() <= LARGEST_PREVIEW:
            break
    return file.getvalue()


def pdf(poster: Poster, shape: Shape) -> bytes:
    """As a page to print in its true size."""
    file = BytesIO()
    image(poster, shape).save(file, "PDF", resolution=DOTS, quality=90, title=poster.name)
    return file.getvalue()
