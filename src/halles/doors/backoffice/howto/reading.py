# SPDX-License-Identifier: AGPL-3.0-or-later
"""A topic as a page shows it, made from its Markdown once for each process and language."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt
from markdown_it.token import Token

FOLDER = Path(__file__).parent
LANGUAGES = ("fr", "en")
STATIC = "../../static/"  # from a topic to its pictures, as a code forge follows it
MARKDOWN = MarkdownIt("commonmark", {"html": False})
# Under the page's own title, and the sheet's.
DEEPER = {"h1": "h2", "h2": "h3"}


@dataclass(frozen=True, slots=True)
class Picture:
    """What the screen looks like: its file among the static ones, and what one sees."""

    file: str
    alt: str

    @property
    def address(self) -> str:
        """Where a page fetches it."""
        return static(self.file)


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic in one language."""

    slug: str
    title: str
    purpose: str  # one sentence: what it is for
    text: SafeString
    pictures: tuple[Picture, ...]


@cache
def topic(slug: str, language: str) -> Topic:
    """The topic, ready to be shown."""
    tokens = MARKDOWN.parse(source(slug, language))
    pictures = [picture for token in tokens for picture in _pictures(token)]
    words = list(_without_pictures(tokens))
    for token in _flat(words):
        token.tag = DEEPER.get(token.tag, token.tag)
        if token.type == "link_open":
            address = _address(str(token.attrGet("href")))
            token.attrSet("href", address)
            token.attrSet("hx-get", address)  # heeded in the sheet only: there the page below stays
    written = [token.content for token in words if token.type == "inline"]
    rendered = MARKDOWN.renderer.render(words, MARKDOWN.options, {})
    # Ours, and no HTML of its own gets through: safe.
    return Topic(slug, written[0], written[1], SafeString(rendered), tuple(pictures))


def source(slug: str, language: str) -> str:
    """The Markdown of a topic."""
    return (FOLDER / _known(language) / f"{slug}.md").read_text(encoding="utf-8")


def _known(language: str) -> str:
    return language if language in LANGUAGES else LANGUAGES[0]


def _pictures(token: Token) -> Iterator[Picture]:
    for child in token.children or ():
        if child.type == "image":
            yield Picture(str(child.attrGet("src")).removeprefix(STATIC), child.content)


def _without_pictures(tokens: Sequence[Token]) -> Iterator[Token]:
    """The words alone: a picture has a paragraph to itself, and the page its own place for it."""
    bare = {place for place, token in enumerate(tokens) if any(_pictures(token))}
    around = {place + step for place in bare for step in (-1, 0, 1)}
    return (token for place, token in enumerate(tokens) if place not in around)


def _flat(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from token.children or ()


def _address(href: str) -> str:
    """Where a link to another topic leads on our own pages."""
    return reverse("backoffice:howto", args=[href.removesuffix(".md")])
