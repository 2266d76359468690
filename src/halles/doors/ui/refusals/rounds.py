# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is said on the road."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: Mapping[str, str | Promise] = MappingProxyType(
    {
        "rounds.code_wrong": _("Ce code n'est pas celui de cette commande. Relisez-le avec le client."),
        "rounds.ended": _("Cet arrêt est déjà noté. Regardez sous « Faits »."),
        "rounds.not_planned": _(
            "Faites d'abord l'ordre de la tournée : vos clients sauront quand vous passez."
        ),
        "rounds.no_plan": _("L'ordre n'a pas pu être calculé. Rangez les arrêts à la main."),
        "rounds.too_many": _("Une tournée a %(most)s arrêts au plus."),
    }
)
