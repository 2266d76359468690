# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is drawn rather than photographed: awnings, the trades' drawings, icons, QR codes.

Colours are presentation attributes, never style attributes: the content security policy forbids those.
"""

from functools import cache, lru_cache
from importlib.resources import files
from io import BytesIO
from zipfile import ZipFile

import segno
from django.utils.html import format_html
from django.utils.safestring import SafeString

from halles.doors.ui.colours import awning_tones

QUIET = 3  # squares of white around a QR code, without which telephones do not find it

# Lines on a 64 × 64 sheet; the first path is also lightly filled.
TRADES = {
    "epicerie": (
        "M14 20h20v4l3 5v23a4 4 0 0 1-4 4H15a4 4 0 0 1-4-4V29l3-5z",
        "M13 13h22v7H13zM11 35h26M11 47h26M17 41h14M43 33c0-3 14-3 14 0v20c0 3-14 3-14 0z"
        "M43 33c0 3 14 3 14 0M43 43c0 3 14 3 14 0",
    ),
    "librairie": (
        "M32 17c-6-5-14-6-23-5v37c9-1 17 0 23 5 6-5 14-6 23-5V12c-9-1-17 0-23 5z",
        "M32 17v37M16 21c4 0 7 .7 10 2M16 29c4 0 7 .7 10 2M16 37c4 0 7 .7 10 2M38 23c3-1.3 6-2 10-2"
        "M38 31c3-1.3 6-2 10-2",
    ),
    "mode": (
        "M24 19l-12 5-5 17 8 3 3-8v20h28V36l3 8 8-3-5-17-12-5c-2 5-14 5-16 0z",
        "M32 15v-2a3 3 0 1 0-3-3M18 50h28M22 15c6-2 14-2 20 0",
    ),
    "musee": (
        "M7 24 32 9l25 15z",
        "M12 24v5h40v-5M16 29v19M26 29v19M38 29v19M48 29v19M12 48h40v4H12zM8 52h48v4H8z"
        "M32 15.5a2.5 2.5 0 1 1-.01 0",
    ),
    "artisanat": (
        "M26 9h12c0 7-1 9 3 13 6 5 8 11 6 19-1 6-4 9-6 14H23c-2-5-5-8-6-14-2-8 0-14 6-19 4-4 3-6 3-13z",
        "M24 9h16M18 31h28M16.5 37h31M20 34l3 3 3-6 3 6 3-6 3 6 3-6 3 6 3-6",
    ),
    "boulangerie": (
        "M13 47c-7 0-9-8-4-12-1-8 7-13 13-10 4-6 14-6 18 0 7-2 13 3 12 10 6 3 4 12-3 12z",
        "M21 29l5 8M31 26l5 8M41 29l4 7M16 53h32M32 9c-2 3 2 5 0 8M24 11c-2 3 2 5 0 7M40 11c-2 3 2 5 0 7",
    ),
    "fromagerie": (
        "M7 35 40 17c9 1 16 8 17 18v16H7z",
        "M7 35h50M20 40a4 4 0 1 1-.01 0M37 42a3 3 0 1 1-.01 0M49 40a2 2 0 1 1-.01 0"
        "M36 25a2.5 2.5 0 1 1-.01 0",
    ),
    "caviste": (
        "M19 7h8v13c0 4 6 6 6 13v20a3 3 0 0 1-3 3H16a3 3 0 0 1-3-3V33c0-7 6-9 6-13z",
        "M19 12h8M13 36h20M13 47h20M41 25h14c2 10-1 17-7 17s-9-7-7-17zM48 42v13M42 56h12M40.6 32h14.8",
    ),
    "fleuriste": (
        "M17 33h30L36 57h-8z",
        "M21 19a5 5 0 1 1-.01 0M32 9a6 6 0 1 1-.01 0M43 19a5 5 0 1 1-.01 0M21 23a1.5 1.5 0 1 1-.01 0"
        "M32 13.5a1.5 1.5 0 1 1-.01 0"
        "M43 23a1.5 1.5 0 1 1-.01 0M32 21v12M23 29l3 4M41 29l-3 4M12 31c-4-4-4-7-2-10 4 2 6 5 4 10"
        "M52 31c4-4 4-7 2-10-4 2-6 5-4 10M27 57l-2 3M37 57l2 3",
    ),
    "primeur": (
        "M32 22c-5-5-19-4-19 10 0 12 8 23 14 23 2 0 3-1 5-1s3 1 5 1c6 0 14-11 14-23 0-14-14-15-19-10z",
        "M32 22c0-5 1-9 5-13M33 15c-5 1-9-1-11-6 6-1 10 1 11 6zM20 32c0-3 2-5 5-5",
    ),
    "autre": (
        "M8 21l4-11h40l4 11c0 8-11 8-12 0-1 8-11 8-12 0-1 8-11 8-12 0-1 8-12 8-12 0z",
        "M12 30v25h40V30M20 10v11M32 10v11M44 10v11M19 55V37h10v18M36 37h10v10H36z",
    ),
    "panier": (
        "M8 28h48l-5 24a3 3 0 0 1-3 3H16a3 3 0 0 1-3-3z",
        "M20 28l8-17M44 28l-8-17M23 35l1 12M32 35v12M41 35l-1 12",
    ),
}


@lru_cache(maxsize=64)
def trade(name: str) -> SafeString:
    """The line drawing of a trade, in the colour of the text around it; a shop front for a trade unknown."""
    body, lines = TRADES.get(name, TRADES["autre"])
    return format_html(
        '<svg class="drawing" viewBox="0 0 64 64" fill="none" stroke="currentColor" stroke-width="1.5"'
        ' stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">'
        '<path d="{}" fill="currentColor" fill-opacity=".1"/><path d="{}"/></svg>',
        body,
        lines,
    )


@lru_cache(maxsize=512)
def awning(colour: str, light: str = "", height: int = 40) -> SafeString:
    """A shop's awning: stripes of its two tones with a scalloped edge, as wide as its place.

    Dashed lines, not a pattern: no id that could appear twice in a page, the same few bytes for any width.
    """
    dark, pale = awning_tones(colour, light)
    stripe = max(8, height * 3 // 5)
    roof = height - stripe // 2
    # The dark stripes start half a stripe in, so that a row of awnings begins alike.
    return format_html(
        '<svg class="awning" width="100%" height="{height}" aria-hidden="true"><g fill="none">'
        '<g stroke-width="{stripe}" stroke-linecap="round" stroke-dasharray="0 {pair}">'
        '<path d="M0 {roof}h4000" stroke="{dark}"/><path d="M{stripe} {roof}h4000" stroke="{pale}"/></g>'
        '<path d="M0 {middle}h4000" stroke="{pale}" stroke-width="{roof}"/>'
        '<path d="M-{half} {middle}h4000" stroke="{dark}" stroke-width="{roof}" stroke-dasharray="{stripe}"/>'
        '<path d="M0 {roof}h4000" stroke="#000" stroke-opacity=".14"/></g></svg>',
        height=height,
        stripe=stripe,
        pair=2 * stripe,
        roof=roof,
        middle=f"{roof / 2:g}",
        half=stripe // 2,
        dark=dark,
        pale=pale,
    )


@lru_cache(maxsize=256)
def icon(name: str, size: int = 20, label: str = "") -> SafeString:
    """A Lucide icon; silent for readers unless it has a label."""
    _, _, lines = _icons().read(f"{name}.svg").decode().partition(">")
    return format_html(
        '<svg width="{size}" height="{size}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2"'
        ' stroke-linecap="round" stroke-linejoin="round" class="icon" {meaning}>{lines}',
        size=size,
        meaning=format_html('role="img" aria-label="{}"', label)
        if label
        else SafeString('aria-hidden="true"'),
        lines=SafeString("".join(line.strip() for line in lines.splitlines())),
    )


@cache
def _icons() -> ZipFile:
    """Lucide's archive, opened once: its own reader goes through the list of all 1,745 for each icon, 15 ms each time."""
    return ZipFile(BytesIO((files("lucide") / "lucide.zip").read_bytes()))


@lru_cache(maxsize=512)
def qr(text: str, label: str) -> SafeString:
    """A QR code, always black on white with its quiet zone: phones read nothing else reliably.

    Kept for a while: a depot's list has one for each basket, and is drawn anew at each tick.
    """
    drawn = qr_code(text).svg_inline(
        omitsize=True, border=QUIET, light="#fff", dark="#000", svgclass="qr", lineclass=None
    )
    return format_html('<svg role="img" aria-label="{}" {}', label, SafeString(drawn.removeprefix("<svg ")))


def qr_code(text: str) -> segno.QRCode:
    """The squares of a QR code, for whoever draws them."""
    # One mask for all: to weigh the eight is three quarters of the work, and phones read each as well (for 120
    # links drawn small, askew and noisy, as many as with the mask that was weighed).
    return segno.make(text, error="m", micro=False, mask=3)
