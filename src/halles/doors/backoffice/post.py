# SPDX-License-Identifier: AGPL-3.0-or-later
"""The text of a post, made from facts: the articles, how one pays, how one gets them, whom to ask. Four blocks, no more."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from babel.dates import get_day_names
from django.utils.translation import gettext as _

from halles.doors.ui.formats import locale, time_of_day

LONGEST = 600  # characters: read whole on a telephone, wherever it is posted
Periods = Sequence[tuple[int, dt.time, dt.time]]  # weekday (0 is Monday), opens, closes


@dataclass(frozen=True, slots=True)
class Line:
    """An article: "Comté 18 mois", "24,90 € le kilo"."""

    name: str
    price: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What a post says. All in words but for the hours."""

    shop: str
    lines: Sequence[Line]
    warning: str  # what the law wants said with alcohol
    takes_orders: bool
    is_closed: bool  # for now
    is_shut: bool  # to the public, while collection goes on
    places: Sequence[tuple[str, Periods]]  # the counter, "", and stalls by name
    phone: str
    address: str
    link: str


@dataclass(frozen=True, slots=True)
class Room:
    """How much of it there is room for."""

    name: int  # characters
    lines: int
    with_hours: bool


# The first that is short enough is taken: names are cut before hours go, and hours before articles.
ROOMS = (
    Room(80, 4, True), Room(48, 4, True), Room(32, 4, True), Room(48, 4, False), Room(24, 4, False), Room(24, 2, False),
    Room(24, 1, False),
)  # fmt: skip


def text(facts: Facts) -> str:
    """The post, of at most `LONGEST` characters."""
    for room in ROOMS:
        said = "\n\n".join(_blocks(facts, room))
        if len(said) <= LONGEST:
            break
    return said


def _blocks(facts: Facts, room: Room) -> list[str]:
    return [_products(facts, room), _payment(facts), _collection(facts, room), _contact(facts, room)]


def _products(facts: Facts, room: Room) -> str:
    shop = _cut(facts.shop, room.name)
    if not facts.lines:
        return _("Articles :\nVenez voir ce qu'il y a chez %(shop)s.") % {"shop": shop}
    lines = [
        "– " + ", ".join(part for part in (_cut(line.name, room.name), line.price) if part)
        for line in facts.lines[: room.lines]
    ]
    return "\n".join([_("%(shop)s vous propose :") % {"shop": shop}, *lines, *filter(None, [facts.warning])])


def _payment(facts: Facts) -> str:
    if facts.takes_orders:
        return _("Paiement :\nVous réservez en ligne sans rien avancer, vous payez à la boutique.")
    return _("Paiement :\nÀ la boutique.")


def _collection(facts: Facts, room: Room) -> str:
    if facts.is_closed:
        return _("Retrait :\nLa boutique est fermée pour l'instant.")
    lines = []
    if facts.is_shut:
        lines.append(_("Fermé au public, les commandes se retirent comme d'habitude"))
    for name, periods in facts.places if room.with_hours else ():
        if periods:
            lines.append(f"{name or _('À la boutique')}, {week(periods)}")
    if not lines:
        is_known = any(periods for _name, periods in facts.places)
        lines.append(
            _("À la boutique, aux heures d'ouverture")
            if is_known
            else _("À la boutique, horaires à demander")
        )
    return "\n".join([_("Retrait :"), *lines])


def _contact(facts: Facts, room: Room) -> str:
    address = _cut(facts.address, 3 * room.name)
    return "\n".join([_("Contact :"), *filter(None, [facts.phone, address, facts.link])])


def week(periods: Periods) -> str:
    """Opening hours in short words: "du mardi au vendredi 9 h – 12 h 30 et 14 h – 19 h, samedi 9 h – 19 h"."""
    by_day: dict[int, str] = {}
    for weekday, opens, closes in sorted(periods):
        said = f"{time_of_day(opens)}\u00a0– {time_of_day(closes)}"
        before = by_day.get(weekday)
        by_day[weekday] = _("%(first)s et %(second)s") % {"first": before, "second": said} if before else said
    # Days in a row are all as far from their place in the list.
    runs = groupby(enumerate(by_day), key=lambda at: (by_day[at[1]], at[1] - at[0]))
    return ", ".join(f"{_days([day for _place, day in run])} {hours}" for (hours, _far), run in runs)


def _days(days: Sequence[int]) -> str:
    names = get_day_names("wide", locale=locale())
    first, last = names[days[0]], names[days[-1]]
    if len(days) == 7:
        return _("tous les jours")
    if len(days) > 2:
        return _("du %(first)s au %(last)s") % {"first": first, "last": last}
    return _("%(first)s et %(second)s") % {"first": first, "second": last} if len(days) == 2 else first


def _cut(words: str, longest: int) -> str:
    """Words of so many characters at most, with an ellipsis when some are missing."""
    return words if len(words) <= longest else words[: longest - 1].rstrip(" ,.;:") + "…"
