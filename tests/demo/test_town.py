# SPDX-License-Identifier: AGPL-3.0-or-later
"""The demonstration town holds together: facts are coherent and every drawing can be painted."""

import io
import re
import tomllib
import unicodedata
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from stdnum.fr import siret

from halles.demo.drawings import MOTIFS, picture, render, trade_svg
from halles.domain.catalogue.models import Availability, Kind
from halles.domain.catalogue.rules import ALLERGENS, VAT_RATES
from halles.kernel.units import Unit

TOWN = Path(__file__).parents[2] / "src/halles/demo/town"
MARKET = tomllib.loads((TOWN / "market.toml").read_text())
SHOPS = [tomllib.loads(path.read_text()) for path in sorted((TOWN / "shops").glob("*.toml"))]
PRODUCTS = [(shop["slug"], product) for shop in SHOPS for product in shop["product"]]
DRAWINGS = [(product["name"], drawing) for _, product in PRODUCTS for drawing in product["drawings"]]

TRADES = {
    "epicerie",
    "librairie",
    "mode",
    "musee",
    "artisanat",
    "boulangerie",
    "fromagerie",
    "caviste",
    "fleuriste",
    "primeur",
}
NUMBER_OF = {"counted": "stock", "daily": "daily", "to_order": "delay_days"}
GENERIC_VIEWS = {"one", "pair", "group", "close", "crate"}


def slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.replace("œ", "oe")).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def gtin_is_valid(code: str) -> bool:
    return (
        code.isdigit()
        and len(code) == 13
        and sum(int(c) * (3 if i % 2 else 1) for i, c in enumerate(code)) % 10 == 0
    )


def contrast_with_white(colour: str) -> float:
    def linear(channel: int) -> float:
        share = channel / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(int(colour[i : i + 2], 16)) for i in (1, 3, 5))
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def test_market_has_its_communes_and_a_tree_of_two_levels() -> None:
    slugs = [category["slug"] for category in MARKET["category"]]
    assert len(slugs) == len(set(slugs))
    tops = {category["slug"] for category in MARKET["category"] if "parent" not in category}
    assert all(category["parent"] in tops for category in MARKET["category"] if "parent" in category)
    assert all(category["name"] and category["name_en"] for category in MARKET["category"])
    assert {"Poitiers", "Buxerolles", "Saint-Benoît"} <= {commune["name"] for commune in MARKET["communes"]}
    assert all(commune["postal_code"].startswith("86") for commune in MARKET["communes"])


def test_the_town_is_large_and_varied_enough() -> None:
    assert len(PRODUCTS) >= 300
    assert len({shop["trade"] for shop in SHOPS}) >= 6
    assert sum("isbn" in product for _, product in PRODUCTS) >= 50
    assert sum(len(product["drawings"]) == 3 for _, product in PRODUCTS) >= 40


@pytest.mark.parametrize("shop", SHOPS, ids=lambda shop: shop["slug"])
def test_shop_is_complete(shop: dict[str, Any]) -> None:
    assert shop["trade"] in TRADES
    assert re.fullmatch(r"05 36 49 \d\d \d\d", shop["phone"]), "a number kept for fiction"
    assert shop["email"] == f"{shop['slug']}@example.org"
    assert len(shop["siret"]) == 14 and shop["siret"].startswith("000") and siret.is_valid(shop["siret"])
    assert contrast_with_white(shop["colour"]) >= 4.5
    assert shop["vat_regime"] in {"real", "franchise"}
    assert shop["city"] in {commune["name"] for commune in MARKET["communes"]}
    assert abs(shop["lat"] - MARKET["lat"]) < 0.1 and abs(shop["lon"] - MARKET["lon"]) < 0.1
    for span in [*shop["hours"], *shop.get("stall", {}).get("hours", [])]:
        assert re.fullmatch(r"(lun|mar|mer|jeu|ven|sam|dim)(-(lun|mar|mer|jeu|ven|sam|dim))?", span["days"])
        assert "00:00" <= span["opens"] < span["closes"] <= "24:00"
    names = Counter(slug(product["name"]) for product in shop["product"])
    assert max(names.values()) == 1, names.most_common(2)


@pytest.mark.parametrize("shop", SHOPS, ids=lambda shop: shop["slug"])
def test_products_are_coherent(shop: dict[str, Any]) -> None:
    categories = {category["slug"] for category in MARKET["category"]}
    for product in shop["product"]:
        name = product["name"]
        assert product["category"] in categories, name
        assert Decimal(product["price"]) > 0 or product["kind"] == Kind.SERVICE, name
        assert re.fullmatch(r"\d+\.\d\d", product["price"]), name
        assert Decimal(product["vat"]) in VAT_RATES, name
        assert product["kind"] in set(Kind), name
        assert product["unit"] in set(Unit), name
        assert product["availability"] in set(Availability), name
        wanted = NUMBER_OF.get(product["availability"])
        assert wanted is None or isinstance(product[wanted], int), name
        assert set(product.get("allergens", ())) <= set(ALLERGENS), name
        assert all(gtin_is_valid(product[code]) for code in ("gtin", "isbn") if code in product), name
        assert len(product["description"]) > 20, name
        assert 1 <= len(product["drawings"]) <= 3, name
        if "variants" in product:
            assert product["stock"] == sum(variant["stock"] for variant in product["variants"]), name
            shapes = [(variant.get("size"), variant.get("colour")) for variant in product["variants"]]
            assert len(shapes) == len(set(shapes)), name


def test_codes_are_given_once() -> None:
    codes = [product[code] for _, product in PRODUCTS for code in ("gtin", "isbn") if code in product]
    assert len(codes) == len(set(codes))


def test_every_drawing_names_a_known_motif_and_view() -> None:
    for _, drawing in DRAWINGS:
        assert drawing.get("view", "one") in MOTIFS[drawing["kind"]].views | GENERIC_VIEWS, drawing


@pytest.mark.parametrize("kind", sorted(MOTIFS))
def test_motif_is_painted_and_for_another_article_otherwise(kind: str) -> None:
    name, drawing = next((pair for pair in DRAWINGS if pair[1]["kind"] == kind), (kind, {"kind": kind}))
    painted, other = (render({"seed": seed, **drawing}, size=60) for seed in (slug(name), f"{slug(name)}-2"))
    assert painted != other
    image = Image.open(io.BytesIO(painted))
    assert image.size == (60, 60)
    assert len(image.convert("RGB").getcolors(maxcolors=60 * 60) or ()) > 40, "an empty picture"


def test_a_drawing_is_always_the_same() -> None:
    name, drawing = DRAWINGS[0]
    assert picture({"seed": name, **drawing}) == picture({"seed": name, **drawing})


@pytest.mark.parametrize("trade", sorted(TRADES))
def test_every_trade_has_its_line_drawing(trade: str) -> None:
    assert trade_svg(trade).startswith("<svg") and "currentColor" in trade_svg(trade)
