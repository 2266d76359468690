# SPDX-License-Identifier: AGPL-3.0-or-later
"""What things are called in « Ma boutique », and how the journal of acts is told."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from halles.domain.catalogue.models import Availability, Kind, Product
from halles.domain.journal.models import JournalEntry
from halles.domain.orders.rules import IfMissing, LineState
from halles.domain.shops.models import Shop, Staff
from halles.doors.ui import formats
from halles.kernel import actor
from halles.kernel.units import Unit

Words = Mapping[str, str | Promise]

UNITS: Words = MappingProxyType(
    {
        Unit.PIECE: _("à la pièce"),
        Unit.KILOGRAM: _("au kilo"),
        Unit.LITRE: _("au litre"),
        Unit.BUNCH: _("à la botte"),
        Unit.METRE: _("au mètre"),
        Unit.HOUR: _("à l'heure"),
    }
)

KINDS: Words = MappingProxyType(
    {
        Kind.FOOD: _("Alimentation"),
        Kind.BREAD: pgettext_lazy("sorte d'article", "Pain"),
        Kind.PASTRY: _("Pâtisserie, viennoiserie"),
        Kind.SANDWICH: _("Sandwich, plat à emporter"),
        Kind.WINE: _("Vin, bière, alcool"),
        Kind.BOOK: _("Livre"),
        Kind.CLOTHING: _("Vêtement, accessoire"),
        Kind.PLANT: _("Plante, fleur"),
        Kind.OBJECT: _("Objet"),
        Kind.SERVICE: _("Service"),
    }
)

AVAILABILITIES: Words = MappingProxyType(
    {
        Availability.AVAILABLE: _("Disponible ou épuisé, sans compter"),
        Availability.COUNTED: _("Je compte"),
        Availability.DAILY: _("Un nombre chaque jour"),
        Availability.TO_ORDER: _("Sur commande"),
        Availability.TO_CONFIRM: _("À confirmer"),
    }
)

STATUSES: Words = MappingProxyType(
    {
        Product.Status.ONLINE: _("en ligne"),
        Product.Status.DRAFT: _("brouillon"),
        Product.Status.WITHDRAWN: _("retiré"),
        Product.Status.DELETED: _("supprimé"),
    }
)

IF_MISSING: Words = MappingProxyType(
    {
        IfMissing.REPLACE: _("Si absent : remplacer"),
        IfMissing.CALL: _("Si absent : appeler"),
        IfMissing.REMOVE: _("Si absent : retirer"),
    }
)

LINES: Words = MappingProxyType(
    {
        LineState.LESS: _("en moins grande quantité"),
        LineState.MISSING: _("manquant"),
        LineState.REPLACED: _("remplacé"),
    }
)

ROLES: Words = MappingProxyType(
    {
        Staff.Role.OWNER: _("Propriétaire"),
        Staff.Role.MANAGER: _("Responsable"),
        Staff.Role.SELLER: _("Vente"),
        Staff.Role.HELPER: _("Coup de main, 48 heures"),
    }
)

DOORS: Words = MappingProxyType(
    {
        Shop.Doors.OPEN: _("Ouvert"),
        Shop.Doors.COLLECTION_ONLY: _("Fermé au public, retrait possible"),
        Shop.Doors.CLOSED: _("Fermé"),
    }
)

# What was done, as a history tells it: the act as the journal writes it, the act as one says it.
ACTS: Words = MappingProxyType(
    {
        "orders.placed": _("Commande passée"),
        "orders.noted": _("Commande notée par la boutique"),
        "orders.priced": _("Prix dit"),
        "orders.confirmed": _("Commande confirmée par son lien"),
        "orders.accepted": _("Commande acceptée"),
        "orders.settled": _("Commande réglée article par article"),
        "orders.postponed": _("Autre jour proposé"),
        "orders.declined": _("Article proposé refusé par le client"),
        "orders.picked": _("Pris en rayon"),
        "orders.laid_back": _("Remis en rayon"),
        "orders.agreed": _("Accord sur les changements"),
        "orders.ready": _("Commande prête"),
        "orders.weighed_far": _("Pesée : le client doit dire oui"),
        "orders.weighed_again": _("Poids corrigé"),
        "orders.handed_over": _("Commande remise"),
        "orders.cancelled": _("Commande annulée"),
        "orders.expired": _("Réservation non confirmée à temps, remise en rayon"),
        "orders.not_collected": _("Pas venu : remise en rayon"),
        "orders.reminded": _("Rappel envoyé"),
        "orders.arrived": _("Le client est là"),
        "orders.time_near": _("Rappel du rendez-vous envoyé"),
        "appointments.service_set": _("Rendez-vous réglés"),
        "appointments.service_removed": _("Plus sur rendez-vous"),
        "appointments.absent": _("Moment bloqué dans l'agenda"),
        "appointments.back": _("Moment libéré dans l'agenda"),
        "appointments.feed_opened": _("Adresse de l'agenda faite"),
        "appointments.feed_renewed": _("Adresse de l'agenda changée"),
        "appointments.feed_closed": _("Adresse de l'agenda fermée"),
        "orders.changed": _("Commande changée par le client"),
        "stock.found": _("Pesé plus que compté : ajouté au stock"),
        "conversations.closed": _("Question close"),
        "conversations.stopped": _("Question close par l'équipe du marché"),
        "conversations.reopened": _("Question rouverte"),
        "conversations.reported": _("Question signalée à l'équipe du marché"),
        "conversations.left": _("Question laissée telle quelle par l'équipe du marché"),
        "conversations.blocked": _("Plus de messages d'une personne"),
        "conversations.unblocked": _("De nouveau les messages d'une personne"),
        "bells.seen": _("Vue par la boutique"),
        "bells.wishes_set": _("Sonnette : réglage changé"),
        "catalogue.created": _("Article créé"),
        "catalogue.changed": _("Article modifié"),
        "catalogue.price_changed": _("Prix changé"),
        "catalogue.status_changed": _("Mise en ligne ou retrait"),
        "catalogue.sold_out": _("Marqué épuisé"),
        "catalogue.available_again": _("De nouveau disponible"),
        "catalogue.picture_added": _("Photo ajoutée"),
        "catalogue.picture_removed": _("Photo retirée"),
        "catalogue.pictures_reordered": _("Photos rangées autrement"),
        "catalogue.picture_described": _("Photo décrite"),
        "bulkedits.went_on": _("Articles changés ensemble"),
        "bulkedits.done": _("Changement de plusieurs articles terminé"),
        "bulkedits.undone": _("Changement de plusieurs articles annulé"),
        "fulfilment.changed": _("Remise réglée"),
        "fulfilment.zones_set": _("Communes livrées changées"),
        "fulfilment.on": _("Remise proposée"),
        "fulfilment.off": _("Remise arrêtée"),
        "fulfilment.slots_full": _("Créneaux marqués complets"),
        "fulfilment.slots_open": _("Créneaux rouverts"),
        "imports.started": _("Import commencé"),
        "imports.went_on": _("Articles importés"),
        "imports.done": _("Import terminé"),
        "imports.went_back": _("Articles remis comme avant l'import"),
        "imports.undone": _("Import annulé"),
        "rolls.started": _("Ajout de photos commencé"),
        "rolls.done": _("Photos ajoutées"),
        "rolls.undone": _("Ajout de photos annulé"),
        "depots.arrived": _("Arrivée au dépôt"),
        "depots.not_there": _("Pas encore au dépôt"),
        "depots.returned": _("Reprise du dépôt"),
        "depots.link_made": _("Lien donné au dépôt"),
        "depots.link_stopped": _("Lien du dépôt arrêté"),
        "rounds.asked": _("Ordre de la tournée demandé"),
        "rounds.moved": _("Arrêt déplacé à la main"),
        "rounds.started": _("Départ en tournée"),
        "rounds.delivered": _("Livrée"),
        "rounds.absent": _("Passés, personne n'était là"),
        "rounds.refused": _("Refusée à la porte"),
        "rounds.reopened": _("De nouveau à livrer"),
        "shops.opened": _("Boutique ouverte"),
        "shops.card_changed": _("Carte de la boutique modifiée"),
        "shops.located": _("Placé sur la carte, à sa commune"),
        "shops.identified": _("Identité légale enregistrée"),
        "shops.hours_set": _("Horaires changés"),
        "shops.holidays_set": _("Jours fériés changés"),
        "shops.place_added": _("Autre lieu ajouté"),
        "shops.place_changed": _("Autre lieu changé"),
        "shops.place_removed": _("Autre lieu retiré"),
        "shops.closed_days": _("Congés notés"),
        "shops.reopened_days": _("Congés annulés"),
        "shops.doors_set": _("Ouverture ou fermeture"),
        "shops.published": _("Boutique mise en ligne"),
        "shops.approved": _("Boutique acceptée par l'équipe du marché"),
        "shops.suspended": _("Boutique masquée par l'équipe du marché"),
        "shops.lending_set": _("Entre boutiques : réglage changé"),
        "shops.orders_set": _("Réglages des commandes changés"),
        "shops.questions_set": _("Questions : réglage changé"),
        "shops.invited": _("Invitation envoyée"),
        "shops.joined": _("Arrivée dans l'équipe"),
        "shops.left": _("Départ de l'équipe"),
    }
)

WHO: Words = MappingProxyType(
    {
        actor.Kind.CUSTOMER: pgettext_lazy("dans une histoire", "le client"),
        actor.Kind.KEEPER: pgettext_lazy("dans une histoire", "le dépôt"),
        actor.Kind.SYSTEM: _("automatiquement"),
    }
)


@dataclass(frozen=True, slots=True)
class Told:
    """An act as a history shows it."""

    when: datetime
    who: str
    what: str


def tell(entries: Iterable[JournalEntry], about: Mapping[uuid.UUID, str] | None = None) -> list[Told]:
    """Acts in words; `about` names their subjects where the reader does not know them already."""
    return [
        Told(entry.at, who(entry), _what(entry, (about or {}).get(entry.subject_id, ""))) for entry in entries
    ]


def who(entry: JournalEntry) -> str:
    """Who did it, as everybody in the shop may know."""
    return str(WHO.get(entry.actor_kind) or entry.actor_label)


def _what(entry: JournalEntry, subject: str) -> str:
    act = str(ACTS.get(entry.act, entry.act))
    subject = subject or str(entry.details.get("name", ""))
    return " · ".join(part for part in (act, subject, _detail(entry)) if part)


def _detail(entry: JournalEntry) -> str:
    """The detail that makes an act understood, where it has one."""
    said = entry.details
    match entry.act:
        case "catalogue.price_changed":
            before, after = formats.money(Decimal(said["before"])), formats.money(Decimal(said["now"]))
            return _now("de %(before)s à %(after)s") % {"before": before, "after": after}
        case "catalogue.status_changed":
            return str(STATUSES.get(said["now"], ""))
        case "shops.doors_set":
            return str(DOORS.get(said["now"], ""))
        case "shops.invited" | "shops.joined":
            return str(ROLES.get(said["role"], ""))
        case "orders.picked" | "orders.laid_back":
            return formats.quantity(Decimal(said["quantity"]), said["unit"])
        case "bulkedits.went_on":
            return formats.quantity(said["articles"])
        case "imports.started":
            return str(said["file"])
        case "orders.ready" | "orders.weighed_far" | "orders.weighed_again":
            return formats.money(Decimal(said["total"])) if "total" in said else ""
        case "stock.found":
            return formats.quantity(Decimal(said["quantity"]), said["unit"])
        case "orders.cancelled":
            return str(said.get("reason", ""))
        case "orders.postponed":
            return formats.moment(datetime.fromisoformat(said["now"]), "short")
        case "fulfilment.slots_full" | "fulfilment.slots_open":
            return formats.moment(datetime.fromisoformat(said["first"]), "short")
        case "appointments.absent" | "appointments.back":
            return formats.moment(datetime.fromisoformat(said["at"]), "short")
        case "orders.priced":
            return formats.money(Decimal(said["price"]))
        case _:
            return ""
