# SPDX-License-Identifier: AGPL-3.0-or-later
"""Screens speak as neighbours do, without the words of the code, and French counts as French does."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils import translation

GLOSSARY = Path(__file__).resolve().parents[3] / "docs" / "glossary.md"
# Who reads them: customers, merchants, the market's team. What a terminal says may be technical.
SCREENS = tuple(
    f"doors/{door}/" for door in ("accounts", "backoffice", "letters", "operator", "storefront", "ui")
)
COLUMNS = {"fr": 1, "en": 2}

# What the code and the street both say: « à la place de », « la place du marché », "another place"; and the
# glossary has the English of « remettre » only as "handed over".
EVERYDAY = {"place", "hand over"}
# Words of the code in French dress, which stand in no column.
FRENCH_DRESS = {"back-office", "catégorie", "opérateur", "produit", "slug", "variante"}


def rows() -> list[list[str]]:
    """The glossary's lines, cell by cell, without its head."""
    lines = [line for line in GLOSSARY.read_text().splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def words_of_the_code() -> set[str]:
    """The left column; what it has in brackets or after a colon only explains."""
    cells = (re.sub(r"\(.*?\)|:.*", "", row[0]) for row in rows())
    return {word.strip().lower() for cell in cells for word in re.split(r"[,·]", cell)}


def says(text: str, word: str) -> bool:
    """Whether a text has this word, in the singular or the plural."""
    return re.search(rf"(?<!\w){re.escape(word)}s?(?!\w)", text, re.IGNORECASE) is not None


def forbidden(language: str) -> set[str]:
    """Words of the code that are not, in this language, the word of the screen as well."""
    on_screen = " · ".join(row[COLUMNS[language]] for row in rows())
    words = {word for word in words_of_the_code() if not says(on_screen, word)} - EVERYDAY
    return words | FRENCH_DRESS if language == "fr" else words


def messages() -> Iterator[Message]:
    """Every sentence of the screens: its French is its name, its English its translation."""
    with (settings.LOCALE_PATHS[0] / "en" / "LC_MESSAGES" / "django.po").open("rb") as file:
        for message in read_po(file):
            if message.id and any(place.startswith(SCREENS) for place, _ in message.locations):
                yield message


def sentences(said: str | tuple[str, ...] | list[str] | None) -> list[str]:
    """One sentence, or its singular and plural, without the names of its details and the marks of HTML."""
    texts = [said or ""] if said is None or isinstance(said, str) else said
    return [re.sub(r"%\(\w+\)[sd]|<[^>]*>", " ", text) for text in texts]


def test_the_glossary_forbids_what_it_should() -> None:
    """A change of the glossary's form must not silently empty the list."""
    everywhere = forbidden("fr") & forbidden("en")
    assert {"gtin", "sku", "variant", "back office", "stock level", "fulfilment", "outbox"} <= everywhere
    assert {"passkey", "session", "draft", "publish", "collection"} <= forbidden("fr")
    assert not {"passkey", "draft", "basket", "order", "collection"} & forbidden("en")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_word_of_the_code_on_a_screen(language: str) -> None:
    words = forbidden(language)
    found = [
        f"{word}: {text} ({message.locations[0][0]})"
        for message in messages()
        for text in sentences(message.id if language == "fr" else message.string)
        for word in words
        if says(text, word)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("language", "said"),
    [("fr", ["0 article", "1 article", "2 articles"]), ("en", ["0 items", "1 item", "2 items"])],
)
def test_counting(language: str, said: list[str]) -> None:
    """French has its own catalogue only for this: nothing is singular there, and plural in English."""
    with translation.override(language):
        words = [
            translation.ngettext("%(number)s article", "%(number)s articles", number) for number in range(3)
        ]
    assert [word % {"number": number} for number, word in enumerate(words)] == said


def test_french_is_what_the_sources_say() -> None:
    """No catalogue of Django or of a package has another French for one of our sentences."""
    ours = [(message.context, message.id) for message in messages() if isinstance(message.id, str)]
    with translation.override("fr"):
        theirs = [
            (context, translation.pgettext(context, said) if context else translation.gettext(said))
            for context, said in ours
        ]
    assert theirs == ours
