# SPDX-License-Identifier: AGPL-3.0-or-later
"""WordPress's export, whole, broken and hostile."""

from pathlib import Path
from typing import Any

import pytest

from halles.domain.imports.wxr import Item, items
from halles.kernel.errors import Refused

START = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<rss xmlns:excerpt="e" xmlns:content="c" xmlns:wp="w"><channel>'
    "<title>Boutique</title><wp:author><wp:author_id>1</wp:author_id></wp:author>"
)
ITEM = """<item><title>Crème &amp; pain</title><content:encoded><![CDATA[<p>Bon</p>\x0b]]></content:encoded>
<excerpt:encoded>court</excerpt:encoded><wp:post_id>12</wp:post_id><wp:post_name>creme</wp:post_name>
<wp:post_parent>7</wp:post_parent><wp:menu_order>3</wp:menu_order><wp:post_type>product_variation</wp:post_type>
<wp:status>publish</wp:status><category domain="product_cat" nicename="pains"><![CDATA[Pains]]></category>
<wp:postmeta><wp:meta_key>_sku</wp:meta_key><wp:meta_value><![CDATA[P-12]]></wp:meta_value></wp:postmeta>
<wp:postmeta><wp:meta_key>_price</wp:meta_key><wp:meta_value>4.20</wp:meta_value></wp:postmeta>
<wp:comment><wp:comment_content>Très bon</wp:comment_content></wp:comment></item>"""
END = "</channel></rss>"


@pytest.fixture
def a_file(tmp_path: Path) -> Any:
    def write(text: str, encoding: str = "utf-8") -> Path:
        path = tmp_path / "export"
        path.write_bytes(text.encode(encoding))
        return path

    return write


def test_an_item_has_what_an_import_asks_for(a_file: Any) -> None:
    (item,) = items(a_file(START + ITEM + END))
    assert item == Item(
        id="12",
        type="product_variation",
        status="publish",
        parent="7",
        position="3",
        title="Crème & pain",
        slug="creme",
        content="<p>Bon</p>",
        excerpt="court",
        terms=[("product_cat", "pains", "Pains")],
        meta={"_sku": "P-12", "_price": "4.20"},
    )


def test_utf16_and_files_larger_than_a_chunk(a_file: Any) -> None:
    text = START.replace("UTF-8", "UTF-16") + ITEM.replace("\x0b", "") * 500 + END
    assert [item.title for item in items(a_file(text, "utf-16"))] == ["Crème & pain"] * 500


def test_what_comes_before_the_break_is_read(a_file: Any) -> None:
    read = []
    with pytest.raises(Refused, match=r"imports\.xml_broken.*line"):
        for item in items(a_file(START + ITEM * 3 + ITEM[:200])):
            read.append(item.id)
    assert read == ["12"] * 3


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (
            '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaa">]><rss><channel/></rss>',
            "imports.xml_entities",
        ),
        ('<!DOCTYPE rss SYSTEM "http://127.0.0.1/x.dtd"><rss/>', "imports.xml_entities"),
        ("<html><body/></html>", "imports.not_wxr"),
        ("nom;prix\n", "imports.xml_broken"),
        (START + "<item><title>&nbsp;</title></item>" + END, "imports.xml_broken"),
        ('<?xml version="1.0" encoding="martian"?><rss/>', "imports.xml_broken"),
        (START + "<a>" * 60, "imports.xml_too_large"),
        (START + "<item><title>" + "x" * 600_000 + "</title></item>" + END, "imports.xml_too_large"),
        (START + "<item a='" + "x" * 3_000_000 + "'/>" + END, "imports.xml_too_large"),
        (START + "<item>" + "<category/>" * 3000 + "</item>" + END, "imports.xml_too_large"),
        ("", "imports.empty"),
    ],
)
def test_what_is_no_export_is_said(a_file: Any, text: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        list(items(a_file(text)))
    assert refused.value.code == code
