# SPDX-License-Identifier: AGPL-3.0-or-later
"""The things a market stall is drawn with, as SVG: sign, awning, slate, photograph, QR code, words."""

from xml.sax.saxutils import escape

from halles.doors.ui.colours import awning_tones, contrast, mix
from halles.doors.ui.drawings import QUIET, TRADES, qr_code
from halles.doors.ui.posters.facts import Good, Poster
from halles.doors.ui.posters.lettering import FAMILY, Set, fit, width

PAPER, INK, SOFT, LINE = "#fffaf0", "#26221b", "#655d50", "#e2d8c4"
CHALK, CHALK_SOFT = "#fbf8ee", "#d5d8cf"
Box = tuple[float, float, float, float]  # x, y, width, height
READABLE = 4.5  # contrast of letters on their ground

# Light that falls on the awning, slate, wood: said once in each drawing. No filters: they take seconds on a sheet of paper.
DEFINITIONS = (
    "<defs>"
    '<linearGradient id="fall" x2="0" y2="1"><stop stop-color="#fff" stop-opacity=".18"/>'
    '<stop offset=".55" stop-color="#fff" stop-opacity="0"/><stop offset="1" stop-color="#000" stop-opacity=".14"/>'
    '</linearGradient><linearGradient id="shade" x2="0" y2="1"><stop stop-opacity=".34"/>'
    '<stop offset="1" stop-opacity="0"/></linearGradient>'
    '<linearGradient id="slate" x2=".4" y2="1"><stop stop-color="#3d4744"/><stop offset="1" stop-color="#262d2b"/>'
    '</linearGradient><linearGradient id="wood" x2="1" y2="1"><stop stop-color="#c99c66"/>'
    '<stop offset=".5" stop-color="#b5834c"/><stop offset="1" stop-color="#946637"/></linearGradient>'
    '<linearGradient id="dust" x2="1" y2="0"><stop stop-color="#fff" stop-opacity="0"/>'
    '<stop offset=".4" stop-color="#fff" stop-opacity=".1"/><stop offset="1" stop-color="#fff" stop-opacity="0"/>'
    "</linearGradient></defs>"
)
# Where a sponge went over a slate: x, y, width, turned by; in shares of the slate.
WIPED = ((0.02, 0.16, 0.8, -6), (0.2, 0.36, 0.75, -4), (0.05, 0.62, 0.7, -7), (0.3, 0.8, 0.62, -3))


def rect(x: float, y: float, w: float, h: float, fill: str, more: str = "") -> str:
    """A rectangle."""
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{w:.1f}" height="{h:.1f}" fill="{fill}" {more}/>'


def words(text: Set, x: float, top: float, colour: str, anchor: str = "start") -> str:
    """Lines of text whose first begins at `top`."""
    lines = "".join(
        f'<text x="{x:.1f}" y="{top + text.leading * at + text.size * 0.86:.1f}">{escape(line)}</text>'
        for at, line in enumerate(text.lines)
    )
    return (
        f'<g font-family="{FAMILY}" font-weight="{text.weight}" font-size="{text.size:.2f}" fill="{colour}"'
        f' text-anchor="{anchor}">{lines}</g>'
    )


def board_colour(poster: Poster) -> str:
    """The shop's dark tone, darker still until cream letters are read on it."""
    board = awning_tones(poster.colour, poster.light)[0]
    while contrast(board, PAPER) < READABLE:
        board = mix(board, "#000000", 0.1)
    return board


def awning(poster: Poster, box: Box, stripes: int) -> str:
    """Stripes of cloth that end in scallops, light from above, and the shade that they throw."""
    _x, top, wide, high = box
    dark, pale = awning_tones(poster.colour, poster.light)
    stripe = wide / stripes
    round_ = stripe / 2
    straight = high - round_
    cloth = "".join(
        f'<path d="M{stripe * n:.2f} {top:.1f}h{stripe + 0.4:.2f}v{straight:.1f}a{round_:.2f} {round_ * 0.9:.2f} 0 0 1'
        f' {-stripe - 0.4:.2f} 0z" fill="{pale if n % 2 else dark}"/>'
        for n in range(stripes)
    )
    hem = "".join(
        f'<path d="M{stripe * n:.2f} {top + straight:.1f}a{round_:.2f} {round_ * 0.9:.2f} 0 0 0 {stripe:.2f} 0" fill="none"'
        ' stroke="#000" stroke-opacity=".16" stroke-width="2"/>'
        for n in range(stripes)
    )
    return (
        rect(0, top + straight, wide, high * 0.75, "url(#shade)")
        + cloth
        + rect(0, top, wide, straight, "url(#fall)")
        + rect(0, top + straight - 1, wide, 2, "#000", 'opacity=".14"')
        + hem
    )


def trade(poster: Poster, box: Box) -> str:
    """The drawing of a shop's trade, where there is no photograph."""
    x, y, w, h = box
    dark, _pale = awning_tones(poster.colour, poster.light)
    side = min(w, h) * 0.62
    body, lines = TRADES.get(poster.trade, TRADES["autre"])
    return (
        f'<g transform="translate({x + (w - side) / 2:.1f} {y + (h - side) / 2:.1f}) scale({side / 64:.3f})"'
        f' fill="none" stroke="{board_colour(poster)}" stroke-width="1.4" stroke-linecap="round" stroke-linejoin="round">'
        f'<path d="{body}" fill="{dark}" fill-opacity=".16"/><path d="{lines}"/></g>'
    )


def wall(poster: Poster) -> str:
    """The pale ground behind that drawing."""
    return mix(awning_tones(poster.colour, poster.light)[0], PAPER, 0.84)


def slate(good: Good, right: float, foot: float, size: float, widest: float = 520) -> str:
    """The price in chalk on a slate that hangs a little askew; nothing for an article without a price.

    `right`, `foot`: where it ends; `size`: that of the figures.
    """
    if not good.price:
        return ""
    price = fit(good.price, widest, sizes=(size, size * 0.5), lines=1, weight=700)
    unit = fit(good.unit, widest, sizes=(size * 0.4, size * 0.26), lines=1, weight=400)
    inner = max(width(line, said.size, said.weight) for said in (price, unit) for line in said.lines or ("",))
    w, h = inner + size * 0.9, price.size * 1.12 + (unit.size * 1.25 if unit.lines else 0) + size * 0.42
    frame = size * 0.11
    x, y = -w, -h / 2
    text = y + (h - price.size * 1.12 - (unit.size * 1.25 if unit.lines else 0)) / 2
    return (
        f'<g transform="translate({right - frame:.1f} {foot - frame - h / 2:.1f}) rotate(-2.5 {-w / 2:.1f} 0)">'
        + _shadow(x - frame, y - frame, w + 2 * frame, h + 2 * frame, size * 0.1)
        + rect(x - frame, y - frame, w + 2 * frame, h + 2 * frame, "url(#wood)", f'rx="{frame:.1f}"')
        + rect(x, y, w, h, "url(#slate)", f'rx="{frame * 0.45:.1f}"')
        + _wiped(x, y, w, h)
        + words(price, -w / 2, text, CHALK, "middle")
        + words(unit, -w / 2, text + price.size * 1.1, CHALK_SOFT, "middle")
        + "</g>"
    )


def _shadow(x: float, y: float, w: float, h: float, deep: float) -> str:
    """A soft shadow, laid in thin sheets."""
    sheets = 9
    return "".join(
        rect(
            x + deep * (0.4 - n / sheets),
            y + deep * (1.3 - n / sheets),
            w + 2 * deep * n / sheets - deep * 0.4,
            h + 2 * deep * n / sheets - deep * 0.4,
            "#1d1408",
            f'rx="{deep * (0.5 + n / sheets):.1f}" opacity=".055"',
        )
        for n in range(sheets)
    )


def _wiped(x: float, y: float, w: float, h: float) -> str:
    """Traces of chalk that a sponge has left."""
    return "".join(
        rect(x + left * w, y + top * h, share * w, h * 0.12, "url(#dust)", f'rx="{h * 0.06:.1f}" transform='
             f'"rotate({turn} {x + w / 2:.1f} {y + h / 2:.1f})"')
        for left, top, share, turn in WIPED
    )  # fmt: skip


def qr_side(url: str, side: float, scale: float) -> float:
    """How large a QR code is whose squares are whole numbers of pixels, `scale` of which make a unit: `side` at most."""
    number = len(qr_code(url).matrix) + 2 * QUIET
    return max(1, int(side * scale / number)) * number / scale


def qr(url: str, x: float, y: float, side: float) -> str:
    """The QR code on its white ground."""
    rows = qr_code(url).matrix
    square = side / (len(rows) + 2 * QUIET)
    dots = "".join(
        f"M{column + QUIET} {row + QUIET}h1v1h-1z"
        for row, line in enumerate(rows)
        for column, is_dark in enumerate(line)
        if is_dark
    )
    return (
        rect(x, y, side, side, "#fff", f'stroke="{LINE}" stroke-width="2"')
        + f'<path transform="translate({x:.4f} {y:.4f}) scale({square:.6f})" shape-rendering="crispEdges" d="{dots}"/>'
    )
