# SPDX-License-Identifier: AGPL-3.0-or-later
"""« Comment faire »: every screen has its help, in both languages, and it says what the screens say."""

import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po
from django.contrib.staticfiles import finders
from django.test import Client
from markdown_it.token import Token
from PIL import Image
from tests import factories as make
from tests.doors.backoffice.test_access import addresses

from halles.domain.people.models import Account
from halles.domain.shops.models import Shop
from halles.doors.backoffice.howto.contents import GROUPS, SCREENS, TOPICS
from halles.doors.backoffice.howto.reading import FOLDER, LANGUAGES, MARKDOWN, source, topic

ROOT = Path(__file__).resolve().parents[3]
CATALOGUE = ROOT / "src/halles/locale/en/LC_MESSAGES/django.po"
COVER = ROOT / "docs/commercants.md"
MOST_WORDS = 250
MOST_PAGE = 60_000  # bytes
MOST_PICTURE = 30_000
EVERY = [(slug, language) for slug in TOPICS for language in LANGUAGES]


def is_whole_page(answer: Any) -> bool:
    """Whether it is a screen: not a part of one, a file, or an act."""
    return answer.status_code == 200 and b"<html" in b"".join(answer)


def parsed(slug: str, language: str) -> Iterator[Token]:
    """Every token of a topic."""
    for token in MARKDOWN.parse(source(slug, language)):
        yield token
        yield from token.children or ()


def plain(text: str) -> str:
    """Without what only typography sees: spaces that do not break are spaces."""
    return " ".join(text.split())


def labels(language: str) -> list[re.Pattern[str]]:
    """Everything the screens may say in a language; what is filled in is anything."""
    with CATALOGUE.open("rb") as file:
        messages = [message for message in read_po(file) if message.id]
    said = [message.id if language == "fr" else message.string for message in messages]
    texts = {text for one in said for text in (one if isinstance(one, tuple) else (one,))}
    return [
        re.compile(re.sub(r"%\\?\(\w+\\?\)s", ".+", re.escape(plain(re.sub(r"<[^>]*>", "", text)))))
        for text in texts
    ]


def bold(slug: str, language: str) -> Iterator[str]:
    """The labels a topic names."""
    for token in MARKDOWN.parse(source(slug, language)):
        inside = False
        for child in token.children or ():
            if child.type in {"strong_open", "strong_close"}:
                inside = child.type == "strong_open"
            elif inside:
                yield plain(child.content)


def test_every_screen_has_its_topic(merchant: Client, shop: Shop, a_photo: Any) -> None:
    without, other = [], []
    for name, address in addresses(shop, a_photo()):
        answer = merchant.get(address)
        if name in {"howto", "howtos"} or not is_whole_page(answer):
            continue
        if name not in SCREENS:
            without.append(name)
        elif f"/gestion/aide/{SCREENS[name]}" not in b"".join(answer).decode():
            other.append(name)
    assert (without, other) == ([], [])
    assert set(SCREENS.values()) <= set(TOPICS)


def test_the_help_needs_no_help(merchant: Client) -> None:
    assert 'popovertarget="aide"' in merchant.get("/gestion/").content.decode()
    assert 'popovertarget="aide"' not in merchant.get("/gestion/aide/peser").content.decode()


def test_both_languages_say_the_same() -> None:
    files = {language: {file.stem for file in (FOLDER / language).glob("*.md")} for language in LANGUAGES}
    assert [files[language] for language in LANGUAGES] == [set(TOPICS)] * 2

    def shape(slug: str, language: str) -> list[object]:
        tokens = list(parsed(slug, language))
        counts = [sum(token.type == kind for token in tokens) for kind in ("list_item_open", "strong_open")]
        links = [token.attrGet("href") for token in tokens if token.type == "link_open"]
        return [*counts, links, [picture.file for picture in topic(slug, language).pictures]]

    assert {slug: shape(slug, "fr") for slug in TOPICS} == {slug: shape(slug, "en") for slug in TOPICS}


@pytest.mark.parametrize("language", LANGUAGES)
def test_bold_is_what_stands_on_a_screen(language: str) -> None:
    known = labels(language)
    named = {label for slug in TOPICS for label in bold(slug, language)}
    assert [label for label in sorted(named) if not any(one.fullmatch(label) for one in known)] == []


def test_it_is_read_in_two_minutes() -> None:
    links = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
    counts = {
        (slug, language): len(links.sub(r"\1", source(slug, language)).split()) for slug, language in EVERY
    }
    assert {which: words for which, words in counts.items() if words > MOST_WORDS} == {}


def test_its_links_lead_to_topics() -> None:
    links = {
        str(token.attrGet("href")) for which in EVERY for token in parsed(*which) if token.type == "link_open"
    }
    assert {link for link in links if link.removesuffix(".md") not in TOPICS} == set()


def test_its_pictures_are_there_light_and_told() -> None:
    assert all(topic(*which).pictures for which in EVERY)
    pictures = [picture for which in EVERY for picture in topic(*which).pictures]
    assert [picture.file for picture in pictures if len(picture.alt) < 20] == []
    for file in {picture.file for picture in pictures}:
        path = Path(finders.find(file) or "")
        assert path.is_file() and path.stat().st_size <= MOST_PICTURE, file
        with Image.open(path) as image:
            assert image.size == (360, 740), file


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_is_light(
    merchant: Client, shop: Shop, language: str, django_assert_max_num_queries: Any
) -> None:
    Account.objects.filter(pk=make.owner_of(shop).pk).update(language=language)
    merchant.get("/gestion/aide")
    for address in ("/gestion/aide", *(f"/gestion/aide/{slug}" for slug in TOPICS)):
        with django_assert_max_num_queries(15):
            text = merchant.get(address).content.decode()
        assert len(text.encode()) < MOST_PAGE, address
        assert text.count("<img") == text.count('loading="lazy"'), address
        assert f'lang="{language}"' in text
    assert topic(TOPICS[-1], language).title in text.replace("&#x27;", "'")


def test_an_unknown_topic_is_no_page(merchant: Client) -> None:
    assert [merchant.get(f"/gestion/aide/{slug}").status_code for slug in ("rien", "x" * 300)] == [404, 404]


def test_the_table_of_contents_names_every_topic(merchant: Client) -> None:
    text = merchant.get("/gestion/aide").content.decode()
    found = [slug for slug in re.findall(r'href="/gestion/aide/([\w-]+)"', text) if slug in TOPICS]
    assert found == [slug for _title, slugs in GROUPS for slug in slugs]
    assert 'href="/gestion/aide"' in merchant.get("/gestion/plus").content.decode()
    on_the_forge = re.findall(
        r"^- \[(.+)\]\(.*/howto/fr/([\w-]+)\.md\)$", COVER.read_text(encoding="utf-8"), re.MULTILINE
    )
    assert on_the_forge == [(topic(slug, "fr").title, slug) for slug in TOPICS]


def test_back_leads_to_the_screen_one_came_from_and_nowhere_else(merchant: Client) -> None:
    came_from = {
        "http://testserver/gestion/preparer?jour=2030-01-02": "/gestion/preparer?jour=2030-01-02",
        "http://testserver/gestion/aide": None,
        "http://testserver/annuaire": None,
        "https://elsewhere.example/gestion/": None,
        "javascript:alert(1)//gestion/": None,
        "": None,
    }
    for referer, back in came_from.items():
        text = merchant.get("/gestion/aide/peser", headers={"Referer": referer}).content.decode()
        found = re.search(r'class="howto-back"><a class="button bare" href="([^"]*)"', text)
        assert (found and found[1]) == back, referer


@pytest.mark.usefixtures("shop")
def test_who_opens_a_first_shop_reads_it_too() -> None:
    client = Client()
    client.force_login(make.an_account())
    assert "/gestion/aide/ouvrir" in client.get("/gestion/ouvrir").content.decode()
    answer = client.get("/gestion/aide/ouvrir")
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert topic("ouvrir", "fr").title in answer.content.decode()


# What an empty shop says on each list, and the one next step.
INVITES = {
    "commandes": ("Les prochaines arrivent ici", "/gestion/commandes/noter"),
    "commandes?etat=pretes": ("Aucune commande ici", "/gestion/commandes"),
    "preparer": ("Les commandes que vous acceptez", "/gestion/"),
    "questions": ("On vous en pose depuis vos articles", "/boutiques/{shop.slug}"),
    "questions?etat=closes": ("Aucune question ici", "/gestion/questions"),
    "articles": ("Votre étal est vide", "/gestion/articles/nouveau"),
    "articles/changer": ("pas encore d'article à changer", "/gestion/articles/nouveau"),
    "articles/photos": ("Vous n'avez pas encore d'article", "/gestion/articles/importer"),
    "articles/exporter": ("Votre catalogue est vide", "/gestion/articles/nouveau"),
    "stock": ("Aucun article n'est compté", "/gestion/articles"),
    "publier": ("Aucun article n'est en ligne", "/gestion/articles/nouveau"),
    "horaires": ("Aucun congé annoncé", "/gestion/horaires/fermer"),
}


def test_an_empty_list_says_what_will_stand_there_and_what_to_do_next(merchant: Client, shop: Shop) -> None:
    silent = []
    for address, (sentence, act) in INVITES.items():
        main = html.unescape(merchant.get(f"/gestion/{address}").content.decode()).split("<main")[1]
        said = main.partition(sentence)[2]
        if f'href="{act.format(shop=shop)}"' not in said.partition("</main>")[0]:
            silent.append(address)
    assert silent == []
