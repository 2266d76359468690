# SPDX-License-Identifier: AGPL-3.0-or-later
"""Amounts, quantities and moments in the reader's way: what letters and pages alike say."""

import datetime as dt
import re
from decimal import Decimal
from functools import lru_cache

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal
from django.utils import timezone
from django.utils.translation import get_language, gettext, gettext_lazy, ngettext

NARROW_SPACE = "\u202f"  # before €, kg, h: French sets a space there, and it must never break a line
# Below one whole unit people count in the smaller one.
SMALLER = {"kg": ("g", 1000), "litre": ("cl", 100), "l": ("cl", 100), "metre": ("cm", 100)}
SYMBOLS = {"kg": "kg", "g": "g", "litre": "l", "l": "l", "cl": "cl", "ml": "ml", "metre": "m"}


def locale() -> Locale:
    """The locale of the active language."""
    return _locale(get_language() or "fr")


@lru_cache(maxsize=8)
def _locale(language: str) -> Locale:
    return Locale.parse(language.split("-")[0])


def number(value: Decimal) -> str:
    """1.500 -> "1,5"."""
    return _number(value.normalize(), locale())


@lru_cache(maxsize=4096)  # so are the same few quantities
def _number(value: Decimal, where: Locale) -> str:
    return str(format_decimal(value, locale=where, decimal_quantization=False))


def money(amount: Decimal | int | None, currency: str = "EUR") -> str:
    """6.2 -> "6,20 €" in French, "€6.20" in English; nothing for no amount."""
    return "" if amount is None else _money(Decimal(amount), currency, locale())


@lru_cache(maxsize=4096)  # the same few prices stand on every page
def _money(amount: Decimal, currency: str, where: Locale) -> str:
    return str(format_currency(amount, currency, locale=where)).replace("\xa0", NARROW_SPACE)


def siret(number: str) -> str:
    """12345678900012 -> "123 456 789 00012"."""
    return f"{number[:3]} {number[3:6]} {number[6:9]} {number[9:]}" if len(number) == 14 else number


UNIT_WORDS = {
    "piece": gettext_lazy("la pièce"),
    "kg": gettext_lazy("le kg"),
    "litre": gettext_lazy("le litre"),
    "l": gettext_lazy("le litre"),
    "bunch": gettext_lazy("la botte"),
    "metre": gettext_lazy("le mètre"),
    "hour": gettext_lazy("l'heure"),
}


def unit_word(unit: str) -> str:
    """What follows a price: "le kg", "la botte"."""
    return str(UNIT_WORDS.get(unit, unit))


def per_unit(amount: Decimal | None, unit: str) -> str:
    """24.8, "kg" -> "24,80 € le kg"; of a piece it is the price alone."""
    if amount is None:
        return ""
    return money(amount) if unit == "piece" else f"{money(amount)} {unit_word(unit)}"


def quantity(value: Decimal | int | None, unit: str = "piece") -> str:
    """0.25, "kg" -> "250 g"; 1.5, "kg" -> "1,5 kg"; 2 -> "2"; 2, "bunch" -> "2 bottes"."""
    if value is None:
        return ""
    value = Decimal(value)
    if unit == "hour":
        return _duration(value)
    if unit == "bunch":
        words = ngettext("%(number)s botte", "%(number)s bottes", int(value)) % {"number": number(value)}
        return words.replace(" ", "\xa0")
    if unit in SMALLER and 0 < abs(value) < 1:
        smaller, factor = SMALLER[unit]
        return f"{number(value * factor)}\xa0{smaller}"
    symbol = SYMBOLS.get(unit, "")
    return f"{number(value)}\xa0{symbol}" if symbol else number(value)


def how_many(value: Decimal | int | None, unit: str = "piece") -> str:
    """What stands before a name in a list: 2 -> "2 ×"; 0.25, "kg" -> "250 g ·"."""
    return f"{quantity(value, unit)}\xa0{'×' if unit == 'piece' else '·'}"


def _duration(hours: Decimal) -> str:
    """1.5 -> "1 h 30"; 0.25 -> "15 min"."""
    whole, minutes = divmod(round(hours * 60), 60)
    if not whole:
        return f"{minutes}\xa0min"
    return f"{whole}\xa0h\xa0{minutes:02}" if minutes else f"{whole}\xa0h"


def length(minutes: int) -> str:
    """How long something takes: "45 min", "1 h 30", "3 jours"."""
    days, rest = divmod(minutes, 24 * 60)
    if days > 1 and not rest:
        return gettext("%(n)s jours") % {"n": days}
    return _duration(Decimal(minutes) / 60)


def local_date(value: dt.date | dt.datetime) -> dt.date:
    """The day on which something is, here."""
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


def day(value: dt.date | dt.datetime | None, style: str = "") -> str:
    """A day in words: "aujourd'hui", "demain", "samedi 28 novembre".

    `style`: "short" ("sam. 28 nov."), "chip" ("sam. 28"), "date" for what is read later
    than it is written (never "demain").
    """
    if value is None:
        return ""
    return _day(local_date(value), timezone.localdate(), style, locale())


@lru_cache(maxsize=512)
def _day(date: dt.date, today: dt.date, style: str, where: Locale) -> str:
    distance = (date - today).days
    near = {-1: gettext("hier"), 0: gettext("aujourd'hui"), 1: gettext("demain")}
    if style != "date" and distance in near:
        return near[distance]
    pattern = {"short": "EEE d MMM", "chip": "EEE d"}.get(style, "EEEE d MMMM")
    if abs(distance) > 180 and date.year != today.year:
        pattern += " y"
    words = format_date(date, pattern, locale=where)
    if date.day == 1 and where.language == "fr":
        words = re.sub(r"\b1\b", "1er", words, count=1)
    return words


def time_of_day(value: dt.time | dt.datetime | None) -> str:
    """18:30 -> "18 h 30" in French, "18:30" in English."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        value = timezone.localtime(value) if timezone.is_aware(value) else value
    if locale().language != "fr":
        return f"{value:%H:%M}"
    return f"{value.hour}\xa0h\xa0{value.minute:02}" if value.minute else f"{value.hour}\xa0h"


def moment(value: dt.datetime | None, style: str = "") -> str:
    """A day and an hour: "aujourd'hui à 18 h 30"."""
    if value is None:
        return ""
    return gettext("%(day)s à %(time)s") % {"day": day(value, style), "time": time_of_day(value)}
