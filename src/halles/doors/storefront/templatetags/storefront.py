# SPDX-License-Identifier: AGPL-3.0-or-later
"""What only this door's templates need to write: numbers as people read them, days of a week."""

import datetime as dt
from collections.abc import Iterable

from babel.dates import get_day_names
from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString

from halles.doors.storefront.shelf import Card
from halles.doors.storefront.ways import Moment
from halles.doors.ui.cards import product_card
from halles.doors.ui.formats import locale, time_of_day
from halles.doors.ui.markup import NOTHING, markup

register = template.Library()

OPTION, SELECTED = '<option value="{}"{}>{}</option>', SafeString(" selected")


@register.filter
def weekday(number: int) -> str:
    """0 -> "lundi"."""
    return str(get_day_names("wide", locale=locale())[number])


@register.filter
def iso(value: dt.date | dt.datetime | dt.time | None) -> str:
    """As a form sends it back."""
    return value.isoformat() if value else ""


@register.simple_tag
def time_options(times: Iterable[dt.time], selected: dt.time | None = None) -> SafeString:
    """Times of day to choose from, in a `<select>`."""
    options = (
        markup(
            OPTION, time.isoformat("minutes"), SELECTED if time == selected else NOTHING, time_of_day(time)
        )
        for time in times
    )
    return SafeString("".join(options))


@register.simple_tag
def slot_options(days: Iterable[tuple[str, Iterable[Moment]]]) -> SafeString:
    """Slots to choose from, by day, in a `<select>`; the one that shows when it is closed says its day."""
    return SafeString("".join(_slots(day[:1].upper() + day[1:], moments) for day, moments in days))


def _slots(day: str, moments: Iterable[Moment]) -> SafeString:
    """Words and times of our own: only the day's, which babel says, are escaped."""
    label = escape(day)
    options = "".join(
        OPTION.format(moment.value, SELECTED if moment.is_chosen else NOTHING, f"{label}, {moment.words}")
        for moment in moments
    )
    return SafeString(f'<optgroup label="{label}">{options}</optgroup>')


@register.simple_tag
def shelf(cards: Iterable[Card], level: int = 3, own: bool = False) -> SafeString:
    """`{% shelf cards level=2 %}`; on a shop's `own` pages without its awning and name."""
    drawn = "".join(f"<li>{_drawn(card, level, own)}</li>" for card in cards)
    return SafeString(f'<ul class="shelf">{drawn}</ul>')


def _drawn(card: Card, level: int, own: bool) -> SafeString:
    good, stand = card.product, card.product.shop
    return product_card(
        card.href,
        good.name,
        card.amount,
        picture=card.picture,
        trade=stand.trade,
        shop="" if own else stand.name,
        colour="" if own else stand.colour,
        light=stand.colour_light,
        maker=good.maker,
        unit=good.unit,
        per=card.per,
        per_unit=card.per_unit,
        from_price=card.from_price,
        kind=card.said.kind,
        words=card.said.words,
        when=card.said.when,
        level=level,
    )
