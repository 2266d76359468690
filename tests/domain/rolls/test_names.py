# SPDX-License-Identifier: AGPL-3.0-or-later
"""A file's name leads to the article it names, or to none; where it may mean two, that is said."""

import json
import string
import uuid
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from halles.domain.rolls import rules
from halles.domain.rolls.finding import Finder
from halles.kernel.gtin import parse_gtin

MIEL, BOUGIE, ROBE, LIVRE, SALT, SALT_TOO = "miel", "bougie", "robe", "livre", "sel", "sel 2"
IDS: dict[str, uuid.UUID] = {}
ARTICLES: list[tuple[uuid.UUID, str]] = []
VARIANTS: list[tuple[uuid.UUID, str, str, str, str]] = []


def an_article(key: str, name: str, *variants: tuple[str, str, str, str]) -> None:
    """Each size and colour: reference, code, size, colour."""
    IDS[key] = uuid.UUID(int=len(IDS) + 1)
    ARTICLES.append((IDS[key], name))
    VARIANTS.extend(
        (IDS[key], reference, parse_gtin(gtin), size, colour) for reference, gtin, size, colour in variants
    )


an_article(MIEL, "Miel de lavande d'été", ("REF-12", "3760123456784", "", ""))
an_article(BOUGIE, "Bougie", ("B/7", "12345670", "", ""))
an_article(ROBE, "Robe", ("4711", "", "S", "Bleu nuit"), ("4712", "", "M", "Rouge"))
an_article(LIVRE, "Le Petit Livre", ("", "9782070360024", "", ""))
an_article(SALT, "Sel", ("X1", "", "", ""))
an_article(SALT_TOO, "Sel", ("X-1-2", "012345678905", "", ""))
an_article("series", "Série", ("X", "", "", ""))
an_article("series 1", "Série B", ("X-1", "", "", ""))
an_article("pictogram", "🍯", ("", "", "", ""))
FINDER = Finder(ARTICLES, VARIANTS)


@pytest.mark.parametrize(
    ("name", "article", "number", "view"),
    [
        # by reference
        ("REF-12.jpg", MIEL, 0, ""),
        ("REF-12_2.jpg", MIEL, 2, ""),
        ("REF-12 (3).JPG", MIEL, 3, ""),
        ("ref_12-dos.PNG", MIEL, 0, "dos"),
        ("Ref 12 Détail 2.webp", MIEL, 2, "détail"),
        ("REF-12 - Copie.jpg", MIEL, 0, ""),
        ("REF-12.jpg.jpeg", MIEL, 0, ""),
        ("B_7.heic", BOUGIE, 0, ""),  # no file is called "B/7"
        ("4712.jpg", ROBE, 0, ""),
        ("4711-bleu nuit.jpg", ROBE, 0, "Bleu nuit"),
        ("REF-12-vert.jpg", None, 0, ""),  # perhaps another article's reference
        ("REF-12-2-3.jpg", None, 0, ""),
        ("REF-120.jpg", None, 0, ""),
        # by code, in each of its forms
        ("3760123456784.jpg", MIEL, 0, ""),
        ("3760123456784-dos.png", MIEL, 0, "dos"),
        ("03760123456784 vue du rucher.jpg", MIEL, 0, "vue du rucher"),
        ("3 760123 456784.jpg", MIEL, 0, ""),
        ("12345670.jpg", BOUGIE, 0, ""),
        ("0000012345670_4.jpg", BOUGIE, 4, ""),
        ("978-2-07-036002-4.jpg", LIVRE, 0, ""),
        ("2070360024.jpg", LIVRE, 0, ""),
        ("012345678905.jpg", SALT_TOO, 0, ""),
        ("12345678905.jpg", SALT_TOO, 0, ""),
        ("3760123456772.jpg", None, 0, ""),  # nobody's
        # by name
        ("miel de lavande d'été.jpeg", MIEL, 0, ""),
        ("MIEL_DE_LAVANDE_D_ETE-2.jpg", MIEL, 2, ""),
        ("miel.jpg", None, 0, ""),
        ("robe-rouge-dos.jpg", None, 0, ""),
        ("robe-rouge.jpg", ROBE, 0, "Rouge"),
        ("bougie image 2.jpg", BOUGIE, 2, ""),
        # open, and said
        ("sel.jpg", ..., 0, ""),
        ("X-1.jpg", ..., 0, ""),  # X's first, or X-1
        ("X-1-2.jpg", ..., 0, ""),
        # nothing to go by
        ("IMG_20240611_101530.jpg", None, 0, ""),
        ("🍯.jpg", None, 0, ""),
        (".jpg", None, 0, ""),
        ("", None, 0, ""),
        # folders are nobody's name, wherever they lead
        ("../../etc/REF-12.jpg", MIEL, 0, ""),
        ("C:\\Photos\\REF-12 (2).jpg", MIEL, 2, ""),
        ("REF-12/IMG_1.jpg", None, 0, ""),
    ],
)
def test_which_article_a_name_means(name: str, article: Any, number: int, view: str) -> None:
    found = FINDER.find(name)
    if article is ...:
        assert len(found.products) > 1
        return
    assert found.products == ((IDS[article],) if article else ())
    if article:
        assert (found.told.number, found.told.view) == (number, view)


WORDS = some.lists(
    some.text(string.ascii_letters + string.digits, min_size=1, max_size=8), min_size=1, max_size=4
)
BETWEEN = some.sampled_from(["-", "_", " ", ".", " - ", "/"])


@given(
    WORDS, BETWEEN, some.sampled_from(["-", "_", " "]), some.sampled_from(["", " (2)", "_2", "-02", " - 2"])
)
def test_a_reference_is_read_whatever_stands_between_its_words(
    words: list[str], between: str, other: str, numbered: str
) -> None:
    reference, name = between.join(words), f"{other.join(words)}{numbered}.jpg"
    read = dict(rules.readings(rules.words_of(name)))
    assert rules.key_of(reference) in read
    said = rules.told(read[rules.key_of(reference)], {})
    assert said is not None and said.number == (2 if numbered else 0)


@given(some.text(max_size=300))
def test_any_name_at_all_is_read(name: str) -> None:
    words = rules.words_of(name)
    assert len(list(rules.readings(words))) <= rules.MOST_AFTER + 1
    list(rules.code_readings(words))


@pytest.mark.corpus
def test_naughty_names_name_nothing(real_input: Path) -> None:
    names = json.loads((real_input / "bad-input" / "blns.json").read_text())
    assert [name for name in names if FINDER.find(f"{name}.jpg").products] == []
