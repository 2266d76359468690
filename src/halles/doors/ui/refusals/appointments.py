# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is said of services and their times: to the shop that keeps an agenda, and to whoever comes."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: Mapping[str, str | Promise] = MappingProxyType(
    {
        "appointments.taken": _("Cette heure vient d'être prise. Choisissez-en une autre."),
        "appointments.minutes_wrong": _("Écrivez une durée de 5 à %(most)s minutes, de 5 en 5."),
        "appointments.pause_wrong": _("Écrivez un battement de 0 à %(most)s minutes, de 5 en 5."),
        "appointments.cancel_wrong": _("Écrivez un nombre d'heures de 0 à %(most)s."),
        "appointments.too_many_resources": _("%(most)s personnes ou lieux au plus."),
        "appointments.absence_wrong": _("Dites une heure de fin après l'heure de début, à venir."),
        "appointments.somebody_comes": _(
            "Quelqu'un vient à %(at)s : proposez-lui d'abord une autre heure, puis réessayez."
        ),
        "orders.time_taken": _(
            "L'heure choisie pour « %(name)s » vient d'être prise. Choisissez-en une autre : le reste est gardé."
        ),
        "orders.time_missing": _("Choisissez d'abord une heure pour « %(name)s »."),
        "orders.time_gone_by": _("Cette heure est déjà passée. Choisissez-en une autre."),
        "orders.too_late_to_cancel": _("Il est trop tard pour annuler ici. Téléphonez à la boutique."),
    }
)
