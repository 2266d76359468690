# SPDX-License-Identifier: AGPL-3.0-or-later
"""A shop's ways as its pages show them: each in a sentence, and the week to come as a customer meets it."""

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from halles.domain.communes import reads as communes
from halles.domain.fulfilment import reads, rules
from halles.domain.fulfilment.models import Zone
from halles.domain.fulfilment.reads import Offered
from halles.domain.shops import reads as shops
from halles.domain.shops.models import Closure, Place, Shop
from halles.domain.shops.rules import Window, public_holidays
from halles.doors.backoffice import ways_words
from halles.doors.backoffice.ways_words import Known

DAYS = 7
FEW = 8  # slots of a day that are seen without unfolding it


@dataclass(frozen=True, slots=True)
class Way:
    """One of a shop's ways, with whom it reaches."""

    offered: Offered
    zones: Sequence[Zone]
    known: Known

    @property
    def place(self) -> Place:
        """Where."""
        return self.offered.place

    @property
    def is_on(self) -> bool:
        """Whether customers are offered it."""
        return self.offered.method.is_on

    @property
    def sentence(self) -> str:
        """All of it, as one would say it."""
        return ways_words.sentence(self.offered, self.zones, self.known)

    @property
    def title(self) -> str:
        """What its page is headed by."""
        if self.place.kind == Place.Kind.COUNTER:
            return _("Retrait en boutique")
        if self.place.kind == Place.Kind.ROUND:
            return _("Livraison")
        return self.place.name or pgettext("lieu", "Dépôt")

    @property
    def is_met(self) -> bool:
        """Whether one meets the shop itself there: it may come out to a car."""
        return self.place.kind in Place.STANDS

    @property
    def holds(self) -> Mapping[str, str]:
        """What the folds of its form hold, in short."""
        method, other = self.offered.method, len(ways_words.by_terms(self.zones).keys() - {None})
        usual = ways_words.by_terms(self.zones).get(None, [])
        return {
            "where": ", ".join(said for said in (self.place.name, self.place.city) if said),
            "zones": ways_words.reached(usual, self.known),
            "when": ways_words.when(self.offered.hours.periods),
            "price": ways_words.price(ways_words.terms_of(method)),
            "prices": ngettext("%(n)s autre prix", "%(n)s autres prix", other) % {"n": other}
            if other
            else "",
            "slots": ways_words.rhythm(self.offered) or _("autant qu'il en vient"),
            "curbside": method.curbside or _("personne ne sort"),
            "cutoff": ways_words.cutoff(method) or _("tant que c'est faisable"),
        }

    @property
    def overfull(self) -> int:
        """How many slots to come hold more orders than the shop says now."""
        capacity = self.offered.method.capacity
        if capacity is None:
            return 0
        return sum(state.taken > capacity for state in self.offered.states.values())


@dataclass(frozen=True, slots=True)
class Slot:
    """A slot of the week to come. `may_turn` when the shop can say that it is full, or that it is not."""

    window: Window
    words: str
    number: int | None  # how many more orders it takes; None when nobody counts them
    is_full: bool
    is_late: bool
    may_turn: bool

    @property
    def left(self) -> str:
        """What a customer reads of it."""
        return _("trop tard") if self.is_late else ways_words.left(self.number)

    @property
    def value(self) -> str:
        """What names it in a form."""
        return self.window.start.isoformat()


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the week to come on which the shop would hand over: its slots, or why there are none."""

    date: dt.date
    slots: Sequence[Slot]
    closed: str = ""
    is_unfolded: bool = False

    @property
    def turnable(self) -> list[Slot]:
        """Those the shop has a say in."""
        return [slot for slot in self.slots if slot.may_turn]

    @property
    def is_full(self) -> bool:
        """Whether the shop said so of all of it."""
        return bool(self.turnable) and all(slot.is_full for slot in self.turnable)

    @property
    def has_many(self) -> bool:
        """Whether it is folded."""
        return len(self.slots) > FEW

    @property
    def in_short(self) -> str:
        """What a folded day holds."""
        numbers = [slot.number for slot in self.slots if not slot.is_late]
        if not numbers:
            return _("trop tard")
        return ways_words.left(None if None in numbers else sum(number or 0 for number in numbers))


def ways_of(shop: Shop) -> list[Way]:
    """Every way of a shop, those that are off too, the counter first. Six queries at most."""
    offered = reads.offered([shop])[shop.id]
    for way in offered:
        way.place.shop = shop  # whom the place is read from
    rounds = [way.method for way in offered if way.comes_to_you]
    zones = reads.zones_of(rounds) if rounds else {}
    codes = {zone.postal_code for of_way in zones.values() for zone in of_way}
    known = communes.by_postal_codes(codes) if codes else {}
    return [Way(way, zones.get(way.method.id, []), known) for way in offered]


def way_at(ways: Iterable[Way], place_id: uuid.UUID) -> Way | None:
    """The one of a place."""
    return next((way for way in ways if way.place.id == place_id), None)


def has_hours(ways: Iterable[Way]) -> bool:
    """Whether the shop said when it stands anywhere: before, nothing can be prepared."""
    return any(way.place.kind in Place.STANDS and way.offered.hours.periods for way in ways)


def week(way: Way, *, ready: dt.datetime, now: dt.datetime, closures: Sequence[Closure]) -> list[Day]:
    """The days to come on which a way hands over, or would."""
    hours = way.offered.hours
    held = {weekday for weekday, _opens, _closes in hours.periods}
    today = now.astimezone(hours.zone).date()
    dates = [today + dt.timedelta(days=ahead) for ahead in range(DAYS)]
    found = []
    for date in dates:
        if date.weekday() not in held:
            continue
        slots = list(_slots(way.offered, date, ready, now))
        closed = "" if hours.windows(date) else _why_closed(date, closures)
        if slots or closed:
            found.append(Day(date, slots, closed))
    return found


def week_of(shop: Shop, ways: Sequence[Way], way: Way, unfolded: str = "") -> list[Day]:
    """The same from now on, as far as the shop's hours are known, with a day unfolded, else the first. One query."""
    now = timezone.now()
    ready = reads.ready([way.offered for way in ways], shop, now)
    if ready is None:
        return []
    days = week(way, ready=ready, now=now, closures=shops.closures(shop))
    seen = next((day for day in days if day.date.isoformat() == unfolded), days[0] if days else None)
    return [replace(day, is_unfolded=day is seen) for day in days]


def _slots(way: Offered, date: dt.date, ready: dt.datetime, now: dt.datetime) -> Iterator[Slot]:
    """Those of a day that are not over; where nobody is counted, when one may come."""
    if way.calendar.clips:
        for window in rules.slots(way.calendar, ready=ready, now=now, days=DAYS):
            if window.start.astimezone(way.hours.zone).date() == date:
                yield Slot(
                    window,
                    ways_words.span(window),
                    None,
                    is_full=False,
                    is_late=False,
                    may_turn=False,
                )
        return
    for opening in way.hours.windows(date):
        for window in way.calendar.slots_of(opening):
            if window.start > now:
                yield _slot(way, window, ready, now)


def _slot(way: Offered, window: Window, ready: dt.datetime, now: dt.datetime) -> Slot:
    last = way.calendar.last_order(window)
    is_late = window.start < ready or (last is not None and now >= last)
    state = way.states.get(window.start.astimezone(dt.UTC))
    is_full = bool(state and state.is_full)
    left = way.left(window)
    return Slot(
        window,
        ways_words.span(window),
        left,
        is_full=is_full,
        is_late=is_late,
        may_turn=not is_late and (is_full or left is None or left > 0) and not way.method._state.adding,
    )


def _why_closed(date: dt.date, closures: Sequence[Closure]) -> str:
    closure = next((closure for closure in closures if closure.first_day <= date <= closure.last_day), None)
    if closure:
        return _("congés : %(reason)s") % {"reason": closure.reason} if closure.reason else _("congés")
    return _("jour férié") if date in public_holidays(date.year) else _("fermé")
