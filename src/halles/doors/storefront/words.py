# SPDX-License-Identifier: AGPL-3.0-or-later
"""What this door says of availability, hours and orders: the domain's answers in a neighbour's words."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from halles.domain.bells.models import Call
from halles.domain.catalogue.models import Variant
from halles.domain.depots.rules import Standing
from halles.domain.journal.models import JournalEntry
from halles.domain.offers.rules import Offer, Word
from halles.domain.orders.errands import Errands
from halles.domain.orders.models import Basket, ShopOrder
from halles.domain.orders.redo import Again, Why
from halles.domain.orders.rules import IfMissing, State
from halles.domain.orders.wanted import Wanted
from halles.domain.shops.models import Place, Shop, Trade
from halles.domain.shops.rules import Hours, Window
from halles.doors.ui import amounts
from halles.doors.ui.formats import day, money, time_of_day
from halles.doors.ui.words import left
from halles.kernel.actor import Kind


@dataclass(frozen=True, slots=True)
class Said:
    """An availability line: what sort (it chooses the icon), in words, and when."""

    kind: str
    words: str
    when: str = ""


KINDS = MappingProxyType(
    {
        Word.HERE: "now",
        Word.FEW_LEFT: "few",
        Word.MADE_DAILY: "day",
        Word.TO_ORDER: "order",
        Word.TO_CONFIRM: "ask",
        Word.BY_APPOINTMENT: "day",
        Word.NO_ORDERS: "ask",
        Word.SOLD_OUT: "none",
        Word.SOLD_OUT_THAT_DAY: "none",
        Word.NOT_OPEN: "none",
        Word.NO_SLOT: "none",
        Word.OUT_OF_REACH: "none",
    }
)


def availability(offer: Offer, unit: str, *, is_unique: bool = False, one_of_many: bool = False) -> Said:
    """What is said of an offer; of one size among many it is not said how few are left."""
    if one_of_many and offer.word == Word.FEW_LEFT:
        offer = replace(offer, word=Word.HERE)
    return Said(
        KINDS[offer.word],
        _availability(offer, unit, is_unique),
        soonest(offer.when, offer.place)
        if offer.when and offer.can_be_ordered and offer.word != Word.BY_APPOINTMENT
        else "",
    )


def _availability(offer: Offer, unit: str, is_unique: bool) -> str:
    match offer.word:
        case Word.HERE:
            return _("Disponible")
        case Word.FEW_LEFT if is_unique:
            return _("Pièce unique")
        case Word.FEW_LEFT:
            return left(offer.left, unit)
        case Word.MADE_DAILY:
            return _("Fait chaque jour")
        case Word.TO_ORDER:
            return _("Sur commande")
        case Word.BY_APPOINTMENT:
            return _("Sur rendez-vous")
        case Word.TO_CONFIRM:
            return _("À confirmer par la boutique")
        case Word.SOLD_OUT_THAT_DAY if offer.when:
            return _("Épuisé pour %(day)s") % {"day": day(offer.when.start)}
        case Word.NOT_OPEN:
            return _("La boutique est fermée en ce moment")
        case Word.NO_SLOT:
            return _("Plus de créneau dans les trois semaines")
        case Word.OUT_OF_REACH:
            return _("La boutique ne livre pas chez vous")
        case Word.NO_ORDERS:
            return _("En vente à la boutique")
        case _:
            return _("Vendu") if is_unique else _("Épuisé")


def soonest(window: Window, place: Place | None) -> str:
    """From when, and where if that is not the counter: "dès aujourd'hui à 14 h", "livré dès mardi à 17 h"."""
    said = {"day": day(window.start), "time": time_of_day(window.start)}
    match place.kind if place else Place.Kind.COUNTER:
        case Place.Kind.ROUND:
            return _("livré dès %(day)s à %(time)s") % said
        case Place.Kind.COUNTER:
            return _("dès %(day)s à %(time)s") % said
        case _:
            return _("dès %(day)s à %(time)s, %(place)s") % (said | {"place": place.name if place else ""})


def not_as_wished(errands: Errands, basket: Basket | None) -> dict[uuid.UUID, str]:
    """For each shop of a round where one cannot come by when one wished, what is said of it."""
    if basket is None or basket.wish_day is None:
        return {}
    return {
        stop.shop.id: _too_early(basket.wish_day, timezone.localtime(stop.window.start), stop.way.hours)
        for stop in errands.stops
        if stop.way
        and stop.window
        and not any(wanted.is_service for wanted in stop.lines)
        and _is_late(stop.window, basket.wish_day, basket.wish_time)
    }


def _is_late(window: Window, wish_day: dt.date, wish_time: dt.time | None) -> bool:
    soonest = timezone.localtime(window.start)
    return soonest.date() != wish_day or (wish_time is not None and soonest.time() > wish_time)


def _too_early(wish_day: dt.date, soonest: dt.datetime, hours: Hours | None) -> str:
    said = {"wished": day(wish_day), "day": day(soonest), "time": time_of_day(soonest)}
    if soonest.date() == wish_day:
        return _("Au plus tôt à %(time)s ce jour-là.") % said
    if hours is not None and not hours.windows(wish_day):
        return _("Fermé %(wished)s : au plus tôt %(day)s à %(time)s.") % said
    return _("Pas possible %(wished)s : au plus tôt %(day)s à %(time)s.") % said


def opening(shop: Shop, hours: Hours | None, now: dt.datetime) -> tuple[str, bool]:
    """Whether a shop is open, in words: "Ouvert jusqu'à 19 h", "Fermé, ouvre mardi à 9 h"."""
    if shop.doors == Shop.Doors.CLOSED:
        return _("Fermé pour l'instant"), False
    if shop.doors == Shop.Doors.COLLECTION_ONLY:
        return _("Fermé au public, les commandes continuent"), False
    if hours is None or not hours.periods:
        return _("Horaires à demander"), False
    if window := hours.open_at(now):
        return _("Ouvert jusqu'à %(time)s") % {"time": time_of_day(window.end)}, True
    if following := next(hours.coming(now), None):
        when = {"day": day(following.start), "time": time_of_day(following.start)}
        return _("Fermé, ouvre %(day)s à %(time)s") % when, False
    return _("Fermé pour l'instant"), False


def preparation(minutes: int) -> str:
    """How long a shop needs: "2 h", "30 min"."""
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours}\xa0h"] if hours else []
    return " ".join([*parts, f"{rest}\xa0min"] if rest or not hours else parts)


def choice(variant: Variant) -> str:
    """A size and colour in words; "" when there is nothing to choose."""
    return " · ".join(part for part in (variant.size, variant.colour) if part)


def amount(wanted: Wanted) -> str:
    """How much is wanted, in the words in which it was asked for."""
    product = wanted.line.variant.product
    return amounts.amount(
        wanted.line.quantity,
        product.unit,
        portion=product.portion,
        portions=wanted.portions,
        is_about=wanted.is_estimate,
    )


def problem(wanted: Wanted) -> str:
    """Why a line of the basket cannot be ordered as it is; "" when it can."""
    if wanted.possible:
        return ""
    product = wanted.line.variant.product
    if wanted.offer.can_be_ordered and wanted.lacks_time:
        return _("Cette heure n'est plus libre. Choisissez-en une autre : le reste du panier est gardé.")
    if wanted.offer.can_be_ordered:
        return left(wanted.offer.left, product.unit) + "."
    match wanted.offer.word:
        case Word.NO_ORDERS:
            return _(
                "La boutique ne prend pas de commande en ce moment. Téléphonez-lui, ou retirez cet article."
            )
        case Word.NOT_OPEN:
            return _(
                "La boutique n'a pas d'horaire dans les semaines qui viennent. Retirez cet article pour commander le reste."
            )
        case Word.SOLD_OUT_THAT_DAY:
            return _("%(words)s. Choisissez un autre jour, ou retirez-le.") % {
                "words": availability(wanted.offer, product.unit).words
            }
        case _:
            return _("Épuisé depuis que vous l'avez choisi. Retirez-le pour commander le reste.")


def price_change(wanted: Wanted) -> str:
    """A change of price since the good went into the basket; "" when there is none."""
    if not wanted.price_changed:
        return ""
    return _("Le prix a changé : %(now)s au lieu de %(before)s.") % {
        "before": money(wanted.line.price_seen),
        "now": money(wanted.offer.price),
    }


IF_MISSING: Mapping[str, str | Promise] = MappingProxyType(
    {
        IfMissing.CALL: gettext_lazy("m'appeler"),
        IfMissing.REPLACE: gettext_lazy("remplacer"),
        IfMissing.REMOVE: gettext_lazy("retirer"),
    }
)

# What the shop does with a good it proposes when the customer does not answer in time.
SILENCE: Mapping[str, str | Promise] = MappingProxyType(
    {
        IfMissing.REPLACE: gettext_lazy("sans réponse, il vous est mis de côté"),
        IfMissing.REMOVE: gettext_lazy("sans réponse, il est retiré"),
        IfMissing.CALL: gettext_lazy("la boutique vous appelle"),
    }
)

STEPS = (gettext_lazy("Réservée"), gettext_lazy("Acceptée"), gettext_lazy("Prête"), gettext_lazy("Remise"))
# Which of the four steps an order has reached; what is not here has left the stairs.
REACHED = MappingProxyType(
    {
        State.UNCONFIRMED: 1,
        State.PLACED: 1,
        State.TO_AGREE: 1,
        State.ACCEPTED: 2,
        State.READY: 3,
        State.HANDED_OVER: 5,
    }
)

# Who comes for a service alone takes other steps.
VISIT_STEPS = (gettext_lazy("Demandé"), gettext_lazy("Accepté"), gettext_lazy("Passé"))
VISIT_REACHED = MappingProxyType(REACHED | {State.READY: 2, State.HANDED_OVER: 4})
# To a depot it takes one step more: packed is not there yet.
STEPS_TO_DEPOT = (*STEPS[:3], gettext_lazy("Au dépôt"), STEPS[3])


def stairs(part: ShopOrder, standing: Standing | None) -> tuple[Sequence[str | Promise], int]:
    """The steps of an order and which one it has reached; none once it has left the stairs."""
    if part.state not in REACHED:
        return (), 0
    if part.is_visit:
        return VISIT_STEPS, VISIT_REACHED[State(part.state)]
    reached = REACHED[State(part.state)]
    if not part.is_at_depot:
        return STEPS, reached
    is_there = standing in {Standing.HERE, Standing.TO_RETURN} and part.state == State.READY
    return STEPS_TO_DEPOT, reached + (is_there or part.state == State.HANDED_OVER)


ACTS: Mapping[str, str | Promise] = MappingProxyType(
    {
        "orders.placed": gettext_lazy("Commande passée"),
        "orders.noted": gettext_lazy("Notée par la boutique"),
        "bells.seen": gettext_lazy("Vue par la boutique"),
        "orders.confirmed": gettext_lazy("Confirmée par votre lien"),
        "orders.accepted": gettext_lazy("Acceptée"),
        "orders.settled": gettext_lazy("Changement proposé"),
        "orders.postponed": gettext_lazy("Autre jour proposé"),
        "orders.declined": gettext_lazy("Article proposé refusé"),
        "orders.agreed": gettext_lazy("Changement accepté"),
        "orders.changed": gettext_lazy("Commande changée"),
        "orders.ready": gettext_lazy("Prête"),
        "orders.arrived": gettext_lazy("Vous avez dit être là"),
        "orders.weighed_far": gettext_lazy("Pesée, votre accord est demandé"),
        "orders.weighed_again": gettext_lazy("Poids corrigé"),
        "depots.arrived": gettext_lazy("Arrivée au dépôt"),
        "depots.not_there": gettext_lazy("Pas encore au dépôt"),
        "orders.reminded": gettext_lazy("Rappel : elle vous attend"),
        "orders.time_near": gettext_lazy("Rappel de votre rendez-vous"),
        "orders.handed_over": gettext_lazy("Remise"),
        "rounds.absent": gettext_lazy("Passage, personne n'a ouvert"),
        "rounds.refused": gettext_lazy("Refusée à la porte"),
        "orders.cancelled": gettext_lazy("Annulée"),
        "orders.expired": gettext_lazy("Expirée, faute de confirmation"),
        "orders.not_collected": gettext_lazy("Non retirée, remise en vente"),
    }
)


def history(
    entries: Sequence[JournalEntry], parts: Sequence[ShopOrder], calls: Sequence[Call]
) -> list[dict[str, object]]:
    """An order's life for its customer, the latest first; `calls` are what rang at its shops."""
    shop_of = {part.id: part.shop.name for part in parts}
    shop_of |= {call.id: shop_of[call.subject] for call in calls}
    told = []
    for entry in reversed(entries):
        if entry.act in ACTS:
            shop = shop_of.get(entry.subject_id, "")
            depot = entry.details.get("name", "") if entry.actor_kind == Kind.KEEPER else ""
            known = {Kind.CUSTOMER: _("vous"), Kind.ACCOUNT: shop, Kind.KEEPER: depot}
            who = known.get(Kind(entry.actor_kind), "")
            what = _what(entry.act, shop if len(parts) > 1 else "")
            told.append({"when": entry.at, "who": who, "what": what})
    return told


def _what(act: str, shop: str) -> str | Promise:
    """An act, and where one of several shops did it or it was done to its goods elsewhere."""
    if not shop:
        return ACTS[act]
    if act.startswith("depots."):
        return f"{ACTS[act]} · {shop}"
    return _("%(act)s chez %(shop)s") % {"act": ACTS[act], "shop": shop}


def found(number: int, more: bool) -> str:
    """How many articles a search has found."""
    if more:
        return _("Plus de %(number)s articles") % {"number": number}
    return ngettext("%(number)s article", "%(number)s articles", number) % {"number": number}


# Why a line of a past order is not in the basket, or not all of it.
WHY_NOT: Mapping[Why, str | Promise] = MappingProxyType(
    {
        Why.IN_WORDS: gettext_lazy("noté avec les mots de la boutique : demandez-le-lui"),
        Why.NOT_SOLD: gettext_lazy("n'est plus en vente"),
        Why.OTHERWISE: gettext_lazy("se vend autrement maintenant"),
        Why.SOLD_OUT: gettext_lazy("épuisé"),
        Why.AT_A_TIME: gettext_lazy("choisissez une heure sur sa page"),
        Why.NO_ORDERS: gettext_lazy("la boutique ne prend pas de commande en ce moment"),
        Why.NOT_OPEN: gettext_lazy("la boutique n'a rien de libre dans les semaines qui viennent"),
    }
)


def why_not(one: Again) -> str:
    """Why a line of a past order cannot be had again, or not all of it; "" when it can."""
    if one.why == Why.FEWER:
        return left(one.quantity, one.line.unit)
    return str(WHY_NOT[one.why]) if one.why else ""


# Why somebody who means to order has no basket, by what he did. Coming back to the page after an order is one way.
LOST: Mapping[str, str | Promise] = MappingProxyType(
    {
        "page": gettext_lazy(
            "Votre panier n'est plus là : il est devenu une commande, il avait expiré, ou votre navigateur l'a oublié."
        ),
        "envoi": gettext_lazy(
            "Votre panier s'est effacé : il avait expiré, ou votre navigateur l'a oublié. Rien n'a été commandé."
        ),
    }
)

# What people type who mean a trade.
EVERYDAY: Mapping[str, Trade] = MappingProxyType(
    {
        "vêtement": Trade.CLOTHES,
        "habit": Trade.CLOTHES,
        "boulanger": Trade.BAKER,
        "fromager": Trade.CHEESE,
        "libraire": Trade.BOOKSHOP,
        "épicier": Trade.GROCER,
        "maraîcher": Trade.GREENGROCER,
        "fleur": Trade.FLORIST,
        "artisan": Trade.CRAFT,
        "clothes": Trade.CLOTHES,
        "grocery": Trade.GROCER,
        "bookshop": Trade.BOOKSHOP,
        "flowers": Trade.FLORIST,
    }
)
