# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is said of photographs handed over together, and of one that did not find its article."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: Mapping[str, str | Promise] = MappingProxyType(
    {
        "rolls.article_gone": _("L'article a été supprimé entre-temps. Choisissez-en un autre."),
        "rolls.empty": _("Il n'y a pas encore de photo dans cet envoi. Choisissez-en d'abord."),
        "rolls.gone": _("Les photos attendent un mois ; celle-ci n'est plus là. Envoyez-la encore une fois."),
        "rolls.not_now": _("Ce n'est plus possible : cet envoi est %(state)s."),
        "rolls.there": _("Cet article montre déjà cette photo."),
        "rolls.too_many_files": _(
            "C'est trop à la fois : %(most)s fichiers au plus. Envoyez-les en plusieurs fois, ou dans un ZIP."
        ),
        "rolls.too_many_shots": _("Un envoi porte %(most)s photos au plus. Faites-en plusieurs."),
        "rolls.unknown": _("Aucun article n'a cette référence, ce code-barres ou ce nom."),
        "rolls.unsure": _("Plusieurs articles répondent à ce nom : %(names)s."),
    }
)

# Of a roll as a whole, where an import has no such state.
STATES: Mapping[str, str | Promise] = MappingProxyType({"receiving": _("en cours d'envoi")})
