# SPDX-License-Identifier: AGPL-3.0-or-later
"""Numbers, names and contacts."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from halles.kernel.contact import clean_email, clean_phone, clean_postal_code, show_phone
from halles.kernel.errors import Refused
from halles.kernel.gtin import parse_gtin, show_gtin
from halles.kernel.identifiers import CODE_ALPHABET, clean_spoken_code, fold, slug, spoken_code, uuid7
from halles.kernel.numbers import MoneyField, QuantityField, line_total
from halles.kernel.text import one_line
from halles.kernel.units import Unit, is_step


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_money_comes_back_from_the_database_as_it_went_in(amount: Decimal) -> None:
    field = MoneyField()
    stored = field.get_prep_value(amount)
    assert isinstance(stored, int)
    assert field.from_db_value(stored) == amount


def test_an_amount_finer_than_the_field_is_refused_rather_than_rounded_in_silence() -> None:
    with pytest.raises(ValueError, match="finer"):
        MoneyField().get_prep_value(Decimal("0.005"))
    with pytest.raises(ValueError, match="finer"):
        QuantityField().get_prep_value(Decimal("0.0005"))


@pytest.mark.parametrize(
    ("price", "quantity", "total"),
    [("24.90", "0.250", "6.23"), ("0.33", "3", "0.99"), ("12.35", "0.1", "1.24"), ("19.99", "0", "0.00")],
)
def test_a_line_is_rounded_half_up_once(price: str, quantity: str, total: str) -> None:
    assert line_total(Decimal(price), Decimal(quantity)) == Decimal(total)


def test_names_are_ordered_by_time_and_unlike() -> None:
    made = [uuid7() for _ in range(1000)]
    assert len(set(made)) == 1000
    assert all(name.version == 7 and name.variant == "specified in RFC 4122" for name in made)
    assert [n.int >> 80 for n in made] == sorted(n.int >> 80 for n in made)


def test_a_code_said_aloud_is_understood_however_it_is_typed() -> None:
    code = spoken_code()
    assert clean_spoken_code(f" {code.lower().replace('-', ' ')} ") == code
    assert set(code) <= set(CODE_ALPHABET + "-")


@given(st.text(max_size=80))
def test_every_name_makes_an_address(name: str) -> None:
    made = slug(name, lambda s: s == "article", fallback="article")
    assert made
    assert made.isascii()
    assert made != "article"


def test_folding_forgets_what_a_search_forgets() -> None:
    assert fold("Œufs  FRAIS de l’été à Ÿ") == "oeufs frais de l'ete a y"


@pytest.mark.parametrize(
    ("typed", "clean"),
    [
        ("05 36 49 12 34", "+33536491234"),
        ("0033 5.36.49.12.34", "+33536491234"),
        ("+32 2 123 45 67", "+3221234567"),
    ],
)
def test_telephones_take_one_form(typed: str, clean: str) -> None:
    assert clean_phone(typed) == clean


@pytest.mark.parametrize("typed", ["123", "05 36 49 12", "+33 0 1 2", "téléphone", "+33536491234567"])
def test_what_is_no_telephone_is_refused(typed: str) -> None:
    with pytest.raises(Refused, match="phone_wrong"):
        clean_phone(typed)


def test_telephones_are_shown_as_they_are_read_aloud() -> None:
    assert show_phone("+33536491234") == "05 36 49 12 34"


@pytest.mark.parametrize("typed", ["86000", " 86 000", "97400", "2A004".replace("2A", "20")])
def test_postal_codes(typed: str) -> None:
    assert len(clean_postal_code(typed)) == 5


@pytest.mark.parametrize("typed", ["8600", "86000X", "00100", "99999", "", "８６０００"])
def test_what_is_no_postal_code_is_refused(typed: str) -> None:
    with pytest.raises(Refused, match="postal_code_wrong"):
        clean_postal_code(typed)


def test_an_address_is_kept_in_lower_case_and_checked() -> None:
    assert clean_email(" Cliente.12@Example.ORG ") == "cliente.12@example.org"
    with pytest.raises(Refused, match="email_wrong"):
        clean_email("cliente@")


@pytest.mark.parametrize(
    ("typed", "kept", "shown"),
    [
        ("978-2-07-036822-8", "09782070368228", "9782070368228"),
        ("96385074", "00000096385074", "96385074"),
        ("", "", ""),
    ],
)
def test_article_numbers_are_kept_as_fourteen_digits(typed: str, kept: str, shown: str) -> None:
    assert parse_gtin(typed) == kept
    if kept:
        assert show_gtin(kept) == shown


@pytest.mark.parametrize("typed", ["9782070368229", "1,76701E+15", "12345", "abc"])
def test_damaged_article_numbers_are_refused_never_guessed(typed: str) -> None:
    with pytest.raises(Refused, match=r"gtin\.wrong"):
        parse_gtin(typed)


def test_cheese_goes_by_fifty_grams_and_books_by_one() -> None:
    assert is_step(Decimal("0.250"), Unit.KILOGRAM)
    assert not is_step(Decimal("0.260"), Unit.KILOGRAM)
    assert not is_step(Decimal("1.5"), Unit.PIECE)
    assert not is_step(Decimal(0), Unit.PIECE)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Cliente \n 12 ", "Cliente 12"),
        ("\u202eabc", "abc"),
        ("\u200b\u200b", ""),
        ("a\x00b", "a b"),
        ("👩\u200d🍳", "👩\u200d🍳"),
        ("é" * 100, "é" * 80),
    ],
)
def test_a_name_is_one_line_of_visible_signs(typed: str, kept: str) -> None:
    assert one_line(typed, 80) == kept
