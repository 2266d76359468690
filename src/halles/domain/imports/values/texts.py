# SPDX-License-Identifier: AGPL-3.0-or-later
"""Descriptions: HTML or plain text in, readable lines out. What comes out is text, and is escaped where it is shown."""

import re
import unicodedata
from html import unescape

# Each pattern stops at the next "<", so that no input makes it look back; ">" inside an attribute is rare and harmless.
HIDDEN = re.compile(r"<(?:!--|(script|style|template|iframe|noscript|svg|head|title)\b)", re.IGNORECASE)
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]{0,30})(?:[\s/][^<>]*)?>")
BLOCKS = frozenset({
    "p", "div", "section", "article", "header", "footer", "ul", "ol", "dl", "dt", "dd", "table", "tr",
    "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "figure", "form", "hr",
})  # fmt: skip
DIVIDES = re.compile(rf"</?(?:{'|'.join(BLOCKS)}|li)[\s/>]", re.IGNORECASE)
BREAK = re.compile(r"<br\s*/?>\s*?\n?", re.IGNORECASE)
LONE_END = re.compile(r"(?<!\n)\n(?!\n)")
CELLS = frozenset(["td", "th"])
LONGEST_READ = 100_000  # characters of HTML that are looked at
SPACE = re.compile(r"[^\S\n]+")
BLANK = re.compile(r" ?\n ?")
MANY = re.compile(r"\n{3,}")


def plain_text(html: str, longest: int = 6000) -> str:
    """Paragraphs divided by a blank line, list items as lines that begin with "– "; cut at a word when longer."""
    html = html[:LONGEST_READ].replace("\r\n", "\n").replace("\r", "\n")
    if "<" in html:
        html = _without_tags(_without_hidden(html))
    text = unescape(html) if "&" in html else html
    if text.isprintable() and "  " not in text and unicodedata.is_normalized("NFC", text):
        text = text.strip()  # a line as it should be, as most are
        return text if len(text) <= longest else _cut(text, longest)
    if not text.isascii() or not text.isprintable():
        text = unicodedata.normalize("NFC", text.translate(_Unreadable()))
    text = MANY.sub("\n\n", BLANK.sub("\n", SPACE.sub(" ", text))).strip()
    return text if len(text) <= longest else _cut(text, longest)


class _Unreadable(dict[int, str | None]):
    """For `translate`: drops control, direction and half signs; remembers what it found."""

    def __missing__(self, code: int) -> str | None:
        sign = chr(code)
        keeps = sign in "\n\u200d" or unicodedata.category(sign) not in {"Cc", "Cf", "Cs"}
        self[code] = sign if keeps else " " if sign in "\t\v\f\x85" else None
        return self[code]


def _without_hidden(html: str) -> str:
    """Without comments, scripts, styles and what else no reader sees, whether they are closed or not."""
    kept: list[str] = []
    place = 0
    while hidden := HIDDEN.search(html, place):
        kept.append(html[place : hidden.start()])
        closing = re.compile(rf"</{hidden[1]}\s*>" if hidden[1] else "-->", re.IGNORECASE)
        end = closing.search(html, hidden.end())
        if end is None:
            return "".join(kept)
        place = end.end()
    return "".join(kept) + html[place:]


def _without_tags(html: str) -> str:
    html = BREAK.sub("<br>", html)
    if DIVIDES.search(html):
        html = LONE_END.sub(" ", html)  # a line end means nothing there; a blank line does, to WordPress
    return TAG.sub(_said, html)


def _said(tag: re.Match[str]) -> str:
    name = tag[2].lower()
    if name in BLOCKS:
        return "\n\n" if name != "tr" else "\n"
    if name == "li":
        return "" if tag[1] else "\n– "
    return "\n" if name == "br" else " " if name in CELLS else ""


def _cut(text: str, longest: int) -> str:
    """At the last space before the end, with the sign that more was there."""
    short = text[: longest - 1]
    return (short.rsplit(None, 1)[0] if " " in short[-80:] else short).rstrip() + "…"


def unescape_lines(text: str) -> str:
    r"""What WooCommerce wrote as one line: "\n" was a line end, "\\n" was "\n"."""
    return re.sub(r"(\\?)\\n", lambda found: "\\n" if found[1] else "\n", text)


def escape_lines(text: str) -> str:
    """Many lines as the one that WooCommerce reads."""
    return text.replace("\\n", "\\\\n").replace("\n", "\\n")
