# SPDX-License-Identifier: AGPL-3.0-or-later
"""Times as calendars read them (RFC 5545), in UTC: no calendar has to know when our clocks change."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from icalendar import Calendar, Event

TYPE = "text/calendar; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Entry:
    """One time of an agenda. `known` names it for ever: moved, it is the same entry at another time."""

    known: uuid.UUID
    start: dt.datetime
    end: dt.datetime
    said_at: dt.datetime  # when it was last agreed
    words: str
    where: str = ""
    more: str = ""
    url: str = ""


def calendar(entries: Iterable[Entry], *, name: str = "") -> bytes:
    """A whole agenda, or the one entry that somebody puts into his own; the same entries are the same bytes."""
    made = Calendar()
    made.add("prodid", "-//Halles//FR")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    if name:
        made.add("x-wr-calname", name)
        made.add("refresh-interval", dt.timedelta(hours=1), parameters={"VALUE": "DURATION"})
    for entry in entries:
        made.add_component(_event(entry))
    return bytes(made.to_ical())


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("uid", f"{entry.known}@{urlsplit(settings.ORIGIN).hostname}")
    event.add("dtstamp", entry.said_at.astimezone(dt.UTC))
    event.add("dtstart", entry.start.astimezone(dt.UTC))
    event.add("dtend", entry.end.astimezone(dt.UTC))
    event.add("summary", entry.words)
    for key, said in (("location", entry.where), ("description", entry.more), ("url", entry.url)):
        if said:
            event.add(key, said)
    return event


def answer(body: bytes, file: str) -> HttpResponse:
    """A calendar as browsers and telephones open it."""
    response = HttpResponse(body, content_type=TYPE)
    response.headers["Content-Disposition"] = f'inline; filename="{file}.ics"'
    return response
