# SPDX-License-Identifier: AGPL-3.0-or-later
"""Books standing, leaning, lying, piled and open; and what one writes with."""

from halles.demo.drawings.colours import darker, ink_on, lighter, mix
from halles.demo.drawings.covers import TALL, WIDE, cover, lines_of_text
from halles.demo.drawings.letters import fit, write
from halles.demo.drawings.paint import Canvas
from halles.demo.drawings.registry import Options, motif
from halles.demo.drawings.shapes import ellipse, leaf, rect, smooth

PAGES = "#F3EAD6"
SPINES = ("#2F5D5A", "#B5432F", "#D9A441", "#33466B", "#7A9A6E", "#8A4B5E", "#E3D3B0", "#5B4A3C", "#C98B66")


@motif("book", "#27406B", (360, 500), views="lean flat pile open")
def book(canvas: Canvas, options: Options) -> None:
    {"lean": _lean, "flat": _flat, "pile": _pile, "open": _open}.get(str(options["view"]), _upright)(
        canvas, options
    )


def _block(canvas: Canvas, options: Options) -> None:
    """The body of the book behind its cover: pages to the right, foot below."""
    canvas.fill([(WIDE, -TALL), (WIDE + 26, -TALL + 12), (WIDE + 26, TALL - 6), (WIDE, TALL)], PAGES)
    canvas.lines(
        [[(WIDE + k * 6, -TALL + 4 + k * 2), (WIDE + k * 6, TALL - 2 - k)] for k in range(1, 5)],
        darker(PAGES, 0.16),
        1.6,
    )
    canvas.fill(
        [(WIDE + 22, -TALL + 8), (WIDE + 32, -TALL + 14), (WIDE + 32, TALL - 4), (WIDE + 22, TALL - 8)],
        darker(options["colour"], 0.3),
    )
    cover(canvas, options)


def _upright(canvas: Canvas, options: Options) -> None:
    canvas.stand(10, 0, 330, 120)
    with canvas.frame(-10, -TALL):
        _block(canvas, options)


def _lean(canvas: Canvas, options: Options) -> None:
    """Against a row of others."""
    x = 40.0
    for k, tone in enumerate(canvas.rng.sample(SPINES, 4)):
        wide, tall = canvas.rng.uniform(44, 66), canvas.rng.uniform(400, 470)
        canvas.stand(x + wide / 2, 0, wide, 60)
        spine = rect(x, -tall, wide, tall, 3)
        canvas.form(spine, tone, 12, 0.3)
        canvas.fills([rect(x, -tall * share, wide, 8) for share in (0.86, 0.2)], mix(tone, "#F3E6CE", 0.6))
        if k % 2:
            canvas.fill(
                ellipse(x + wide / 2, -tall * 0.5, wide * 0.26, wide * 0.26, 20), mix(tone, "#F3E6CE", 0.6)
            )
        x += wide + 3
    with canvas.frame(-110, -TALL + 12, 1, 7):
        canvas.cast(rect(-WIDE, -TALL, 2 * WIDE + 26, 2 * TALL), 22)
        _block(canvas, options)


def _flat(canvas: Canvas, options: Options) -> None:
    """On the table, a cup beside it."""
    canvas.stand(0, 0, 470, 100)
    canvas.form([(-250, -34), (226, -40), (230, -4), (-250, 4)], PAGES, 6, 0)
    canvas.lines([[(-246, -26 + k * 7), (226, -32 + k * 7)] for k in range(4)], darker(PAGES, 0.18), 1.6)
    canvas.fill([(-258, -44), (232, -50), (236, -38), (-258, -30)], options["colour"])
    canvas.fill([(-258, -2), (234, -8), (236, 4), (-258, 10)], darker(options["colour"], 0.2))
    canvas.fill([(-262, -44), (-246, -44), (-246, 10), (-262, 8)], darker(options["colour"], 0.12))
    with canvas.frame(-24, -TALL - 46, 0.98, -3):
        canvas.cast(rect(-WIDE, -TALL, 2 * WIDE, 2 * TALL), 14)
        _block(canvas, options)


def _pile(canvas: Canvas, options: Options) -> None:
    """A pile on its side, our book on top of it, upright behind."""
    canvas.stand(0, 0, 430, 110)
    with canvas.frame(60, -TALL - 2, 0.96, 3):
        canvas.cast(rect(-WIDE, -TALL, 2 * WIDE + 26, 2 * TALL), 18)
        _block(canvas, options)
    y = 6.0
    tones = [options["colour"], *canvas.rng.sample(SPINES, 3)]
    for rank, tone in enumerate(reversed(tones)):
        high, half = canvas.rng.uniform(44, 60), canvas.rng.uniform(180, 205)
        shift = canvas.rng.uniform(-16, 16) - 60
        canvas.form(rect(shift - half, y - high, half * 2, high, 4), tone, 12, 0.25)
        stripe = mix(tone, "#F3E6CE" if ink_on(tone) == "#FBF3E2" else "#2B2420", 0.7)
        canvas.fills(
            [rect(shift - half + 16, y - high, 6, high), rect(shift + half - 30, y - high, 6, high)], stripe
        )
        if rank == len(tones) - 1:
            title = str(options.get("title", ""))
            write(canvas, title, shift, y - high * 0.34, fit([title], half * 1.4, high * 0.34), stripe, 0.15)
        else:
            canvas.fill(
                rect(shift - half * 0.5, y - high * 0.58, half * canvas.rng.uniform(0.5, 0.9), 8), stripe
            )
        y -= high


def _open(canvas: Canvas, options: Options) -> None:
    """Open on the table, title page to the right."""
    canvas.stand(0, 6, 560, 90)
    board = darker(options["colour"], 0.1)
    canvas.fill([(-286, 6), (-268, -330), (268, -330), (286, 6), (0, 24)], board)
    left = smooth([(0, 4), (-120, -22), (-270, -6), (-254, -318), (-120, -338), (0, -312)], pieces=5)
    right = [(-x, y) for x, y in left]
    canvas.form(left, PAGES, 14, 0.1)
    canvas.fill(right, lighter(PAGES, 0.4))
    canvas.fill(
        smooth([(0, 4), (16, -2), (14, -310), (0, -312), (-26, -318), (-22, -4)], pieces=4),
        darker(PAGES, 0.14),
    )
    lines_of_text(canvas, -226, -282, 182, 17)
    title = str(options.get("title", ""))
    write(canvas, title, 138, -196, fit([title], 190, 24), "#3A332C", 0.14, serif=True)
    name = str(options.get("author", ""))
    write(canvas, name, 138, -250, fit([name], 170, 12, 4.5), "#6B6154", 0.13, 4.5)
    canvas.fill(ellipse(138, -112, 34, 34, 30), mix(options["colour"], PAGES, 0.25))
    canvas.fills([leaf(138, -92, 40, 14, -90 + turn) for turn in (-30, 0, 30)], PAGES)
    canvas.line(smooth([(10, -300), (26, -120), (14, 20), (30, 70)], closed=False), "#B5432F", 9)


@motif("notebook", "#2F5D5A", (330, 460), flat=True, views="flat", many=2)
def notebook(canvas: Canvas, options: Options) -> None:
    colour = options["colour"]
    body = rect(-150, -215, 300, 430, 12)
    canvas.cast(body, 24)
    canvas.fill(rect(-144, -209, 302, 430, 10), PAGES)
    canvas.form(body, colour, 22, 0.2)
    canvas.brush(body, lighter(colour, 0.08), 60, 30, 45, 2.4)
    canvas.fill(rect(-150, -215, 42, 430, 10), darker(colour, 0.22))
    canvas.fill(rect(112, -216, 10, 432), mix(colour, "#F0D9A8", 0.7))
    if options.get("pattern") == "knot":
        rings = [ellipse(0, y, 44, 44, 34) for y in (-90, -34, 22, 78)]
        canvas.lines([[*ring, ring[0]] for ring in rings], mix(colour, "#F0D9A8", 0.6), 9)
    else:
        canvas.fill(rect(-66, -130, 140, 84, 4), "#F7EEDB")
        canvas.lines([[(-46, -100), (54, -100)], [(-46, -76), (54, -76)]], colour, 3)
    if options["view"] == "flat":
        with canvas.frame(120, 30, 1, 28):
            canvas.cast(rect(-8, -220, 16, 400), 12)
            canvas.form(rect(-9, -190, 18, 350, 4), "#D9A441", 6, 0.4)
            canvas.fill([(-9, -190), (9, -190), (0, -232)], "#E9CFA0")
            canvas.fill([(-3, -216), (3, -216), (0, -232)], "#2B2420")
            canvas.fill(rect(-9, 150, 18, 30, 6), "#C98E8B")


PENCILS = (
    "#B5302B",
    "#D9652B",
    "#E8A92F",
    "#EBD04A",
    "#8FAF3F",
    "#3F7F4B",
    "#3A8F8F",
    "#3E7FB5",
    "#2F4A8A",
    "#6B4A8F",
    "#B5508F",
    "#6B4528",
)


@motif("pencils", "#D9A441", (460, 440), flat=True, views="flat")
def pencils(canvas: Canvas, options: Options) -> None:
    if options["view"] != "flat":
        tray = rect(-222, -180, 444, 380, 12)
        canvas.cast(tray, 24)
        canvas.form(tray, "#3A4A52", 14, 0.25)
    for k, tone in enumerate(PENCILS):
        loose = options["view"] == "flat"
        x = -187 + k * 34
        with canvas.frame(
            x, canvas.rng.uniform(-24, 24) if loose else 0, 1, canvas.rng.uniform(-7, 7) if loose else 0
        ):
            if loose:
                canvas.cast(rect(-13, -160, 26, 330), 10)
            canvas.fill([(-13, -108), (13, -108), (0, -170)], "#EBCFA0")
            canvas.fill([(-5, -146), (5, -146), (0, -170)], tone)
            canvas.fill(rect(-13, -112, 26, 290), tone)
            canvas.fill(rect(4, -110, 9, 288), darker(tone, 0.24))
            canvas.fill(rect(-10, -110, 5, 288), lighter(tone, 0.4))
    if options["view"] != "flat":
        band = rect(-222, 96, 444, 104, 10)
        canvas.form(band, "#E3B34A", 12, 0.3)
        write(canvas, "COULEURS", 0, 162, 32, "#3A332C", 0.16)


@motif("bookmark", "#8A4A2B", (200, 560), flat=True)
def bookmark(canvas: Canvas, options: Options) -> None:
    strip = canvas.tremble([*rect(-54, -230, 108, 430, 10)], 1.5)
    canvas.cast(strip, 16)
    canvas.form(strip, options["colour"], 14, 0.3)
    stitches = [[(side * 42, y), (side * 42, y + 14)] for y in range(-214, 180, 24) for side in (-1, 1)]
    canvas.lines(stitches, "#E3C08A", 3.4)
    canvas.fill(ellipse(0, -196, 11, 11, 16), canvas.ground)
    canvas.lines([smooth([(0, -196), (20, -250), (-10, -290), (26, -330)], closed=False)], "#B5432F", 9)
    canvas.fills(
        [leaf(0, 90, 130, 40, -90), leaf(0, 90, 90, 30, -130), leaf(0, 90, 90, 30, -50)],
        darker(options["colour"], 0.3),
    )
