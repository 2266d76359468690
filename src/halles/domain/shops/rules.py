# SPDX-License-Identifier: AGPL-3.0-or-later
"""When a shop is open, in the town's local time. Pure: values in, values out."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

import holidays

from halles.kernel.errors import Refused
from halles.kernel.text import one_line

HORIZON = 21  # how many days ahead one may look for an opening
HALF_HOUR = dt.timedelta(minutes=30)
DAYTIME = (dt.time(7), dt.time(20, 30))  # when one may come by on a day for which no hours are known
Period = tuple[int, dt.time, dt.time]  # on a weekday, from, to


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """A stretch of time in which one can come by; both ends aware."""

    start: dt.datetime
    end: dt.datetime


@lru_cache(maxsize=16)
def public_holidays(year: int) -> frozenset[dt.date]:
    """The French public holidays of a year (Code du travail, L3133-1)."""
    return frozenset(holidays.country_holidays("FR", years=year))


@dataclass(frozen=True)
class Hours:
    """The hours of one place: periods by weekday (0 is Monday), days of closure, what holidays mean."""

    zone: ZoneInfo
    periods: tuple[Period, ...]
    closures: tuple[tuple[dt.date, dt.date], ...] = ()
    closed_on_holidays: bool = True
    _by_day: dict[int, list[tuple[dt.time, dt.time]]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_day: dict[int, list[tuple[dt.time, dt.time]]] = {}
        for weekday, opens, closes in sorted(self.periods):
            by_day.setdefault(weekday, []).append((opens, closes))
        object.__setattr__(self, "_by_day", by_day)

    def windows(self, day: dt.date) -> list[Window]:
        """When the place is open on a day; empty when it is not."""
        if any(first <= day <= last for first, last in self.closures):
            return []
        if self.closed_on_holidays and day in public_holidays(day.year):
            return []
        return [
            Window(dt.datetime.combine(day, opens, self.zone), dt.datetime.combine(day, closes, self.zone))
            for opens, closes in self._by_day.get(day.weekday(), [])
        ]

    def coming(self, moment: dt.datetime, days: int = HORIZON) -> Iterator[Window]:
        """The openings that have not ended yet, soonest first."""
        today = moment.astimezone(self.zone).date()
        for ahead in range(days + 1):
            for window in self.windows(today + dt.timedelta(days=ahead)):
                if window.end > moment:
                    yield window

    def open_at(self, moment: dt.datetime) -> Window | None:
        """The opening in which a moment falls."""
        first = next(self.coming(moment, days=0), None)
        return first if first and first.start <= moment else None


def together(periods: Iterable[Period]) -> list[Period]:
    """The hours of several places as one: where they overlap or touch, they are joined."""
    joined: list[Period] = []
    for weekday, opens, closes in sorted(periods):
        if joined and joined[-1][0] == weekday and opens <= joined[-1][2]:
            _, first, last = joined.pop()
            opens, closes = first, max(last, closes)
        joined.append((weekday, opens, closes))
    return joined


def on_day(hours: Hours, day: dt.date, time: dt.time | None, *, now: dt.datetime, minutes: int) -> Window:
    """When goods can be collected on a day the shop itself names: in its hours, else in the daytime.

    It decides: a day of closure and a time outside the hours are as good as others. Without a time of her own the
    customer comes from the first opening to the last closing; today not before the `minutes` of preparation have
    passed, as long as that leaves her some time.
    """

    def at(time: dt.time) -> dt.datetime:
        return dt.datetime.combine(day, time, hours.zone)

    opened = hours.windows(day)
    begins = at(time) if time else opened[0].start if opened else at(DAYTIME[0])
    last, local = at(dt.time.max), now.astimezone(hours.zone)
    ready = local if time else local + dt.timedelta(minutes=minutes)
    soonest = [up_to_half_hour(ready, hours.zone), up_to_half_hour(local, hours.zone), min(local, last)]
    ends = [window.end for window in opened[-1:]] + [at(DAYTIME[1]), last]
    windows = (Window(max(begins, start), end) for end in ends for start in soonest)
    return next((window for window in windows if window.start < window.end), Window(last, last))


def ready_at(hours: Hours, start: dt.datetime, minutes: int) -> dt.datetime | None:
    """When work of so many minutes that begins at `start` is done, if one works only while the place is open."""
    left = dt.timedelta(minutes=minutes)
    for window in hours.coming(start):
        begin = max(window.start, start)
        if begin + left <= window.end:
            return begin + left
        left -= window.end - begin
    return None


def up_to_half_hour(moment: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """The moment itself or the next full or half hour, in local time."""
    local = moment.astimezone(zone).replace(second=0, microsecond=0)
    if moment > local:
        local += dt.timedelta(minutes=1)
    return local + dt.timedelta(minutes=-local.minute % 30)


def check_periods(periods: list[Period]) -> None:
    """Hours that can be kept: each closes after it opens, none overlap on a day.

    :raises Refused: `shops.hours_reversed`, `shops.hours_overlap`, with the weekday.
    """
    ordered = sorted(periods)
    for weekday, opens, closes in ordered:
        if closes <= opens:
            raise Refused("shops.hours_reversed", field="hours", weekday=weekday)
    for (day, _, closes), (next_day, opens, _) in pairwise(ordered):
        if day == next_day and opens < closes:
            raise Refused("shops.hours_overlap", field="hours", weekday=day)


def clean_name(typed: str) -> str:
    """The name of a shop or a market, one space between words.

    :raises Refused: `shops.name_missing`.
    """
    name = one_line(typed, 80)
    if not name:
        raise Refused("shops.name_missing", field="name")
    return name
