# SPDX-License-Identifier: AGPL-3.0-or-later
"""Hours as OpenStreetMap writes them ("Tu-Sa 09:00-12:30,14:30-19:00; PH off"), read as a week, or refused with the reason.

A week says less than that language (https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification). So a value is
read for a year to come: it is a week when every week of it is the same.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from opening_hours import OpeningHours, ParserError, State  # type: ignore[attr-defined]  # its stubs forget one

from halles.domain.shops.rules import Period, public_holidays
from halles.kernel.errors import Refused

LONGEST = 500  # letters; the longest in use are half as long
A_YEAR = dt.timedelta(weeks=53)
MOST_SPANS = 2  # a day: before and after a midday break
LAST_MINUTE = dt.time(23, 59)
MIDNIGHT = dt.time(0)
SUN = re.compile(r"sun(rise|set)|dawn|dusk", re.IGNORECASE)
SCHOOL = re.compile(r"\bSH\b")
Span = tuple[dt.time, dt.time]
Day = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Week:
    """The openings of a week, and whether it is closed on public holidays."""

    periods: list[Period]
    closed_on_holidays: bool


def read(typed: str, today: dt.date) -> Week:
    """The week that a value says, from today on.

    :raises Refused: with the field `osm`: `shops.osm_unreadable`, `osm_too_long`, `osm_sun` (hours that follow it),
        `osm_school` (school holidays), `osm_uncertain` (open perhaps, or by appointment), `osm_seasonal` (weeks that differ),
        `osm_holidays` (hours of their own on public holidays), `osm_too_many` (more than two openings a day), `osm_never`.
    """
    value = " ".join(typed.replace("\x00", " ").split())
    if len(value) > LONGEST:
        raise _refused("too_long", most=LONGEST)
    if SUN.search(value):
        raise _refused("sun")
    if SCHOOL.search(value):
        raise _refused("school")
    days = _days(value, today)
    usual = _usual({date: day for date, day in days.items() if date not in public_holidays(date.year)})
    if not any(usual.values()):
        raise _refused("never")
    if any(len(day) > MOST_SPANS for day in usual.values()):
        raise _refused("too_many", most=MOST_SPANS)
    feasts = {date: day for date, day in days.items() if date in public_holidays(date.year)}
    closed = not any(feasts.values())
    if not closed and any(day != usual[date.weekday()] for date, day in feasts.items()):
        raise _refused("holidays")
    return Week([(weekday, *span) for weekday, day in sorted(usual.items()) for span in day], closed)


def _refused(why: str, **details: object) -> Refused:
    return Refused(f"shops.osm_{why}", field="osm", **details)


def _days(value: str, today: dt.date) -> dict[dt.date, Day]:
    """Each day of the year to come, with its openings."""
    start = dt.datetime.combine(today, MIDNIGHT)
    days: dict[dt.date, list[Span]] = {today + dt.timedelta(n): [] for n in range(A_YEAR.days)}
    try:
        for opens, closes, state, _comments in OpeningHours(value, country="FR").intervals(
            start, start + A_YEAR
        ):
            if state == State.UNKNOWN:
                raise _refused("uncertain")
            if state == State.OPEN:
                for date, span in _by_day(opens, closes):
                    days[date].append(span)
    except ParserError as error:
        raise _refused("unreadable") from error
    return {date: tuple(spans) for date, spans in days.items()}


def _by_day(opens: dt.datetime, closes: dt.datetime) -> Iterator[tuple[dt.date, Span]]:
    """An opening that goes over midnight is one until the last minute of the day and one from the first of the next."""
    while opens.date() < closes.date():
        if opens.time() < LAST_MINUTE:
            yield opens.date(), (opens.time(), LAST_MINUTE)
        opens = dt.datetime.combine(opens.date() + dt.timedelta(days=1), MIDNIGHT)
    if opens < closes:
        yield opens.date(), (opens.time(), closes.time())


def _usual(days: dict[dt.date, Day]) -> dict[int, Day]:
    """The openings of each weekday, which are always the same."""
    usual: dict[int, Day] = {}
    for date, day in days.items():
        if usual.setdefault(date.weekday(), day) != day:
            raise _refused("seasonal")
    return usual
