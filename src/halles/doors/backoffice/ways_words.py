# SPDX-License-Identifier: AGPL-3.0-or-later
"""How a shop hands over, as one would say it: a plain sentence made from what was set up."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from babel.dates import get_day_names
from babel.lists import format_list
from babel.numbers import format_currency
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from halles.domain.communes.models import Commune
from halles.domain.fulfilment.models import Method, Zone
from halles.domain.fulfilment.reads import Offered
from halles.domain.fulfilment.rules import Terms
from halles.domain.shops.models import Place
from halles.domain.shops.rules import Period, Window
from halles.doors.ui import formats

Known = Mapping[str, Sequence[Commune]]  # the communes of postal codes

NOON, MIDNIGHT, LAST_MINUTE = dt.time(12), dt.time(0), dt.time(23, 59)
A_DAY = 24 * 60  # minutes
MOST_NAMED = 6  # communes in one sentence; of more, the others are counted


def sentence(way: Offered, zones: Sequence[Zone] = (), known: Known = {}) -> str:  # noqa: B006 - read only
    """One of a shop's ways: "Livraison par nous le mardi de 17 h à 19 h à Poitiers, 4 €, commander avant midi"."""
    match way.place.kind:
        case Place.Kind.COUNTER:
            return _joined(_at_the_counter(way))
        case Place.Kind.ROUND:
            return ". ".join([_joined(_by_round(way, zones, known)), *_other_prices(zones, known)])
        case Place.Kind.DEPOT:
            return _joined(_at_a_depot(way))
        case _:
            return _joined(_at_a_stall(way))


def _joined(parts: Iterable[str]) -> str:
    return ", ".join(part for part in parts if part)


def _at_the_counter(way: Offered) -> Iterator[str]:
    if way.hours.periods:
        yield _("Retrait en boutique pendant mes heures")
    else:
        yield _("Retrait en boutique, horaires à dire")
    yield ready(way.place.shop.preparation_minutes)
    yield rhythm(way)
    yield cutoff(way.method)
    yield curbside(way.method)


def _by_round(way: Offered, zones: Sequence[Zone], known: Known) -> Iterator[str]:
    usual = [zone for zone in zones if zone.fee is None]
    where = reached(usual, known)
    parts = (_("Livraison par nous"), when(way.hours.periods), where)
    yield " ".join(part for part in parts if part)
    if not way.hours.periods:
        yield _("jours à dire")
    if not zones:
        yield _("communes à dire")
    yield rhythm(way)
    if usual or not zones:
        yield price(terms_of(way.method))
    yield cutoff(way.method)


def _other_prices(zones: Sequence[Zone], known: Known) -> Iterator[str]:
    """A sentence for each other price: "À Ligugé et Iteuil : 6 €"."""
    for terms, dearer in by_terms(zones).items():
        if terms is not None:
            yield _("%(where)s : %(price)s") % {
                "where": capfirst(reached(dearer, known)),
                "price": price(terms),
            }


def _at_a_depot(way: Offered) -> Iterator[str]:
    yield _("Dépôt %(name)s") % {"name": way.place.name} if way.place.name else pgettext("lieu", "Dépôt")
    yield way.place.city
    yield when(way.hours.periods) or _("jours à dire")
    yield rhythm(way)
    yield cutoff(way.method)


def _at_a_stall(way: Offered) -> Iterator[str]:
    held = {weekday for weekday, _opens, _closes in way.hours.periods}
    if len(held) == 1:
        yield _("Stand du %(day)s") % {"day": day_name(*held)}
    else:
        yield _("Stand")
    yield way.place.name
    if len(held) == 1:
        yield spans((opens, closes) for _weekday, opens, closes in way.hours.periods)
    else:
        yield when(way.hours.periods) or _("jours à dire")
    yield rhythm(way)
    yield cutoff(way.method)
    yield curbside(way.method)


def day_name(weekday: int) -> str:
    """0 -> "lundi"."""
    return str(get_day_names("wide", locale=formats.locale())[weekday])


def days(weekdays: Collection[int]) -> str:
    """[1, 4] -> "le mardi et le vendredi"; [0, 1, 2, 3, 4] -> "du lundi au vendredi"; all -> "tous les jours"."""
    if len(set(weekdays)) == 7:
        return _("tous les jours")
    said: list[str] = []
    for run in _runs(sorted(set(weekdays))):
        if len(run) > 2:
            ends = {"first": day_name(run[0]), "last": day_name(run[-1])}
            said.append(pgettext("jours de la semaine", "du %(first)s au %(last)s") % ends)
        else:
            said += [pgettext("jour de la semaine", "le %(day)s") % {"day": day_name(day)} for day in run]
    return str(format_list(said, locale=formats.locale()))


def _runs(weekdays: Sequence[int]) -> list[list[int]]:
    """Days that follow one another, together."""
    runs: list[list[int]] = []
    for day in weekdays:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs


def when(periods: Iterable[Period]) -> str:
    """Days with their hours, those with the same hours together: "le mardi et le vendredi de 17 h à 19 h"."""
    by_day: dict[int, list[tuple[dt.time, dt.time]]] = {}
    for weekday, opens, closes in sorted(periods):
        by_day.setdefault(weekday, []).append((opens, closes))
    alike: dict[tuple[tuple[dt.time, dt.time], ...], list[int]] = {}
    for weekday, opened in by_day.items():
        alike.setdefault(tuple(opened), []).append(weekday)
    return _joined(f"{days(held)} {spans(opened)}".strip() for opened, held in alike.items())


def spans(opened: Iterable[tuple[dt.time, dt.time]]) -> str:
    """The hours of one day: "de 9 h à 12 h et de 14 h à 18 h"; nothing for the whole day."""
    said = [
        _("de %(start)s à %(end)s") % {"start": formats.time_of_day(opens), "end": ending(closes)}
        for opens, closes in sorted(opened)
        if (opens, closes) != (MIDNIGHT, LAST_MINUTE)
    ]
    return str(format_list(said, locale=formats.locale())) if said else ""


def span(window: Window) -> str:
    """A slot: "17 h à 19 h"."""
    return pgettext("heures", "%(start)s à %(end)s") % {
        "start": formats.time_of_day(window.start),
        "end": ending(window.end.time()),
    }


def ending(time: dt.time) -> str:
    """When something ends; the day's last minute is midnight."""
    return _("minuit") if time == LAST_MINUTE else formats.time_of_day(time)


def ready(minutes: int) -> str:
    """How soon an order is ready: "prêt en 2 h"."""
    if not minutes:
        return _("prêt tout de suite")
    if minutes % A_DAY == 0:
        whole = minutes // A_DAY
        return ngettext("prêt en %(n)s jour", "prêt en %(n)s jours", whole) % {"n": whole}
    return _("prêt en %(time)s") % {"time": length(minutes)}


def length(minutes: int) -> str:
    """20 -> "20 min"; 60 -> "1 h"."""
    return formats.quantity(Decimal(minutes) / 60, "hour")


def rhythm(way: Offered) -> str:
    """Slots, and how many orders each takes: "4 commandes par demi-heure"; nothing when neither is said."""
    minutes, capacity = way.method.minutes, way.method.capacity
    if capacity is None:
        return _("par créneaux de %(time)s") % {"time": length(minutes)} if minutes else ""
    if minutes is None:
        return _in_an_opening(way, capacity)
    orders = _counted(ngettext("%(n)s commande", "%(n)s commandes", capacity), capacity)
    each = {15: _("par quart d'heure"), 30: _("par demi-heure"), 60: _("par heure")}.get(minutes)
    return f"{orders} {each or _('par tranche de %(time)s') % {'time': length(minutes)}}"


def _in_an_opening(way: Offered, capacity: int) -> str:
    if way.place.kind == Place.Kind.ROUND:
        said = ngettext("%(n)s commande par tournée", "%(n)s commandes par tournée", capacity)
        return _counted(said, capacity)
    if way.place.kind == Place.Kind.DEPOT:
        said = _counted(ngettext("%(n)s panier", "%(n)s paniers", capacity), capacity)
    else:
        said = _counted(ngettext("%(n)s commande", "%(n)s commandes", capacity), capacity)
    return said if len(way.hours.periods) == 1 else _("%(what)s chaque fois") % {"what": said}


def _counted(words: str, number: int) -> str:
    """No line ends between a number and what it counts."""
    return words.replace(" ", "\xa0", 1) % {"n": number}


def curbside(method: Method) -> str:
    """Where one stops who is brought his goods: "apporté dehors, places 1 à 4"; "" where nobody comes out."""
    return _("apporté dehors, %(where)s") % {"where": method.curbside} if method.curbside else ""


def cutoff(method: Method) -> str:
    """Until when one may order: "commander la veille avant 18 h"; nothing when only the preparation counts."""
    if method.cutoff_time is None:
        return ""
    time = _("midi") if method.cutoff_time == NOON else formats.time_of_day(method.cutoff_time)
    if method.cutoff_days == 0:
        return _("commander avant %(time)s") % {"time": time}
    if method.cutoff_days == 1:
        return _("commander la veille avant %(time)s") % {"time": time}
    said = {"n": method.cutoff_days, "time": time}
    return _("commander %(n)s jours avant, avant %(time)s") % said


def terms_of(method: Method) -> Terms:
    """What a way asks for where no other price is said."""
    return Terms(method.fee, method.free_from, method.least)


def price(terms: Terms) -> str:
    """What it costs: "4 €, offerte dès 30 €"."""
    said = [euros(terms.fee) if terms.fee else _("gratuite")]
    if terms.fee and terms.free_from is not None:
        said.append(_("offerte dès %(amount)s") % {"amount": euros(terms.free_from)})
    if terms.least:
        said.append(_("à partir de %(amount)s d'achats") % {"amount": euros(terms.least)})
    return _joined(said)


def euros(amount: Decimal) -> str:
    """4 -> "4 €", 4.50 -> "4,50 €"."""
    if amount != round(amount):
        return formats.money(amount)
    where = formats.locale()
    pattern = where.currency_formats["standard"].pattern.replace(".00", "")
    said = str(format_currency(amount, "EUR", pattern, locale=where, currency_digits=False))
    return said.replace("\xa0", formats.NARROW_SPACE)


def by_terms(zones: Iterable[Zone]) -> dict[Terms | None, list[Zone]]:
    """Zones by the price of their own; those without one under None."""
    found: dict[Terms | None, list[Zone]] = {}
    for zone in zones:
        own = None if zone.fee is None else Terms(zone.fee, zone.free_from, zone.least or Decimal(0))
        found.setdefault(own, []).append(zone)
    return found


def reached(zones: Iterable[Zone], known: Known) -> str:
    """Where one is brought to: "à Poitiers et Buxerolles", "à Poitiers et dans tout le 86240"; nothing for nowhere."""
    named = list(dict.fromkeys(_with_preposition(zone, known) for zone in zones))
    if len(named) > MOST_NAMED:
        others = len(named) - MOST_NAMED + 1
        rest = ngettext("%(n)s autre", "%(n)s autres", others) % {"n": others}
        named = [*named[: MOST_NAMED - 1], (pgettext("vers une commune", "à"), rest)]
    if not named:
        return ""
    where = formats.locale()
    if len({preposition for preposition, _name in named}) == 1:
        return f"{named[0][0]} {format_list([name for _preposition, name in named], locale=where)}"
    return str(format_list([f"{preposition} {name}" for preposition, name in named], locale=where))


def _with_preposition(zone: Zone, known: Known) -> tuple[str, str]:
    """ "à", "Poitiers"; "au", "Vigeant"; "dans", "tout le 86240"."""
    name = commune_of(zone, known)
    if not name:
        return pgettext("vers une zone", "dans"), _("tout le %(code)s") % {"code": zone.postal_code}
    if formats.locale().language == "fr":
        for article, contracted in (("Le ", "au"), ("Les ", "aux")):
            if name.startswith(article):
                return contracted, name.removeprefix(article)
    return pgettext("vers une commune", "à"), name


def commune_of(zone: Zone, known: Known) -> str:
    """The one commune that a zone is; nothing when it is a whole code with several, or with none we know."""
    communes = known.get(zone.postal_code, [])
    if zone.insee:
        named = [commune.name for commune in communes if commune.insee == zone.insee]
        return named[0] if named else zone.insee
    return communes[0].name if len(communes) == 1 else ""


def left(number: int | None) -> str:
    """How many more a slot takes: "il reste 12 places", "complet"."""
    if number is None:
        return _("sans limite")
    if number <= 0:
        return _("complet")
    return ngettext("il reste %(n)s place", "il reste %(n)s places", number) % {"n": number}
