# SPDX-License-Identifier: AGPL-3.0-or-later
"""How the goods of a shop may be had, as a neighbour chooses it: the ways, their slots, and why one is not for him."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from halles.domain.communes import reads as communes
from halles.domain.communes.models import Commune
from halles.domain.communes.rules import meant
from halles.domain.fulfilment.reads import Offered
from halles.domain.fulfilment.rules import Terms, Why
from halles.domain.offers.reads import Wish
from halles.domain.orders.actions import baskets
from halles.domain.orders.errands import Errand, Errands
from halles.domain.orders.models import Basket
from halles.domain.shops.models import Place
from halles.domain.shops.rules import Window
from halles.doors.storefront.forms import read_uuid
from halles.doors.ui import formats
from halles.doors.ui.formats import day, money, time_of_day

DAYS_SHOWN = 4  # with slots, from the wish on; the days above the basket lead further


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the ways of a shop, as it is offered."""

    place: uuid.UUID
    name: str
    costs: str  # "" where it costs nothing and nobody would think so
    why: str  # why it cannot be chosen
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Moment:
    """One slot, as it is offered."""

    value: str
    words: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a neighbour for one stop of his round."""

    choices: Sequence[Choice]  # none where there is but one way
    days: Sequence[tuple[str, Sequence[Moment]]]  # none where one comes when one likes
    why: str  # it cannot be had as it was chosen
    is_another: str  # the slot that was chosen is gone


def asked(stop: Errand, basket: Basket) -> Asked:
    """What may be chosen for a stop."""
    to = basket.postal_code
    if stop.is_visit:
        return Asked([], [], why(stop, basket), "")
    choices = [_choice(stop, way, to) for way in stop.ways]
    usual = len(choices) == 1 and not (stop.way and stop.way.comes_to_you)
    return Asked(
        [] if usual else choices,
        _days(stop, basket) if stop.way and stop.way.books and not stop.chosen.why else [],
        why(stop, basket),
        _("Le créneau choisi vient d'être pris. Voici le plus proche.") if stop.chosen.is_another else "",
    )


def _choice(stop: Errand, way: Offered, to: str) -> Choice:
    why = stop.why_not(way)
    fee = stop.fee_of(way)
    free = _("gratuit") if way.comes_to_you else ""
    costs = "" if fee is None else money(fee) if fee else free
    return Choice(
        way.place.id,
        name(way.place),
        costs,
        reason(stop, way, why, to) if why and why != Why.UNKNOWN_ADDRESS else "",
        bool(stop.way and stop.way.place.id == way.place.id),
    )


def price(terms: Terms) -> str:
    """What bringing costs: "4,00 € · offert dès 30,00 € · à partir de 10,00 € d'achats"."""
    said = [money(terms.fee) if terms.fee else _("gratuit")]
    if terms.fee and terms.free_from is not None:
        said.append(_("offert dès %(amount)s") % {"amount": money(terms.free_from)})
    if terms.least:
        said.append(_("à partir de %(amount)s d'achats") % {"amount": money(terms.least)})
    return " · ".join(said)


def name(place: Place) -> str:
    """A way in a neighbour's words."""
    if place.kind == Place.Kind.COUNTER:
        return _("À la boutique")
    return _("Livré chez moi") if place.kind == Place.Kind.ROUND else place.name


def why(stop: Errand, basket: Basket) -> str:
    """Why a stop cannot be had as it was chosen; "" when it can."""
    return reason(stop, stop.way, stop.chosen.why, basket.postal_code) if stop.chosen.why else ""


def reason(stop: Errand, way: Offered | None, why: Why | None, to: str) -> str:
    """Why these goods cannot be had so, and what would help."""
    match why:
        case Why.UNKNOWN_ADDRESS:
            return _("Dites où vous habitez, en haut du panier : la boutique ne livre pas partout.")
        case Why.OUTSIDE:
            return _("La boutique ne livre pas à %(code)s.") % {"code": to}
        case Why.TOO_LITTLE if way and (terms := way.terms(stop.to)):
            said = {"least": money(terms.least), "missing": money(terms.least - stop.goods)}
            return _("À partir de %(least)s ici : il manque %(missing)s.") % said
        case Why.NO_SLOT:
            return _("Plus de créneau libre dans les trois semaines.")
        case _:
            return _("La boutique ne remet pas de commande en ce moment.")


def _days(stop: Errand, basket: Basket) -> list[tuple[str, list[Moment]]]:
    """The slots of the first days from the wish on, by day, and the one that was chosen wherever it stands."""
    if stop.way is None:
        return []
    zone = stop.way.hours.zone
    wish = Wish(basket.wish_day, basket.wish_time).moment(zone) if basket.wish_day else None
    coming = groupby(stop.coming(stop.way, now=timezone.now(), after=wish), lambda slot: slot.start.date())
    by_day = {when: list(those) for when, those in islice(coming, DAYS_SHOWN)}
    if stop.window:  # chosen for a day that the others do not reach, or no longer to be had
        own = by_day.setdefault(stop.window.start.date(), [])
        if stop.window not in own:
            own.insert(0, stop.window)
    return [(day(those[0].start), moments(those, stop.window)) for _when, those in sorted(by_day.items())]


def moments(windows: Sequence[Window], chosen: Window | None = None) -> list[Moment]:
    """The slots of a day; one ends as the next begins, so each time of day is put into words once."""
    said: dict[dt.datetime, str] = {}
    between = _("%(start)s à %(end)s")
    for window in windows:
        for moment in (window.start, window.end):
            if moment not in said:
                said[moment] = time_of_day(moment)
    return [
        Moment(
            value(window), between % {"start": said[window.start], "end": said[window.end]}, window == chosen
        )
        for window in windows
    ]


def value(window: Window) -> str:
    """A slot as a form names it."""
    return window.start.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%MZ")


def when(stop: Errand) -> str:
    """When a stop is made; "" where it cannot be."""
    if stop.is_visit and stop.window:
        return formats.moment(stop.window.start)
    return coming(stop.window, brought=bool(stop.way and stop.way.comes_to_you)) if stop.window else ""


def coming(window: Window, *, brought: bool) -> str:
    """One comes by from … to …, or the shop comes between … and …."""
    times = {"day": day(window.start), "start": time_of_day(window.start), "end": time_of_day(window.end)}
    if brought:
        return _("%(day)s, chez vous entre %(start)s et %(end)s") % times
    return _("%(day)s, de %(start)s à %(end)s") % times


def on_the_road(window: Window) -> str:
    """When about the courier comes, who has left: "livraison aujourd'hui, entre 17 h 40 et 18 h"."""
    times = {"day": day(window.start), "start": time_of_day(window.start), "end": time_of_day(window.end)}
    return _("livraison %(day)s, entre %(start)s et %(end)s") % times


def choose(posted: Mapping[str, str], basket: Basket, before: Errands, *, wish_is_new: bool) -> None:
    """What a form says of each stop is kept; a slot only where it is not the one that comes by itself."""
    for stop in before.stops:
        if stop.is_visit:
            continue
        place = _place(stop, posted.get(f"facon-{stop.shop.id}", ""))
        if place is None or stop.place is None:
            continue
        is_new = place.id != stop.place.id
        starts_at = None if is_new or wish_is_new else read_moment(posted.get(f"creneau-{stop.shop.id}", ""))
        shown = stop.window.start if stop.window else None
        if is_new or (starts_at and (starts_at != shown or stop.chosen.is_another)):
            baskets.set_way(basket, stop.shop, place, starts_at)


def _place(stop: Errand, typed: str) -> Place | None:
    """The way that was chosen among those offered; where there was nothing to choose, the one it is."""
    chosen = read_uuid(typed)
    return next((way.place for way in stop.ways if way.place.id == chosen), None) or stop.place


def read_moment(typed: str) -> dt.datetime | None:
    """The start of a slot; None for nonsense."""
    try:
        moment = parse_datetime(typed[:40])
    except ValueError:
        return None
    return moment if moment is None or moment.tzinfo else None


@dataclass(frozen=True, slots=True)
class Destination:
    """Where somebody lives, as far as it was told."""

    postal_code: str = ""
    communes: Sequence[Commune] = ()
    commune: Commune | None = None
    error: str = ""


def destination(typed: str, insee: str = "") -> Destination:
    """A postal code, or a commune by its name; one of several communes by its code at INSEE. Two queries at most."""
    typed = " ".join(typed.replace("\x00", "").split())[:80]
    if not typed:
        return Destination()
    if len(typed) == 5 and typed.isascii() and typed.isdigit():
        return _of_code(typed, insee, "")
    found = communes.search(typed)
    codes = {link.code for link in found}
    if len(codes) == 1:
        return _of_code(codes.pop(), insee, found[0].commune.name)
    if not found:
        return Destination(
            error=_("Nous ne connaissons pas « %(typed)s ». Essayez avec le code postal.") % {"typed": typed}
        )
    exact = [link for link in found if link.commune.name.casefold() == typed.casefold()]
    if len({link.code for link in exact}) == 1:
        return _of_code(exact[0].code, insee, exact[0].commune.name)
    return Destination(error=_("Plusieurs lieux s'appellent ainsi : écrivez le code postal."))


def travelling(where: Destination) -> str:
    """A destination as it travels in an address: "?ou=86180&commune=86041"."""
    said = {
        "ou": where.postal_code,
        "commune": where.commune.insee if where.commune and len(where.communes) > 1 else "",
    }
    return (
        f"?{urlencode({name: value for name, value in said.items() if value})}" if where.postal_code else ""
    )


def _of_code(code: str, insee: str, named: str) -> Destination:
    known = communes.by_postal_code(code)
    chosen = next((commune for commune in known if commune.insee == insee), None)
    if chosen is None and named:
        chosen = meant(known, named)
    if chosen is None and len(known) == 1:
        chosen = known[0]
    return Destination(code, known, chosen)
