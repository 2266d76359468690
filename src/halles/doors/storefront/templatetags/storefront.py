# SPDX-License-Identifier: AGPL-3.0-or-later
"""What only this door's templates need to write: numbers as people read them, days of a week."""

import datetime as dt

from babel.dates import get_day_names
from django import template

from halles.doors.ui.formats import locale
from halles.kernel.contact import show_phone

register = template.Library()

register.filter("phone", show_phone)


@register.filter
def siret(number: str) -> str:
    """12345678900012 -> "123 456 789 00012"."""
    return f"{number[:3]} {number[3:6]} {number[6:9]} {number[9:]}" if len(number) == 14 else number


@register.filter
def weekday(number: int) -> str:
    """0 -> "lundi"."""
    return str(get_day_names("wide", locale=locale())[number])


@register.filter
def iso(value: dt.date | dt.datetime | dt.time | None) -> str:
    """As a form sends it back."""
    return value.isoformat() if value else ""
