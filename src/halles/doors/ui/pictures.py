# SPDX-License-Identifier: AGPL-3.0-or-later
"""A photograph in a page: every format and size made so far, its place kept before it arrives."""

from collections.abc import Sequence
from typing import Protocol

from django.utils.safestring import SafeString

from halles.doors.ui.colours import valid
from halles.doors.ui.markup import markup

# For each place a picture may have: how wide it is shown (CSS `sizes`), and the widest file worth sending.
PLACES = {
    "page": ("(min-width:60rem) 35rem, 100vw", 1600),
    "card": ("(min-width:60rem) 22rem, (min-width:40rem) 33vw, 50vw", 800),
    "thumb": ("5rem", 320),
}


class Picture(Protocol):
    """What a picture must know of itself."""

    widths: list[int]
    colour: str
    width: int
    height: int

    @property
    def alt(self) -> str: ...

    def address(self, width: int, extension: str) -> str:
        """Where one size is served."""
        ...


def render(picture: Picture, place: str, alt: str | None, eager: bool) -> SafeString:
    """`<picture>` over a ground of its dominant colour; only the ground while no size is made yet."""
    ground = markup(
        '<svg class="ground" aria-hidden="true"><rect width="100%" height="100%" fill="{}"/></svg>',
        valid(picture.colour, "#e7e1d5"),
    )
    widths = sorted(picture.widths)
    words = picture.alt if alt is None else alt
    if not widths:
        said = markup('<span class="unseen">{}</span>', words) if words else ""
        return markup('<span class="picture">{}{}</span>', ground, said)
    sizes, widest = PLACES[place]
    useful = [width for width in widths if width <= widest] or widths[:1]
    sources = SafeString("".join(_source(picture, kind, useful, sizes) for kind in ("avif", "webp")))
    urgency = SafeString('fetchpriority="high"' if eager else 'loading="lazy" decoding="async"')
    # Browsers that know neither AVIF nor WebP are old and few: one JPEG serves them, without a list of sizes.
    image = markup(
        '<img src="{}" alt="{}" width="{}" height="{}" {}>',
        picture.address(useful[-1], "jpg"),
        words,
        picture.width,
        picture.height,
        urgency,
    )
    return markup('<span class="picture">{}<picture>{}{}</picture></span>', ground, sources, image)


def _source(picture: Picture, kind: str, widths: Sequence[int], sizes: str) -> SafeString:
    files = ", ".join(f"{picture.address(width, kind)} {width}w" for width in widths)
    return markup('<source type="image/{}" srcset="{}" sizes="{}">', kind, files, sizes)
