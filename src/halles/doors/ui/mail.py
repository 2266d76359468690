# SPDX-License-Identifier: AGPL-3.0-or-later
"""A letter by mail: written once as HTML, sent as plain text too, in the reader's language.

Its template extends `ui/mail.html`; the title is the subject, and the plain text is made of the body, so that
the two never say different things.
"""

import hashlib
import re
from email.utils import formataddr, parseaddr
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone, translation

from halles.domain.shops import reads as shops

PARAGRAPHS = {"p", "h1", "h2", "h3", "ul", "ol", "div", "pre", "hr", "table"}
LINES = {"li", "br", "tr", *PARAGRAPHS}


def letter(
    template: str, context: dict[str, Any], *, to: str, language: str, key: str, reply_to: str = ""
) -> EmailMultiAlternatives:
    """A letter ready to be sent. The same `key` gives the same Message-ID: a repetition can be recognised."""
    market = shops.market()
    with translation.override(language), timezone.override(market.time_zone if market else None):
        html = render_to_string(template, {"market": market, "origin": settings.ORIGIN} | context)
    subject, text = read(html)
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    digest = hashlib.sha256(f"{key} {to}".encode()).hexdigest()[:40]
    message = EmailMultiAlternatives(
        subject=subject,
        body=text,
        from_email=formataddr((one_line(market.name) if market else name, address)),
        to=[to],
        reply_to=[reply_to] if reply_to else None,
        headers={
            "Message-ID": f"<{digest}@{urlsplit(settings.ORIGIN).hostname}>",
            "Auto-Submitted": "auto-generated",
        },
    )
    message.attach_alternative(html, "text/html")
    return message


def one_line(text: str) -> str:
    """Text that may stand in a header: no line ends, no control characters."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def read(html: str) -> tuple[str, str]:
    """The subject and the plain text of a letter."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines = [re.sub(" +", " ", line).strip(" ") for line in "".join(reader.parts).split("\n")]
    return one_line(reader.title), re.sub("\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


class _Reader(HTMLParser):
    """Reads a letter aloud: paragraphs apart, a dash before what is listed, addresses after their words."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.title = ""
        self.address = ""
        self.inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside.append(tag)
        if tag in {"br", "meta", "hr"}:
            self.inside.pop()
        if tag in LINES:
            self._end_line(2 if tag in PARAGRAPHS else 1)
        if tag == "li":
            self.parts.append("- ")
        if tag == "a":
            self.address = dict(attrs).get("href") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag in self.inside:
            while self.inside.pop() != tag:
                pass
        if tag == "a" and not self.address.startswith(("tel:", "mailto:")):
            self.parts.append(f"\n{self.address}\n")
        if tag in LINES:
            self._end_line(2 if tag in PARAGRAPHS else 1)

    def handle_data(self, data: str) -> None:
        if "title" in self.inside:
            self.title += data
        elif "style" not in self.inside:
            self.parts.append(data if "pre" in self.inside else re.sub("[ \n]+", " ", data))

    def _end_line(self, times: int) -> None:
        said = "".join(self.parts).rstrip(" ")
        if said.strip():
            self.parts = [said, "\n" * (times - len(said) + len(said.rstrip("\n")))]
