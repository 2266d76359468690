# SPDX-License-Identifier: AGPL-3.0-or-later
"""A small line drawing for each trade: what a shop without photographs shows."""

# Drawn on 120 × 80, in the colour of the text around it.
LINES: dict[str, str] = {
    "epicerie": (
        "M22 70V34h28v36zM26 34v-8h20v8M22 44h28M30 52h12v10H30z"
        "M62 70l-4-30c4-6 8-2 12-6s8 2 12-2 8 4 12 0l4 8-4 30zM66 40c8 4 20 4 30 0M72 52h16M74 60h12"
        "M78 34c0-10 6-16 14-16-2 10-6 16-14 16"
    ),
    "librairie": (
        "M18 66V22h14v44zM32 66V16h10v50zM18 30h14M32 24h10M32 58h10M18 58h14"
        "M46 66l10-44 12 3-10 44zM52 46l12 3"
        "M74 62c8-4 16-4 22 2 6-6 10-6 16-4V34c-6-2-12-2-16 4-6-6-14-6-22-2zM96 38v26"
        "M80 44c4-1 8-1 11 1M80 51c4-1 8-1 11 1"
    ),
    "mode": (
        "M60 20c0-8 8-8 8-2 0 4-8 4-8 10M60 28L28 46h64z"
        "M44 38l-18 12 6 12 8-4v16h40V58l8 4 6-12-18-12M52 33c2 8 14 8 16 0M60 48v26M60 56h.1M60 64h.1"
    ),
    "musee": (
        "M20 72h80M26 66h68M30 66V36M38 66V36M56 66V36M64 66V36M82 66V36M90 66V36M26 36h68"
        "M22 30h76L60 10z"
        "M60 19a4 4 0 1 0 .1 0M42 44c4-4 8-4 12 0M66 44c4-4 8-4 12 0"
    ),
    "artisanat": (
        "M24 70h34M28 70c-8-10-8-22 4-30-2-4-4-6-4-12h26c0 6-2 8-4 12 12 8 12 20 4 30M28 28h26"
        "M26 50c10 4 22 4 30 0M26 58c10 3 22 3 30 0"
        "M70 36h36M76 36l-6 34M100 36l6 34M88 36v28M73 54h30M70 36c0-6 8-8 18-8s18 2 18 8"
    ),
    "boulangerie": (
        "M14 62c-2-24 18-36 38-34 18 2 28 14 26 34zM28 40l6 14M44 34l6 18M60 36l4 16M12 62h68"
        "M84 68l18-48c2-6 10-4 8 3L94 70c-2 5-12 4-10-2zM96 40l8 2M92 50l8 2M88 60l8 2"
    ),
    "fromagerie": (
        "M14 48l40-26 34 18v26l-74 4zM14 48l74-8M14 48v22M34 58h.1M50 54h.1M66 60h.1M76 50h.1"
        "M30 56a5 4 0 1 0 .1 0M60 60a4 3 0 1 0 .1 0M46 36a5 3 0 1 0 .1 0"
        "M92 66c-2-14 4-22 12-22s12 8 8 22zM94 52c6 3 12 3 18 0"
    ),
    "caviste": (
        "M34 12h12v18c8 6 10 12 10 18v24H24V48c0-6 2-12 10-18zM34 20h12M24 50h32M24 64h32"
        "M72 26h28c2 16-2 26-14 26s-16-10-14-26zM86 52v18M76 72h20M73 38c8 4 18-4 26 0"
    ),
    "fleuriste": (
        "M46 72l-6-26h40l-6 26zM42 54h36M60 46V30M52 46c-2-8-6-12-12-14M68 46c2-8 6-12 12-14"
        "M60 30c-8-2-8-14 0-16 8 2 8 14 0 16zM60 22h.1M40 32c-8 2-14-6-10-12 8-2 14 4 10 12z"
        "M80 32c8 2 14-6 10-12-8-2-14 4-10 12z"
        "M54 40c-4-4-8-4-10 0M66 40c4-4 8-4 10 0"
    ),
    "primeur": (
        "M14 44h92l-6 28H20zM18 54h84M22 64h76M34 44c-4-10 4-20 14-14 10-6 18 4 14 14"
        "M48 30c0-6 2-10 6-12M54 20c6-4 10-2 12 2-4 4-10 4-12-2"
        "M66 44c0-14 24-14 24 0M78 34c-2-6-8-8-12-6M78 34c2-6 8-8 12-6M78 34v-8M92 44c0-6 8-8 12-2"
    ),
}


def trade_svg(trade: str) -> str:
    """The trade's drawing, to be set in a page as it is; an unknown trade has the grocer's."""
    lines = LINES.get(trade, LINES["epicerie"])
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 80" fill="none" stroke="currentColor" '
        'stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">'
        f'<path d="{lines}"/></svg>'
    )
