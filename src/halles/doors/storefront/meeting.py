# SPDX-License-Identifier: AGPL-3.0-or-later
"""How few stops a basket takes, in a neighbour's words: one place and one time where shops share a depot, and why not."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from halles.domain.offers.reads import Wish
from halles.domain.orders import meeting
from halles.domain.orders.actions import baskets
from halles.domain.orders.errands import Errands
from halles.domain.orders.meeting import Apart, Meeting
from halles.domain.orders.models import Basket
from halles.doors.storefront import ways
from halles.doors.storefront.forms import read_uuid
from halles.doors.ui.formats import day, time_of_day


@dataclass(frozen=True, slots=True)
class Proposed:
    """What is said of the stops of a round: a better one in one press, or why there is none."""

    title: str
    where: str = ""
    act: str = ""
    value: str = ""  # names the depot in a form; "" when there is nothing to press
    apart: Sequence[tuple[str, str]] = ()  # the shops that do not come with the others, and why


def proposed(errands: Errands, basket: Basket) -> Proposed | None:
    """What a basket page says of its stops; None for one shop, or when all is brought."""
    number = meeting.stops(errands)
    if len(errands.stops) < 2 or not number or not errands.are_reachable:
        return None
    found = _best(errands, basket)
    if found is None:
        return Proposed(_as_it_is(errands, number))
    spared = {"n": found.after, "before": found.before}
    title = ngettext("Un seul arrêt au lieu de %(before)s", "%(n)s arrêts au lieu de %(before)s", found.after)
    act = ngettext("Retirer là %(n)s boutique", "Retirer là %(n)s boutiques", len(found.joining))
    return Proposed(
        title % spared,
        _where(found),
        act % {"n": len(found.joining)} if found.apart else _("Tout retirer là"),
        str(found.depot),
        [(one.stop.shop.name, _why(one, basket)) for one in found.apart],
    )


def _best(errands: Errands, basket: Basket) -> Meeting | None:
    if not meeting.shared(errands):
        return None
    zone = next(way.hours.zone for stop in errands.stops for way in stop.ways)
    wish = Wish(basket.wish_day, basket.wish_time).moment(zone) if basket.wish_day else None
    return meeting.best(errands, now=timezone.now(), after=wish)


def _where(found: Meeting) -> str:
    place = ", ".join(part for part in (found.place.name or found.place.address, found.place.city) if part)
    when = _("%(day)s dès %(time)s") % {"day": day(found.starts), "time": time_of_day(found.starts)}
    return _("%(place)s : %(when)s") % {"place": place, "when": when}


def _why(one: Apart, basket: Basket) -> str:
    if one.way is None:
        return _("pas à ce dépôt")
    if one.why:
        return ways.reason(one.stop, one.way, one.why, basket.postal_code)
    return _("pas à cette heure-là")


def _as_it_is(errands: Errands, number: int) -> str:
    """Why it takes as many stops as it does."""
    if number == 1:
        return _("Un seul arrêt pour tout.")
    said = {"stops": ngettext("%(n)s arrêt", "%(n)s arrêts", number) % {"n": number}}
    if meeting.shared(errands):
        return _("%(stops)s, c'est le moins possible à ces heures.") % said
    return _("%(stops)s : ces boutiques n'ont pas de dépôt en commun.") % said


def meet(typed: str, errands: Errands, basket: Basket) -> None:
    """What was proposed is done, if it still can be."""
    found = _best(errands, basket)
    if found and found.depot == read_uuid(typed):
        baskets.meet(basket, found)
