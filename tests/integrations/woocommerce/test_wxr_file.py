# SPDX-License-Identifier: AGPL-3.0-or-later
"""Products in WordPress's export: in any order, with terms and metas as WooCommerce keeps them."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest

from halles.domain.catalogue.models import Availability
from halles.domain.imports.drafts import Bad, Choices, Draft, DraftVariant, Material, Where
from halles.integrations.woocommerce.wxr_file import READER
from halles.kernel.errors import Refused

USUAL = {"_manage_stock": "no", "_stock_status": "instock", "_backorders": "no", "_tax_status": "taxable"}
Read = Callable[..., list[Any]]


def item(number: int, kind: str = "product", **facts: Any) -> str:
    """One item; `terms` as (domain, slug, name), what begins with "_" or "attribute_" is a meta."""
    terms = "".join(
        f'<category domain="{domain}" nicename="{slug}">{escape(name)}</category>'
        for domain, slug, name in facts.pop("terms", [])
    )
    metas = {name: text for name, text in facts.items() if name.startswith(("_", "attribute_"))}
    metas = (USUAL if kind.startswith("product") else {}) | metas
    metas_xml = "".join(
        f"<wp:postmeta><wp:meta_key>{name}</wp:meta_key><wp:meta_value>{escape(text)}</wp:meta_value></wp:postmeta>"
        for name, text in metas.items()
    )
    return (
        f"<item><title>{escape(facts.get('title', 'Pull'))}</title><wp:post_id>{number}</wp:post_id>"
        f"<content:encoded>{escape(facts.get('content', ''))}</content:encoded>"
        f"<excerpt:encoded>{escape(facts.get('excerpt', ''))}</excerpt:encoded>"
        f"<wp:post_parent>{facts.get('parent', 0)}</wp:post_parent><wp:post_type>{kind}</wp:post_type>"
        f"<wp:status>{facts.get('status', 'publish')}</wp:status><wp:menu_order>{facts.get('position', 0)}</wp:menu_order>"
        f"<wp:attachment_url>{facts.get('address', '')}</wp:attachment_url>{terms}{metas_xml}</item>"
    )


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def drafts(*items: str, end: str = "</channel></rss>") -> list[Draft | Bad]:
        path = tmp_path / "export"
        start = '<?xml version="1.0"?><rss xmlns:excerpt="e" xmlns:content="c" xmlns:wp="w"><channel>'
        path.write_text(start + "".join(items) + end)
        material = Material(wxr=path)
        assert READER.recognises(material)
        return list(READER.drafts(material, Choices()))

    return drafts


def test_variations_and_pictures_may_stand_anywhere(read: Read) -> None:
    variable = [("product_type", "variable", "variable"), ("product_cat", "hauts", "Hauts, pulls")]
    colours = [("pa_couleur", "vert-pre", "Vert pré"), ("pa_couleur", "bleu", "Bleu")]
    metas = {"_thumbnail_id": "40", "_product_image_gallery": "41,999", "_manage_stock": "yes", "_stock": "7"}
    draft, orphan = read(
        item(
            21,
            "product_variation",
            parent=12,
            _regular_price="12.5",
            attribute_pa_couleur="vert-pre",
            position=2,
        ),
        item(30, "page"),
        item(12, terms=variable + colours, excerpt="Chaud.", **metas),
        item(40, "attachment", address="https://exemple.fr/a.jpg"),
        item(
            22,
            "product_variation",
            parent=12,
            attribute_pa_couleur="bleu",
            position=1,
            _regular_price="13",
            _sku="BLEU",
            _alg_ean="3017620422003",
            _manage_stock="yes",
            _stock="2",
            _thumbnail_id="41",
        ),
        item(41, "attachment", address="https://exemple.fr/b.jpg"),
        item(23, "product_variation", parent=77, _regular_price="1"),
    )
    assert draft == Draft(
        name="Pull",
        variants=(
            DraftVariant(
                where=Where(5),
                key="id:22",
                reference="BLEU",
                gtin="03017620422003",
                colour="Bleu",
                price=Decimal(13),
                stock=Decimal(2),
                sold_out=False,
            ),
            DraftVariant(
                where=Where(1), key="id:21", colour="Vert pré", price=Decimal("12.50"), sold_out=False
            ),
        ),
        key="id:12",
        description="Chaud.",
        category=("Hauts, pulls",),
        availability=Availability.AVAILABLE,
        online=True,
        pictures=("https://exemple.fr/a.jpg", "https://exemple.fr/b.jpg"),
        warnings=draft.warnings,
    )
    assert [warned.code for warned in draft.warnings] == ["imports.stock_shared"]
    assert (orphan.where, orphan.refused.code) == (Where(7), "imports.parent_missing")


@pytest.mark.parametrize(
    ("status", "online"),
    [("publish", True), ("draft", False), ("private", False), ("pending", False), ("future", False)],
)
def test_status(read: Read, status: str, online: bool) -> None:
    (draft,) = read(item(12, status=status, _regular_price="3"))
    assert draft.online is online


def test_what_is_in_the_bin_stays_there(read: Read) -> None:
    article, variation = read(
        item(12, status="trash"), item(13, "product_variation", parent=12, _regular_price="3")
    )
    assert article.refused.code == "imports.in_the_bin"
    assert variation.refused.code == "imports.parent_refused"


def test_stock_prices_and_brand(read: Read) -> None:
    to_order, old, brand, over = read(
        item(1, _regular_price="3", _stock_status="onbackorder"),
        item(2, _price="3.5"),
        item(
            3,
            _regular_price="3",
            terms=[("product_brand", "x", "Laines du Poitou"), ("pa_poids-net", "x", "500 g")],
        ),
        item(4, _regular_price="3", _sale_price="2", _sale_price_dates_to="1577836800"),
    )
    assert to_order.availability == Availability.TO_ORDER
    assert old.variants[0].price == Decimal("3.50")
    assert (brand.maker, brand.variants[0].content) == ("Laines du Poitou", 500)
    assert over.warnings == ()


def test_what_comes_before_the_break_is_read(read: Read, tmp_path: Path) -> None:
    read(item(1, _regular_price="3"), item(2, _regular_price="4"))
    path = tmp_path / "export"
    path.write_text(path.read_text().removesuffix("</channel></rss>") + "<item>")
    drafts = READER.drafts(Material(wxr=path), Choices())
    assert [next(drafts).key, next(drafts).key] == ["id:1", "id:2"]  # type: ignore[union-attr]
    with pytest.raises(Refused, match=r"imports\.xml_broken"):
        next(drafts)
    assert READER.columns(Material(wxr=path), Choices())[0].example == "Pull"


def test_a_blog_is_not_recognised(tmp_path: Path) -> None:
    path = tmp_path / "export"
    path.write_text(
        f'<rss xmlns:excerpt="e" xmlns:content="c" xmlns:wp="w"><channel>{item(1, "post")}</channel></rss>'
    )
    assert not READER.recognises(Material(wxr=path))
