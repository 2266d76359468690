# SPDX-License-Identifier: AGPL-3.0-or-later
"""What people type in cells."""

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from halles.domain.imports.values.codes import gtin, isbn
from halles.domain.imports.values.contents import content
from halles.domain.imports.values.formulas import neutral, un_neutral
from halles.domain.imports.values.numbers import RATES, Price, Stocked, decimal_mark, price, quantity, vat
from halles.domain.imports.values.texts import escape_lines, plain_text, unescape_lines
from halles.domain.imports.values.words import addresses, levels, several, yes_no
from halles.kernel.errors import Refused
from halles.kernel.units import Unit


def refusal(function: Callable[..., Any], *args: Any, **kwargs: Any) -> str:
    with pytest.raises(Refused) as refused:
        function(*args, **kwargs)
    return refused.value.code


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("12", "12"),
        ("12.5", "12.50"),
        ("1 234,50 €", "1234.50"),
        ("1\u202f234,50\u00a0€", "1234.50"),
        ("12€50", "12.50"),
        ("12 € 50", "12.50"),
        ("1.299,00 EUR", "1299"),
        ("1,299.00", "1299"),
        ("1'299.00", "1299"),
        ("1.234.567", "1234567"),
        ("€ 12", "12"),
        ("12,-", "12"),
        ("12 euros", "12"),
        ("0,125", "0.13"),
        (",5", "0.50"),
        ("'4,20", "4.20"),
        ("0", "0"),
    ],
)
def test_prices(typed: str, amount: str) -> None:
    assert price(typed).amount == Decimal(amount)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("12 € HT", Price(Decimal(12), tax_excluded=True)),
        ("12,50 (hors taxe)", Price(Decimal("12.5"), tax_excluded=True)),
        ("12,50 € TTC/kg", Price(Decimal("12.5"), tax_excluded=False, per=Unit.KILOGRAM)),
        ("3,20 le kg", Price(Decimal("3.2"), per=Unit.KILOGRAM)),
        ("2 € l'unité", Price(Decimal(2), per=Unit.PIECE)),
        ("4,2654 HT", Price(Decimal("4.2654"), tax_excluded=True)),
    ],
)
def test_what_is_said_of_tax_and_unit(typed: str, read: Price) -> None:
    assert price(typed) == read


def test_a_price_finer_than_a_cent_is_rounded_and_said() -> None:
    assert (price("0,265").amount, price("0,265").was_rounded) == (Decimal("0.27"), True)
    assert not price("4,20").was_rounded


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "cell_empty"),
        ("1,234", "number_ambiguous"),
        ("12€5", "price_wrong"),
        ("12 34", "price_wrong"),
        ("12,50 12,60", "price_wrong"),
        ("1,2E+03", "price_wrong"),
        ("sur devis", "price_wrong"),
        ("€", "price_wrong"),
        ("１２", "price_wrong"),
        ("9" * 500, "price_wrong"),
        ("$12", "currency_wrong"),
        ("12 CHF", "currency_wrong"),
        ("-3,00 €", "price_negative"),
        ("99999999", "price_too_high"),
    ],
)
def test_prices_that_are_none(typed: str, code: str) -> None:
    assert refusal(price, typed) == f"imports.{code}"


@pytest.mark.parametrize(
    ("samples", "mark"),
    [
        (["1,234", "12,5"], ","),
        (["1,234", "1 200.50 €"], "."),
        (["1,234", "1,234,567"], "."),
        (["1.234,50", ""], ","),
        (["0,125 €"], ","),
        (["1,234", "12", "pain"], None),
        (["1,5", "1.5"], None),
    ],
)
def test_the_column_decides_what_a_comma_means(samples: list[str], mark: str | None) -> None:
    assert decimal_mark(samples) == mark


def test_a_mark_settles_only_what_is_ambiguous() -> None:
    assert [price("1,234", mark).exact for mark in ",."] == [Decimal("1.234"), Decimal(1234)]
    assert price("12,50", ".").amount == Decimal("12.50")


AMOUNTS = st.decimals(min_value=0, max_value=9_999_999, places=2)
WAYS: dict[str, Callable[[Decimal], str]] = {
    "French": lambda amount: f"{amount:,.2f}".replace(",", "\u202f").replace(".", ",") + "\u00a0€",
    "English": lambda amount: f"€{amount:,.2f}",
    "German": lambda amount: f"{amount:,.2f} EUR".translate(str.maketrans(",.", ".,")),
    "Swiss": lambda amount: f"{amount:,.2f}".replace(",", "’"),
    "plain": str,
}


@given(amount=AMOUNTS, way=st.sampled_from(sorted(WAYS)))
def test_amounts_come_back_however_they_are_written(amount: Decimal, way: str) -> None:
    written = WAYS[way](amount)
    assert price(written).amount == amount
    assert decimal_mark([written]) == ("," if way in {"French", "German"} else ".")


@pytest.mark.parametrize(
    ("typed", "rate"),
    [
        ("5.5", "5.5"),
        ("0.055", "5.5"),
        ("5,5 %", "5.5"),
        ("5,500", "5.5"),
        ("TVA 20", "20"),
        ("TVA20", "20"),
        ("20% G", "20"),
        ("0.2", "20"),
        ("0,021", "2.1"),
        ("0", "0"),
        ("0,00 %", "0"),
    ],
)
def test_rates(typed: str, rate: str) -> None:
    assert vat(typed) == Decimal(rate)
    assert vat(typed) in RATES


@pytest.mark.parametrize(
    "typed", ["taux réduit", "19.6", "1.2", "0,2 %", "20% et 10%", ",", "-20", "reduced-rate"]
)
def test_rates_that_are_none(typed: str) -> None:
    assert refusal(vat, typed) == "imports.vat_unknown"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("12", Decimal(12)),
        ("12,5", Decimal("12.5")),
        ("1 200", Decimal(1200)),
        ("800.0000", Decimal(800)),
        ("12 pièces", Decimal(12)),
        ("En stock", Stocked.HERE),
        ("instock", Stocked.HERE),
        ("oui", Stocked.HERE),
        ("Épuisé", Stocked.GONE),
        ("onbackorder", Stocked.TO_ORDER),
    ],
)
def test_quantities(typed: str, read: Decimal | Stocked) -> None:
    assert quantity(typed) == read


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("-3", "quantity_negative"),
        ("beaucoup", "quantity_wrong"),
        ("1,5005", "quantity_wrong"),
        ("12 kg", "quantity_wrong"),
        ("1,500", "number_ambiguous"),
        (" ", "cell_empty"),
    ],
)
def test_quantities_that_are_none(typed: str, code: str) -> None:
    assert refusal(quantity, typed) == f"imports.{code}"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("3017620422003", "03017620422003"),
        ("978-2-07-036822-8", "09782070368228"),
        ("'9782070368228", "09782070368228"),
        ('="9782070368228"', "09782070368228"),
        ("9782070368228.0", "09782070368228"),
        ("0439023483", "09780439023481"),  # ISBN-10
        ("080442957X", "09780804429573"),
        ("96385074", "00000096385074"),
        ("036000291452", "00036000291452"),
        ("", ""),
    ],
)
def test_codes(typed: str, code: str) -> None:
    assert gtin(typed) == code


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("1,76701E+15", "code_damaged"),
        ("9.78043902348e+12", "code_damaged"),
        ("9780440000000", "code_damaged"),
        ("9782070368229", "code_wrong"),
        ("abc", "code_wrong"),
        ("0000000000000", "code_wrong"),
        ("9782070368228 9782070368228", "code_wrong"),
        ("439023483", "code_short"),
        ("36000291452", "code_short"),
    ],
)
def test_codes_that_are_none(typed: str, code: str) -> None:
    assert refusal(gtin, typed) == f"imports.{code}"


def test_zeros_that_a_spreadsheet_ate_come_back_only_when_allowed_and_certain() -> None:
    assert gtin("439023483", restore_zeros=True) == "09780439023481"
    assert gtin("36000291452", restore_zeros=True) == "00036000291452"
    assert refusal(gtin, "36000291453", restore_zeros=True) == "imports.code_wrong"
    assert refusal(gtin, "100000061", restore_zeros=True) == "imports.code_ambiguous"  # an ISBN and an EAN


def test_where_only_books_stand_a_short_number_is_one_thing() -> None:
    assert isbn("978-2-07-036822-8") == "09782070368228"
    assert isbn("100000061", restore_zeros=True) == "09780100000063"
    assert isbn("61122416", restore_zeros=True) == "09780061122415"
    assert refusal(isbn, "3017620422003") == "imports.code_wrong"
    assert refusal(isbn, "439023483") == "imports.code_short"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("500 g", ("500", "g")),
        ("0,75 L", ("0.75", "l")),
        ("75cl", ("75", "cl")),
        ("1 dl", ("10", "cl")),
        ("6 x 25 cl", ("150", "cl")),
        ("4 * 125 g", ("500", "g")),
        ("1,5 litres", ("1.5", "l")),
        ("environ 500 g", ("500", "g")),
        ("1 kg e", ("1", "kg")),
        ("kg", ("1", "kg")),
    ],
)
def test_contents(typed: str, read: tuple[str, str]) -> None:
    assert content(typed) == (Decimal(read[0]), read[1])


@pytest.mark.parametrize("typed", ["500", "10 mg", "2 x", "500 g (2 x 250 g)", "8 oz", "0 g", "12 pièces"])
def test_contents_that_are_none(typed: str) -> None:
    assert refusal(content, typed) == "imports.content_wrong"


def test_words_of_consent() -> None:
    assert all(map(yes_no, ["oui", "Vrai", "1", "TRUE", "publish", "Visible", "x", "✓"]))
    assert not any(map(yes_no, ["non", "FAUX", "0", "draft", "Masqué", "-1"]))
    assert refusal(yes_no, "peut-être") == "imports.yes_no_wrong"
    assert refusal(yes_no, "") == "imports.cell_empty"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("Un pain", "Un pain"),
        ("Première ligne\r\nseconde\n\n\n\nfin ", "Première ligne\nseconde\n\nfin"),
        ("1 < 2 & 3 > 2", "1 < 2 & 3 > 2"),
        ("<p>Un <b>bon</b>\npain.</p><p>Bio &amp; local</p>", "Un bon pain.\n\nBio & local"),
        (
            "Farines :<ul><li>blé</li><li>seigle</li></ul>Et du sel",
            "Farines :\n\n– blé\n– seigle\n\nEt du sel",
        ),
        ("Un<br />\ndeux<BR>trois", "Un\ndeux\ntrois"),
        ("Texte <em>de</em> WordPress\n\nsans paragraphe", "Texte de WordPress\n\nsans paragraphe"),
        ("<style>p{}</style>a<SCRIPT>alert(1)</script >b<!-- c -->d<script>e", "abd"),
        ("<table><tr><td>Poids</td><td>1 kg</td></tr></table>", "Poids 1 kg"),
        ("é\u202e\x00\u200b\ufeff&nbsp;fin", "é fin"),
        ("&lt;b&gt;", "<b>"),  # text, escaped where it is shown
    ],
)
def test_descriptions(html: str, text: str) -> None:
    assert plain_text(html) == text


def test_a_long_description_ends_at_a_word() -> None:
    assert plain_text("<p>" + "pain " * 50 + "</p>", 12) == "pain pain…"
    assert len(plain_text("x" * 50_000)) == 6000


def test_lists_within_a_cell() -> None:
    assert several(r"Pain\, lait, Œufs | a, , a") == ["Pain, lait", "Œufs", "a"]
    assert several("Vêtements > Hauts, Promo", ",") == ["Vêtements > Hauts", "Promo"]
    assert several("C:\\a, b\\") == ["C:\\a", "b\\"]
    assert levels("Vêtements > Hauts") == ["Vêtements", "Hauts"]
    assert levels("All / Saleable", "/") == ["All", "Saleable"]
    assert addresses(
        "https://a.example/b,c.jpg, https://a.example/d.jpg,https://a.example/e.jpg|f g.jpg"
    ) == [
        "https://a.example/b,c.jpg",
        "https://a.example/d.jpg",
        "https://a.example/e.jpg",
        "f g.jpg",
    ]


def test_lines_as_woocommerce_writes_them() -> None:
    assert unescape_lines(r"Un\ndeux\\n") == "Un\ndeux\\n"
    assert escape_lines("Un\ndeux\\n") == r"Un\ndeux\\n"


@pytest.mark.parametrize(
    "cell", ["=cmd|' /C calc'!A0", "+1+cmd", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1", "'=1", "-"]
)
def test_formulas_are_made_harmless(cell: str) -> None:
    assert neutral(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["-12,50", "+33 5 49 00 00 00", "-5 %", "l'ail", "'ail", "Pain", ""])
def test_numbers_and_words_stay_as_they_are(cell: str) -> None:
    assert neutral(cell) == cell
    assert un_neutral(cell) == cell


@given(st.text() | st.text(alphabet="'=+-@\t\r1a"))
def test_what_is_made_harmless_comes_back(cell: str) -> None:
    assert un_neutral(neutral(cell)) == cell
    assert not neutral(cell).startswith(("=", "@", "\t", "\r"))


READERS: tuple[Callable[[str], Any], ...] = (
    price, vat, quantity, gtin, content, yes_no, plain_text, several, levels, addresses, neutral, un_neutral,
    unescape_lines, lambda text: decimal_mark([text]), lambda text: gtin(text, restore_zeros=True),
    lambda text: isbn(text, restore_zeros=True),
    lambda text: price(text, ","), lambda text: content(text, "."),
)  # fmt: skip


def only_values_or_refusals(text: str) -> None:
    for read in READERS:
        try:
            read(text)
        except Refused as refused:
            assert refused.code.startswith("imports.")


@given(st.text() | st.text(alphabet="0123456789 .,'’-+€%eExXkglHTC<>&/\\=\"\n\u202f٣²Ⅷ", max_size=20))
def test_no_text_is_too_much(text: str) -> None:
    only_values_or_refusals(text)


@pytest.mark.corpus
def test_hostile_words_in_cells(real_input: Path) -> None:
    for words in json.loads((real_input / "bad-input" / "blns.json").read_text()):
        only_values_or_refusals(words)
        assert un_neutral(neutral(words)) == words
