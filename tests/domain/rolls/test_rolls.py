# SPDX-License-Identifier: AGPL-3.0-or-later
"""Photographs handed over together: looked at, added, put by hand, taken back; nothing twice and nothing guessed."""

import io
import json
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from django.test import TestCase
from PIL import Image
from tests.factories import a_product, a_shop, owner_of

from halles.domain.catalogue import actions as catalogue
from halles.domain.catalogue import pictures
from halles.domain.catalogue.actions import VariantFacts
from halles.domain.catalogue.models import Product
from halles.domain.imports import sources
from halles.domain.people.reads import actor
from halles.domain.rolls import kept, previews, reads
from halles.domain.rolls.actions import add, take, undo
from halles.domain.rolls.actions.look import look
from halles.domain.rolls.models import Roll, Shot
from halles.domain.shops.models import Shop
from halles.kernel.actor import SYSTEM
from halles.kernel.errors import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.DATA = tmp_path
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path


@pytest.fixture
def shop() -> Shop:
    return a_shop()


def a_photo(number: int = 1, kind: str = "PNG") -> bytes:
    """Of which no two numbers are alike."""
    file = io.BytesIO()
    Image.new("RGB", (12 + number, 10), (number % 256, 90, 30)).save(file, kind)
    return file.getvalue()


def an_article(shop: Shop, reference: str, photos: int = 0) -> Product:
    product = a_product(shop, name=f"Article {reference}", variants=[VariantFacts(reference=reference)])
    for number in range(photos):
        pictures.add(product, io.BytesIO(a_photo(200 + number)), by=SYSTEM)
    return product


def a_roll(shop: Shop, files: Iterable[tuple[str, bytes]]) -> Roll:
    """Handed over and looked at."""
    roll = take.begin(shop, by=SYSTEM)
    for name, content in files:
        take.take(roll, io.BytesIO(content), name)
    take.close(roll)
    assert not look(roll, seconds=1000)
    return roll


def added(roll: Roll) -> Roll:
    with TestCase.captureOnCommitCallbacks(execute=True):
        add.start(roll, by=SYSTEM)
        assert not add.go_on(roll, seconds=1000)
    return roll


def told(roll: Roll) -> dict[str, tuple[str, str]]:
    return {shot.name: (shot.state, shot.problem) for shot in roll.shots.all()}


def a_zip(files: Iterable[tuple[str, bytes]], how: int = zipfile.ZIP_STORED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as packed:
        for name, content in files:
            packed.writestr(name, content)
    return out.getvalue()


def test_what_would_happen_then_it_does(shop: Shop) -> None:
    honey, salt = an_article(shop, "REF-12", photos=1), an_article(shop, "S1")
    for _ in range(2):
        an_article(shop, "TWIN")
    roll = a_roll(
        shop,
        [
            ("REF-12_2.png", a_photo(2)),
            ("REF-12.png", a_photo(1)),
            ("REF-12 (3).png", a_photo(2)),  # the second once more
            ("s1-dos.png", a_photo(3)),
            ("TWIN.png", a_photo(4)),
            ("IMG_0001.png", a_photo(5)),
            ("S1.txt", b"no photograph"),
            ("S1 (2).jpg", b""),
        ],
    )
    assert told(roll) == {
        "REF-12_2.png": ("matched", ""),
        "REF-12.png": ("matched", ""),
        "REF-12 (3).png": ("there", ""),
        "s1-dos.png": ("matched", ""),
        "TWIN.png": ("waiting", "rolls.unsure"),
        "IMG_0001.png": ("waiting", "rolls.unknown"),
        "S1.txt": ("bad", "picture.not_a_picture"),
        "S1 (2).jpg": ("bad", "picture.empty"),
    }
    places = {shot.name: shot.place for shot in roll.shots.filter(product=honey, state="matched")}
    assert places == {"REF-12.png": 2, "REF-12_2.png": 3}
    assert honey.pictures.count() == 1
    added(roll)
    assert roll.state == "done"
    assert [picture.width for picture in honey.pictures.all()] == [212, 13, 14]
    assert [picture.view for picture in salt.pictures.all()] == ["dos"]
    waiting = {str(shot.file) for shot in reads.shots(roll, Shot.State.WAITING)}
    assert {path.name for path in kept.folder(roll).iterdir()} == waiting


def test_the_same_once_more_adds_nothing_from_wherever_it_came(shop: Shop) -> None:
    product = an_article(shop, "R1")
    phone = a_photo(1, "JPEG")  # re-encoded, as it is no original of ours
    pictures.add(product, io.BytesIO(a_photo(9)), by=SYSTEM)
    files = [("R1.jpg", phone), ("R1-2.png", a_photo(2)), ("R1-3.png", a_photo(9))]
    added(a_roll(shop, files))
    assert product.pictures.count() == 3
    again = a_roll(shop, files)
    assert {state for state, _ in told(again).values()} == {"there"}
    ours = [
        (f"R1-{n}.jpg", pictures.original_of(p).read_bytes()) for n, p in enumerate(product.pictures.all())
    ]
    assert {state for state, _ in told(a_roll(shop, ours)).values()} == {"there"}
    assert added(again).state == "done"
    assert product.pictures.count() == 3


def test_whoever_goes_on_acts_in_the_name_of_who_began(shop: Shop) -> None:
    somebody = actor(owner_of(shop))
    take.begin(shop, by=somebody)
    assert Roll.objects.get().actor == somebody


def test_two_rolls_of_the_same_looked_at_before_either_was_added(shop: Shop) -> None:
    product = an_article(shop, "R1")
    one, two = (a_roll(shop, [("R1.png", a_photo())]) for _ in range(2))
    added(one)
    assert told(added(two)) == {"R1.png": ("there", "")}
    assert product.pictures.count() == 1


def test_no_article_gets_more_than_it_may_have(shop: Shop) -> None:
    product = an_article(shop, "R1", photos=pictures.MOST_PICTURES - 1)
    roll = a_roll(shop, [(f"R1-{n}.png", a_photo(n)) for n in (3, 1, 2)])
    assert told(roll)["R1-1.png"] == ("matched", "")
    assert told(roll)["R1-2.png"] == told(roll)["R1-3.png"] == ("waiting", "picture.too_many")
    pictures.add(product, io.BytesIO(a_photo(90)), by=SYSTEM)  # meanwhile
    assert told(added(roll))["R1-1.png"] == ("waiting", "picture.too_many")
    with pytest.raises(Refused, match=r"picture\.too_many"):
        add.put(roll.shots.all()[0], product, by=SYSTEM)


def test_one_that_waits_is_put_on_its_article_and_not_sent_again(shop: Shop) -> None:
    product, other = an_article(shop, "R1"), an_article(shop, "R2")
    roll = a_roll(shop, [("IMG_1.png", a_photo(1)), ("IMG_2.png", a_photo(2)), ("IMG_3.png", a_photo(1))])
    first, second, third = roll.shots.all()
    assert previews.preview(roll, first)
    add.put(first, product, by=SYSTEM)
    with pytest.raises(Refused, match=r"rolls\.there"):
        add.put(third, product, by=SYSTEM)
    added(roll)
    add.put(second, other, by=SYSTEM)
    with pytest.raises(Refused, match=r"rolls\.not_now"):
        add.put(second, product, by=SYSTEM)
    roll.refresh_from_db()
    assert roll.state == "running"
    assert not add.go_on(roll, seconds=1000)
    assert (product.pictures.count(), other.pictures.count(), roll.state) == (1, 1, "done")


def test_it_is_taken_back_as_a_whole_as_far_as_it_is_still_there(shop: Shop, folder: Path) -> None:
    product = an_article(shop, "R1", photos=1)
    roll = added(a_roll(shop, [(f"R1-{n}.png", a_photo(n)) for n in (1, 2, 3)]))
    gone = product.pictures.all()[2]
    pictures.remove(gone, by=SYSTEM)
    late = pictures.add(product, io.BytesIO(a_photo(50)), by=SYSTEM)
    assert undo.undo(roll, by=SYSTEM) == 2
    assert [(p.position, p.width) for p in product.pictures.all()] == [(0, 212), (1, late.width)]
    with pytest.raises(Refused, match=r"rolls\.not_now"):
        undo.undo(roll, by=SYSTEM)


def test_stopped_half_way_it_goes_on_where_it_was(shop: Shop) -> None:
    product = an_article(shop, "R1")
    roll = a_roll(shop, [(f"R1-{n}.png", a_photo(n)) for n in (1, 2, 3)])
    add.start(roll, by=SYSTEM)
    while add.go_on(roll, seconds=0):
        pass
    assert not add.go_on(roll)
    assert [p.width for p in product.pictures.all()] == [13, 14, 15]


def test_the_look_is_made_in_slices(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("halles.domain.rolls.actions.look.TOGETHER", 1)
    roll = take.begin(shop, by=SYSTEM)
    for number in range(3):
        take.take(roll, io.BytesIO(a_photo(number)), f"{number}.png")
    take.close(roll)
    assert look(roll, seconds=0)
    assert reads.examined(roll) == 1
    while look(roll, seconds=0):
        pass
    assert roll.state == "looked"
    with pytest.raises(Refused, match=r"rolls\.not_now"):
        take.take(roll, io.BytesIO(a_photo()), "late.png")


def test_a_zip_is_read_where_it_lies(shop: Shop) -> None:
    product = an_article(shop, "R1")
    files = [
        ("dossier/R1.png", a_photo(1)),
        ("__MACOSX/._R1.png", b"x"),
        ("R1_2.png", a_photo(2)),
        ("x.csv", b"a;b"),
    ]
    roll = a_roll(shop, [("photos.zip", a_zip(files))])
    assert told(roll) == {
        "R1.png": ("matched", ""),
        "R1_2.png": ("matched", ""),
        "x.csv": ("bad", "picture.not_a_picture"),
    }
    added(roll)
    assert product.pictures.count() == 2
    assert list(kept.folder(roll).iterdir()) == []


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (a_zip([("../R1.png", a_photo())]), "imports.zip_unsafe"),
        (a_zip([("/etc/R1.png", a_photo())]), "imports.zip_unsafe"),
        (a_zip([("R1.png", bytes(30 * 2**20))], zipfile.ZIP_DEFLATED), "imports.zip_unsafe"),  # a bomb
        (a_zip([]), "imports.empty"),
    ],
)
def test_a_zip_that_is_not_safe_is_named(shop: Shop, content: bytes, problem: str) -> None:
    roll = a_roll(shop, [("photos.zip", content)])
    assert told(roll) == {"photos.zip": ("bad", problem)}
    assert not kept.folder(roll).exists() or not list(kept.folder(roll).iterdir())


def test_a_member_that_lies_about_its_size_or_is_damaged_spares_the_others(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "MOST_RATIO", 10**9)
    monkeypatch.setattr(pictures, "MOST_BYTES", 2**20)
    product = an_article(shop, "R1")
    bomb = a_zip([("bomb.png", a_photo() + bytes(8 * 2**20))], zipfile.ZIP_DEFLATED)
    broken = bytearray(a_zip([("R1_2.png", a_photo(2)), ("R1.png", a_photo(1))]))
    broken[broken.index(b"IDAT")] ^= 0xFF
    roll = a_roll(shop, [("1.zip", bomb), ("2.zip", bytes(broken)), ("big.png", a_photo() + bytes(2**21))])
    assert told(roll) == {
        "bomb.png": ("bad", "picture.too_big"),
        "R1_2.png": ("bad", "picture.broken"),
        "R1.png": ("matched", ""),
        "big.png": ("bad", "picture.too_big"),
    }
    added(roll)
    assert product.pictures.count() == 1


@pytest.mark.corpus
def test_hostile_photographs_and_names_are_named_with_the_reason(
    shop: Shop, folder: Path, real_input: Path
) -> None:
    product = an_article(shop, "R1")
    bad = real_input / "bad-input"
    names = json.loads((bad / "blns.json").read_text())[:40]
    hostile = [path for path in sorted((bad / "images").iterdir()) if path.stat().st_size < 2**18]
    files = [(path.name, path.read_bytes()) for path in hostile]
    roll = a_roll(shop, [*files, *((name, b"\0") for name in names), ("R1.png", a_photo())])
    assert added(roll).state == "done"
    assert product.pictures.count() == 1
    states = {state for state, _ in told(roll).values()}
    assert states == {"added", "bad", "waiting"}
    assert told(roll)["decompression_bomb.ico"] == ("bad", "picture.not_a_picture")
    for shot in reads.shots(roll, Shot.State.WAITING):
        previews.preview(roll, shot)
    inside = {path for path in folder.rglob("*") if path.is_file()}
    assert all("rolls" in path.parts or "media" in path.parts or "originals" in path.parts for path in inside)


def test_articles_that_are_gone_take_no_photograph(shop: Shop) -> None:
    gone, going = an_article(shop, "R1"), an_article(shop, "R2")
    catalogue.set_status(gone, Product.Status.DELETED, by=SYSTEM)
    an_article(a_shop(), "R3")  # another's
    roll = a_roll(shop, [(f"R{n}.png", a_photo(n)) for n in (1, 2, 3)])
    catalogue.set_status(going, Product.Status.DELETED, by=SYSTEM)
    assert told(added(roll)) == {
        "R1.png": ("waiting", "rolls.unknown"),
        "R2.png": ("waiting", "rolls.article_gone"),
        "R3.png": ("waiting", "rolls.unknown"),
    }


def test_what_nobody_came_back_for_is_forgotten(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    looked = a_roll(shop, [("IMG.png", a_photo())])
    cut = take.begin(shop, by=SYSTEM)
    take.take(cut, io.BytesIO(a_photo()), "IMG.png")
    undo.forget_old()
    assert previews.preview(looked, looked.shots.get())
    monkeypatch.setattr(undo, "KEPT_DAYS", -1)
    undo.forget_old()
    assert told(looked) == {"IMG.png": ("bad", "rolls.gone")}
    assert not reads.in_shop(shop, cut.id)
    assert previews.preview(looked, looked.shots.get()) is None


def test_a_look_takes_as_many_queries_whatever_is_in_it(
    shop: Shop, django_assert_max_num_queries: Any
) -> None:
    for number in range(6):
        an_article(shop, f"R{number}")
    for count in (2, 6):
        roll = take.begin(shop, by=SYSTEM)
        for number in range(count):
            take.take(roll, io.BytesIO(a_photo(number)), f"R{number}.png")
        take.close(roll)
        with django_assert_max_num_queries(16):
            look(roll)
        assert roll.shots.filter(state="matched").count() == count
