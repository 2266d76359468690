# SPDX-License-Identifier: AGPL-3.0-or-later
"""The times of a round that is written: anew when it starts, when a stop is moved, and after each door."""

import datetime as dt
from collections.abc import Sequence

from halles.domain.rounds.models import Round, Stop
from halles.domain.rounds.rules import still_true, timed, told
from halles.domain.shops.rules import Window

BEFORE = dt.timedelta(hours=1)  # so long before the first promise a round may leave the shop
TIMES = ("position", "fits", "expected_at", "told_from", "told_until")


def begins(stops: Sequence[Stop], now: dt.datetime) -> dt.datetime:
    """The earliest one would leave: now, or an hour before somebody expects the first of it."""
    return max([now, min(stop.shop_order.collect_from for stop in stops) - BEFORE]) if stops else now


def set_times(round_: Round, stops: Sequence[Stop], now: dt.datetime, *, last: Stop | None = None) -> None:
    """When one is at each of these stops, in their order, from the shop or from the `last` door; nothing is saved.

    What customers were told stays as long as it is true; nobody is told anything before the round has left.
    """
    known = {stop.number: stop for stop in stops if stop.number is not None}
    base = now if round_.started_at else begins(list(known.values()), now)
    order = [(number, _since(base, stop.shop_order.collect_from)) for number, stop in known.items()]
    here = last.number if last and last.number is not None else 0
    for arrival in timed(round_.seconds, order, 0, here=here):
        stop = known[arrival.number]
        stop.expected_at = base + dt.timedelta(seconds=arrival.at)
        if round_.started_at and stop.fits:
            _tell(stop, stop.expected_at)


def _since(base: dt.datetime, moment: dt.datetime) -> int:
    return round((moment - base).total_seconds())


def _tell(stop: Stop, expected: dt.datetime) -> None:
    if stop.told_from and stop.told_until and still_true(Window(stop.told_from, stop.told_until), expected):
        return
    interval = told(expected, Window(stop.shop_order.collect_from, stop.shop_order.collect_until))
    stop.told_from, stop.told_until = interval.start, interval.end
