# SPDX-License-Identifier: AGPL-3.0-or-later
"""Amounts, quantities and moments as a reader of each language writes them."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.utils import translation

from halles.doors.ui import formats

MONDAY = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("amount", "french", "english"),
    [
        ("6.2", "6,20\u202f€", "€6.20"),
        ("0", "0,00\u202f€", "€0.00"),
        ("1234.5", "1\u202f234,50\u202f€", "€1,234.50"),
        ("-3", "-3,00\u202f€", "-€3.00"),
    ],
)
def test_money(amount: str, french: str, english: str) -> None:
    with translation.override("fr"):
        assert formats.money(Decimal(amount)) == french
    with translation.override("en"):
        assert formats.money(Decimal(amount)) == english


def test_no_amount_is_no_text() -> None:
    for write in (formats.money, formats.quantity, formats.day, formats.time_of_day, formats.moment):
        assert write(None) == ""


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        ("2", "piece", "2"),
        ("2.000", "piece", "2"),
        ("100", "piece", "100"),
        ("0.250", "kg", "250\xa0g"),
        ("1.500", "kg", "1,5\xa0kg"),
        ("0.75", "litre", "75\xa0cl"),
        ("2", "bunch", "2\xa0bottes"),
        ("1", "bunch", "1\xa0botte"),
        ("0.4", "metre", "40\xa0cm"),
        ("1.5", "hour", "1\xa0h\xa030"),
        ("0.25", "hour", "15\xa0min"),
        ("2", "hour", "2\xa0h"),
        ("500", "g", "500\xa0g"),
        ("0", "kg", "0\xa0kg"),
    ],
)
def test_quantity(value: str, unit: str, words: str) -> None:
    with translation.override("fr"):
        assert formats.quantity(Decimal(value), unit) == words


def test_price_of_a_unit() -> None:
    with translation.override("fr"):
        assert formats.per_unit(Decimal("24.8"), "kg") == "24,80\u202f€ le kg"


@pytest.mark.parametrize(
    ("date", "style", "words"),
    [
        (dt.date(2026, 11, 22), "", "hier"),
        (dt.date(2026, 11, 23), "", "aujourd'hui"),
        (dt.date(2026, 11, 24), "short", "demain"),
        (dt.date(2026, 11, 24), "date", "mardi 24 novembre"),
        (dt.date(2026, 11, 28), "", "samedi 28 novembre"),
        (dt.date(2026, 11, 28), "short", "sam. 28 nov."),
        (dt.date(2026, 11, 28), "chip", "sam. 28"),
        (dt.date(2026, 12, 1), "", "mardi 1er décembre"),
        (dt.date(2028, 2, 3), "", "jeudi 3 février 2028"),
        (dt.datetime(2026, 11, 23, 23, 30, tzinfo=dt.UTC), "", "demain"),
    ],
)
def test_day(date: dt.date, style: str, words: str) -> None:
    with translation.override("fr"), time_machine.travel(MONDAY, tick=False):
        assert formats.day(date, style) == words


def test_time_and_moment() -> None:
    evening = dt.datetime(2026, 11, 23, 17, 30, tzinfo=dt.UTC)
    with translation.override("fr"), time_machine.travel(MONDAY, tick=False):
        assert formats.time_of_day(dt.time(18, 30)) == "18\xa0h\xa030"
        assert formats.time_of_day(dt.time(18)) == "18\xa0h"
        assert formats.moment(evening) == "aujourd'hui à 18\xa0h\xa030"
    with translation.override("en"):
        assert formats.time_of_day(dt.time(18, 5)) == "18:05"
