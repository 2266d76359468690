# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where everything stands on a poster: a shop front with its board and awning, its goods in the window, what one has to
know on paper below, the address on the plinth.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from halles.doors.ui.posters import pieces
from halles.doors.ui.posters.canvas import Canvas
from halles.doors.ui.posters.facts import Good, Poster, Shape
from halles.doors.ui.posters.lettering import Set, fit
from halles.doors.ui.posters.pieces import INK, PAPER, SOFT, Box, rect, words

WIDE = 1080.0  # units, whatever the number of pixels
MARGIN = 60.0  # on each side: printers leave a border white
GAP = 30.0


@dataclass(frozen=True, slots=True)
class Front:
    """Where each part of a poster begins, from above, and how large its letters may be."""

    board: float  # the shop's name; what is above is empty board
    awning: float
    window: float  # what shows below the awning
    paper: float
    plinth: float
    foot: float
    code: float  # side of the QR code
    name: float  # an article's name at its largest


FRONTS = {
    Shape.SQUARE: Front(0, 112, 212, 706, 990, 1080, 200, 66),
    # Telephones lay their own buttons over the first 250 and the last 200 pixels of a story.
    Shape.STORY: Front(120, 270, 404, 1290, 1680, 1920, 290, 90),
    Shape.SHEET: Front(20, 160, 282, 1020, 1400, 1532.2, 270, 84),
}


def lay_out(canvas: Canvas, poster: Poster, shape: Shape) -> None:
    """Draw a poster of this shape."""
    front = FRONTS[shape]
    if len(poster.goods) < 2:
        _one(canvas, poster, front)
    else:
        _several(canvas, poster, front)


def _one(canvas: Canvas, poster: Poster, front: Front) -> None:
    """One article fills the window; a shop without any shows its trade there, and what it does below."""
    good = next(iter(poster.goods), Good("", ""))
    box = (0.0, front.awning, WIDE, front.paper - front.awning)
    canvas.picture(poster, good, box, covered=front.window - front.awning)
    _shop_front(canvas, poster, front)
    wide = WIDE - 2 * MARGIN - front.code - GAP
    heading = fit(good.name or poster.call, wide, sizes=(front.name, 32), lines=2, weight=700)
    per = fit(good.per, wide, sizes=(front.name * 0.46, 24), lines=1)
    call = fit(poster.call if good.name else "", wide, sizes=(front.name * 0.52, 24), lines=2, weight=600)
    _foot(
        canvas,
        poster,
        front,
        front.paper + 34,
        [(heading, INK), (per, SOFT), (call, pieces.board_colour(poster))],
    )
    canvas.add(pieces.slate(good, WIDE - MARGIN + 10, front.paper + 14, front.name * 1.35))


def _several(canvas: Canvas, poster: Poster, front: Front) -> None:
    """Two to four articles in the window, each with its slate."""
    paper = front.plinth - front.code - front.name * 0.34 - _warning(poster).height - 56
    box = (MARGIN, front.window + 26, WIDE - 2 * MARGIN, paper - front.window - 26)
    boxes = places(len(poster.goods), box)
    draw = _beside if boxes[0][2] > 1.6 * boxes[0][3] else _above
    draw(canvas, poster, boxes)
    _shop_front(canvas, poster, front)
    wide = WIDE - 2 * MARGIN - front.code - GAP
    call = fit(poster.call, wide, sizes=(front.name * 0.7, 28), lines=2, weight=600)
    _foot(canvas, poster, front, paper + 20, [(call, pieces.board_colour(poster))])


def places(number: int, box: Box, gap: float = GAP) -> list[Box]:
    """Where so many articles stand in a box: in a row where it is wide, one above the other where it is high."""
    x, y, w, h = box
    is_wide = w > 1.5 * h
    rows = {1: [1], 2: [2] if is_wide else [1, 1], 3: [3] if is_wide else [1, 1, 1], 4: [2, 2]}[number]
    high = (h - gap * (len(rows) - 1)) / len(rows)
    found: list[Box] = []
    for row, columns in enumerate(rows):
        wide = (w - gap * (columns - 1)) / columns
        found += [
            (x + column * (wide + gap), y + row * (high + gap), wide, high) for column in range(columns)
        ]
    return found


def _above(canvas: Canvas, poster: Poster, boxes: Sequence[Box]) -> None:
    """Pictures above, names below, all at the same height."""
    _x, _y, w, h = boxes[0]
    size = max(30.0, min(44.0, h * 0.09))
    names = [fit(good.name, w, sizes=(size, 24), lines=2, weight=600) for good in poster.goods]
    pers = [fit(good.per, w, sizes=(26, 20), lines=1) for good in poster.goods]
    high = h - 10 - max(name.height + per.height for name, per in zip(names, pers, strict=True))
    for good, name, per, (x, y, _w, _h) in zip(poster.goods, names, pers, boxes, strict=True):
        canvas.picture(poster, good, (x, y, w, high))
        canvas.add(
            words(name, x, y + high + 8, INK),
            words(per, x, y + high + 8 + name.height, SOFT),
            pieces.slate(good, x + w - 12, y + high - 12, size * 1.15, w * 0.6),
        )


def _beside(canvas: Canvas, poster: Poster, boxes: Sequence[Box]) -> None:
    """Pictures on the left, names and slates on the right."""
    for good, (x, y, w, h) in zip(poster.goods, boxes, strict=True):
        left = min(h * 1.25, w * 0.46)
        wide = w - left - GAP
        canvas.picture(poster, good, (x, y, left, h))
        size = min(60.0, max(40.0, h * 0.2))
        name = fit(good.name, wide, sizes=(size, 24), lines=2 if h > 200 else 1, weight=700)
        per = fit(good.per, wide, sizes=(30, 20), lines=1)
        canvas.add(
            words(name, x + left + GAP, y, INK),
            words(per, x + left + GAP, y + name.height + 2, SOFT),
            pieces.slate(good, x + w - 6, y + h - 6, min(h * 0.24, 84), wide * 0.7),
        )


def _shop_front(canvas: Canvas, poster: Poster, front: Front) -> None:
    """Board, awning and plinth, with the name and the address."""
    ground = pieces.board_colour(poster)
    high = front.awning - front.board
    board = fit(poster.name, WIDE - 2 * MARGIN, sizes=(high * 0.5, 30), lines=1, weight=600)
    where = fit(poster.where, WIDE - 2 * MARGIN, sizes=(front.name * 0.46, 20), lines=2)
    below = min(front.foot - front.plinth, 110)
    canvas.add(
        rect(0, 0, WIDE, front.awning, ground),
        words(board, WIDE / 2, front.board + (high - board.height) / 2, PAPER, "middle"),
        pieces.awning(poster, (0, front.awning, WIDE, front.window - front.awning), 15),
        rect(0, front.plinth, WIDE, front.foot - front.plinth + 1, ground),
        words(where, WIDE / 2, front.plinth + (below - where.height) / 2, PAPER, "middle"),
    )


def _foot(canvas: Canvas, poster: Poster, front: Front, top: float, said: Sequence[tuple[Set, str]]) -> None:
    """Between the window and the plinth: what is said on the left, the QR code on the right, each in the middle."""
    warning = _warning(poster)
    floor = front.plinth - 14 - (warning.height + 4 if warning.lines else 0)
    scan = fit(poster.scan, front.code + MARGIN, sizes=(front.name * 0.36, 20), lines=1)
    side = pieces.qr_side(poster.url, min(front.code, floor - top - scan.height - 4), canvas.scale)
    left = round((WIDE - MARGIN - side) * canvas.scale) / canvas.scale
    code_top = round((top + (floor - top - side - scan.height - 4) / 2) * canvas.scale) / canvas.scale
    canvas.add(
        pieces.qr(poster.url, left, code_top, side),
        words(scan, left + side / 2, code_top + side + 6, SOFT, "middle"),
        words(warning, MARGIN, floor + 2, SOFT),
    )
    shown = [(text, colour) for text, colour in said if text.lines]
    between = 12.0
    y = top + (floor - top - sum(text.height + between for text, _ in shown) + between) / 2
    for text, colour in shown:
        canvas.add(words(text, MARGIN, y, colour))
        y += text.height + between


def _warning(poster: Poster) -> Set:
    return fit(poster.warning, WIDE - 2 * MARGIN, sizes=(25, 20), lines=2)
