# SPDX-License-Identifier: AGPL-3.0-or-later
"""WooCommerce's CSV as shops really hand it over: in their language, in any order, with what goes wrong in it."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import time_machine
from tests.integrations.woocommerce.exports import ENGLISH, FRENCH, UNKNOWN, VARIATION, codes, sizes, written

from halles.domain.catalogue.models import Availability
from halles.domain.imports.drafts import Bad, Choices, Draft, DraftVariant, Material, Meaning, Where
from halles.domain.imports.sheets import open_sheet
from halles.integrations.woocommerce.export_file import READER
from halles.kernel.units import Unit

Read = Callable[..., list[Any]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def drafts(
        *rows: dict[str, str],
        names: dict[str, str] = ENGLISH,
        choices: Choices | None = None,
        without: frozenset[str] = frozenset(),
    ) -> list[Draft | Bad]:
        material = written(tmp_path / "export", list(rows), names, set(without))
        assert READER.recognises(material)
        return list(READER.drafts(material, choices or Choices()))

    return drafts


FULL = {
    "id": "12",
    "sku": "PULL-1",
    "gtin": "3017620422003",
    "name": "Pull &amp; bonnet",
    "short": "<p>Chaud.</p>",
    "description": "<p>Laine\\nde <b>mouton</b></p>\\n\\n[vc_row]Chaud.",
    "tax_class": "tva-5-5",
    "stock": "3",
    "price": "1 234,50",
    "categories": "Vêtements, Vêtements > Hauts, Cadeaux > Noël",
    "images": "https://exemple.fr/a.jpg, https://exemple.fr/b\\,c.jpg",
    "brands": "Laines du Poitou",
    "name1": "Poids net",
    "value1": "500 g",
}


@pytest.mark.parametrize("names", [ENGLISH, FRENCH, UNKNOWN], ids=["english", "french", "unknown"])
@pytest.mark.parametrize(
    "without",
    [frozenset(), {"gtin", "low", "brands"}],
    ids=["new", "old"],
)
def test_columns_are_known_in_any_language(
    read: Read, names: dict[str, str], without: frozenset[str]
) -> None:
    by_shape = names is UNKNOWN
    (draft,) = read(FULL, names=names, without=without)
    assert draft == Draft(
        name="Pull & bonnet",
        variants=(
            DraftVariant(
                where=Where(2),
                key="id:12",
                reference="PULL-1",
                gtin=None if without else "03017620422003",
                price=Decimal("1234.50"),
                content=Decimal(500),
                content_unit="g",
                stock=Decimal(3),
                sold_out=False,
            ),
        ),
        key="id:12",
        maker=None if without or by_shape else "Laines du Poitou",
        description="Laine de mouton\n\nChaud.",
        category=("Vêtements", "Hauts"),
        vat_rate=Decimal("5.5"),
        availability=Availability.COUNTED,
        online=True,
        pictures=("https://exemple.fr/a.jpg", "https://exemple.fr/b,c.jpg"),
    )


def test_variations_come_to_their_article_from_anywhere(read: Read) -> None:
    """Before it and far after it, called by number or by reference, in the order the shop gave them."""
    rows = [
        {**VARIATION, "id": "20", "parent": "id:12", "value1": "XS", "price": "5", "position": "1"},
        {
            "id": "12",
            "type": "variable",
            "sku": "PULL",
            "price": "",
            "name1": "Taille",
            "value1": "XS, S, M, L",
        },
        {**VARIATION, "id": "21", "parent": "PULL", "value1": "M", "price": "7", "position": "3"},
        {**VARIATION, "id": "99", "parent": "id:13", "value1": "U", "price": "1"},
        {**VARIATION, "id": "22", "parent": "PULL", "value1": "S", "price": "6", "position": "2"},
        {"id": "13", "type": "variable", "name": "Gant", "price": ""},
        {**VARIATION, "id": "23", "parent": "pull", "value1": "L", "price": "8", "position": "4"},
        {**VARIATION, "id": "24", "parent": "id:77", "value1": "L", "price": "8"},
    ]
    pull, glove, orphan = read(*rows)
    assert sizes(pull) == {"XS": 2, "S": 6, "M": 4, "L": 8}
    assert [variant.price for variant in pull.variants] == [5, 6, 7, 8]
    assert [variant.key for variant in pull.variants] == ["id:20", "id:22", "id:21", "id:23"]
    assert sizes(glove) == {"U": 5}
    assert (orphan.where, orphan.refused.code, orphan.refused.details) == (
        Where(9),
        "imports.parent_missing",
        {"parent": "id:77"},
    )


def test_one_bad_variation_leaves_the_rest(read: Read) -> None:
    parent = {"id": "12", "type": "variable", "price": ""}
    ours = {**VARIATION, "parent": "id:12"}
    good, *bad = read(
        parent,
        {**ours, "value1": "S", "price": "douze"},
        {**ours, "value1": "M", "price": "12"},
        {**ours, "value1": "M", "price": "13"},
        {**ours, "value1": "L", "price": "12", "type": "variation, downloadable"},
        {**ours, "value1": "XL", "price": "12", "tax_class": "tva-55"},
    )
    assert sizes(good) == {"M": 4}
    assert {each.where.number: each.refused.code for each in bad} == {
        3: "imports.price_wrong",
        5: "imports.variant_twice",
        6: "imports.type_not_sold",
        7: "imports.vat_differs",
    }


def test_a_bad_article_takes_its_variations_along(read: Read) -> None:
    ours = {**VARIATION, "parent": "id:12", "value1": "M", "price": "12"}
    refused = read({"id": "12", "type": "variable", "name": " "}, ours)
    assert [(each.where.number, each.refused.code, each.refused.details) for each in refused] == [
        (2, "imports.name_missing", {}),
        (3, "imports.parent_refused", {"row": 2}),
    ]
    refused = read({"id": "12", "type": "variable"}, {**ours, "price": "?"}, {"type": "variable"})
    assert [(each.where.number, each.refused.code) for each in refused] == [
        (2, "imports.variants_missing"),
        (3, "imports.price_wrong"),
        (4, "imports.variants_missing"),
    ]


@pytest.mark.parametrize(
    "kind", ["grouped", "external", "simple, downloadable, virtual", "subscription", "bundle"]
)
def test_what_a_shop_cannot_hand_over(read: Read, kind: str) -> None:
    refused, virtual = read({"type": kind}, {"type": "simple, virtual"})
    assert (refused.refused.code, refused.refused.details) == ("imports.type_not_sold", {"type": kind})
    assert virtual.name == "Pull"


def test_tax_is_added_where_prices_are_without(read: Read) -> None:
    rows = [
        {"price": "9,99", "tax_class": "tva-5-5"},
        {"price": "9,99"},
        {"price": "9,99 TTC"},
        {"price": "10", "tax_status": "none"},
        {"price": "10", "tax_class": "reduced-rate"},
    ]
    known = read(*rows, choices=Choices(without_tax=True, vat_rate=Decimal(20)))
    assert [(draft.variants[0].price, draft.vat_rate) for draft in known] == [
        (Decimal("10.54"), Decimal("5.5")),
        (Decimal("11.99"), 20),
        (Decimal("9.99"), 20),
        (10, 0),
        (12, 20),
    ]
    assert codes(known[4]) == ["imports.tax_class_unknown"]
    first, second, third, *_ = read(*rows, choices=Choices(without_tax=True))
    assert first.variants[0].price == Decimal("10.54")
    assert second.refused.code == "imports.vat_needed"
    assert (third.variants[0].price, third.vat_rate) == (Decimal("9.99"), None)


@pytest.mark.parametrize(
    ("tax_class", "rate"),
    [
        ("", None), ("standard", None), ("reduced-rate", None), ("zero-rate", "0"), ("tva-20", "20"), ("5-5", "5.5"),
        ("tva-5-50", "5.5"), ("taux-10-restauration", "10"), ("tva-21", "2.1"), ("tva-2-1", "2.1"), ("tva-85", "8.5"),
        ("tva-19-6", None), ("taux-5-5-et-10", None), ("livre", None),
    ],
)  # fmt: skip
def test_a_rate_is_read_only_where_it_is_spelled(read: Read, tax_class: str, rate: str | None) -> None:
    (draft,) = read({"tax_class": tax_class})
    assert draft.vat_rate == (None if rate is None else Decimal(rate))


@time_machine.travel("2026-11-26T12:00Z", tick=False)
def test_a_lowered_price_is_said_and_left(read: Read) -> None:
    running, over, rounded, wrong = read(
        {"price": "20", "sale": "15", "ends": "2026-11-26 23:59:59"},
        {"price": "20", "sale": "15", "ends": "2026-11-25 23:59:59"},
        {"price": "19.9999"},
        {"price": "12 $"},
    )
    assert (running.variants[0].price, codes(running)) == (20, ["imports.sale_price_left"])
    assert (over.variants[0].price, codes(over)) == (20, [])
    assert (rounded.variants[0].price, codes(rounded)) == (20, ["imports.price_rounded"])
    assert wrong.refused.code == "imports.currency_wrong"


def test_the_column_says_what_a_comma_means(read: Read) -> None:
    thousand, small = read({"price": "1,234"}, {"price": "1,234.50"})
    assert (thousand.variants[0].price, small.variants[0].price) == (1234, Decimal("1234.50"))
    (ambiguous,) = read({"price": "1,234"}, choices=Choices())
    assert ambiguous.refused.code == "imports.number_ambiguous"
    (said,) = read({"price": "1,234"}, choices=Choices(decimal_mark=","))
    assert said.variants[0].price == Decimal("1.23")


@pytest.mark.parametrize(
    ("row", "availability", "stock", "sold_out", "warned"),
    [
        ({"in_stock": "1"}, Availability.AVAILABLE, None, False, []),
        ({"in_stock": "0"}, Availability.AVAILABLE, None, True, []),
        ({"in_stock": "backorder"}, Availability.TO_ORDER, None, False, []),
        ({"stock": "4"}, Availability.COUNTED, 4, False, []),
        ({"stock": "0", "in_stock": "0"}, Availability.COUNTED, 0, False, []),
        ({"stock": "4", "in_stock": "0"}, Availability.COUNTED, 4, True, []),
        ({"stock": "0", "backorders": "notify"}, Availability.TO_ORDER, 0, False, []),
        ({"stock": "-2", "backorders": "1"}, Availability.TO_ORDER, 0, False, ["imports.quantity_negative"]),
        ({"stock": "4", "backorders": "1"}, Availability.COUNTED, 4, False, ["imports.backorders_left"]),
        ({"in_stock": ""}, None, None, None, []),
    ],
)
def test_stock(
    read: Read,
    row: dict[str, str],
    availability: Availability | None,
    stock: int | None,
    sold_out: bool | None,
    warned: list[str],
) -> None:
    (draft,) = read(row)
    (variant,) = draft.variants
    assert (draft.availability, variant.stock, variant.sold_out) == (availability, stock, sold_out)
    assert codes(draft) == warned


def test_stock_of_several(read: Read) -> None:
    """One answer for the article: what it cannot say is said of each, or as a warning."""

    def article(*variations: dict[str, str]) -> Draft:
        parent = {"id": "12", "type": "variable", "stock": "9"}
        ours = {**VARIATION, "parent": "id:12", "price": "3", "in_stock": "1"}
        (draft,) = read(
            parent, *({**ours, "value1": f"T{place}", **each} for place, each in enumerate(variations))
        )
        return draft

    def stocks(draft: Draft) -> list[tuple[Decimal | None, bool | None]]:
        return [(variant.stock, variant.sold_out) for variant in draft.variants]

    mixed = article({"stock": "3"}, {}, {"stock": "0"})
    assert (mixed.availability, stocks(mixed)) == (
        Availability.AVAILABLE,
        [(3, False), (None, False), (0, True)],
    )
    some = article({"stock": "3"}, {"in_stock": "backorder"}, {"in_stock": "0"})
    assert (some.availability, stocks(some)) == (
        Availability.COUNTED,
        [(3, False), (0, False), (None, True)],
    )
    assert codes(some) == ["imports.backorders_left"]
    shared = article({"stock": "parent"}, {"stock": "parent"})
    assert (shared.availability, stocks(shared)) == (
        Availability.AVAILABLE,
        [(None, False), (None, False)],
    )
    assert codes(shared) == ["imports.stock_shared"]
    switched_off = article({"stock": "3"}, {"stock": "3", "published": "0"})
    assert stocks(switched_off) == [(3, False), (3, True)]
    assert codes(switched_off) == ["imports.variant_hidden"]


@pytest.mark.parametrize(
    ("published", "visibility", "online"),
    [
        ("1", "visible", True), ("1", "search", True), ("1", "hidden", False), ("0", "visible", False),
        ("-1", "visible", False), ("2", "visible", False), ("", "", None),
    ],
)  # fmt: skip
def test_online(read: Read, published: str, visibility: str, online: bool | None) -> None:
    (draft,) = read({"published": published, "visibility": visibility})
    assert draft.online is online


@pytest.mark.parametrize(
    ("variations", "expected"),
    [
        ([("Couleur", "Vert", "Pointure", "38"), ("Couleur", "Vert", "Pointure", "39")], [("38", ""), ("39", "")]),
        ([("Couleur", "Vert", "Taille", "S"), ("Couleur", "Bleu", "Taille", "M")], [("S", "Vert"), ("M", "Bleu")]),
        ([("Logo", "Oui", "Couleur", "Vert"), ("Logo", "Non", "Couleur", "Bleu")], [("Oui", "Vert"), ("Non", "Bleu")]),
        ([("Logo", "Oui", "Bois", "Chêne"), ("Logo", "Non", "Bois", "Pin")], [("Oui", "Chêne"), ("Non", "Pin")]),
        ([("Taille", "S", "Format", "A"), ("Taille", "M", "Format", "B")], [("S", "A"), ("M", "B")]),
        ([("Taille", "S\\, ample", "", "")], [("S, ample", "")]),
    ],
)  # fmt: skip
def test_size_and_colour(
    read: Read, variations: list[tuple[str, str, str, str]], expected: list[tuple[str, str]]
) -> None:
    keys = ("name1", "value1", "name2", "value2")
    rows = [
        {**VARIATION, "parent": "id:12", "price": "3", **dict(zip(keys, each, strict=True))}
        for each in variations
    ]
    (draft,) = read({"id": "12", "type": "variable"}, *rows)
    assert [(variant.size, variant.colour) for variant in draft.variants] == expected


def test_contents_and_units(read: Read) -> None:
    ours = {**VARIATION, "parent": "id:12", "price": "3"}
    jar, apples, shirt = read(
        {"id": "12", "type": "variable"},
        {**ours, "value1": "250 g"},
        {**ours, "value1": "1 kg"},
        {"name1": "Vendu au", "value1": "kg"},
        {"weight": "0.2", "name1": "Taille", "value1": "L"},
    )
    assert [(variant.content, variant.content_unit) for variant in jar.variants] == [(250, "g"), (1, "kg")]
    assert apples.unit == Unit.KILOGRAM
    assert (shirt.variants[0].content, shirt.unit) == (None, None)  # what a parcel weighs is no content


def test_codes_that_are_none_are_said(read: Read) -> None:
    damaged, other, wrong = read(
        {"gtin": "3,01762E+12"}, {"gtin": "12", "meta": "3017620422003"}, {"meta": "3017620422004"}
    )
    assert (damaged.variants[0].gtin, codes(damaged)) == (None, ["imports.code_damaged"])
    assert (other.variants[0].gtin, codes(other)) == ("03017620422003", [])
    assert (wrong.variants[0].gtin, codes(wrong)) == (None, ["imports.code_wrong"])


def test_descriptions_are_read_once(read: Read) -> None:
    """What shows "<b>" as text still does when the two are put together."""
    (draft,) = read({"short": "Se note &lt;b&gt;", "description": "<p>Long.</p>"})
    assert draft.description == "Se note <b>\n\nLong."


def test_hostile_cells_are_text(read: Read) -> None:
    formula, long, script = read(
        {"name": "'=cmd|'/c calc'!A1", "sku": "'-12"},
        {"description": "mot " * 5000, "categories": "Non classé"},
        {"name": "<script>x</script>Pull", "short": "<img src=x onerror=y>", "images": "javascript:x"},
    )
    assert (formula.name, formula.variants[0].reference) == ("=cmd|'/c calc'!A1", "-12")
    assert len(long.description) <= 6000
    assert long.category is None
    assert (script.name, script.description) == ("Pull", None)


def test_a_broken_file_gives_what_is_before(tmp_path: Path, read: Read) -> None:
    read({"id": "1"}, {"id": "2"})
    path = tmp_path / "export"
    cut = path.read_text().rstrip()[:-30] + ',"une description sans fin'
    path.write_text(cut)
    first, second = READER.drafts(Material({"": open_sheet(path)}), Choices())
    assert isinstance(first, Draft)
    assert isinstance(second, Bad)
    assert second.refused.code == "imports.row_cut"


def test_several_exports_of_one_shop_are_one(tmp_path: Path) -> None:
    """WooCommerce exports by type if one asks: articles in one file, variations in the other."""
    parts = {
        "a": [{"id": "12", "type": "variable", "price": ""}],
        "b": [{**VARIATION, "parent": "id:12", "value1": "M", "price": "3"}],
    }
    material = Material(
        {name: written(tmp_path / name, rows, FRENCH, set()).tables[""] for name, rows in parts.items()}
    )
    (draft,) = READER.drafts(material, Choices())
    assert [variant.where for variant in draft.variants] == [Where(2, "b")]


def test_prices_without_tax_are_told_in_the_columns(tmp_path: Path) -> None:
    material = written(tmp_path / "export", [FULL], FRENCH, set())
    columns = {column.name: column for column in READER.columns(material, Choices(without_tax=True))}
    assert columns["Tarif régulier"].meaning == Meaning.PRICE_WITHOUT_TAX
    assert columns["Tarif promo"].meaning == Meaning.IGNORED
    assert columns["Méta : _alg_ean"].meaning == Meaning.GTIN
    assert columns["UGS"].example == "PULL-1"
