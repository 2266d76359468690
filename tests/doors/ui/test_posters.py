# SPDX-License-Identifier: AGPL-3.0-or-later
"""Posters and previews: in their sizes, with a code that telephones read, whatever is written on them."""

import html
import re
import time
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import resvg_py
from PIL import Image, ImageStat

from halles.doors.ui.drawings import QUIET, qr_code
from halles.doors.ui.posters import draw, kept, lettering
from halles.doors.ui.posters.canvas import Canvas
from halles.doors.ui.posters.facts import SIZES, Good, Poster, Shape
from halles.doors.ui.posters.layouts import WIDE, places

URL = "https://halles.example/boutiques/le-bocal/comte"
COMTE = Good("Comté 18 mois", "24,90\u202f€", "le kilo")
NASTY = {
    "long": Good("Anticonstitutionnellement" * 20, "999 999,99\u202f€" * 5, "la botte" * 30, "soit " * 99),
    "right to left": Good("\u202eخبز طازج", "4,20\u202f€"),
    "emoji": Good("🧀" * 200, "🧀"),
    "controls": Good("a\x00b\ud800\x1b<script>&\"']]>", "</text>"),
    "huge": Good("é" * 2_000_000, "9" * 2_000_000, "x" * 2_000_000, "y " * 1_000_000),
    "empty": Good("", ""),
}


def poster(*goods: Good, **facts: str) -> Poster:
    said = {
        "name": "Le Bocal", "trade": "epicerie", "colour": "#8f2f1f", "light": "#fff6ea", "where": "12 rue de la Halle, Poitiers",
        "call": "Réservez en ligne, payez à la boutique", "scan": "Scannez pour réserver", "url": URL,
    }  # fmt: skip
    return Poster(**(said | facts), goods=goods)


LINES = re.compile(r'font-weight="(\d+)" font-size="([\d.]+)" fill="[^"]*" text-anchor="(\w+)">(.*?)</g>')
LINE = re.compile(r'<text x="([-\d.]+)" y="[-\d.]+">([^<]*)</text>')


def ends(drawn: str) -> Iterator[tuple[str, float, float]]:
    """Each line of text of a drawing with where it begins and ends, from the left."""
    for weight, size, anchor, lines in LINES.findall(drawn):
        for at, escaped in LINE.findall(lines):
            words, x = html.unescape(escaped), float(at)
            wide = lettering.width(words, float(size), int(weight))
            left = {"start": x, "middle": x - wide / 2}[anchor]
            yield words, left, left + wide


@pytest.fixture
def a_photo(tmp_path: Path) -> Path:
    """A photograph, half red and half blue."""
    image = Image.new("RGB", (900, 600), "#c00000")
    image.paste("#0000c0", (450, 0, 900, 600))
    image.save(tmp_path / "photo.jpg")
    return tmp_path / "photo.jpg"


@pytest.mark.parametrize("shape", Shape)
def test_a_poster_has_its_size_its_awning_its_photograph_and_its_words(shape: Shape, a_photo: Path) -> None:
    shown = poster(replace(COMTE, photo=a_photo))
    image = Image.open(BytesIO(draw.jpeg(shown, shape)))
    assert (image.size, image.format) == (SIZES[shape], "JPEG")
    wide, high = image.size
    seen = {
        tuple(channel > 100 for channel in image.getpixel((x, round(high * 0.4)))) for x in range(0, wide, 9)
    }  # type: ignore[union-attr]
    assert {(True, False, False), (False, False, True)} <= seen  # the photograph
    for region in ((0, 0, wide, high // 8), (0, high * 3 // 4, wide, high)):  # awning; words
        assert max(ImageStat.Stat(image.convert("L").crop(region)).stddev) > 10
    if shape == Shape.PREVIEW:
        assert len(draw.jpeg(shown, shape)) <= draw.LARGEST_PREVIEW


def test_a_preview_of_a_noisy_photograph_is_still_light(tmp_path: Path) -> None:
    Image.effect_noise((1600, 1600), 120).convert("RGB").save(tmp_path / "noise.jpg")
    shown = poster(replace(COMTE, photo=tmp_path / "noise.jpg"))
    assert len(draw.jpeg(shown, Shape.PREVIEW)) <= draw.LARGEST_PREVIEW


@pytest.fixture
def drawings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is drawn over the photographs, as SVG."""
    drawn: list[str] = []
    real = Canvas._drawn

    def noted(self: Canvas) -> bytes:
        drawn.append("".join(self.parts))
        return real(self)

    monkeypatch.setattr(Canvas, "_drawn", noted)
    return drawn


@pytest.mark.parametrize("shape", [Shape.SQUARE, Shape.STORY, Shape.SHEET])
def test_the_code_is_drawn_square_by_square(shape: Shape, drawings: list[str]) -> None:
    """What telephones read is the code's own matrix, in squares of whole pixels."""
    for number in (0, 1, 4) if shape == Shape.SQUARE else (1,):
        image = draw.image(poster(*[COMTE] * number), shape).convert("L")
        scale = image.width / WIDE
        found = re.search(r'translate\(([\d.]+) ([\d.]+)\) scale\(([\d.]+)\)" shape-rendering', drawings[-1])
        assert found
        left, top, square = (float(value) * scale for value in found.groups())
        assert abs(square - round(square)) < 0.01 and square > 3.9
        for row, line in enumerate(qr_code(URL).matrix):
            for column, is_dark in enumerate(line):
                at = (left + (column + QUIET + 0.5) * square, top + (row + QUIET + 0.5) * square)
                assert (image.getpixel((int(at[0]), int(at[1]))) < 128) == bool(is_dark)  # type: ignore[operator]
        quiet = image.crop(
            (round(left) + 2, round(top) + 2, round(left + QUIET * square), round(top + 20 * square))
        )
        assert quiet.getextrema()[0] > 250  # type: ignore[operator]


@pytest.mark.parametrize("shape", Shape)
def test_nothing_runs_over_the_edge_whatever_is_written(
    shape: Shape, drawings: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    blank = BytesIO()
    Image.new("RGBA", SIZES[shape]).save(blank, "PNG")
    monkeypatch.setattr(resvg_py, "svg_to_bytes", lambda **_: blank.getvalue())
    edge = SIZES[shape][0] if shape == Shape.PREVIEW else WIDE
    for number in range(1, 5):
        for name in NASTY if number == 1 else ("long", "huge"):
            good = NASTY[name]
            words = {
                "name": good.name,
                "where": good.name,
                "call": good.name,
                "scan": good.name,
                "warning": good.name,
            }
            draw.image(poster(*[good] * number, **words), shape)
            for said, left, right in ends(drawings[-1]):
                # What hangs on a slate is measured from the slate's own right edge.
                assert (right <= 0 and right - left < edge) or (left >= 0 and right <= edge), (
                    name,
                    number,
                    said,
                )


def test_every_nasty_word_can_be_drawn() -> None:
    for name, good in NASTY.items():
        shown = poster(good, name=good.name, where=good.per, call=good.unit, warning=good.name)
        assert draw.image(shown, Shape.PREVIEW).size == (1200, 630), name


def test_letters_that_nobody_can_read_are_left_out() -> None:
    assert lettering.drawable("Œufs « à » l’été 🥚 24,90\u202f€") == "Œufs « à » l’été 24,90\u202f€"
    assert lettering.drawable("خبز") == lettering.drawable("\x00\ud800") == ""


@pytest.mark.parametrize("words", ["Comté", "Comté 18 mois d'alpage", "x" * 300, "a " * 200, ""])
def test_words_fit_their_place(words: str) -> None:
    said = lettering.fit(words, 300, sizes=(60, 20), lines=2, weight=700)
    assert len(said.lines) <= 2 and 20 <= said.size <= 60
    assert all(lettering.width(line, said.size, 700) <= 300 for line in said.lines)


def test_places_fill_their_box_and_never_touch() -> None:
    for number in range(1, 5):
        for box in ((0, 0, 900, 300), (10, 20, 400, 900)):
            found = places(number, box, 10)
            assert len(found) == number
            for x, y, w, h in found:
                assert (
                    box[0] <= x
                    and box[1] <= y
                    and x + w <= box[0] + box[2] + 0.1
                    and y + h <= box[1] + box[3] + 0.1
                )
            assert len({(round(x), round(y)) for x, y, _w, _h in found}) == number


def test_a_sheet_prints_in_its_true_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draw, "image", lambda poster, shape: Image.new("RGB", SIZES[shape]))
    page = draw.pdf(poster(COMTE), Shape.SHEET)
    assert page.startswith(b"%PDF")
    found = re.search(rb"MediaBox \[ ?0 0 ([\d.]+) ([\d.]+)", page)
    assert found
    millimetres = [round(float(points) / 72 * 25.4) for points in found.groups()]
    assert millimetres == [148, 210]


@pytest.fixture
def own_folder(tmp_path: Path, settings: Any) -> Path:
    settings.DATA = tmp_path
    return tmp_path / "posters"


def test_a_picture_is_drawn_once_and_another_price_is_another_picture(
    own_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    times: list[Poster] = []
    monkeypatch.setattr(draw, "jpeg", lambda poster, shape: times.append(poster) or b"drawn")
    assert kept.preview(poster(COMTE)) == kept.preview(poster(COMTE)) == b"drawn"
    assert len(times) == 1
    kept.preview(poster(replace(COMTE, price="25,90\u202f€")))
    kept.preview(poster(replace(COMTE, photo=Path("a.jpg"))))
    assert len(times) == 3 and len(list(own_folder.glob("*/*"))) == 3


def test_a_full_disk_still_shows_pictures(own_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draw, "jpeg", lambda poster, shape: b"drawn")
    own_folder.write_bytes(b"")  # no folder can be made there
    assert kept.jpeg(poster(COMTE), Shape.SQUARE) == b"drawn"


def test_robots_are_asked_to_come_back_while_others_are_served(
    own_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(draw, "jpeg", lambda poster, shape: b"drawn")
    for _ in range(kept.QUEUE):
        kept._queue.acquire()
    try:
        with pytest.raises(kept.Busy):
            kept.preview(poster(COMTE))
        assert kept.jpeg(poster(COMTE), Shape.SQUARE) == b"drawn"  # a merchant waits her turn
    finally:
        for _ in range(kept.QUEUE):
            kept._queue.release()
    assert kept.preview(poster(COMTE)) == b"drawn"


def test_pictures_of_a_month_ago_go(own_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draw, "jpeg", lambda poster, shape: b"drawn")
    kept.preview(poster(COMTE))
    kept.forget_old()
    assert list(own_folder.glob("*/*"))
    later = time.time() + kept.A_MONTH + 60
    monkeypatch.setattr(kept.time, "time", lambda: later)
    kept.forget_old()
    assert not list(own_folder.glob("*/*"))
