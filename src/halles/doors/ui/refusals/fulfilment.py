# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is said of how a shop hands over: to the shop that sets it up, and to whoever wants a slot of it."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: Mapping[str, str | Promise] = MappingProxyType(
    {
        "fulfilment.slot_full": _(
            "La dernière place de ce créneau vient d'être prise. Choisissez-en un autre."
        ),
        "fulfilment.slot_length": _("Un créneau dure de %(least)s à %(most)s minutes."),
        "fulfilment.capacity_wrong": _(
            "Écrivez un nombre de 1 à %(most)s, ou laissez vide pour en prendre autant qu'il en vient."
        ),
        "fulfilment.cutoff_wrong": _(
            "On peut demander de commander jusqu'à %(most)s jours avant, pas davantage."
        ),
        "fulfilment.zones_overlap": _(
            "%(postal_code)s y est plusieurs fois : gardez-le à un seul prix, sinon nous ne saurions pas lequel demander."
        ),
        "fulfilment.too_many_zones": _("C'est trop : %(most)s communes ou codes postaux au plus."),
        "fulfilment.amount_wrong": _("Écrivez un montant de 0 à %(most)s €."),
        "fulfilment.threshold_wrong": _(
            "Ce montant doit être plus grand que zéro, et au moins celui de la plus petite commande."
        ),
        "orders.slot_full": _(
            "La dernière place de ce créneau vient d'être prise chez %(shop)s. "
            "Choisissez-en un autre : votre panier est gardé."
        ),
        "orders.way_stopped": _("Cette façon n'est plus proposée. Choisissez-en une autre."),
        "orders.address_missing": _("Dites où l'on vous livre : la rue et le numéro, et la commune."),
        "shops.depot_gone": _("Ce dépôt n'est plus au marché. Choisissez-en un autre."),
        "shops.depot_of_another": _("L'adresse de ce dépôt est tenue à jour par une autre boutique."),
        "depots.not_packed": _("La boutique n'a pas encore préparé la commande %(order)s."),
        "depots.not_here": _("La commande %(order)s n'est pas à ce dépôt."),
        "depots.still_kept": _("La commande %(order)s attend encore son client, jusqu'à %(until)s."),
        "orders.way_gone": _(
            "La boutique ne propose plus cette façon de recevoir. Choisissez-en une autre : votre panier est gardé."
        ),
    }
)
