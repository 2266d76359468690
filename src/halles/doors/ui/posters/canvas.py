# SPDX-License-Identifier: AGPL-3.0-or-later
"""A drawing on its way to be a picture: photographs at the back, all the rest drawn over them."""

from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import resvg_py
from PIL import Image, ImageOps

from halles.doors.ui.posters import pieces
from halles.doors.ui.posters.facts import Good, Poster
from halles.doors.ui.posters.lettering import font_files
from halles.doors.ui.posters.pieces import PAPER, Box


@dataclass
class Canvas:
    """Paper of so many pixels, laid out in units of `scale` pixels."""

    size: tuple[int, int]
    scale: float
    parts: list[str] = field(default_factory=list)
    photos: list[tuple[Path, tuple[int, int, int, int]]] = field(default_factory=list)

    def add(self, *parts: str) -> None:
        """Draw over what is there."""
        self.parts += parts

    def picture(self, poster: Poster, good: Good, box: Box, covered: float = 0) -> None:
        """An article's photograph cut to its place; the trade's drawing when there is none, below what is `covered`."""
        x, y, w, h = box
        if good.photo is not None and good.photo.exists():
            left, top = round(x * self.scale), round(y * self.scale)
            right, foot = round((x + w) * self.scale), round((y + h) * self.scale)
            self.photos.append((good.photo, (left, top, right, foot)))
            return
        self.add(
            pieces.rect(x, y, w, h, pieces.wall(poster)),
            pieces.trade(poster, (x, y + covered, w, h - covered)),
        )

    def image(self) -> Image.Image:
        """The finished picture. Photographs are laid in by Pillow: resvg takes seconds to fit one onto a sheet."""
        picture = Image.new("RGB", self.size, PAPER)
        for file, box in self.photos:
            picture.paste(_cut(file, (max(1, box[2] - box[0]), max(1, box[3] - box[1]))), box[:2])
        with Image.open(BytesIO(self._drawn()), formats=["PNG"]) as drawn:
            picture.paste(drawn, mask=drawn.getchannel("A"))
        return picture

    def _drawn(self) -> bytes:
        wide, high = self.size
        svg = (
            '<svg xmlns="http://www.w3.org/2000/svg"'
            f' viewBox="0 0 {wide / self.scale:.4f} {high / self.scale:.4f}">{pieces.DEFINITIONS}{"".join(self.parts)}</svg>'
        )
        return bytes(
            resvg_py.svg_to_bytes(
                svg_string=svg, width=wide, height=high, skip_system_fonts=True, font_files=font_files()
            )
        )


def _cut(file: Path, size: tuple[int, int]) -> Image.Image:
    """The middle of a photograph, at the size in which it is seen."""
    with Image.open(file, formats=["JPEG"]) as image:
        image.draft("RGB", (size[0] * 2, size[1] * 2))  # decoded at a fraction of its size
        return ImageOps.fit(image.convert("RGB"), size, Image.Resampling.LANCZOS)
