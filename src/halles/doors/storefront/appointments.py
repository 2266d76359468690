# SPDX-License-Identifier: AGPL-3.0-or-later
"""When one may come for a service: its next free times, and until when one may change one's mind."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, islice

from django.utils import timezone
from django.utils.translation import gettext as _

from halles.domain.appointments import reads
from halles.domain.appointments.models import Service
from halles.domain.catalogue.models import Product
from halles.domain.shops.rules import Hours, Window
from halles.doors.storefront.ways import value
from halles.doors.ui import formats

DAYS_SHOWN = 3  # with free times; further ones are one press away


@dataclass(frozen=True, slots=True)
class Time:
    """One free time, as it is offered."""

    value: str
    words: str


@dataclass(frozen=True, slots=True)
class Day:
    """A day with its free times."""

    name: str
    times: Sequence[Time]


@dataclass(frozen=True, slots=True)
class Offered:
    """The first days with free times from a day on."""

    days: Sequence[Day]
    following: str  # the day from which there are more; "" when these are all
    is_later: bool  # the first days are not shown


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page says of a service: how long it takes, when one may come, until when one may change one's mind."""

    service: Service
    offered: Offered

    @property
    def length(self) -> str:
        """How long it takes: "1 h 30"."""
        return formats.length(self.service.minutes)

    @property
    def rule(self) -> str:
        """Until when one may change one's mind."""
        hours = self.service.cancel_hours
        if not hours:
            return _("Vous pourrez annuler ou changer d'heure jusqu'au dernier moment.")
        said = {"hours": formats.length(60 * hours)}
        return _("Vous pourrez annuler ou changer d'heure jusqu'à %(hours)s avant.") % said


def rule(change_before: dt.datetime) -> str:
    """Until when one may still change one's mind, once a time is chosen."""
    if change_before <= timezone.now():
        return _("C'est bientôt : pour annuler ou changer d'heure, il faudra téléphoner.")
    said = {"when": formats.moment(change_before)}
    return _("Vous pouvez annuler ou changer d'heure jusqu'à %(when)s.") % said


def shown(product: Product, hours: Hours | None, since: dt.date | None) -> Shown | None:
    """The next free times of an article that one books; None of other articles. Three queries, none for these."""
    service = reads.services([product]).get(product.id)
    if service is None or hours is None:
        return None
    now = timezone.now()
    asked = reads.Asked(service, hours, reads.busy([service], since=now), now)
    first = dt.datetime.combine(since, dt.time(0), hours.zone) if since else None
    return Shown(service, offered(asked.coming(since=first), since))


def offered(coming: Iterable[Window], since: dt.date | None) -> Offered:
    """The first days of these free times, as they are offered; those before a day are left out."""
    later = (window for window in coming if since is None or window.start.date() >= since)
    by_day = (list(those) for _day, those in groupby(later, lambda window: window.start.date()))
    days = list(islice(by_day, DAYS_SHOWN + 1))
    more = days[DAYS_SHOWN][0].start.date().isoformat() if len(days) > DAYS_SHOWN else ""
    return Offered([_day(those) for those in days[:DAYS_SHOWN]], more, since is not None)


def _day(windows: Sequence[Window]) -> Day:
    """A day with these times."""
    times = [Time(value(window), formats.time_of_day(window.start)) for window in windows]
    return Day(formats.day(windows[0].start), times)
