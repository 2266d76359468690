# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is said of a change of many articles: of the change as a whole, or of an article that cannot follow."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: Mapping[str, str | Promise] = MappingProxyType(
    {
        "bulkedits.none_found": _("Aucun article ne correspond. Cherchez autrement, ou cochez-en."),
        "bulkedits.not_now": _("Ce n'est plus possible. Regardez où en est ce changement."),
        "bulkedits.number_wrong": _("Écrivez un nombre, par exemple 5 ou 0,50."),
        "bulkedits.percent_too_high": _("%(most)s %% au plus. Vérifiez la virgule."),
        "bulkedits.percent_too_low": _("Baisser de 100 %% ou plus ne laisserait aucun prix."),
        "bulkedits.delay_missing": _("Dites en combien de jours, de 1 à 365."),
        "bulkedits.daily_missing": _("Dites combien par jour."),
        "bulkedits.category_unknown": _("Ce rayon n'existe plus. Choisissez-en un autre."),
        # An article
        "bulkedits.no_price": _("Il n'a pas de prix."),
        "bulkedits.price_gone": _("Son prix passerait sous zéro."),
        "bulkedits.unique": _("C'est une pièce unique : elle reste comptée."),
    }
)
