# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a shared link shows, often no larger than a stamp: the goods on the left, what they are and whose on the right."""

from halles.doors.ui.posters import pieces
from halles.doors.ui.posters.canvas import Canvas
from halles.doors.ui.posters.facts import Good, Poster
from halles.doors.ui.posters.layouts import places
from halles.doors.ui.posters.lettering import fit
from halles.doors.ui.posters.pieces import INK, SOFT, words

WIDE, HIGH, AWNING, LEFT = 1200.0, 630.0, 96.0, 610.0
EDGE = 46.0
SLATE = 2.4  # how high a slate is, in sizes of its figures
MANY = 4  # goods in a square; fewer would be cut to strips


def lay_out(canvas: Canvas, poster: Poster) -> None:
    """Draw a preview."""
    shown = poster.goods if len(poster.goods) == MANY else poster.goods[:1] or (Good("", ""),)
    below = (0.0, AWNING * 0.6, LEFT, HIGH - AWNING * 0.6)
    for good, box in zip(shown, places(len(shown), below, 6), strict=True):
        canvas.picture(poster, good, box, covered=AWNING * 0.4)
    canvas.add(pieces.awning(poster, (0, 0, WIDE, AWNING), 17))
    _said(canvas, poster, poster.goods[0] if len(poster.goods) == 1 else None)


def _said(canvas: Canvas, poster: Poster, good: Good | None) -> None:
    x, wide = LEFT + EDGE, WIDE - LEFT - 2 * EDGE
    above = fit(poster.name if good else "", wide, sizes=(38, 26), lines=1, weight=600)
    heading = fit(
        good.name if good else poster.name, wide, sizes=(70, 34), lines=2 if good else 3, weight=700
    )
    per = fit(good.per if good else poster.call, wide, sizes=(34, 26), lines=3)
    where = fit(poster.where, wide, sizes=(30, 22), lines=2)
    warning = fit(poster.warning, wide, sizes=(24, 20), lines=3)
    top, foot = AWNING + 40, HIGH - 24 - where.height - warning.height
    canvas.add(
        words(above, x, top, pieces.board_colour(poster)),
        words(heading, x, top + above.height + 6, INK),
        words(per, x, top + above.height + heading.height + 16, SOFT),
        words(where, x, foot, SOFT),
        words(warning, x, foot + where.height + 6, SOFT),
    )
    if good:
        free = foot - 24 - (top + above.height + heading.height + per.height + 24)
        canvas.add(pieces.slate(good, x + wide, foot - 24, min(96.0, free / SLATE), wide * 0.85))
