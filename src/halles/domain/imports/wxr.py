# SPDX-License-Identifier: AGPL-3.0-or-later
"""WordPress's own export (WXR), item by item, with what WooCommerce keeps in it.

Read with expat itself: the standard library's faster readers do not let one refuse entity declarations, and one more
dependency would only do what four lines do here. A WXR has neither a DOCTYPE nor entities of its own.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.parsers import expat

from halles.domain.imports.sources import MOST_BYTES, check_size, file_source
from halles.kernel.errors import Refused

CHUNK = 64 * 1024
MOST_TOKEN = 1024 * 1024  # bytes of one tag: expat reads an unfinished one again with every chunk
MOST_TEXT = 500_000  # characters of one field
MOST_FIELDS = 2000  # in one item
NOT_XML = bytes(set(range(32)) - {9, 10, 13})  # that editors paste in, and that XML cannot hold

# What an item is asked for, as WordPress names it.
FIELDS = {
    "title": "title",
    "content:encoded": "content",
    "excerpt:encoded": "excerpt",
    "wp:post_id": "id",
    "wp:post_name": "slug",
    "wp:post_parent": "parent",
    "wp:post_type": "type",
    "wp:status": "status",
    "wp:menu_order": "position",
    "wp:attachment_url": "address",
}


@dataclass(slots=True)
class Item:
    """A product, variation, picture or page. Texts as they came; `parent` "0" for none.

    `terms` are categories, tags, attributes and the sort of product: (domain, slug, name), as ("product_cat", "hats",
    "Hats"). `meta` holds the rest under WooCommerce's names: `_sku`, `_regular_price`, `_stock`, `_thumbnail_id`…
    """

    id: str = ""
    type: str = ""
    status: str = ""
    parent: str = "0"
    position: str = "0"
    title: str = ""
    slug: str = ""
    content: str = ""
    excerpt: str = ""
    address: str = ""  # of an attachment
    terms: list[tuple[str, str, str]] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)


def items(path: Path) -> Iterator[Item]:
    """Every item in the order of the file.

    :raises Refused: `imports.cannot_read`, `imports.empty`, `imports.too_large`, `imports.not_wxr` (another XML),
        `imports.xml_entities`, `imports.xml_too_large` (a tag or field beyond all measure), and, after what could be read,
        `imports.xml_broken` with its line.
    """
    source = file_source(path)
    check_size(source, MOST_BYTES)
    reader = _Reader()
    with source.open() as stream:
        fed = 0
        while True:
            chunk = stream.read(CHUNK)
            sent = chunk if reader.is_wide(chunk) else chunk.translate(None, delete=NOT_XML)
            fed += len(sent)
            problem = reader.feed(sent, last=not chunk)
            while reader.done:
                yield reader.done.popleft()
            if not problem and fed - reader.position > MOST_TOKEN:
                problem = Refused("imports.xml_too_large")
            if problem:
                raise problem
            if not chunk:
                return


class _Reader:
    """Makes items of what expat says."""

    def __init__(self) -> None:
        self.done: deque[Item] = deque()
        self._item: Item | None = None
        self._path: list[str] = []
        self._text: list[str] = []
        self._length = 0
        self._fields = 0
        self._key = ""
        self._term = ("", "")
        self._wide: bool | None = None
        self._expat = expat.ParserCreate()
        self._expat.buffer_text = True
        self._expat.StartDoctypeDeclHandler = self._refuse
        self._expat.StartElementHandler = self._start
        self._expat.EndElementHandler = self._end
        self._expat.CharacterDataHandler = self._said

    @property
    def position(self) -> int:
        """How far expat has come, in bytes of what it was fed."""
        return self._expat.CurrentByteIndex

    def is_wide(self, chunk: bytes) -> bool:
        """Whether the file is UTF-16, where a zero byte is half a letter."""
        if self._wide is None:
            self._wide = b"\0" in chunk[:4] or chunk[:2] in {b"\xff\xfe", b"\xfe\xff"}
        return self._wide

    def feed(self, chunk: bytes, *, last: bool) -> Refused | None:
        """Read on; what stopped it, if something did."""
        try:
            self._expat.Parse(chunk, last)
        except Refused as refused:
            return refused
        except (expat.ExpatError, ValueError, LookupError):  # an encoding nobody knows is a LookupError
            return Refused("imports.xml_broken", line=self._expat.CurrentLineNumber)
        return None

    def _refuse(self, *_: Any) -> None:  # noqa: ANN401
        raise Refused("imports.xml_entities")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if not self._path and name != "rss":
            raise Refused("imports.not_wxr")
        self._path.append(name)
        if len(self._path) > 50:
            raise Refused("imports.xml_too_large")
        self._text, self._length = [], 0
        if self._path == ["rss", "channel", "item"]:
            self._item, self._fields = Item(), 0
        elif name == "category":
            self._term = (attributes.get("domain", ""), attributes.get("nicename", ""))
        elif name == "wp:postmeta":
            self._key = ""

    def _said(self, text: str) -> None:
        self._length += len(text)
        if self._length > MOST_TEXT:
            raise Refused("imports.xml_too_large", line=self._expat.CurrentLineNumber)
        self._text.append(text)

    def _end(self, name: str) -> None:
        self._path.pop()
        item = self._item
        if item is None:
            return
        text, self._text, self._length = "".join(self._text), [], 0
        if self._path == ["rss", "channel"]:
            self.done.append(item)
            self._item = None
        elif self._path[-1] == "item":
            self._field(item, name, text)
        elif name == "wp:meta_key":
            self._key = text
        elif name == "wp:meta_value" and self._key:
            self._count()
            item.meta[self._key] = text

    def _field(self, item: Item, name: str, text: str) -> None:
        if name in FIELDS:
            setattr(item, FIELDS[name], text)
        elif name == "category":
            self._count()
            item.terms.append((*self._term, text))

    def _count(self) -> None:
        self._fields += 1
        if self._fields > MOST_FIELDS:
            raise Refused("imports.xml_too_large", line=self._expat.CurrentLineNumber)
